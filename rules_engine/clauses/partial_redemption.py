"""Partial redemption: what a lottery among the holders of a note called in part redeems of one position."""

from __future__ import annotations

from rules_engine.clauses.redemption import (
    MULTIPLE,
    RATE,
    call_price,
    part_is_chosen,
    principal_called,
    redemption_payment,
)
from rules_engine.clauses.redemption_facts import redemption_date
from rules_engine.deciding.case import Asked, Clause, LotteryCase
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.model.decisions import Payment
from rules_engine.model.events import LotteryDrawn
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.redemption_terms import Word, read_redemption_terms
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord
from rules_engine.standing.positions import position_key
from rules_engine.standing.standing import LotKey

NOTHING = Money.from_cents(0)

TERM_WORDS = (
    MULTIPLE,
    TermWord(
        name=Word.LARGEST_NOT_PARTED.value,
        kind=Kind.MONEY,
        meaning="A position of this amount or less is redeemed whole or not at all.",
    ),
)


@fact("position", Kind.MONEY)
def position(case: LotteryCase) -> Money:
    """The principal the holder had when the lot was drawn."""
    return case.drawn.position


@fact("principal drawn", Kind.MONEY)
def principal_drawn(case: LotteryCase) -> Money:
    """How much of the position the lot redeems; nothing where it was passed by."""
    return case.drawn.selected


@fact("position is redeemed in part", Kind.YES_NO)
def redeemed_in_part(case: LotteryCase) -> bool:
    """Whether the lot redeems some of the position and leaves some."""
    return NOTHING < case.drawn.selected < case.drawn.position


@fact("principal drawn in all", Kind.MONEY, about="standing")
def principal_drawn_in_all(case: LotteryCase) -> Money:
    """The principal of this lot and of all lots drawn before for the notice."""
    return Money.from_cents(case.standing.drawn.of(case.notice.notice_id) + case.drawn.selected.cents)


@fact("principal of the call", Kind.MONEY, about="standing")
def principal_of_the_call(case: LotteryCase) -> Money:
    """The principal that the notice calls; of a whole note, as much as is drawn in all."""
    called = case.notice.principal
    return called if isinstance(called, Money) else principal_drawn_in_all.work_out(case)


@fact("drawn in whole multiples", Kind.YES_NO, terms=(Word.MULTIPLE.value,))
def drawn_in_whole_multiples(case: LotteryCase) -> bool:
    """Whether what is drawn is a whole multiple of the amount notes are redeemed in."""
    multiple = case.terms.multiple
    return multiple is None or case.drawn.selected.cents % multiple.cents == 0


@fact("owner's lot was drawn before", Kind.YES_NO, about="standing")
def drawn_before(case: LotteryCase) -> bool:
    """Whether a lot of this notice was already drawn of this position."""
    key = position_key(case.drawn.cusip, case.drawn)
    return key is not None and LotKey(case.notice.notice_id, key) in case.standing.lots


@fact("notice was rescinded", Kind.YES_NO, about="standing")
def was_rescinded(case: LotteryCase) -> bool:
    """Whether the issuer has taken the notice back."""
    return case.notice.notice_id in case.standing.rescinded


def _asked(case: LotteryCase) -> Asked:
    return Asked(requested=case.drawn.selected if case.drawn.selected.cents else None)


def _pay(case: LotteryCase, accepted: Money | None) -> Payment | None:
    """Redeem what was drawn as the notice redeems; pay nothing where the lot passed the position by."""
    return redemption_payment(case, accepted) if accepted else None


FACTS = (
    redemption_date,
    call_price,
    principal_called,
    part_is_chosen,
    RATE,
    position,
    principal_drawn,
    redeemed_in_part,
    principal_drawn_in_all,
    principal_of_the_call,
    drawn_in_whole_multiples,
    drawn_before,
    was_rescinded,
)

PARTIAL_REDEMPTION = Clause(
    words=ClauseWords(
        clause="partial redemption", facts=by_name(FACTS), terms=by_name(TERM_WORDS), payment=by_name(())
    ),
    answers=(LotteryDrawn,),
    asked=_asked,
    read_terms=lambda rule_set, _: read_redemption_terms(rule_set),
    pay=_pay,
    pays_by=(RATE.name, call_price.name),
)
