"""Answers survivor's options, calls and payments of retail notes from the prospectus, rule by rule.

What is listed here is all that a program needs which embeds the engine. Nothing is loaded before it is asked for.
"""

from __future__ import annotations

import logging
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rules_engine.errors import (
        EventError,
        EventIdReused,
        FieldFault,
        LedgerError,
        OtherRuleBook,
        Problem,
        RuleBookError,
        RulesEngineError,
        StaleStanding,
    )
    from rules_engine.host import Host
    from rules_engine.host.answered import Answered
    from rules_engine.host.feed import RecordedDecision, recorded_to_json
    from rules_engine.host.pages import Page
    from rules_engine.host.reloading import BookChanged
    from rules_engine.host.request_list import RequestSummary, request_to_json
    from rules_engine.intake import event_to_json, read_event
    from rules_engine.ledger.base import Ledger
    from rules_engine.ledger.opening import open_ledger
    from rules_engine.model.codes import Code
    from rules_engine.model.decisions import (
        Decision,
        Finding,
        MadeBy,
        NearMiss,
        Outcome,
        Part,
        Payment,
        Question,
    )
    from rules_engine.model.events import Event
    from rules_engine.model.money import Money
    from rules_engine.model.wire import decision_from_json, decision_to_json

    __version__: str

__all__ = [
    "Answered",
    "BookChanged",
    "Code",
    "Decision",
    "Event",
    "EventError",
    "EventIdReused",
    "FieldFault",
    "Finding",
    "Host",
    "Ledger",
    "LedgerError",
    "MadeBy",
    "Money",
    "NearMiss",
    "OtherRuleBook",
    "Outcome",
    "Page",
    "Part",
    "Payment",
    "Problem",
    "Question",
    "RecordedDecision",
    "RequestSummary",
    "RuleBookError",
    "RulesEngineError",
    "StaleStanding",
    "__version__",
    "decision_from_json",
    "decision_to_json",
    "event_to_json",
    "open_ledger",
    "read_event",
    "recorded_to_json",
    "request_to_json",
]

_HOME = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "EventError",
                "EventIdReused",
                "FieldFault",
                "LedgerError",
                "OtherRuleBook",
                "Problem",
                "RuleBookError",
                "RulesEngineError",
                "StaleStanding",
            ),
            "errors",
        ),
        **dict.fromkeys(
            ("Decision", "Finding", "MadeBy", "NearMiss", "Outcome", "Part", "Payment", "Question"), "model.decisions"
        ),
        **dict.fromkeys(("RecordedDecision", "recorded_to_json"), "host.feed"),
        **dict.fromkeys(("RequestSummary", "request_to_json"), "host.request_list"),
        **dict.fromkeys(("event_to_json", "read_event"), "intake"),
        **dict.fromkeys(("decision_from_json", "decision_to_json"), "model.wire"),
        "Answered": "host.answered",
        "BookChanged": "host.reloading",
        "Code": "model.codes",
        "Event": "model.events",
        "Host": "host",
        "Ledger": "ledger.base",
        "Money": "model.money",
        "Page": "host.pages",
        "open_ledger": "ledger.opening",
    }
)
"""The module that each name comes from."""

# without this, a program that sets up no logging would have warnings written to its standard error
logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        found: Any = version("retail-note-rules")
    elif name in _HOME:
        found = getattr(import_module(f"rules_engine.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module `rules_engine` has no `{name}`")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List what an embedding program needs."""
    return __all__
