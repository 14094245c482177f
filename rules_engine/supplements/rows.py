"""The rows of notes: which headings they stand under, what figures they hold, and where their words end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rules_engine.model.cusips import is_valid_cusip
from rules_engine.supplements.aligning import FIELDS, align, takes
from rules_engine.supplements.figures import CUSIP_SHAPE, Figure, figures_in
from rules_engine.supplements.labels import CUSIP, HeadingRun, heading_runs, named_fields
from rules_engine.supplements.values import DATE

STOP = re.compile(
    r"redemption\s+information|redemption\s*:|joint\s+lead\s+managers|(?:selling\s+)?agents?\s*:|\btrustee\s*:"
    r"|offering\s+dates?\s*:|trade\s+date|settle(?:ment)?\s+date|original\s+issue\s+date|pricing\s+date"
    r"|minimum\s+denominations?|if\s+the\s+maturity\s+date|initial\s+trades|all\s+trades|\bnote\s*:"
    r"|dtc\s+(?:number|book)|will\s+be\s+(?:subject\s+to\s+redemption|redeemable)|registered\s+trademark"
    r"|prospectus\s+(?:supplement\s+)?dated|pricing\s+supplement|\n\s*\(\d{1,2}\)\s+[A-Z]|recent\s+developments?",
    re.IGNORECASE,
)
"""Words that no row of figures goes on beyond."""

_CUSIP = re.compile(CUSIP_SHAPE)
_LOOKS_LIKE_CUSIP = re.compile(r"\s*(?=[0-9A-Z]*[A-Z])(?=[0-9A-Z]*[0-9]{3})[0-9A-Z]{7,11}(?![\w%])")
_COMMENCING = re.compile(rf"commencing\s+(?:on\s+)?(?={DATE})", re.IGNORECASE)
_NEAR = 60
"""A CUSIP so many characters after its heading is what the heading announces."""
_ENOUGH = 3
"""So many figures laid under headings make a row; fewer may be a CUSIP named in a sentence."""


@dataclass(slots=True)
class Row:
    """One note's row: its CUSIP, and for each field the figures that may be it.

    `uncertain` names fields whose figures might be others'. `start` and `end` bound the row and what is
    said of the note below it, up to the next note's.
    """

    cusip: Figure
    start: int
    end: int
    figures: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    uncertain: set[str] = field(default_factory=set)
    named: bool = False


@dataclass(slots=True)
class Found:
    """The rows found, and CUSIPs, or what should have been one, that no row could be made of."""

    rows: list[Row] = field(default_factory=list)
    stray: list[Figure] = field(default_factory=list)
    misshapen: list[tuple[str, int]] = field(default_factory=list)


def find_rows(text: str) -> Found:
    """Find every note's row: under a run of headings, or, where a text has none, named line by line."""
    found = Found()
    runs = list(heading_runs(text))
    marks = [(run.start, run) for run in runs]
    cusips = [Figure(each[0], each.start(), each.end(), frozenset({CUSIP}), each[0]) for each in _CUSIP.finditer(text)]
    stops = [stop.start() for stop in STOP.finditer(text)]
    table: HeadingRun | None = None
    row: Row | None = None
    events: list[tuple[int, HeadingRun | Figure]] = sorted([*marks, *((each.start, each) for each in cusips)], key=_at)
    for number, (_, event) in enumerate(events):
        following = events[number + 1][0] if number + 1 < len(events) else len(text)
        until = min(following, _next(stops, event.end, len(text)))
        if isinstance(event, HeadingRun):
            if event.has_cusip:
                table = event
                _note_misshapen(text, event, until, found)
            elif row:
                _lay(row, event, list(figures_in(text, event.end, until)))
            continue
        if table is None:
            continue
        row = _row_of(text, event, table, until, found) or row
    if not found.rows:
        _read_named(text, cusips, found)
    for earlier, later in zip(found.rows, found.rows[1:], strict=False):
        earlier.end = later.start
    if found.rows:
        found.rows[-1].end = len(text)
    return found


def _at(event: tuple[int, HeadingRun | Figure]) -> int:
    return event[0]


def _next(places: Sequence[int], place: int, otherwise: int) -> int:
    """Give the first of sorted places that is not before a place."""
    after = bisect_left(places, place)
    return places[after] if after < len(places) else otherwise


def _row_of(text: str, cusip: Figure, table: HeadingRun, until: int, found: Found) -> Row | None:
    """Make a CUSIP's row, or note that none can be made of it; None where it adds no row."""
    places = [place for place, heading in enumerate(table.headings) if CUSIP in heading.fields]
    start, end = cusip.start, until
    if places[0] == len(table.headings) - 1:
        earlier = max([table.end, *(row.cusip.end for row in found.rows if row.cusip.end <= cusip.start)])
        start, end = earlier, cusip.end
    figures = list(figures_in(text, start, end))
    row = Row(cusip, cusip.start, end)
    _lay(row, table, figures)
    near = text[table.end : cusip.start].count("\t") <= 1 and cusip.start - table.end < _NEAR
    if len(row.figures) > _ENOUGH or near:
        found.rows.append(row)
        return row
    if is_valid_cusip(cusip.words) and not cusip.words.isdigit():
        found.stray.append(cusip)
    return None


def _lay(row: Row, run: HeadingRun, figures: Sequence[Figure]) -> None:
    aligned = align(run.headings, figures)
    for name, candidates in aligned.figures.items():
        row.figures.setdefault(name, candidates)
    row.uncertain |= aligned.uncertain & FIELDS


def _note_misshapen(text: str, run: HeadingRun, until: int, found: Found) -> None:
    """Note what stands where a table's first CUSIP should, and is none."""
    wrong = _LOOKS_LIKE_CUSIP.match(text, run.end, until)
    words = wrong[0].strip() if wrong else ""
    if wrong and CUSIP in run.headings[0].fields and not _CUSIP.match(words):
        found.misshapen.append((words, wrong.end() - len(words)))


def _read_named(text: str, cusips: Sequence[Figure], found: Found) -> None:
    """Read notes whose terms are named one a line, `Maturity Date: June 20, 2029`."""
    named = list(named_fields(text))
    starts = {place for heading, place in named if CUSIP in heading.fields}
    rows = [Row(cusip, cusip.start, len(text), named=True) for cusip in cusips if cusip.start in starts]
    single = len({row.cusip.words for row in rows}) == 1
    for row, end in zip(rows, [*(each.start for each in rows[1:]), len(text)], strict=False):
        for heading, place in named:
            if single or row.start <= place < end:
                for name, figure in _named_figure(text, heading.fields, place):
                    row.figures[name] = tuple(dict.fromkeys((*row.figures.get(name, ()), figure)))
        row.figures["cusip"] = (row.cusip,)
        row.uncertain = {name for name, each in row.figures.items() if len({figure.value for figure in each}) > 1}
    found.rows = rows[:1] if single else rows


def _named_figure(text: str, fields: tuple[str, ...], place: int) -> Iterator[tuple[str, Figure]]:
    """Give the figure that a named line starts with, or nothing."""
    line_end = text.find("\n", place)
    end = line_end if line_end >= 0 else len(text)
    if "frequency" in fields and (first := _COMMENCING.search(text, place, end)):
        yield from (("first coupon date", figure) for figure in list(figures_in(text, first.end(), end))[:1])
    for figure in figures_in(text, place, end):
        name = takes(fields, figure)
        if name and figure.start - place <= len("Semi"):
            yield name, figure
        return
