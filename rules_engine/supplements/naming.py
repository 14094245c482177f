"""Names of terms on a sheet: where each stands, what parts it from what it names, and how far that goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules_engine.supplements.cells import Sheet, Span
from rules_engine.supplements.labels import UNKNOWN, Heading, LabelTable
from rules_engine.supplements.patterns import pattern
from rules_engine.supplements.values import MONTH_DAY, WEEKDAYS

_BEFORE = re.compile(r"(?:[*\u2022\u00b7\u25cf>-] ?|o |\(\d{1,2}\) ?|\d{1,2}\. )(?=[A-Za-z0-9])")
"""A bullet or a footnote's mark before a name."""
_REMARKS = pattern(r"(?:~\([^()\t\n]{0,40}\)|~\*{1,3}|~,? if any|~\[\d{1,2}\]|\d(?=~(?:$|[\t\n:]))){0,3}")
_COLON = pattern(r"~:")
_DASH = re.compile(r" -{1,2} ")
_UNKNOWN = re.compile(r"(?![^:\t\n]{0,70}(?:\d{4}|%))[A-Za-z][^:\t\n]{1,70}:(?!\d)")
"""A name that is not known here; words with a date or a rate in them are none."""
_IS_VALUE = pattern(r"zero coupon$|fixed/floating$")
_TIME = pattern(r"@?~\d{1,2}(?::\d\d)~(?:[ap]\.?m\.?)?(?: [ECMP][SD]?T)?$")
_WORD_BEFORE = re.compile(r"[A-Za-z-][ ,;]{0,2}$")
_VALUE_WORD = re.compile(
    r"(?<![\w-])(?:yes|no|none|n/a|applicable|monthly|quarterly|semi-?annual(?:ly)?|annual(?:ly)?|fixed|floating|senior"
    r"|years?|months?)[ ,;]{0,2}$",
    re.IGNORECASE,
)
_FIGURE_FOLLOWS = pattern(
    rf"(?:~\$|~\d|~\.\d| (?:{'|'.join(WEEKDAYS)}|yes|no|monthly|quarterly|semi-?annual|annual|fixed|floating)\b"
    rf"| {MONTH_DAY})"
)
_LONGEST_NAME = 60
_FEWEST_ABREAST = 2
"""So many names in a line, and nothing else, have their figures in the line below."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name on a sheet that begins its line, its cell, or what follows another's figure.

    `start` and `end` bound its words, `value` is where what it names starts and `until` where it ends at the
    latest. `by` says what parts it from that: a `colon`, a `dash`, the end of its `cell`, or only the `words` that
    follow. `row` numbers the line of names that it stands in above its figure; -1 for one whose figure follows it.
    """

    fields: tuple[str, ...]
    words: str
    start: int
    end: int
    value: int
    by: str
    until: int = 0
    row: int = -1

    @property
    def is_known(self) -> bool:
        """Tell whether it is among the names of fields."""
        return self.fields != (UNKNOWN,)


def labels_in(sheet: Sheet, table: LabelTable, stops: Sequence[int]) -> list[Label]:
    """Find every name on a sheet, each with what it names, which ends before the next name and before any stop."""
    found = [label for span in sheet.spans for label in _labels_of(sheet.text, span, table)]
    ends = sorted({*(label.start for label in found), *stops, len(sheet.text)})
    bounded = []
    place = 0
    for label in found:
        while ends[place] <= label.start:
            place += 1
        bounded.append(replace(label, until=max(ends[place], label.value)))
    return _with_values_below(sheet, bounded)


def _with_values_below(sheet: Sheet, labels: list[Label]) -> list[Label]:
    """Give each name of a line that holds only names what stands below it, in its own column of the next line."""
    by_row: dict[int, list[int]] = {}
    for number, label in enumerate(labels):
        by_row.setdefault(sheet.span_at(label.start).row, []).append(number)
    spans_of: dict[int, list[Span]] = {}
    for span in sheet.spans:
        spans_of.setdefault(span.row, []).append(span)
    for row, numbers in by_row.items():
        over, below = spans_of[row], spans_of.get(row + 1, [])
        named = [labels[number] for number in numbers]
        if len(named) < _FEWEST_ABREAST or len(over) != len(named) or row + 1 in by_row or not below:
            continue
        if any(sheet.text[label.value : span.end].strip() for label, span in zip(named, over, strict=True)):
            continue
        for number, span in zip(numbers, over, strict=True):
            under = [each for each in below if span.is_over(each)]
            under = under or ([below[numbers.index(number)]] if len(below) == len(over) and not span.grid else [])
            start, until = (under[0].start, under[0].end) if len(under) == 1 else (labels[number].value,) * 2
            labels[number] = replace(labels[number], value=start, until=until, row=row)
    return labels


def _labels_of(text: str, span: Span, table: LabelTable) -> Iterator[Label]:
    start = span.start
    if before := _BEFORE.match(text, start, span.end):
        start = before.end()
    first = _label_at(text, start, span.end, table)
    if first:
        yield first
    value = first.value if first else start
    for colon in _colons(text, value, span.end):
        following = _label_before(text, value, colon, span.end, table)
        if following and _is_complete(text, value, following.start):
            yield following
            value = following.value


def _label_at(text: str, start: int, end: int, table: LabelTable) -> Label | None:
    heading = table.at(text, start, end)
    if heading and (label := _parted(text, heading, start, end)):
        return label
    unknown = _UNKNOWN.match(text, start, end)
    if unknown and not (heading and heading.end == unknown.end() - 1):
        return Label((UNKNOWN,), unknown[0][:-1].strip(), start, unknown.end() - 1, unknown.end(), "colon")
    return None


def _parted(text: str, heading: Heading, start: int, end: int) -> Label | None:
    """Give a heading as a label, where something parts it from what it names."""
    remarks = _REMARKS.match(text, heading.end, end)
    after = remarks.end() if remarks else heading.end
    by = ""
    if colon := _COLON.match(text, after, end):
        after, by = colon.end(), "colon"
    elif not text[after:end].strip(" ."):
        after, by = end, "cell"
    elif dash := _DASH.match(text, after, end):
        after, by = dash.end(), "dash"
    elif _FIGURE_FOLLOWS.match(text, after, end):
        by = "words"
    if by != "colon" and (text[start].islower() or _IS_VALUE.match(heading.words)):
        return None  # a line that goes on in small letters is a sentence's; `Zero Coupon` may be what another names
    return Label(heading.fields, heading.words, start, heading.end, after, by) if by else None


def _colons(text: str, start: int, end: int) -> Iterator[int]:
    place = text.find(":", start, end)
    while place >= 0:
        yield place
        place = text.find(":", place + 1, end)


def _label_before(text: str, start: int, colon: int, end: int, table: LabelTable) -> Label | None:
    """Give the longest label that ends at a colon."""
    earliest = max(start, colon - _LONGEST_NAME)
    for place in range(earliest, colon):
        if text[place].isalnum() and (place == 0 or not text[place - 1].isalnum()):
            heading = table.at(text, place, colon)
            label = _parted(text, heading, place, end) if heading else None
            if label and label.by == "colon" and label.value == colon + 1:
                return label
    return None


def _is_complete(text: str, start: int, end: int) -> bool:
    """Tell whether what stands between two labels ends with a figure, and not with words of the second."""
    between = text[max(start, end - _LONGEST_NAME) : end].rstrip()
    if timed := _TIME.search(between):
        between = between[: timed.start()].rstrip()
    if not between:
        return False
    return not _WORD_BEFORE.search(between) or bool(_VALUE_WORD.search(between))


def pieces(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """Give the cells between two places, the first from there on, up to a blank line."""
    found: list[tuple[int, int]] = []
    row = None
    for index in range(sheet.index_at(start), len(sheet.spans)):
        span = sheet.spans[index]
        if span.start >= end:
            break
        piece = (max(span.start, start), min(span.end, end))
        if not sheet.text[piece[0] : piece[1]].strip(" :;,."):
            continue
        if row is not None and span.row > row + 1:
            break
        row = span.row
        found.append(piece)
    return found
