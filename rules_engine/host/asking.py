"""Requests, decided: when they are made, when something comes about them, and again when something else changes them.

Everything is tried on the standing and taken back: nothing here moves it for good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from rules_engine.deciding.case import NOTHING_LIFTED, Lifted
from rules_engine.deciding.deciding import Besides, decide
from rules_engine.deciding.questions import question_aloud
from rules_engine.deciding.receipt import sealed
from rules_engine.deciding.unruled import RestsOn, Said, recorded, referred, rejected, unruled
from rules_engine.errors import nearest
from rules_engine.host.cases import Asking, Opened, Prepared
from rules_engine.host.on_record import dated_before_latest
from rules_engine.host.opening import CaseOpener
from rules_engine.host.payments import request_not_known
from rules_engine.model.canonical import event_to_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, Outcome, Question
from rules_engine.model.event_words import PersonsAnswer
from rules_engine.model.events import (
    DocumentsReceived,
    Event,
    EventVoided,
    IssuerWaived,
    Particulars,
    ParticularsReceived,
    PersonDecided,
    SurvivorsOptionRequested,
    WithdrawalRequested,
)
from rules_engine.model.money import Money
from rules_engine.rulebook.rules import Rule
from rules_engine.standing.answers import paid_parts
from rules_engine.standing.consequences import within_its_year
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding import (
    as_person_decided,
    forget_payments,
    with_reported,
    with_waiver,
)
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

_LIFE = "Life of a request"


class RequestAnswering:
    """Decides requests on the cases an opener opens."""

    def __init__(self, opener: CaseOpener) -> None:
        self._opener = opener

    # A request, and what comes about it

    def made(self, event: SurvivorsOptionRequested, standing: Standing, *, used_elsewhere: bool) -> Decision:
        """Decide a new request, or refer one whose id another request has."""
        if used_elsewhere or standing.live(event.request_id) is not None:
            because = f"Another event already made request `{event.request_id}`; a new request needs an id of its own."
            return _said(event, standing, referred(Code.REQUEST_ID_USED, because), requested=event.principal)
        found = tuple(contradictions(event, PARTICULARS, standing, None))
        besides = Besides(
            findings=(
                *(_asked_of_a_person(each.question, each.because) for each in found),
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
            return self._answered(event, request, standing, _finished(request))
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
        besides = _besides(event, reported, standing, also=[each.finding for each in otherwise])
        with standing.trying():
            keep(standing, with_report(standing, request, reported, event))
            return self._decided(event, _whole(reported), standing, besides)

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
            findings = {question: _asked_of_a_person(question) for question in request.questions}
            findings |= {each.question: each.finding for each in asked}
            return self._answered(event, request, standing, *findings.values(), questions=tuple(findings))
        if request.state is RequestState.PENDED or _brings(event, request):
            asking = _rest(reported, within_its_year(event.received_on, reported, standing))
            with standing.trying():
                keep(standing, with_report(standing, request, reported, event))
                return self._decided(event, asking, standing, _besides(event, reported, standing))
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
            return self._answered(event, request, standing, _finished(request))
        if event.answer is PersonsAnswer.REJECT:
            because = f"A person (`{event.decided_by}`) rejected the request: {event.because}."
            return self._answered(
                event,
                request,
                standing,
                rejected(Code.REJECTED_BY_PERSON, because, f"{_LIFE}, questions"),
                requested=None if by_person else _still_asked(request),
                taken_back=request.to_be_paid if request.to_be_paid.cents else None,
                anew=True,
            )
        because = f"A person (`{event.decided_by}`) let the request go on: {event.because}."
        said = recorded(Code.PERSON_DECIDED, because)
        with standing.trying():
            gone_on = as_person_decided(standing, request, event)
            stands = NOTHING if by_person else None
            let_in = _let_in(request, gone_on)
            return self.anew(event, request, gone_on, standing, also=(said,), stands=stands, let_in=let_in)

    def waived(self, event: IssuerWaived, standing: Standing) -> Decision:
        """Lift a rule, or allow more than a limit, where the rule set says that this may be waived."""
        request = standing.live(event.request_id)
        if request is None:
            return _said(event, standing, request_not_known(event.request_id))
        if request.state in OVER or request.state is RequestState.PAID or request.ending is not None:
            return self._answered(event, request, standing, _finished(request))
        prepared = self._opener.option(request.cusip)
        if isinstance(prepared, Finding):
            return self._answered(event, request, standing, prepared)
        stands_against = _against_waiving(event, prepared)
        if stands_against is not None:
            return self._answered(event, request, standing, stands_against)
        because = f"The issuer (`{event.waived_by}`) waived `{event.rule or event.limit}`: {event.because}."
        with_it = with_waiver(request, event)
        also = (recorded(Code.WAIVED, because),)
        return self.anew(event, request, with_it, standing, also=also, let_in=_let_in(request, with_it))

    def withdrawn(self, event: WithdrawalRequested, standing: Standing) -> Decision:
        """Decide whether a request may be taken back; one that is paid, or over, no rule lets go."""
        request = standing.live(event.request_id)
        if request is None:
            return _said(event, standing, request_not_known(event.request_id))
        is_over = request.state in OVER or request.state is RequestState.PAID
        finished = (_finished(request),) if is_over else ()
        besides = Besides(findings=(*finished, *_when(event, request, standing)))
        opened = self._opener.withdrawal(event, request, standing, besides)
        if isinstance(opened, Finding):
            return self._answered(event, request, standing, opened)
        decision = _decide(opened)
        return _given_up(decision, request, event) if decision.outcome is Outcome.ACCEPTED else decision

    # Again

    def rest(
        self, event: Event, request: Request, on: date, standing: Standing, stood: Request | None = None
    ) -> Decision:
        """Decide what still waits of a request, as of a day; `stood` is the request before it was decided anew."""
        asking = _rest(request, on) if request.is_settled_in_part else replace(_whole(request), on=on)
        if stood is not None:
            let_in = _let_in(stood, request)
            asking = replace(asking, stands=Money.from_cents(let_in.get(on.year, 0)), let_in=let_in)
        return self._decided(event, asking, standing, _besides(event, request, standing))

    def anew(
        self,
        event: Event,
        before: Request,
        request: Request,
        standing: Standing,
        *,
        also: tuple[Finding, ...] = (),
        stands: Money | None = None,
        let_in: Mapping[int, int] = MappingProxyType({}),
    ) -> Decision:
        """Decide all that is not paid of a request anew, as of its own day.

        `before` is the request as it stood, `stands` what was accepted of it before whatever came since, `let_in` what
        of that the limits of a year are not asked about again. The answer
        tells the difference: `accepted` is principal accepted besides what was, `taken_back` what no longer is. Its
        payment is all that is then to be paid.
        """
        besides = replace(_besides(event, request, standing, also=also), anew=True)
        with standing.trying():
            freed = released(request)
            keep(standing, freed)
            stood = request.to_be_paid if stands is None else stands
            asking = replace(_whole(freed), principal=request.undecided, stands=stood, let_in=let_in)
            decision = self._decided(event, asking, standing, besides)
        return _by_difference(decision, before, event)

    def _tried_anew(
        self, event: Event, request: Request, standing: Standing, *, as_if_unpaid: bool = False
    ) -> Decision:
        """Decide a request anew only to see how: as it would have been, with its payments left out if so asked."""
        with standing.trying():
            freed, stands = released(request), request.to_be_paid
            if as_if_unpaid:
                forget_payments(standing, freed)
                freed, stands = replace(freed, repayments=()), request.accepted
            keep(standing, freed)
            lifted = Lifted(
                closed=frozenset(each.question for each in request.closed),
                waived=frozenset(each.rule for each in request.waivers if each.rule),
            )
            asking = replace(_whole(freed), principal=freed.undecided, stands=stands)
            return self._decided(event, asking, standing, Besides(lifted=lifted))

    def found(
        self,
        event: Event,
        request: Request,
        standing: Standing,
        finding: Finding,
        *,
        question: Question | None = None,
        cut: Money | None = None,
    ) -> Decision:
        """Answer a request by a finding, without asking the rules.

        Where what was accepted is cut, there is nothing left that could wait either.
        """
        questions = request.questions if question is None else (*request.questions, question)
        return self._answered(
            event,
            request,
            standing,
            finding,
            requested=None if cut is None else cut + request.waiting + request.pended,
            taken_back=cut,
            questions=tuple(dict.fromkeys(questions)),
        )

    def stopped(self, event: Event, stood: Request, request: Request, standing: Standing) -> Decision:
        """Say which questions have stopped a request, and leave what it was accepted for.

        Where it stood ended, and is not by the event, that principal is accepted again.
        """
        findings = tuple(_asked_of_a_person(each) for each in request.questions)
        decision = self._answered(event, request, standing, *findings, questions=request.questions)
        again = request.to_be_paid.cents - stood.to_be_paid.cents
        if again <= 0:
            return decision
        principal = Money.from_cents(again)
        told = replace(
            decision,
            requested=principal,
            accepted=principal,
            carried_over=NOTHING,
            pended=NOTHING,
            not_accepted=NOTHING,
        )
        return sealed(told, event_to_json(event))

    def over_again(self, event: EventVoided, was: Request, request: Request, standing: Standing) -> Decision:
        """Say of a request that what had finished it stands again, and take back what it was accepted for since."""
        assert request.ending is not None, "only what is over is over again"
        because = (
            f"Event `{event.voids}`, which had let the request go on, is taken back: "
            f"it is {request.state.value} again, by event `{request.ending.by}`."
        )
        return self._answered(
            event,
            request,
            standing,
            rejected(Code.REQUEST_IS_FINISHED, because, f"{_LIFE}, an event taken back"),
            requested=_still_asked(was) if was.is_open else None,
            taken_back=was.to_be_paid if was.to_be_paid.cents else None,
        )

    def _decided(self, event: Event, asking: Asking, standing: Standing, besides: Besides) -> Decision:
        opened = self._opener.request(event, asking, standing, besides)
        if isinstance(opened, Finding):
            return unruled(
                event,
                standing,
                Said(
                    findings=(opened, *besides.findings),
                    request_id=asking.asked.request_id,
                    requested=asking.principal,
                    questions=besides.lifted.open,
                    counts_from=asking.on,
                    anew=besides.anew,
                ),
                rests_on=_only_the_note(asking.asked.cusip, asking.earlier),
            )
        return _decide(opened)

    def _answered(
        self,
        event: Event,
        request: Request,
        standing: Standing,
        *findings: Finding,
        requested: Money | None = None,
        taken_back: Money | None = None,
        questions: tuple[Question, ...] = (),
        anew: bool = False,
    ) -> Decision:
        said = Said(
            findings=(*findings, *_when(event, request, standing)),
            request_id=request.request_id,
            requested=requested,
            taken_back=taken_back,
            questions=questions,
            anew=anew,
        )
        return unruled(event, standing, said, rests_on=self._rests_on(request))

    def _rests_on(self, request: Request) -> RestsOn:
        """Name what an answer on a request rests on: its rules said before what stands, or were asked to see it."""
        prepared = self._opener.option(request.cusip)
        return _only_the_note(request.cusip, request) if isinstance(prepared, Finding) else prepared.rests_on


def released(request: Request) -> Request:
    """Give a request as if nothing but what was paid of it had been accepted, and nothing kept out."""
    return replace(request, repayments=paid_parts(request), waiting=NOTHING, pended=NOTHING, ending=None)


def _let_in(before: Request, request: Request) -> Mapping[int, int]:
    """Give what limits have let in of a request by year, in cents: all that is to be paid, unless its owner changed."""
    if before.asked.owner_ref != request.asked.owner_ref:
        return {}
    years: Counter[int] = Counter()
    for repayment in before.unpaid:
        years[repayment.accepted_on.year] += repayment.open.cents
    return years


def _decide(opened: Opened) -> Decision:
    return decide(opened.case, opened.clause, opened.plan, days=opened.days, besides=opened.besides)


def _said(event: Event, standing: Standing, finding: Finding, *, requested: Money | None = None) -> Decision:
    """Answer an event that finds no request to be about."""
    findings = (finding, *dated_before_latest(event.received_on, standing))
    return unruled(event, standing, Said(findings=findings, requested=requested))


def _only_the_note(cusip: str, request: Request | None) -> RestsOn:
    return RestsOn(cusip=cusip, series=request.series if request else "")


def _whole(request: Request) -> Asking:
    """Ask for all that a request asks for, as of its own day."""
    return Asking(asked=request.asked, principal=request.asked.principal, on=request.counts_from, earlier=request)


def _rest(request: Request, on: date) -> Asking:
    """Ask for what waits of a request, as of a day; what limits of an earlier year kept out is carried over."""
    return Asking(
        asked=request.asked,
        principal=request.waiting + request.pended,
        on=on,
        earlier=request,
        carried_over=on.year > min(request.kept_out_in, request.counts_from.year),
    )


def _still_asked(request: Request) -> Money:
    """Give the principal of a request that is neither paid nor refused yet."""
    if not request.is_settled_in_part:
        return request.asked.principal
    return request.to_be_paid + request.waiting + request.pended


def _besides(event: Event, request: Request, standing: Standing, *, also: Iterable[Finding] = ()) -> Besides:
    """Give what an answer on a request takes in: what a person and the issuer have lifted, and how the event came."""
    lifted = Lifted(
        closed=frozenset(each.question for each in request.closed),
        waived=frozenset(each.rule for each in request.waivers if each.rule),
        open=request.questions,
    )
    return Besides(findings=(*also, *_when(event, request, standing)), lifted=lifted)


def _when(event: Event, request: Request, standing: Standing) -> tuple[Finding, ...]:
    """Say of an event that it is dated before the request it is about, or before the latest event."""
    latest = dated_before_latest(event.received_on, standing)
    if getattr(event, "request_id", "") != request.request_id or event.received_on >= request.made.received_on:
        return latest
    because = (
        f"The event is dated {event.received_on}, before the request of {request.made.received_on} it is about; "
        "it counts from the later day."
    )
    return (recorded(Code.DATED_BEFORE_REQUEST, because), *latest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """A question that opens, and the finding that says so."""

    question: Question
    finding: Finding


def _asks(question: Question, because: str = "") -> Asks:
    return Asks(question=question, finding=_asked_of_a_person(question, because))


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


def _asked_of_a_person(question: Question, because: str = "") -> Finding:
    """Make the finding that a question is open."""
    return referred(question.code, because or question_aloud(question))


def _told(question: Question) -> Finding:
    return recorded(question.code, question_aloud(question))


def _kept(event: DocumentsReceived | ParticularsReceived, request: Request) -> Finding:
    papers = isinstance(event, DocumentsReceived)
    code, what = (Code.PAPERS_KEPT, "papers") if papers else (Code.PARTICULARS_KEPT, "particulars")
    return recorded(code, f"The request is {request.state.value}; the {what} are kept with it and change nothing.")


def _finished(request: Request) -> Finding:
    what = f"The request is {request.state.value}"
    if request.state is RequestState.REJECTED:
        what = f"{what}; what came is kept with it, and a person's decision may correct what it rests on"
    return rejected(Code.REQUEST_IS_FINISHED, f"{what}.", _LIFE)


def _against_waiving(event: IssuerWaived, prepared: Prepared) -> Finding | None:
    """Say why the issuer cannot waive what an event names; None where the rule set says that it may be waived."""
    rules = prepared.plan.rule_set.rules
    if event.limit is not None:
        of_limit = [rule for rule in rules if _limit_of(rule, prepared) == event.limit]
        if not of_limit:
            return _not_known("limit", event.limit, filter(None, (_limit_of(rule, prepared) for rule in rules)))
        named = of_limit
    else:
        named = [rule for rule in rules if rule.name == event.rule]
        if not named:
            return _not_known("rule", event.rule or "", [rule.name for rule in rules])
    if all(rule.may_be_waived for rule in named):
        return None
    because = f"The rule set does not say of `{event.rule or event.limit}` that it may be waived."
    return rejected(Code.MAY_NOT_BE_WAIVED, because, named[0].cite)


def _limit_of(rule: Rule, prepared: Prepared) -> str:
    fact = prepared.plan.words.facts.get(rule.at_most)
    return fact.limit if fact else ""


def _not_known(what: str, name: str, known: Iterable[str]) -> Finding:
    meant = nearest(name, known)
    hint = f" Did you mean `{meant}`?" if meant else ""
    return referred(Code.RULE_NOT_KNOWN, f"The rules of the note have no {what} `{name}`.{hint}")


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
    principal = _still_asked(request)
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


def _by_difference(decision: Decision, before: Request, event: Event) -> Decision:
    """Tell an answer that decides anew by what it adds to, and takes back of, what was accepted and not paid."""
    if decision.accepted is None or decision.requested is None:
        return decision
    was, now = before.to_be_paid, decision.accepted
    stands = min(was, now)
    findings = decision.findings
    if stands.cents and stands == was:
        because = f"{stands} accepted before and not paid yet stands."
        findings = (*findings, recorded(Code.STANDS_AS_ACCEPTED, because))
    told = replace(
        decision,
        requested=decision.requested - stands,
        accepted=now - stands,
        taken_back=was - stands if was > stands else None,
        findings=findings,
    )
    return sealed(told, event_to_json(event))
