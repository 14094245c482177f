"""Requests decided again because of another event: which of them it changes, and how each is answered.

An event may ask for requests to be decided anew. Much may have happened since they were decided, and the event is to
blame for none of that. So each is tried twice, as if decided anew without the event and with it, and only where the two
differ is it answered.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rules_engine.deciding.unruled import referred
from rules_engine.host.asking import RequestAnswering, released
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome, Question
from rules_engine.model.events import Event, EventVoided
from rules_engine.model.money import Money
from rules_engine.standing.consequences import Again, How, turn_away
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding import Recorded, forget_payments
from rules_engine.standing.holdings import contradictions
from rules_engine.standing.kinds import advance
from rules_engine.standing.positions import position_key
from rules_engine.standing.requests import NOTHING, PARTICULARS, Request, RequestState, without_payments
from rules_engine.standing.standing import Standing

_ASKED_EACH_TIME = frozenset({Code.RULE_REFERS, Code.NO_RULE_APPLIES, Code.POSITION_CONTRADICTED, Code.ACCOUNT_UNCLEAR})
"""Questions that follow from rules and ledger alone, so that they need not be remembered to be asked again."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a request would stand on a standing if nothing of it had been paid and it were decided anew.

    `accepted` is what it would be accepted for in all, `outcome` the first answer. `asks` are the questions that follow
    from rules and ledger, `held` is what the ledger then has of its position.
    """

    outcome: Outcome
    accepted: Money
    stands: tuple[Any, ...]
    asks: tuple[Question, ...]
    held: Money | None

    @property
    def about(self) -> frozenset[Hashable]:
        """What is asked, whatever the figures are."""
        return frozenset(map(_about, self.asks))

    def is_like(self, other: Tried | None) -> bool:
        """Tell whether the request would stand alike."""
        return other is not None and (self.stands, self.about) == (other.stands, other.about)


@dataclass(frozen=True, slots=True)
class Before:
    """What an event makes decided again, and how the requests to be decided anew stood, and would, without it."""

    again: tuple[Again, ...]
    requests: Mapping[str, Request]
    unpaid: Mapping[str, Tried]
    paid: Mapping[str, Tried]


class AnsweringAgain:
    """Decides requests again, on a standing that is being tried."""

    def __init__(self, requests: RequestAnswering, recorded: Recorded) -> None:
        self._requests = requests
        self._recorded = recorded

    def before(self, event: Event, again: tuple[Again, ...], standing: Standing) -> Before:
        """Look at requests on the standing as it is without the event."""
        whole = {each.request_id: standing.requests[each.request_id] for each in again if each.how is How.WHOLE}
        unpaid, paid = (self._tried(event, whole, standing, unpaid=unpaid) for unpaid in (True, False))
        return Before(again, whole, unpaid, paid)

    def answers(self, event: Event, before: Before, standing: Standing) -> list[Decision]:
        """Decide requests again, in order, moving the standing past each answer.

        Those to be decided anew are freed together first, so that the first tendered comes first. What a question has
        stopped keeps what it was accepted for until a person decides.
        """
        changed, now = self._changed(event, before, standing)
        for request in changed.values():
            keep(standing, request if request.is_stopped else released(request))
        decisions: list[Decision] = []
        for each in before.again:
            if each.how is How.WHOLE:
                if each.request_id in changed:
                    was = before.requests[each.request_id]
                    request, would_be = changed[each.request_id], now[each.request_id]
                    stood = before.unpaid.get(each.request_id)
                    if isinstance(event, EventVoided) and _was_paid_too_much(request, stood, would_be):
                        decisions.append(self._paid_meanwhile(event, request, would_be, standing))
                    else:
                        decisions += self._anew(event, was, request, standing)
                continue
            decision = self._once(event, each, standing)
            if decision is not None:
                decisions.append(decision)
                self._take(event, decision, standing)
                decisions += self.since(event, decision, standing)
        return decisions

    def since(self, event: Event, decision: Decision, standing: Standing) -> list[Decision]:
        """Decide at once what limits keep out of a year that is past, for each year opened since."""
        decisions: list[Decision] = []
        while lets_wait(decision, standing):
            request = standing.requests[decision.request_id]
            opened = standing.opened.get(request.kept_out_in + 1)
            if opened is None:
                break
            decision = self._requests.rest(event, request, opened.on, standing)
            decisions.append(decision)
            self._take(event, decision, standing)
        return decisions

    def _tried(self, event: Event, requests: Iterable[str], standing: Standing, *, unpaid: bool) -> dict[str, Tried]:
        """Try how requests would stand if all of them were decided anew, first tendered first.

        With `unpaid`, as if nothing of them had been paid; else what was paid of them stays so, and what was refused is
        left out.
        """
        tried: dict[str, Tried] = {}
        now = [request for name in requests if (request := standing.requests[name]).ending is None]
        if not unpaid:
            now = [request for request in now if request.undecided.cents and not _is_refused(request)]
        with standing.trying():
            for request in now if unpaid else ():
                forget_payments(standing, request)
                keep(standing, without_payments(request))
            for request in now:
                keep(standing, _untouched(request) if unpaid else released(request))
            for request in now:
                asks = _contradicting(request.request_id, standing)
                fresh = _untouched(request, asks) if unpaid else released(request)
                stands = request.accepted if unpaid else request.to_be_paid
                decision = self._requests.anew(event, fresh, fresh, standing, stands=stands)
                self._take(event, decision, standing)
                self.since(event, decision, standing)
                self._called(event, request.request_id, standing)
                after = standing.requests[request.request_id]
                by_rules = (each for each in after.questions if each not in fresh.questions)
                asked = (*asks, *by_rules)
                key = position_key(request.cusip, request.asked)
                held = None if key is None else standing.position(key).held
                tried[request.request_id] = Tried(decision.outcome, after.accepted, _as_it_stands(after), asked, held)
        return tried

    def _called(self, event: Event, name: str, standing: Standing) -> None:
        """Turn away what waits of a request, as each call of its note did that still stands."""
        for call in standing.calls.get(standing.requests[name].cusip, ()):
            for each in turn_away(call, standing.requests[name]):
                decision = self._once(event, each, standing)
                if decision is not None:
                    self._take(event, decision, standing)

    def _changed(
        self, event: Event, before: Before, standing: Standing
    ) -> tuple[dict[str, Request], Mapping[str, Tried]]:
        """Give the requests an event changes, each with the questions that are open now, and how all would stand."""
        changed: dict[str, Request] = {}
        now_unpaid, now_paid = (
            self._tried(event, before.requests, standing, unpaid=unpaid) for unpaid in (True, False)
        )
        for name in now_unpaid:
            tried = [(before.unpaid.get(name), now_unpaid[name])]
            if name in now_paid:
                tried.append((before.paid.get(name), now_paid[name]))
            differ = [(without, now) for without, now in tried if not now.is_like(without)]
            if not differ:
                continue
            request = standing.requests[name]
            questions = request.questions
            for without, now in differ:
                questions = questions if without is None else _asked_now(request, questions, without, now)
            changed[name] = replace(request, questions=questions)
        return changed, now_unpaid

    def _once(self, event: Event, each: Again, standing: Standing) -> Decision | None:
        request = standing.requests[each.request_id]
        if each.finding is not None:
            return self._requests.found(event, request, standing, each.finding, question=each.question, cut=each.cut)
        decision = self._requests.rest(event, request, each.on or request.counts_from, standing)
        worth = decision.outcome in each.only_if and not (each.if_changed and _leaves_as_it_was(request, decision))
        return decision if worth else None

    def _paid_meanwhile(self, event: EventVoided, request: Request, would_be: Tried, standing: Standing) -> Decision:
        """Refer a request that was paid more than it would be accepted for without an event; the payment stands."""
        because = (
            f"{request.paid} was paid of the request; without event `{event.voids}` "
            f"it would be {would_be.outcome.word}, for {would_be.accepted}."
        )
        keep(standing, request)
        referral = self._requests.found(event, request, standing, referred(Code.PAID_MEANWHILE, because))
        self._take(event, referral, standing)
        return referral

    def _anew(self, event: Event, was: Request, request: Request, standing: Standing) -> list[Decision]:
        """Decide a request anew, with the years opened since; answer only what is other than it was."""
        if request.is_stopped:
            return self._stopped(event, was, request, standing)
        if was.state is RequestState.REJECTED and was.questions != request.questions:
            asked_nothing_new = replace(request, questions=was.questions)
            decision = self._requests.anew(event, was, asked_nothing_new, standing, stands=request.to_be_paid)
            if decision.outcome is Outcome.REJECTED:
                return []
        mark = standing.journal.mark()
        decision = self._requests.anew(event, was, request, standing, stands=request.to_be_paid)
        keep(standing, request)
        self._take(event, decision, standing)
        decisions = [decision, *self.since(event, decision, standing)]
        if _stands_alike(was, standing.requests[request.request_id]):
            standing.journal.go_back(mark)
            keep(standing, request)
            return []
        return decisions

    def _stopped(self, event: Event, was: Request, request: Request, standing: Standing) -> list[Decision]:
        """Answer a request that a question has stopped, where it was not stopped by just that before."""
        if was.questions == request.questions and was.ending is None:
            return []
        decision = self._requests.stopped(event, was, request, standing)
        self._take(event, decision, standing)
        return [decision]

    def _take(self, event: Event, decision: Decision, standing: Standing) -> None:
        advance(standing, event, decision, self._recorded, part=1)


def _is_refused(request: Request) -> bool:
    """Tell whether a request was rejected, and not only because a call left no time for it."""
    return request.answered is RequestState.REJECTED and not request.turned_away


def _was_paid_too_much(request: Request, stood: Tried | None, would_be: Tried) -> bool:
    """Tell whether less than was paid would be accepted, and the event that is taken back has to do with that."""
    return would_be.accepted < request.paid and not would_be.is_like(stood)


def _untouched(request: Request, asks: tuple[Question, ...] = ()) -> Request:
    """Give a request as if nothing had been accepted or paid of it, with the questions that its figures raise now."""
    remembered = (each for each in request.questions if each.code not in _ASKED_EACH_TIME)
    questions = tuple(dict.fromkeys((*remembered, *asks)))
    return replace(request, repayments=(), waiting=NOTHING, pended=NOTHING, questions=questions)


def lets_wait(decision: Decision, standing: Standing) -> bool:
    """Tell whether an answer lets principal wait for a year that is opened already."""
    waits = (decision.carried_over or NOTHING).cents + (decision.pended or NOTHING).cents
    if not waits or decision.counts_from is None or standing.last_opened is None:
        return False
    return decision.counts_from.year < standing.last_opened


def _contradicting(request_id: str, standing: Standing) -> tuple[Question, ...]:
    """Give the questions that what a request says raises now."""
    request = standing.requests[request_id]
    found = contradictions(request.asked, PARTICULARS, standing, request, came_before=True)
    closed = {_about(each.question) for each in request.closed}
    return tuple(each.question for each in found if _about(each.question) not in closed)


def _asked_now(request: Request, questions: tuple[Question, ...], without: Tried, now: Tried) -> tuple[Question, ...]:
    """Give the questions that stay open: without those the event had caused, with those it had kept from coming."""
    gone = without.about - now.about
    kept = [each for each in questions if _about(each) not in gone]
    added = [
        each
        for each in now.asks
        if each.code is Code.POSITION_CONTRADICTED
        and without.held != now.held
        and _about(each) not in without.about
        and not request.has_closed(each)
    ]
    by_subject: dict[Hashable, Question] = {}
    for each in (*kept, *added):
        by_subject.setdefault(_about(each), each)
    return tuple(by_subject.values())


def _about(question: Question) -> Hashable:
    """Give what makes a question the same one; of those that follow from rules and ledger the figures do not."""
    return (question.code, question.field, question.rule) if question.code in _ASKED_EACH_TIME else question


def _leaves_as_it_was(request: Request, decision: Decision) -> bool:
    """Tell whether an answer on what waits of a request lets just as much wait for the same."""
    if decision.outcome is Outcome.REJECTED or (decision.accepted or NOTHING).cents:
        return False
    waits = (decision.carried_over or NOTHING, decision.pended or NOTHING)
    return waits in ((request.waiting, request.pended), (NOTHING, NOTHING))


def _stands_alike(before: Request, after: Request) -> bool:
    """Tell whether a request stands as before: the same state, questions and principal, and none accepted too early.

    What was accepted in a later year than it would be now leaves no limit exceeded, and is left alone.
    """
    if _as_it_stands(before, by_year=False) != _as_it_stands(after, by_year=False):
        return False
    was, now = _by_year(before), _by_year(after)
    return all(sum(_until(year, was)) <= sum(_until(year, now)) for year in was)


def _until(year: int, accepted: Mapping[int, int]) -> Iterable[int]:
    return (cents for each, cents in accepted.items() if each <= year)


def _by_year(request: Request) -> dict[int, int]:
    """Give what a request stands accepted for by the year it was accepted in, in cents."""
    accepted: dict[int, int] = {}
    for repayment in request.repayments if request.ending is None else ():
        year = repayment.accepted_on.year
        accepted[year] = accepted.get(year, 0) + repayment.principal.cents
    return accepted


def _as_it_stands(request: Request, *, by_year: bool = True) -> tuple[Any, ...]:
    accepted = _by_year(request)
    return (
        request.state,
        accepted if by_year else sum(accepted.values()),
        request.waiting,
        request.pended,
        request.missing if request.state is RequestState.PENDED else (),
        request.ours,
        *(() if by_year else (request.questions,)),
    )
