"""A package of somebody else's: built, installed beside the host, used, replaced by another version, and taken away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ROOT, interest, lines, request, run_apart

EXAMPLE = ROOT / "examples" / "acme-power"
NOTE, PROGRAMME = "XACMEP019", "acme-power/power-notes"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]

FACT = "(died_on - case.note.issue_date).days"
EVENTS = lines(
    request("ally-1"),
    request("acme-1", cusip=NOTE),
    request("acme-2", cusip=NOTE, occurred_on="2017-05-29"),
    interest("acme-3", cusip=NOTE, due_on="2017-10-15", received_on="2017-10-02"),
    interest("ally-2", due_on="2017-10-15", received_on="2017-10-02"),
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's wheel, built from a copy so that nothing is left behind here."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(EXAMPLE, folder / "source", ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    command = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*PIP, *command, folder, folder / "source"], check=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def acme(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example as it is, installed into a folder of its own."""
    site = str(tmp_path_factory.mktemp("acme"))
    subprocess.run([*PIP, "install", "--quiet", "--no-deps", "--target", site, wheel], check=True)
    return site


def otherwise(acme: str, to: Path, *changes: tuple[str, str, str]) -> str:
    """Install what another version would: some texts of the files are others."""
    shutil.copytree(acme, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for file, old, new in changes:
        (path,) = to.glob(file)
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))
    return str(to)


@pytest.fixture(scope="module")
def acme_changed(acme: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A later version of it, which counts the days in another way."""
    return otherwise(
        acme,
        tmp_path_factory.mktemp("changed"),
        ("acme_power_notes-*.dist-info/METADATA", "\nVersion: 1.0.0\n", "\nVersion: 1.1.0\n"),
        ("acme_power/__init__.py", FACT, f"{FACT} + 1"),
    )


@pytest.fixture(scope="module")
def acme_broken(acme: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A version that cannot be imported."""
    imported = "from importlib.resources import files\n"
    return otherwise(
        acme, tmp_path_factory.mktemp("broken"), ("acme_power/__init__.py", imported, "raise SystemExit(0)\n")
    )


@pytest.fixture(scope="module")
def ledger(acme: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with answers about the notes of both issuers."""
    url = f"sqlite:///{tmp_path_factory.mktemp('kept')}/ledger.db"
    done = run_apart("decide", "-", "--json", "--ledger", url, given=EVENTS, path=acme)
    assert done.returncode == 0, done.stderr
    return url


def answers(path: str, *options: str) -> dict[str, Any]:
    done = run_apart("decide", "-", "--json", *options, given=EVENTS, path=path)
    assert done.returncode == 0, done.stderr
    return {answer["event_id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def test_its_wheel_brings_its_rules(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    here = {path.relative_to(EXAMPLE).as_posix() for path in (EXAMPLE / "acme_power").rglob("*.yaml")}
    assert len(here) == 4
    assert here <= set(names)


def test_it_is_listed_with_all_that_it_declares(acme: str) -> None:
    done = run_apart("plugins", "--json", path=acme)
    assert done.returncode == 0
    (listed,) = (each for each in json.loads(done.stdout)["plugins"] if each["name"] == "acme-power")
    assert listed == {
        "name": "acme-power",
        "version": "1.0.0",
        "distribution": "acme-power-notes",
        "hook_contract": 1,
        "rules": str(Path(acme).resolve() / "acme_power" / "rules"),
        "issuers": [
            {
                "code": "acme-power",
                "name": "Acme Power Company",
                "programmes": [{"code": PROGRAMME, "name": "Acme Power Company Power Notes"}],
            }
        ],
        "calendars": ["ACME-POWER"],
        "words": [{"clause": "survivors option", "words": ["days from issue to death", "initial period"]}],
        "cause": "",
        "remarks": [],
    }


def test_its_rules_have_no_fault_and_its_words_are_in_the_glossary(acme: str) -> None:
    checked = run_apart("check", path=acme)
    assert (checked.returncode, checked.stdout[:10]) == (0, "no faults:")
    assert f"{PROGRAMME}/2016-05-02: 6" in checked.stderr
    words = run_apart("words", path=acme).stdout
    assert "CLAUSE survivors option, FOR THE RULES OF acme-power ALONE" in words
    assert "Calendar days from the note's issue date to the day of death." in words


def test_its_notes_have_a_schedule_by_its_calendar(acme: str) -> None:
    done = run_apart("schedule", NOTE, "--json", path=acme)
    coupons = {coupon["due_on"]: coupon for coupon in json.loads(done.stdout)["coupons"]}
    assert (coupons["2017-01-15"]["interest"], coupons["2017-10-15"]["pay_on"]) == ("4.40", "2017-10-17")


def test_its_word_decides_its_notes_and_changes_nothing_of_others(acme: str) -> None:
    with_it, without = answers(acme), answers("")
    assert {event: answer["outcome"] for event, answer in with_it.items()} == {
        "ally-1": "accepted",
        "acme-1": "accepted",
        "acme-2": "rejected",
        "acme-3": "accepted",
        "ally-2": "accepted",
    }
    assert with_it["acme-2"]["findings"][0]["rule"] == "died too soon after the issue"
    assert with_it["acme-2"]["facts"]["days from issue to death"] == 179
    for event in ("ally-1", "ally-2"):
        assert with_it[event] == without[event]
    assert {without[event]["outcome"] for event in ("acme-1", "acme-2", "acme-3")} == {"referred"}


def test_its_listener_hears_of_its_answers(acme: str) -> None:
    done = run_apart("decide", "-", "--json", given=EVENTS, path=acme)
    heard = [line for line in done.stderr.splitlines() if " was answered: " in line]
    assert heard == [
        f"event acme-{n} was answered: {outcome}" for n, outcome in ((1, "accepted"), (2, "rejected"), (3, "accepted"))
    ]


def test_its_scenarios_run_from_its_own_folder(acme: str) -> None:
    environment = {**os.environ, "PYTHONPATH": acme}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(command, cwd=EXAMPLE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "10 passed" in done.stdout


def verified(ledger: str, path: str) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Verify a ledger; give how far each programme proves, and what differs with the cause it is given."""
    done = run_apart("verify", "--ledger", ledger, "--json", path=path)
    told = json.loads(done.stdout)
    assert done.returncode == (1 if told["differences"] else 0), done.stderr
    return (
        {programme: head["position"] for programme, head in told["heads"].items()},
        [(each["programme"], each["cause"]) for each in told["differences"]],
    )


def test_its_answers_prove_while_it_is_installed(acme: str, ledger: str) -> None:
    assert verified(ledger, acme) == ({"ally/term-notes-a": 2, PROGRAMME: 3}, [])


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("", "plugin `acme-power` 1.0.0 is gone"),
        ("acme_changed", "plugin `acme-power` was 1.0.0 and is 1.1.0"),
        ("acme_broken", "plugin `acme-power` 1.0.0 is gone"),
    ],
)
def test_without_it_every_other_programme_proves_and_its_own_says_why_not(
    path: str, cause: str, ledger: str, request: pytest.FixtureRequest
) -> None:
    heads, differences = verified(ledger, request.getfixturevalue(path) if path else "")
    assert heads["ally/term-notes-a"] == 2
    assert differences == [(PROGRAMME, cause)]


def test_a_version_that_cannot_be_imported_is_named_to_its_own_cases_alone(acme_broken: str, ledger: str) -> None:
    broken, without = answers(acme_broken), answers("")
    assert broken["ally-1"] == without["ally-1"]
    assert (broken["acme-1"]["outcome"], broken["acme-1"]["findings"][0]["code"]) == ("referred", "plugin_unavailable")
    assert "plugin `acme-power` could not be loaded: SystemExit: 0" in broken["acme-1"]["findings"][0]["because"]


def test_what_was_referred_without_it_is_decided_once_it_is_there(acme: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    run_apart("decide", "-", "--ledger", url, given=EVENTS)
    done = run_apart("decide-again", "--ledger", url, "--json", path=acme)
    outcomes = [answer["outcome"] for answer in map(json.loads, done.stdout.splitlines())]
    assert sorted(outcomes) == ["accepted", "accepted", "rejected"]
    assert verified(url, acme)[1] == []


def test_a_working_copy_of_its_rules_goes_before_those_it_brings(acme: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "acme_power" / "rules" / "acme-power", tmp_path / "acme-power")
    option = tmp_path / PROGRAMME / "2016-05-02" / "survivors-option.yaml"
    option.write_text(option.read_text().replace("initial period: 180 days", "initial period: 179 days"))
    assert answers(acme, "--rules", str(tmp_path))["acme-2"]["outcome"] == "accepted"
