"""`rules-engine explain`: why, and why not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.answer_rows import fault_told, what
from rules_engine.cli.decide import lines_of
from rules_engine.cli.ending import CommandWrong, did_you_mean, faulty, notice
from rules_engine.cli.opening import MEMORY, opened
from rules_engine.cli.options import AsJson, LedgerUrl, Rules
from rules_engine.cli.page import Page
from rules_engine.desk.recorded_answers import answers_on
from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.intake import lines_in
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.workbench import explaining
from rules_engine.workbench.explaining import (
    CANNOT_BE_TOLD,
    DID_NOT_APPLY,
    MATCHED,
    Explanation,
    RuleTold,
    explanation_to_json,
    take,
)

OptionalEvents = Annotated[
    Path | None,
    typer.Argument(
        metavar="[EVENTS]",
        help="A file of events, one JSON object a line; `-` reads them from standard input.",
        show_default=False,
    ),
]
EventId = Annotated[
    str | None,
    typer.Option("--event", metavar="ID", help="The `event_id` of the event to explain.", show_default=False),
]
RequestId = Annotated[
    str | None,
    typer.Option("--request", metavar="ID", help="The request of the ledger to explain instead.", show_default=False),
]


def explain(
    events: OptionalEvents = None,
    event: EventId = None,
    request: RequestId = None,
    ledger: LedgerUrl = MEMORY,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Tell why an event, or a request, is answered so, and why not otherwise.

    Every rule is listed with its clause: it matched, cannot be told, or by what it missed.

    Events before it in the file are answered first. Nothing is written to the ledger: an event that is
    on it already is explained as things stood when it was answered. With `--request` the last answer on a request of
    the ledger is explained, whatever event brought it; no file of events is needed.
    """
    if request is not None:
        _explain_request(request, ledger, rules, events, event, as_json=as_json)
        return
    if events is None or event is None:
        raise CommandWrong(
            "name a file of events and one of them with --event, or a request of a ledger with --request"
        )
    with lines_of(events) as given, opened(rules, ledger, only_trying=True) as host:
        asked_for, unreadable = _up_to(host, event, lines_in(given), events)
        try:
            explanation = explaining.explain(host, asked_for)
        except EventError as fault:
            notice(fault_told(fault.faults))
            faulty()
        if as_json:
            print(json.dumps(explanation_to_json(explanation)))
        else:
            print_explanation(Page(), explanation)
        if unreadable or host.book.problems:
            faulty()


def _explain_request(
    request: str, ledger: str, rules: list[Path] | None, events: Path | None, event: str | None, *, as_json: bool
) -> None:
    if events is not None or event is not None:
        raise CommandWrong("--request explains what a ledger has of a request: leave out the events and --event")
    if ledger == MEMORY:
        raise CommandWrong("--request needs the ledger that the request is on: name it with --ledger")
    with opened(rules, ledger, only_trying=True) as host:
        answers = answers_on(host.ledger, request)
        if not answers:
            raise CommandWrong(f"no request `{request}` is on the ledger")
        last = answers[-1]
        try:
            explanation = explaining.explain(host, last.event, part=last.part)
        except LookupError as fault:
            notice(str(fault))
            faulty()
        if as_json:
            print(json.dumps(explanation_to_json(explanation)))
        else:
            print_explanation(Page(), explanation)
        if host.book.problems:
            faulty()


def _up_to(host: Host, event_id: str, lines: Iterable[bytes], file: Path) -> tuple[Event, int]:
    """Answer the events before one, and give that one and how many lines were no event.

    Raise CommandWrong when it is not among them.
    """
    unreadable, seen = 0, []
    for number, line in enumerate(lines, start=1):
        try:
            event = host.read_event(line)
            if event.event_id == event_id:
                return event, unreadable
            take(host, event)
            seen.append(event.event_id)
        except EventError as fault:
            unreadable += 1
            notice(f"line {number}: {fault_told(fault.faults)}")
    raise CommandWrong(f"no line of {file} is an event `{event_id}`{did_you_mean(event_id, seen)}")


def print_explanation(page: Page, explanation: Explanation) -> None:
    """Print an explanation, the decisive part first."""
    decision = explanation.decision
    received_on = explanation.event.received_on
    page.say(f"event {decision.event_id}: {what(decision)}, received {received_on}", style="bold")
    page.say(f"outcome: {decision.outcome.word}{_money(decision)}")
    for finding in decision.decisive:
        page.say(f"{finding.because} [{finding.cite}]", indent=2)
    decisive = {finding.name for finding in decision.decisive}
    for near in decision.near_misses:
        if near.rule in decisive and near.short_by:
            page.say(f"{near.observed}; needed: {near.required.partition(': ')[2]}; short by {near.short_by}", indent=4)
    if explanation.recorded is not None:
        was = explanation.recorded
        page.say(
            f"on the ledger: {was.outcome.word}, receipt {was.receipt}; "
            "the rules, the note or the calendar read otherwise today, and what follows is today's reading"
        )
    _print_rules(page, "rules that matched", explanation.rules, MATCHED)
    _print_rules(page, "rules that cannot be told", explanation.rules, CANNOT_BE_TOLD)
    _print_rules(page, "rules that did not apply", explanation.rules, DID_NOT_APPLY)
    if explanation.payment:
        page.heading("money and days")
        for sentence in explanation.payment:
            page.say(sentence, indent=2)
    if explanation.again:
        page.heading("decided again because of it")
        for other in explanation.again:
            page.say(f"{other.request_id}: {other.outcome.word}{_money(other)}", indent=2)
    page.heading("rests on")
    page.say(f"rules: {explanation.rule_set or 'none'}; edition {decision.edition or 'none'}", indent=2)
    page.say(f"standing: entry {decision.standing_at} of `{decision.programme}`", indent=2)
    page.say(f"receipt: {decision.receipt}", indent=2)
    if decision.drafts:
        page.say(f"provisional: rests on drafts: {'; '.join(decision.drafts)}", indent=2)


def _print_rules(page: Page, heading: str, rules: Iterable[RuleTold], state: str) -> None:
    told = [rule for rule in rules if rule.state == state]
    if told:
        page.heading(heading)
    for rule in told:
        page.say(f"{rule.rule} ({rule.outcome}) [{rule.cite}]", indent=2)
        if rule.because:
            page.say(rule.because, indent=6)
        if rule.missing:
            page.say(f"missing: {', '.join(rule.missing)}", indent=6)
        for test in rule.tests:
            if state == DID_NOT_APPLY and test.holds is False:
                page.say(f"{test.fact}: {test.observed}; applies when: {test.required}", indent=6)


_SELDOM = ("pended", "taken back")


def _money(decision: Decision) -> str:
    parts = (
        ("requested", decision.requested),
        ("accepted", decision.accepted),
        ("carried over", decision.carried_over),
        ("pended", decision.pended),
        ("taken back", decision.taken_back),
        ("not accepted", decision.not_accepted),
    )
    told = [f"{name} {money}" for name, money in parts if money is not None and (money.cents or name not in _SELDOM)]
    return f" ({', '.join(told)})" if told else ""
