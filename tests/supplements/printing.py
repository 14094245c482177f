"""Made-up notes printed in every layout a sheet may have, whole or broken on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import strategies as st

from rules_engine.model.cusips import check_digit

MONTHS = {"monthly": 1, "quarterly": 3, "semi-annual": 6, "annual": 12}
LABELS: dict[str, tuple[str, ...]] = {
    "cusip": ("CUSIP Number", "CUSIP", "CUSIP No."),
    "issue price": ("Selling Price", "Price to Public", "Price to Public(1)", "Issue Price"),
    "gross concession": ("Gross Concession", "Agent's Discount", "Discounts & Commissions"),
    "type": ("Coupon Type", "Interest Rate Type"),
    "coupon": ("Coupon Rate", "Interest Rate", "Interest Rate Per Annum"),
    "frequency": ("Coupon Frequency", "Interest Payment Frequency", "Payment Frequency"),
    "maturity": ("Maturity Date", "Stated Maturity Date", "Maturity"),
    "first coupon date": ("1st Coupon Date", "First Interest Payment Date", "First Payment Date"),
    "first coupon amount": ("1st Coupon Amount", "First Coupon Amount"),
    "survivors option": ("Survivor's Option", "Survivors Option", "Estate Feature"),
    "ranking": ("Product Ranking", "Ranking"),
    "rating": ("Moody's Rating", "S&P Rating", "Fitch Rating"),
    "yield": ("Yield", "Yield to Maturity"),
    "unknown": ("Branch Code", "Desk Reference"),
}
OPTIONS = {
    "survivors option": ("Yes", "No"),
    "frequency": ("Monthly", "Semi-Annual", "Quarterly"),
    "type": ("Fixed Rate", "Floating Rate"),
}
MARKS = (("[X]", "[ ]"), ("[x]", "[_]"), ("\u2612", "\u2610"), ("x", "o"), ("\u00fe", "\u00a8"))


@dataclass(slots=True)
class Facts:
    """What a sheet says: its dates, and for each note the value of every field it prints."""

    trade: date
    issue: date
    notes: list[dict[str, Any]]


@dataclass(slots=True)
class Grid:
    """What is printed: names over columns, and cells; None where a break took one away."""

    keys: list[str]
    labels: list[str | None]
    rows: list[list[str | None]]
    dates: list[tuple[str, str]] = field(default_factory=list)

    def copy(self) -> Grid:
        return Grid([*self.keys], [*self.labels], [[*row] for row in self.rows], [*self.dates])


def add_months(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, day.day)


def thirty_360(start: date, end: date) -> int:
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Make up notes that hold together."""
    trade = date(2010, 1, 4).toordinal() + 7 * draw(st.integers(0, 400))  # a Monday
    traded, issue = date.fromordinal(trade), date.fromordinal(trade + 3)
    notes = []
    for number in range(draw(st.integers(1, 3))):
        frequency = draw(st.sampled_from(["monthly", "quarterly", "semi-annual"]))
        months = MONTHS[frequency]
        first = add_months(date(issue.year, issue.month, 15), months)
        maturity = add_months(first, months * draw(st.integers(3, 40)))
        coupon = Decimal(draw(st.integers(80, 1190))) / 100
        accrued = 1000 * coupon / 100 * thirty_360(issue, first) / 360
        base = (
            f"{draw(st.integers(100, 999))}45{draw(st.sampled_from('ABCDEF'))}{draw(st.sampled_from('GHJK'))}{number}"
        )
        notes.append(
            {
                "cusip": base + str(check_digit(base)),
                "issue price": Decimal(draw(st.sampled_from(["100.000", "100", "99.875", "101.25"]))),
                "gross concession": Decimal(draw(st.sampled_from(["0.425", "1.000", "1.25", "2.500"]))),
                "type": "fixed",
                "coupon": coupon,
                "frequency": frequency,
                "maturity": maturity,
                "first coupon date": first,
                "first coupon amount": accrued.quantize(Decimal("0.01"), ROUND_HALF_UP),
                "survivors option": draw(st.booleans()),
            }
        )
    return Facts(traded, issue, notes)


def written(key: str, value: Any, style: dict[str, Any]) -> str:
    """Print one value."""
    match key:
        case "maturity" | "first coupon date":
            return f"{value:%m/%d/%Y}" if style["slashed"] else f"{value:%B} {value.day}, {value.year}"
        case "coupon" | "issue price" | "gross concession":
            return f"{value}%"
        case "first coupon amount":
            return f"${value}"
        case "survivors option":
            return _boxed(key, "Yes" if value else "No", style) if style["boxed"] else ("Yes" if value else "No")
        case "frequency":
            words = {"monthly": "Monthly", "quarterly": "Quarterly", "semi-annual": "Semi-Annual"}[value]
            return _boxed(key, words, style) if style["boxed"] else words
        case "type":
            return _boxed(key, "Fixed Rate", style) if style["boxed"] else "Fixed"
    return str(value)


def _boxed(key: str, ticked: str, style: dict[str, Any]) -> str:
    mark, empty = style["marks"]
    parts = [(mark if each == ticked else empty, each) for each in OPTIONS[key]]
    return " ".join(f"{each} {box}" if style["behind"] else f"{box} {each}" for box, each in parts)


@st.composite
def grids(draw: st.DrawFn, printed: Facts, *, boxed: bool) -> Grid:
    """Print facts into names and cells, in an order and with words of their own."""
    style = {
        "slashed": draw(st.booleans()),
        "boxed": boxed,
        "marks": draw(st.sampled_from(MARKS)),
        "behind": draw(st.booleans()),
    }
    keys = ["cusip", *draw(st.permutations([key for key in printed.notes[0] if key != "cusip"]))]
    keys += draw(st.sampled_from([[], ["ranking"], ["ranking", "rating"], ["rating", "ranking"]]))
    for extra in draw(st.sampled_from([[], [], ["yield"], ["unknown"]])):
        keys.insert(draw(st.integers(1, len(keys))), extra)
    if draw(st.booleans()):
        keys = [key for key in keys if key != "first coupon amount"]
    labels: list[str | None] = [draw(st.sampled_from(LABELS[key])) for key in keys]
    fillers = {"ranking": "Senior Unsecured Notes", "rating": "A2", "yield": "5.015%", "unknown": "4.750%"}
    rows: list[list[str | None]] = [
        [fillers.get(key) or written(key, note[key], style) for key in keys] for note in printed.notes
    ]
    dates = [
        ("Trade Date", f"{printed.trade:%A, %B} {printed.trade.day}, {printed.trade.year}"),
        (
            draw(st.sampled_from(["Settle Date", "Settlement Date", "Issue Date"])),
            f"{printed.issue:%B} {printed.issue.day}, {printed.issue.year}",
        ),
        ("Minimum Denomination/Increments", "$1,000.00/$1,000.00"),
    ]
    return Grid(keys, labels, rows, draw(st.permutations(dates)))


HEAD = "Pricing Supplement No. 177\nRegistration Statement No. 333-123456\n"


def below(grid: Grid, *, separator: str = "\n") -> str:
    lines = [f"{name}: {value}" for name, value in grid.dates]
    return separator.join(["Redemption Information: Non-Callable", *lines]) + "\n"


def _cells(row: list[str | None], *, blank: bool) -> list[str]:
    return ["" if cell is None else cell for cell in row if blank or cell is not None]


def tabs(grid: Grid) -> str:
    lines = ["\t".join(_cells(row, blank=True)) for row in (grid.labels, *grid.rows)]
    return HEAD + "\n".join(lines) + "\n" + below(grid)


def tabs_lost(grid: Grid) -> str:
    lines = ["\t".join(_cells(row, blank=False)) for row in (grid.labels, *grid.rows)]
    return HEAD + "\n".join(lines) + "\n" + below(grid)


def pipes(grid: Grid) -> str:
    lines = [" | ".join(_cells(row, blank=True)) for row in (grid.labels, *grid.rows)]
    return HEAD + "\n".join(lines) + "\n" + below(grid)


def columns(grid: Grid) -> str:
    width = 3 + max(len(cell) for row in (grid.labels, *grid.rows) for cell in _cells(row, blank=True))
    lines = [
        "".join(cell.ljust(width) for cell in _cells(row, blank=True)).rstrip() for row in (grid.labels, *grid.rows)
    ]
    return HEAD + "\n".join(lines) + "\n\n" + below(grid)


def cell_a_line(grid: Grid) -> str:
    cells = [cell for row in (grid.labels, *grid.rows) for cell in _cells(row, blank=False)]
    return HEAD + "\n".join(cells) + "\n" + below(grid)


def piped_cell_a_line(grid: Grid) -> str:
    cells = [cell for row in (grid.labels, *grid.rows) for cell in _cells(row, blank=False)]
    return HEAD + "".join(f"|\n{cell}\n" for cell in cells) + "|\n" + below(grid)


def _html(lines: list[list[str]], grid: Grid) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>\n" for line in lines)
    paragraphs = "".join(f"<p>{line}</p>\n" for line in below(grid).splitlines())
    head = "".join(f"<p>{line}</p>\n" for line in HEAD.splitlines())
    return f"<html><body>{head}<table>{body}</table>{paragraphs}</body></html>"


def web_table(grid: Grid) -> str:
    return _html([_cells(row, blank=True) for row in (grid.labels, *grid.rows)], grid)


def web_side_by_side(grid: Grid) -> str:
    return _html([[cell or "" for cell in line] for line in _turned(grid)], grid)


def _turned(grid: Grid) -> list[list[str | None]]:
    return [[label, *(row[place] for row in grid.rows)] for place, label in enumerate(grid.labels)]


def side_by_side(grid: Grid) -> str:
    lines = [[f"{line[0]}:" if line[0] else "", *(cell or "" for cell in line[1:])] for line in _turned(grid)]
    width = 3 + max(len(cell) for line in lines for cell in line)
    return HEAD + "\n".join("".join(cell.ljust(width) for cell in line).rstrip() for line in lines) + "\n" + below(grid)


def piped_side_by_side(grid: Grid) -> str:
    lines = [
        " | ".join([f"{line[0]}:" if line[0] else "", *(cell or "" for cell in line[1:])]) for line in _turned(grid)
    ]
    return HEAD + "\n".join(lines) + "\n" + below(grid)


def lists_below_names(grid: Grid) -> str:
    lines = [
        cell for line in _turned(grid) for cell in ([f"{line[0]}:"] if line[0] else []) + [c for c in line[1:] if c]
    ]
    return HEAD + "\n".join(lines) + "\n" + below(grid)


def blocks(grid: Grid) -> str:
    text = HEAD
    for row in grid.rows:
        pairs = zip(grid.labels, row, strict=True)
        text += "".join(
            f"{label}: {cell or ''}\n" if label else f"{cell or ''}\n" for label, cell in pairs if label or cell
        )
        text += "Redemption Information: Non-Callable\n\n"
    return text + "".join(f"{name}: {value}\n" for name, value in grid.dates)


LAYOUTS: dict[str, Callable[[Grid], str]] = {
    each.__name__: each
    for each in (
        *(tabs, tabs_lost, pipes, columns, cell_a_line, piped_cell_a_line, web_table, web_side_by_side),
        *(side_by_side, piped_side_by_side, lists_below_names, blocks),
    )
}


@st.composite
def broken(draw: st.DrawFn, grid: Grid, printed: Facts) -> tuple[Grid, Facts]:
    """Break a sheet in one way, and say what it prints then."""
    way = draw(st.sampled_from(["whole", "cells", "names", "columns", "moved", "again", "again otherwise", "marks"]))
    grid = grid.copy()
    told = replace(printed, notes=[{**note} for note in printed.notes])
    places = list(range(1, len(grid.keys)))
    some = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True))
    if way == "cells":
        for place in some:
            grid.rows[draw(st.integers(0, len(grid.rows) - 1))][place] = None
    elif way == "names":
        for place in some:
            grid.labels[place] = None
    elif way == "columns":
        kept = [place for place in range(len(grid.keys)) if place not in some]
        grid.keys = [grid.keys[place] for place in kept]
        grid.labels = [grid.labels[place] for place in kept]
        grid.rows = [[row[place] for place in kept] for row in grid.rows]
    elif way == "moved":
        order = draw(st.permutations(range(len(grid.keys))))
        grid.keys = [grid.keys[place] for place in order]
        grid.labels = [grid.labels[place] for place in order]
        grid.rows = [[row[place] for place in order] for row in grid.rows]
    elif way in ("again", "again otherwise"):
        number = draw(st.integers(0, len(grid.rows) - 1))
        again = [*grid.rows[number]]
        if way == "again otherwise":
            _say_otherwise(draw, grid, again, told.notes[number])
        grid.rows.insert(draw(st.integers(0, len(grid.rows))), again)
    elif way == "marks":
        _move_marks(draw, grid, told)
    return grid, told


def _say_otherwise(draw: st.DrawFn, grid: Grid, row: list[str | None], note: dict[str, Any]) -> None:
    """Print another coupon in a second row of a note: which of them holds nobody can say."""
    row[grid.keys.index("coupon")] = "3.333%"
    note["coupon"] = None


def _boxes(cell: str) -> str:
    return cell.replace("[ ]", "[]")


def _move_marks(draw: st.DrawFn, grid: Grid, told: Facts) -> None:
    """Take marks away, double them, or tick another box."""
    key = draw(st.sampled_from(["survivors option", "frequency"]))
    place = grid.keys.index(key)
    for number, row in enumerate(grid.rows):
        cell = row[place] or ""
        for mark, empty in MARKS:
            if mark in cell.split() and empty.replace(" ", "") in cell.replace(" ", ""):
                taken, put = (mark, empty) if draw(st.booleans()) else (empty, mark)
                row[place] = " ".join(put if word == taken.replace(" ", "") else word for word in _boxes(cell).split())
                told.notes[number][key] = None
                break
