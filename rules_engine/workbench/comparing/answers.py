"""What an answer says that counts in a comparison, small enough to be handed from one process to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How a request, or another event, is answered: the outcome, principal accepted and waiting in cents, day paid.

    `by` names the findings that decide it.
    """

    outcome: str
    accepted: int = 0
    waiting: int = 0
    pays_on: str = ""
    by: tuple[str, ...] = ()


NOT_ANSWERED = Stands(outcome="not answered")


class Told(NamedTuple):
    """One answer: about which request, notice or event, of which programme and note; what it moves, and why.

    `moves` is all of it that moves money or waits, and `reasons` what was found; two answers that are the same in both
    are the same. `year` is the one it counts in.
    """

    name: str
    programme: str
    cusip: str
    stands: Stands
    moves: tuple[Any, ...]
    reasons: tuple[Any, ...]
    year: int


def told(decisions: Iterable[Decision]) -> dict[str, Told]:
    """Tell what decisions on one event say, by the request they are about, or the notice, or the event."""
    found = {}
    for decision in decisions:
        name = decision.request_id or decision.notice_id or decision.event_id
        found[name] = Told(
            name=name,
            programme=decision.programme,
            cusip=decision.cusip,
            stands=_stands(decision),
            moves=_moves(decision),
            reasons=_reasons(decision),
            year=decision.counts_from.year if decision.counts_from else 0,
        )
    return found


def _moves(decision: Decision) -> tuple[Any, ...]:
    payment = decision.payment
    paid: tuple[Any, ...] = ()
    if payment:
        paid = (payment.due_on, payment.pay_on, _cents(payment.principal), payment.price, _cents(payment.total))
    amounts = (decision.accepted, decision.carried_over, decision.pended, decision.not_accepted)
    return (int(decision.outcome), *map(_cents, amounts), paid)


def _reasons(decision: Decision) -> tuple[Any, ...]:
    """Give what was found, and in which words where that decides the answer.

    What is left of a limit that does not bind stands in a sentence too, and is no reason.
    """
    found = tuple((each.name, int(each.outcome)) for each in decision.findings)
    said = tuple((each.because, each.cite, each.missing) for each in decision.decisive if each.at_most is None)
    return (found, said)


def _stands(decision: Decision) -> Stands:
    return Stands(
        outcome=decision.outcome.word,
        accepted=_cents(decision.accepted) or 0,
        waiting=(_cents(decision.carried_over) or 0) + (_cents(decision.pended) or 0),
        pays_on=decision.payment.pay_on.isoformat() if decision.payment else "",
        by=tuple(dict.fromkeys(each.name for each in decision.decisive)),
    )


def _cents(money: Money | None) -> int | None:
    return None if money is None else money.cents


class Relevance:
    """Tells which events belong to programmes that two rule books answer otherwise, from the events alone.

    An event that nothing places is taken: whether it is answered otherwise has to be seen.
    """

    def __init__(self, notes: Mapping[str, bool], programmes: Mapping[str, bool]) -> None:
        self._notes, self._programmes = notes, programmes
        self._named: dict[tuple[str, str], bool] = {}

    def takes(self, event: Event) -> bool:
        """Tell whether an event is to be decided."""
        found = self._placed(event)
        for field in ("request_id", "notice_id", "event_id"):
            name = getattr(event, field, None)
            if name:
                self._named.setdefault((field, name), found)
        return found

    def _placed(self, event: Event) -> bool:
        cusip, programme = getattr(event, "cusip", None), getattr(event, "programme", None)
        if cusip:
            return self._notes.get(cusip, True)
        if programme:
            return self._programmes.get(programme, True)
        for field, of in (("request_id", ""), ("notice_id", ""), ("event_id", "voids"), ("event_id", "mends")):
            name = getattr(event, of or field, None)
            if name and (of or field != "event_id"):
                return self._named.get((field, name), True)
        return True
