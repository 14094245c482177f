"""What may not be taken back, and which repayment days stay when an event is."""

from __future__ import annotations

from datetime import date

from .expected import NOT_DONE, Json
from .refusing import PaidMeanwhile, Refusal, Unsettled
from .standing import Acceptance, Claim, Standing


def refuse_void(standing: Standing, event: Json) -> Refusal | None:
    """Refuse to void a request that has been paid."""
    kind = event["type"]
    if kind == "survivors_option_requested":
        claim = standing.claims[event["request_id"]]
        return Refusal(NOT_DONE) if claim.paid else None
    if kind == "year_opened" and event["year"] != standing.last_opened:
        raise Unsettled("a year is taken back that is not the last one opened")
    if kind == "payment_made" and event["kind"] != "repayment":
        raise Unsettled("a redemption or the payment at maturity is taken back")
    if kind == "call_noticed":
        call = standing.calls[event["notice_id"]]
        if call.drawn or call.rescinded or call.cusip in standing.paid_off:
            raise Unsettled("a call is taken back that lots, a rescission or a payment rest on")
    if kind == "lottery_drawn" and any(position.redeemed for position in standing.positions.values()):
        raise Unsettled("a lot is taken back after a redemption was paid")
    if kind == "call_rescinded":
        raise Unsettled("a rescission is taken back")
    return None


def keep_days(old: Standing, new: Standing, today: date, voided: Json) -> None:
    """Let what stood accepted keep its days; what is accepted only now is due on a day still to come."""
    for claim in new.claims.values():
        if claim.ended == "voided":
            continue
        was = old.claims.get(claim.request_id)
        if any(paid < 0 for paid in claim.payments.values()):
            raise Unsettled("a payment is taken back that came back already")
        if claim.paid > claim.accepted and voided["type"].startswith("payment_"):
            raise Unsettled("a return is taken back after principal was paid again")
        if claim.paid > claim.accepted:
            raise PaidMeanwhile(claim.request_id)
        _keep_days(claim, [] if was is None else was.acceptances, today)
        if any(claim.payments[day] > claim.due(day) for day in claim.payments):
            raise Unsettled("principal was paid meanwhile on a day that does not stand any more")


def _keep_days(claim: Claim, before: list[Acceptance], today: date) -> None:
    days = sorted((each.due_on, each.principal) for each in before)
    kept: list[Acceptance] = []
    for each in sorted(claim.acceptances, key=lambda each: (each.year, each.due_on)):
        rest = each.principal
        while rest and days:
            day, principal = days.pop(0)
            taken = min(rest, principal)
            kept.append(Acceptance(each.year, day, taken))
            rest -= taken
            if principal > taken:
                days.insert(0, (day, principal - taken))
        if rest:
            due_on = each.due_on if each.due_on >= today else claim.note.first_interest_from(today)
            if due_on < today:
                raise Unsettled("an event is taken back after maturity")
            kept.append(Acceptance(each.year, due_on, rest))
    claim.acceptances = kept
