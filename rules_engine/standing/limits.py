"""What yearly limits count together, and what the issuer elected of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.limits import Covers, Limit
from rules_engine.model.money import Money


class Scope(NamedTuple):
    """What is counted together: the notes of a programme, a series or an issue, or those of one owner."""

    covers: Covers
    name: str = ""


PROGRAMME = Scope(Covers.PROGRAMME)


def scopes_of(asked: SurvivorsOptionRequested, series: str) -> tuple[Scope, ...]:
    """List everything that principal accepted of a request counts for."""
    scopes = (PROGRAMME, Scope(Covers.SERIES, series), Scope(Covers.ISSUE, asked.cusip))
    return scopes if asked.owner_ref is None else (*scopes, Scope(Covers.OWNER, asked.owner_ref))


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """Which limits an issuer said it applies in one year, and the amounts where it allows more."""

    applied: frozenset[Limit]
    amounts: tuple[tuple[Limit, Money], ...] = ()

    def amount(self, limit: Limit) -> Money | None:
        """Give the amount the issuer allows under a limit, where it named one."""
        return dict(self.amounts).get(limit)
