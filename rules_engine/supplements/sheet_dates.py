"""The dates a sheet gives for its notes, for all of them or, where it gives several, each for the notes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.figures import Figure
from rules_engine.supplements.named_values import named_value
from rules_engine.supplements.naming import Label
from rules_engine.supplements.patterns import shortened
from rules_engine.supplements.readings import NOT_FOUND, Reading, settle, wrong_weekday
from rules_engine.supplements.sheet_rows import Row


@dataclass(slots=True)
class SheetDates:
    """One kind of date: what all notes share, what single notes have of their own, and names that stand unread."""

    shared: Reading
    own: dict[int, Reading] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def for_note(self, number: int) -> Reading:
        """Give the date of a note, by its number on the sheet."""
        return self.own.get(number, self.shared)


def read_sheet_dates(
    sheet: Sheet, name: str, labels: Sequence[Label], rows: Sequence[Row], said: Sequence[Figure] = ()
) -> SheetDates:
    """Read a date that the sheet names; `said` are those that its sentences give."""
    found = SheetDates(Reading(value=None, how=NOT_FOUND))
    given: list[Figure] = [*said]
    for label in labels:
        if name not in label.fields or any(_is_shared_out(row, name, label) for row in rows):
            continue
        value = named_value(sheet, [name], label.value, label.until)
        given += [figure for _, figure in value.figures]
        if value.doubt:
            found.unread.append(value.doubt)
        elif not value.figures and not value.is_blank and label.by != "cell":
            found.unread.append(
                f'after "{label.words}" (line {sheet.line_at(label.start)}) stands "{_said(value.words)}"'
            )
    own = {number: row.figures[name] for number, row in enumerate(rows) if _has_own(row, name)}
    values = {figure.value for figure in given} | {figure.value for figures in own.values() for figure in figures}
    if len(values) > 1:
        _share_out(sheet, found, given, own, rows)
    else:
        everywhere = [*given, *(figure for figures in own.values() for figure in figures)]
        found.shared = _reading(sheet, everywhere)
    return found


def _is_shared_out(row: Row, name: str, label: Label) -> bool:
    """Tell whether notes side by side have each taken their own of what a name names."""
    return row.abreast and any(label.value <= figure.start < label.until for figure in row.figures.get(name, ()))


def _has_own(row: Row, name: str) -> bool:
    """Tell whether a note has a date in its own column or row."""
    return any(row.abreast or row.start <= figure.start < row.until for figure in row.figures.get(name, ()))


def _said(words: str) -> str:
    return shortened(words)


def _share_out(
    sheet: Sheet, found: SheetDates, given: list[Figure], own: dict[int, tuple[Figure, ...]], rows: Sequence[Row]
) -> None:
    """Give each note the date in its own row or, where notes and dates take turns, the one beside it."""
    if len(own) == len(rows):
        found.own = {number: _reading(sheet, [*figures, *given]) for number, figures in own.items()}
        return
    events: list[tuple[int, int | Figure]] = [(row.cusip.start, number) for number, row in enumerate(rows)]
    events += [(figure.start, figure) for figure in given]
    turns = [
        list(turn) for _, turn in groupby(sorted(events, key=_place), key=lambda event: isinstance(event[1], Figure))
    ]
    dates = [_figures(turn) for turn in turns]
    take_turns = all(len({figure.value for figure in each}) <= 1 for each in dates)
    if own or not rows or bool(dates[0]) == bool(dates[-1]) or not take_turns:
        found.shared = _reading(sheet, given or [figure for figures in own.values() for figure in figures])
        return
    for notes, beside in (
        zip(turns[0::2], dates[1::2], strict=True) if not dates[0] else zip(turns[1::2], dates[0::2], strict=True)
    ):
        for _, number in notes:
            if isinstance(number, int):
                found.own[number] = _reading(sheet, beside)


def _figures(turn: Sequence[tuple[int, int | Figure]]) -> list[Figure]:
    return [event for _, event in turn if isinstance(event, Figure)]


def _place(event: tuple[int, object]) -> int:
    return event[0]


def _reading(sheet: Sheet, figures: Sequence[Figure]) -> Reading:
    reading = settle((figure.value, figure.words, sheet.line_at(figure.start)) for figure in figures)
    reading.doubts += wrong_weekday(reading.words)
    return reading
