"""Answering one event on one standing: its own decision, and those on requests it has to answer again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from rules_engine.deciding.deciding import Besides, decide
from rules_engine.deciding.receipt import sealed
from rules_engine.deciding.unruled import NOTHING_ELSE, RestsOn, Said, referred, unruled
from rules_engine.host import on_record, payments
from rules_engine.host.asking import RequestAnswering, released
from rules_engine.host.belonging import UNASSIGNED
from rules_engine.host.cases import Opened
from rules_engine.host.lots import lot_findings
from rules_engine.host.on_record import dated_before_latest
from rules_engine.host.opening import CaseOpener
from rules_engine.host.voids import voided
from rules_engine.ledger.base import Answer
from rules_engine.model import events
from rules_engine.model.canonical import event_to_json
from rules_engine.model.codes import OURS, Code
from rules_engine.model.decisions import Decision, Finding, Outcome
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import Event
from rules_engine.model.money import Money
from rules_engine.standing.consequences import Again, How
from rules_engine.standing.contributing import keep
from rules_engine.standing.kinds import advance, consequences_of
from rules_engine.standing.requests import NOTHING, Request
from rules_engine.standing.standing import Standing


class Recorded(Protocol):
    """What a ledger tells of events and requests it has recorded."""

    def event(self, event_id: str) -> Event | None:
        """Find an event by its id; None where there is none."""

    def first_answer(self, event_id: str) -> Decision | None:
        """Give the decision on an event itself; None where there is none."""

    def stands_under(self, request_id: str) -> str | None:
        """Give the programme a request stands under; None where there is no such request."""


Stands = tuple[Any, ...]
"""How a request would stand if it were decided anew, for comparison."""


class Answering:
    """Answers events on the cases an opener opens; writes nothing."""

    def __init__(self, opener: CaseOpener, recorded: Recorded) -> None:
        self._opener = opener
        self._recorded = recorded
        self._requests = RequestAnswering(opener)

    def answers(self, event: Event, standing: Standing) -> tuple[Answer, ...]:
        """Decide an event on a standing, and then every request it has to answer again; write nothing."""
        first = Answer(event=event, decision=self.decide(event, standing))
        again = consequences_of(event, first.decision, standing, self._recorded.event)
        if not (again or _lets_wait(first.decision, standing)):
            return (first,)
        stood = {each.request_id: standing.requests[each.request_id] for each in again}
        otherwise = self._anew_together(event, again, standing)
        with standing.trying():
            advance(standing, event, first.decision, self._recorded.event, part=0)
            decisions = [first.decision, *self._since(event, first.decision, standing)]
            decisions += self._again(event, again, stood, standing, otherwise)
        return tuple(Answer(event=event, decision=decision) for decision in decisions)

    def decide(self, event: Event, standing: Standing) -> Decision:
        """Decide an event itself, leaving out what it means for other requests."""
        return _DECIDED[type(event)](self, event, standing)

    # Each type of event

    def _request_made(self, event: events.SurvivorsOptionRequested, standing: Standing) -> Decision:
        made_under = self._recorded.stands_under(event.request_id)
        elsewhere = made_under not in (None, UNASSIGNED, standing.programme)
        return self._requests.made(event, standing, used_elsewhere=elsewhere)

    def _came(self, event: events.DocumentsReceived | events.ParticularsReceived, standing: Standing) -> Decision:
        return self._requests.came(event, standing)

    def _person(self, event: events.PersonDecided, standing: Standing) -> Decision:
        return self._requests.person(event, standing)

    def _waived(self, event: events.IssuerWaived, standing: Standing) -> Decision:
        return self._requests.waived(event, standing)

    def _withdrawn(self, event: events.WithdrawalRequested, standing: Standing) -> Decision:
        return self._requests.withdrawn(event, standing)

    def _ruled(self, event: Event, standing: Standing) -> Decision:
        opened = _OPENED[type(event)](self, event, standing)
        if isinstance(opened, Finding):
            return self._found(event, standing, opened)
        return decide(opened.case, opened.clause, opened.plan, days=opened.days, besides=opened.besides)

    def _call(self, event: events.CallNoticed, standing: Standing) -> Opened | Finding:
        also = dated_before_latest(event.received_on, standing)
        if event.received_on > event.redeem_on:
            because = (
                f"The notice came on {event.received_on}, after its own redemption date {event.redeem_on}; "
                "a person has to see what was paid meanwhile."
            )
            also = (referred(Code.CALLED_FOR_A_DAY_PAST, because), *also)
        return self._opener.call(event, standing, also)

    def _rescission(self, event: events.CallRescinded, standing: Standing) -> Opened | Finding:
        return self._opener.rescission(event, standing, _besides(event, standing))

    def _lot(self, event: events.LotteryDrawn, standing: Standing) -> Opened | Finding:
        found = (*lot_findings(event, standing), *dated_before_latest(event.received_on, standing))
        return self._opener.lot(event, standing, Besides(findings=found))

    def _due(self, event: events.PaymentDue, standing: Standing) -> Opened | Finding:
        besides = _besides(event, standing)
        if event.kind != PaymentKind.REPAYMENT:
            assert event.principal is not None, "an event of this kind is not read without its principal"
            return self._opener.payment(event, standing, besides, principal=event.principal)
        known = self._opener.schedule(event.cusip)
        if isinstance(known, Finding):
            return known
        # a maturity may be printed moved: what is due on the scheduled day is due on the printed one
        due = payments.due_parts(event, known.schedule.principal_due_on(event.due_on), standing)
        if isinstance(due, Finding):
            return due
        besides = Besides(findings=(*(_noted(each) for each in due.findings), *besides.findings))
        return self._opener.payment(event, standing, besides, principal=due.principal, parts=due.parts)

    def _paid(self, event: events.PaymentMade, standing: Standing) -> Decision:
        return self._about_a_note(event, standing, payments.payment_made(event, standing))

    def _returned(self, event: events.PaymentReturned, standing: Standing) -> Decision:
        return self._about_a_note(event, standing, payments.payment_returned(event, standing))

    def _position(self, event: events.PositionReported, standing: Standing) -> Decision:
        return self._about_a_note(event, standing, on_record.position_reported(event))

    def _rate(self, event: events.RateReset, standing: Standing) -> Decision:
        found = self._opener.schedule(event.cusip)
        if not isinstance(found, Finding):
            found = on_record.rate_reset(event, found.schedule, standing)
        return self._found(event, standing, found, self._opener.rests_on(event.cusip))

    def _elected(self, event: events.LimitsElected, standing: Standing) -> Decision:
        return self._of_a_programme(event, event.programme, standing, on_record.limits_elected(event, standing))

    def _outstanding(self, event: events.OutstandingReported, standing: Standing) -> Decision:
        return self._of_a_programme(event, event.programme, standing, on_record.outstanding_reported(event, standing))

    def _year(self, event: events.YearOpened, standing: Standing) -> Decision:
        return self._of_a_programme(event, event.programme, standing, on_record.year_opened(event, standing))

    def _accelerated(self, event: events.NotesAccelerated, standing: Standing) -> Decision:
        finding = on_record.notes_accelerated(event)
        if event.cusip is not None:
            return self._about_a_note(event, standing, finding)
        return self._of_a_programme(event, event.programme or "", standing, finding)

    def _voided(self, event: events.EventVoided, standing: Standing) -> Decision:
        return self._found(event, standing, voided(event, self._recorded.event(event.voids), standing))

    def _mended(self, event: events.FaultMended, standing: Standing) -> Decision:
        """Decide again what a fault of ours kept from being decided: a request anew, any other event as it came."""
        mends = self._recorded.event(event.mends)
        request = None if mends is None else standing.live(getattr(mends, "request_id", ""))
        if mends is not None and request is not None and request.ours:
            return self._requests.anew(event, request, request, standing)
        answered = self._recorded.first_answer(event.mends)
        elsewhere = answered is not None and answered.programme != standing.programme and bool(answered.codes & OURS)
        waits = event.mends in standing.faulted or (elsewhere and event.mends not in standing.mended)
        if mends is None or event.mends in standing.voided or not waits:
            because = f"No fault of ours keeps event `{event.mends}` from being decided."
            return self._found(event, standing, referred(Code.NOTHING_TO_DECIDE_AGAIN, because))
        decision = self.decide(mends, standing)
        told = replace(decision, event_id=event.event_id, type=event.type)
        return sealed(told, event_to_json(event))

    def _about_a_note(self, event: Any, standing: Standing, finding: Finding) -> Decision:
        """Answer what is reported of a note, which has to be one of the rule book's."""
        known = self._opener.schedule(event.cusip)
        if isinstance(known, Finding):
            finding = known
        elif getattr(event, "kind", "") == "maturity" and event.due_on != known.schedule.note.maturity:
            finding = referred(Code.NOTHING_IS_DUE, f"Note {event.cusip} does not mature on {event.due_on}.")
        return self._found(event, standing, finding)

    def _of_a_programme(self, event: Event, programme: str, standing: Standing, finding: Finding) -> Decision:
        if not self._opener.knows(programme):
            finding = referred(Code.PROGRAMME_NOT_KNOWN, f"The rule book has no programme `{programme}`.")
        return self._found(event, standing, finding)

    def _found(self, event: Event, standing: Standing, finding: Finding, rests_on: RestsOn = NOTHING_ELSE) -> Decision:
        findings = (finding, *dated_before_latest(event.received_on, standing))
        return unruled(event, standing, Said(findings=findings, requested=_asked(event, finding)), rests_on=rests_on)

    # Again

    def _again(
        self,
        event: Event,
        again: tuple[Again, ...],
        stood: Mapping[str, Request],
        standing: Standing,
        otherwise: Mapping[str, Stands],
    ) -> list[Decision]:
        """Decide requests again, in order, moving the standing past each answer; `stood` is how they stood before.

        Of those to be decided anew only those are answered that the event changes: `otherwise` says how each would
        stand without it. They are freed together first, so that the first tendered comes first. What a question has
        stopped keeps what it was accepted for until a person decides.
        """
        now = self._anew_together(event, again, standing)
        changed = {name: standing.requests[name] for name in now if now[name] != otherwise.get(name)}
        stopped = {name: request for name, request in changed.items() if request.is_stopped}
        before = {name: request for name, request in changed.items() if name not in stopped}
        for request in before.values():
            keep(standing, released(request))
        decisions: list[Decision] = []
        for each in again:
            if each.how is How.WHOLE:
                if each.request_id in before:
                    own = stood[each.request_id]
                    decisions += self._whole_again(event, own, before[each.request_id], standing)
                elif each.request_id in stopped:
                    own = stood[each.request_id]
                    decisions += self._stopped_again(event, own, stopped[each.request_id], standing)
                continue
            decision = self._once_again(event, each, standing)
            if decision is not None:
                decisions.append(decision)
                self._take(event, decision, standing)
                decisions += self._since(event, decision, standing)
        return decisions

    def _anew_together(self, event: Event, again: tuple[Again, ...], standing: Standing) -> dict[str, Stands]:
        """Try how requests would stand if all of them were decided anew on a standing, first tendered first.

        What a question has stopped stands as it does.
        """
        whole = [standing.requests[each.request_id] for each in again if each.how is How.WHOLE]
        stand: dict[str, Stands] = {each.request_id: (None, _as_it_stands(each)) for each in whole if each.is_stopped}
        requests = [each for each in whole if each.ending is None and not each.is_stopped]
        with standing.trying():
            for request in requests:
                keep(standing, released(request))
            for request in requests:
                unpaid = self._requests.as_if_unpaid(event, request, standing) if request.paid.cents else None
                decision = self._requests.anew(event, request, request, standing)
                keep(standing, request)
                self._take(event, decision, standing)
                self._since(event, decision, standing)
                would_be = None if unpaid is None else (unpaid.outcome, unpaid.accepted)
                stand[request.request_id] = (would_be, _as_it_stands(standing.requests[request.request_id]))
        return stand

    def _once_again(self, event: Event, each: Again, standing: Standing) -> Decision | None:
        request = standing.requests[each.request_id]
        if each.finding is not None:
            return self._requests.found(event, request, standing, each.finding, question=each.question, cut=each.cut)
        decision = self._requests.rest(event, request, each.on or request.counts_from, standing)
        worth = decision.outcome in each.only_if and not (each.if_changed and _leaves_as_it_was(request, decision))
        return decision if worth else None

    def _whole_again(self, event: Event, stood: Request, before: Request, standing: Standing) -> list[Decision]:
        """Decide a request anew, with the years opened since; answer only what is other than it stood.

        `before` is the request with the event taken in: one that a void lets be open again stood otherwise.
        """
        referral = self._paid_meanwhile(event, before, standing) if isinstance(event, events.EventVoided) else None
        if referral is not None:
            keep(standing, before)
            self._take(event, referral, standing)
            return [referral]
        mark = standing.journal.mark()
        decision = self._requests.anew(event, stood, before, standing)
        keep(standing, before)
        self._take(event, decision, standing)
        decisions = [decision, *self._since(event, decision, standing)]
        if _stands_alike(stood, standing.requests[before.request_id]):
            standing.journal.go_back(mark)
            keep(standing, before)
            return []
        return decisions

    def _stopped_again(self, event: Event, stood: Request, before: Request, standing: Standing) -> list[Decision]:
        """Answer a request that a question has stopped, where it was not stopped by just that before."""
        if stood.questions == before.questions and stood.ending is None:
            return []
        decision = self._requests.stopped(event, stood, before, standing)
        self._take(event, decision, standing)
        return [decision]

    def _paid_meanwhile(self, event: events.EventVoided, before: Request, standing: Standing) -> Decision | None:
        """Refer a request that was paid more than it would now be accepted for; what was paid is not changed."""
        if not before.paid.cents:
            return None
        would_be = self._requests.as_if_unpaid(event, before, standing)
        if (would_be.accepted or NOTHING) >= before.paid:
            return None
        because = (
            f"{before.paid} was paid of the request; without event `{event.voids}` "
            f"it would be {would_be.outcome.word}, for {would_be.accepted or NOTHING}."
        )
        return self._requests.found(event, before, standing, referred(Code.PAID_MEANWHILE, because))

    def _since(self, event: Event, decision: Decision, standing: Standing) -> list[Decision]:
        """Decide at once what limits keep out of a year that is past, for each year opened since."""
        decisions: list[Decision] = []
        while _lets_wait(decision, standing):
            request = standing.requests[decision.request_id]
            opened = standing.opened.get(request.kept_out_in + 1)
            if opened is None:
                break
            decision = self._requests.rest(event, request, opened.on, standing)
            decisions.append(decision)
            self._take(event, decision, standing)
        return decisions

    def _take(self, event: Event, decision: Decision, standing: Standing) -> None:
        advance(standing, event, decision, self._recorded.event, part=1)


def _leaves_as_it_was(request: Request, decision: Decision) -> bool:
    """Tell whether an answer on what waits of a request lets just as much wait for the same."""
    if decision.outcome is Outcome.REJECTED or (decision.accepted or NOTHING).cents:
        return False
    waits = (decision.carried_over or NOTHING, decision.pended or NOTHING)
    return waits in ((request.waiting, request.pended), (NOTHING, NOTHING))


def _lets_wait(decision: Decision, standing: Standing) -> bool:
    """Tell whether an answer lets principal wait for a year that is opened already."""
    waits = (decision.carried_over or NOTHING).cents + (decision.pended or NOTHING).cents
    if not waits or decision.counts_from is None or standing.last_opened is None:
        return False
    return decision.counts_from.year < standing.last_opened


def _stands_alike(before: Request, after: Request) -> bool:
    """Tell whether a request stands as before: the same state, principal in the same years, and the same questions."""
    return _as_it_stands(before) == _as_it_stands(after)


def _as_it_stands(request: Request) -> tuple[Any, ...]:
    accepted: dict[int, int] = {}
    for repayment in request.repayments:
        year = repayment.accepted_on.year
        accepted[year] = accepted.get(year, 0) + repayment.principal.cents
    return (
        request.state,
        accepted,
        request.waiting,
        request.pended,
        request.questions,
        request.missing,
        request.ours,
    )


def _besides(event: Event, standing: Standing) -> Besides:
    return Besides(findings=dated_before_latest(event.received_on, standing))


def _noted(finding: Finding) -> Finding:
    """Say of one request among several what keeps it from being paid, without keeping the others."""
    return replace(finding, outcome=Outcome.RECORDED)


def _asked(event: Event, finding: Finding) -> Money | None:
    """Give the principal that an event asked for and is not given."""
    asks = isinstance(event, events.CallNoticed | events.PaymentDue)
    principal = getattr(event, "principal", None) if asks else None
    return principal if isinstance(principal, Money) and finding.outcome is not Outcome.RECORDED else None


_OPENED: Mapping[type[Event], Callable[[Answering, Any, Standing], Opened | Finding]] = MappingProxyType(
    {
        events.CallNoticed: Answering._call,
        events.CallRescinded: Answering._rescission,
        events.LotteryDrawn: Answering._lot,
        events.PaymentDue: Answering._due,
    }
)
"""How the case of an event is opened that rules decide and that is about no request."""

_DECIDED: Mapping[type[Event], Callable[[Answering, Any, Standing], Decision]] = MappingProxyType(
    {
        events.SurvivorsOptionRequested: Answering._request_made,
        events.DocumentsReceived: Answering._came,
        events.ParticularsReceived: Answering._came,
        events.PersonDecided: Answering._person,
        events.IssuerWaived: Answering._waived,
        events.WithdrawalRequested: Answering._withdrawn,
        events.CallNoticed: Answering._ruled,
        events.CallRescinded: Answering._ruled,
        events.LotteryDrawn: Answering._ruled,
        events.PaymentDue: Answering._ruled,
        events.PaymentMade: Answering._paid,
        events.PaymentReturned: Answering._returned,
        events.PositionReported: Answering._position,
        events.RateReset: Answering._rate,
        events.LimitsElected: Answering._elected,
        events.OutstandingReported: Answering._outstanding,
        events.YearOpened: Answering._year,
        events.NotesAccelerated: Answering._accelerated,
        events.EventVoided: Answering._voided,
        events.FaultMended: Answering._mended,
    }
)
"""How each type of event is decided; total over them, as the table of event kinds is."""
