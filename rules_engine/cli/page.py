"""A page of results for a person: laid out for a terminal, or plain aligned text when piped into something else."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; `is_amount` sets its cells to the right."""

    heading: str
    is_amount: bool = False


class Page:
    """Writes to a stream; colour and wrapping only where it is a terminal, and nothing is ever cut off."""

    def __init__(self, console: Console | None = None) -> None:
        from rich.console import Console  # only here, as below: not every command shows a page

        self._console = console or Console(file=sys.stdout, highlight=False, emoji=False)

    @property
    def is_terminal(self) -> bool:
        """Whether somebody looks at it."""
        return self._console.is_terminal

    def heading(self, text: str) -> None:
        """Write a heading, with an empty line before it."""
        self.say("")
        self.say(text, style="bold")

    def say(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Write a paragraph; it is wrapped to the width of a terminal."""
        if self.is_terminal:
            from rich.padding import Padding
            from rich.text import Text

            self._console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))
        else:
            self._plain(textwrap.indent(text, " " * indent))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Write a table whose rows are all known."""
        if self.is_terminal:
            self._console.print(_table(columns, rows))
            return
        lines = [[column.heading for column in columns], *rows]
        widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
        for line in lines:
            self._plain(aligned(columns, widths, line))

    def _plain(self, text: str) -> None:
        self._console.file.write(f"{text}\n")


def aligned(columns: Sequence[Column], widths: Iterable[int], cells: Sequence[str]) -> str:
    """Set one line of a table in columns of these widths; a longer cell is written out all the same."""
    padded = (
        cell.rjust(width) if column.is_amount else cell.ljust(width)
        for column, width, cell in zip(columns, widths, cells, strict=True)
    )
    return GAP.join(padded).rstrip()


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(
            Text(column.heading), justify="right" if column.is_amount else "left", overflow="fold", header_style="dim"
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table
