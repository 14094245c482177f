"""Steps about payments: what is due by the ledger, what was paid of it, what came back."""

from __future__ import annotations

from rules_engine.acceptance.answer_steps import payment_of
from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.phrases import given, phrase, then, when


@when(phrase("it is asked on {day:Day} what is due to survivors of note {cusip:Note} on {due_on:Day}"))
@given(phrase("it is asked on {day:Day} what is due to survivors of note {cusip:Note} on {due_on:Day}"))
def what_is_due(rules_desk: Desk, day: str, cusip: str, due_on: str) -> None:
    """Ask the ledger which requests are due to be repaid on a day, and how much each."""
    rules_desk.send({"type": "payment_due", "kind": "repayment", "cusip": cusip, "due_on": due_on, "received_on": day})


@when(phrase("it is asked on {day:Day} what is due to request {name:Name} on {due_on:Day}"))
def what_is_due_to(rules_desk: Desk, day: str, name: str, due_on: str) -> None:
    """Ask the ledger what one request is due to be repaid on a day."""
    request = rules_desk.request_named(name)
    rules_desk.send(
        {
            "type": "payment_due",
            "kind": "repayment",
            "cusip": request["cusip"],
            "request_id": name,
            "due_on": due_on,
            "received_on": day,
        }
    )


@given(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day}"))
@when(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day}"))
def repaid(rules_desk: Desk, name: str, principal: str, due_on: str) -> None:
    """Report that principal of a request was paid, on the day it was due."""
    repaid_later(rules_desk, name, principal, due_on, due_on)


@given(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day} only on {day:Day}"))
@when(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day} only on {day:Day}"))
def repaid_later(rules_desk: Desk, name: str, principal: str, due_on: str, day: str) -> None:
    """Report that principal of a request was paid, on another day than it was due."""
    rules_desk.send(
        {
            "type": "payment_made",
            "kind": "repayment",
            "cusip": rules_desk.request_named(name)["cusip"],
            "request_id": name,
            "principal": principal,
            "due_on": due_on,
            "received_on": day,
        }
    )


@given(phrase("{principal:Money} of what request {name:Name} was paid for {due_on:Day} comes back on {day:Day}"))
@when(phrase("{principal:Money} of what request {name:Name} was paid for {due_on:Day} comes back on {day:Day}"))
def came_back(rules_desk: Desk, principal: str, name: str, due_on: str, day: str) -> None:
    """Report that a payment came back."""
    rules_desk.send(
        {
            "type": "payment_returned",
            "kind": "repayment",
            "cusip": rules_desk.request_named(name)["cusip"],
            "request_id": name,
            "principal": principal,
            "due_on": due_on,
            "because": "the account was closed",
            "received_on": day,
        }
    )


@given(
    phrase("{principal:Money} of the position of {owner:Name} in note {cusip:Note} is redeemed and paid on {day:Day}")
)
@when(
    phrase("{principal:Money} of the position of {owner:Name} in note {cusip:Note} is redeemed and paid on {day:Day}")
)
def position_redeemed(rules_desk: Desk, principal: str, owner: str, cusip: str, day: str) -> None:
    """Report that a lot, or a call of the whole note, was paid for one position."""
    _redeemed(rules_desk, principal, cusip, day, owner_ref=owner)


@given(phrase("note {cusip:Note} is redeemed and paid on {day:Day}"))
@when(phrase("note {cusip:Note} is redeemed and paid on {day:Day}"))
def note_redeemed(rules_desk: Desk, cusip: str, day: str) -> None:
    """Report that the redemption of a whole note was paid."""
    _redeemed(rules_desk, "1000000.00", cusip, day)


def _redeemed(rules_desk: Desk, principal: str, cusip: str, day: str, **whose: str) -> None:
    event = {"type": "payment_made", "kind": "redemption", "cusip": cusip, "principal": principal}
    rules_desk.send({**event, **whose, "due_on": day, "received_on": day})


@given(phrase("note {cusip:Note} matures and is paid on {day:Day}"))
@when(phrase("note {cusip:Note} matures and is paid on {day:Day}"))
def matured(rules_desk: Desk, cusip: str, day: str) -> None:
    """Report that a note was paid at maturity."""
    event = {"type": "payment_made", "kind": "maturity", "cusip": cusip, "principal": "1000000.00"}
    rules_desk.send({**event, "due_on": day, "received_on": day})


@given(phrase("the position of {owner:Name} in note {cusip:Note} is reported as {principal:Money} at {as_of:Day}"))
@when(phrase("the position of {owner:Name} in note {cusip:Note} is reported as {principal:Money} at {as_of:Day}"))
def position_reported(rules_desk: Desk, owner: str, cusip: str, principal: str, as_of: str) -> None:
    """Report what stands in a position at the end of a day."""
    event = {"type": "position_reported", "cusip": cusip, "owner_ref": owner, "principal": principal}
    rules_desk.send({**event, "as_of": as_of, "received_on": as_of})


@then(phrase("{principal:Money} of principal is due"))
def principal_due(rules_desk: Desk, principal: str) -> None:
    """Hold the principal of the payment against the one expected."""
    found = payment_of(rules_desk.answer).principal
    assert found is not None, "the principal is not known: the whole note is called"
    assert found.wire == principal, f"{found} of principal is due"


@then(phrase("request {name:Name} is due {principal:Money} of it"))
def part_due(rules_desk: Desk, name: str, principal: str) -> None:
    """Hold what one request is due of a payment against what is expected."""
    parts = {part.request_id: part.principal.wire for part in payment_of(rules_desk.answer).parts}
    assert parts.get(name) == principal, f"due are: {parts}"
