"""Features run without pytest: the same verdicts as with it, by however many processes, and why a scenario fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules_engine.acceptance.accepting import accept
from rules_engine.acceptance.coverage import Coverage
from rules_engine.acceptance.feature_files import read_features
from rules_engine.acceptance.results import Acceptance, Verdict, acceptance_to_json
from rules_engine.acceptance.trials import trial_ground_of
from rules_engine.host.in_use import InUse
from tests.acceptance.features import EVERY_FORM, FAILS, ON_TIME, written
from tests.shipped import shipped

pytest_plugins = ("pytester",)


@pytest.fixture(scope="module")
def ground() -> InUse:
    return trial_ground_of(shipped())


def accepted(folder: Path, ground: InUse, **files: str) -> Acceptance:
    return accept(read_features(written(folder, **files)), ground)


def test_a_run_in_which_every_scenario_passes_is_accepted(tmp_path: Path, ground: InUse) -> None:
    run = accepted(tmp_path, ground, a=ON_TIME)
    assert run.is_accepted
    assert run.counts == {Verdict.PASSED: 2}


def test_nothing_that_ran_is_nothing_that_was_accepted(tmp_path: Path, ground: InUse) -> None:
    assert not accept(read_features(tmp_path), ground).is_accepted


def test_a_scenario_that_fails_says_what_it_expects_what_was_decided_and_why(tmp_path: Path, ground: InUse) -> None:
    run = accepted(tmp_path, ground, a=ON_TIME, b=FAILS)
    assert not run.is_accepted
    (failed,) = run.failed
    assert failed.failure is not None
    assert (failed.failure.number, failed.failure.expected) == (7, "Then it is accepted")
    assert failed.failure.decided == "it is referred, not accepted"
    first, *why = failed.failure.why
    assert first == "referred"
    assert any(
        line.startswith("referred: asked too late: The request was received more than 12 months") for line in why
    )
    assert all(line.endswith(")") for line in why), "each reason names its clause"


def test_a_scenario_with_a_line_that_cannot_be_read_is_not_run_and_not_accepted(tmp_path: Path, ground: InUse) -> None:
    run = accepted(tmp_path, ground, a=ON_TIME.replace("it is referred", "it is referred to somebody"))
    assert not run.is_accepted
    assert (len(run.ran), run.unread) == (1, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("the person asking is an exekutor", "did you mean `executor`"),
        ('request "another" is taken in hand', "no request of this scenario is named `another`"),
        ("the size of the shoe is not given", "cannot be left open"),
    ],
)
def test_what_makes_no_sense_is_told_as_the_scenarios_own_fault(
    tmp_path: Path, ground: InUse, line: str, said: str
) -> None:
    text = ON_TIME.replace("    When the request", f"    And {line}\n    When the request", 1)
    (failed,) = accepted(tmp_path, ground, a=text).failed
    assert failed.failure is not None
    assert failed.failure.is_wrong
    assert said in failed.failure.decided


def test_pytest_bdd_comes_to_the_same_verdicts(pytester: pytest.Pytester, ground: InUse) -> None:
    folder = written(pytester.path, every_form=EVERY_FORM, fails=FAILS, on_time=ON_TIME)
    pytester.makepyfile(test_own_scenarios="from pytest_bdd import scenarios\n\nscenarios('.')\n")
    result = pytester.inline_run("-p", "no:cacheprovider", "-p", "no:xdist")
    theirs = [report.outcome for report in result.getreports("pytest_runtest_logreport") if report.when == "call"]
    ours = [ran.verdict.value for ran in accept(read_features(folder), ground).ran]
    assert theirs == ours
    assert {"passed", "failed"} == set(ours)


def test_several_processes_come_to_the_same(tmp_path: Path, ground: InUse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules_engine.acceptance.accepting.WORTH_SHARING", 1)
    features = read_features(written(tmp_path, a=ON_TIME, b=FAILS, c=EVERY_FORM))
    one, other = (Coverage(ground.book.rule_sets, ground.vocabulary) for _ in range(2))
    alone = accept(features, ground, coverage=one)
    shared = accept(features, ground, jobs=2, coverage=other)
    assert acceptance_to_json(alone) == acceptance_to_json(shared)
    for a, b in zip(one.covered(), other.covered(), strict=True):
        assert (a.rule, sorted(a.spoke), a.lacking) == (b.rule, sorted(b.spoke), b.lacking)


def test_the_scenarios_of_one_issuer_are_those_of_its_folder_or_about_its_notes(tmp_path: Path, ground: InUse) -> None:
    other = ON_TIME.replace("02006DLF6", "26054LAB9").replace("2017-06-10", "2003-06-10").replace("2018", "2004")
    written(tmp_path, **{"ally/a": ON_TIME, "dow/b": other, "c": ON_TIME})
    run = accept(read_features(tmp_path), ground, issuers=["ally"])
    assert {ran.scenario.file for ran in run.ran} == {"ally/a.feature", "c.feature"}


def test_every_decision_is_traced_to_the_rule_set_that_made_it(tmp_path: Path, ground: InUse) -> None:
    first = accepted(tmp_path, ground, a=ON_TIME).ran[0]
    assert [(each.edition, each.clause, each.is_draft) for each in first.ruled] == [
        ("ally/term-notes-a/2015-08-10", "survivors option", True)
    ]
