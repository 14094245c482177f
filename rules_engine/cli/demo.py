"""`rules-engine demo`: the main job on the seed's two notes, with nothing to prepare."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

import typer

from rules_engine.cli.answers import printed
from rules_engine.cli.decide import answer
from rules_engine.cli.explain import print_explanation
from rules_engine.cli.opening import opened
from rules_engine.cli.page import Page
from rules_engine.cli.schedule import print_timetable
from rules_engine.host.opening import Scheduled
from rules_engine.intake import read_event
from rules_engine.model.events import PaymentDue
from rules_engine.workbench.explaining import explain
from rules_engine.workbench.timetable import timetable

EXPLAINED = "call-a-day-late"
ROWS_SHOWN = 3

NEXT = """\
rules-engine demo --events > events.jsonl                       the events above, to change and try
rules-engine decide events.jsonl                                answer them
rules-engine decide events.jsonl --json                         the same for programs, a line each
rules-engine explain events.jsonl --event certificate-arrives   why, and why not
rules-engine schedule 02006DLG4                                 a note's days and amounts
rules-engine words                                              the words that rules are written in
rules-engine check                                              every fault of a rule book"""

OnlyEvents = Annotated[bool, typer.Option("--events", help="Print the story's events, one a line, and nothing else.")]


def demo(events: OnlyEvents = False) -> None:
    """Show the main job on two notes, with nothing to prepare."""
    story = files("rules_engine.cli").joinpath("story.jsonl").read_bytes()
    if events:
        print(story.decode(), end="")
        return
    page, lines = Page(), story.splitlines()
    told = [read_event(line) for line in lines]
    with opened(None) as host:
        engine = "durable_rules and the plain matcher, which must agree" if host.with_durable else "the plain matcher"
        page.say("Ally Financial Pricing Supplement No. 123: two notes, and what happens to them", style="bold")
        page.say(f"Rules are matched by {engine}. Nothing is kept: the ledger is in memory.")
        for cusip in dict.fromkeys(event.cusip for event in told if isinstance(event, PaymentDue)):
            scheduled = host.schedule(cusip)
            if isinstance(scheduled, Scheduled):
                page.heading("SCHEDULE (its first rows)")
                print_timetable(page, timetable(scheduled), first=ROWS_SHOWN)
        page.heading("EVENTS AND THEIR ANSWERS")
        tally = answer(host, lines, printed(as_json=False))
        page.say(tally.summary)
        page.say(tally.provisional)
        page.heading("ONE ANSWER EXPLAINED")
        print_explanation(page, explain(host, next(event for event in told if event.event_id == EXPLAINED)))
    page.heading("WHERE TO GO NEXT")
    page.say(NEXT, indent=2)
