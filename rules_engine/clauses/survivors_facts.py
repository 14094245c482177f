"""The facts of a survivor's option request: who died, who asks, and what they held."""

from __future__ import annotations

from datetime import date

from rules_engine.clauses.repayment import repayment_due_on
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.declaring import fact
from rules_engine.model import event_words
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.option_terms import Word

NOTHING = Money.from_cents(0)


@fact("survivor's option on the note", Kind.YES_NO, about="note")
def option_on_the_note(case: RequestCase) -> bool:
    """Whether the pricing supplement says that the note carries the survivor's option."""
    return case.note.survivors_option


@fact("trigger", Kind.WORD, words=event_words.LISTS["trigger"], lists="trigger")
def trigger(case: RequestCase) -> str:
    """What the request rests on: the owner's death, or a court's finding of incompetence."""
    return case.asked.trigger


@fact("representative", Kind.WORD, words=event_words.LISTS["representative"], lists="representative")
def representative(case: RequestCase) -> str | Missing:
    """The capacity in which the person asking acts for the deceased."""
    return case.asked.representative or Missing(("representative",))


@fact("registration", Kind.WORD, words=event_words.LISTS["registration"], lists="registration")
def registration(case: RequestCase) -> str | Missing:
    """How title to the notes was registered."""
    return case.asked.registration or Missing(("registration",))


@fact("held in", Kind.WORD, words=event_words.LISTS["held_in"], lists="held_in")
def held_in(case: RequestCase) -> str | Missing:
    """Where the notes stand now: the deceased's account, the estate's, or transferred to someone else."""
    return case.asked.held_in or Missing(("held_in",))


@fact("acquired", Kind.WORD, words=event_words.LISTS["acquired"], lists="acquired")
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


@fact("asked for in whole multiples", Kind.YES_NO, terms=(Word.MULTIPLE.value,))
def asked_for_in_whole_multiples(case: RequestCase) -> bool:
    """Whether the principal asked for is a whole multiple of the amount notes are repaid in."""
    return case.asked.principal.cents % case.terms.multiple.cents == 0


@fact("position", Kind.MONEY, about="standing")
def position(case: RequestCase) -> Money | Missing:
    """The principal held before the request, as it reports it, or else as the ledger knows it."""
    held = _held(case)
    return Missing(("position",)) if held is None else held


@fact("entire position asked for", Kind.YES_NO, about="standing")
def entire_position_asked_for(case: RequestCase) -> bool | Missing:
    """Whether the principal asked for is just what the position holds, no more and no less."""
    held = _held(case)
    return Missing(("position",)) if held is None else case.asked.principal == held


@fact("leaves too little", Kind.YES_NO, about="standing", terms=(Word.LEAST_LEFT.value,))
def leaves_too_little(case: RequestCase) -> bool | Missing:
    """Whether repaying what is asked for would leave some principal, but less than the least that may be left."""
    held, least = _held(case), case.terms.least_left
    if held is None or least is None:
        return Missing(("position",))
    return 0 < held.cents - case.asked.principal.cents < least.cents


@fact("deceased's share of the position", Kind.MONEY, about="standing")
def deceaseds_share(case: RequestCase) -> Money | Missing:
    """The part of the position that belonged to the deceased, whole cents, rounded down."""
    return _share_of(case, _held(case))


@fact("deceased's share remaining", Kind.MONEY, about="standing")
def deceaseds_share_remaining(case: RequestCase) -> Money | Missing:
    """What is left of the deceased's share of the position.

    It is the share of what the position held before any of it was paid, less what the owner's requests were accepted
    for and lots drew for the owner.
    """
    if case.asked.owner_ref is None:
        return Missing(("owner_ref",))
    share = _share_of(case, case.holding.whole or _held(case))
    return share if isinstance(share, Missing) else max(NOTHING, share - case.holding.claimed)


def _share_of(case: RequestCase, held: Money | None) -> Money | Missing:
    share = case.asked.deceased_share
    if share is None or held is None:
        named = (("deceased_share", share), ("position", held))
        return Missing(tuple(name for name, stated in named if stated is None))
    return Money.from_cents(held.cents * share.numerator // share.denominator, held.currency)


def _held(case: RequestCase) -> Money | None:
    """Give what the request says its position held, or else what the ledger has, before any of the request was paid."""
    if case.asked.position is not None or case.holding.held is None:
        return case.asked.position
    return case.holding.held + case.earlier.paid if case.earlier else case.holding.held


@fact("note has matured", Kind.YES_NO, about="standing")
def note_has_matured(case: RequestCase) -> bool:
    """Whether the maturity date has come, on the day the request counts from or the day the event came.

    What was accepted before maturity stands.
    """
    return (case.on if case.stands.cents else max(case.on, case.today)) >= case.note.maturity


@fact("notes were declared due", Kind.YES_NO, about="standing")
def declared_due(case: RequestCase) -> bool:
    """Whether the note, or its whole programme, was declared due after an event of default."""
    return case.standing.is_accelerated(case.note.cusip)


@fact("note is redeemed before the repayment", Kind.YES_NO, about="standing")
def redeemed_before_the_repayment(case: RequestCase) -> bool:
    """Whether the whole note is called for a day on or before the day the repayment would be due.

    What was accepted before the call stands: it is repaid if it is due before that day, else redeemed with the note.
    """
    redeemed_on = case.standing.redeemed_on(case.note.cusip)
    return redeemed_on is not None and not case.stands.cents and redeemed_on <= repayment_due_on(case)


@fact("repayment due date", Kind.DATE)
def repayment_due_date(case: RequestCase) -> date:
    """The scheduled day of repayment if the request is accepted now, before any move for a holiday."""
    return repayment_due_on(case)


@fact("principal tendered in other requests", Kind.MONEY, about="standing")
def tendered_in_other_requests(case: RequestCase) -> Money | Missing:
    """Principal of this position that open requests tendered earlier, whoever made them, already ask for."""
    return Missing(("owner_ref",)) if case.holding.key is None else case.holding.tendered


@fact("principal still asked for", Kind.MONEY, about="standing")
def principal_still_asked_for(case: RequestCase) -> Money:
    """The principal that this answer may accept: what the request asks for, less what it was accepted for before."""
    return case.asking


@fact("principal not yet tendered", Kind.MONEY, about="standing")
def principal_not_yet_tendered(case: RequestCase) -> Money | Missing:
    """What the position holds, less what lots drew of it and what open requests tendered earlier ask for.

    It is less than nothing where those ask for more than there is.
    """
    holding = case.holding
    if holding.key is None:
        return Missing(("owner_ref",))
    if holding.held is None:
        return Missing(("position",))
    taken = case.standing.drawn_of.of(holding.key) + holding.tendered.cents
    return Money.from_cents(holding.held.cents - taken, holding.held.currency)


@fact("position was repaid before", Kind.YES_NO, about="standing")
def position_was_repaid(case: RequestCase) -> bool | Missing:
    """Whether the whole position has been repaid, redeemed or paid at maturity already."""
    holding = case.holding
    if holding.key is None:
        return Missing(("owner_ref",))
    position = case.standing.position(holding.key)
    paid = position.repaid.cents + position.redeemed.cents
    return paid > 0 and holding.held is not None and not holding.held.cents


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
    entire_position_asked_for,
    leaves_too_little,
    deceaseds_share,
    deceaseds_share_remaining,
    note_has_matured,
    declared_due,
    redeemed_before_the_repayment,
    repayment_due_date,
    tendered_in_other_requests,
    principal_still_asked_for,
    principal_not_yet_tendered,
    position_was_repaid,
)
