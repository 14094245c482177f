"""The notes of a sheet: their rows under headings or, where there are none, named one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from rules_engine.supplements.aligning import FIELDS
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.headings import HeadingRun, heading_runs
from rules_engine.supplements.labels import LabelTable
from rules_engine.supplements.named import AS_TEXT, OF_THE_SHEET, name_term, named_rows
from rules_engine.supplements.named_values import without_mixed_lines
from rules_engine.supplements.naming import Label, labels_in
from rules_engine.supplements.prose import is_heading_of_prose
from rules_engine.supplements.readings import ReadSupplement, Remark
from rules_engine.supplements.sheet_rows import Row
from rules_engine.supplements.tables import STOP, read_tables


def find_rows(sheet: Sheet, table: LabelTable, supplement: ReadSupplement) -> tuple[list[Label], list[Row]]:
    """Find the names on a sheet, and its notes' rows: under headings or, where there are none, named one by one."""
    runs = list(heading_runs(sheet, table))
    stops = sorted([*(stop.start() for stop in STOP.finditer(sheet.text)), *(run.start for run in runs)])
    labels = without_mixed_lines(sheet, labels_in(sheet, table, stops))
    starts = [run.start for run in runs]
    labels = [label for label in labels if not _is_heading(label, runs, starts)]
    labels = [label for label in labels if not is_heading_of_prose(sheet, label)]
    tables = read_tables(sheet, runs, labels)
    rows, wrong = tables.rows, tables.misshapen
    if rows:
        _name_below(sheet, labels, rows)
    else:
        rows, misnamed = named_rows(sheet, labels)
        wrong = [*wrong, *misnamed]
    for words, place in wrong:
        message = f"`{words}` stands where a CUSIP should, and is none"
        supplement.general_doubts.append(Remark(sheet.line_at(place), message))
    return labels, rows


def _is_heading(label: Label, runs: Sequence[HeadingRun], starts: Sequence[int]) -> bool:
    before = bisect_right(starts, label.start) - 1
    return before >= 0 and label.start < runs[before].end


def _name_below(sheet: Sheet, labels: Iterable[Label], rows: Sequence[Row]) -> None:
    """Give each note of a table what is named below its row; of a single note, wherever it stands."""
    starts = [row.start for row in rows]
    groups = _groups(sheet, rows)
    for label in labels:
        number = 0 if len(rows) == 1 else bisect_right(starts, label.start) - 1
        if not label.is_known or number < 0:
            continue
        together = groups[number]
        if len(together) > 1 and _is_said_of_all(label, together):
            for row in together:
                row.shares |= set(label.fields)
                name_term(sheet, label, [row], [])
        else:
            name_term(sheet, label, [rows[number]], [])


def _groups(sheet: Sheet, rows: Sequence[Row]) -> list[list[Row]]:
    """Give, for each row, the rows that stand directly above it, one a line, and itself."""
    groups: list[list[Row]] = []
    last = -1
    for row in rows:
        line = sheet.span_at(row.cusip.start).row
        groups.append([*groups[-1], row] if groups and line == last + 1 else [row])
        last = line
    return groups


def _is_said_of_all(label: Label, rows: Sequence[Row]) -> bool:
    """Tell whether what is named below rows that nothing parts is said of each: none of them says it itself."""
    names = (set(label.fields) & (FIELDS | AS_TEXT)) - OF_THE_SHEET
    return bool(names) and not any(name in row.figures or name in row.texts for row in rows for name in names)
