"""Steps about payments: what is due by the ledger, what was paid of it, what came back."""

from __future__ import annotations

from rules_engine.acceptance.answer_steps import payment_of
from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.expecting import NotAsExpected
from rules_engine.acceptance.phrases import given, phrase, then, when

_BACK = {"type": "payment_returned", "because": "the account was closed"}

# What is due


@given(phrase("it is asked on {day:Day} what is due to survivors of note {cusip:Note} on {due_on:Day}"))
@when(phrase("it is asked on {day:Day} what is due to survivors of note {cusip:Note} on {due_on:Day}"))
def what_is_due(rules_desk: Desk, day: str, cusip: str, due_on: str) -> None:
    """Ask the ledger which requests are due to be repaid on a day, and how much each."""
    _due(rules_desk, day, cusip, due_on)


@when(
    phrase(
        "it is asked on {day:Day} whether {principal:Money} is due to survivors of note {cusip:Note} on {due_on:Day}"
    )
)
def whether_it_is_due(rules_desk: Desk, day: str, principal: str, cusip: str, due_on: str) -> None:
    """Hold a figure for what all requests are due of a note on a day against the ledger."""
    _due(rules_desk, day, cusip, due_on, principal=principal)


@given(phrase("it is asked on {day:Day} what is due to request {name:Name} on {due_on:Day}"))
@when(phrase("it is asked on {day:Day} what is due to request {name:Name} on {due_on:Day}"))
def what_is_due_to(rules_desk: Desk, day: str, name: str, due_on: str) -> None:
    """Ask the ledger what one request is due to be repaid on a day."""
    _due(rules_desk, day, rules_desk.request_named(name)["cusip"], due_on, request_id=name)


@when(phrase("it is asked on {day:Day} whether {principal:Money} is due to request {name:Name} on {due_on:Day}"))
def whether_it_is_due_to(rules_desk: Desk, day: str, principal: str, name: str, due_on: str) -> None:
    """Hold a figure for what one request is due on a day against the ledger."""
    cusip = rules_desk.request_named(name)["cusip"]
    _due(rules_desk, day, cusip, due_on, request_id=name, principal=principal)


@when(phrase("it is asked on {day:Day} what is due to request {name:Name} of note {cusip:Note} on {due_on:Day}"))
def what_is_due_of_note(rules_desk: Desk, day: str, name: str, cusip: str, due_on: str) -> None:
    """Ask the ledger what a request is due of a note, which may be another than the one it asks for."""
    _due(rules_desk, day, cusip, due_on, request_id=name)


def _due(rules_desk: Desk, day: str, cusip: str, due_on: str, **more: str) -> None:
    event = {"type": "payment_due", "kind": "repayment", "cusip": cusip, "due_on": due_on, **more}
    rules_desk.send({**event, "received_on": day})


# What was paid to requests, and came back


@given(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day}"))
@when(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day}"))
def repaid(rules_desk: Desk, name: str, principal: str, due_on: str) -> None:
    """Report that principal of a request was paid, on the day it was due."""
    repaid_later(rules_desk, name, principal, due_on, due_on)


@given(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day} only on {day:Day}"))
@when(phrase("request {name:Name} is repaid {principal:Money} due on {due_on:Day} only on {day:Day}"))
def repaid_later(rules_desk: Desk, name: str, principal: str, due_on: str, day: str) -> None:
    """Report that principal of a request was paid, on another day than it was due."""
    _repaid(rules_desk, name, rules_desk.request_named(name)["cusip"], principal, due_on, day)


@when(phrase("request {name:Name} is repaid {principal:Money} of note {cusip:Note} due on {due_on:Day}"))
def repaid_of_note(rules_desk: Desk, name: str, principal: str, cusip: str, due_on: str) -> None:
    """Report that principal of a note was paid to a request, which may be one for another note."""
    _repaid(rules_desk, name, cusip, principal, due_on, due_on)


def _repaid(rules_desk: Desk, name: str, cusip: str, principal: str, due_on: str, day: str) -> None:
    event = {"type": "payment_made", "kind": "repayment", "cusip": cusip, "request_id": name, "principal": principal}
    rules_desk.send({**event, "due_on": due_on, "received_on": day})


@given(phrase("{principal:Money} of what request {name:Name} was paid for {due_on:Day} comes back on {day:Day}"))
@when(phrase("{principal:Money} of what request {name:Name} was paid for {due_on:Day} comes back on {day:Day}"))
def came_back(rules_desk: Desk, principal: str, name: str, due_on: str, day: str) -> None:
    """Report that a repayment, or part of it, came back."""
    cusip = rules_desk.request_named(name)["cusip"]
    event = {**_BACK, "kind": "repayment", "cusip": cusip, "request_id": name, "principal": principal}
    rules_desk.send({**event, "due_on": due_on, "received_on": day})


# Redemptions and maturities


@given(
    phrase(
        "{principal:Money} of the position of {holder:Holder} in note {cusip:Note} is redeemed and paid on {day:Day}"
    )
)
@when(
    phrase(
        "{principal:Money} of the position of {holder:Holder} in note {cusip:Note} is redeemed and paid on {day:Day}"
    )
)
def position_redeemed(rules_desk: Desk, principal: str, holder: dict[str, str], cusip: str, day: str) -> None:
    """Report that a lot, or a call of the whole note, was paid for one position on the redemption date."""
    position_redeemed_later(rules_desk, principal, holder, cusip, day, day)


@given(
    phrase(
        "{principal:Money} of the position of {holder:Holder} in note {cusip:Note} is redeemed for {due_on:Day} "
        "and paid on {day:Day}"
    )
)
@when(
    phrase(
        "{principal:Money} of the position of {holder:Holder} in note {cusip:Note} is redeemed for {due_on:Day} "
        "and paid on {day:Day}"
    )
)
def position_redeemed_later(
    rules_desk: Desk, principal: str, holder: dict[str, str], cusip: str, due_on: str, day: str
) -> None:
    """Report that a lot, or a call of the whole note, was paid for one position, on whatever day."""
    _redeemed(rules_desk, principal, cusip, due_on, day, **holder)


@given(phrase("note {cusip:Note} is redeemed and paid on {day:Day}"))
@when(phrase("note {cusip:Note} is redeemed and paid on {day:Day}"))
def note_redeemed(rules_desk: Desk, cusip: str, day: str) -> None:
    """Report that the redemption of a whole note was paid on the redemption date."""
    _redeemed(rules_desk, "1000000.00", cusip, day, day)


@given(phrase("note {cusip:Note} is redeemed for {due_on:Day} and paid on {day:Day}"))
@when(phrase("note {cusip:Note} is redeemed for {due_on:Day} and paid on {day:Day}"))
def note_redeemed_later(rules_desk: Desk, cusip: str, due_on: str, day: str) -> None:
    """Report that the redemption of a whole note was paid, on whatever day."""
    _redeemed(rules_desk, "1000000.00", cusip, due_on, day)


@given(phrase("{principal:Money} of note {cusip:Note} is redeemed in all for {due_on:Day} and paid on {day:Day}"))
@when(phrase("{principal:Money} of note {cusip:Note} is redeemed in all for {due_on:Day} and paid on {day:Day}"))
def part_redeemed(rules_desk: Desk, principal: str, cusip: str, due_on: str, day: str) -> None:
    """Report that so much of what a notice called was paid, without saying for which position."""
    _redeemed(rules_desk, principal, cusip, due_on, day)


def _redeemed(rules_desk: Desk, principal: str, cusip: str, due_on: str, day: str, **whose: str) -> None:
    event = {"type": "payment_made", "kind": "redemption", "cusip": cusip, "principal": principal}
    rules_desk.send({**event, **whose, "due_on": due_on, "received_on": day})


@given(
    phrase(
        "{principal:Money} of what was redeemed of the position of {holder:Holder} in note {cusip:Note} "
        "for {due_on:Day} comes back on {day:Day}"
    )
)
@when(
    phrase(
        "{principal:Money} of what was redeemed of the position of {holder:Holder} in note {cusip:Note} "
        "for {due_on:Day} comes back on {day:Day}"
    )
)
def redemption_came_back(
    rules_desk: Desk, principal: str, holder: dict[str, str], cusip: str, due_on: str, day: str
) -> None:
    """Report that a redemption that was paid for one position, or part of it, came back."""
    event = {**_BACK, "kind": "redemption", "cusip": cusip, "principal": principal, **holder}
    rules_desk.send({**event, "due_on": due_on, "received_on": day})


@given(phrase("note {cusip:Note} matures and is paid on {day:Day}"))
@when(phrase("note {cusip:Note} matures and is paid on {day:Day}"))
def matured(rules_desk: Desk, cusip: str, day: str) -> None:
    """Report that a note was paid at maturity, on the day it matured."""
    matured_later(rules_desk, cusip, day, day)


@given(phrase("note {cusip:Note} matures on {due_on:Day} and is paid on {day:Day}"))
@when(phrase("note {cusip:Note} matures on {due_on:Day} and is paid on {day:Day}"))
def matured_later(rules_desk: Desk, cusip: str, due_on: str, day: str) -> None:
    """Report that a note was paid at maturity, on whatever day."""
    event = {"type": "payment_made", "kind": "maturity", "cusip": cusip, "principal": "1000000.00"}
    rules_desk.send({**event, "due_on": due_on, "received_on": day})


# Positions


@given(phrase("the position of {holder:Holder} in note {cusip:Note} is reported as {principal:Money} at {as_of:Day}"))
@when(phrase("the position of {holder:Holder} in note {cusip:Note} is reported as {principal:Money} at {as_of:Day}"))
def position_reported(rules_desk: Desk, holder: dict[str, str], cusip: str, principal: str, as_of: str) -> None:
    """Report what stands in a position at the end of a day, on that day."""
    position_reported_later(rules_desk, holder, cusip, principal, as_of, as_of)


@given(
    phrase(
        "the position of {holder:Holder} in note {cusip:Note} is reported as {principal:Money} at {as_of:Day} "
        "only on {day:Day}"
    )
)
@when(
    phrase(
        "the position of {holder:Holder} in note {cusip:Note} is reported as {principal:Money} at {as_of:Day} "
        "only on {day:Day}"
    )
)
def position_reported_later(
    rules_desk: Desk, holder: dict[str, str], cusip: str, principal: str, as_of: str, day: str
) -> None:
    """Report what stood in a position at the end of an earlier day."""
    event = {"type": "position_reported", "cusip": cusip, **holder, "principal": principal}
    rules_desk.send({**event, "as_of": as_of, "received_on": day})


# What is answered


@then(phrase("{principal:Money} of principal is due"))
def principal_due(rules_desk: Desk, principal: str) -> None:
    """Hold the principal of the payment against the one expected."""
    found = payment_of(rules_desk.answer).principal
    if found is None:
        raise NotAsExpected("the principal is not known: the whole note is called")
    if found.wire != principal:
        raise NotAsExpected(f"{found} of principal is due")


@then(phrase("request {name:Name} is due {principal:Money} of it"))
def part_due(rules_desk: Desk, name: str, principal: str) -> None:
    """Hold the principal that one request is due of a payment against what is expected."""
    parts = {part.request_id: part.principal.wire for part in payment_of(rules_desk.answer).parts}
    if parts.get(name) != principal:
        raise NotAsExpected(f"due are: {parts}")


@then(phrase("request {name:Name} is due {principal:Money} of it, and {interest:Money} of interest"))
def part_due_with_interest(rules_desk: Desk, name: str, principal: str, interest: str) -> None:
    """Hold what one request is due of a payment, principal and interest, against what is expected."""
    parts = {part.request_id: (part.principal.wire, part.interest.wire) for part in payment_of(rules_desk.answer).parts}
    if parts.get(name) != (principal, interest):
        raise NotAsExpected(f"due are: {parts}")


@then(phrase("request {name:Name} is due nothing of it"))
def not_due(rules_desk: Desk, name: str) -> None:
    """Require that a payment leaves a request out."""
    parts = [part.request_id for part in payment_of(rules_desk.answer).parts]
    if name in parts:
        raise NotAsExpected(f"due are: {parts}")
