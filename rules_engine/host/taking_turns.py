"""Recording among others: try, and where somebody was quicker try again, at last with the ledger held."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress

from rules_engine.errors import EventError, LedgerError, StaleStanding
from rules_engine.host.answered import Answered
from rules_engine.ledger.base import Ledger, Wanted
from rules_engine.ledger.forks import OneAtATime
from rules_engine.model.events import Event

ATTEMPTS = 10
"""How often an event is decided because others moved the standing, before giving up."""

UNHELD = 2
"""How many of these attempts leave the ledger free meanwhile; those after them hold the programmes concerned."""

PARTLY_HELD = 6
"""How many attempts leave other programmes free; the last ones hold the whole ledger."""

CROWDED = 16
"""For how many events after one that somebody overtook the programmes concerned are held at once."""

_NAMES_EVENTS = ("event_id", "voids", "mends")

_LOG = logging.getLogger(__name__)

Answer = Callable[[Event], Answered]
"""Finds the answers to an event, or decides and records them; raises StaleStanding if others were quicker."""


class TakingTurns:
    """Lets one thread of a host answer at a time, and each event be decided until its answer is recorded."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._one_at_a_time = OneAtATime()
        self._touched: frozenset[str] = frozenset()
        self._crowded_for = 0

    def alone(self) -> AbstractContextManager[None]:
        """Let nobody answer meanwhile."""
        return self._one_at_a_time

    def touch(self, programme: str) -> None:
        """Note a programme that is about to be recorded into."""
        self._touched |= {programme}

    def one(self, event: Event, answer: Answer) -> Answered:
        """Answer an event; the first attempts keep nobody waiting, unless others were quicker just before."""
        wanted = wanted_by([event])
        for attempt in range(UNHELD if self._crowded_for else 0, ATTEMPTS):
            with self._one_at_a_time, suppress(StaleStanding):
                with self._ledger.looking_up(wanted) if attempt < UNHELD else self._holding(attempt, wanted):
                    answered = self._begun(answer)(event)
                self._crowded_for = max(self._crowded_for - 1, 0)
                return answered
            self._crowded_for = CROWDED
            _LOG.debug("attempt %d: the standing moved, an event is decided again", attempt + 1)
        raise _moved_every_time(event)

    def several(
        self, events: Sequence[Event | EventError], answer: Answer, known: Iterable[str]
    ) -> list[Answered | EventError]:
        """Answer events, all or none, holding the programmes they are known to concern."""
        wanted = wanted_by(event for event in events if isinstance(event, Event))
        for attempt in range(ATTEMPTS):
            with self._one_at_a_time, suppress(StaleStanding):
                self._touched |= frozenset(known)
                with self._holding(attempt, wanted):
                    answer_one = self._begun(answer)
                    answered = [_answer_or_fault(event, answer_one) for event in events]
                return answered
        raise _moved_every_time(next(event for event in events if isinstance(event, Event)))

    def _holding(self, attempt: int, wanted: Wanted) -> AbstractContextManager[None]:
        """Hold the programmes that the last attempt was about, and in the end all of them."""
        return self._ledger.held(self._touched if attempt < PARTLY_HELD else None, wanted)

    def _begun(self, answer: Answer) -> Answer:
        """Forget which programmes the last attempt was about, now that they are held."""
        self._touched = frozenset()
        return answer


def wanted_by(events: Iterable[Event]) -> Wanted:
    """Name the events and requests that answering some events is likely to ask for."""
    events = list(events)
    return Wanted(
        events=frozenset(
            found for event in events for name in _NAMES_EVENTS if (found := getattr(event, name, None)) is not None
        ),
        requests=frozenset(found for event in events if (found := getattr(event, "request_id", None))),
    )


def _answer_or_fault(event: Event | EventError, answer: Answer) -> Answered | EventError:
    try:
        return event if isinstance(event, EventError) else answer(event)
    except EventError as fault:
        return fault


def _moved_every_time(event: Event) -> LedgerError:
    return LedgerError(
        f"event `{event.event_id}` was decided {ATTEMPTS} times, and the standing moved every time: "
        "see what writes to the ledger without holding it, then run again",
        trying_again_helps=True,
    )
