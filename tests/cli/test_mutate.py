"""`rules-engine mutate`: what no scenario notices, with an event that tells, and what is explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.features import FAILS, ON_TIME, written
from tests.cli.running import lines, run

ASKED = """\
Feature: A note of which little is shown

  Scenario: The owner has died
    Given a complete request for $25,000 of note 40429XXN1
    And the notes were acquired on 2010-07-09
    And the owner died on 2011-10-10
    When the request is received on 2011-11-01
    Then it is accepted
"""


@pytest.fixture(autouse=True)
def few_events_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules_engine.acceptance.survivors.MOST_LOOKED_FOR", 12)


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("features"), **{"hsbc/a": ASKED})


def test_names_what_no_scenario_notices_with_an_event_that_decide_confirms(features: Path, tmp_path: Path) -> None:
    done = run("mutate", "hsbc/internotes", "--features", features, "--json", "--jobs", "1")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["tried"] == found["noticed"] + found["refused"] + found["unnoticed"] + found["means nothing"]
    survivor = next(each for each in found["survivors"] if each["telling"])
    assert survivor["telling"]["decided"] != survivor["telling"]["otherwise"]
    events = tmp_path / "events.jsonl"
    events.write_bytes(lines(*survivor["telling"]["events"]))
    answers = [json.loads(line) for line in run("decide", events, "--json").stdout.splitlines()]
    assert answers[-1]["outcome"] == survivor["telling"]["decided"][0]


def test_tells_it_to_a_person(features: Path) -> None:
    done = run("mutate", "hsbc/internotes", "--features", features, "--rules-only", "--jobs", "1")
    assert done.exit_code == 1
    assert "standard/internotes.yaml:12: day count: `30/360` -> `30U/360`" in done.stdout
    assert "no scenario notices" in done.stdout
    assert "supplements" not in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].endswith(" not noticed")


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (
            ["alli/term-notes-a"],
            ON_TIME,
            "there is no programme `alli/term-notes-a`: did you mean `ally/term-notes-a`?",
        ),
        (["ally/term-notes-a"], FAILS, "1 scenarios fail as the rules are: mend them first, as a.feature:3"),
    ],
)
def test_ends_with_2_where_nothing_can_be_told(tmp_path: Path, arguments: list[str], text: str, said: str) -> None:
    done = run("mutate", *arguments, "--features", written(tmp_path, a=text))
    assert done.exit_code == 2
    assert said in done.stderr
