"""The function that a decision's cost is measured against gives the decision's answer, on every kind of case."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import cold_start, matched_by_hand, recording
from benchmarks.by_hand import ByHand, answer_of
from benchmarks.cases import COUNT, ELECTED, OUTSTANDING, host_with_background, requests
from benchmarks.page import LINES, MATCHING, Measured, written
from benchmarks.peers import installed
from benchmarks.picture import BARS, drawn
from benchmarks.run import END, MARK, replaced
from benchmarks.timing import Timed, timed
from benchmarks.ways import ALLY, SETS, TWENTY_FOUR, from_a_line, matching
from benchmarks.ways import Measured as RuleSet
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from rules_engine.matching import durable


def test_the_function_by_hand_gives_the_outcome_money_and_dates_of_every_decision() -> None:
    host = host_with_background(with_durable=False)
    by_hand = ByHand(host.book.calendar("USNY").closed, ELECTED, OUTSTANDING.cents)
    outcomes: Counter[str] = Counter()
    for asked in requests():
        found = by_hand.answer(asked)
        assert found == answer_of(host.preview(asked)[0]), asked
        outcomes[found.outcome] += 1
        outcomes["in part"] += bool(found.accepted and found.carried_over)
    assert outcomes.keys() == {"accepted", "pended", "rejected", "referred", "in part"}
    assert min(outcomes.values()) > COUNT // 20


def test_the_same_cases_are_made_up_every_time() -> None:
    assert requests(50) == requests(50)
    assert requests(50) == requests()[:50]


def test_each_way_is_called_with_every_case_in_every_round_and_once_before() -> None:
    calls: list[str] = []
    best = timed({"a": (calls.append, "xy"), "b": (calls.append, "z")}, rounds=2)
    assert calls == ["x", "y", "z"] * 3
    assert [len(best[name].calls) for name in ("a", "b")] == [2, 1]


def test_percentiles_are_of_single_calls() -> None:
    hundred = Timed(tuple(1_000 * n for n in range(1, 101)))
    assert hundred.mean == pytest.approx(50.5)
    assert (hundred.percentile(50), hundred.percentile(99)) == (51.0, 100.0)


def taking(**microseconds: float) -> dict[str, Timed]:
    ways = {**LINES, **MATCHING}
    return {
        name: Timed((round(1_000 * microseconds.get(name.replace(" ", "_").replace("-", "_"), 1)),)) for name in ways
    }


def made_up(ally: dict[str, Timed] | None = None, seconds: tuple[float, ...] = (0.3, 0.5)) -> Measured:
    best = {TWENTY_FOUR: taking(), ALLY: ally or taking()}
    return Measured(best=best, megabytes={20_000: 80.0, 200_000: 80.5}, seconds=seconds)


def verdicts(measured: Measured) -> list[str]:
    rows = written(measured).partition("### What is wanted")[2].splitlines()
    return [row for row in rows if row.endswith(("| met |", "| **missed** |", "not installed | |"))]


@pytest.mark.parametrize(
    ("way", "at_the_edge", "past_it", "rows"),
    [
        ("line_plain", 0.9, 0.91, 2),
        ("line_both", 2.0, 2.01, 2),
        ("plain", 1 / 0.85 - 0.01, 1 / 0.85 + 0.01, 1),
        ("held", 4.99, 5.01, 1),
    ],
)
def test_what_is_missed_is_said(way: str, at_the_edge: float, past_it: float, rows: int) -> None:
    usual = {"line_plain": 0.5}
    met, missed = (verdicts(made_up(taking(**usual | {way: each}))) for each in (at_the_edge, past_it))
    assert [row for row in met if row.startswith("| Ally") and "missed" in row] == []
    assert len([row for row in missed if row.startswith("| Ally") and "missed" in row]) == rows


def test_memory_that_grows_and_a_slow_start_are_said() -> None:
    grown = Measured(best=made_up().best, megabytes={20_000: 80.0, 200_000: 82.1}, seconds=(0.41, 0.5))
    assert all(row.endswith("| **missed** |") for row in verdicts(grown)[-2:])
    assert all(row.endswith("| met |") for row in verdicts(made_up())[-2:])


def test_a_way_that_is_not_there_is_said_and_nothing_is_made_of_it() -> None:
    there = {name: way for name, way in taking().items() if "zen" not in name and name not in ("held", "asked")}
    without = Measured(best=dict.fromkeys(SETS, there), megabytes={1: 1.0, 2: 1.0}, seconds=(0.1,))
    text = written(without)
    assert text.count("| not installed |") == 8 + 10
    assert "Zen, a decision table with its trace | not installed" in text


def test_the_picture_has_a_bar_for_each_way_as_long_as_it_takes() -> None:
    picture = drawn({TWENTY_FOUR: taking(line_both=4), ALLY: taking(line_plain=2)})
    assert picture.count("<rect x=") == 2 * len(BARS)
    widths = {int(found) for found in re.findall(r'width="(\d+)" height="18"', picture)}
    assert widths == {430, 215, 108}
    assert picture.startswith("<svg ")


def test_the_page_keeps_what_stands_around_the_tables() -> None:
    assert replaced(f"before\n{MARK}old\n{END}after\n", "new") == f"before\n{MARK}\nnew\n\n{END}after\n"


@pytest.mark.parametrize("name", SETS)
def test_every_way_that_is_timed_gives_the_same_on_every_case(name: str, tmp_path: Path) -> None:
    of = RuleSet.of(name, tmp_path, count=60)
    found = matching(of) | from_a_line(of)  # holds each way against the others before any is timed
    wanted = {"by hand", "plain", "line plain"} | ({"line by hand"} if name == ALLY else set())
    wanted |= {"held", "asked", "documented", "line both"} if durable.available() else set()
    wanted |= {"zen expression", "zen table", "zen trace"} if installed("zen") else set()
    wanted |= {"line zen", "line zen trace", "event zen trace"} if installed("zen") else set()
    wanted |= {"business-rules", "line business-rules"} if installed("business_rules") else set()
    assert found.keys() == wanted
    best = timed(found, rounds=1)
    assert all(len(best[each].calls) == 60 for each in found)


@pytest.mark.parametrize("name", SETS)
def test_the_functions_that_match_by_hand_match_as_the_rules_do(name: str, tmp_path: Path) -> None:
    of = RuleSet.of(name, tmp_path, count=COUNT)
    by_hand = getattr(matched_by_hand, name.replace("-", "_"))
    named: set[str] = set()
    for facts in of.facts:
        matched, unknown = by_hand(facts)
        meant = of.plan.plain.match(facts)
        assert (set(matched), unknown) == (set(meant.matched), meant.undetermined)
        named |= {*matched, *unknown}
    assert len(named) > len(of.plan.rule_set.rules) * 2 // 3


def test_recording_is_measured_and_what_was_recorded_proves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(recording, "ANSWERS", 70)
    monkeypatch.setattr(recording, "WINDOW", 20)
    monkeypatch.setattr(recording, "LONG", 60)
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    recording.proving(url)
    took, plainly = recording._one_turn(open_ledger(url, read_event), url, size=64, turn=1)
    assert min(took, plainly) > 0
    recording.age(url)
    told = capsys.readouterr().out
    assert "verified:" in told
    assert "entry 60 against entry 20" in told


def test_a_single_event_is_answered_from_a_cold_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cold_start, "RUNS", 1)
    (seconds,) = cold_start.measured(tmp_path)
    assert seconds > 0
