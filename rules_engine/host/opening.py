"""From an event to the case it is decided on: its note, its edition of the rules, its request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules_engine.clauses import CLAUSES, PAYMENT_DAYS, REDEMPTION, SURVIVORS_OPTION
from rules_engine.deciding.case import Clause, RequestCase
from rules_engine.deciding.deciding import digests
from rules_engine.deciding.schedule import Schedule
from rules_engine.deciding.unruled import recorded, referred
from rules_engine.host.called import notice_id_used, notice_named
from rules_engine.host.cases import Opened, Prepared, answered_call_opened, call_opened, payment_opened
from rules_engine.host.preparing import Preparing
from rules_engine.host.rates import rate_on_record
from rules_engine.ledger.folding import USED_BEFORE
from rules_engine.model.decisions import Finding, Outcome
from rules_engine.model.events import (
    CallNoticed,
    CallRescinded,
    DocumentsReceived,
    Event,
    LimitsElected,
    LotteryDrawn,
    OutstandingReported,
    ParticularsReceived,
    PaymentDue,
    RateReset,
    SurvivorsOptionRequested,
    WithdrawalRequested,
    YearOpened,
)
from rules_engine.model.standing import (
    DECIDED_AGAIN,
    OPEN_STATES,
    Request,
    Standing,
    with_documents,
    with_particulars,
)
from rules_engine.rulebook.rules import RuleSet

_CLAUSE_OF: dict[type[Event], Clause] = {event: clause for clause in CLAUSES for event in clause.answers}


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A note's schedule, and the rule set on payment days it was made by."""

    schedule: Schedule
    days: RuleSet


class CaseOpener:
    """Opens cases on what is made ready of one rule book."""

    def __init__(self, preparing: Preparing) -> None:
        self._preparing = preparing

    def open(self, event: Event, standing: Standing) -> Opened | Finding:
        """Open the case of an event, or give the finding that answers it without rules."""
        match event:
            case LimitsElected() | OutstandingReported() | YearOpened():
                return self._on_record(event)
            case DocumentsReceived() | ParticularsReceived() | WithdrawalRequested():
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
        prepared = self._preparing.prepare(cusip, PAYMENT_DAYS)
        if isinstance(prepared, Finding):
            return prepared
        called = self._preparing.prepare(cusip, REDEMPTION)
        schedule = prepared.schedule if isinstance(called, Finding) else called.schedule
        return Scheduled(schedule, prepared.days)

    def rests_on(self, event: Event) -> Mapping[str, str]:
        """Name what a fact about a note was held against before it was put on record; nothing for other events."""
        prepared = self._preparing.prepare(event.cusip, PAYMENT_DAYS) if isinstance(event, RateReset) else None
        if not isinstance(prepared, Prepared):
            return {}
        return digests(prepared.schedule, prepared.plan.rule_set, prepared.days)

    def open_again(self, event: Event, request: Request, on: date, standing: Standing) -> Opened | Finding:
        """Open the case of a request that another event asks to be answered again, as of a day."""
        return self._request(event, request.event, standing, on=on, earlier=request)

    def repayment_rules_of(self, cusip: str) -> RuleSet | Finding:
        """Give the survivor's option rules a note was sold under, or the finding that says why there are none."""
        prepared = self._preparing.prepare(cusip, SURVIVORS_OPTION)
        return prepared if isinstance(prepared, Finding) else prepared.plan.rule_set

    def _about_a_note(self, event: CallNoticed | PaymentDue, standing: Standing) -> Opened | Finding:
        prepared = self._preparing.prepare(event.cusip, _CLAUSE_OF[type(event)])
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
        prepared = self._preparing.prepare(notice.cusip, _CLAUSE_OF[type(event)])
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
        prepared = self._preparing.prepare(asked.cusip, clause)
        if isinstance(prepared, Finding):
            return prepared
        case = RequestCase(**prepared.common(event, standing, on), asked=asked, earlier=earlier)
        return prepared.opened(case, also)

    def _about_a_request(
        self, event: DocumentsReceived | ParticularsReceived | WithdrawalRequested, standing: Standing
    ) -> Opened | Finding:
        """Open the case of papers, particulars or a withdrawal, which depends on where the request is in its life."""
        request = standing.requests.get(event.request_id)
        if request is None:
            return referred("request not known", f"No request `{event.request_id}` is on the ledger.")
        if isinstance(event, WithdrawalRequested):
            clause = _CLAUSE_OF[WithdrawalRequested]
            return self._request(event, request.event, standing, on=event.received_on, clause=clause, earlier=request)
        if request.state in DECIDED_AGAIN:
            asked = completed(request.event, event)
            if isinstance(asked, Finding):
                return asked
            return self._request(event, asked, standing, on=event.received_on, earlier=request)
        what = "papers" if isinstance(event, DocumentsReceived) else "particulars"
        if request.state in OPEN_STATES:
            return recorded(f"{what} kept", f"The request is {request.state.value}; the {what} are kept with it.")
        return Finding(
            rule="request is finished",
            outcome=Outcome.REJECTED,
            because=f"The request is {request.state.value}; further {what} do not open it again.",
            cite="Life of a request",
        )

    def _on_record(self, event: LimitsElected | OutstandingReported | YearOpened) -> Finding:
        if event.programme not in self._preparing.programmes:
            return referred("programme not known", f"The rule book has no programme `{event.programme}`.")
        match event:
            case LimitsElected():
                return recorded("limits elected", f"The issuer's limits for {event.year} are on record.")
            case OutstandingReported():
                return recorded("outstanding reported", f"The principal outstanding at {event.as_of} is on record.")
        return recorded(
            "year opened", f"What limits kept out before {event.year} is decided again, first tendered first."
        )


def completed(
    request: SurvivorsOptionRequested, event: DocumentsReceived | ParticularsReceived
) -> SurvivorsOptionRequested | Finding:
    """Give a request as it reads with what came since, or the finding that what came contradicts it."""
    if isinstance(event, DocumentsReceived):
        return with_documents(request, event.documents)
    asked = with_particulars(request, event)
    if isinstance(asked, SurvivorsOptionRequested):
        return asked
    told = " and ".join(f"`{name}`" for name in asked)
    return referred("told otherwise before", f"The request told {told} otherwise; a person has to say which is right.")


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
