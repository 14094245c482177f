from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from rules_engine.matching import sessions
from rules_engine.matching.durable import DurableMatcher, EngineFault, available, why_unavailable
from rules_engine.matching.encoding import TooManyAlternatives
from rules_engine.model.values import Kind, Missing, Value
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Comparison

from .rule_sets import condition, fact, rule, rule_set

engine_needed = pytest.mark.skipif(not available(), reason=why_unavailable())

FACTS = {
    "days": fact("days", Kind.DAYS),
    "trigger": fact("trigger", Kind.WORD, words=("death", "hardship")),
    "papers": fact("papers", Kind.WORDS, words=("tax waiver", "trust agreement")),
}
RULES = rule_set(
    rule("short notice", condition("days", Comparison.LESS_THAN, 30)),
    rule("not death", condition("trigger", Comparison.IS_NOT, "death")),
    rule("no waiver", condition("papers", Comparison.WITHOUT, "tax waiver")),
    rule("always"),
)
SHORT: dict[str, Value | Missing] = {"days": 29, "trigger": "death", "papers": frozenset({"tax waiver"})}
LONG: dict[str, Value | Missing] = {"days": 30, "trigger": "hardship", "papers": frozenset()}


@pytest.fixture
def matcher() -> Iterator[DurableMatcher]:
    opened = DurableMatcher(RULES, FACTS)
    yield opened
    opened.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every message the engine is sent."""
    sent: list[str] = []
    assert_fact = sessions.extension.assert_fact

    def assert_and_note(handle: int, message: str) -> Any:
        sent.append(message)
        return assert_fact(handle, message)

    monkeypatch.setattr(sessions.extension, "assert_fact", assert_and_note)
    return sent


@pytest.fixture
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "ASKED_ANYWAY", 1)


@engine_needed
def test_names_the_rules_that_match_case_after_case(matcher: DurableMatcher) -> None:
    for _ in range(3):
        assert matcher.match(SHORT) == {"short notice", "always"}
        assert matcher.match(LONG) == {"not death", "no waiver", "always"}


@engine_needed
def test_a_missing_fact_matches_neither_a_condition_nor_its_opposite(matcher: DurableMatcher) -> None:
    missing = Missing(("trigger",))
    assert matcher.match({"days": missing, "trigger": missing, "papers": missing}) == {"always"}


@engine_needed
def test_a_rule_set_without_rules_matches_nothing() -> None:
    assert DurableMatcher(rule_set(), FACTS).match({}) == frozenset()


def notices(count: int) -> RuleSet:
    return rule_set(*(rule(f"rule {day}", condition("days", Comparison.LESS_THAN, day)) for day in range(count)))


@engine_needed
@pytest.mark.parametrize("count", [59, 60, 64, 65, 80, 150])
def test_all_rules_may_match_at_once_whatever_the_engine_can_hold(count: int) -> None:
    matcher = DurableMatcher(notices(count), FACTS)
    assert len(matcher.match(SHORT | {"days": -1})) == count
    assert matcher.match(SHORT | {"days": count - 2}) == {f"rule {count - 1}"}
    matcher.close()


@engine_needed
def test_a_closed_matcher_opens_again_when_asked(matcher: DurableMatcher) -> None:
    matcher.match(SHORT)
    matcher.close()
    assert matcher.match(SHORT) == {"short notice", "always"}


@engine_needed
def test_the_rule_set_unused_longest_makes_room_and_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_OPEN", 2)
    matchers = [DurableMatcher(notices(count), FACTS) for count in (3, 4, 5)]
    for _ in range(3):
        assert [len(matcher.match(SHORT | {"days": -1})) for matcher in matchers] == [3, 4, 5]
    for matcher in matchers:
        matcher.close()


@engine_needed
def test_threads_get_their_own_case_answered_while_rule_sets_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_OPEN", 1)
    switched_after = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # so that a rule set is closed between being found and being asked
    matchers = [DurableMatcher(notices(20), FACTS), DurableMatcher(notices(30), FACTS)]
    wrong: list[int] = []

    def ask(first: int) -> None:
        for day in range(first, first + 15):
            for matcher, count in zip(matchers, (20, 30), strict=True):
                if len(matcher.match(SHORT | {"days": day})) != max(0, count - day - 1):
                    wrong.append(day)

    threads = [threading.Thread(target=ask, args=(first,)) for first in (0, 5, 10, 15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(switched_after)
    assert wrong == []
    for matcher in matchers:
        matcher.close()


@engine_needed
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_both_sides_of_a_fork_go_on_matching() -> None:
    assert answered_elsewhere("""
import os, signal, sys, threading
sys.setswitchinterval(1e-6)
matcher = DurableMatcher(RULES, FACTS)
matcher.match(SHORT)
done = threading.Event()

def go_on_matching():
    while not done.is_set():
        matcher.match(SHORT)

thread = threading.Thread(target=go_on_matching)
thread.start()
told = []
for _ in range(20):
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # a lock left held by the thread, which a child does not have, would never open
        os._exit(len(matcher.match(LONG)))
    told.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
done.set()
thread.join()
print("children", set(told))
print("parent", *sorted(matcher.match(SHORT)))
""") == ["children {3}", "parent always short notice"]


def test_without_the_engine_the_plain_matcher_answers_and_the_reason_is_told() -> None:
    lines = answered_elsewhere(
        """
from rules_engine.matching.plain import compile_rules
print(available())
print(*compile_rules(RULES, FACTS).match(SHORT).matched)
print(why_unavailable())
try:
    DurableMatcher(RULES, FACTS)
except EngineFault as fault:
    print(fault)
""",
        engine=False,
    )
    assert lines[:2] == ["False", "short notice always"]
    assert lines[2].startswith("durable_rules cannot be imported: ")
    assert lines[3] == lines[2]


def answered_elsewhere(program: str, *, engine: bool = True) -> list[str]:
    """Run a program in a process of its own, with this module's names; give the lines it prints."""
    hidden = "" if engine else "import sys; sys.modules['durable_rules_engine'] = None\n"
    run = subprocess.run(
        [sys.executable, "-c", f"{hidden}from {__name__} import *\n{program}"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


@engine_needed
def test_a_rule_set_lost_in_the_engine_is_built_anew(matcher: DurableMatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    create = sessions.extension.create_ruleset
    handles: list[int] = []

    def create_and_note(name: str, rules: str) -> int:
        handles.append(create(name, rules))
        return handles[-1]

    monkeypatch.setattr(sessions.extension, "create_ruleset", create_and_note)
    matcher.match(SHORT)
    sessions.extension.delete_ruleset(*handles)
    assert matcher.match(LONG) == {"not death", "no waiver", "always"}
    assert len(handles) == 2


@engine_needed
@pytest.mark.usefixtures("nothing_remembered")
def test_an_engine_that_fails_twice_is_a_fault_and_not_an_answer(
    matcher: DurableMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    matcher.match(SHORT)
    with monkeypatch.context() as broken:
        broken.setattr(sessions.extension, "assert_fact", lambda handle, message: (1, 0))
        with pytest.raises(EngineFault, match="status 1"):
            matcher.match(SHORT)
    assert matcher.match(SHORT) == {"short notice", "always"}


@engine_needed
def test_an_engine_that_does_not_fire_the_rule_that_always_matches_is_at_fault(
    matcher: DurableMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions.extension, "start_action_for_state", lambda handle, offset: None)
    with pytest.raises(EngineFault, match="always matches"):
        matcher.match(SHORT)


@engine_needed
@pytest.mark.parametrize(
    ("comparison", "meant", "read"),
    [
        (Comparison.LESS_THAN, "$lt", "$lte"),
        (Comparison.LESS_THAN, "$lt", "$gte"),
        (Comparison.AT_MOST, "$lte", "$lt"),
        (Comparison.MORE_THAN, "$gt", "$gte"),
        (Comparison.AT_LEAST, "$gte", "$gt"),
        (Comparison.IS_NOT, "$neq", "$gt"),
        (Comparison.IS_NOT, "$neq", "$lt"),
    ],
)
def test_a_rule_set_the_engine_reads_differently_is_refused_for_good(
    monkeypatch: pytest.MonkeyPatch, comparison: Comparison, meant: str, read: str
) -> None:
    create = sessions.extension.create_ruleset
    matcher = DurableMatcher(rule_set(rule("short notice", condition("days", comparison, 30))), FACTS)
    with monkeypatch.context() as broken:
        broken.setattr(
            sessions.extension,
            "create_ruleset",
            lambda name, rules: create(name, rules.replace(f'"{meant}"', f'"{read}"')),
        )
        with pytest.raises(EngineFault, match="reads `short notice` differently"):
            matcher.match(SHORT)
    with pytest.raises(EngineFault, match="reads `short notice` differently"):
        matcher.match(LONG)


@engine_needed
def test_the_engine_is_told_ranks_under_short_names_and_nothing_where_a_fact_is_missing(
    matcher: DurableMatcher, asked: list[str]
) -> None:
    matcher.match(SHORT)
    matcher.match(LONG)
    matcher.match(SHORT | {"trigger": Missing(("trigger",))})
    # of `days` 29 stands below 30, the only one named, and 30 on it; `death` is the first word named; a paper is there
    assert asked[-3:] == [
        '{"id":"x","k":1,"a":0,"b":0,"c":1}',
        '{"id":"x","k":1,"a":1,"b":1,"c":0}',
        '{"id":"x","k":1,"a":0,"c":1}',
    ]


@engine_needed
def test_rule_sets_that_differ_in_their_figures_and_names_share_one_session_probed_once(asked: list[str]) -> None:
    days = condition("days", Comparison.LESS_THAN, 30)
    one = DurableMatcher(rule_set(rule("short", days), name="one"), FACTS)
    one.match(SHORT)
    probed = len(asked)
    others = [
        DurableMatcher(
            rule_set(rule(f"of {count}", condition("days", Comparison.LESS_THAN, count)), name=f"{count}"), FACTS
        )
        for count in range(1_000, 1_040)
    ]
    assert [matcher.match(SHORT | {"days": 1_020}) for matcher in others] == [
        frozenset() if count <= 1_020 else {f"of {count}"} for count in range(1_000, 1_040)
    ]
    sent = len(asked) - probed
    assert sent <= 2 + 40 // sessions.ASKED_ANYWAY  # below, on and above are three messages, one of them sent before
    one.close()


@engine_needed
def test_a_case_of_the_same_ranks_is_remembered_but_for_a_share_that_goes_to_the_engine(asked: list[str]) -> None:
    matcher = DurableMatcher(rule_set(rule("short notice", condition("days", Comparison.LESS_THAN, 30))), FACTS)
    assert matcher.match({"days": 1}) == {"short notice"}
    sent = len(asked)
    cases = 10 * sessions.ASKED_ANYWAY
    assert all(matcher.match({"days": day % 30}) == {"short notice"} for day in range(cases))
    assert len(asked) - sent == cases // sessions.ASKED_ANYWAY
    matcher.close()


@engine_needed
def test_what_is_remembered_never_grows_past_its_bound_and_stays_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_REMEMBERED", 10)
    matcher = DurableMatcher(notices(50), FACTS)
    for _ in range(2):
        assert [len(matcher.match(SHORT | {"days": day})) for day in range(50)] == list(range(49, -1, -1))
    matcher.close()


@engine_needed
def test_an_engine_that_answers_otherwise_than_it_did_is_a_fault(
    matcher: DurableMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    matcher.match(SHORT)
    start, go_on = sessions.extension.start_action_for_state, sessions.extension.complete_and_start_action

    def started(handle: int, offset: int) -> Any:
        return [each.replace('"0"', '"1"') if isinstance(each, str) else each for each in start(handle, offset)]

    def went_on(handle: int, offset: int) -> Any:
        return (found := go_on(handle, offset)) and found.replace('"0"', '"1"')

    with monkeypatch.context() as broken:
        broken.setattr(sessions, "ASKED_ANYWAY", 1)
        broken.setattr(sessions.extension, "start_action_for_state", started)
        broken.setattr(sessions.extension, "complete_and_start_action", went_on)
        with pytest.raises(EngineFault, match="otherwise than it did before"):
            matcher.match(SHORT)
    assert matcher.match(SHORT) == {"short notice", "always"}


@engine_needed
def test_probing_takes_as_many_messages_as_there_are_rules(asked: list[str]) -> None:
    counts = []
    for count in (100, 200, 400):
        before = len(asked)
        matcher = DurableMatcher(notices(count), FACTS)
        matcher.match(SHORT)
        counts.append(len(asked) - before)
        matcher.close()
    assert counts[1] < 2.1 * counts[0]
    assert counts[2] < 2.1 * counts[1]


@engine_needed
def test_a_number_of_any_size_is_matched_for_the_engine_is_told_its_place_alone(matcher: DurableMatcher) -> None:
    assert matcher.match(SHORT | {"days": -(2**64)}) == {"short notice", "always"}
    assert matcher.match(SHORT | {"days": 2**64}) == {"always"}


@engine_needed
def test_refuses_a_rule_of_too_many_alternatives_when_it_is_made() -> None:
    words = tuple(f"word {number}" for number in range(201))
    with pytest.raises(TooManyAlternatives):
        DurableMatcher(rule_set(rule("long", condition("trigger", Comparison.ONE_OF, *words))), FACTS)
