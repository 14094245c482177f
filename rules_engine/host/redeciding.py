"""Requests decided again, and answered without asking the rules.

Everything is tried on the standing and taken back: nothing here moves it for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from rules_engine.deciding.case import Lifted
from rules_engine.deciding.deciding import Besides, decide
from rules_engine.deciding.questions import question_aloud
from rules_engine.deciding.receipt import sealed
from rules_engine.deciding.unruled import RestsOn, Said, recorded, referred, rejected, unruled
from rules_engine.host.asked import (
    asking_rest,
    asking_whole,
    let_in_by_year,
    only_the_note,
    released,
    still_asked,
    taken_in,
    when_it_came,
)
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.opening import CaseOpener
from rules_engine.model.canonical import event_to_json
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, Question
from rules_engine.model.events import (
    Event,
    EventVoided,
)
from rules_engine.model.money import Money
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding_principal import forget_payments
from rules_engine.standing.requests import (
    NOTHING,
    Request,
    RequestState,
)
from rules_engine.standing.standing import Standing

LIFE = "Life of a request"


class RequestDeciding:
    """Decides requests that stand already, on the cases an opener opens."""

    def __init__(self, opener: CaseOpener) -> None:
        self._opener = opener

    def rest(
        self, event: Event, request: Request, on: date, standing: Standing, stood: Request | None = None
    ) -> Decision:
        """Decide what still waits of a request, as of a day; `stood` is the request before it was decided anew."""
        asking = asking_rest(request, on) if request.is_settled_in_part else replace(asking_whole(request), on=on)
        if stood is not None:
            let_in = let_in_by_year(stood, request)
            asking = replace(asking, stands=Money.from_cents(let_in.get(on.year, 0)), let_in=let_in)
        return self._decided(event, asking, standing, taken_in(event, request, standing))

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
        besides = replace(taken_in(event, request, standing, also=also), anew=True)
        with standing.trying():
            freed = released(request)
            keep(standing, freed)
            stood = request.to_be_paid if stands is None else stands
            asking = replace(asking_whole(freed), principal=request.undecided, stands=stood, let_in=let_in)
            decision = self._decided(event, asking, standing, besides)
        return by_difference(decision, before, event)

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
            asking = replace(asking_whole(freed), principal=freed.undecided, stands=stands)
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
        findings = tuple(asked_of_a_person(each) for each in request.questions)
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
        ended = "rejected again" if request.ending is None else f"{request.state.value} again, by `{request.ending.by}`"
        because = f"Event `{event.voids}`, which had let the request go on, is taken back: it is {ended}."
        return self._answered(
            event,
            request,
            standing,
            rejected(Code.REQUEST_IS_FINISHED, because, f"{LIFE}, an event taken back"),
            requested=still_asked(was) if was.is_open else None,
            taken_back=was.to_be_paid if was.to_be_paid.cents else None,
            questions=request.questions,
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
                rests_on=only_the_note(asking.asked.cusip, asking.earlier),
            )
        return decided(opened)

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
            findings=(*findings, *when_it_came(event, request, standing)),
            request_id=request.request_id,
            requested=requested,
            taken_back=taken_back,
            questions=questions,
            anew=anew,
        )
        return unruled(event, standing, said, rests_on=self._rests_on(request))

    def _is_finished(self, event: Event, request: Request, standing: Standing) -> Decision:
        """Say that a request is finished; what a person was to decide of it, when it ended, stays as it is."""
        questions = request.questions if request.ending is not None else ()
        return self._answered(event, request, standing, told_finished(request), questions=questions)

    def _rests_on(self, request: Request) -> RestsOn:
        """Name what an answer on a request rests on: its rules said before what stands, or were asked to see it."""
        prepared = self._opener.option(request.cusip)
        return only_the_note(request.cusip, request) if isinstance(prepared, Finding) else prepared.rests_on


def decided(opened: Opened) -> Decision:
    """Decide an opened case."""
    return decide(opened.case, opened.clause, opened.plan, days=opened.days, besides=opened.besides)


def by_difference(decision: Decision, before: Request, event: Event) -> Decision:
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


def asked_of_a_person(question: Question, because: str = "") -> Finding:
    """Make the finding that a question is open."""
    return referred(question.code, because or question_aloud(question))


def told_finished(request: Request) -> Finding:
    """Make the finding that a request is finished, and what may still be done."""
    what = f"The request is {request.state.value}"
    if request.state is RequestState.REJECTED:
        what = f"{what}; what came is kept with it, and a person's decision may correct what it rests on"
    return rejected(Code.REQUEST_IS_FINISHED, f"{what}.", LIFE)
