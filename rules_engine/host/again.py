"""Requests decided again because of another event: which of them it changes, and how each is answered.

An event may ask for requests to be decided anew. Much may have happened since they were decided, and the event is to
blame for none of that. So each is tried twice, as if decided anew without the event and with it, and only where the two
differ is it answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from rules_engine.deciding.unruled import referred
from rules_engine.host.asking import RequestAnswering, released
from rules_engine.host.tried import Lens, Tried, as_it_stands, asked_now, contradicting, stands_alike, untouched
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome, Question
from rules_engine.model.events import CallNoticed, Event, EventVoided
from rules_engine.model.money import Money
from rules_engine.standing.consequences import Again, How, turn_away
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding import Recorded, forget_payments
from rules_engine.standing.kinds import advance
from rules_engine.standing.positions import position_key
from rules_engine.standing.requests import NOTHING, Request, RequestState, without_payments
from rules_engine.standing.standing import Standing


@dataclass(frozen=True, slots=True)
class Before:
    """What an event makes decided again, and how the requests to be decided anew stood, and would, without it.

    `beside` names those that stand beside them and are not answered.
    """

    again: tuple[Again, ...]
    requests: Mapping[str, Request]
    beside: tuple[str, ...]
    tried: Mapping[tuple[Lens, str], Tried]


class AnsweringAgain:
    """Decides requests again, on a standing that is being tried."""

    def __init__(self, requests: RequestAnswering, recorded: Recorded) -> None:
        self._requests = requests
        self._recorded = recorded

    def before(self, event: Event, again: tuple[Again, ...], standing: Standing) -> Before:
        """Look at requests on the standing as it is without the event."""
        anew = [each for each in again if each.how is How.WHOLE]
        whole = {each.request_id: standing.requests[each.request_id] for each in anew if not each.beside}
        beside = tuple(each.request_id for each in anew if each.beside)
        tried = self._tried(event, whole, beside, standing) | self._as_claimed(event, whole, beside, standing)
        return Before(again, whole, beside, tried)

    def answers(self, event: Event, before: Before, standing: Standing) -> list[Decision]:
        """Decide requests again, in order, moving the standing past each answer.

        Those to be decided anew are freed together first, so that the first tendered comes first. What a question has
        stopped keeps what it was accepted for until a person decides.
        """
        reopened = {
            name: tuple(each for each in standing.requests[name].questions if each not in was.questions)
            for name, was in before.requests.items()
        }
        now = self._tried(event, before.requests, before.beside, standing, reopened)
        now |= self._as_claimed(event, before.requests, before.beside, standing)
        changed = _changed(before, now, standing)
        for request in changed.values():
            keep(standing, request if request.is_stopped else released(request))
        decisions: list[Decision] = []
        for each in before.again:
            if each.how is How.WHOLE and not each.beside:
                if isinstance(event, EventVoided) and self._is_over_again(before.requests[each.request_id], standing):
                    decisions.append(self._over_again(event, before.requests[each.request_id], standing))
                elif each.request_id in changed:
                    request = changed[each.request_id]
                    would_be = _too_much_paid(request, before, now) if isinstance(event, EventVoided) else None
                    if isinstance(event, EventVoided) and would_be is not None:
                        told = would_be.outcome, would_be.accepted
                        decisions.append(self._paid_meanwhile(event, request, *told, standing))
                    else:
                        decisions += self._anew(event, before.requests[each.request_id], request, standing)
            if each.how is How.WHOLE:
                continue
            decision = self._once(event, each, standing)
            if decision is not None:
                decisions.append(decision)
                self._take(event, decision, standing)
                decisions += self.since(event, decision, standing)
        return decisions

    def since(
        self, event: Event, decision: Decision, standing: Standing, stood: Request | None = None
    ) -> list[Decision]:
        """Decide at once what limits keep out of a year that is past, for each year opened since.

        `stood` is the request as it stood before, where all of it is decided anew.
        """
        decisions: list[Decision] = []
        while lets_wait(decision, standing):
            request = standing.requests[decision.request_id]
            opened = standing.opened.get(request.kept_out_in + 1)
            if opened is None:
                break
            decision = self._requests.rest(event, request, opened.on, standing, stood)
            decisions.append(decision)
            self._take(event, decision, standing)
        return decisions

    def _tried(
        self,
        event: Event,
        requests: Iterable[str],
        beside: Iterable[str],
        standing: Standing,
        reopened: Mapping[str, tuple[Question, ...]] = MappingProxyType({}),
    ) -> dict[tuple[Lens, str], Tried]:
        """Try through each lens how requests would stand if they were decided anew, first tendered first.

        What was refused is not tried with what was paid of others, which may have come since. What was paid is asked
        about again only where a question was `reopened`: others may have been paid since.
        """
        now = [request for name in requests if (request := standing.requests[name]).ending is None]
        paid = [request for request in now if request.paid.cents]
        tried = self._all_unpaid(event, now, beside, standing)
        for request in paid:
            tried |= self._through(Lens.ALONE, event, [request], standing, reopened.get(request.request_id, ()))
        undecided = [request for request in now if request.undecided.cents and not _is_refused(request)]
        return tried | self._through(Lens.AS_PAID, event, undecided, standing)

    def _all_unpaid(
        self, event: Event, now: list[Request], beside: Iterable[str], standing: Standing
    ) -> dict[tuple[Lens, str], Tried]:
        """Try requests as if nothing had been paid, of those that stand beside them neither."""
        with standing.trying():
            for name in beside:
                if (request := standing.requests[name]).paid.cents:
                    _leave_out_payments(request, standing)
            return self._through(Lens.UNPAID, event, now, standing)

    def _as_claimed(
        self, event: Event, requests: Iterable[str], beside: Iterable[str], standing: Standing
    ) -> dict[tuple[Lens, str], Tried]:
        """Try how requests would stand that were answered while the one a void is about claimed more than it does now.

        It may have kept them out then, and they were not asked again when it no longer did.
        """
        about = self._is_about(event, standing)
        all_now = (standing.requests[name] for name in requests)
        now = [request for request in all_now if request.ending is None and request is not about]
        named = [each.request_id for each in now if about and each.was_answered_while_more_was_claimed_by(about)]
        if about is None or not named:
            return {}
        with standing.trying():
            if about.state is not RequestState.VOIDED:
                keep(standing, replace(untouched(about), ending=None, answered=RequestState.PENDED))
            tried = self._all_unpaid(event, now, beside, standing)
        return {(Lens.AS_CLAIMED, name): tried[Lens.UNPAID, name] for name in named}

    def _is_about(self, event: Event, standing: Standing) -> Request | None:
        """Give the request that an event taken back was about, if nothing of it is paid."""
        named = self._recorded(event.voids) if isinstance(event, EventVoided) else None
        request = standing.requests.get(getattr(named, "request_id", None) or "")
        return None if request is None or request.paid.cents else request

    def _through(
        self,
        lens: Lens,
        event: Event,
        now: list[Request],
        standing: Standing,
        reopened: tuple[Question, ...] = (),
    ) -> dict[tuple[Lens, str], Tried]:
        tried: dict[tuple[Lens, str], Tried] = {}
        unpaid = lens is not Lens.AS_PAID
        with standing.trying():
            for request in now if unpaid else ():
                _leave_out_payments(request, standing)
            for request in now:
                keep(standing, untouched(request) if unpaid else released(request))
            for request in now:
                asks = reopened if lens is Lens.ALONE else contradicting(request.request_id, standing)
                fresh = untouched(request, asks) if unpaid else released(request)
                stands = request.accepted if unpaid else request.to_be_paid
                decision = self._requests.anew(event, fresh, fresh, standing, stands=stands)
                self._take(event, decision, standing)
                self.since(event, decision, standing)
                self._called(event, request.request_id, standing)
                after = standing.requests[request.request_id]
                by_rules = (each for each in after.questions if each not in fresh.questions)
                key = position_key(request.cusip, request.asked)
                tried[lens, request.request_id] = Tried(
                    outcome=decision.outcome,
                    accepted=after.accepted,
                    stands=as_it_stands(after),
                    asks=(*asks, *by_rules),
                    held=None if key is None else standing.position(key).held,
                )
        return tried

    def _called(self, event: Event, name: str, standing: Standing) -> None:
        """Turn away what waits of a request, as each call of its note did that still stands."""
        for call in standing.calls.get(standing.requests[name].cusip, ()):
            for each in turn_away(call, standing.requests[name]):
                decision = self._once(event, each, standing)
                if decision is not None:
                    self._take(event, decision, standing)

    def _once(self, event: Event, each: Again, standing: Standing) -> Decision | None:
        request = standing.requests[each.request_id]
        if each.finding is not None:
            return self._requests.found(event, request, standing, each.finding, question=each.question, cut=each.cut)
        decision = self._requests.rest(event, request, each.on or request.counts_from, standing)
        if decision.outcome not in each.only_if or (each.if_changed and _leaves_as_it_was(request, decision)):
            return None
        return None if each.by and self._is_so_without(event, each, each.by, decision, standing) else decision

    def _is_so_without(
        self, event: Event, each: Again, call: CallNoticed, decision: Decision, standing: Standing
    ) -> bool:
        """Tell whether what waits of a request would be answered alike without a call."""
        with standing.trying():
            stand = (other for other in standing.calls.get(call.cusip, ()) if other.notice_id != call.notice_id)
            standing.calls.put(call.cusip, tuple(stand))
            request = standing.requests[each.request_id]
            on = max(request.counts_from, call.received_on)
            without = self._requests.rest(event, request, on, standing)
        return without.outcome is decision.outcome

    def _paid_meanwhile(
        self, event: EventVoided, request: Request, outcome: Outcome, would_be: Money, standing: Standing
    ) -> Decision:
        """Refer a request that was paid more than it would be accepted for without an event; the payment stands."""
        because = (
            f"{request.paid} was paid of the request; without event `{event.voids}` "
            f"it would be {outcome.word}, for {would_be}."
        )
        keep(standing, request)
        referral = self._requests.found(event, request, standing, referred(Code.PAID_MEANWHILE, because))
        self._take(event, referral, standing)
        return referral

    def _is_over_again(self, was: Request, standing: Standing) -> bool:
        return was.ending is None and standing.requests[was.request_id].ending is not None

    def _over_again(self, event: EventVoided, was: Request, standing: Standing) -> Decision:
        """Answer a request that a person had rejected, and that another event had let go on which is taken back."""
        request = standing.requests[was.request_id]
        if request.ending is not None and was.paid > request.ending.paid:
            return self._paid_meanwhile(event, request, Outcome.REJECTED, request.ending.paid, standing)
        decision = self._requests.over_again(event, was, request, standing)
        self._take(event, decision, standing)
        return decision

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
        decisions = [decision, *self.since(event, decision, standing, was)]
        if stands_alike(was, standing.requests[request.request_id]):
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


def _leave_out_payments(request: Request, standing: Standing) -> None:
    """Let a request be as if nothing of it had been paid, nor its note been paid off after that."""
    if request.paid.cents and request.cusip in standing.ended_notes:
        standing.ended_notes.drop(request.cusip)
    forget_payments(standing, request)
    keep(standing, without_payments(request))


def _changed(before: Before, now: Mapping[tuple[Lens, str], Tried], standing: Standing) -> dict[str, Request]:
    """Give the requests an event changes, each with the questions that are open now."""
    changed: dict[str, Request] = {}
    for (lens, name), tried in now.items():
        without = before.tried.get((lens, name))
        if tried.is_like(without):
            continue
        request = changed.get(name, standing.requests[name])
        if without is not None:
            request = replace(request, questions=asked_now(request, without, tried))
        changed[name] = request
    for each in before.again:
        if each.sure and each.request_id in before.requests and standing.requests[each.request_id].ending is None:
            changed.setdefault(each.request_id, standing.requests[each.request_id])
    return changed


def _too_much_paid(request: Request, before: Before, now: Mapping[tuple[Lens, str], Tried]) -> Tried | None:
    """Give how a request would stand that was paid more than it would be accepted for without an event taken back."""
    for lens in (Lens.UNPAID, Lens.ALONE):
        would_be, stood = now.get((lens, request.request_id)), before.tried.get((lens, request.request_id))
        if would_be is not None and would_be.accepted < request.paid and not would_be.is_like(stood):
            return would_be
    return None


def _is_refused(request: Request) -> bool:
    """Tell whether a request was rejected, and not only because a call left no time for it."""
    return request.answered is RequestState.REJECTED and not request.turned_away


def lets_wait(decision: Decision, standing: Standing) -> bool:
    """Tell whether an answer lets principal wait for a year that is opened already."""
    waits = (decision.carried_over or NOTHING).cents + (decision.pended or NOTHING).cents
    if not waits or decision.counts_from is None or standing.last_opened is None:
        return False
    return decision.counts_from.year < standing.last_opened


def _leaves_as_it_was(request: Request, decision: Decision) -> bool:
    """Tell whether an answer on what waits of a request lets just as much wait for the same."""
    if decision.outcome is Outcome.REJECTED or (decision.accepted or NOTHING).cents:
        return False
    waits = (decision.carried_over or NOTHING, decision.pended or NOTHING)
    return waits in ((request.waiting, request.pended), (NOTHING, NOTHING))
