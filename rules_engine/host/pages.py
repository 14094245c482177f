"""Lists that are read page by page: each page says where the next one begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Cursor = TypeVar("Cursor")

PAGE = 100
"""How many items a page has unless another number is asked for."""

LARGEST_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[T, Cursor]):
    """Some items of a list, in its order.

    `next` is what to give as `after` for the page that follows; where nothing follows yet it stays good, and gives
    what has come since. `is_last` says that nothing followed when the page was read.
    """

    items: tuple[T, ...]
    next: Cursor
    is_last: bool


def check_limit(limit: int) -> None:
    """Raise ValueError unless a page may have so many items."""
    if not 1 <= limit <= LARGEST_PAGE:
        raise ValueError(f"`limit` must be from 1 to {LARGEST_PAGE:,}, not {limit}")
