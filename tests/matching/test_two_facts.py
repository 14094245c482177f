from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.matching.comparing import Comparisons
from rules_engine.matching.conditions import WrongKind
from rules_engine.matching.durable import DurableMatcher, available
from rules_engine.matching.near_misses import near_misses
from rules_engine.matching.plain import Matches
from rules_engine.matching.plans import Plan
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Value
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import COMPARISONS_FOR, ClauseWords, Comparison, Fact

from .rule_sets import condition, fact, rule, rule_set
from .test_matchers_agree import OBSERVED, engine_needed, examples

BELOW_ON_ABOVE: dict[Kind, tuple[Value, Value, Value]] = {
    Kind.MONEY: (Money.parse("24999.99"), Money.parse("25000.00"), Money.parse("25000.01")),
    Kind.DAYS: (29, 30, 31),
    Kind.BUSINESS_DAYS: (-1, 0, 1),
    Kind.DATE: (date(2017, 12, 14), date(2017, 12, 15), date(2017, 12, 16)),
    Kind.PERCENT: (Decimal("99.999999"), Decimal("100"), Decimal("100.000001")),
    Kind.NUMBER: (2**63 - 3, 2**63 - 2, 2**63 - 1),
    Kind.SHARE: (Fraction(1, 3) - Fraction(1, 10**18), Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**18)),
}
HOLDS = {
    Comparison.IS: (False, True, False),
    Comparison.IS_NOT: (True, False, True),
    Comparison.LESS_THAN: (True, False, False),
    Comparison.BEFORE: (True, False, False),
    Comparison.AT_MOST: (True, True, False),
    Comparison.ON_OR_BEFORE: (True, True, False),
    Comparison.MORE_THAN: (False, False, True),
    Comparison.AFTER: (False, False, True),
    Comparison.AT_LEAST: (False, True, True),
    Comparison.ON_OR_AFTER: (False, True, True),
}


def held(comparison: Comparison, *, fact: str = "given", against: str = "needed") -> Condition:
    return Condition(fact=fact, comparison=comparison, values=(), against=against)


def matched(kind: Kind, tested: Condition, given_value: Value | Missing, needed: Value | Missing) -> Matches:
    """Match by both matchers, which have to agree, and give what the plain one says."""
    facts = {name: fact(name, kind) for name in ("given", "needed")}
    compared = Comparisons.of(rule_set(rule("the rule", tested)), facts)
    case = {"given": given_value, "needed": needed}
    case |= compared.numbers(case)
    found = Plan.of(rule_set(rule("the rule", tested)), words(facts), with_durable=False).plain.match(case)
    if available():
        engine = DurableMatcher(compared.rules, compared.facts)
        assert engine.match(case) == frozenset(found.matched)
        engine.close()
    return found


def words(facts: dict[str, Fact]) -> ClauseWords:
    return ClauseWords(clause="survivors option", facts=facts, terms={}, payment={})


@pytest.mark.parametrize(
    ("kind", "comparison"),
    [(kind, each) for kind in BELOW_ON_ABOVE for each in COMPARISONS_FOR[kind]],
    ids=lambda each: each.value,
)
def test_a_fact_is_held_against_another_below_it_on_it_and_above_it(kind: Kind, comparison: Comparison) -> None:
    below, on, above = BELOW_ON_ABOVE[kind]
    held_so = tuple(bool(matched(kind, held(comparison), value, on).matched) for value in (below, on, above))
    assert held_so == HOLDS[comparison]


@pytest.mark.parametrize(
    ("given_value", "needed", "missing"),
    [
        (Missing(("notice_given_on",)), 30, ("notice_given_on",)),
        (29, Missing(("event_on",)), ("event_on",)),
        (Missing(("one", "both")), Missing(("both", "other")), ("one", "both", "other")),
    ],
)
def test_a_rule_that_needs_two_facts_waits_for_what_is_missing_of_either(
    given_value: Value | Missing, needed: Value | Missing, missing: tuple[str, ...]
) -> None:
    found = matched(Kind.DAYS, held(Comparison.LESS_THAN), given_value, needed)
    assert (found.matched, dict(found.undetermined)) == ((), {"the rule": missing})


@engine_needed
@examples(300)
@given(data=st.data(), kind=st.sampled_from(sorted(BELOW_ON_ABOVE, key=lambda kind: kind.value)))
def test_both_matchers_compare_two_facts_alike(data: st.DataObject, kind: Kind) -> None:
    observed = st.sampled_from((Missing(("field",)), *OBSERVED[kind]))
    comparison = data.draw(st.sampled_from(COMPARISONS_FOR[kind]))
    one, other = data.draw(observed), data.draw(observed)
    found = matched(kind, held(comparison), one, other)
    if isinstance(one, Missing) or isinstance(other, Missing):
        assert found.undetermined == {"the rule": ("field",)}
    else:
        above: bool = one > other  # type: ignore[operator]  # both are of one kind
        below: bool = one < other  # type: ignore[operator]
        place = 1 + above - below
        assert bool(found.matched) is HOLDS[comparison][place]


def test_money_of_two_currencies_is_not_compared() -> None:
    with pytest.raises(WrongKind, match="`given` is in USD, `needed` in EUR"):
        matched(Kind.MONEY, held(Comparison.LESS_THAN), Money.parse("1"), Money.parse("1", "EUR"))


def test_a_fact_that_is_not_what_it_is_declared_as_is_not_compared() -> None:
    with pytest.raises(WrongKind, match="`needed` was worked out as another kind of value"):
        matched(Kind.DAYS, held(Comparison.LESS_THAN), 29, date(2017, 12, 15))


@pytest.mark.parametrize(
    ("tested", "why"),
    [
        (held(Comparison.LESS_THAN, against="nothing known"), "unknown fact `nothing known`"),
        (held(Comparison.LESS_THAN, against="held"), "`given` cannot be compared with `held`"),
        (held(Comparison.LESS_THAN, fact="held", against="owned"), "`held` cannot be compared with `owned`"),
        (held(Comparison.BEFORE), "`given` cannot be compared with `needed`"),
    ],
)
def test_two_facts_that_cannot_be_compared_are_refused_when_a_rule_set_is_made_ready(
    tested: Condition, why: str
) -> None:
    kinds = {"given": Kind.DAYS, "needed": Kind.DAYS, "held": Kind.MONTHS, "owned": Kind.MONTHS}
    with pytest.raises(ValueError, match=why):
        Comparisons.of(rule_set(rule("the rule", tested)), {name: fact(name, kind) for name, kind in kinds.items()})


def near(kind: Kind, comparison: Comparison, observed: Value, other: Value) -> tuple[str, str, str]:
    """Give the words of the one near miss of a rule that rejects by this test alone."""
    facts = {name: fact(name, kind) for name in ("notice", "notice needed")}
    tested = held(comparison, fact="notice", against="notice needed")
    plan = Plan.of(rule_set(rule("short notice", tested)), words(facts), with_durable=False)
    case: dict[str, Value | Missing] = {"notice": observed, "notice needed": other}
    case |= plan.compared.numbers(case)
    (found,) = near_misses(plan, plan.plain.match(case), case)
    return found.observed, found.required, found.short_by


def test_a_near_miss_names_both_facts_and_by_how_much_the_one_missed_the_other() -> None:
    assert near(Kind.DAYS, Comparison.LESS_THAN, 29, 30) == (
        "notice: 29 days",
        "notice: at least 30 days, the notice needed",
        "1 day",
    )


def test_a_rule_that_did_not_speak_says_what_it_would_have_taken() -> None:
    assert near(Kind.DATE, Comparison.AFTER, date(2017, 12, 15), date(2017, 12, 15)) == (
        "notice: 2017-12-15",
        "notice: after 2017-12-15, the notice needed",
        "1 day",
    )


def test_two_facts_are_compared_beside_conditions_on_figures_in_one_rule() -> None:
    facts = {"notice": fact("notice", Kind.DAYS), "needed": fact("needed", Kind.DAYS)}
    rules = rule_set(
        rule("short", condition("needed", Comparison.MORE_THAN, 10), held(Comparison.LESS_THAN, fact="notice"))
    )
    plan = Plan.of(rules, words(facts), with_durable=False)
    assert [name for name, _ in plan.facts] == ["needed", "notice"]
    case = {"notice": 29, "needed": 30}
    assert plan.plain.match(case | plan.compared.numbers(case)).matched == ("short",)
