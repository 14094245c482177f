"""The steps as pytest-bdd runs them: the same sentences and the same functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

try:
    from pytest_bdd import step as bound
    from pytest_bdd.parsers import StepParser
except ImportError as fault:
    raise ImportError("running features under pytest needs pytest-bdd: pip install pytest-bdd") from fault

from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.performing import perform
from rules_engine.acceptance.phrases import Phrase, Step
from rules_engine.acceptance.sentences import all_steps


class _AsWritten(StepParser):
    """Reads a line of a scenario as the sentence of a step does."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.text)
        self._phrase = phrase

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        """Read what a line says in the places of the sentence."""
        return self._phrase.parse_arguments(name)

    def is_matching(self, name: str) -> bool:
        """Tell whether a line says the sentence."""
        return self._phrase.is_matching(name)


def _as_a_fixture(step: Step) -> Callable[..., None]:
    """Give the step as a function that asks pytest for the desk by its fixture's name."""

    def performed(rules_desk: Desk, **places: Any) -> None:
        perform(step, rules_desk, **places)

    performed.__signature__ = inspect.signature(step.action)  # type: ignore[attr-defined]  # pytest reads it
    performed.__doc__ = step.action.__doc__
    return performed


for each in all_steps():
    bound(_AsWritten(each.phrase), each.keyword)(_as_a_fixture(each))  # type: ignore[arg-type]  # one of its literals
