"""Steps about a survivor's request: what it says, what comes with it, and when it is received."""

from __future__ import annotations

from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.expecting import WrongScenario
from rules_engine.acceptance.phrases import given, phrase, when

FIELDS = {
    "day of death": "occurred_on",
    "day acquired": "acquired_on",
    "market of purchase": "acquired",
    "owner": "owner_ref",
    "account": "account_ref",
    "trigger": "trigger",
    "position": "position",
    "registration": "registration",
    "relation of the co-owner": "co_owner_is_spouse",
    "share of the deceased": "deceased_share",
    "beneficial interest": "substantially_all_beneficial_interest",
    "ownership at death": "owner_at_death",
    "account the notes stand in": "held_in",
    "capacity of the person asking": "representative",
    "list of papers": "documents",
}
"""The particulars by the names scenarios use, and the event's field for each."""


@given(phrase("a complete request{name:MaybeName} for {principal:Money} of note {cusip:Note}"))
def a_complete_request(rules_desk: Desk, name: str, principal: str, cusip: str) -> None:
    """Take in hand a request of a sole owner's executor, with every paper, for the whole position."""
    rules_desk.prepare_request(name, principal=principal, cusip=cusip)


@given(phrase("it is of the same owner as request {name:Name}"))
def of_the_same_owner(rules_desk: Desk, name: str) -> None:
    """Give the request in hand the owner of an earlier one."""
    request = rules_desk.request
    request["owner_ref"] = rules_desk.request_named(name)["owner_ref"]
    rules_desk.request_named(request["request_id"])


@given(phrase("the owner is {owner:Name}"))
def the_owner(rules_desk: Desk, owner: str) -> None:
    """Say who the deceased owner was, by an opaque reference."""
    rules_desk.request["owner_ref"] = owner


@given(phrase("the notes stand in account {account:Name}"))
def the_account(rules_desk: Desk, account: str) -> None:
    """Say in which account the notes stand, by an opaque reference."""
    rules_desk.request["account_ref"] = account


@given(phrase("request {name:Name} is taken in hand"))
@when(phrase("request {name:Name} is taken in hand"))
def taken_in_hand(rules_desk: Desk, name: str) -> None:
    """Turn to a request made earlier: what the steps that follow send is about it."""
    rules_desk.request_named(name)


@given(phrase("the position is {position:Money}"))
def the_position(rules_desk: Desk, position: str) -> None:
    """Say what was held before the request, where it is not just what is asked for."""
    rules_desk.request["position"] = position


@given(phrase("the owner died on {day:Day}"))
def the_owner_died(rules_desk: Desk, day: str) -> None:
    """Say the day of death."""
    rules_desk.request["occurred_on"] = day


@given(phrase("the owner was adjudicated incompetent on {day:Day}"))
def adjudicated(rules_desk: Desk, day: str) -> None:
    """Let the request rest on a court's finding, not on a death."""
    rules_desk.request.update(trigger="adjudicated incompetent", occurred_on=day)


@given(phrase("the notes were acquired on {day:Day}"))
def acquired(rules_desk: Desk, day: str) -> None:
    """Say since when the owner held the notes."""
    rules_desk.request["acquired_on"] = day


@given(phrase("the request rests on {trigger:Words}"))
def rests_on(rules_desk: Desk, trigger: str) -> None:
    """Let the request rest on something else than a death, in the words of the event."""
    rules_desk.request["trigger"] = trigger


@given(phrase("the notes were bought in the {market:Words}"))
def bought_in(rules_desk: Desk, market: str) -> None:
    """Say whether the notes were bought at issue or from another holder."""
    rules_desk.request["acquired"] = market


@given(phrase("the notes were registered as {registration:Words}"))
def registered(rules_desk: Desk, registration: str) -> None:
    """Say how title was registered, in the words of the event."""
    rules_desk.request["registration"] = registration


@given("the co-owner was the spouse")
def co_owner_was_the_spouse(rules_desk: Desk) -> None:
    """Say that the other owner was married to the deceased."""
    rules_desk.request["co_owner_is_spouse"] = True


@given("the co-owner was not the spouse")
def co_owner_was_not_the_spouse(rules_desk: Desk) -> None:
    """Say that the other owner was not married to the deceased."""
    rules_desk.request["co_owner_is_spouse"] = False


@given(phrase("the share of the deceased was {share:Share}"))
def share_of_the_deceased(rules_desk: Desk, share: str) -> None:
    """Say what part of the position belonged to the deceased."""
    rules_desk.request["deceased_share"] = share


@given("the deceased was entitled to substantially all of the beneficial interest")
def entitled(rules_desk: Desk) -> None:
    """Say that the deceased had the benefit of the notes, though not the title."""
    rules_desk.request["substantially_all_beneficial_interest"] = True


@given("the deceased was entitled to only part of the beneficial interest")
def entitled_in_part(rules_desk: Desk) -> None:
    """Say that others shared the benefit of the notes."""
    rules_desk.request["substantially_all_beneficial_interest"] = False


@given("a paper shows that ownership was signed away before the death")
def signed_away(rules_desk: Desk) -> None:
    """Say that the deceased was not beneficial owner at death, whatever the title says."""
    rules_desk.request["owner_at_death"] = False


@given("the papers leave open who owned the notes at death")
def ownership_in_doubt(rules_desk: Desk) -> None:
    """Say that the papers do not tell whether the deceased was beneficial owner at death."""
    rules_desk.request["owner_at_death"] = "in doubt"


@given("the notes now stand in the estate's account")
def in_the_estates_account(rules_desk: Desk) -> None:
    """Say that the estate holds the notes."""
    rules_desk.request["held_in"] = "estate account"


@given("the notes have been transferred to an heir")
def transferred(rules_desk: Desk) -> None:
    """Say that neither the deceased's account nor the estate's holds the notes."""
    rules_desk.request["held_in"] = "transferred"


@given(phrase("the person asking is {representative:Capacity}"))
def the_person_asking(rules_desk: Desk, representative: str) -> None:
    """Say in what capacity the person asking acts."""
    rules_desk.request["representative"] = representative


@given("the person asking has no capacity to act")
def no_capacity(rules_desk: Desk) -> None:
    """Say that the person asking holds no office at all."""
    rules_desk.request["representative"] = "none"


@given(phrase("{documents:Listed} is missing"))
@given(phrase("{documents:Listed} are missing"))
def papers_missing(rules_desk: Desk, documents: tuple[str, ...]) -> None:
    """Take papers out of the complete request."""
    for document in documents:
        if document not in rules_desk.request["documents"]:
            raise WrongScenario(f"the request has no `{document}` to be missing")
        rules_desk.request["documents"].remove(document)


@given(phrase("{documents:Listed} is enclosed"))
@given(phrase("{documents:Listed} are enclosed"))
def papers_enclosed(rules_desk: Desk, documents: tuple[str, ...]) -> None:
    """Add papers to the request."""
    rules_desk.request["documents"] += documents


@given(phrase("the {said:Words} is not given"))
def not_given(rules_desk: Desk, said: str) -> None:
    """Leave a field out: it is unknown, which is not the same as no."""
    if said not in FIELDS:
        raise WrongScenario(f"`{said}` cannot be left open; these can: {', '.join(FIELDS)}")
    rules_desk.request.pop(FIELDS[said], None)


@given(phrase("the request is received on {day:Day}"))
@when(phrase("the request is received on {day:Day}"))
def the_request_is_received(rules_desk: Desk, day: str) -> None:
    """Send the request in hand."""
    rules_desk.send({**rules_desk.request, "received_on": day})


@given(phrase("request {name:Name} is received on {day:Day}"))
@when(phrase("request {name:Name} is received on {day:Day}"))
def request_is_received(rules_desk: Desk, name: str, day: str) -> None:
    """Send one of several requests."""
    rules_desk.send({**rules_desk.request_named(name), "received_on": day})


@given(phrase("{documents:Listed} arrives on {day:Day}"))
@given(phrase("{documents:Listed} arrive on {day:Day}"))
@when(phrase("{documents:Listed} arrives on {day:Day}"))
@when(phrase("{documents:Listed} arrive on {day:Day}"))
def papers_arrive(rules_desk: Desk, documents: tuple[str, ...], day: str) -> None:
    """Send further papers for the request in hand."""
    rules_desk.send(
        {
            "type": "documents_received",
            "request_id": rules_desk.request["request_id"],
            "documents": list(documents),
            "received_on": day,
        }
    )


@given(phrase("it is told on {day:Day} that the notes were acquired on {acquired_on:Day}"))
@when(phrase("it is told on {day:Day} that the notes were acquired on {acquired_on:Day}"))
def day_acquired_told_later(rules_desk: Desk, day: str, acquired_on: str) -> None:
    """Tell, for the request in hand, since when the notes were held."""
    rules_desk.send(
        {
            "type": "particulars_received",
            "request_id": rules_desk.request["request_id"],
            "acquired_on": acquired_on,
            "received_on": day,
        }
    )


@given(phrase("withdrawal of the request is asked for on {day:Day}"))
@when(phrase("withdrawal of the request is asked for on {day:Day}"))
def withdrawal_asked_for(rules_desk: Desk, day: str) -> None:
    """Ask for the request in hand to be taken back."""
    request_id = rules_desk.request["request_id"]
    rules_desk.send({"type": "withdrawal_requested", "request_id": request_id, "received_on": day})


@when("the same event is received once more")
def received_once_more(rules_desk: Desk) -> None:
    """Send the last event again, under the same id and with the same content."""
    rules_desk.send_again()
