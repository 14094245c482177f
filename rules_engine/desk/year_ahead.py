"""What may become due when the next year opens: the engine's own answer to `year_opened`, asked and not recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules_engine.desk.day import standings
from rules_engine.host import Host
from rules_engine.model.decisions import Decision
from rules_engine.model.events import YearOpened
from rules_engine.model.money import Money
from rules_engine.standing.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MayBeDue:
    """Principal that waits for a limit, and what becomes of it if its year is opened as things stand now.

    `accepted` of it would be accepted, with `interest` to `due_on`, and cash move on `pay_on`; both days are None where
    nothing would. `waits_for` says what keeps the rest.
    """

    year: int
    programme: str
    cusip: str
    request_id: str
    owner_ref: str
    waiting: Money
    accepted: Money
    due_on: date | None
    pay_on: date | None
    interest: Money | None
    waits_for: str


def may_be_due(host: Host, programme: str | None = None, cusip: str | None = None) -> list[MayBeDue]:
    """List what waits for a limit, in the order of receipt, with what the next year opened would bring."""
    return [
        each for standing in standings(host, programme) for each in _of(host, standing) if cusip in (None, each.cusip)
    ]


def next_year(standing: Standing) -> int | None:
    """Give the year that is opened next for what waits; None where nothing waits."""
    waiting = list(standing.in_queue())
    if not waiting:
        return None
    return max(max(request.kept_out_in for request in waiting), standing.last_opened or 0) + 1


def _of(host: Host, standing: Standing) -> Iterator[MayBeDue]:
    year = next_year(standing)
    if year is None:
        return
    first_day = date(year, 1, 1)
    asked = YearOpened(
        event_id="",
        received_on=max(first_day, min(standing.latest_received_on or first_day, date(year, 12, 31))),
        programme=standing.programme,
        year=year,
    )
    waiting = list(standing.in_queue())
    answers = {each.decision.request_id: each.decision for each in host.decide(asked, standing)[1:]}
    for request in waiting:
        decision = answers.get(request.request_id)
        payment = decision.payment if decision else None
        accepted = decision.accepted if decision and payment else None
        yield MayBeDue(
            year=year,
            programme=standing.programme,
            cusip=request.cusip,
            request_id=request.request_id,
            owner_ref=request.asked.owner_ref or "",
            waiting=request.waiting,
            accepted=accepted or Money.from_cents(0),
            due_on=payment.due_on if payment else None,
            pay_on=payment.pay_on if payment else None,
            interest=payment.interest if payment else None,
            waits_for="" if accepted == request.waiting else _why(decision),
        )


def _why(decision: Decision | None) -> str:
    if decision is None:
        return "it is not decided again by a year opened alone"
    missing = [name for finding in decision.findings for name in finding.missing]
    if missing:
        return f"waits for {', '.join(dict.fromkeys(missing))}"
    told = [finding for finding in decision.findings if finding.at_most is not None] or list(decision.decisive)
    return "; ".join(dict.fromkeys(finding.because for finding in told))
