"""Steps about people: a person's decision, a waiver of the issuer, an event taken back, and what is in question."""

from __future__ import annotations

from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.expecting import NotAsExpected, WrongScenario
from rules_engine.acceptance.phrases import given, phrase, then, when
from rules_engine.acceptance.request_steps import FIELDS

_WHO = {"decided_by": "desk-7", "because": "looked at the papers"}


@given(phrase("a person lets the request go on, on {day:Day}"))
@when(phrase("a person lets the request go on, on {day:Day}"))
def goes_on(rules_desk: Desk, day: str) -> None:
    """Close the questions of the request in hand, and let it go on as it stands."""
    _decided(rules_desk, day, answer="go on")


@given(phrase("a person decides on {day:Day} that the {said:Words} is {value}"))
@when(phrase("a person decides on {day:Day} that the {said:Words} is {value}"))
def goes_on_with(rules_desk: Desk, day: str, said: str, value: str) -> None:
    """Close the questions of the request in hand, and say how one particular stands from now on."""
    if said not in FIELDS:
        raise WrongScenario(f"`{said}` is no particular; these are: {', '.join(FIELDS)}")
    _decided(rules_desk, day, answer="go on", **{FIELDS[said]: as_the_event_has_it(value)})


@given(phrase("a person lets the request go on, on {day:Day}, with:"))
@when(phrase("a person lets the request go on, on {day:Day}, with:"))
def goes_on_with_several(rules_desk: Desk, day: str, datatable: list[list[str]]) -> None:
    """Close the questions of the request in hand, and say by a table how several particulars stand from now on."""
    _decided(rules_desk, day, answer="go on", **_particulars(datatable))


@given(phrase("a person rejects the request on {day:Day}"))
@when(phrase("a person rejects the request on {day:Day}"))
def rejects(rules_desk: Desk, day: str) -> None:
    """End the request in hand."""
    _decided(rules_desk, day, answer="reject")


def as_the_event_has_it(value: str) -> str | bool:
    """Read a particular as a feature writes it: yes and no are true and false, an amount loses its sign."""
    if value in ("yes", "no"):
        return value == "yes"
    return value.removeprefix("$").replace(",", "") if value.startswith("$") else value


def _particulars(datatable: list[list[str]]) -> dict[str, str | bool]:
    """Read a table of particulars and their values; the name of one that there is not fails the scenario."""
    unknown = [said for said, _ in datatable if said not in FIELDS]
    if unknown:
        raise WrongScenario(f"`{unknown[0]}` is no particular; these are: {', '.join(FIELDS)}")
    return {FIELDS[said]: as_the_event_has_it(value) for said, value in datatable}


def _decided(rules_desk: Desk, day: str, **said: str | bool) -> None:
    event = {"type": "person_decided", "request_id": rules_desk.request["request_id"], **_WHO}
    rules_desk.send({**event, **said, "received_on": day})


@given(phrase("it is reported on {day:Day} that the {said:Words} is {value}"))
@when(phrase("it is reported on {day:Day} that the {said:Words} is {value}"))
def particular_reported(rules_desk: Desk, day: str, said: str, value: str) -> None:
    """Report one particular of the request in hand."""
    if said not in FIELDS:
        raise WrongScenario(f"`{said}` is no particular; these are: {', '.join(FIELDS)}")
    event = {"type": "particulars_received", "request_id": rules_desk.request["request_id"]}
    rules_desk.send({**event, FIELDS[said]: as_the_event_has_it(value), "received_on": day})


@given(phrase("it is reported on {day:Day}, of the request:"))
@when(phrase("it is reported on {day:Day}, of the request:"))
def particulars_reported(rules_desk: Desk, day: str, datatable: list[list[str]]) -> None:
    """Report several particulars of the request in hand in one event, by a table."""
    event = {"type": "particulars_received", "request_id": rules_desk.request["request_id"]}
    rules_desk.send({**event, **_particulars(datatable), "received_on": day})


@given(phrase("the issuer waives {rule:Name} for the request on {day:Day}"))
@when(phrase("the issuer waives {rule:Name} for the request on {day:Day}"))
def waives(rules_desk: Desk, rule: str, day: str) -> None:
    """Lift one rule for the request in hand."""
    _waived(rules_desk, day, rule=rule)


@given(phrase("the issuer allows the request {amount:Money} under the {limit:Words} on {day:Day}"))
@when(phrase("the issuer allows the request {amount:Money} under the {limit:Words} on {day:Day}"))
def allows_more(rules_desk: Desk, amount: str, limit: str, day: str) -> None:
    """Allow the request in hand more than a limit."""
    _waived(rules_desk, day, limit=limit, amount=amount)


def _waived(rules_desk: Desk, day: str, **what: str) -> None:
    event = {"type": "issuer_waived", "request_id": rules_desk.request["request_id"]}
    rules_desk.send({**event, **what, "waived_by": "issuer-1", "because": "hardship", "received_on": day})


@given(phrase("event {place:Number} is taken back on {day:Day}"))
@when(phrase("event {place:Number} is taken back on {day:Day}"))
def taken_back(rules_desk: Desk, place: int, day: str) -> None:
    """Void an event of this scenario by its place among those sent."""
    event = {"type": "event_voided", "voids": rules_desk.event_id(place), **_WHO}
    rules_desk.send({**event, "received_on": day})


@given(phrase("the last event is taken back on {day:Day}"))
@when(phrase("the last event is taken back on {day:Day}"))
def last_taken_back(rules_desk: Desk, day: str) -> None:
    """Void the last event of this scenario."""
    event = {"type": "event_voided", "voids": rules_desk.event_id(rules_desk.sent), **_WHO}
    rules_desk.send({**event, "received_on": day})


@given(phrase("the event that made request {name:Name} is taken back on {day:Day}"))
@when(phrase("the event that made request {name:Name} is taken back on {day:Day}"))
def request_taken_back(rules_desk: Desk, name: str, day: str) -> None:
    """Void the event that made a request."""
    event = {"type": "event_voided", "voids": rules_desk.event_of_request(name), **_WHO}
    rules_desk.send({**event, "received_on": day})


@when(phrase("an event that nobody sent is taken back on {day:Day}"))
def unknown_taken_back(rules_desk: Desk, day: str) -> None:
    """Void an event whose id nobody used."""
    rules_desk.send({"type": "event_voided", "voids": "an event that nobody sent", **_WHO, "received_on": day})


@when(phrase("the fault that kept event {place:Number} from being decided is said to be mended on {day:Day}"))
def fault_mended(rules_desk: Desk, place: int, day: str) -> None:
    """Ask for an event to be decided again that a fault of ours kept from being decided."""
    rules_desk.send({"type": "fault_mended", "mends": rules_desk.event_id(place), "received_on": day})


@given(phrase("note {cusip:Note} is declared due on {day:Day}"))
@when(phrase("note {cusip:Note} is declared due on {day:Day}"))
def note_declared_due(rules_desk: Desk, cusip: str, day: str) -> None:
    """Declare one note due after an event of default."""
    rules_desk.send({"type": "notes_accelerated", "cusip": cusip, "declared_on": day, "received_on": day})


@given(phrase("the notes of the programme are declared due on {day:Day}"))
@when(phrase("the notes of the programme are declared due on {day:Day}"))
def declared_due(rules_desk: Desk, day: str) -> None:
    """Declare the notes of the programme due after an event of default."""
    event = {"type": "notes_accelerated", "programme": rules_desk.programme, "declared_on": day}
    rules_desk.send({**event, "received_on": day})


@then(phrase("a person is asked about {what:Name}"))
def asked_about(rules_desk: Desk, what: str) -> None:
    """Require that a question is open: by its code in words, or by the rule that asks."""
    questions = rules_desk.answer.questions
    named = [question.rule or question.code.words for question in questions]
    if what not in named:
        raise NotAsExpected(f"a person is asked about: {', '.join(named) or 'nothing'}")


@then(phrase("a person is asked about the {said:Words}: {first} or {second}"))
def asked_which(rules_desk: Desk, said: str, first: str, second: str) -> None:
    """Require that a question is open about a particular, and hold its values against those expected."""
    questions = {question.field: question.values for question in rules_desk.answer.questions}
    if questions.get(FIELDS[said]) != (first, second):
        raise NotAsExpected(f"a person is asked about: {questions}")


@then(phrase("a person is asked by {rule:Name} about {values:Name}"))
def asked_by(rules_desk: Desk, rule: str, values: str) -> None:
    """Require that a rule asks a person, and hold what it looked at against what is expected."""
    found = {question.rule: " and ".join(question.values) for question in rules_desk.answer.questions if question.rule}
    if found.get(rule) != values:
        raise NotAsExpected(f"rules ask a person about: {found or 'nothing'}")


@then("a person is asked about nothing")
def asked_about_nothing(rules_desk: Desk) -> None:
    """Require that no question is open."""
    questions = rules_desk.answer.questions
    if questions:
        raise NotAsExpected(f"a person is asked about: {[question.code.words for question in questions]}")
