"""The function that a decision's cost is measured against gives the decision's answer, on every kind of case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import cold_start, recording
from benchmarks.by_hand import ByHand, answer_of
from benchmarks.cases import COUNT, ELECTED, OUTSTANDING, host_with_background, requests
from benchmarks.page import NAMES, Measured, written
from benchmarks.run import ways
from benchmarks.timing import Timed, timed
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


def made_up(**microseconds: int) -> Measured:
    best = {name: Timed((1_000 * microseconds.get(name.replace(" ", "_"), 1),)) for name in NAMES}
    return Measured(best=best, megabytes={20_000: 80.0, 200_000: 80.5}, seconds=[0.5, 0.6])


@pytest.mark.parametrize(
    ("documented", "held", "decide", "quick", "cheap"),
    [(200, 25, 100, "met", "met"), (199, 25, 100, "**missed**", "met"), (204, 25, 101, "met", "**missed**")],
)
def test_what_is_missed_is_said(documented: int, held: int, decide: int, quick: str, cheap: str) -> None:
    *_, quicker, dearer, flat, cold = written(made_up(matched=documented, held=held, decide=decide)).splitlines()
    assert quicker.endswith(f"| {quick} |")
    assert dearer.endswith(f"| {cheap} |")
    assert flat.endswith("| met |")
    assert cold.endswith("| met |")


def test_memory_that_grows_is_said() -> None:
    grown = Measured(best=made_up().best, megabytes={20_000: 80.0, 200_000: 82.1}, seconds=[1.6])
    assert written(grown).count("**missed**") >= 2


def test_a_python_without_durable_rules_is_said() -> None:
    without = {name: way for name, way in made_up().best.items() if name not in ("held", "documented", "matched")}
    text = written(Measured(best=without, megabytes={20_000: 80.0, 200_000: 80.5}, seconds=[0.5]))
    assert text.count("durable_rules cannot be used on this Python") == 3
    assert "durable_rules as documented |" not in text


def test_every_way_that_is_timed_gives_the_same_on_every_case() -> None:
    found = ways(host_with_background(), requests(60))  # holds each way against the others before any is timed
    wanted = {"by hand", "plain", "decide", "read", "line"}
    assert found.keys() == wanted | ({"held", "documented", "matched"} if durable.available() else set())
    best = timed(found, rounds=1)
    assert all(len(best[name].calls) == 60 for name in found)


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
