"""Answers no rule set gives: facts put on record, and cases nobody can decide by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules_engine.deciding.receipt import sealed
from rules_engine.model.canonical import event_to_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, Outcome, Payment, Question
from rules_engine.model.events import Event
from rules_engine.model.money import Money
from rules_engine.standing.standing import Standing

NOTHING = Money.from_cents(0)
LEDGER = "Standing of the programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestsOn:
    """What an answer rests on besides the ledger: the edition of the rules, and digests of what was looked at."""

    edition: str = ""
    rules_digest: str = ""
    days_digest: str = ""
    calendar: str = ""
    calendar_digest: str = ""
    note_digest: str = ""
    cusip: str = ""
    series: str = ""


NOTHING_ELSE = RestsOn()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is answered without asking the rules: findings, the first of them the decisive one, and what follows.

    `requested` is principal that was asked for, of which nothing is accepted; `taken_back` is principal accepted before
    that no longer is. `anew` says that the answer replaces what was accepted before and is not paid.
    """

    findings: tuple[Finding, ...]
    request_id: str = ""
    requested: Money | None = None
    taken_back: Money | None = None
    questions: tuple[Question, ...] = ()
    payment: Payment | None = None
    counts_from: date | None = None
    anew: bool = False


def unruled(event: Event, standing: Standing, said: Said, *, rests_on: RestsOn = NOTHING_ELSE) -> Decision:
    """Answer an event by findings alone; nothing of what was requested is accepted."""
    nothing = None if said.requested is None else NOTHING
    decision = Decision(
        decision_id=f"{standing.programme}#{standing.at + 1}",
        event_id=event.event_id,
        type=event.type,
        outcome=max(finding.outcome for finding in said.findings),
        programme=standing.programme,
        cusip=rests_on.cusip or getattr(event, "cusip", "") or "",
        series=rests_on.series,
        request_id=said.request_id or getattr(event, "request_id", "") or "",
        notice_id=getattr(event, "notice_id", ""),
        requested=said.requested,
        accepted=nothing,
        carried_over=nothing,
        pended=nothing,
        not_accepted=said.requested,
        taken_back=said.taken_back,
        counts_from=said.counts_from,
        anew=said.anew,
        findings=said.findings,
        questions=said.questions,
        payment=said.payment,
        standing_at=standing.at,
        edition=rests_on.edition,
        rules_digest=rests_on.rules_digest,
        days_digest=rests_on.days_digest,
        calendar=rests_on.calendar,
        calendar_digest=rests_on.calendar_digest,
        note_digest=rests_on.note_digest,
    )
    return sealed(decision, event_to_json(event))


def referred(code: Code, because: str) -> Finding:
    """Make the finding of a case a person has to decide."""
    return Finding(code=code, outcome=Outcome.REFERRED, because=because, cite="Rule book")


def recorded(code: Code, because: str) -> Finding:
    """Make the finding of a fact put on record for later."""
    return Finding(code=code, outcome=Outcome.RECORDED, because=because, cite=LEDGER)


def rejected(code: Code, because: str, cite: str = LEDGER) -> Finding:
    """Make the finding of an event that stands against what is on the ledger."""
    return Finding(code=code, outcome=Outcome.REJECTED, because=because, cite=cite)
