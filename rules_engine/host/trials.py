"""How requests would stand if they were decided anew, tried on the standing and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from rules_engine.host.asked import released
from rules_engine.host.one_by_one import OneByOne
from rules_engine.host.tried import Lens, Tried, as_it_stands, contradicting, untouched
from rules_engine.model.events import Event, EventVoided
from rules_engine.standing.consequences_of_calls import turn_away
from rules_engine.standing.contributing import keep
from rules_engine.standing.folding_principal import forget_payments
from rules_engine.standing.positions import position_key
from rules_engine.standing.requests import NOTHING, Request, RequestState, without_payments
from rules_engine.standing.standing import Standing


class Trials(OneByOne):
    """Tries requests through each lens."""

    def _tried(
        self,
        event: Event,
        requests: Iterable[str],
        beside: Iterable[str],
        standing: Standing,
        stood: Mapping[str, Request] = MappingProxyType({}),
    ) -> dict[tuple[Lens, str], Tried]:
        """Try through each lens how requests would stand if they were decided anew, first tendered first.

        What was refused is not tried with what was paid of others, which may have come since. What was paid is asked
        about again only where a question is open that was not when the requests `stood` as they did before the event:
        others may have been paid since.
        """
        now = [request for name in requests if (request := standing.requests[name]).ending is None]
        paid = [request for request in now if request.paid.cents]
        tried = self._all_unpaid(event, now, beside, standing, stood)
        for request in paid:
            tried |= self._through(Lens.ALONE, event, [request], standing, stood)
        undecided = [request for request in now if request.undecided.cents and not _is_refused(request)]
        return tried | self._through(Lens.AS_PAID, event, undecided, standing)

    def _all_unpaid(
        self,
        event: Event,
        now: list[Request],
        beside: Iterable[str],
        standing: Standing,
        stood: Mapping[str, Request] = MappingProxyType({}),
    ) -> dict[tuple[Lens, str], Tried]:
        """Try requests as if nothing had been paid, of those that stand beside them neither."""
        with standing.trying():
            for name in beside:
                if (request := standing.requests[name]).paid.cents:
                    _leave_out_payments(request, standing)
            return self._through(Lens.UNPAID, event, now, standing, stood)

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
        stood: Mapping[str, Request] = MappingProxyType({}),
    ) -> dict[tuple[Lens, str], Tried]:
        tried: dict[tuple[Lens, str], Tried] = {}
        unpaid = lens is not Lens.AS_PAID
        with standing.trying():
            for request in now if unpaid else ():
                _leave_out_payments(request, standing)
            for request in now:
                keep(standing, untouched(request) if unpaid else released(request))
            for request in now:
                was = stood.get(request.request_id, request)
                reopened = tuple(each for each in request.questions if each not in was.questions)
                asks = reopened if lens is Lens.ALONE else contradicting(request.request_id, standing)
                fresh = untouched(request, asks) if unpaid else released(request)
                stands = request.accepted if unpaid else request.to_be_paid
                if is_about_other_principal(request, was):
                    stands = NOTHING
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


def is_about_other_principal(request: Request, was: Request) -> bool:
    """Tell whether a request is about another position than it was taken to be: what was accepted was of that one."""
    return position_key(request.cusip, request.asked) != position_key(was.cusip, was.asked)


def _leave_out_payments(request: Request, standing: Standing) -> None:
    """Let a request be as if nothing of it had been paid, nor its note been paid off after that."""
    if request.paid.cents and request.cusip in standing.ended_notes:
        standing.ended_notes.drop(request.cusip)
    forget_payments(standing, request)
    keep(standing, without_payments(request))


def _is_refused(request: Request) -> bool:
    """Tell whether a request was rejected, and not only because a call left no time for it."""
    return request.answered is RequestState.REJECTED and not request.turned_away
