"""The papers of a survivor's option request: what came with it, and what came before for the same registration."""

from __future__ import annotations

from typing import get_args

from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.declaring import fact
from rules_engine.model import event_words
from rules_engine.model.standing import Request
from rules_engine.model.values import Kind, Missing


@fact("documents", Kind.WORDS, words=get_args(event_words.Document))
def documents(case: RequestCase) -> frozenset[str] | Missing:
    """The papers received so far for this request; what came for another of the owner's does not count."""
    received = case.asked.documents
    return Missing(("documents",)) if received is None else frozenset(received)


@fact("papers for the registration", Kind.WORDS, words=get_args(event_words.Document), about="standing")
def papers_for_the_registration(case: RequestCase) -> frozenset[str] | Missing:
    """The papers received so far for any of the owner's requests in the programme under the same registration.

    A request that names no owner counts its own alone.
    """
    received, registration = case.asked.documents, case.asked.registration
    if received is None or registration is None:
        named = (("documents", received), ("registration", registration))
        return Missing(tuple(name for name, stated in named if stated is None))
    others = (each.event for each in _requests_of_the_owner(case) if each.event.registration == registration)
    return frozenset(received).union(*(other.documents or () for other in others))


def _requests_of_the_owner(case: RequestCase) -> list[Request]:
    """List every request the owner has on the ledger, in whichever note of the programme."""
    owner, standing = case.asked.owner_ref, case.standing
    if owner is None:
        return []
    return [request for cusip in standing.by_note for request in standing.requests_of(cusip, owner)]


FACTS = (documents, papers_for_the_registration)
