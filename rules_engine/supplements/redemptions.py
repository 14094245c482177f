"""Which redemption sentences belong to which note, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from rules_engine.model.notes import MakeWhole, Notice
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.coupon_steps import CouponPeriods
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.floating import FloatingTerms
from rules_engine.supplements.marks import has_boxes, has_ticked, ticked_words
from rules_engine.supplements.patterns import shortened
from rules_engine.supplements.readings import NOT_FOUND, READ, Reading
from rules_engine.supplements.redemption_forms import first_date_named
from rules_engine.supplements.redemption_texts import ABOUT, NO_PUT, Finder, Form
from rules_engine.supplements.sentences import Terms
from rules_engine.supplements.sheet_rows import Row

_LEFT_TO_LONG = ("notice", "notice_to", "amount", "part_chosen", "event_calls")
_COMPARED = {
    "price": "the price",
    "first_on": "the first date",
    "on": "the day it is called on",
    "amount": "the amount",
    "notice": "the notice",
    "prices": "the later prices",
    "make_whole": "the make-whole price",
}


@dataclass(slots=True)
class Redemption:
    """What is said of one note's redemption, and, in the same breath, of its coupon."""

    redemption: Reading
    periods: CouponPeriods = field(default_factory=CouponPeriods)
    floats: FloatingTerms | None = None


def read_redemptions(
    sheet: Sheet, rows: Sequence[Row], stops: Sequence[int], footnotes: Mapping[str, tuple[int, int]]
) -> list[Redemption]:
    """Read what each row's sentences say, a long form below supplying what the short one leaves out.

    No sentence goes on beyond a stop. Footnotes are by their marks, each from one place to another.
    """
    reader = Finder(sheet, stops, {found[1]: found.end() for found in ABOUT.finditer(sheet.text)})
    # notes side by side share what is said of them: it is read once
    unnamed_form, long_form = cache(reader.unnamed_form), cache(reader.long_form)
    coupon_talk = cache(reader.coupon)
    general = long_form(rows[-1].cusip.start, rows[-1].end) if rows else None
    found = []
    for row in rows:
        call_date = _call_date(row)
        start = row.until if row.start == row.cusip.start else row.start
        named = reader.named_forms(row, call_date)
        short = named[0] if named else unnamed_form(start, row.end, call_date)
        short = short or reader.form_about(row, call_date)
        short = short or reader.footnote_form(row, call_date, footnotes)
        long = long_form(max([start, *(form.end for form in named)]), row.end)
        called_on = short.terms.first_on if short else None
        if general and called_on and not long and general.terms.first_on == called_on:
            long = general
        is_said = short and (short.terms.periods.words or short.terms.floats)
        periods, floats = (
            (short.terms.periods, short.terms.floats) if short and is_said else coupon_talk(start, row.end)
        )
        columned = _column_of_calls(sheet, row)
        reading = _together(short or columned, long, is_last=row is rows[-1] or row.abreast)
        _hold_against(reading, [*named[1:], *([columned] if short and columned else [])])
        reading.doubts += holders_puts(sheet, row)
        named_date = first_date_named(sheet, row)
        if named_date and isinstance(reading.value, Terms) and reading.value.callable is False:
            reading.doubts.append(f'"{shortened(reading.words)}", but a first date is named: "{named_date[0]}"')
        if "redemption" in row.shares and isinstance(reading.value, Terms) and reading.value.callable:
            # of several notes above a call often only the last can be called
            reading.doubts.append(f'"{shortened(reading.words)}" stands below several notes: say of which it is said')
        reading.line = reading.line or sheet.line_at(row.cusip.start)
        found.append(Redemption(reading, periods, floats))
    return found


def _call_date(row: Row) -> date | None:
    values = {figure.value for figure in row.figures.get("call date", ())}
    (value,) = values if len(values) == 1 else (None,)
    return value if isinstance(value, date) else None


def _column_of_calls(sheet: Sheet, row: Row) -> Form | None:
    """Take a column, or a name, that says `No` to whether a note can be called for its redemption sentence."""
    given: tuple[Figure, ...] = row.figures.get("callable", ())
    if "callable" in row.uncertain or "callable" in row.doubts or {figure.value for figure in given} != {False}:
        return None
    return Form(Terms(printed=given[0].words, callable=False), sheet.line_at(given[0].start))


def holders_puts(sheet: Sheet, row: Row) -> list[str]:
    """Doubt a note that its holder may have repaid: among the terms of a note there is no such right."""
    doubts = []
    for start, end in row.texts.get("holder's put", ()):
        text = sheet.text[start:end]
        words = ticked_words(text) if has_boxes(text) else text
        if words is None and not has_ticked(text):
            continue
        if words is None or (words.strip(" \t\n.:;-") and not NO_PUT.search(words)):
            doubts.append(f'a right of the holder is not among the terms of a note: "{shortened(text)}"')
    return doubts


def _together(short: Form | None, long: Form | None, *, is_last: bool) -> Reading:
    """Join a note's short sentence with the long one, and say where they differ or nothing is understood."""
    first = short or (long if is_last else None)
    if first is None:
        return Reading(value=None, how=NOT_FOUND, doubts=["no redemption sentence is found"])
    terms = first.terms
    reading = Reading(value=terms, how=READ, words=terms.printed, line=first.line)
    if short and long and terms.callable and long.terms.callable:
        if long.terms.doubts:
            reading.doubts += [f"in the long form (line {long.line}), {doubt}" for doubt in long.terms.doubts]
        else:
            reading.doubts += _differences(terms, long)
            reading.value = _completed(terms, long)
    elif short and long and not terms.doubts:
        _hold_against(reading, [long])
    reading.doubts += terms.doubts
    return reading


def _hold_against(reading: Reading, others: Sequence[Form]) -> None:
    """Doubt a redemption that another place of the sheet contradicts, or says something else about."""
    terms = reading.value
    if not isinstance(terms, Terms):
        return
    for other in others:
        said = other.terms
        if said.callable == terms.callable and said.callable is False:
            continue
        if terms.callable and said.callable and not said.doubts:
            reading.doubts += _differences(terms, other)
        elif said.callable is not None or said.doubts:
            reading.doubts.append(
                f'"{shortened(terms.printed)}", but also "{shortened(said.printed)}" (line {other.line})'
            )


def _differences(terms: Terms, long: Form) -> list[str]:
    """Say in what two sentences differ; what one of them leaves out is no difference."""
    doubts = []
    for name, called in _COMPARED.items():
        mine, other = getattr(terms, name), getattr(long.terms, name)
        if mine and other and mine != other:
            doubts.append(f"{called} is {_shown(mine)}, but in the long form (line {long.line}) {_shown(other)}")
    return doubts


def _shown(value: object) -> str:
    match value:
        case Notice():
            return f"{value.minimum_days} to {value.maximum_days or 'any'} {value.counted}"
        case tuple():
            return ", ".join(f"{step.price} from {step.from_on}" for step in value)
        case MakeWhole():
            return f"Treasury plus {value.spread} % until {value.until}"
    return str(value)


def _completed(terms: Terms, long: Form) -> Terms:
    """Give the terms with what only the long form says, naming it when there is any."""
    given = {
        name: getattr(long.terms, name)
        for name in _LEFT_TO_LONG
        if getattr(long.terms, name) and not getattr(terms, name)
    }
    words = f'line {long.line}, "{shortened(long.terms.printed)}"'
    return replace(terms, **given, completed_from=words) if given else terms
