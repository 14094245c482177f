"""The facts of a survivor's option request: who died, who asks, and what they held."""

from __future__ import annotations

from datetime import date
from typing import get_args

from rules_engine.clauses.repayment import repayment_due_on
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.declaring import fact
from rules_engine.model import event_words
from rules_engine.model.money import Money
from rules_engine.model.standing import OPEN_STATES, Request, RequestState
from rules_engine.model.values import Kind, Missing

NOTHING = Money.from_cents(0)


@fact("survivor's option on the note", Kind.YES_NO, about="note")
def option_on_the_note(case: RequestCase) -> bool:
    """Whether the pricing supplement says that the note carries the survivor's option."""
    return case.note.survivors_option


@fact("trigger", Kind.WORD, words=get_args(event_words.Trigger))
def trigger(case: RequestCase) -> str:
    """What the request rests on: the owner's death, or a court's finding of incompetence."""
    return case.asked.trigger


@fact("representative", Kind.WORD, words=get_args(event_words.Representative))
def representative(case: RequestCase) -> str | Missing:
    """The capacity in which the person asking acts for the deceased."""
    return case.asked.representative or Missing(("representative",))


@fact("registration", Kind.WORD, words=get_args(event_words.Registration))
def registration(case: RequestCase) -> str | Missing:
    """How title to the notes was registered."""
    return case.asked.registration or Missing(("registration",))


@fact("held in", Kind.WORD, words=get_args(event_words.HeldIn))
def held_in(case: RequestCase) -> str | Missing:
    """Where the notes stand now: the deceased's account, the estate's, or transferred to someone else."""
    return case.asked.held_in or Missing(("held_in",))


@fact("acquired", Kind.WORD, words=get_args(event_words.Acquired))
def acquired(case: RequestCase) -> str | Missing:
    """Whether the notes were bought at issue or from another holder."""
    return case.asked.acquired or Missing(("acquired",))


@fact("beneficial owner at death", Kind.WORD, words=("yes", "no", "in doubt"))
def beneficial_owner_at_death(case: RequestCase) -> str | Missing:
    """Whether the deceased owned the notes beneficially when they died; a joint title alone does not say so."""
    stated = case.asked.owner_at_death
    if stated is None:
        return Missing(("owner_at_death",))
    return stated if isinstance(stated, str) else ("yes" if stated else "no")


@fact("co-owner is the spouse", Kind.YES_NO)
def co_owner_is_the_spouse(case: RequestCase) -> bool | Missing:
    """Whether the other owner of the notes was married to the deceased."""
    stated = case.asked.co_owner_is_spouse
    return Missing(("co_owner_is_spouse",)) if stated is None else stated


@fact("substantially all of the beneficial interest", Kind.YES_NO)
def substantially_all(case: RequestCase) -> bool | Missing:
    """Whether the deceased was entitled in life to substantially all of the beneficial interest in the notes."""
    stated = case.asked.substantially_all_beneficial_interest
    return Missing(("substantially_all_beneficial_interest",)) if stated is None else stated


@fact("principal asked for", Kind.MONEY)
def principal_asked_for(case: RequestCase) -> Money:
    """The principal the request asks to have repaid."""
    return case.asked.principal


@fact("asked for in whole multiples", Kind.YES_NO, terms=("multiple",))
def asked_for_in_whole_multiples(case: RequestCase) -> bool:
    """Whether the principal asked for is a whole multiple of the amount notes are repaid in."""
    multiple: Money = case.term("multiple")
    return case.asked.principal.cents % multiple.cents == 0


@fact("position", Kind.MONEY)
def position(case: RequestCase) -> Money | Missing:
    """The principal held before the request."""
    return case.asked.position or Missing(("position",))


@fact("principal asked for beyond the position", Kind.MONEY)
def beyond_the_position(case: RequestCase) -> Money | Missing:
    """How much more is asked for than the position holds; zero when it holds enough."""
    if case.asked.position is None:
        return Missing(("position",))
    return max(NOTHING, case.asked.principal - case.asked.position)


@fact("entire position asked for", Kind.YES_NO)
def entire_position_asked_for(case: RequestCase) -> bool | Missing:
    """Whether the principal asked for is just what the position holds, no more and no less."""
    held = case.asked.position
    return Missing(("position",)) if held is None else case.asked.principal == held


@fact("leaves too little", Kind.YES_NO, terms=("least principal left",))
def leaves_too_little(case: RequestCase) -> bool | Missing:
    """Whether repaying what is asked for would leave some principal, but less than the least that may be left."""
    if case.asked.position is None:
        return Missing(("position",))
    least: Money = case.term("least principal left")
    left = case.asked.position.cents - case.asked.principal.cents
    return 0 < left < least.cents


@fact("deceased's share of the position", Kind.MONEY)
def deceaseds_share(case: RequestCase) -> Money | Missing:
    """The part of the position that belonged to the deceased, whole cents, rounded down."""
    share, held = case.asked.deceased_share, case.asked.position
    if share is None or held is None:
        named = (("deceased_share", share), ("position", held))
        return Missing(tuple(name for name, stated in named if stated is None))
    return Money.from_cents(held.cents * share.numerator // share.denominator, held.currency)


@fact("note has matured", Kind.YES_NO)
def note_has_matured(case: RequestCase) -> bool:
    """Whether the maturity date has come."""
    return case.on >= case.note.maturity


@fact("note is redeemed before the repayment", Kind.YES_NO)
def redeemed_before_the_repayment(case: RequestCase) -> bool:
    """Whether the whole note is called for a day on or before the day the repayment would be due."""
    redeemed_on = case.standing.redeemed_on(case.note.cusip)
    return redeemed_on is not None and redeemed_on <= repayment_due_on(case)


@fact("repayment due date", Kind.DATE)
def repayment_due_date(case: RequestCase) -> date:
    """The scheduled day of repayment if the request is accepted now, before any move for a holiday."""
    return repayment_due_on(case)


@fact("principal tendered in other requests", Kind.MONEY)
def tendered_in_other_requests(case: RequestCase) -> Money | Missing:
    """Principal of this owner's position in this note that other open requests have already asked for."""
    if case.asked.owner_ref is None:
        return Missing(("owner_ref",)) if _another_is(case, OPEN_STATES) else NOTHING
    others = _others_of_the_owner(case, case.asked.owner_ref)
    return sum((request.event.principal for request in others if request.state in OPEN_STATES), NOTHING)


@fact("asked for beyond what is not yet tendered", Kind.YES_NO)
def beyond_what_is_not_tendered(case: RequestCase) -> bool | Missing:
    """Whether this request and the owner's other open requests together ask for more than the position holds."""
    tendered = tendered_in_other_requests.work_out(case)
    if isinstance(tendered, Missing) or not tendered.amount:
        return tendered if isinstance(tendered, Missing) else False
    if case.asked.position is None:
        return Missing(("position",))
    return bool(tendered.cents + case.asked.principal.cents > case.asked.position.cents)


@fact("position was repaid before", Kind.YES_NO)
def position_was_repaid(case: RequestCase) -> bool | Missing:
    """Whether the owner's whole position in this note has been repaid, redeemed or paid at maturity already."""
    if case.asked.owner_ref is None:
        return Missing(("owner_ref",)) if _another_is(case, _ENDED) else False
    return any(
        request.state in _ENDED
        and request.event.position is not None
        and request.accepted.cents >= request.event.position.cents
        for request in _others_of_the_owner(case, case.asked.owner_ref)
    )


_ENDED = frozenset({RequestState.PAID, RequestState.REDEEMED, RequestState.MATURED})


def _others_of_the_owner(case: RequestCase, owner_ref: str) -> list[Request]:
    """List the requests on the ledger for the owner's position in this note, other than the one being decided."""
    asked = case.asked.request_id
    mine = case.standing.requests_of(case.note.cusip, owner_ref)
    return [request for request in mine if request.event.request_id != asked]


def _another_is(case: RequestCase, states: frozenset[RequestState]) -> bool:
    """Tell whether a request for this note other than the one being decided is in one of some states."""
    asked = case.asked.request_id
    on_the_note = case.standing.requests_on(case.note.cusip)
    return any(request.state in states and request.event.request_id != asked for request in on_the_note)


FACTS = (
    option_on_the_note,
    trigger,
    representative,
    registration,
    held_in,
    acquired,
    beneficial_owner_at_death,
    co_owner_is_the_spouse,
    substantially_all,
    principal_asked_for,
    asked_for_in_whole_multiples,
    position,
    beyond_the_position,
    entire_position_asked_for,
    leaves_too_little,
    deceaseds_share,
    note_has_matured,
    redeemed_before_the_repayment,
    repayment_due_date,
    tendered_in_other_requests,
    beyond_what_is_not_tendered,
    position_was_repaid,
)
