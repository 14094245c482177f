"""Findings of the engine: a stable code for each thing it says where no rule speaks.

Rules have names, which operators choose as they like; only these codes are looked at by code.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """What the engine itself found of an event; the value is the word a machine reads."""

    # What an event names
    REQUEST_NOT_KNOWN = "request_not_known"
    REQUEST_ID_USED = "request_id_used_before"
    REQUEST_IS_FINISHED = "request_is_finished"
    NOTICE_NOT_KNOWN = "notice_not_known"
    NOTICE_ID_USED = "notice_id_used_before"
    NOTICE_OF_ANOTHER_NOTE = "notice_of_another_note"
    PROGRAMME_NOT_KNOWN = "programme_not_known"
    NOTE_NOT_KNOWN = "note_not_known"
    NOTE_OF_ANOTHER_REQUEST = "note_of_another_request"
    EVENT_NOT_KNOWN = "event_not_known"
    RULE_NOT_KNOWN = "rule_not_known"

    # When an event came
    DATED_BEFORE_REQUEST = "dated_before_request"
    DATED_BEFORE_LATEST = "dated_before_latest"
    CALLED_FOR_A_DAY_PAST = "called_for_a_day_past"
    NOT_DUE_YET = "not_due_yet"

    # What disagrees
    TOLD_OTHERWISE = "told_otherwise"
    CHANGES_THE_ANSWER = "changes_the_answer"
    POSITION_CONTRADICTED = "position_contradicted"
    ACCOUNT_UNCLEAR = "account_unclear"
    LEARNT_AFTER_PAYMENT = "learnt_after_payment"

    # What a position and a claim allow
    POSITION_NOT_KNOWN = "position_not_known"
    NOTHING_IS_LEFT = "nothing_is_left"
    MORE_THAN_IS_LEFT = "more_than_is_left"
    CUT_TO_WHAT_IS_LEFT = "cut_to_what_is_left"

    # Payments
    NOTHING_IS_DUE = "nothing_is_due"
    NOT_WHAT_IS_DUE = "not_what_is_due"
    PAYMENT_STOPPED = "payment_stopped"
    PAYMENT_RECORDED = "payment_recorded"
    ALREADY_PAID = "already_paid"
    MORE_THAN_IS_DUE = "more_than_is_due"
    PAYMENT_CAME_BACK = "payment_came_back"
    MORE_THAN_WAS_PAID = "more_than_was_paid"
    REPAYMENT_IS_LATE = "repayment_is_late"
    NO_DAY_OF_REPAYMENT = "no_day_of_repayment"

    # What is put on record
    LIMITS_ELECTED = "limits_elected"
    OUTSTANDING_REPORTED = "outstanding_reported"
    YEAR_OPENED = "year_opened"
    POSITION_REPORTED = "position_reported"
    RATE_SET = "rate_set"
    NOTES_ACCELERATED = "notes_accelerated"
    PAPERS_KEPT = "papers_kept"
    PARTICULARS_KEPT = "particulars_kept"
    VOIDED = "event_voided"
    LIMITS_NOT_ELECTED = "limits_not_elected"
    NOT_THE_NEXT_YEAR = "not_the_next_year"

    # A note's rate
    NOTE_DOES_NOT_FLOAT = "note_does_not_float"
    NOT_THE_START_OF_A_PERIOD = "not_the_start_of_a_period"
    PERIOD_DOES_NOT_FLOAT = "period_does_not_float"

    # What becomes of a request
    REDEEMED_WITH_THE_NOTE = "redeemed_with_the_note"
    REDEEMED_AND_PAID = "redeemed_and_paid"
    BROUGHT_BACK = "brought_back"
    PAID_AT_MATURITY = "paid_at_maturity"
    STANDS_AS_ACCEPTED = "stands_as_accepted"

    # A person, the issuer
    PERSON_DECIDED = "person_decided"
    REJECTED_BY_PERSON = "rejected_by_person"
    WAIVED = "waived"
    MAY_NOT_BE_WAIVED = "may_not_be_waived"

    # Events taken back
    CANNOT_BE_VOIDED = "cannot_be_voided"
    PAID_MEANWHILE = "paid_meanwhile"

    # A call
    NOTICE_PERIOD_NOT_KNOWN = "notice_period_not_known"
    NOTICE_ON_A_HOLIDAY = "notice_on_a_holiday"
    NOTICE_UNDER_A_CONDITION = "notice_under_a_condition"

    # Rules
    RULE_REFERS = "rule_refers"
    NO_RULE_APPLIES = "no_rule_applies"
    AMOUNT_NOT_KNOWN = "amount_not_known"
    CANNOT_BE_WORKED_OUT = "cannot_be_worked_out"

    # Faults of ours
    NOTE_CANNOT_BE_READ = "note_cannot_be_read"
    RULES_CANNOT_BE_READ = "rules_cannot_be_read"
    RULES_CANNOT_BE_MATCHED = "rules_cannot_be_matched"
    CALENDAR_CANNOT_BE_USED = "calendar_cannot_be_used"
    NO_EDITION_FOR_THE_NOTE = "no_edition_for_the_note"
    PLUGIN_UNAVAILABLE = "plugin_unavailable"
    MATCHERS_DISAGREE = "matchers_disagree"
    NOTHING_TO_DECIDE_AGAIN = "nothing_to_decide_again"

    @property
    def words(self) -> str:
        """The code as a person reads it: `request not known`."""
        return self.value.replace("_", " ")


OURS = frozenset(
    {
        Code.NOTE_CANNOT_BE_READ,
        Code.RULES_CANNOT_BE_READ,
        Code.RULES_CANNOT_BE_MATCHED,
        Code.CALENDAR_CANNOT_BE_USED,
        Code.NO_EDITION_FOR_THE_NOTE,
        Code.PLUGIN_UNAVAILABLE,
        Code.NOTE_NOT_KNOWN,
        Code.PROGRAMME_NOT_KNOWN,
        Code.NO_DAY_OF_REPAYMENT,
        Code.MATCHERS_DISAGREE,
        Code.CANNOT_BE_WORKED_OUT,
    }
)
"""Faults and gaps of the rule book, a plugin or the engine: they cost the holder nothing once they are mended."""

OF_THE_BOOK = OURS - {Code.MATCHERS_DISAGREE, Code.CANNOT_BE_WORKED_OUT, Code.NO_DAY_OF_REPAYMENT}
"""Those that tell of a rule book or plugin as it was, so that an answer with one cannot be worked out again."""
