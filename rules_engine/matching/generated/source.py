"""The lines of a rule set's functions.

Their text holds nothing but our own numbered names: `v3` is the value of the fourth fact, `m3` says that it is missing,
`c5_0` is what the first condition of the sixth rule holds it against. Names of facts and rules, words and literals are
handed in as objects, so that nothing written in a file can become code.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from typing import Any

from rules_engine.matching.conditions import COMPARED, HELD_AS, FactValues, literal_of
from rules_engine.matching.generated.telling import Remembered, Teller, Tellers
from rules_engine.matching.generated.text import Function, indented
from rules_engine.matching.plain import Matches, held_as, missing_fields, other_currency, wrong_kind
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.rules import Condition, Rule
from rules_engine.rulebook.vocabulary import Comparison, Fact

MOST_NESTED = 4
"""Up to how many conditions a rule's near misses are found by nested tests, which are quickest, and grow with each."""


class Names:
    """The numbered names of one function, and the objects they stand for."""

    def __init__(
        self, name: str, rules: tuple[Rule, ...], facts: Mapping[str, Fact], tellers: Tellers | None = None
    ) -> None:
        self.rules = rules
        self.tellers = tellers or Tellers()
        self.held_as = held_as(rules, facts)
        self.numbers = {fact: number for number, fact in enumerate(self.held_as)}
        self.function = Function(name, {"getattr": getattr})
        self.name = self.function.name

    def missing(self, condition: Condition) -> str:
        """Write that the fact of a condition is missing."""
        return f"m{self.numbers[condition.fact]}"

    def test(self, place: int, position: int) -> str:
        """Write the test of a rule's condition, on a fact that is not missing."""
        condition = self.rules[place].conditions[position]
        number, (kind, _) = self.numbers[condition.fact], self.held_as[condition.fact]
        literal = literal_of(condition)
        if kind is Kind.YES_NO and condition.comparison is Comparison.IS:
            return f"v{number}" if literal else f"not v{number}"
        value = f"v{number}"
        if kind is Kind.MONEY:
            value, literal = f"cents{number}", literal.cents
        compared = COMPARED[condition.comparison]
        if kind is Kind.MONTHS:
            value = f"v{number}.{compared.part}"
        return compared.sign.format(v=value, c=self.name(f"c{place}_{position}", literal))


def compiled(
    lines: Callable[[Names], Iterator[str]], names: Names, given: Mapping[str, Any] | None = None
) -> Callable[[FactValues], Any]:
    """Make a function of a case's facts from its lines, and from objects they name besides."""
    names.function.add(*lines(names))
    for name, stands_for in (given or {}).items():
        names.name(name, stands_for)
    return names.function.compiled()


def looking_lines(names: Names) -> Iterator[str]:
    """Write the function that takes out of a case what its rules look at, and refuses a fact of another kind."""
    names.name("Missing", Missing)
    names.name("wrong_kind", wrong_kind)
    names.name("other_currency", other_currency)
    for fact, number in names.numbers.items():
        kind, currency = names.held_as[fact]
        key, held = names.name(f"k{number}", fact), names.name(f"t{number}", HELD_AS[kind])
        yield f"v{number} = facts[{key}]"
        yield f"m{number} = type(v{number}) is not {held}"
        yield f"if m{number}:"
        yield f" if type(v{number}) is not Missing: raise wrong_kind({key})"
        if kind is Kind.MONEY:
            expected = names.name(f"u{number}", currency)
            yield f"elif v{number}.currency != {expected}: raise other_currency({key}, v{number}, {expected})"
    numbers = names.numbers.values()
    yield f"return ({''.join(f'v{number},' for number in numbers)}), ({''.join(f'm{number},' for number in numbers)})"


def matching_lines(names: Names) -> Iterator[str]:
    """Write the function that gives the matches of a case."""
    names.name("matches", partial(tuple.__new__, Matches))
    names.name("missing_fields", missing_fields)
    yield from _looked_at(names, names.numbers)
    yield "matched = []"
    yield "undetermined = {}"
    for place, rule in enumerate(names.rules):
        yield from _ruled(place, rule, names)
    yield "return matches((tuple(matched), undetermined))"


def near_miss_lines(names: Names) -> Iterator[str]:
    """Write the function that writes the near misses of a case.

    Rules that stand against the case come first, then those that one test kept silent, both in file order.
    """
    told = [place for place, rule in enumerate(names.rules) if names.tellers.tell(rule)]
    looked_at = {condition.fact for place in told for condition in names.rules[place].conditions}
    yield from _looked_at(names, looked_at)
    yield "against = []"
    yield "silent = []"
    for place in told:
        yield from _told(place, names.rules[place], names)
    yield "return against + silent"


def _looked_at(names: Names, looked_at: Container[str]) -> Iterator[str]:
    """Write that values, and which of them are missing, are taken from what was looked at before."""
    yield "looked = getattr(facts, 'looked_at', None)"
    yield "if looked is None or looked[2] is not matcher: looked = look_at(facts)"
    yield f"({''.join(f'v{number},' for number in names.numbers.values())}) = looked[0]"
    yield f"({''.join(f'm{number},' for number in names.numbers.values())}) = looked[1]"
    for fact, number in names.numbers.items():
        if names.held_as[fact][0] is Kind.MONEY and fact in looked_at:
            yield f"if not m{number}: cents{number} = v{number}.cents"


def _ruled(place: int, rule: Rule, names: Names) -> Iterator[str]:
    """Decide one rule: whether any condition is false, and then whether any is unknown."""
    name = names.name(f"n{place}", rule.name)
    if not rule.conditions:
        yield f"matched.append({name})"
        return
    tests = (
        f"({names.missing(condition)} or {names.test(place, position)})"
        for position, condition in enumerate(rule.conditions)
    )
    yield f"if {' and '.join(tests)}:"
    numbers = dict.fromkeys(names.numbers[condition.fact] for condition in rule.conditions)
    yield f" if {' or '.join(f'm{number}' for number in numbers)}:"
    yield f"  undetermined[{name}] = missing_fields(({''.join(f'v{number},' for number in numbers)}))"
    yield f" else: matched.append({name})"


def _told(place: int, rule: Rule, names: Names) -> Iterator[str]:
    """Tell one rule where it hangs on one test that holds, or where one test that does not hold kept it silent."""
    known = " or ".join(dict.fromkeys(names.missing(condition) for condition in rule.conditions))
    yield f"if not ({known}):"
    lines = _nested(place, rule, 0, names) if len(rule.conditions) <= MOST_NESTED else _counted(place, rule, names)
    yield from indented(lines)


def _nested(place: int, rule: Rule, position: int, names: Names) -> Iterator[str]:
    """Write that the conditions from a position on hold but for one, which is told."""
    yield f"if {names.test(place, position)}:"
    if position + 1 < len(rule.conditions):
        yield from indented(_nested(place, rule, position + 1, names))
        others = (names.test(place, other) for other in range(position + 1, len(rule.conditions)))
        yield f"elif {' and '.join(others)}:"
    else:
        yield f" {_telling_against(place, rule, names)}"
        yield "else:"
    yield f" {_telling('silent', names.tellers.silent.get((rule.name, position)), place, position, names)}"


def _counted(place: int, rule: Rule, names: Names) -> Iterator[str]:
    """Write the same for a rule of many conditions."""
    yield f"held = ({', '.join(names.test(place, position) for position in range(len(rule.conditions)))})"
    yield f"if False not in held: {_telling_against(place, rule, names)}"
    yield "elif held.count(False) == 1:"
    yield " position = held.index(False)"
    for position in range(len(rule.conditions)):
        tell = names.tellers.silent.get((rule.name, position))
        yield f" if position == {position}: {_telling('silent', tell, place, position, names)}"


def _telling_against(place: int, rule: Rule, names: Names) -> str:
    position, tell = names.tellers.against.get(rule.name, (0, None))
    return _telling("against", tell, place, position, names)


def _telling(told: str, tell: Teller | None, place: int, position: int, names: Names) -> str:
    if tell is None:
        return "pass"
    teller = names.name(f"{told}{place}_{position}", tell)
    fact = names.rules[place].conditions[position].fact
    if not isinstance(tell, Remembered):
        return f"{told}.append({teller}(v{names.numbers[fact]}, facts))"
    key = "cents" if names.held_as[fact][0] is Kind.MONEY else "v"
    return f"{told}.append({teller}[{key}{names.numbers[fact]}])"
