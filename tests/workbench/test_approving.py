"""Approvals: two people, neither of whom made the last change; a changed byte lapses them; keys by ssh-keygen."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from rules_engine.host import shipped_rules
from rules_engine.workbench.approving.signatures import NotSigned, read_signers, signed, signers_message, verify
from tests.cli.running import lines, request, rows, run

OPTION = "ally/term-notes-a/2015-08-10/survivors-option.yaml"
needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not installed")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(shipped_rules() / "ally", tmp_path / "mine" / "ally")
    return tmp_path / "mine"


def _approve(copy: Path, by: str, *more: str | Path, changed_by: str = "author", expected: int = 0) -> str:
    named = ("--as", by, "--changed-by", changed_by, "--on", "2026-03-02")
    result = run("approve", copy / OPTION, *named, *more)
    assert result.exit_code == expected, result.stderr
    return result.stdout + result.stderr


def _key(folder: Path, name: str, kind: str = "ed25519") -> tuple[Path, str]:
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", path], check=True)
    return path, " ".join(path.with_suffix(".pub").read_text().split()[:2])


def test_two_people_approve_and_neither_made_the_change(copy: Path) -> None:
    assert "`author` made the last change" in _approve(copy, "author", expected=2)
    assert "1 of 2 people" in _approve(copy, "first")
    assert "has approved it as it is already" in _approve(copy, "first", expected=2)
    assert "one of the two is wrong" in _approve(copy, "second", changed_by="somebody else", expected=2)
    assert f"{OPTION}: approved\n" in _approve(copy, "second")
    assert "unsigned" in run("approvals", copy).stdout
    assert run("approvals", copy).exit_code == 0


def test_a_changed_byte_lapses_it_and_check_says_so(copy: Path) -> None:
    for who in ("first", "second"):
        _approve(copy, who)
    assert "approval lapsed" not in run("check", copy).stderr
    path = copy / OPTION
    path.write_text(path.read_text() + "terms:\n  holding period:\n    value: 7 months\n    cite: Option, para. 2\n")
    told = run("check", copy).stderr
    assert f"warning: {OPTION}:1:1: the approval has lapsed (first on 2026-03-02: the rules have changed since" in told
    result = run("approvals", copy)
    assert result.exit_code == 1
    assert "lapsed: first on 2026-03-02: the rules have changed since" in result.stdout


def test_a_changed_source_lapses_it(copy: Path) -> None:
    for who in ("first", "second"):
        _approve(copy, who)
    (copy / "ally/term-notes-a/sources/more.txt").write_text("Another page.")
    assert "a quote or a source has changed since" in run("approvals", copy).stdout


def test_reports_are_kept_by_digest(copy: Path, tmp_path: Path) -> None:
    report = tmp_path / "impact.html"
    report.write_text("nothing changes")
    _approve(copy, "first", "--impact", report)
    (kept,) = json.loads((copy / OPTION).with_name("approvals.json").read_text())
    assert kept["impact"] == f"sha256:{hashlib.sha256(b'nothing changes').hexdigest()}"
    assert kept["acceptance"] == ""


def test_nothing_is_answered_by_drafts_where_approval_is_required(copy: Path) -> None:
    for who in ("first", "second"):
        _approve(copy, who)
    result = run("decide", "-", "--json", "--rules", copy, "--require-approved", given=lines(request("a")))
    assert result.exit_code == 1
    assert "rules that are not approved" in rows(result)[0]["error"]["message"]


@needs_ssh
@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_what_ssh_keygen_signs_is_verified(kind: str, tmp_path: Path) -> None:
    key, public = _key(tmp_path, "first", kind)
    _, other = _key(tmp_path, "second", kind)
    made = signed(b"approved", key)
    verify(b"approved", made, public)
    with pytest.raises(NotSigned, match="of other words"):
        verify(b"approved!", made, public)
    with pytest.raises(NotSigned, match="another key"):
        verify(b"approved", made, other)
    with pytest.raises(NotSigned, match="no SSH signature"):
        verify(b"approved", made[:60], public)


@needs_ssh
def test_a_signature_for_another_purpose_does_not_count(tmp_path: Path) -> None:
    key, public = _key(tmp_path, "first")
    command = ["ssh-keygen", "-Y", "sign", "-n", "file", "-f", str(key)]
    made = subprocess.run(command, input=b"approved", capture_output=True, check=True).stdout.decode()
    with pytest.raises(NotSigned, match="another purpose"):
        verify(b"approved", made, public)


@needs_ssh
def test_signatures_count_by_the_list_of_signers(copy: Path, tmp_path: Path) -> None:
    keys = {who: _key(tmp_path, who) for who in ("first", "second", "stranger")}
    signers = {who: keys[who][1] for who in ("first", "second")}
    (copy / "signers.json").write_text(json.dumps({"lists": [{"signers": signers}]}))
    _approve(copy, "first", "--key", keys["first"][0])
    assert "1 of 2 people" in _approve(copy, "stranger", "--key", keys["stranger"][0])
    assert ": approved\n" in _approve(copy, "second", "--key", keys["second"][0])
    assert "`stranger` is none of the signers" in run("approvals", copy).stdout
    path = (copy / OPTION).with_name("approvals.json")
    path.write_text(path.read_text().replace("2026-03-02", "2026-03-03", 1))
    assert "its signature does not hold: it is of other words than these" in run("approvals", copy).stdout


@needs_ssh
def test_the_list_of_signers_changes_under_two_signatures_only(tmp_path: Path) -> None:
    keys = {who: _key(tmp_path, who) for who in ("first", "second", "third")}
    old = {who: keys[who][1] for who in ("first", "second")}
    new = {who: keys[who][1] for who in ("second", "third")}
    made = {who: signed(signers_message(new), keys[who][0]) for who in keys}
    file = tmp_path / "signers.json"

    def read(*signing: str) -> dict[str, str]:
        following = {"signers": new, "signatures": {who: made[who] for who in signing}}
        file.write_text(json.dumps({"lists": [{"signers": old}, following]}))
        return dict(read_signers(file).keys)

    assert read("first", "second") == new
    assert read("first") == {}
    assert read("first", "third") == {}
    assert "list 2 is not signed by two people" in read_signers(file).why_not
