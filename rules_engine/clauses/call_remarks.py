"""What an answer to a notice of a call says beside its rules: what is not known, and what is to be known of it."""

from __future__ import annotations

from rules_engine.clauses.call_terms import right_used
from rules_engine.deciding.case import CallCase
from rules_engine.deciding.unruled import referred
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Outcome

_CITE = "Pricing supplement, redemption information"


def remarks(case: CallCase) -> tuple[Finding, ...]:
    """Refer a call whose notice period nobody knows; record a notice on a holiday, and one under a condition."""
    return (*_no_notice_known(case), *_given_on_a_holiday(case), *_conditional(case))


def _no_notice_known(case: CallCase) -> tuple[Finding, ...]:
    right = right_used(case.note, case.notice)
    if right is None or right.notice is not None:
        return ()
    because = (
        "No notice period is known for this call: its supplement prints none, and the rules on redemption give no "
        "`minimum notice` with `notice counted in`."
    )
    return (referred(Code.NOTICE_PERIOD_NOT_KNOWN, because),)


def _given_on_a_holiday(case: CallCase) -> tuple[Finding, ...]:
    given_on = case.notice.notice_given_on
    try:
        if case.schedule.calendar.is_business_day(given_on):
            return ()
    except CalendarNotCovered:
        return ()  # the days of notice are then told not to be known, where they count
    because = f"Notice was given on {given_on}, which is no business day; it counts from that day and is not moved."
    return (_recorded(Code.NOTICE_ON_A_HOLIDAY, because),)


def _conditional(case: CallCase) -> tuple[Finding, ...]:
    if not case.notice.conditional:
        return ()
    because = (
        f"The redemption depends on a condition, and the notice may be rescinded until {case.notice.redeem_on}, "
        "that day included."
    )
    return (_recorded(Code.NOTICE_UNDER_A_CONDITION, because),)


def _recorded(code: Code, because: str) -> Finding:
    return Finding(code=code, outcome=Outcome.RECORDED, because=because, cite=_CITE)
