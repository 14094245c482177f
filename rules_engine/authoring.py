"""All that a plugin imports, in one place.

    from rules_engine.authoring import Issuer, Programme, hookimpl

What stands here stays for as long as the hook contract has its number; what does not may change with any version.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from types import MappingProxyType

from rules_engine.dates.calendars import Calendar, freeze, from_days, joint
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.deciding.seen import (
    CallSeen,
    LotSeen,
    PaymentSeen,
    RequestSeen,
    RescissionSeen,
    Seen,
    WithdrawalSeen,
)
from rules_engine.hookspecs import CONTRACT, hookimpl
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import Event
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing, Span
from rules_engine.rulebook.vocabulary import ClauseWords, Fact, TermWord

__all__ = [
    "CONTRACT",
    "Calendar",
    "CallSeen",
    "ClauseWords",
    "Decision",
    "Event",
    "Fact",
    "Issuer",
    "Kind",
    "LotSeen",
    "Missing",
    "Money",
    "Outcome",
    "PaymentSeen",
    "Programme",
    "RequestSeen",
    "RescissionSeen",
    "Seen",
    "Span",
    "TermWord",
    "Traversable",
    "WithdrawalSeen",
    "added_words",
    "fact",
    "freeze",
    "from_days",
    "hookimpl",
    "joint",
]


def added_words(clause: str, *, facts: Iterable[Fact] = (), terms: Iterable[TermWord] = ()) -> ClauseWords:
    """Gather the facts and terms that a plugin adds to a clause, as the hook `words` gives them."""
    return ClauseWords(clause=clause, facts=by_name(facts), terms=by_name(terms), payment=MappingProxyType({}))
