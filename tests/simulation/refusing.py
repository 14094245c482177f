"""The two ways in which an event does not simply take effect."""

from __future__ import annotations

from dataclasses import dataclass

from tests.simulation.expected import LeftOpen

from .expected import NOT_DONE


@dataclass(frozen=True)
class Refusal:
    """The event is answered and changes nothing."""

    outcomes: frozenset[str] | LeftOpen = NOT_DONE
    codes: frozenset[frozenset[str]] = frozenset()
    request_id: str | None = None


class Unsettled(Exception):
    """The texts leave open what follows; from here on nothing is compared."""


class PaidMeanwhile(Unsettled):
    """What was paid is not accepted any more once an event is taken back; the answer on it says so."""

    def __init__(self, request_id: str):
        super().__init__("principal was paid meanwhile that is not accepted any more")
        self.request_id = request_id
