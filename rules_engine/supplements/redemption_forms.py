"""A redemption whose date, days, price and notice a form names each on a line of its own, as one sentence."""

from __future__ import annotations

import re
from datetime import date

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.marks import has_boxes, has_ticked, ticked_words
from rules_engine.supplements.naming import pieces
from rules_engine.supplements.patterns import one_line, pattern, phrase
from rules_engine.supplements.sheet_rows import Row
from rules_engine.supplements.values import DATE, PERCENT, dates_in

_FIRST_DATE = phrase(r"(?:the )?(?:initial|first) (?:optional )?(?:redemption|call) date")
_SAYS_NO = pattern(
    r"\W{0,3}(?:no|n/a|none|not applicable|non-?callable|not (?:callable|redeemable)[^;]{0,60})\W{0,3}"
    r"(?:if,? yes,?\W{0,3})?$"
)
SAYS_ONLY_YES = pattern(r"\W{0,3}(?:yes|callable|redeemable|applicable)\W{0,3}(?:if,? yes,?\W{0,3})?$")
_PERCENT = re.compile(PERCENT)
_DATE = pattern(rf"~({DATE})\W{{0,3}}$")
_AT_A_PRICE = phrase(rf"at(?: a (?:redemption )?price(?: equal to| of)?)? {PERCENT}|at par")
_NOTICE = phrase("notice")
_DAYS_ONLY = pattern(r"~(?:at least|not less than|no less than|a minimum of)?~\d{1,3}\b")


def composed(sheet: Sheet, row: Row) -> tuple[str, int] | None:
    """Write what a form's lines say of a call as one sentence, with its place.

    None is given where neither its first date nor its price is named. Whatever is not understood of the sentence is
    doubted, as of any other.
    """
    first = first_date_named(sheet, row)
    prices = _said(sheet, row, "redemption price")
    if first is None and not prices:
        return None
    words, place = first or prices[0]
    day = one_line(words).rstrip(" .;,") if first else ""
    said = [text for name in ("callable", "redemption") for text, _ in _said(sheet, row, name)]
    if any(_SAYS_NO.match(text) for text in said):
        return None  # a person has to say which of the two holds
    parts = [_noticed(_FIRST_DATE.sub(day, text)) for text in dict.fromkeys(said) if not SAYS_ONLY_YES.match(text)]
    rest = "; ".join(part.rstrip(" .;") for part in parts)
    lead = ["Callable"]
    price = next((_price(text) for text, _ in prices), "")
    if price and not _AT_A_PRICE.search(rest):
        lead.append(f"at {price}")
    if day and not _names(rest, day):
        lead.append(f"on {day}")
    return "; ".join(filter(None, (" ".join(lead), rest))), place


def first_date_named(sheet: Sheet, row: Row) -> tuple[str, int] | None:
    """Give the words of the first date that a form names, with their place; None where it names none."""
    names = ("redemption date", "call date") if row.texts.get("redemption price") else ("redemption date",)
    return next((each for name in names for each in _said(sheet, row, name) if _DATE.match(each[0])), None)


def _said(sheet: Sheet, row: Row, name: str) -> list[tuple[str, int]]:
    """Give what stands after a name: the words that are ticked, where it has boxes."""
    found = []
    for start, end in row.texts.get(name, ()):
        parts = pieces(sheet, start, end)
        text = sheet.text[parts[0][0] : parts[-1][1]] if parts else ""
        if has_boxes(text):
            text = (ticked_words(text) or "") if has_ticked(text) else ""
        if text.strip():
            found.append((one_line(text), start))
    return found


def _price(words: str) -> str:
    """Give the one price that is named, however often."""
    found = {one_line(each[0]) for each in _PERCENT.finditer(words)}
    return found.pop() if len(found) == 1 else words


def _noticed(words: str) -> str:
    """Call days of notice so where only the line's name did."""
    return f"upon {words} notice" if _DAYS_ONLY.match(words) and not _NOTICE.search(words) else words


def _names(text: str, day: str) -> bool:
    wanted: list[date | None] = [each.day for each in dates_in(day)]
    return any(each.day in wanted for each in dates_in(text))
