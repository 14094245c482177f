"""Headings: which field each spelling of a column's or a line's name stands for.

Extraction cuts headings short, so that `Coupon` or `1st Coupon` may stand for any of several fields;
the figures below it tell which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CUSIP = "cusip"
UNKNOWN = "unknown"
"""What a heading stands for that is not known here: any figure may be its own."""

_SPELLINGS: dict[tuple[str, ...], tuple[str, ...]] = {
    (CUSIP,): ("CUSIP Number", "CUSIP No.", "CUSIP No", "CUSIP #", "CUSIP"),
    ("isin",): ("ISIN Number", "ISIN No.", "ISIN"),
    ("principal",): (
        *("Aggregate Principal Amount", "Principal Amount", "Principle Amount", "Aggregate Principal"),
        *("Aggregate Amount", "Aggregate", "Principal", "Principle"),
    ),
    ("issue price",): (
        *("Selling Price", "Price to Public", "Price to the Public", "Public Offering Price", "Issue Price"),
        *("Offering Price", "Price"),
    ),
    ("gross concession",): (
        *("Gross Concession", "Selling Concession", "Dealer Concession", "Concession", "Discounts & Commissions"),
        *("Discounts and Commissions", "Agents' Discount or Commission", "Agent's Discount or Commission"),
        *("Agents' Discount", "Agent's Discount", "Agents' Concession", "Gross"),
    ),
    ("net proceeds",): ("Net Proceeds to Issuer", "Net Proceeds", "Proceeds to Issuer", "Net"),
    ("type",): ("Coupon Type", "Interest Type", "Interest Rate Type"),
    ("coupon", "type"): (
        *("Stated Interest Rate Per Annum", "Interest Rate Per Annum", "Stated Interest Rate", "Coupon Rate"),
        *("Interest Rate", "Initial Interest Rate", "Initial Coupon Rate"),
    ),
    ("frequency",): (
        *(
            "Interest Payment Dates",
            "Coupon Frequency",
            "Interest Payment Frequency",
            "Payment Frequency",
            "Interest Frequency",
            "Frequency",
        ),
    ),
    ("day count",): ("Day Count Convention", "Day Count Basis", "Day Count"),
    ("maturity",): ("Stated Maturity Date", "Maturity Date", "Stated Maturity", "Maturity"),
    ("first coupon date",): (
        *("1st Coupon Date", "First Coupon Date", "First Interest Payment Date", "Initial Interest Payment Date"),
        *("First Payment Date", "First Payment"),
    ),
    ("first coupon amount",): ("1st Coupon Amount", "First Coupon Amount", "First Interest Payment Amount"),
    ("first coupon date", "first coupon amount"): ("1st Coupon", "First Coupon"),
    ("type", "coupon", "frequency"): ("Coupon",),
    ("survivors option",): (
        *("Survivor's Protection Option", "Survivors Protection Option", "Survivor's Option", "Survivors' Option"),
        *("Survivors Option", "Survivor Option", "Survivors", "Estate Feature", "Death Put"),
    ),
    ("frequency", "coupon"): ("Interest",),
    ("call date", "callable"): ("First Call Date", "Call Date", "Callable", "Yes/No"),
    ("ranking",): ("Product Ranking", "Product", "Ranking"),
    ("rating",): (
        *("Moody's Rating", "Moodys Rating", "Moody's Ranking", "Moodys Ranking", "Moody's", "Moodys"),
        *("S & P Rating", "S&P Rating", "S & P", "S&P", "Ratings", "Rating"),
    ),
    ("not read",): (
        *("OID Status", "Subject to Redemption", "Date and Terms of Redemption", "Interest Payment"),
        *("Yield to Maturity", "Yield"),
    ),
}

_REMARK = r"(?:\s*\((?:\d{1,2}|[a-z]|%\s*of\s*par|per\s+annum)\))*"
"""What may follow a heading's words: a footnote's mark, or what the figures are of."""


def _pattern(spelling: str) -> str:
    words = [re.escape(word).replace("'", "'?") for word in spelling.split()]
    return r"[\s-]*".join(words)


_FIELDS_OF = {spelling: fields for fields, spellings in _SPELLINGS.items() for spelling in spellings}
_LONGEST_FIRST = sorted(_FIELDS_OF, key=len, reverse=True)
_LABEL = re.compile(
    "|".join(f"(?P<h{place}>{_pattern(spelling)})" for place, spelling in enumerate(_LONGEST_FIRST)), re.IGNORECASE
)
_AFTER = re.compile(_REMARK + r"[\s*]*", re.IGNORECASE)
_CELL = re.compile(r"([A-Za-z][A-Za-z.,'&()/ -]{2,30})[\t\n]\s*")
_START = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9])")
_NAMES = re.compile(r"(?:\s*\([^()\n]{1,40}\))?(?:\s*:\s*|[ ]*[\t\n]\s*)")

_FEWEST = 3
"""So many headings in a row are a table's; fewer may be words of a sentence."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: the fields it may stand for, its words, and where it ends."""

    fields: tuple[str, ...]
    words: str
    end: int


@dataclass(frozen=True, slots=True)
class HeadingRun:
    """The headings of a table, one after another, from one place in the text to another, excluded."""

    headings: tuple[Heading, ...]
    start: int
    end: int

    @property
    def has_cusip(self) -> bool:
        """Tell whether one of the columns holds CUSIPs."""
        return any(CUSIP in heading.fields for heading in self.headings)


def heading_at(text: str, place: int) -> Heading | None:
    """Give the heading that starts at a place, the longest there is; None where none does."""
    found = _LABEL.match(text, place)
    if not found or found.lastgroup is None:
        return None
    last, after = text[found.end() - 1], text[found.end() : found.end() + 1]
    # `NetProceeds` is two headings' words run together, `CUSIPs` is a word of a sentence
    figure = after.isdigit() and not text.startswith("1st", found.end())
    if after.islower() or figure or (after.isupper() and last.isupper()):
        return None
    words = " ".join(found[0].split())
    return Heading(_FIELDS_OF[_LONGEST_FIRST[int(found.lastgroup[1:])]], words, found.end())


def heading_runs(text: str) -> Iterator[HeadingRun]:
    """Find the runs of headings that tables start with."""
    place = 0
    for start in _START.finditer(text):
        if start.start() < place:
            continue
        headings: list[Heading] = []
        place = start.start()
        while heading := heading_at(text, place) or _unknown_between(text, place, headings):
            headings.append(heading)
            after = _AFTER.match(text, heading.end)
            place = after.end() if after else heading.end
        if len([heading for heading in headings if heading.fields != (UNKNOWN,)]) >= _FEWEST:
            yield HeadingRun(tuple(headings), start.start(), place)
        place = max(place, start.start() + 1)


def _unknown_between(text: str, place: int, headings: list[Heading]) -> Heading | None:
    """Give a cell of a table of notes whose words are no heading known here, and that another heading follows."""
    if not headings or CUSIP not in headings[0].fields:
        return None
    found = _CELL.match(text, place)
    if not found or not heading_at(text, found.end()):
        return None
    return Heading((UNKNOWN,), found[1].strip(), found.end(1))


def named_fields(text: str) -> Iterator[tuple[Heading, int]]:
    """Find every heading that a colon, or the end of its cell, parts from what it names; give where that starts."""
    for start in _START.finditer(text):
        if start.start() and text[start.start() - 1] not in "\n\t ":
            continue
        heading = heading_at(text, start.start())
        if heading and (colon := _NAMES.match(text, heading.end)):
            yield heading, colon.end()
