"""All cases a rule set can tell apart, as boxes of cells: exact, without trying any case.

Each fact that rules look at is an axis. Its values fall into a few cells, one for each way in which the rules' tests
come out on it: a figure in a test gives the values below it, the figure itself and those above. A rule is then a box,
some cells of some axes, and a question about all cases is a question about boxes. Axes are independent of each other
here; facts that are tied, as two periods that end on one day are, `ties` looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Self

from rules_engine.matching.conditions import ready
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Span
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Comparison, Fact

Cells = frozenset[int]
Box = Mapping["Axis", Cells]
"""Which cells of each axis a box holds; an axis that is not named is held whole."""


class Relation(NamedTuple):
    """How one fact lies to another it is held against: -1 below it, 0 the same, 1 above."""

    sign: int


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """A fact, one word of a fact that is a list, or a fact beside the one it is held against; `cells` are samples.

    `whole` are all of its cells. Each axis of a space is itself alone.
    """

    fact: str
    word: str = ""
    against: str = ""
    cells: tuple[Any, ...] = ()
    tests: tuple[Condition, ...] = ()
    whole: Cells = frozenset()

    @classmethod
    def of(cls, named: tuple[str, str, str], cells: tuple[Any, ...], tests: Sequence[Condition]) -> Self:
        """Lay out an axis."""
        return cls(*named, cells=cells, tests=tuple(tests), whole=frozenset(range(len(cells))))

    def cell_of(self, value: Any) -> int | None:
        """Find the cell a value falls in, in which the rules' tests come out as they do on it; None in none of them."""
        if self.word:
            return self.cells.index(self.word in value)
        made = [ready(test) for test in self.tests]
        found = [test.holds(value) for test in made]
        return next((at for at, cell in enumerate(self.cells) if [test.holds(cell) for test in made] == found), None)


@dataclass(frozen=True, slots=True)
class Space:
    """The axes of a rule set, by fact and word or by the two facts that are held against each other."""

    axes: Mapping[tuple[str, str, str], Axis]

    @classmethod
    def of(cls, conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> Self:
        """Lay out the space that tests tell apart."""
        tests: dict[tuple[str, str, str], list[Condition]] = {}
        for each in conditions:
            word = str(each.values[0]) if facts[each.fact].kind is Kind.WORDS else ""
            tests.setdefault((each.fact, word, each.against), []).append(each)
        return cls({key: Axis.of(key, _cells(facts[key[0]], held), held) for key, held in tests.items()})

    def box(self, conditions: Iterable[Condition]) -> Box | None:
        """Give the box in which tests all hold; None where they never do together."""
        found: dict[Axis, Cells] = {}
        for each in conditions:
            axis = self._axis(each)
            held = _held(each, axis)
            found[axis] = found.get(axis, axis.whole) & held
            if not found[axis]:
                return None
        return found

    def _axis(self, condition: Condition) -> Axis:
        named = self.axes.get((condition.fact, "", condition.against))
        return named or self.axes[(condition.fact, str(condition.values[0]), "")]


def _held(condition: Condition, axis: Axis) -> Cells:
    """Say in which cells of its axis a test holds."""
    if condition.against:
        return frozenset(at for at, cell in enumerate(axis.cells) if _lies(condition.comparison, cell.sign))
    if axis.word:
        wanted = condition.comparison is Comparison.WITH
        return frozenset(at for at, cell in enumerate(axis.cells) if cell is wanted)
    test = ready(condition)
    return frozenset(at for at, cell in enumerate(axis.cells) if test.holds(cell))


def _lies(comparison: Comparison, sign: int) -> bool:
    match comparison:
        case Comparison.IS:
            return sign == 0
        case Comparison.IS_NOT:
            return sign != 0
        case Comparison.LESS_THAN | Comparison.BEFORE:
            return sign < 0
        case Comparison.AT_MOST | Comparison.ON_OR_BEFORE:
            return sign <= 0
        case Comparison.MORE_THAN | Comparison.AFTER:
            return sign > 0
    return sign >= 0


def _cells(fact: Fact, tests: Sequence[Condition]) -> tuple[Any, ...]:
    if tests[0].against:
        return tuple(map(Relation, (-1, 0, 1)))
    match fact.kind:
        case Kind.YES_NO | Kind.WORDS:
            return (False, True)
        case Kind.WORD:
            return tuple(map(str, fact.words))
    samples = _samples(fact.kind, [value for test in tests for value in test.values])
    made = [ready(test) for test in tests]
    first: dict[tuple[bool | None, ...], Any] = {}
    for sample in samples:
        first.setdefault(tuple(test.holds(sample) for test in made), sample)
    return tuple(first.values())


def _samples(kind: Kind, figures: Iterable[Any]) -> list[Any]:
    """Give values on, just below and just above each figure."""
    found: list[Any] = []
    for figure in sorted(set(figures)):
        match kind:
            case Kind.MONTHS:
                months = (figure - 1, figure, figure + 1)
                found += [_span(each, each + begun) for each in months for begun in (0, 1) if each >= 0]
            case Kind.MONEY:
                found += [Money.from_cents(figure.cents + step) for step in (-1, 0, 1) if figure.cents + step >= 0]
            case Kind.DATE:
                found += [figure + timedelta(days=step) for step in (-1, 0, 1)]
            case Kind.PERCENT:
                found += [
                    figure + step for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01")) if figure + step >= 0
                ]
            case Kind.SHARE:
                steps = (figure - Fraction(1, 1000), figure, figure + Fraction(1, 1000))
                found += [each for each in steps if 0 <= each <= 1]
            case _:
                found += [figure - 1, figure, figure + 1]
    return found


def _span(completed: int, begun: int) -> Span:
    return Span(completed, begun, date.min, date.min)


def meet(one: Box, other: Box) -> Box | None:
    """Give the cells that two boxes have in common; None where there are none."""
    if not touch(one, other):
        return None
    return {**one, **{axis: one[axis] & cells if axis in one else cells for axis, cells in other.items()}}


def touch(one: Box, other: Box) -> bool:
    """Tell whether two boxes have a cell in common."""
    return all(axis not in one or not one[axis].isdisjoint(cells) for axis, cells in other.items())


def without(box: Box, other: Box) -> Iterator[Box]:
    """Give what of a box lies outside another, in boxes that have nothing in common."""
    left = dict(box)
    if not touch(box, other):
        yield left
        return
    for axis, cells in other.items():
        held = left.get(axis, axis.whole)
        if outside := held - cells:
            yield {**left, axis: outside}
        left[axis] = held & cells


def outside_all(box: Box, others: Sequence[Box]) -> Iterator[Box]:
    """Give what of a box lies outside all the others, box by box; nothing where they cover it together."""
    hitting = [other for other in others if touch(box, other)]
    if not hitting:
        yield box
        return
    # what cuts one axis alone splits nothing, and so comes first
    first = min(hitting, key=len)
    rest = [other for other in hitting if other is not first]
    for piece in without(box, first):
        yield from outside_all(piece, rest)


def covers(one: Box, other: Box) -> bool:
    """Tell whether all of the other box lies in one."""
    return all(other.get(axis, axis.whole) <= cells for axis, cells in one.items())


def rule_boxes(space: Space, rules: Iterable[Rule]) -> dict[str, Box]:
    """Give the box of each rule, by its name; one that never holds has none."""
    boxes = ((rule.name, space.box(rule.conditions)) for rule in rules)
    return {name: box for name, box in boxes if box is not None}
