"""Boxes of cells, held against every combination of cells; days that a box can have, against every day there is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.clauses.survivors_option import SURVIVORS_OPTION
from rules_engine.matching.conditions import ready
from rules_engine.model.values import Span
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison
from rules_engine.workbench.analysis.cells import Axis, Box, Space, outside_all
from rules_engine.workbench.analysis.ties import Days, Life, days_for, facts_of, holds, solver

FACTS = SURVIVORS_OPTION.words.facts
LIFE = Life(issued=date(2016, 12, 1), accrues_from=date(2016, 12, 1), maturity=date(2017, 12, 15))


def _axes(sizes: list[int]) -> list[Axis]:
    return [Axis.of((f"fact {n}", "", ""), tuple(range(size)), ()) for n, size in enumerate(sizes)]


@st.composite
def _boxes(draw: st.DrawFn) -> tuple[list[Axis], list[Box]]:
    axes = _axes(draw(st.lists(st.integers(2, 3), min_size=2, max_size=4)))
    boxes: list[Box] = []
    for _ in range(draw(st.integers(1, 7))):
        chosen = draw(st.lists(st.sampled_from(axes), min_size=1, max_size=len(axes), unique=True))
        cells = st.sets(st.integers(0, 2), min_size=1)
        boxes.append({axis: frozenset(draw(cells)) & axis.whole or axis.whole for axis in chosen})
    return axes, boxes


@given(_boxes())
@settings(max_examples=200, deadline=None)
def test_what_lies_outside_all_is_what_no_combination_is_in(drawn: tuple[list[Axis], list[Box]]) -> None:
    axes, boxes = drawn
    left = list(outside_all({}, boxes))
    for cells in itertools.product(*(sorted(axis.whole) for axis in axes)):
        at = dict(zip(axes, cells, strict=True))
        in_any = any(_is_in(at, box) for box in boxes)
        assert [_is_in(at, piece) for piece in left].count(True) == (0 if in_any else 1)


def _is_in(at: Mapping[Axis, int], box: Box) -> bool:
    return all(at[axis] in cells for axis, cells in box.items())


@given(st.lists(st.tuples(st.sampled_from(list(Comparison)[2:6]), st.integers(0, 24)), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_the_cells_of_a_period_are_all_ways_in_which_its_tests_come_out(tests: list[tuple[Comparison, int]]) -> None:
    conditions = [Condition(fact="months held", comparison=each, values=(months,)) for each, months in tests]
    (axis,) = Space.of(conditions, FACTS).axes.values()
    made = [ready(condition) for condition in conditions]
    every = [Span(months, months + more, date.min, date.min) for months in range(27) for more in (0, 1)]
    ways = {tuple(test.holds(span) for test in made) for span in every}
    assert {tuple(test.holds(cell) for test in made) for cell in axis.cells} == ways


PERIODS = [
    (("months held", Comparison.LESS_THAN, 3), ("months held at death", Comparison.AT_LEAST, 3)),
    (("months held", Comparison.MORE_THAN, 3), ("months since death", Comparison.AT_MOST, 1)),
    (("months held", Comparison.AT_MOST, 2), ("months since death", Comparison.MORE_THAN, 2)),
    (("months held at death", Comparison.AT_LEAST, 2), ("months since death", Comparison.AT_LEAST, 2)),
    (("months held", Comparison.LESS_THAN, 4), ("months held at death", Comparison.AT_LEAST, 2)),
]


@pytest.mark.parametrize("order", [Comparison.BEFORE, Comparison.AFTER, Comparison.IS])
@pytest.mark.parametrize("periods", PERIODS)
def test_the_solver_finds_days_just_where_some_day_of_the_note_has_them(
    periods: tuple[tuple[str, Comparison, int], ...], order: Comparison
) -> None:
    if solver() is None:
        pytest.skip("the extra `analysis` is not installed")
    conditions = [Condition(fact=fact, comparison=each, values=(months,)) for fact, each, months in periods]
    conditions.append(Condition(fact="day of receipt", comparison=order, values=(), against="day of death"))
    space = Space.of(conditions, FACTS)
    box = space.box(conditions)
    assert box is not None
    found, is_certain = days_for(box, LIFE)
    assert is_certain
    if found is not None:
        assert holds(box, facts_of(found, LIFE))
    assert (found is not None) is any(holds(box, facts_of(days, LIFE)) for days in _every_day())


def _every_day() -> list[Days]:
    """Days enough to meet every way in which such short periods lie: ends of months of every length among them."""
    received = date(2017, 6, 30)
    days: Any = [received + timedelta(days=step) for step in range(-190, 8, 1)]
    return [Days(received, death, acquired) for death in days[::3] for acquired in days[::3]] + [
        Days(received, received + timedelta(days=step), acquired) for step in (-1, 0, 1) for acquired in days
    ]
