"""Notes that do not go together with the rest of the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rules_engine.dates.schedules import coupon_grid
from rules_engine.rulebook.note_days import PAYMENT_DAYS, terms_for
from rules_engine.rulebook.supplements import Row
from rules_engine.workbench.slips.days import date_under
from rules_engine.workbench.slips.looking import Looking, Slip, slip

NOTE_NOT_REACHED, LAST_PERIOD = "note not reached", "irregular last period"
FIRST_COUPON, CUSIP, PROSPECTUS = "first coupon left out", "another issuer's CUSIP", "prospectus of another day"

CALENDAR_TOO_SHORT = "calendar too short"

KINDS = {
    CALENDAR_TOO_SHORT: "a note that lives beyond the years its calendar covers",
    NOTE_NOT_REACHED: "a note issued on a day for which no edition of some clause has rules",
    LAST_PERIOD: "a maturity that is not one period after the last regular interest date",
    FIRST_COUPON: "a note of a fixed rate without its `first coupon amount`, by which dates and day count are proved",
    CUSIP: "a CUSIP whose first six characters are those of another issuer's notes, or stand alone in its supplement",
    PROSPECTUS: "a `prospectus dated` for which the programme has no edition",
}


def notes_not_reached(looking: Looking) -> Iterator[Slip]:
    """Warn of notes that a clause of their programme has no rules for."""
    for cusip, row in looking.book.rows.items():
        note = looking.book.notes[cusip]
        clauses = {each.clause for each in looking.book.clause_files.get(note.programme, ()) if each.clause}
        for clause in sorted(clauses | {PAYMENT_DAYS}):
            if looking.book.problems_of(note.programme, clause):
                continue
            if looking.book.rule_set(note.programme, clause, note.issue_date) is None:
                message = f"no edition has rules on `{clause}` for {cusip}, issued on {note.issue_date}"
                hint = "its cases are referred: hold the issue date, and the editions' days of issue, against the print"
                yield slip(row.place_of("issue date"), NOTE_NOT_REACHED, message, hint, about=cusip)


def irregular_last_periods(looking: Looking) -> Iterator[Slip]:
    """Warn of a last interest period that is shorter or longer than the others."""
    moved = {(each.file, each.line) for each in looking.book.warnings}
    for cusip, row in looking.book.rows.items():
        note = looking.book.notes[cusip]
        place = row.place_of("maturity")
        if note.last_regular_date == note.maturity or (place.file, place.line) in moved:
            continue
        grid = coupon_grid(frequency=note.frequency, roll_day=note.roll_day, first_coupon_date=note.first_coupon_date)
        following = grid.date_after(note.last_regular_date)
        said = f"maturity {note.maturity} is not one {note.frequency} period after {note.last_regular_date}"
        if following == note.maturity:
            said = f"{note.maturity} is a {note.frequency} interest date, and `last regular date` is the one before"
        hint = f"a regular last period would end on {following}: hold both dates against the print"
        yield slip(place, LAST_PERIOD, said, hint, about=cusip)


def first_coupons_left_out(looking: Looking) -> Iterator[Slip]:
    """Warn of notes whose dates and day count nothing proves."""
    for cusip, row in looking.book.rows.items():
        note = looking.book.notes[cusip]
        if note.first_coupon_amount is None and not note.pays_no_interest and not note.floats_in(note.accrues_from):
            message = f"`first coupon amount` is left out for {cusip}"
            hint = "give it as printed: it proves coupon, dates and day count"
            yield slip(row.place_of("cusip"), FIRST_COUPON, message, hint, about=cusip)


def calendars_too_short(looking: Looking) -> Iterator[Slip]:
    """Warn of notes of which some days cannot be told: their calendar ends before them."""
    for cusip, row in looking.book.rows.items():
        note = looking.book.notes[cusip]
        days = looking.book.rule_set(note.programme, PAYMENT_DAYS, note.issue_date)
        calendar = looking.book.calendars.get(terms_for(note, days).calendar) if days else None
        if calendar and not (calendar.covers(note.issue_date) and calendar.covers(note.maturity)):
            years = f"{calendar.first_year} to {calendar.last_year}"
            message = (
                f"{cusip} lives from {note.issue_date} to {note.maturity}, and calendar {calendar.code} covers {years}"
            )
            hint = "its cases in other years are referred: let the calendar cover them, or name another one"
            yield slip(row.place_of("maturity"), CALENDAR_TOO_SHORT, message, hint, about=cusip)


def cusips_of_others(looking: Looking) -> Iterator[Slip]:
    """Warn of a CUSIP that begins as another issuer's do, or unlike all others of its supplement."""
    bases: dict[str, Counter[str]] = {}
    for cusip, note in looking.book.notes.items():
        bases.setdefault(cusip[:6], Counter())[note.programme.partition("/")[0]] += 1
    for cusip, row in looking.book.rows.items():
        issuer = looking.book.notes[cusip].programme.partition("/")[0]
        others = [code for code, count in bases[cusip[:6]].items() if code != issuer and count]
        alone = _alone_in_its_supplement(cusip, row, looking)
        if not (others or alone):
            continue
        whose = f"notes of `{others[0]}` begin so" if others else "no other note of its supplement begins so"
        hint = "the first six characters are the issuer's: hold the CUSIP against the print"
        yield slip(row.place_of("cusip"), CUSIP, f"{cusip} begins with {cusip[:6]}, and {whose}", hint, about=cusip)


def _alone_in_its_supplement(cusip: str, row: Row, looking: Looking) -> bool:
    beside = [other for other, each in looking.book.rows.items() if each.top is row.top and other != cusip]
    return len(beside) > 1 and all(other[:6] != cusip[:6] for other in beside) and len({o[:6] for o in beside}) == 1


def prospectus_of_another_day(looking: Looking) -> Iterator[Slip]:
    """Warn of a supplement to a prospectus that the programme has no edition of."""
    for file in looking.files.values():
        said = date_under(file, "prospectus dated")
        if said is None or not file.is_in("supplements"):
            continue
        programme = file.folder.removesuffix("/supplements")
        days = {each.leaf.folder_on for each in looking.book.clause_files.get(programme, ()) if each.leaf.folder_on}
        if days and said not in days:
            message = f"the programme has no edition of {said}"
            hint = f"its editions are of {', '.join(sorted(map(str, days)))}: hold the date against the print"
            yield slip(file.place("prospectus dated"), PROSPECTUS, message, hint)


CHECKS = (
    notes_not_reached,
    irregular_last_periods,
    first_coupons_left_out,
    calendars_too_short,
    cusips_of_others,
    prospectus_of_another_day,
)
