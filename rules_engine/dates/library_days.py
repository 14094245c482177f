"""The days of the library of financial holidays, written out for the calendars that ship: loading it takes long.

What is written out counts for the very version of the library it came from; with any other the library is asked. With
a new version it is written out anew by `python -m rules_engine.dates.library_days`; a test says so until that is done.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "library_days.json"
LIBRARY = "holidays"


def days_of(market: str, first_year: int, last_year: int) -> frozenset[date]:
    """Give the closed days of a market in some years, both included.

    Raise ValueError for a market the library does not know, or years it does not cover.
    """
    written = _written_out()
    known = written["days"].get(_name(market, first_year, last_year))
    if known is None or written["version"] != version(LIBRARY):
        return asked_of_the_library(market, first_year, last_year)
    return frozenset(map(date.fromisoformat, known))


def asked_of_the_library(market: str, first_year: int, last_year: int) -> frozenset[date]:
    """Give the same as the library says now."""
    import holidays  # only where nothing is written out, for it is slow to load

    try:
        found = holidays.financial_holidays(market)
    except NotImplementedError as fault:
        raise ValueError(f"the holidays library knows no market `{market}`") from fault
    if first_year < found.start_year or last_year > found.end_year:
        known = f"{found.start_year} to {found.end_year}"
        raise ValueError(f"the holidays library knows `{market}` for {known}, not {first_year} to {last_year}")
    return frozenset(holidays.financial_holidays(market, years=range(first_year, last_year + 1)))


def written_out(markets: Iterable[tuple[str, int, int]]) -> str:
    """Write the days of some markets out, each in its years, as they are kept."""
    days = {
        _name(*market): sorted(day.isoformat() for day in asked_of_the_library(*market)) for market in sorted(markets)
    }
    return json.dumps({"version": version(LIBRARY), "days": days}, indent=0, separators=(",", ":")) + "\n"


def kept_markets() -> list[tuple[str, int, int]]:
    """List the markets that are written out, with their first and last years."""
    names = (name.split(" ") for name in _written_out()["days"])
    return [(market, int(first_year), int(last_year)) for market, first_year, last_year in names]


@functools.cache
def _written_out() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_bytes())
    return content


def _name(market: str, first_year: int, last_year: int) -> str:
    return f"{market} {first_year} {last_year}"


if __name__ == "__main__":
    FILE.write_text(written_out(kept_markets()))
