"""Who issues notes, and under which programmes: what a plugin declares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme of retail notes; `code` is the path of its folder in the rule book: `ally/term-notes-a`."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """An issuer and its programmes; `code` is its folder in the rule book."""

    code: str
    name: str
    programmes: tuple[Programme, ...]
