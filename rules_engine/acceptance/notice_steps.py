"""Steps about what a call rests on, and what follows its notice: lots drawn for a part, the notice taken back."""

from __future__ import annotations

from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.phrases import given, phrase, when


@given(phrase("the note is called because of a {basis:Words} on {day:Day}"))
def called_because_of(rules_desk: Desk, basis: str, day: str) -> None:
    """Say that the call rests on a tax event or a regulatory event, and when that happened."""
    rules_desk.call.update(basis=basis, event_on=day)


@given("the notice is conditional")
def the_notice_is_conditional(rules_desk: Desk) -> None:
    """Say that the redemption depends on a condition."""
    rules_desk.call["conditional"] = True


@given(phrase("a lot of {selected:Money} is drawn on {day:Day} of the position of {position:Money} of {owner:Name}"))
@when(phrase("a lot of {selected:Money} is drawn on {day:Day} of the position of {position:Money} of {owner:Name}"))
def lot_drawn(rules_desk: Desk, selected: str, day: str, position: str, owner: str) -> None:
    """Send what the lottery under the notice in hand redeems of one holder's position."""
    _drawn(rules_desk, selected, day, position, owner_ref=owner)


@given(
    phrase(
        "a lot of {selected:Money} is drawn on {day:Day} of the position of {position:Money} of {owner:Name} "
        "in account {account:Name}"
    )
)
@when(
    phrase(
        "a lot of {selected:Money} is drawn on {day:Day} of the position of {position:Money} of {owner:Name} "
        "in account {account:Name}"
    )
)
def lot_of_an_account_drawn(rules_desk: Desk, selected: str, day: str, position: str, owner: str, account: str) -> None:
    """Send what the lottery under the notice in hand redeems of what stands in one account."""
    _drawn(rules_desk, selected, day, position, owner_ref=owner, account_ref=account)


def _drawn(rules_desk: Desk, selected: str, day: str, position: str, **whose: str) -> None:
    call = rules_desk.call
    event = {"type": "lottery_drawn", "notice_id": call["notice_id"], "cusip": call["cusip"], **whose}
    rules_desk.send({**event, "position": position, "selected": selected, "received_on": day})


@given(phrase("the notice is taken back on {day:Day}"))
@when(phrase("the notice is taken back on {day:Day}"))
def taken_back(rules_desk: Desk, day: str) -> None:
    """Send the rescission of the notice in hand."""
    rules_desk.send({"type": "call_rescinded", "notice_id": rules_desk.call["notice_id"], "received_on": day})
