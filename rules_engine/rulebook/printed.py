"""Every note the supplements print: each CUSIP once, under an edition, its first coupon worked out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rules_engine.dates.calendars import Calendar
from rules_engine.dates.interest import interest
from rules_engine.dates.maturities import scheduled_maturity
from rules_engine.dates.schedules import coupon_grid, coupon_periods
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.money import Money
from rules_engine.model.note_words import Accrual
from rules_engine.model.notes import Note
from rules_engine.rulebook.coupons import Coupons, check_on_interest_dates
from rules_engine.rulebook.editions import CALENDAR, ClauseFile
from rules_engine.rulebook.folders import Origin
from rules_engine.rulebook.indexed_notes import RestsOn, read_indexed
from rules_engine.rulebook.kept_rows import Faulty, Found, Rows
from rules_engine.rulebook.leaves import Leaf, as_read, read_data
from rules_engine.rulebook.note_dates import Dates
from rules_engine.rulebook.note_days import PAYMENT_DAYS, PaymentDayTerms, terms_for
from rules_engine.rulebook.note_index import Notes
from rules_engine.rulebook.places import Entries, meant
from rules_engine.rulebook.row_quotes import check_row
from rules_engine.rulebook.rules import Place, RuleSet
from rules_engine.rulebook.supplements import Row, cusips_in, read_supplement

_PRINTED_FOR = Money.parse("1000")
"""Supplements print the first coupon for this principal."""

COMPOUNDS = "amortised face compounds"
"""The term on payment days that a discount is worked out by."""


INDEXED_FROM = 1_000_000
"""From so many bytes of supplements on, notes are kept in an index beside the book; half a second reads so many."""


def read_notes(leaves: Sequence[Leaf], rests_on: RestsOn) -> tuple[Mapping[str, Note], Faulty, Mapping[str, Row]]:
    """Read every supplement into notes, the reasons why others cannot be used, and the notes' rows, all by CUSIP.

    The rows' faults end up among their file's. Notes of a large book, and their rows, are read when they are asked for.
    """
    if sum(leaf.size for leaf in leaves) < INDEXED_FROM:
        found = _read(leaves, rests_on)
        return Notes(found.notes), found.faulty, Rows(found.rows)
    return read_indexed(leaves, rests_on, read=_read, at_least=INDEXED_FROM)


def _read(leaves: Sequence[Leaf], rests_on: RestsOn) -> Found:
    """Read supplements that hold all there is of their CUSIPs."""
    faulty: Faulty = {}
    rows: list[tuple[Leaf, Row]] = []
    given_in: dict[str, list[str]] = {}
    for leaf in (as_read(each, read_data(each)) for each in leaves):
        if leaf.root is None:
            found = cusips_in(leaf.data)
            faulty |= dict.fromkeys(found, tuple(leaf.faults))
            _note_files(given_in, found, leaf)
            continue
        rows += [(leaf, row) for row in read_supplement(leaf.root, leaf.programme, leaf.faults)]
    for leaf, row in rows:
        _check_edition(row, rests_on.programmes[leaf.programme], rests_on.calendars)
        check_row(row, rests_on.sources.get(leaf.programme, ()), row.faults)
    _check_given_once(rows)
    notes: dict[str, Note] = {}
    reasons = [(row, (*leaf.faults, *row.faults)) for leaf, row in rows]
    for row, problems in reasons:
        if problems and row.cusip:
            faulty[row.cusip] = tuple(dict.fromkeys((*faulty.get(row.cusip, ()), *problems)))
        elif row.note:
            notes[row.note.cusip] = row.note
    for leaf, row in rows:
        leaf.faults.extend(row.faults)
        leaf.warnings.extend(row.warnings)
        _note_files(given_in, [row.cusip], leaf)
    return Found(notes, faulty, {row.cusip: row for _, row in rows if row.cusip in notes}, given_in)


def _note_files(given_in: dict[str, list[str]], cusips: Iterable[str], leaf: Leaf) -> None:
    for cusip in cusips:
        given_in.setdefault(cusip, []).append(leaf.file)


def _check_given_once(rows: Sequence[tuple[Leaf, Row]]) -> None:
    """Note a CUSIP given twice, against both of its rows: which of them is right nobody can tell.

    A row that a plugin brings takes no CUSIP away from one that stood there before it: it alone is at fault.
    """
    first: dict[str, tuple[Leaf, Row]] = {}
    for leaf, row in sorted(rows, key=lambda each: each[0].origin is Origin.PLUGGED_IN):
        standing, earlier = first.setdefault(row.cusip, (leaf, row))
        if earlier is row or not row.cusip:
            continue
        there = earlier.place_of("cusip")
        noted = len(row.faults)
        message = f"the CUSIP `{row.cusip}` is given twice"
        row.faults.at(row.place_of("cusip"), message, f"the first stands in `{there.file}`, line {there.line}")
        if leaf.origin is not Origin.PLUGGED_IN or leaf.issuer == standing.issuer:
            earlier.faults.extend(row.faults[noted:])


def _check_edition(row: Row, clauses: Sequence[ClauseFile], calendars: Mapping[str, Calendar]) -> None:
    """Note a note sold under no edition, and a printed first coupon that its edition does not give."""
    note = row.note
    if note is None:
        return
    covering = [each for each in clauses if each.covers(note.issue_date)]
    if not covering:
        message = f"no edition is for notes issued on {note.issue_date}"
        row.faults.at(row.place_of("issue date"), message, f"add one under `{note.programme}`, or check the date")
    for each in covering:
        if each.clause == PAYMENT_DAYS and each.rule_set:
            _check_days(row, note, each.rule_set, calendars)
            _check_first_coupon(row, note, each.rule_set, calendars)
            _check_maturity(row, note, terms_for(note, each.rule_set), calendars)


def _check_days(row: Row, note: Note, payment_days: RuleSet, calendars: Mapping[str, Calendar]) -> None:
    """Note a calendar of the note's own that is not in the book, and a discount nobody says how to work out."""
    own = note.payment_days.get(CALENDAR)
    if own is not None and own not in calendars:
        row.faults.at(_place_of_days(row, CALENDAR), f"there is no calendar `{own}`", meant(own, calendars))
    if note.original_issue_discount and terms_for(note, payment_days).compounds is None:
        message = f"the note is issued at a discount, and no term says how its `{COMPOUNDS}`"
        row.faults.at(row.place_of("type"), message, f"give `{COMPOUNDS}` on payment days: `semi-annual` or `annual`")


def _place_of_days(row: Row, name: str) -> Place:
    """Give the place of a term under a row's own payment days."""
    given = row.node.entries.get(PAYMENT_DAYS)
    entries = given.value.entries if given and isinstance(given.value, Entries) else {}
    return entries[name].value.place if name in entries else row.place_of(PAYMENT_DAYS)


def _check_maturity(row: Row, note: Note, terms: PaymentDayTerms, calendars: Mapping[str, Calendar]) -> None:
    """Warn of a maturity that is printed moved; no interest period follows the day it was scheduled for."""
    calendar = calendars.get(terms.calendar)
    if calendar is None:
        return
    grid = coupon_grid(frequency=note.frequency, roll_day=note.roll_day, first_coupon_date=note.first_coupon_date)
    try:
        scheduled = scheduled_maturity(
            note.maturity,
            last_regular_date=note.last_regular_date,
            grid=grid,
            convention=terms.maturity_convention,
            calendar=calendar,
        )
    except CalendarNotCovered:
        return  # nor does the schedule give any day
    if scheduled == note.maturity:
        return
    message = f"the maturity printed is {scheduled} moved to a business day: {_ending(note, terms, scheduled)}"
    hint = f"no interest period follows {scheduled}; check with the print if one should"
    row.warnings.at(row.place_of("maturity"), message, hint)
    _check_changes(row, note, scheduled)


def _ending(note: Note, terms: PaymentDayTerms, scheduled: date) -> str:
    """Say up to which day interest accrues on a note whose maturity is printed moved."""
    interest = terms.floating if note.floats_in(note.last_regular_date) else terms.interest
    accrual = terms.accrual_at_maturity or interest.accrual
    return f"interest stops on {scheduled}" if accrual is Accrual.UNADJUSTED else f"interest runs to {note.maturity}"


def _check_changes(row: Row, note: Note, scheduled: date) -> None:
    """Note a change of the rate from the scheduled maturity on, when there is no interest period any more."""
    dates = Dates(
        issue_date=note.issue_date,
        reopened_from=note.reopened_from,
        first_coupon_date=note.first_coupon_date,
        last_regular_date=note.last_regular_date,
        maturity=scheduled,
        roll_day=note.roll_day,
        frequency=note.frequency,
    )
    changes = Coupons(steps=note.coupon_steps, floating=note.floating)
    check_on_interest_dates(row.node, changes, dates.interest_dates, note.accrues_from, row.faults)


def _check_first_coupon(row: Row, note: Note, payment_days: RuleSet, calendars: Mapping[str, Calendar]) -> None:
    terms = terms_for(note, payment_days)
    if note.first_coupon_amount is None or note.floats_in(note.accrues_from) or terms.calendar not in calendars:
        return
    day_count = terms.interest.day_count
    try:
        # a note that ended on its first coupon date would have the same first period
        first, *_ = coupon_periods(
            issue_date=note.accrues_from,
            first_coupon_date=note.first_coupon_date,
            last_regular_date=note.first_coupon_date,
            maturity=note.first_coupon_date,
            frequency=note.frequency,
            roll_day=note.roll_day,
            day_count=day_count,
            convention=terms.interest.convention,
            accrual=terms.interest.accrual,
            calendar=calendars[terms.calendar],
        )
    except CalendarNotCovered as fault:
        row.faults.at(row.place_of("first coupon date"), str(fault), "check the date, or cover more years")
        return
    amount = interest(_PRINTED_FOR, note.coupon, first.year_fraction)
    if amount != note.first_coupon_amount:
        message = f"the printed first coupon is {note.first_coupon_amount}, worked out it is {amount}"
        hint = f"{first.days} days on {day_count}: check coupon, dates and day count with the print"
        row.faults.at(row.place_of("first coupon amount"), message, hint)
