"""Doing one step of a scenario at its desk; what goes wrong says why the answer is as it is."""

from __future__ import annotations

from typing import Any

from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.expecting import NotAsExpected, WrongScenario, reasons
from rules_engine.acceptance.phrases import Step
from rules_engine.errors import RulesEngineError


def perform(step: Step, desk: Desk, **places: Any) -> None:
    """Do a step with what a line says in its places, and with the text or the table under it, where there is one.

    Raises NotAsExpected, with the reasons, where the answer is another one, and WrongScenario where the line asks for
    what cannot be done: an event that cannot be read, or a request that was never made.
    """
    try:
        step.action(desk, **places)
    except NotAsExpected as differs:
        raise NotAsExpected(differs.decided, reasons(desk.answer)) from None
    except RulesEngineError as fault:
        raise WrongScenario(str(fault)) from fault
