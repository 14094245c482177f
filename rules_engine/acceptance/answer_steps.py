"""Steps about an answer: its outcome, its findings, its money, and what it waits for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.expecting import NotAsExpected, WrongScenario
from rules_engine.acceptance.phrases import phrase, then

if TYPE_CHECKING:
    from rules_engine.model.decisions import Decision, Finding, Payment
    from rules_engine.model.money import Money

ACCUSING = ("fraud", "forge", "crim", "suspic", "deceit", "dishonest", "illegal")
"""The beginnings of words that no answer may use: it applies terms, and judges nobody."""

PARTS: Mapping[str, Callable[[Decision], Money | None]] = {
    "accepted": lambda answer: answer.accepted,
    "carried over": lambda answer: answer.carried_over,
    "pended": lambda answer: answer.pended,
    "taken back": lambda answer: answer.taken_back,
    "not accepted": lambda answer: answer.not_accepted,
}
"""The parts an answer divides the principal into, and what it takes back of what was accepted before."""


@then(phrase("it is {outcome:Outcome}"))
def it_is(rules_desk: Desk, outcome: str) -> None:
    """Hold the outcome against the one expected."""
    answer = rules_desk.answer
    if answer.outcome.word != outcome:
        raise NotAsExpected(f"it is {answer.outcome.word}, not {outcome}")


@then(phrase("request {name:Name} is answered again"))
def answered_again(rules_desk: Desk, name: str) -> None:
    """Turn to the answer which the last event gave to an earlier request; the steps that follow speak of it."""
    rules_desk.look_at(name)


@then(phrase("the requests answered again are {names}"))
def answered_again_in_order(rules_desk: Desk, names: str) -> None:
    """Hold the requests that the last event answered again, and their order, against those expected, or `none`."""
    again = ", then ".join(f'"{answer.request_id}"' for answer in rules_desk.answers[1:]) or "none"
    if again != names:
        raise NotAsExpected(f"answered again are: {again}")


@then(phrase("request {name:Name} stands accepted for {amount:Money}"))
def stands_accepted_for(rules_desk: Desk, name: str, amount: str) -> None:
    """Add up what all answers on a request accepted, less what they took back, and hold it against what is expected."""
    answers = [answer for answer in rules_desk.every_answer if answer.request_id == name]
    if not answers:
        raise NotAsExpected(f"no answer is on request `{name}`")
    parts = [(answer.accepted, answer.taken_back) for answer in answers]
    cents = sum((accepted.cents if accepted else 0) - (back.cents if back else 0) for accepted, back in parts)
    found = f"{cents // 100}.{cents % 100:02}"
    if found != amount:
        raise NotAsExpected(f"request `{name}` stands accepted for ${found}, not ${amount}")


@then("no request is answered again")
def none_answered_again(rules_desk: Desk) -> None:
    """Require that the last event left every request as it stood."""
    again = [answer.request_id for answer in rules_desk.answers[1:]]
    if again:
        raise NotAsExpected(f"answered again are: {', '.join(again)}")


@then("it gives the same answer as before")
def same_answer(rules_desk: Desk) -> None:
    """Require that the last two events have the same answers, receipts included."""
    if rules_desk.answers != rules_desk.answers_before:
        raise NotAsExpected("the answers are not the same")


@then(phrase("{amount:Money} is {part:Part}"))
def so_much_is(rules_desk: Desk, amount: str, part: str) -> None:
    """Hold one part of the principal against the one expected."""
    answer = rules_desk.answer
    money = PARTS[part](answer)
    if _wire(money) != amount:
        raise NotAsExpected(f"{money} is {part}, not ${amount}")


@then(phrase("{amount:Money} is paid on {day:Day}"))
def paid(rules_desk: Desk, amount: str, day: str) -> None:
    """Hold the whole payment and the day cash moves against those expected."""
    payment = payment_of(rules_desk.answer)
    if payment.total is None:
        raise NotAsExpected("the payment has no total: the whole note is called")
    if (payment.total.wire, payment.pay_on.isoformat()) != (amount, day):
        raise NotAsExpected(f"{payment.total} is paid on {payment.pay_on}, not ${amount} on {day}")


@then(phrase("{amount:Money} is paid for each $1,000 on {day:Day}"))
def paid_per_1000(rules_desk: Desk, amount: str, day: str) -> None:
    """Hold what each $1,000 of a whole note is paid against what is expected."""
    payment = payment_of(rules_desk.answer)
    if payment.per_1000 is None:
        raise NotAsExpected("the payment has a total: a part of the note is called")
    total = payment.per_1000[1]
    if (total.wire, payment.pay_on.isoformat()) != (amount, day):
        raise NotAsExpected(f"{total} is paid on {payment.pay_on}")


@then(phrase("{amount:Money} of it is interest"))
def interest(rules_desk: Desk, amount: str) -> None:
    """Hold the interest in the payment against the one expected."""
    found = payment_of(rules_desk.answer).interest
    if _wire(found) != amount:
        raise NotAsExpected(f"{found} of it is interest, not ${amount}")


@then(phrase("the payment is due on {day:Day}"))
def due(rules_desk: Desk, day: str) -> None:
    """Hold the scheduled day against the one expected, before any move for a holiday."""
    found = payment_of(rules_desk.answer).due_on.isoformat()
    if found != day:
        raise NotAsExpected(f"the payment is due on {found}, not {day}")


@then("the issuer may choose to purchase the note instead")
def may_purchase(rules_desk: Desk) -> None:
    """Require that repaying is not the only way the issuer may settle."""
    found = payment_of(rules_desk.answer).settlement
    if found != "repay or repurchase":
        raise NotAsExpected(f"the settlement is `{found}`")


@then("nothing is paid")
def nothing_paid(rules_desk: Desk) -> None:
    """Require that no money moves."""
    payment = rules_desk.answer.payment
    if payment is not None:
        raise NotAsExpected(f"{payment.total or payment.per_1000} is paid on {payment.pay_on}")


@then(phrase("{rule:Name} is found"))
def found(rules_desk: Desk, rule: str) -> None:
    """Require that a rule spoke."""
    _finding(rules_desk.answer, rule)


@then(phrase("{rule:Name} is found, because {because:Name}"))
def found_because(rules_desk: Desk, rule: str, because: str) -> None:
    """Require that a rule spoke, and hold its reason against the one expected."""
    _hold_reason(rules_desk.answer, rule, because)


@then(phrase("{rule:Name} is found, because:"))
def found_because_at_length(rules_desk: Desk, rule: str, docstring: str) -> None:
    """Do the same for a reason that takes more than a line."""
    _hold_reason(rules_desk.answer, rule, " ".join(docstring.split()))


@then(phrase("{rule:Name} is not found"))
def not_found(rules_desk: Desk, rule: str) -> None:
    """Require that a rule did not speak."""
    answer = rules_desk.answer
    if rule in [finding.name for finding in answer.findings]:
        raise NotAsExpected(f"`{rule}` is found")


@then("these are found, each with its clause:")
def these_found(rules_desk: Desk, datatable: list[list[str]]) -> None:
    """Hold everything that stands against the event, and where it is written, against a table."""
    heading, *expected = datatable
    if heading != ["found", "clause"]:
        raise WrongScenario("the table has two columns: found, clause")
    against = [[finding.name, finding.cite] for finding in _against(rules_desk.answer)]
    if sorted(against) != sorted(expected):
        raise NotAsExpected(f"found are: {against}")


@then("nothing stands against it")
def nothing_against(rules_desk: Desk) -> None:
    """Require that every rule that spoke, accepts."""
    answer = rules_desk.answer
    if _against(answer):
        raise NotAsExpected("something stands against it")


@then(phrase("the near miss says {by:Name}"))
def near_miss_says(rules_desk: Desk, by: str) -> None:
    """Hold by how much the first near miss was missed against what is expected."""
    answer = rules_desk.answer
    if not answer.near_misses:
        raise NotAsExpected("nothing was nearly missed")
    near = answer.near_misses[0]
    if near.short_by != by:
        raise NotAsExpected(f"`{near.rule}` was missed by {near.short_by or 'no measure'}")


@then(phrase("{rule:Name} was missed by {by:Name}"))
def missed_by(rules_desk: Desk, rule: str, by: str) -> None:
    """Require that a rule is among the near misses, and hold by how much against what is expected."""
    found = {near.rule: near.short_by for near in rules_desk.answer.near_misses}
    if found.get(rule) != by:
        raise NotAsExpected(f"near misses are: {found}")


@then(phrase("it waits for {missing:Name}"))
def waits_for(rules_desk: Desk, missing: str) -> None:
    """Require that the answer names something it waits for."""
    answer = rules_desk.answer
    if missing not in _missing(answer):
        raise NotAsExpected(f"it waits for {_missing(answer) or 'nothing'}")


@then(phrase("it waits only for {missing:Name}"))
def waits_only_for(rules_desk: Desk, missing: str) -> None:
    """Require that the answer names one thing it waits for, and nothing else."""
    answer = rules_desk.answer
    if _missing(answer) != [missing]:
        raise NotAsExpected(f"it waits for {_missing(answer) or 'nothing'}")


@then("it is provisional, for these are drafts:")
def provisional(rules_desk: Desk, datatable: list[list[str]]) -> None:
    """Hold the drafts that the answer says it rests on against a table of rule sets."""
    answer = rules_desk.answer
    if not answer.provisional:
        raise NotAsExpected("it is not provisional")
    if sorted([name] for name in answer.drafts) != sorted(datatable):
        raise NotAsExpected(f"the drafts are: {answer.drafts}")


@then("it accuses nobody")
def accuses_nobody(rules_desk: Desk) -> None:
    """Require that no word of the answer accuses anyone of anything."""
    from rules_engine.model.wire import decision_to_json  # only here: most runs never come to a scenario

    said = json.dumps(decision_to_json(rules_desk.answer)).lower()
    words = [word for word in ACCUSING if word in said]
    if words:
        raise NotAsExpected(f"it says `{words[0]}`: {said}")


def _wire(money: Money | None) -> str:
    return "" if money is None else money.wire


def payment_of(answer: Decision) -> Payment:
    """Give the payment of an answer; an answer without one fails the scenario."""
    if answer.payment is None:
        raise NotAsExpected("nothing is paid")
    return answer.payment


def _finding(answer: Decision, rule: str) -> Finding:
    named = [finding for finding in answer.findings if finding.name == rule]
    if not named:
        raise NotAsExpected(f"`{rule}` is not found")
    return named[0]


def _hold_reason(answer: Decision, rule: str, because: str) -> None:
    finding = _finding(answer, rule)
    if finding.because != because:
        raise NotAsExpected(f"`{rule}` is found because: {finding.because}")


def _against(answer: Decision) -> list[Finding]:
    return [finding for finding in answer.findings if finding.outcome.word not in ("recorded", "entitled", "accepted")]


def _missing(answer: Decision) -> list[str]:
    return list(dict.fromkeys(name for finding in answer.findings for name in finding.missing))
