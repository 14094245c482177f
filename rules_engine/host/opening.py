"""From an event to the case it is decided on: its note, its edition of the rules, its request."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rules_engine.clauses import CLAUSES, PAYMENT_DAYS, REDEMPTION, SURVIVORS_OPTION
from rules_engine.clauses.call_terms import with_notice
from rules_engine.dates.calendars import Calendar
from rules_engine.deciding.case import Clause, RequestCase
from rules_engine.deciding.deciding import digests
from rules_engine.deciding.plans import Plan
from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import recorded, referred
from rules_engine.errors import Problem, RuleBookError, RulesEngineError
from rules_engine.host.called import notice_id_used, notice_named
from rules_engine.host.cases import Opened, Prepared, answered_call_opened, call_opened, payment_opened
from rules_engine.host.rates import rate_on_record
from rules_engine.ledger.folding import USED_BEFORE
from rules_engine.model.decisions import Decision, Finding, Outcome
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    DocumentsReceived,
    Event,
    LimitsElected,
    LotteryDrawn,
    OutstandingReported,
    PaymentDue,
    RateReset,
    SurvivorsOptionRequested,
    WithdrawalRequested,
    YearOpened,
)
from rules_engine.model.notes import Note
from rules_engine.model.standing import OPEN_STATES, Request, RequestState, Standing, with_documents
from rules_engine.plugging import Plugins
from rules_engine.rulebook.note_days import terms_for
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Vocabulary

_CLAUSE_OF: dict[type[Event], Clause] = {event: clause for clause in CLAUSES for event in clause.answers}
_DECIDED_AGAIN = frozenset({RequestState.PENDED, RequestState.REFERRED})


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A note's schedule, and the rule set on payment days it was made by."""

    schedule: Schedule
    days: RuleSet


class RuleSource(Protocol):
    """Where notes, rule sets and calendars come from: a rule book, or what a ledger kept of one."""

    @property
    def programmes(self) -> Collection[str]:
        """The programmes there are rules for."""

    def note(self, cusip: str) -> Note | None:
        """Find a note; None when there is none that can be used."""

    def rule_set(self, programme: str, clause: str, issued_on: date) -> RuleSet | None:
        """Find the edition of a clause that a note was sold under; None when there is none that can be used."""

    def calendar(self, code: str) -> Calendar:
        """Find a calendar; raise RuleBookError when there is none that can be used."""

    def problems_of(self, programme: str, clause: str) -> Sequence[Problem]:
        """List the faults that keep a clause out of use."""

    @property
    def faulty_notes(self) -> Mapping[str, Sequence[Problem]]:
        """The faults that keep notes out of use, by CUSIP."""


class CaseOpener:
    """Opens cases on one rule book; each rule set's plan and each note's schedule are made once and kept."""

    def __init__(
        self,
        book: RuleSource,
        plugins: Plugins,
        vocabulary: Vocabulary,
        *,
        with_durable: bool,
        plans: dict[str, Plan] | None = None,
    ) -> None:
        self._book = book
        self._plugins = plugins
        self._vocabulary = vocabulary
        self._with_durable = with_durable
        self._prepared: dict[tuple[str, str], Prepared | Finding] = {}
        self._plans: dict[str, Plan] = {} if plans is None else plans

    def open(self, event: Event, standing: Standing) -> Opened | Finding:
        """Open the case of an event, or give the finding that answers it without rules."""
        match event:
            case LimitsElected() | OutstandingReported() | YearOpened():
                return self._on_record(event)
            case DocumentsReceived() | WithdrawalRequested():
                return self._about_a_request(event, standing)
            case SurvivorsOptionRequested():
                if event.request_id in standing.requests:
                    return request_id_used(event.request_id)
                also = _out_of_order(event, standing)
                return self._request(event, event, standing, on=event.received_on, also=also)
            case CallNoticed() | PaymentDue():
                return self._about_a_note(event, standing)
            case CallRescinded() | LotteryDrawn():
                return self._about_a_notice(event, standing)
            case RateReset():
                found = self.schedule(event.cusip)
                return found if isinstance(found, Finding) else rate_on_record(event, found.schedule, standing)
        raise TypeError(f"no clause answers {event.type}")

    def schedule(self, cusip: str) -> Scheduled | Finding:
        """Give a note's schedule, its call completed with the notice of its prospectus, or why there is none."""
        prepared = self._prepare(cusip, PAYMENT_DAYS)
        if isinstance(prepared, Finding):
            return prepared
        called = self._prepare(cusip, REDEMPTION)
        schedule = prepared.schedule if isinstance(called, Finding) else called.schedule
        return Scheduled(schedule, prepared.days)

    def rests_on(self, event: Event) -> Mapping[str, str]:
        """Name what a fact about a note was held against before it was put on record; nothing for other events."""
        prepared = self._prepare(event.cusip, PAYMENT_DAYS) if isinstance(event, RateReset) else None
        if not isinstance(prepared, Prepared):
            return {}
        return digests(prepared.schedule, prepared.plan.rule_set, prepared.days)

    def open_again(self, event: Event, request: Request, on: date, standing: Standing) -> Opened | Finding:
        """Open the case of a request that another event asks to be answered again, as of a day."""
        return self._request(event, request.event, standing, on=on, earlier=request)

    def repayment_rules_of(self, cusip: str) -> RuleSet | Finding:
        """Give the survivor's option rules a note was sold under, or the finding that says why there are none."""
        prepared = self._prepare(cusip, SURVIVORS_OPTION)
        return prepared if isinstance(prepared, Finding) else prepared.plan.rule_set

    def texts(self, decision: Decision) -> dict[str, str]:
        """Give what stands behind the digests a decision names: rules, note and calendar."""
        plan = self._plans.get(decision.rules_digest)
        prepared = self._prepared.get((decision.cusip, plan.rule_set.clause)) if plan else None
        if not isinstance(prepared, Prepared):
            return {}
        return prepared.texts

    def _about_a_note(self, event: CallNoticed | PaymentDue, standing: Standing) -> Opened | Finding:
        prepared = self._prepare(event.cusip, _CLAUSE_OF[type(event)])
        if isinstance(prepared, Finding):
            return prepared
        if isinstance(event, CallNoticed):
            return notice_id_used(event, standing) or call_opened(prepared, event, standing)
        return payment_opened(prepared, event, standing)

    def _about_a_notice(self, event: CallRescinded | LotteryDrawn, standing: Standing) -> Opened | Finding:
        """Open the case of a rescission or a lottery result, which rests on a notice accepted earlier."""
        notice = notice_named(event, standing)
        if isinstance(notice, Finding):
            return notice
        prepared = self._prepare(notice.cusip, _CLAUSE_OF[type(event)])
        if isinstance(prepared, Finding):
            return prepared
        return answered_call_opened(prepared, event, notice, standing)

    def _request(
        self,
        event: Event,
        asked: SurvivorsOptionRequested,
        standing: Standing,
        *,
        on: date,
        clause: Clause = _CLAUSE_OF[SurvivorsOptionRequested],
        earlier: Request | None = None,
        also: tuple[Finding, ...] = (),
    ) -> Opened | Finding:
        prepared = self._prepare(asked.cusip, clause)
        if isinstance(prepared, Finding):
            return prepared
        case = RequestCase(**prepared.common(event, standing, on), asked=asked, earlier=earlier)
        return prepared.opened(case, also)

    def _about_a_request(self, event: DocumentsReceived | WithdrawalRequested, standing: Standing) -> Opened | Finding:
        """Open the case of papers or a withdrawal, which depends on where the request is in its life."""
        request = standing.requests.get(event.request_id)
        if request is None:
            return referred("request not known", f"No request `{event.request_id}` is on the ledger.")
        if isinstance(event, WithdrawalRequested):
            clause = _CLAUSE_OF[WithdrawalRequested]
            return self._request(event, request.event, standing, on=event.received_on, clause=clause, earlier=request)
        if request.state in _DECIDED_AGAIN:
            asked = with_documents(request.event, event.documents)
            return self._request(event, asked, standing, on=event.received_on, earlier=request)
        if request.state in OPEN_STATES:
            return recorded("papers kept", f"The request is {request.state.value}; the papers are kept with it.")
        return Finding(
            rule="request is finished",
            outcome=Outcome.REJECTED,
            because=f"The request is {request.state.value}; further papers do not open it again.",
            cite="Life of a request",
        )

    def _on_record(self, event: LimitsElected | OutstandingReported | YearOpened) -> Finding:
        if event.programme not in self._book.programmes:
            return referred("programme not known", f"The rule book has no programme `{event.programme}`.")
        match event:
            case LimitsElected():
                return recorded("limits elected", f"The issuer's limits for {event.year} are on record.")
            case OutstandingReported():
                return recorded("outstanding reported", f"The principal outstanding at {event.as_of} is on record.")
        return recorded(
            "year opened", f"What limits kept out before {event.year} is decided again, first tendered first."
        )

    def _prepare(self, cusip: str, clause: Clause) -> Prepared | Finding:
        key = (cusip, clause.name)
        if key not in self._prepared:
            self._prepared[key] = self._made_ready(cusip, clause)
        return self._prepared[key]

    def _made_ready(self, cusip: str, clause: Clause) -> Prepared | Finding:
        note = self._book.note(cusip)
        if note is None:
            return self._no_note(cusip)
        if not self._plugins.programme_declared(note.programme):
            return referred("plugin unavailable", self._plugins.why_not_declared(note.programme))
        found: list[RuleSet] = []
        for name in (clause.name, PAYMENT_DAYS.name):
            rule_set = self._book.rule_set(note.programme, name, note.issue_date)
            if rule_set is None:
                return self._no_rule_set(note, name)
            found.append(rule_set)
        rule_set, days = found
        if clause.name == REDEMPTION.name:
            note = with_notice(note, rule_set)
        terms = terms_for(note, days)
        try:
            schedule = Schedule.of(note, terms, self._book.calendar(str(terms["calendar"])))
        except RuleBookError as fault:
            return referred("calendar cannot be used", f"The calendar cannot be used: {_first(fault.problems)}")
        try:
            plan = self._plan(rule_set)
        except RulesEngineError as fault:
            return referred(
                "rules cannot be matched", f"`{rule_set.name}` cannot be given to the rules engine: {fault}"
            )
        texts = {each.digest: each.text for each in (plan.rule_set, days, schedule.note, schedule.calendar)}
        return Prepared(clause=clause, plan=plan, days=days, schedule=schedule, texts=texts)

    def _plan(self, rule_set: RuleSet) -> Plan:
        if rule_set.digest not in self._plans:
            words = self._vocabulary.clauses[rule_set.clause]
            self._plans[rule_set.digest] = Plan.of(rule_set, words, with_durable=self._with_durable)
        return self._plans[rule_set.digest]

    def _no_note(self, cusip: str) -> Finding:
        if problems := self._book.faulty_notes.get(cusip):
            return referred("note cannot be read", f"The supplement of note {cusip} has a fault: {_first(problems)}")
        return referred("note not known", f"No supplement in the rule book gives a note with CUSIP {cusip}.")

    def _no_rule_set(self, note: Note, clause: str) -> Finding:
        if problems := self._book.problems_of(note.programme, clause):
            because = f"The rules on {clause} of {note.programme} have a fault: {_first(problems)}"
            return referred("rules cannot be read", because)
        because = f"No edition of {note.programme} has rules on {clause} for notes issued on {note.issue_date}."
        return referred("no edition for the note", because)


UNREADY = frozenset(
    {
        "note not known",
        "note cannot be read",
        "plugin unavailable",
        "calendar cannot be used",
        "rules cannot be matched",
        "rules cannot be read",
        "no edition for the note",
        "programme not known",
    }
)
"""Findings that tell of a rule book or plugin as it was, rather than of the event."""


def request_id_used(request_id: str) -> Finding:
    """Give the finding for a request whose id another request has."""
    because = f"Another event already made request `{request_id}`; a new request needs an id of its own."
    return referred(USED_BEFORE, because)


def _out_of_order(event: Event, standing: Standing) -> tuple[Finding, ...]:
    latest = standing.latest_received_on
    if latest is None or event.received_on >= latest:
        return ()
    because = (
        f"The request was received on {event.received_on}, but decisions dated up to {latest} "
        "were made before it came; they stand."
    )
    return (recorded("came after later decisions", because),)


def _first(problems: Sequence[Problem]) -> str:
    """Say the first of some faults in one line."""
    problem = problems[0]
    return f"{problem.file}:{problem.line}:{problem.column}: {problem.message}"
