"""Boxes and tests in words."""

from __future__ import annotations

from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.rules import Condition
from rules_engine.rulebook.vocabulary import Comparison


def condition_in_words(condition: Condition) -> str:
    """Write a test as a rule file has it, on one line: `representative: one of guardian, none`."""

    def written(value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value) if not isinstance(value, Money) else write_literal(value, Kind.MONEY)

    said = f"the {condition.term or condition.against}" if condition.term or condition.against else ""
    said = said or ", ".join(written(value) for value in condition.values)
    verb = "" if condition.comparison is Comparison.IS else f"{condition.comparison.value} "
    return f"`{condition.fact}: {verb}{said}`"
