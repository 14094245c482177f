"""What a notice of a call rests on: the right it uses, the notice that right asks for, and the price it pays."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.clauses.make_whole import is_made_whole, make_whole_price
from rules_engine.deciding.case import CallCase
from rules_engine.deciding.schedule import Schedule
from rules_engine.model.events import CallNoticed
from rules_engine.model.exact import rounded_half_up
from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import Call, EventCall, Note, Notice
from rules_engine.model.replacing import replace
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.redemption_terms import RedemptionTerms, Word
from rules_engine.rulebook.vocabulary import TermWord

ISSUERS_CHOICE = "issuer's choice"

NOTICE_WORDS = (
    TermWord(
        name=Word.MINIMUM_NOTICE.value,
        kind=Kind.NUMBER,
        meaning="The least number of days of notice, for notes whose supplement prints no notice.",
        applied=True,
    ),
    TermWord(
        name=Word.MAXIMUM_NOTICE.value,
        kind=Kind.NUMBER,
        meaning="The greatest number of days of notice, for notes whose supplement prints no notice.",
        applied=True,
    ),
    TermWord(
        name=Word.NOTICE_COUNTED_IN.value,
        kind=Kind.WORD,
        words=tuple(CountedIn),
        meaning="Which days the minimum and the maximum notice are counted in; without it neither is known.",
        applied=True,
    ),
)


def with_notice(note: Note, terms: RedemptionTerms) -> Note:
    """Complete a note's calls with the notice its prospectus gives, where its supplement prints none.

    The digest stays that of what is printed.
    """
    if terms.notice is None:
        return note
    call = note.call and replace(note.call, notice=note.call.notice or terms.notice)
    event_calls = tuple(replace(each, notice=each.notice or terms.notice) for each in note.event_calls)
    return replace(note, call=call, event_calls=event_calls)


def right_used(note: Note, notice: CallNoticed) -> Call | EventCall | None:
    """Find the right a notice uses: the note's call, or the one its supplement gives for such an event."""
    if notice.basis == ISSUERS_CHOICE:
        return note.call
    return next((each for each in note.event_calls if each.kind == notice.basis), None)


def event_call_used(note: Note, notice: CallNoticed) -> EventCall | None:
    """Find the call for an event that a notice uses; None for a call at the issuer's choice."""
    right = right_used(note, notice)
    return right if isinstance(right, EventCall) else None


def notice_asked(case: CallCase) -> Notice:
    """Give the notice a call has to be given with; one of no days where none is known, which is then referred."""
    right = right_used(case.note, case.notice)
    return (right and right.notice) or Notice(minimum_days=0)


def exact_price(schedule: Schedule, notice: CallNoticed) -> Decimal | Missing:
    """Give what a call pays in per cent of principal, unrounded; a make-whole waits for the Treasury yield.

    Raise LookupError where the note gives no such right.
    """
    right = right_used(schedule.note, notice)
    if right is None:
        raise LookupError(f"the note has no call by {notice.basis}")
    if isinstance(right, EventCall):
        return schedule.early_price(notice.redeem_on, right.price)
    if right.make_whole is None or not is_made_whole(right.make_whole, notice.redeem_on):
        return schedule.early_price(notice.redeem_on, right.price_on(notice.redeem_on))
    if notice.treasury_yield is None:
        return Missing(("treasury_yield",))
    return make_whole_price(schedule, right.make_whole, notice.redeem_on, notice.treasury_yield)


def quoted_price(schedule: Schedule, notice: CallNoticed) -> Decimal | Missing:
    """Give a call's price as a decision shows it: a make-whole to three decimals, any other as it is."""
    exact = exact_price(schedule, notice)
    if isinstance(exact, Missing) or not _is_made_whole(schedule.note, notice):
        return exact
    return to_three_decimals(exact)


def is_worked_out(note: Note, notice: CallNoticed) -> bool:
    """Tell whether a call's price is worked out, not printed: a make-whole, or a discount note's amortised face."""
    return note.original_issue_discount or _is_made_whole(note, notice)


def to_three_decimals(price: Decimal) -> Decimal:
    """Round a price as prices that are worked out are quoted, half-up."""
    return rounded_half_up(price, 3)


def _is_made_whole(note: Note, notice: CallNoticed) -> bool:
    right = right_used(note, notice)
    if not isinstance(right, Call) or right.make_whole is None:
        return False
    return is_made_whole(right.make_whole, notice.redeem_on)
