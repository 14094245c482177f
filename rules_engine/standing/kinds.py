"""The table of event kinds: for each type of event, all that the ledger has to know of it.

It is total: a type of event without an entry is a failing test, and cannot be recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from rules_engine.model import events
from rules_engine.model.codes import OURS, Code
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import Event, EventVoided, FaultMended
from rules_engine.standing import (
    absences,
    consequences,
    consequences_of_calls,
    deciding_again,
    folding,
    folding_principal,
    folding_terms,
    voiding,
)
from rules_engine.standing.contributing import keep
from rules_engine.standing.deciding_again import Again
from rules_engine.standing.folding import Recorded
from rules_engine.standing.requests import RequestState, without_questions
from rules_engine.standing.standing import Standing


class Names(Enum):
    """By what an event says which programme it belongs to."""

    PROGRAMME = "programme"
    NOTE = "cusip"
    PROGRAMME_OR_NOTE = "programme or cusip"
    REQUEST = "request_id"
    NOTICE = "notice_id"
    EVENT = "voids"
    MENDED = "mends"


Moves = Mapping[RequestState | None, frozenset[RequestState]]
"""Into which states a request may come out of which; None is before it was made."""

P, Q, A, C = RequestState.PENDED, RequestState.REFERRED, RequestState.ACCEPTED, RequestState.CARRIED_OVER
R, W, D, E = RequestState.REJECTED, RequestState.WITHDRAWN, RequestState.PAID, RequestState.REDEEMED
M, V = RequestState.MATURED, RequestState.VOIDED
OPEN = (P, Q, A, C)


def _from(
    *states: RequestState | None, to: tuple[RequestState, ...]
) -> dict[RequestState | None, frozenset[RequestState]]:
    return {state: frozenset(to) for state in states}


def _all_of(*moves: Moves) -> Moves:
    """Gather moves; those out of one state are put together."""
    states = dict.fromkeys(state for each in moves for state in each)
    return {state: frozenset().union(*(each.get(state, ()) for each in moves)) for state in states}


_DECIDED = (P, Q, A, C, R, D)
"""Where an answer may lead: what was paid before stays paid, so one that rejects what waits leaves a request paid."""

ANEW = _from(P, Q, A, C, R, to=_DECIDED)
"""Where deciding a request anew leads from, and to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """What the ledger knows of one type of event.

    `names` says how its programme is found; `words` what a person calls it. `fold` moves the standing on its own
    answer, `again` lists the requests it makes decided again. `take_off` moves the standing back when it is voided, and
    `changes` lists the requests its absence can change. `moves` says which states of a request it leads from, and
    where; what mends a fault moves requests, besides, as the event does that it mends.
    """

    names: Names
    words: str
    fold: Callable[[Standing, Any, Decision], None]
    again: Callable[[Any, Decision, Standing], tuple[Again, ...]] = deciding_again.none_again
    take_off: Callable[[Standing, Any], None] = voiding.nothing_to_take_off
    changes: Callable[[Any, Standing], tuple[Again, ...]] = absences.of_nobody
    moves: Moves = field(default_factory=dict)


KINDS: Mapping[type[Event], EventKind] = MappingProxyType(
    {
        events.SurvivorsOptionRequested: EventKind(
            names=Names.NOTE,
            words="survivor's option",
            fold=folding.request_made,
            again=consequences.papers_came,
            take_off=voiding.take_off_request,
            changes=absences.of_a_request,
            moves=_from(None, V, to=(*OPEN, R)) | _from(P, to=(A, C)),
        ),
        events.DocumentsReceived: EventKind(
            names=Names.REQUEST,
            words="documents",
            fold=folding.came_about_a_request,
            again=consequences.papers_came,
            take_off=voiding.take_off_what_came,
            changes=absences.of_what_came,
            moves=_from(P, to=_DECIDED) | _from(A, C, to=(Q,)),
        ),
        events.ParticularsReceived: EventKind(
            names=Names.REQUEST,
            words="particulars",
            fold=folding.came_about_a_request,
            take_off=voiding.take_off_what_came,
            changes=absences.of_what_came,
            moves=_from(P, to=_DECIDED) | _from(A, C, to=(Q,)),
        ),
        events.WithdrawalRequested: EventKind(
            names=Names.REQUEST,
            words="withdrawal",
            fold=folding.withdrawn,
            take_off=voiding.take_off_what_came,
            changes=absences.of_what_came,
            moves=_from(*OPEN, R, to=(W,)),
        ),
        events.PersonDecided: EventKind(
            names=Names.REQUEST,
            words="person's decision",
            fold=folding.came_about_a_request,
            take_off=voiding.take_off_what_came,
            changes=absences.of_what_came,
            moves=ANEW,
        ),
        events.IssuerWaived: EventKind(
            names=Names.REQUEST,
            words="waiver",
            fold=folding.waived,
            take_off=voiding.take_off_what_came,
            changes=absences.of_what_came,
            moves=ANEW,
        ),
        events.CallNoticed: EventKind(
            names=Names.NOTE,
            words="call",
            fold=folding_principal.call_noticed,
            again=consequences_of_calls.called,
            take_off=voiding.take_off_call,
            changes=absences.of_a_call,
            moves=_from(P, C, to=(R, D)),
        ),
        events.CallRescinded: EventKind(
            names=Names.NOTICE,
            words="rescission of call",
            fold=folding_principal.call_rescinded,
            again=consequences_of_calls.rescinded,
            take_off=voiding.take_off_rescission,
            changes=absences.of_a_rescission,
            moves=_from(R, A, C, D, to=_DECIDED),
        ),
        events.LotteryDrawn: EventKind(
            names=Names.NOTE,
            words="lottery for call",
            fold=folding_principal.lottery_drawn,
            again=consequences_of_calls.lot_drawn,
            take_off=voiding.take_off_lot,
            changes=absences.of_a_lot,
            moves=_from(A, to=(R, D)) | _from(P, C, to=_DECIDED),
        ),
        events.OutstandingReported: EventKind(
            names=Names.PROGRAMME,
            words="outstanding",
            fold=folding_terms.outstanding_reported,
            again=consequences.outstanding_reported,
            take_off=voiding.take_off_outstanding,
            changes=absences.of_limits,
            moves=_from(P, to=_DECIDED) | _from(A, to=(Q,)),
        ),
        events.LimitsElected: EventKind(
            names=Names.PROGRAMME,
            words="limits",
            fold=folding_terms.limits_elected,
            again=consequences.limits_elected,
            take_off=voiding.take_off_election,
            changes=absences.of_limits,
            moves=_from(P, C, to=_DECIDED) | _from(A, to=(Q,)),
        ),
        events.NotesAccelerated: EventKind(
            names=Names.PROGRAMME_OR_NOTE,
            words="acceleration",
            fold=folding_terms.notes_accelerated,
            again=consequences_of_calls.accelerated,
            take_off=voiding.take_off_acceleration,
            changes=absences.of_an_acceleration,
            moves=_from(P, A, C, to=(R, D)),
        ),
        events.PaymentDue: EventKind(names=Names.NOTE, words="payment due", fold=folding.nothing_changes),
        events.PaymentMade: EventKind(
            names=Names.NOTE,
            words="payment",
            fold=folding_principal.payment_made,
            again=consequences_of_calls.payment_made,
            take_off=voiding.take_off_payment,
            changes=absences.of_a_payment,
            moves=_all_of(_from(A, to=(D, C, P)), _from(*OPEN, to=(E, M))),
        ),
        events.PaymentReturned: EventKind(
            names=Names.NOTE,
            words="returned payment",
            fold=folding_principal.payment_returned,
            take_off=voiding.take_off_payment,
            changes=absences.of_a_payment,
            moves=_from(D, C, P, to=(A,)),
        ),
        events.PositionReported: EventKind(
            names=Names.NOTE,
            words="position",
            fold=folding_principal.position_reported,
            again=consequences_of_calls.position_reported,
            take_off=voiding.take_off_position,
            changes=absences.of_a_position,
            moves=_from(A, to=(Q,)),
        ),
        events.RateReset: EventKind(
            names=Names.NOTE,
            words="rate",
            fold=folding_terms.rate_reset,
            again=consequences.rate_set,
            take_off=voiding.take_off_rate,
            changes=absences.of_a_rate,
            moves=_from(P, to=_DECIDED),
        ),
        events.YearOpened: EventKind(
            names=Names.PROGRAMME,
            words="year opened",
            fold=folding_terms.year_opened,
            again=consequences.year_opened,
            take_off=voiding.take_off_year,
            changes=absences.of_a_year,
            moves=_from(P, C, to=_DECIDED) | _from(A, to=(Q,)),
        ),
        events.EventVoided: EventKind(
            names=Names.EVENT,
            words="void",
            fold=folding.nothing_changes,
            moves=_all_of(
                ANEW, _from(D, to=_DECIDED), _from(*OPEN, R, W, E, M, to=(V,)), _from(W, E, M, to=(*OPEN, R))
            ),
        ),
        events.FaultMended: EventKind(
            names=Names.MENDED, words="fault mended", fold=folding.nothing_changes, moves=_from(Q, to=_DECIDED)
        ),
    }
)
"""Every type of event, and what the ledger knows of it."""


def advance(standing: Standing, event: Event, decision: Decision, recorded: Recorded, *, part: int) -> None:
    """Move a standing past one recorded answer, in place.

    `recorded` finds an event by its id, for those that speak of another one; `part` is 0 for the answer to the event
    itself and more for a request that it made decided again. Raises KeyError for an event of no kind.
    """
    standing.move_to(event.received_on)
    standing.decided_by(decision.made_by.book)
    if part:
        folding.answered_again(standing, event, decision)
        return
    if isinstance(event, EventVoided):
        void(standing, event, decision, recorded)
        return
    if isinstance(event, FaultMended):
        mended = recorded(event.mends)
        if mended is None or Code.NOTHING_TO_DECIDE_AGAIN in decision.codes:
            return
        standing.faulted.drop(event.mends)
        standing.mended.put(event.mends, event.event_id)
        if folding.request_mended(standing, mended, event, decision):
            return
        event = mended
    KINDS[type(event)].fold(standing, event, decision)
    if decision.codes & OURS and not _waits_with_its_request(event, standing):
        standing.faulted.put(event.event_id, event)


def _waits_with_its_request(event: Event, standing: Standing) -> bool:
    """Tell whether an event is taken in already, so that it is decided again when its request is.

    A request that belongs to no programme yet will be made again under one, with each event that came for it.
    """
    request = standing.live(getattr(event, "request_id", ""))
    return bool(standing.programme) and request is not None and request.ours


def void(standing: Standing, event: EventVoided, decision: Decision, recorded: Recorded) -> None:
    """Take an event off a standing, where the answer says that it is taken back."""
    voided = recorded(event.voids)
    if decision.outcome is not Outcome.RECORDED or voided is None:
        return
    standing.voided.put(event.voids, event.event_id)
    standing.faulted.drop(event.voids)
    KINDS[type(voided)].take_off(standing, voided)
    for request_id in standing.asked_by.of(event.voids):
        keep(standing, without_questions(standing.requests[request_id], event.voids))


def consequences_of(event: Event, decision: Decision, standing: Standing, recorded: Recorded) -> tuple[Again, ...]:
    """List the requests an answered event has to answer again, in the order they are taken."""
    if isinstance(event, EventVoided):
        voided = recorded(event.voids) if decision.outcome is Outcome.RECORDED else None
        return () if voided is None else KINDS[type(voided)].changes(voided, standing)
    if isinstance(event, FaultMended):
        mended = recorded(event.mends)
        return () if mended is None else KINDS[type(mended)].again(mended, decision, standing)
    return KINDS[type(event)].again(event, decision, standing)
