"""What is tried on a standing is taken back, step by step, in every kind of container, however deep the tries stand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.standing.journal import Index, Journal, OrderedSums, Queue, Stated, Sums, Table
from tests.standing.seen import plain


class Held:
    """One container of each kind, all noting in one journal, with something in each."""

    def __init__(self) -> None:
        self.journal = journal = Journal()
        self.table: Table[str, int] = Table(journal)
        self.sums: Sums[str] = Sums(journal)
        self.stated: Stated[str, str] = Stated(journal)
        self.index: Index[str, int] = Index(journal)
        self.queue: Queue[int] = Queue(journal)
        self.queues: Table[str, Queue[int]] = Table(journal)
        self.ordered: OrderedSums[int] = OrderedSums(journal)
        self.table.put("a", 1)
        self.sums.add("a", 100)
        self.stated.state("a", "event-1", "first")
        self.index.add("a", 1)
        self.queue.add(5)
        self.queues.put("a", Queue(journal))
        self.queues["a"].add(5)
        self.ordered.put(5, 100)

    def seen(self) -> dict[str, Any]:
        shown = {name: plain(held) for name, held in vars(self).items() if name != "journal"}
        return {name: held for name, held in shown.items() if held not in ({}, [])}


def queue_the_same_twice(held: Held) -> None:
    held.queue.add(5)
    held.queue.remove(5)


def start_a_queue(held: Held) -> None:
    held.queues.put("b", Queue(held.journal))
    held.queues["b"].add(1)


STEPS: dict[str, Callable[[Held], object]] = {
    "put in the place of another": lambda held: held.table.put("a", 2),
    "put under a new key": lambda held: held.table.put("b", 2),
    "put the same again": lambda held: held.table.put("a", 1),
    "drop": lambda held: held.table.drop("a"),
    "drop what is not there": lambda held: held.table.drop("z"),
    "add to a sum": lambda held: held.sums.add("a", 1),
    "take off a sum": lambda held: held.sums.add("a", -1),
    "take all off a sum": lambda held: held.sums.add("a", -100),
    "start a sum": lambda held: held.sums.add("b", -7),
    "state": lambda held: held.stated.state("a", "event-2", "second"),
    "state under a new key": lambda held: held.stated.state("b", "event-2", "second"),
    "take back what was stated": lambda held: held.stated.take_back("a", "event-1"),
    "take back what nobody stated": lambda held: held.stated.take_back("a", "event-9"),
    "list": lambda held: held.index.add("a", 2),
    "list what is listed": lambda held: held.index.add("a", 1),
    "list under a new key": lambda held: held.index.add("b", 1),
    "strike from a list": lambda held: held.index.discard("a", 1),
    "strike what is not listed": lambda held: held.index.discard("b", 1),
    "queue": lambda held: held.queue.add(3),
    "queue the same twice": queue_the_same_twice,
    "leave the queue": lambda held: held.queue.remove(5),
    "start a queue": start_a_queue,
    "queue among others": lambda held: held.queues["a"].add(1),
    "count more": lambda held: held.ordered.put(5, 200),
    "count another": lambda held: held.ordered.put(3, 7),
    "count no longer": lambda held: held.ordered.put(5, 0),
    "count nothing of what is not there": lambda held: held.ordered.put(9, 0),
}
"""Each way to change each container, or to ask for a change that is none."""
CHANGES_NOTHING = {
    "put the same again",
    "drop what is not there",
    "take back what nobody stated",
    "list what is listed",
    "strike what is not listed",
    "queue the same twice",
    "count nothing of what is not there",
}


@pytest.mark.parametrize("step", STEPS)
def test_what_is_tried_is_taken_back(step: str) -> None:
    held = Held()
    before = held.seen()
    with held.journal.trying():
        STEPS[step](held)
        assert (held.seen() == before) is (step in CHANGES_NOTHING)
    assert held.seen() == before


@pytest.mark.parametrize("step", STEPS)
def test_what_is_done_outside_a_try_stays(step: str) -> None:
    held = Held()
    before = held.seen()
    STEPS[step](held)
    after = held.seen()
    assert (after == before) is (step in CHANGES_NOTHING)
    with held.journal.trying():
        held.table.put("tried", 1)
    assert held.seen() == after


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_within_a_try_is_taken_back_too(step: str) -> None:
    held = Held()
    before = held.seen()

    def tried() -> None:
        with held.journal.trying():
            STEPS[step](held)
            raise KeyError("on purpose")

    with pytest.raises(KeyError, match="on purpose"):
        tried()
    assert held.seen() == before


@pytest.mark.parametrize("step", STEPS)
def test_of_all_or_none_all_is_kept(step: str) -> None:
    held, other = Held(), Held()
    STEPS[step](other)
    with held.journal.all_or_none():
        STEPS[step](held)
    assert held.seen() == other.seen()


@pytest.mark.parametrize("step", STEPS)
def test_of_all_or_none_nothing_is_kept_after_a_fault(step: str) -> None:
    held = Held()
    before = held.seen()
    with suppress(KeyError), held.journal.all_or_none():
        STEPS[step](held)
        raise KeyError("on purpose")
    assert held.seen() == before


def test_a_try_within_a_try_is_taken_back_alone() -> None:
    held = Held()
    with held.journal.trying():
        held.sums.add("a", 1)
        with held.journal.trying():
            held.sums.add("a", 1)
            assert held.sums.of("a") == 102
        assert held.sums.of("a") == 101
    assert held.sums.of("a") == 100


def test_all_or_none_within_a_try_is_taken_back_with_it() -> None:
    held = Held()
    with held.journal.trying():
        with held.journal.all_or_none():
            held.sums.add("a", 1)
        assert held.sums.of("a") == 101
    assert held.sums.of("a") == 100


def test_a_try_within_all_or_none_is_taken_back_and_the_rest_is_kept() -> None:
    held = Held()
    with held.journal.all_or_none():
        held.sums.add("a", 1)
        with held.journal.trying():
            held.sums.add("a", 1)
    assert held.sums.of("a") == 101


def test_what_all_or_none_kept_is_not_taken_back_by_a_later_try() -> None:
    held = Held()
    with held.journal.all_or_none():
        held.sums.add("a", 1)
    with held.journal.trying():
        held.sums.add("a", 1)
    assert held.sums.of("a") == 101


def test_one_may_go_back_to_a_mark_within_a_try() -> None:
    held = Held()
    with held.journal.trying():
        held.queue.add(1)
        mark = held.journal.mark()
        held.queue.add(2)
        held.queue.remove(1)
        held.journal.go_back(mark)
        assert list(held.queue) == [1, 5]
    assert list(held.queue) == [5]


def test_a_copy_moves_by_itself() -> None:
    held = Held()
    journal = Journal()
    copied = {name: each.copied(journal) for name, each in vars(held).items() if name != "journal"}
    before = {name: plain(each) for name, each in copied.items()}
    for step in STEPS.values():
        with held.journal.trying():
            step(held)
    held.table.put("c", 3)
    held.index.add("a", 3)
    held.queues["a"].add(9)
    held.ordered.put(9, 3)
    assert {name: plain(each) for name, each in copied.items()} == before
    with journal.trying():
        copied["queues"]["a"].add(7)
        copied["index"].discard("a", 1)
    assert {name: plain(each) for name, each in copied.items()} == before


# Random steps, in tries of any depth


@st.composite
def programs(draw: st.DrawFn, depth: int = 0) -> list[Any]:
    """Make up steps, tries with steps in them, and alls-or-nones that end in a fault or do not."""
    step = st.sampled_from(sorted(STEPS)) | st.tuples(
        st.sampled_from(["put", "add", "list", "strike", "queue", "count"]), st.integers(0, 9), st.integers(-3, 3)
    )
    if depth < 3:
        inner = st.tuples(st.sampled_from(["try", "all", "none"]), programs(depth + 1))
        step = step | inner
    return draw(st.lists(step, max_size=6))


def run(held: Held, program: list[Any]) -> None:
    for step in program:
        match step:
            case str():
                with suppress(ValueError):  # some may leave a queue in which they are not any more
                    STEPS[step](held)
            case ("try", inner):
                before = held.seen()
                with held.journal.trying():
                    run(held, inner)
                assert held.seen() == before
            case ("all", inner):
                with held.journal.all_or_none():
                    run(held, inner)
            case ("none", inner):
                before = held.seen()
                with suppress(KeyError), held.journal.all_or_none():
                    run(held, inner)
                    raise KeyError("on purpose")
                assert held.seen() == before
            case (what, key, number):
                _a_step(held, what, key, number)


def _a_step(held: Held, what: str, key: int, number: int) -> None:
    match what:
        case "put":
            held.table.put(str(key), number)
        case "add":
            held.sums.add(str(key), number)
        case "list":
            held.index.add(str(key), number)
        case "strike":
            held.index.discard(str(key), number)
        case "queue":
            held.queue.add(key)
        case "count":
            held.ordered.put(key, abs(number))


@settings(max_examples=300)
@given(programs())
def test_tries_of_any_depth_leave_everything_as_it_was(program: list[Any]) -> None:
    held = Held()
    before = held.seen()
    with held.journal.trying():
        run(held, program)
    assert held.seen() == before


# What each container answers


def test_a_sum_that_comes_to_nothing_is_forgotten() -> None:
    sums: Sums[str] = Sums(Journal())
    sums.add("a", 5)
    sums.add("a", -5)
    sums.add("b", 0)
    assert sums == {}
    assert sums.of("a") == 0


def test_the_last_value_stated_stands_and_gives_way_to_the_one_before() -> None:
    stated: Stated[str, int] = Stated(Journal())
    for number in (1, 2, 3):
        stated.state("a", f"event-{number}", number)
    assert stated.standing("a") == 3
    stated.take_back("a", "event-2")
    assert stated.standing("a") == 3
    stated.take_back("a", "event-3")
    assert stated.standing("a") == 1
    stated.take_back("a", "event-1")
    assert stated.standing("a") is None
    assert "a" not in stated


def test_an_index_lists_and_counts_each_member_once() -> None:
    index: Index[str, int] = Index(Journal())
    assert (index.of("a"), index.count("a"), index.keys()) == ((), 0, ())
    for member in (1, 2, 1):
        index.add("a", member)
    assert (set(index.of("a")), index.count("a"), index.keys()) == ({1, 2}, 2, ("a",))


@pytest.mark.parametrize(
    ("members", "first_but_one", "last"), [([], None, None), ([1], None, 1), ([2, 1], 2, 2), ([3, 1, 2], 2, 3)]
)
def test_a_queue_knows_its_first_but_one_and_its_last(members: list[int], first_but_one: Any, last: Any) -> None:
    queue: Queue[int] = Queue(Journal())
    for member in members:
        queue.add(member)
    assert list(queue) == sorted(members)
    assert len(queue) == len(members)
    assert queue.first_but(lambda member: member == 1) == first_but_one
    assert queue.first_but(lambda member: False) == (min(members) if members else None)
    assert queue.last() == last


@pytest.mark.parametrize(("first", "before", "found"), [(2, 4, [2, 3]), (0, 2, [1]), (4, 9, [4]), (2, 2, [])])
def test_a_queue_gives_what_is_between_the_first_included(first: int, before: int, found: list[int]) -> None:
    queue: Queue[tuple[int]] = Queue(Journal())
    for member in (4, 2, 1, 3):
        queue.add((member,))
    assert list(queue.between((first,), (before,))) == [(member,) for member in found]


def test_who_is_not_in_a_queue_cannot_leave_it() -> None:
    queue: Queue[int] = Queue(Journal())
    queue.add(1)
    with pytest.raises(ValueError, match="not in list"):
        queue.remove(2)
    assert list(queue) == [1]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 5)), max_size=1_500), st.integers(-1, 2_001))
def test_ordered_sums_add_up_what_stands_before_whoever_is_asked_about(puts: list[tuple[int, int]], asked: int) -> None:
    ordered: OrderedSums[int] = OrderedSums(Journal())
    counted: dict[int, int] = {}
    for member, cents in puts:
        ordered.put(member, cents)
        counted[member] = cents
    assert ordered.before(asked) == sum(cents for member, cents in counted.items() if member < asked)
    assert plain(ordered) == [(member, cents) for member, cents in sorted(counted.items()) if cents]


@pytest.mark.parametrize("count", [OrderedSums.MOST, OrderedSums.MOST + 1, 3 * OrderedSums.MOST])
def test_ordered_sums_are_the_same_in_one_block_and_in_several(count: int) -> None:
    ordered: OrderedSums[int] = OrderedSums(Journal())
    for member in range(count):
        ordered.put(member, 1)
    for asked in (0, 1, count // 2, count - 1, count, count + 1):
        assert ordered.before(asked) == min(asked, count)
    for member in reversed(range(count)):
        ordered.put(member, 0)
    assert ordered.before(count) == 0
    assert plain(ordered) == []
