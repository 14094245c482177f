"""`rules-engine book copy`, and what operations then do with the copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules_engine.host.bookshelf import shipped_rules
from rules_engine.model.events import SurvivorsOptionRequested

from .running import lines, request, rows, run

WITHOUT = "ally/term-notes-a/2015-08-10/survivors-option.yaml"
SHORTER = """
terms:
  - cite: as a clerk has it
    mark: read
    holding period: 5 months
"""


def decided(*options: str | Path, **changes: str) -> str:
    (answer,) = rows(run("decide", "-", "--json", *options, given=lines(request("a", **changes))))
    return str(answer["outcome"])


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}


def test_the_whole_book_is_copied_and_answers_as_before(tmp_path: Path) -> None:
    copy = tmp_path / "ours"
    result = run("book", "copy", copy)
    assert result.exit_code == 0
    assert files(copy) == files(shipped_rules())
    assert f"rules-engine check {copy}" in result.stdout
    assert run("check", copy).stdout == run("check").stdout
    given = lines(request("a"))
    answers = [rows(run("decide", "-", "--json", *options, given=given)) for options in ((), ("--rules", copy))]
    assert answers[0] == answers[1]


def test_an_edit_of_the_copy_counts_where_the_copy_is_named_and_nowhere_else(tmp_path: Path) -> None:
    copy = tmp_path / "ours"
    assert run("book", "copy", copy, "--issuer", "ally").exit_code == 0
    assert {file.partition("/")[0] for file in files(copy)} == {"ally"}
    option = copy / WITHOUT
    before = (shipped_rules() / WITHOUT).read_text()
    option.write_text(option.read_text() + SHORTER)
    assert decided(acquired_on="2017-02-15") == "rejected"
    assert decided("--rules", copy, acquired_on="2017-02-15") == "accepted"
    assert (shipped_rules() / WITHOUT).read_text() == before


def test_a_copy_of_a_copy_has_its_edits(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run("book", "copy", first, "--issuer", "ally")
    (first / WITHOUT).write_text((first / WITHOUT).read_text() + SHORTER)
    run("book", "copy", second, "--rules", first, "--issuer", "ally", "--issuer", "dow")
    assert "holding period: 5 months" in (second / WITHOUT).read_text()
    assert (second / "dow").is_dir()


@pytest.mark.parametrize("there", ["a file", "a folder that holds something"])
def test_nothing_is_written_over(there: str, tmp_path: Path) -> None:
    copy = tmp_path / "ours"
    if there == "a file":
        copy.write_text("mine")
    else:
        copy.mkdir()
        (copy / "mine").write_text("mine")
    result = run("book", "copy", copy)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is there already and is not an empty folder: name a new one" in result.stderr
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [copy.name if there == "a file" else "mine"]


def test_an_issuer_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    result = run("book", "copy", tmp_path / "ours", "--issuer", "alley")
    assert result.exit_code == 2
    assert "the rule book has no issuer `alley`: it has ally, bank-of-america, " in result.stderr
    assert not (tmp_path / "ours").exists()


def test_a_kept_ledger_is_told_of_rules_that_somebody_may_be_editing(tmp_path: Path) -> None:
    """The tests run on an editable install, whose rules are this folder's own."""
    url, copy = f"sqlite:///{tmp_path}/kept.db", tmp_path / "ours"
    told = run("decide", "-", "--ledger", url, given=lines(request("a"))).stderr
    assert f"notice: the rules are those of a source folder, {shipped_rules().resolve()}" in told
    assert "source folder" not in run("decide", "-", given=lines(request("a"))).stderr
    run("book", "copy", copy)
    assert "source folder" not in run("decide", "-", "--ledger", url, "--rules", copy, given=lines(request("a"))).stderr


def test_words_and_plugins_take_a_working_copy(tmp_path: Path) -> None:
    acme = tmp_path / "acme"
    (acme / "notes-a").mkdir(parents=True)
    (acme / "issuer.yaml").write_text("issuer: Acme Corp.\nprogrammes:\n  notes-a: Acme Notes\n")
    (acme / "words.yaml").write_text("documents:\n  letter of comfort: A letter that comforts.\n")
    assert "letter of comfort" in run("words", "--rules", tmp_path).stdout
    listed = json.loads(run("plugins", "--rules", tmp_path, "--json").stdout)["plugins"]
    assert [each["issuers"][0]["name"] for each in listed if each["name"] == "acme"] == ["Acme Corp."]
    event = request("a", documents=["letter of comfort"])
    assert SurvivorsOptionRequested.type == event["type"]
    (refused,) = rows(run("decide", "-", "--json", "--rules", tmp_path, given=lines(event)))
    assert refused["error"]["field"] == "documents"
    assert refused["error"]["message"].startswith("`letter of comfort` is no word of issuer `ally`: ")
