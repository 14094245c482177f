"""Requests decided again because of another event: which of them it changes, and how each is answered.

An event may ask for requests to be decided anew. Much may have happened since they were decided, and the event is to
blame for none of that. So each is tried twice, as if decided anew without the event and with it, and only where the two
differ is it answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from rules_engine.deciding.unruled import referred
from rules_engine.host.asked import released
from rules_engine.host.asking import RequestAnswering
from rules_engine.host.trials import Trials, is_about_other_principal
from rules_engine.host.tried import Lens, Tried, asked_now, stands_alike
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome, Question
from rules_engine.model.events import Event, EventVoided
from rules_engine.model.money import Money
from rules_engine.standing.contributing import keep
from rules_engine.standing.deciding_again import Again, How
from rules_engine.standing.folding import Recorded
from rules_engine.standing.requests import NOTHING, Request, RequestState
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


class AnsweringAgain(Trials):
    """Decides requests again, on a standing that is being tried."""

    def __init__(self, requests: RequestAnswering, recorded: Recorded, came_at: Callable[[str], int]) -> None:
        super().__init__(requests, recorded)
        self._came_at = came_at

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
        decisions: list[Decision] = []
        over = [name for name, was in before.requests.items() if _is_over_again(was, standing.requests[name])]
        if isinstance(event, EventVoided):
            decisions += [self._over_again(event, before.requests[name], standing) for name in over]
        asked = [name for name in before.requests if name not in over]
        now = self._tried(event, asked, before.beside, standing, before.requests)
        now |= self._as_claimed(event, asked, before.beside, standing)
        changed = self._changed(event, before, now, standing)
        for request in changed.values():
            keep(standing, request if request.is_stopped else released(request))
        for each in before.again:
            if each.how is not How.WHOLE:
                decision = self._once(event, each, standing)
                if decision is not None:
                    decisions.append(decision)
                    self._take(event, decision, standing)
                    decisions += self.since(event, decision, standing)
            elif each.request_id in changed and each.request_id not in over:
                request = changed[each.request_id]
                would_be = _too_much_paid(request, before, now) if isinstance(event, EventVoided) else None
                if isinstance(event, EventVoided) and would_be is not None:
                    told = would_be.outcome, would_be.accepted
                    decisions.append(self._paid_meanwhile(event, request, *told, standing))
                else:
                    decisions += self._anew(event, before.requests[each.request_id], request, standing)
        return decisions

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

    def _over_again(self, event: EventVoided, was: Request, standing: Standing) -> Decision:
        """Answer a request that had been rejected, and that another event had let go on which is taken back."""
        request = standing.requests[was.request_id]
        paid_before = NOTHING if request.ending is None else request.ending.paid
        if was.paid > paid_before:
            return self._paid_meanwhile(event, request, Outcome.REJECTED, paid_before, standing)
        decision = self._requests.over_again(event, was, request, standing)
        self._take(event, decision, standing)
        return decision

    def _changed(
        self, event: Event, before: Before, now: Mapping[tuple[Lens, str], Tried], standing: Standing
    ) -> dict[str, Request]:
        """Give the requests an event changes, each with the questions that are open now."""
        changed: dict[str, Request] = {}
        for (lens, name), tried in now.items():
            without = before.tried.get((lens, name))
            if tried.is_like(without) or (without is None and lens is Lens.AS_CLAIMED):
                continue
            request = changed.get(name, standing.requests[name])
            if without is not None:
                asked_before = self._asked_before(event, request)
                request = replace(request, questions=asked_now(request, without, tried, asked_before))
            changed[name] = request
        about = self._is_about(event, standing)
        for each in before.again:
            request, was = standing.requests[each.request_id], before.requests.get(each.request_id)
            is_reopened = was is not None and about is not None and about.request_id == each.request_id
            is_reopened = is_reopened and was is not None and not set(was.questions).issuperset(request.questions)
            if was is not None and (each.sure or is_reopened) and request.ending is None:
                changed.setdefault(each.request_id, request)
        return changed

    def _asked_before(self, event: Event, request: Request) -> frozenset[Question]:
        """Give the questions of a request that were open before an event came that is taken back."""
        if not isinstance(event, EventVoided):
            return frozenset()
        came_at = self._came_at(event.voids)
        return frozenset(question for question, by in request.openers if self._came_at(by) < came_at)

    def _anew(self, event: Event, was: Request, request: Request, standing: Standing) -> list[Decision]:
        """Decide a request anew, with the years opened since; answer only what is other than it was."""
        if request.is_stopped:
            return self._stopped(event, was, request, standing)
        is_its_own = (about := self._is_about(event, standing)) is not None and about.request_id == request.request_id
        if was.state is RequestState.REJECTED and was.questions != request.questions and not is_its_own:
            asked_nothing_new = replace(request, questions=was.questions)
            decision = self._requests.anew(event, was, asked_nothing_new, standing, stands=request.to_be_paid)
            if decision.outcome is Outcome.REJECTED:
                return []
        mark = standing.journal.mark()
        stands = NOTHING if is_about_other_principal(request, was) else request.to_be_paid
        decision = self._requests.anew(event, was, request, standing, stands=stands)
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


def _is_over_again(was: Request, request: Request) -> bool:
    """Tell whether a request is rejected again because what had let it go on is taken back."""
    is_rejected_by_rules = len(request.revived) < len(was.revived)
    return was.ending is None and (request.ending is not None or is_rejected_by_rules)


def _too_much_paid(request: Request, before: Before, now: Mapping[tuple[Lens, str], Tried]) -> Tried | None:
    """Give how a request would stand that was paid more than it would be accepted for without an event taken back."""
    for lens in (Lens.UNPAID, Lens.ALONE):
        would_be, stood = now.get((lens, request.request_id)), before.tried.get((lens, request.request_id))
        if would_be is not None and would_be.accepted < request.paid and not would_be.is_like(stood):
            return would_be
    return None
