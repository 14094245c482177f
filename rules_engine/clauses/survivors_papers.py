"""The papers of a survivor's option request: what came with it, and what came before for the same registration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.declaring import fact
from rules_engine.model import event_words
from rules_engine.model.values import Kind, Missing
from rules_engine.standing.requests import SHARED_PAPERS
from rules_engine.standing.standing import Registered


@fact("documents", Kind.WORDS, words=event_words.LISTS["documents"], lists="documents")
def documents(case: RequestCase) -> frozenset[str] | Missing:
    """The papers received so far for this request; what came for another of the owner's does not count."""
    received = case.asked.documents
    return Missing(("documents",)) if received is None else frozenset(received)


@fact(SHARED_PAPERS, Kind.WORDS, words=event_words.LISTS["documents"], lists="documents", about="standing")
def papers_for_the_registration(case: RequestCase) -> frozenset[str] | Missing:
    """The papers received so far for any of the owner's requests in the programme under the same registration.

    A request that names no owner counts its own alone.
    """
    received, registration = case.asked.documents, case.asked.registration
    if received is None or registration is None:
        named = (("documents", received), ("registration", registration))
        return Missing(tuple(name for name, stated in named if stated is None))
    if case.asked.owner_ref is None:
        return frozenset(received)
    registered = Registered(case.asked.owner_ref, registration)
    others = (document for document in _looked_for(case) if case.standing.papers.of((registered, document)))
    return frozenset(received).union(others)


def _looked_for(case: RequestCase) -> Iterator[event_words.Document | event_words.AddedWord]:
    """Name the papers that may have come: those every issuer knows, and those of its own that the rules look for."""
    yield from get_args(event_words.Document)
    for rule in case.rule_set.rules:
        for condition in rule.conditions:
            if condition.fact == SHARED_PAPERS:
                yield from (event_words.AddedWord(str(word)) for word in condition.values)


FACTS = (documents, papers_for_the_registration)
