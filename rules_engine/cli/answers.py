"""Printing answers one by one, each as soon as it is there: JSON lines, plain aligned lines, or rows on a terminal."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TextIO

from rules_engine.cli.answer_rows import COLUMNS, FAULTY, WIDTHS, row_of, row_of_fault, row_of_recorded
from rules_engine.cli.page import aligned
from rules_engine.errors import FieldFault
from rules_engine.host.feed import RecordedDecision, recorded_to_json
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.wire import decision_to_json

if TYPE_CHECKING:
    from rich.console import Console

_ROOMY = 120
"""The least width of a terminal on which reasons stand beside the rest of a row, and not below it."""

_OUTCOME, _WHY = 2, 6
_STYLE = {
    Outcome.ACCEPTED.word: "green",
    Outcome.CARRIED_OVER.word: "yellow",
    Outcome.PENDED.word: "yellow",
    Outcome.REJECTED.word: "red",
    Outcome.REFERRED.word: "magenta",
    FAULTY: "bold red",
}


class Printed(Protocol):
    """Where answers go."""

    def decision(self, decision: Decision) -> None:
        """Print one decision."""

    def recorded(self, recorded: RecordedDecision) -> None:
        """Print one decision of the feed, with its number."""

    def fault(self, line: int, faults: Sequence[FieldFault]) -> None:
        """Print, in its place, that a line is no event; lines count from 1."""


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One JSON object a line, in ASCII, so that no setting of a machine can garble it."""

    stream: TextIO

    def decision(self, decision: Decision) -> None:
        """Print one decision."""
        self._line(decision_to_json(decision))

    def recorded(self, recorded: RecordedDecision) -> None:
        """Print one decision of the feed, with its event and its places."""
        self._line(recorded_to_json(recorded))

    def fault(self, line: int, faults: Sequence[FieldFault]) -> None:
        """Print the first fault of a line, and all of them where there are more."""
        told = [{"field": fault.field, "message": fault.message} for fault in faults]
        self._line({"line": line, "error": told[0]} | ({"errors": told} if len(told) > 1 else {}))

    def _line(self, content: object) -> None:
        self.stream.write(f"{json.dumps(content)}\n")
        self.stream.flush()


class PlainRows:
    """Aligned text; a column grows when something longer comes, and nothing is cut off."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._widths = list(WIDTHS)
        self._row([column.heading for column in COLUMNS])

    def decision(self, decision: Decision) -> None:
        """Print one decision."""
        self._row(row_of(decision))

    def recorded(self, recorded: RecordedDecision) -> None:
        """Print one decision of the feed."""
        self._row(row_of_recorded(recorded))

    def fault(self, line: int, faults: Sequence[FieldFault]) -> None:
        """Print every fault of a line."""
        self._row(row_of_fault(line, faults))

    def _row(self, cells: Sequence[str]) -> None:
        self._widths[:_WHY] = map(max, self._widths[:_WHY], map(len, cells))
        self._stream.write(f"{aligned(COLUMNS, self._widths, cells)}\n")
        self._stream.flush()


class TerminalRows:
    """Rows laid out to the width of a terminal, outcomes in colour."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._has_header = False

    def decision(self, decision: Decision) -> None:
        """Print one decision."""
        self._row(row_of(decision))

    def recorded(self, recorded: RecordedDecision) -> None:
        """Print one decision of the feed."""
        self._row(row_of_recorded(recorded))

    def fault(self, line: int, faults: Sequence[FieldFault]) -> None:
        """Print every fault of a line."""
        self._row(row_of_fault(line, faults))

    def _row(self, cells: Sequence[str]) -> None:
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        roomy = self._console.width >= _ROOMY
        shown = COLUMNS if roomy else COLUMNS[:_WHY]
        table = Table(box=None, expand=True, pad_edge=False, padding=(0, 1), show_header=not self._has_header)
        for place, column in enumerate(shown):
            # every row is a table of its own, so widths follow from the terminal and never from contents
            table.add_column(
                column.heading,
                width=None if place in (0, 1, _WHY) else WIDTHS[place],
                ratio={0: 2, 1: 3, _WHY: 5}.get(place),
                justify="right" if column.is_amount else "left",
                overflow="fold",
                header_style="dim",
            )
        styles = [_STYLE.get(cell, "") if place == _OUTCOME else "" for place, cell in enumerate(cells)]
        texts = [Text(cell, style=style) for cell, style in zip(cells, styles, strict=True)]
        table.add_row(*texts[: len(shown)])
        self._has_header = True
        self._console.print(table)
        if not roomy:
            self._console.print(Padding(texts[_WHY], (0, 0, 0, 4)))


@dataclass(slots=True)
class Tally:
    """What was answered so far: how many lines, by outcome, how many faulty, and on which drafts."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    faulty: int = 0
    drafts: dict[str, None] = field(default_factory=dict)

    def count(self, decision: Decision) -> None:
        """Count one decision."""
        self.outcomes[decision.outcome] += 1
        self.drafts |= dict.fromkeys(decision.drafts)

    @property
    def summary(self) -> str:
        """Say it in one line."""
        total = self.outcomes.total()
        told = ", ".join(f"{self.outcomes[outcome]} {outcome.word}" for outcome in Outcome if self.outcomes[outcome])
        answers = f"{total:,} answer{'' if total == 1 else 's'}" + (f": {told}" if told else "")
        if not self.faulty:
            return answers
        return f"{answers}; {self.faulty:,} line{'' if self.faulty == 1 else 's'} faulty"

    @property
    def provisional(self) -> str:
        """Say on which drafts answers rest; empty when on none."""
        return f"provisional: rests on drafts: {'; '.join(self.drafts)}" if self.drafts else ""


def printed(*, as_json: bool) -> Printed:
    """Choose how answers are printed on standard output."""
    if as_json:
        return JsonLines(sys.stdout)
    from rich.console import Console  # only here, as below: it takes as long to load as a rule book to be read

    console = Console(file=sys.stdout, highlight=False, emoji=False)
    return TerminalRows(console) if console.is_terminal else PlainRows(sys.stdout)
