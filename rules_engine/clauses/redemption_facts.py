"""Facts about the notice of a call: its day, its basis, how long before it was given, and to whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from rules_engine.clauses.call_terms import ISSUERS_CHOICE, event_call_used, notice_asked, right_used
from rules_engine.dates.redemptions import date_served, days_of_notice, is_call_date
from rules_engine.deciding.case import CallCase, Case
from rules_engine.deciding.declaring import fact
from rules_engine.model import event_words
from rules_engine.model.note_words import CallStyle
from rules_engine.model.values import Kind, Missing

NO_CALL = "none"
"""The style of a note without a call."""


@fact("note can be called", Kind.YES_NO, about="note")
def note_can_be_called(case: CallCase) -> bool:
    """Whether the pricing supplement gives the issuer a call on the basis the notice names."""
    return right_used(case.note, case.notice) is not None


@fact("redemption terms are known", Kind.YES_NO, about="note")
def redemption_terms_known(case: Case) -> bool:
    """Whether anybody has read if, and how, the note may be called; a note that cannot be called is known too."""
    return case.note.redemption_known


@fact("basis of the call", Kind.WORD, words=get_args(event_words.Basis))
def basis_of_the_call(case: CallCase) -> str:
    """On what ground the note is called: at the issuer's choice, or because of a regulatory or a tax event."""
    return case.notice.basis


@fact("call style", Kind.WORD, words=(*CallStyle, NO_CALL), about="note")
def call_style(case: CallCase) -> str:
    """Whether the note can be called on one day, on listed days, or on any day from the first."""
    return NO_CALL if case.note.call is None else str(case.note.call.style)


@fact("redemption date", Kind.DATE)
def redemption_date(case: CallCase) -> date:
    """The scheduled day the notice names for redemption."""
    return case.notice.redeem_on


@fact("redemption date is a call date", Kind.YES_NO)
def is_a_call_date(case: CallCase) -> bool:
    """Whether the note may be called for the day the notice names; the maturity date is never one.

    A call for an event may name any day of the note's life; the event's window is a fact of its own.
    """
    note, call = case.note, case.note.call
    if case.notice.basis != ISSUERS_CHOICE:
        return note.accrues_from < case.notice.redeem_on < case.schedule.called_before
    return call is not None and is_call_date(
        call,
        case.notice.redeem_on,
        coupon_dates=case.schedule.interest_dates,
        maturity=case.schedule.called_before,
        calendar=case.schedule.calendar,
        roll_day=note.roll_day,
    )


@fact("day of the event", Kind.DATE)
def day_of_the_event(case: CallCase) -> date | Missing:
    """The day of the event that a call rests on; of a call at the issuer's choice, the day of notice."""
    if event_call_used(case.note, case.notice) is None:
        return case.notice.notice_given_on
    return case.notice.event_on or Missing(("event_on",))


@fact("last day of the event's window", Kind.DATE)
def last_day_of_the_window(case: CallCase) -> date | Missing:
    """The last day for which the note may be called because of the event.

    Where no window is set, and for a call at the issuer's choice, it is the redemption date that the notice names.
    """
    call = event_call_used(case.note, case.notice)
    if call is None:
        return case.notice.redeem_on
    if case.notice.event_on is None:
        return Missing(("event_on",))
    if call.within_days is None:
        return case.notice.redeem_on
    return case.notice.event_on + timedelta(days=call.within_days)


@fact("day of notice", Kind.DATE)
def day_of_notice(case: CallCase) -> date:
    """The day on which the notice says that it was given."""
    return case.notice.notice_given_on


@fact("day of receipt", Kind.DATE)
def day_of_receipt(case: CallCase) -> date:
    """The day the notice was received here."""
    return case.notice.received_on


@fact("days of notice", Kind.DAYS)
def days_of_notice_given(case: CallCase) -> int:
    """Days from the notice to the scheduled redemption date, the day of notice excluded, counted as the note asks."""
    notice, calendar = case.notice, case.schedule.calendar
    return days_of_notice(notice.notice_given_on, notice.redeem_on, notice_asked(case), calendar)


@fact("days of notice needed", Kind.DAYS, about="note")
def notice_needed(case: CallCase) -> int:
    """The least number of days of notice the call needs, by its supplement or else by its prospectus."""
    return notice_asked(case).minimum_days


@fact("longest notice is set", Kind.YES_NO, about="note")
def longest_notice_is_set(case: CallCase) -> bool:
    """Whether the note's supplement, or else its prospectus, says how many days of notice are the most."""
    return notice_asked(case).maximum_days is not None


@fact("days of notice allowed", Kind.DAYS, about="note")
def notice_allowed(case: CallCase) -> int:
    """The greatest number of days of notice, by the supplement or else the prospectus; zero where none is set."""
    return notice_asked(case).maximum_days or 0


@fact("redemption date served", Kind.TEXT)
def redemption_date_served(case: CallCase) -> str:
    """The first call date for which a notice given that day is long enough, or that there is none."""
    call = case.note.call
    if case.notice.basis != ISSUERS_CHOICE or call is None or call.notice is None:
        return "no date that can be told"
    served = date_served(
        call,
        case.notice.notice_given_on,
        coupon_dates=case.schedule.interest_dates,
        maturity=case.schedule.called_before,
        calendar=case.schedule.calendar,
        roll_day=case.note.roll_day,
    )
    return "no later call date" if served is None else served.isoformat()


@fact("notified", Kind.WORDS, words=get_args(event_words.Notified))
def notified(case: CallCase) -> frozenset[str] | Missing:
    """To whom the notice was given."""
    stated = case.notice.notified
    return Missing(("notified",)) if stated is None else frozenset(stated)


@fact("note is already called", Kind.YES_NO, about="standing")
def already_called(case: CallCase) -> bool:
    """Whether an earlier notice already redeems the whole note on or before this redemption date."""
    redeemed_on = case.standing.redeemed_on(case.note.cusip)
    return redeemed_on is not None and redeemed_on <= case.notice.redeem_on


NOTICE_FACTS = (
    note_can_be_called,
    redemption_terms_known,
    basis_of_the_call,
    call_style,
    redemption_date,
    is_a_call_date,
    day_of_the_event,
    last_day_of_the_window,
    day_of_notice,
    day_of_receipt,
    days_of_notice_given,
    notice_needed,
    longest_notice_is_set,
    notice_allowed,
    redemption_date_served,
    notified,
    already_called,
)
