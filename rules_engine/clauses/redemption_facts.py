"""Facts about the notice of a call: its day, its basis, how long before it was given, and to whom."""

from __future__ import annotations

from datetime import date
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


@fact("days past the event's window", Kind.DAYS)
def days_past_the_window(case: CallCase) -> int | Missing:
    """By how many calendar days a call for an event comes too late; zero in its window, and for any other call."""
    call = event_call_used(case.note, case.notice)
    if call is None:
        return 0
    if case.notice.event_on is None:
        return Missing(("event_on",))
    if call.within_days is None:
        return 0
    return max(0, (case.notice.redeem_on - case.notice.event_on).days - call.within_days)


@fact("notice given before the event", Kind.YES_NO)
def given_before_the_event(case: CallCase) -> bool | Missing:
    """Whether notice of a call for an event was given before the event happened."""
    if event_call_used(case.note, case.notice) is None:
        return False
    event_on = case.notice.event_on
    return Missing(("event_on",)) if event_on is None else case.notice.notice_given_on < event_on


@fact("days of notice", Kind.DAYS)
def days_of_notice_given(case: CallCase) -> int:
    """Days from the notice to the scheduled redemption date, the day of notice excluded, counted as the note asks."""
    notice, calendar = case.notice, case.schedule.calendar
    return days_of_notice(notice.notice_given_on, notice.redeem_on, notice_asked(case), calendar)


@fact("days of notice needed", Kind.DAYS, about="note")
def notice_needed(case: CallCase) -> int:
    """The least number of days of notice the call needs, by its supplement or else by its prospectus."""
    return notice_asked(case).minimum_days


@fact("days short of the minimum notice", Kind.DAYS)
def days_short(case: CallCase) -> int:
    """By how many days the notice is too short; zero when it is long enough."""
    return max(0, notice_asked(case).minimum_days - int(days_of_notice_given.work_out(case)))


@fact("days past the maximum notice", Kind.DAYS)
def days_past(case: CallCase) -> int:
    """By how many days the notice is too early; zero when it is not, or no maximum is set."""
    maximum = notice_asked(case).maximum_days
    return 0 if maximum is None else max(0, int(days_of_notice_given.work_out(case)) - maximum)


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


@fact("notice given after it was received", Kind.YES_NO)
def given_after_received(case: CallCase) -> bool:
    """Whether the notice names a day of giving that lies after the day this event was received."""
    return case.notice.notice_given_on > case.notice.received_on


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
    days_past_the_window,
    given_before_the_event,
    days_of_notice_given,
    notice_needed,
    days_short,
    days_past,
    redemption_date_served,
    given_after_received,
    notified,
    already_called,
)
