"""Notes whose terms are named one by one, in blocks of their own or side by side, a column each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules_engine.supplements.aligning import FIELDS
from rules_engine.supplements.cells import Sheet, Span
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.labels import CUSIP
from rules_engine.supplements.named_values import Named, cusips_in, figures_for, named_value
from rules_engine.supplements.naming import Label, pieces
from rules_engine.supplements.patterns import one_line, shortened
from rules_engine.supplements.sheet_rows import Row

OF_THE_SHEET = frozenset(("issue date", "trade date", "interest accrues from", "denominations"))
"""What a sheet may say once for all its notes; where each note has its own, the notes' rows hold it."""

AS_TEXT = frozenset(
    (
        *(
            "redemption",
            "make-whole",
            "redemption date",
            "redemption price",
            "redemption reduction",
            "callable",
            "call date",
        ),
        *("holder's put", "survivors option", "interest dates", "index", "index maturity", "spread", "reset"),
        *("coupon", "initial rate", "denominations", "discount", "cap", "floor"),
    )
)
"""Fields of which the words count, besides a figure."""


@dataclass(slots=True)
class Block:
    """The notes that stand in one stretch of the sheet, and the names of their terms."""

    rows: list[Row]
    labels: list[Label]
    columns: list[Span]


def named_rows(sheet: Sheet, labels: Sequence[Label]) -> tuple[list[Row], list[tuple[str, int]]]:
    """Read the notes that are named, `CUSIP: 02006DLF6`; and, with its place, what stands there and is none."""
    wrong: list[tuple[str, int]] = []
    heads: list[tuple[Label, list[Figure]]] = []
    for label in labels:
        if CUSIP not in label.fields:
            continue
        found = _cusips_of(sheet, label)
        if found:
            heads.append((label, found))
        elif parts := pieces(sheet, label.value, label.until):
            wrong.append((shortened(sheet.text[slice(*parts[0])]), parts[0][0]))
    blocks = [_block(sheet, labels, head, start, end) for head, start, end in _bounds(labels, heads, len(sheet.text))]
    for block in blocks:
        for label in block.labels:
            name_term(sheet, label, block.rows, block.columns)
        if len(block.rows) == 1:
            _doubt_what_may_be_anothers(sheet, block)
    rows = [row for block in blocks for row in block.rows]
    if len(blocks) > 1:
        _doubt_what_stands_above(sheet, labels, rows)
    return rows, wrong


def _cusips_of(sheet: Sheet, label: Label) -> list[Figure]:
    found: list[Figure] = []
    for start, end in pieces(sheet, label.value, label.until):
        here = list(cusips_in(sheet.text, start, end))
        if not here:
            break
        found += here
    return found


def _bounds(
    labels: Sequence[Label], heads: Sequence[tuple[Label, list[Figure]]], end: int
) -> Iterator[tuple[list[Figure], int, int]]:
    """Part a sheet into stretches, each of one list of CUSIPs; where all name the same the sheet is one."""
    lists = {tuple(str(figure.value) for figure in found) for _, found in heads}
    if len(lists) == 1:
        yield heads[0][1], 0, end
        return
    starts = _starts(labels, [label for label, _ in heads])
    for (_, found), (start, until) in zip(heads, pairwise([*starts, end]), strict=True):
        yield found, start, until


def _starts(labels: Sequence[Label], heads: Sequence[Label]) -> list[int]:
    """Say where each block starts: at a term named before every CUSIP, once for each, or else at the CUSIP."""
    places = [head.start for head in heads]
    by_field: dict[tuple[str, ...], list[int]] = {}
    for label in labels:
        if label.is_known and set(label.fields) & FIELDS and CUSIP not in label.fields:
            by_field.setdefault(label.fields, []).append(label.start)
    first = places
    for starts in by_field.values():
        alternate = sorted([*starts, *places])
        takes_turns = len(starts) == len(places) and alternate[::2] == starts
        if takes_turns and starts[0] < first[0] and _are_alike(labels, starts):
            first = starts
    return first


def _are_alike(labels: Sequence[Label], starts: Sequence[int]) -> bool:
    """Tell whether the blocks that start at some places name what they have in common in one order."""
    blocks: list[list[tuple[str, ...]]] = [[] for _ in starts]
    for label in labels:
        block = bisect_right(starts, label.start) - 1
        if block >= 0 and set(label.fields) & FIELDS:
            blocks[block].append(label.fields)
    orders = [[fields for fields in each if fields in blocks[0]] for each in blocks]
    return all(order == [fields for fields in blocks[0] if fields in order] for order in orders)


def _block(sheet: Sheet, labels: Sequence[Label], cusips: list[Figure], start: int, end: int) -> Block:
    own = [label for label in labels if start <= label.start < end and label.is_known]
    several = len(cusips) > 1
    rows = [Row(cusip, start, start, end, abreast=several) for cusip in cusips]
    for row in rows:
        row.figures[CUSIP] = (row.cusip,)
    return Block(rows, own, [sheet.span_at(cusip.start) for cusip in cusips])


def name_term(sheet: Sheet, label: Label, rows: Sequence[Row], columns: Sequence[Span]) -> None:
    """Give the notes what a name names: one note all of it, notes side by side each what stands in its column."""
    if len(rows) == 1:
        _put(sheet, label, rows[0], label.value, label.until)
        return
    if not set(label.fields) & (FIELDS | AS_TEXT) or CUSIP in label.fields:
        return
    parts = pieces(sheet, label.value, label.until)
    line = sheet.span_at(label.start).row
    beside = [part for part in parts if sheet.span_at(part[0]).row == line]
    parts = beside if len(beside) > 1 else parts
    shares = _by_column(sheet, parts, columns) or _by_number(sheet, label, parts, len(rows))
    if shares is not None:
        for row, share in zip(rows, shares, strict=True):
            if share:
                _put(sheet, label, row, *share)
        return
    if set(label.fields) & (OF_THE_SHEET | {"redemption"}) or not parts:
        for row in rows:  # said of all of them at once
            row.texts.setdefault(label.fields[0], []).append((label.value, label.until))
        return
    words = shortened(sheet.text[slice(*parts[0])])
    for row in rows:
        for name in label.fields:
            row.doubt(name, f'"{label.words}" names "{words}", and it is not clear which of {len(rows)} notes has it')


def _by_column(
    sheet: Sheet, parts: Sequence[tuple[int, int]], columns: Sequence[Span]
) -> list[tuple[int, int] | None] | None:
    """Share cells out by the columns of the CUSIPs; None where they do not stand in the same columns."""
    spans = [sheet.span_at(start) for start, _ in parts]
    lefts, rights = [column.left for column in columns], [column.right for column in columns]
    if not parts or len({column.grid for column in columns}) > 1 or len(set(lefts)) < len(lefts):
        return None
    if lefts != sorted(lefts) or rights != sorted(rights):
        return None
    shares: list[tuple[int, int] | None] = [None] * len(columns)
    for span, part in zip(spans, parts, strict=True):
        first, after = bisect_right(rights, span.left), bisect_left(lefts, span.right)
        if after - first != 1 or not columns[first].is_over(span) or shares[first]:
            return None
        shares[first] = part
    return shares


def _by_number(
    sheet: Sheet, label: Label, parts: Sequence[tuple[int, int]], notes: int
) -> list[tuple[int, int] | None] | None:
    """Share cells out by their number, one for each note, or the figures of a single cell."""
    if len(parts) == notes:
        is_wrapped = "redemption" in label.fields and any(sheet.text[start].islower() for start, _ in parts)
        return None if is_wrapped else list(parts)
    if len(parts) != 1:
        return None
    (start, end) = parts[0]
    found = list(figures_for(sheet.text, label.fields, start, end))
    ends = [start, *(figure.end for figure in found), end]
    between = [sheet.text[end : figure.start] for end, figure in zip(ends, found, strict=False)]
    if len(found) != notes or "".join([*between, sheet.text[ends[-2] : end]]).strip(" ,;/"):
        return None
    return [(figure.start, figure.end) for figure in found]


def _put(sheet: Sheet, label: Label, row: Row, start: int, end: int) -> None:
    """Note what is named, as a figure and as words, in a note's row."""
    wanted = [name for name in label.fields if name in FIELDS]
    value = named_value(sheet, label.fields, start, end) if wanted else Named()
    for name, figure in value.figures:
        row.add(name, figure)
    for name in label.fields:
        if name in AS_TEXT and sheet.text[start:end].strip():
            row.texts.setdefault(name, []).append((start, end))
    if value.doubt:
        row.doubt(_doubted(row, label), value.doubt)
    elif wanted and not value.figures and not value.is_blank and label.by != "cell":
        row.unread.setdefault(wanted[0], f'after "{label.words}" stands "{shortened(value.words)}"')


def _doubted(row: Row, label: Label) -> str:
    return next((name for name in label.fields if name not in row.figures), label.fields[0])


def _doubt_what_may_be_anothers(sheet: Sheet, block: Block) -> None:
    """Doubt what a block names only after it has named a term again and otherwise: another note may have started."""
    (row,) = block.rows
    again = [
        figures[1].start
        for name, figures in row.figures.items()
        if name in FIELDS - OF_THE_SHEET and len({figure.value for figure in figures}) > 1
    ]
    for name, figures in row.figures.items():
        if again and name in FIELDS - OF_THE_SHEET and all(figure.start > min(again) for figure in figures):
            there = sheet.line_at(min(again))
            row.doubt(name, f'"{figures[0].words}" may be another note\'s: from line {there} on terms are named again')


def _doubt_what_stands_above(sheet: Sheet, labels: Sequence[Label], rows: Sequence[Row]) -> None:
    """Doubt a term of a note that is named before the first of several: whose it is, is not said."""
    for label in labels:
        if label.start >= rows[0].start:
            return
        names = [name for name in label.fields if name in FIELDS - OF_THE_SHEET and name != CUSIP]
        value = named_value(sheet, label.fields, label.value, label.until) if names else Named()
        for name, figure in value.figures:
            for row in rows:
                row.doubt(name, f'"{one_line(figure.words)}" is named above the notes, not for one of them')
