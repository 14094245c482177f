"""Requests, decided: when they are made, when something comes about them, and again when something else changes them.

Everything is tried on the standing and taken back: nothing here moves it for good.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rules_engine.deciding.case import NOTHING_LIFTED, Lifted
from rules_engine.deciding.deciding import Besides
from rules_engine.deciding.questions import question_aloud
from rules_engine.deciding.receipt import sealed
from rules_engine.deciding.unruled import Said, recorded, referred, rejected, unruled
from rules_engine.host.asked import (
    asking_rest,
    asking_whole,
    let_in_by_year,
    still_asked,
    taken_in,
    when_it_came,
)
from rules_engine.host.cases import Asking
from rules_engine.host.on_record import dated_before_latest
from rules_engine.host.payments import request_not_known
from rules_engine.host.redeciding import LIFE, RequestDeciding, asked_of_a_person, decided, told_finished
from rules_engine.host.waivers import against_waiving
from rules_engine.model.canonical import event_to_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, Outcome, Question
from rules_engine.model.event_words import PersonsAnswer
from rules_engine.model.events import (
    DocumentsReceived,
    Event,
    IssuerWaived,
    Particulars,
    ParticularsReceived,
    PersonDecided,
    SurvivorsOptionRequested,
    WithdrawalRequested,
)
from rules_engine.model.money import Money
from rules_engine.standing.consequences import within_its_year
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding import as_person_decided, with_reported, with_waiver
from rules_engine.standing.holdings import contradictions
from rules_engine.standing.own_day import day_of
from rules_engine.standing.reporting import report_new, with_report
from rules_engine.standing.requests import (
    NOTHING,
    OVER,
    PARTICULARS,
    Request,
    RequestState,
    brought,
    particulars_of,
    told_by,
    told_otherwise,
)
from rules_engine.standing.standing import Standing


class RequestAnswering(RequestDeciding):
    """Decides requests, and what comes about them, on the cases an opener opens."""

    # A request, and what comes about it

    def made(self, event: SurvivorsOptionRequested, standing: Standing, *, used_elsewhere: bool) -> Decision:
        """Decide a new request, or refer one whose id another request has."""
        if used_elsewhere or standing.live(event.request_id) is not None:
            because = f"Another event already made request `{event.request_id}`; a new request needs an id of its own."
            return _said(event, standing, referred(Code.REQUEST_ID_USED, because), requested=event.principal)
        found = tuple(contradictions(event, PARTICULARS, standing, None))
        besides = Besides(
            findings=(
                *(asked_of_a_person(each.question, each.because) for each in found),
                *dated_before_latest(event.received_on, standing),
            ),
            lifted=Lifted(open=tuple(each.question for each in found)) if found else NOTHING_LIFTED,
        )
        asking = Asking(asked=event, principal=event.principal, on=day_of(event, standing))
        with standing.trying():
            report_new(standing, event)
            return self._decided(event, asking, standing, besides)

    def came(self, event: DocumentsReceived | ParticularsReceived, standing: Standing) -> Decision:
        """Take in what came about a request, by where the request is in its life."""
        request = standing.live(event.request_id)
        if request is None:
            return _said(event, standing, request_not_known(event.request_id))
        if request.state in OVER or request.state is RequestState.REJECTED:
            return self._is_finished(event, request, standing)
        reported = with_reported(request, event, standing)
        otherwise = _contradicting(request, reported, event, standing)
        if request.state is RequestState.PAID:
            return self._learnt_after_payment(event, request, reported, otherwise, standing)
        if not request.is_settled_in_part:
            return self._decided_with(event, request, reported, otherwise, standing)
        return self._held_against(event, request, reported, otherwise, standing)

    def _decided_with(
        self, event: Event, request: Request, reported: Request, otherwise: tuple[Asks, ...], standing: Standing
    ) -> Decision:
        """Decide a request of which nothing was accepted yet, with what came about it."""
        asked = (each.question for each in otherwise)
        reported = replace(reported, questions=tuple(dict.fromkeys((*reported.questions, *asked))))
        besides = taken_in(event, reported, standing, also=[each.finding for each in otherwise])
        with standing.trying():
            keep(standing, with_report(standing, request, reported, event))
            return self._decided(event, asking_whole(reported), standing, besides)

    def _held_against(
        self,
        event: DocumentsReceived | ParticularsReceived,
        request: Request,
        reported: Request,
        otherwise: tuple[Asks, ...],
        standing: Standing,
    ) -> Decision:
        """Hold what came against what a request was accepted for; where it disagrees a person has to decide."""
        asked = otherwise or self._would_change(event, request, reported, standing)
        if asked or request.questions:
            findings = {question: asked_of_a_person(question) for question in request.questions}
            findings |= {each.question: each.finding for each in asked}
            return self._answered(event, request, standing, *findings.values(), questions=tuple(findings))
        if request.state is RequestState.PENDED or _brings(event, request):
            asking = asking_rest(reported, within_its_year(event.received_on, reported, standing))
            with standing.trying():
                keep(standing, with_report(standing, request, reported, event))
                return self._decided(event, asking, standing, taken_in(event, reported, standing))
        return self._answered(event, request, standing, _kept(event, request))

    def _would_change(self, event: Event, request: Request, reported: Request, standing: Standing) -> tuple[Asks, ...]:
        """Ask a person where what came would have given another answer than the one that stands."""
        with standing.trying():
            anew = self._tried_anew(event, with_report(standing, request, reported, event), standing)
        stands = request.to_be_paid.cents + request.waiting.cents + request.pended.cents
        if anew.outcome <= Outcome.CARRIED_OVER and _eligible(anew) >= stands:
            return ()
        if _as_told(anew) == _as_told(self._tried_anew(event, request, standing)):
            return ()
        if request.missing and anew.outcome is Outcome.PENDED:
            return ()
        why = ", ".join(_speaking(anew))
        values = (f"{Money.from_cents(stands)} accepted", f"{anew.outcome.word}: {why}")
        return (_asks(Question(code=Code.CHANGES_THE_ANSWER, values=values)),)

    def _learnt_after_payment(
        self,
        event: DocumentsReceived | ParticularsReceived,
        request: Request,
        reported: Request,
        otherwise: tuple[Asks, ...],
        standing: Standing,
    ) -> Decision:
        """Record what came too late to change a payment, with what would have been different."""
        told = reported
        if isinstance(event, Particulars):
            told = replace(reported, asked=replace(reported.asked, **particulars_of(event)))  # type: ignore[arg-type]  # fields of one class, by name
        anew = self._tried_anew(event, told, standing, as_if_unpaid=True)
        alike = anew.outcome <= Outcome.CARRIED_OVER and _eligible(anew) >= request.paid.cents
        if alike and not otherwise:
            return self._answered(event, request, standing, _kept(event, request))
        for_what = f" for {anew.accepted}" if (anew.accepted or NOTHING).cents else f" ({', '.join(_speaking(anew))})"
        because = (
            f"The request is paid. Had this come before, it would have been {anew.outcome.word}"
            f"{' all the same' if alike else for_what}; "
            f"the payment stands{'' if alike else ', and a person has to see to it'}."
        )
        finding = recorded(Code.LEARNT_AFTER_PAYMENT, because)
        return self._answered(event, request, standing, finding, *(_told(each.question) for each in otherwise))

    # A person, the issuer, a withdrawal

    def person(self, event: PersonDecided, standing: Standing) -> Decision:
        """Close a request's questions: reject it, or decide it anew as of its own day."""
        request = standing.live(event.request_id)
        if request is None:
            return _said(event, standing, request_not_known(event.request_id))
        by_person = request.ending is not None and request.state is RequestState.REJECTED
        if request.state is RequestState.PAID or (request.state in OVER and not by_person):
            return self._is_finished(event, request, standing)
        if event.answer is PersonsAnswer.REJECT:
            because = f"A person (`{event.decided_by}`) rejected the request: {event.because}."
            return self._answered(
                event,
                request,
                standing,
                rejected(Code.REJECTED_BY_PERSON, because, f"{LIFE}, questions"),
                requested=None if by_person else still_asked(request),
                taken_back=request.to_be_paid if request.to_be_paid.cents else None,
                anew=True,
            )
        because = f"A person (`{event.decided_by}`) let the request go on: {event.because}."
        said = recorded(Code.PERSON_DECIDED, because)
        with standing.trying():
            gone_on = as_person_decided(standing, request, event)
            stands = NOTHING if by_person else None
            let_in = let_in_by_year(request, gone_on)
            return self.anew(event, request, gone_on, standing, also=(said,), stands=stands, let_in=let_in)

    def waived(self, event: IssuerWaived, standing: Standing) -> Decision:
        """Lift a rule, or allow more than a limit, where the rule set says that this may be waived."""
        request = standing.live(event.request_id)
        if request is None:
            return _said(event, standing, request_not_known(event.request_id))
        if request.state in OVER or request.state is RequestState.PAID or request.ending is not None:
            return self._is_finished(event, request, standing)
        prepared = self._opener.option(request.cusip)
        if isinstance(prepared, Finding):
            return self._answered(event, request, standing, prepared)
        stands_against = against_waiving(event, prepared)
        if stands_against is not None:
            return self._answered(event, request, standing, stands_against)
        because = f"The issuer (`{event.waived_by}`) waived `{event.rule or event.limit}`: {event.because}."
        with_it = with_waiver(request, event)
        also = (recorded(Code.WAIVED, because),)
        return self.anew(event, request, with_it, standing, also=also, let_in=let_in_by_year(request, with_it))

    def withdrawn(self, event: WithdrawalRequested, standing: Standing) -> Decision:
        """Decide whether a request may be taken back; one that is paid, or over, no rule lets go."""
        request = standing.live(event.request_id)
        if request is None:
            return _said(event, standing, request_not_known(event.request_id))
        is_over = request.state in OVER or request.state is RequestState.PAID
        finished = (told_finished(request),) if is_over else ()
        besides = Besides(findings=(*finished, *when_it_came(event, request, standing)))
        opened = self._opener.withdrawal(event, request, standing, besides)
        if isinstance(opened, Finding):
            return self._answered(event, request, standing, opened)
        decision = decided(opened)
        return _given_up(decision, request, event) if decision.outcome is Outcome.ACCEPTED else decision


def _said(event: Event, standing: Standing, finding: Finding, *, requested: Money | None = None) -> Decision:
    """Answer an event that finds no request to be about."""
    findings = (finding, *dated_before_latest(event.received_on, standing))
    return unruled(event, standing, Said(findings=findings, requested=requested))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """A question that opens, and the finding that says so."""

    question: Question
    finding: Finding


def _asks(question: Question, because: str = "") -> Asks:
    return Asks(question=question, finding=asked_of_a_person(question, because))


def _brings(event: DocumentsReceived | ParticularsReceived, request: Request) -> bool:
    """Tell whether an event brings something that a request waits for."""
    return bool(set(request.missing).intersection(brought(request.asked, event)))


def _contradicting(
    request: Request, reported: Request, event: DocumentsReceived | ParticularsReceived, standing: Standing
) -> tuple[Asks, ...]:
    """Ask about each particular that is reported otherwise than the request has it, or than the ledger has it."""
    if isinstance(event, DocumentsReceived):
        return ()
    by_the_request = (_asks(each) for each in told_otherwise(request.asked, event))
    by_the_ledger = (
        _asks(each.question, each.because)
        for each in contradictions(reported.asked, told_by(request.asked, event), standing, request)
        if not request.has_closed(each.question)
    )
    return (*by_the_request, *by_the_ledger)


def _told(question: Question) -> Finding:
    return recorded(question.code, question_aloud(question))


def _kept(event: DocumentsReceived | ParticularsReceived, request: Request) -> Finding:
    papers = isinstance(event, DocumentsReceived)
    code, what = (Code.PAPERS_KEPT, "papers") if papers else (Code.PARTICULARS_KEPT, "particulars")
    return recorded(code, f"The request is {request.state.value}; the {what} are kept with it and change nothing.")


def _as_told(decision: Decision) -> tuple[Outcome, int, tuple[str, ...]]:
    return decision.outcome, _eligible(decision), _speaking(decision)


def _speaking(decision: Decision) -> tuple[str, ...]:
    """Name the findings that make a decision what it is."""
    return tuple(finding.name for finding in decision.decisive)


def _eligible(decision: Decision) -> int:
    """Give the principal an answer accepts or lets wait, in cents."""
    return sum((part or NOTHING).cents for part in (decision.accepted, decision.carried_over, decision.pended))


def _given_up(decision: Decision, request: Request, event: Event) -> Decision:
    """Say of a request that may be taken back what is then not accepted of it, and what no longer is."""
    principal = still_asked(request)
    told = replace(
        decision,
        requested=principal,
        accepted=NOTHING,
        carried_over=NOTHING,
        pended=NOTHING,
        not_accepted=principal,
        taken_back=request.to_be_paid if request.to_be_paid.cents else None,
    )
    return sealed(told, event_to_json(event))
