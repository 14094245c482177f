"""Facts: what a case tells, worked out word by word."""

from __future__ import annotations

from rules_engine.deciding.case import Case
from rules_engine.errors import RulesEngineError
from rules_engine.matching.conditions import HELD_AS, WrongKind
from rules_engine.matching.generated.function import LookedAt
from rules_engine.matching.plans import Plan
from rules_engine.model.values import Missing, Value

FAULTS = (RulesEngineError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError)
"""What deciding a case may raise when something in it cannot be worked out; the case is then referred."""


class FactFault(RulesEngineError):
    """A fact cannot be worked out of a case; the message names it and says why."""


class CaseFacts(dict[str, Value | Missing]):
    """The facts of a case by name.

    Those that conditions ask for are there from the start. A cap or a figure in a reason is worked
    out when it is first asked for, and is there from then on. Which of two facts is more stands there too,
    under the name of the pair, and is no fact of its own.
    """

    def __init__(self, case: Case, plan: Plan) -> None:
        self.case = case
        self.looked_at: LookedAt | None = None
        self._facts = plan.words.facts

    def __missing__(self, name: str) -> Value | Missing:
        self[name] = value = self._worked_out(name)
        return value

    def _worked_out(self, name: str) -> Value | Missing:
        fact = self._facts[name]
        try:
            value: Value | Missing = fact.work_out(self.case)
        except Exception as fault:  # a plugin's word is foreign code: it may raise anything
            raise FactFault(f"`{name}` cannot be worked out: {fault}") from fault
        if type(value) not in (HELD_AS[fact.kind], Missing):
            raise WrongKind(f"`{name}` was worked out as another kind of value than it is declared as")
        return value


def establish(case: Case, plan: Plan) -> CaseFacts:
    """Work out every fact the conditions of a rule set ask for; raise FactFault for one that cannot be."""
    facts = CaseFacts(case, plan)
    name = ""
    try:
        for name, work_out in plan.facts:
            facts[name] = work_out(case)
    except Exception as fault:  # a plugin's word is foreign code: it may raise anything
        raise FactFault(f"`{name}` cannot be worked out: {fault}") from fault
    if plan.compared.pairs:
        facts.update(plan.compared.numbers(facts))
    facts.looked_at = plan.generated.look_at(facts)
    return facts
