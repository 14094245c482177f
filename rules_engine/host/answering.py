"""Answering one event on one standing: its own decision, and those on requests it has to answer again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from rules_engine.deciding.deciding import Besides, decide
from rules_engine.deciding.receipt import sealed
from rules_engine.deciding.unruled import NOTHING_ELSE, RestsOn, Said, referred, unruled
from rules_engine.host import on_record, payments
from rules_engine.host.again import AnsweringAgain
from rules_engine.host.asking import RequestAnswering
from rules_engine.host.belonging import UNASSIGNED
from rules_engine.host.cases import Opened
from rules_engine.host.lots import lot_findings
from rules_engine.host.on_record import dated_before_latest
from rules_engine.host.one_by_one import lets_wait
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
from rules_engine.standing.deciding_again import Again, How, whole
from rules_engine.standing.kinds import advance, consequences_of
from rules_engine.standing.standing import Standing


class Recorded(Protocol):
    """What a ledger tells of events and requests it has recorded."""

    def event(self, event_id: str) -> Event | None:
        """Find an event by its id; None where there is none."""

    def first_answer(self, event_id: str) -> Decision | None:
        """Give the decision on an event itself; None where there is none."""

    def answered_by(self, event_id: str) -> tuple[str, ...]:
        """List the requests that were answered again because of an event."""

    def stands_under(self, request_id: str) -> str | None:
        """Give the programme a request stands under; None where there is no such request."""


class Answering:
    """Answers events on the cases an opener opens; writes nothing."""

    def __init__(self, opener: CaseOpener, recorded: Recorded) -> None:
        self._opener = opener
        self._recorded = recorded
        self._requests = RequestAnswering(opener)
        self._again = AnsweringAgain(self._requests, recorded.event, self._came_at)

    def answers(self, event: Event, standing: Standing) -> tuple[Answer, ...]:
        """Decide an event on a standing, and then every request it has to answer again; write nothing."""
        first = Answer(event=event, decision=self.decide(event, standing))
        again = consequences_of(event, first.decision, standing, self._recorded.event)
        if isinstance(event, events.EventVoided) and first.decision.outcome is Outcome.RECORDED:
            again = self._with_answered_by(event.voids, again, standing)
        if not (again or lets_wait(first.decision, standing)):
            return (first,)
        before = self._again.before(event, again, standing)
        with standing.trying():
            stood = standing.requests.get(first.decision.request_id) if first.decision.anew else None
            advance(standing, event, first.decision, self._recorded.event, part=0)
            decisions = [first.decision, *self._again.since(event, first.decision, standing, stood)]
            decisions += self._again.answers(event, before, standing)
        return tuple(Answer(event=event, decision=decision) for decision in decisions)

    def _with_answered_by(self, event_id: str, again: Iterable[Again], standing: Standing) -> tuple[Again, ...]:
        """Add the requests that an event had made decided again to those whom its absence can change.

        It is to blame for no answer that was given before it came.
        """
        again = tuple(again)
        others = tuple(each for each in again if each.how is not How.WHOLE)
        named = {each.request_id for each in others}
        came_at = self._came_at(event_id)
        answered = [name for name in self._recorded.answered_by(event_id) if name not in named]
        its_own = {*answered, getattr(self._recorded.event(event_id), "request_id", None)}
        anew = [each.request_id for each in again if each.how is How.WHOLE]
        found = [request for name in (*anew, *answered) if (request := standing.live(name)) is not None]
        decided_before = {
            request.request_id for request in found if request.is_decided and request.answered_at < came_at
        } - its_own
        sure = {each.request_id for each in again if each.sure}
        return (
            *others,
            *(
                replace(each, beside=each.request_id in decided_before, sure=each.request_id in sure)
                for each in whole(found)
            ),
        )

    def _came_at(self, event_id: str) -> int:
        """Give the ledger position of the answer on an event itself."""
        first = self._recorded.first_answer(event_id)
        return 0 if first is None else first.standing_at + 1

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
            cusip = getattr(event, "cusip", "")
            return self._found(event, standing, opened, self._opener.rests_on(cusip) if cusip else NOTHING_ELSE)
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
        return self._found(event, standing, finding, self._opener.rests_on(event.cusip))

    def _of_a_programme(self, event: Event, programme: str, standing: Standing, finding: Finding) -> Decision:
        if not self._opener.knows(programme):
            finding = referred(Code.PROGRAMME_NOT_KNOWN, f"The rule book has no programme `{programme}`.")
        return self._found(event, standing, finding)

    def _found(self, event: Event, standing: Standing, finding: Finding, rests_on: RestsOn = NOTHING_ELSE) -> Decision:
        findings = (finding, *dated_before_latest(event.received_on, standing))
        return unruled(event, standing, Said(findings=findings, requested=_asked(event, finding)), rests_on=rests_on)


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
