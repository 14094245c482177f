"""A right that exists is said to exist, whatever becomes of the request; only what is accepted says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from rules_engine.deciding.deciding import NOTHING_BESIDES, decide
from rules_engine.host import Host
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import Preparing
from rules_engine.matching.plans import Plan
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.rulebook.rules import Rule
from rules_engine.rulebook.vocabulary import Ruling
from tests.acme import requested

RIGHT, SHARE = "repay at par", "share of a tenant in common"
A_DAY_SHORT = date(2017, 5, 31)


@pytest.fixture(scope="module")
def host() -> Host:
    return Host.open(with_durable=False)


def answered(host: Host, asked: SurvivorsOptionRequested, *, ruling: Ruling = Ruling.ENTITLE) -> Decision:
    """Decide a request by the rules that ship, the right being given as a rule of this kind."""
    preparing = Preparing(host.book, host.plugins, host.vocabulary, with_durable=False)
    asking = Asking(asked=asked, principal=asked.principal, on=asked.received_on)
    case = CaseOpener(preparing).request(asked, asking, host.ledger.standing("ally/term-notes-a"), NOTHING_BESIDES)
    assert isinstance(case, Opened)

    def ruled(rule: Rule) -> Rule:
        return replace(rule, ruling=ruling) if rule.name == RIGHT else rule

    rule_set = replace(case.plan.rule_set, rules=tuple(map(ruled, case.plan.rule_set.rules)))
    plan = Plan.of(rule_set, host.vocabulary.clauses["survivors option"], with_durable=False)
    return decide(case.case, case.clause, plan, days=case.days)


def outcome_of(decision: Decision, rule: str) -> str:
    (said,) = (finding.outcome.word for finding in decision.findings if finding.rule == rule)
    return said


@pytest.mark.parametrize(("ruling", "said"), [(Ruling.ENTITLE, "entitled"), (Ruling.ACCEPT, "accepted")])
def test_a_right_alone_has_a_request_accepted_and_is_its_reason(host: Host, ruling: Ruling, said: str) -> None:
    decision = answered(host, requested(), ruling=ruling)
    assert (decision.outcome, decision.accepted) == (Outcome.ACCEPTED, Money.parse("25000.00"))
    assert outcome_of(decision, RIGHT) == said
    assert [finding.rule for finding in decision.decisive] == [RIGHT]


@pytest.mark.parametrize("ruling", [Ruling.ENTITLE, Ruling.ACCEPT])
@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"received_on": A_DAY_SHORT, "occurred_on": date(2017, 5, 1)}, Outcome.REJECTED),
        ({"documents": frozenset({"death certificate"})}, Outcome.PENDED),
        ({"owner_at_death": "in doubt"}, Outcome.REFERRED),
    ],
)
def test_a_right_is_no_more_than_a_right_where_something_stands_against_it(
    host: Host, ruling: Ruling, changed: dict[str, Any], outcome: Outcome
) -> None:
    decision = answered(host, requested(**changed), ruling=ruling)
    assert decision.outcome is outcome
    assert outcome_of(decision, RIGHT) == "entitled"
    assert RIGHT not in {finding.rule for finding in decision.decisive}


def test_an_amount_up_to_which_a_refused_request_would_be_accepted_is_not_accepted_either(host: Host) -> None:
    in_common: dict[str, Any] = {
        "registration": "tenants in common",
        "co_owner_is_spouse": False,
        "deceased_share": Fraction(1, 2),
    }
    refused = answered(host, requested(received_on=A_DAY_SHORT, occurred_on=date(2017, 5, 1), **in_common))
    assert refused.outcome is Outcome.REJECTED
    assert outcome_of(refused, SHARE) == "entitled"
