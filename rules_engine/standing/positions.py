"""A position: the principal that stands in one account, as reported, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rules_engine.model.events import LotteryDrawn, Particulars, PaymentMade, PaymentReturned, PositionReported
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace

NOTHING = Money.from_cents(0)


class PositionKey(NamedTuple):
    """Whose principal in which note: that of an account where one is named, else of an owner."""

    cusip: str
    account_ref: str
    owner_ref: str


def position_key(
    cusip: str, event: Particulars | LotteryDrawn | PaymentMade | PaymentReturned | PositionReported
) -> PositionKey | None:
    """Give the position an event speaks of; None where it names neither an account nor an owner."""
    if event.account_ref:
        return PositionKey(cusip, event.account_ref, "")
    return PositionKey(cusip, "", event.owner_ref) if event.owner_ref else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an event reported of a position: so much principal, as of a day.

    One that is `firm` was made to say so (`position_reported`) and replaces what was believed, as of its own day; any
    other only tells what nobody had reported yet, as of the moment it came.
    """

    event_id: str
    as_of: date
    principal: Money
    firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Principal paid out of a position (or, less than nothing, come back), by which event, on which day.

    `at` is its place on the ledger.
    """

    event_id: str
    on: date
    principal: Money
    redeemed: bool
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What is believed of a position by what was reported and paid.

    `held` stands there now; None where nobody has reported it. `most` is the most ever reported. `as_of` is the day of
    the report that counts, and `firm` says that it was made on purpose. `repaid` and `redeemed` are what was paid.
    """

    held: Money | None = None
    most: Money = NOTHING
    as_of: date | None = None
    firm: bool = False
    repaid: Money = NOTHING
    redeemed: Money = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a position allows: `held` there, `left` of it once all that others claim is taken off."""

    held: Money
    left: Money


NO_POSITION = Position()
"""What is believed of a position nobody has reported."""


def believed(reports: tuple[Report, ...], moves: tuple[Move, ...]) -> Position:
    """Work out what is believed of a position from all that was reported and paid, in the order it came.

    Of the firm reports the one of the latest day counts, less what was paid on later days; without one the first
    report, less all that was paid.
    """
    firm = [report for report in reports if report.firm]
    counts = max(reversed(firm), key=lambda report: report.as_of) if firm else next(iter(reports), None)
    if counts is None:
        position = NO_POSITION
    else:
        most = max(report.principal for report in reports)
        position = Position(held=counts.principal, most=most, as_of=counts.as_of, firm=counts.firm)
    for move in sorted(moves, key=lambda move: move.at):
        position = moved(position, move)
    return position


def is_held_already(position: Position, move: Move) -> bool:
    """Tell whether the figure believed of a position has taken off already what was paid."""
    return position.firm and position.as_of is not None and move.on <= position.as_of


def moved(position: Position, move: Move) -> Position:
    """Take off what was paid; a firm report of that day or later has taken it off already."""
    held = position.held
    if held is not None and not is_held_already(position, move):
        held = Money.from_cents(max(0, held.cents - move.principal.cents))
    if move.redeemed:
        return replace(position, held=held, redeemed=position.redeemed + move.principal)
    return replace(position, held=held, repaid=position.repaid + move.principal)
