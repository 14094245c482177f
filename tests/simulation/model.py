"""The second model: events in, expected answers out.

Each kind of event is a pair: what refuses it, and what it does. An event that is taken back is taken back in the most
naive way: the history is told once more without it, each event having the effect it had, and what differs is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from datetime import date

from . import issuers, payments, requests
from .deciding import due_from, snapshot
from .expected import NOT_DONE, Expected, Json, any_code, one_of
from .refusing import PaidMeanwhile, Refusal, Unsettled
from .requests import answered, day_of
from .standing import Claim, Standing
from .taking_back import keep_days, refuse_void

Refuse = Callable[[Standing, Json], Refusal | None]
Take = Callable[[Standing, Json, int], list[Expected]]


def _never(standing: Standing, event: Json) -> Refusal | None:
    return None


KINDS: Mapping[str, tuple[Refuse, Take]] = {
    "survivors_option_requested": (requests.refuse_request, requests.take_request),
    "documents_received": (requests.about_a_known_request, requests.take_news),
    "particulars_received": (requests.about_a_known_request, requests.take_news),
    "withdrawal_requested": (requests.about_a_known_request, requests.take_withdrawal),
    "person_decided": (requests.refuse_decision, requests.take_decision),
    "issuer_waived": (requests.about_a_known_request, requests.take_waiver),
    "call_noticed": (issuers.refuse_call, issuers.take_call),
    "call_rescinded": (issuers.refuse_rescission, issuers.take_rescission),
    "lottery_drawn": (issuers.refuse_lot, issuers.take_lot),
    "outstanding_reported": (issuers.refuse_outstanding, issuers.take_outstanding),
    "limits_elected": (issuers.refuse_election, issuers.take_election),
    "year_opened": (issuers.refuse_year, issuers.take_year),
    "position_reported": (issuers.refuse_report, issuers.take_report),
    "notes_accelerated": (_never, issuers.take_acceleration),
    "payment_made": (payments.refuse_payment, payments.take_payment),
    "payment_returned": (payments.refuse_return, payments.take_return),
}

ASKS, VOIDS = "payment_due", "event_voided"


@dataclass
class Entry:
    """An event as it was answered."""

    event: Json
    took_effect: bool
    expected: list[Expected]
    is_voided: bool = False


class Model:
    """A ledger of one programme, kept by the texts."""

    def __init__(self) -> None:
        self.standing = Standing()
        self.entries: dict[str, Entry] = {}
        self.left_open = ""
        """Why nothing is compared any more; empty while the texts determine the answers."""

    @property
    def states(self) -> dict[str, str]:
        """Where each request is in its life."""
        return {claim.request_id: claim.state for claim in self.standing.claims.values()}

    def answer(self, event: Json) -> list[Expected]:
        """Take an event in, and give the answers the texts expect."""
        known = self.entries.get(event["event_id"])
        if known is not None:
            return known.expected if known.event == event else [Expected(outcomes=one_of("error"))]
        if self.left_open:
            return []
        dating = self._dating(event) if self._is_of_the_programme(event) else (frozenset(), frozenset())
        try:
            expected, took_effect = self._take_in(event)
        except PaidMeanwhile as why:
            self.left_open = str(why)
            referred = Expected(why.request_id, one_of("referred"), codes=any_code("paid_meanwhile"))
            return [replace(Expected(), others_too=True), referred]
        except Unsettled as why:
            self.left_open = str(why)
            return []
        expected[0] = replace(expected[0], codes=expected[0].codes | dating[0], never=dating[1])
        self.entries[event["event_id"]] = Entry(event, took_effect, expected)
        if self.standing.first_year is None and took_effect:
            self.standing.first_year = day_of(event).year
        return expected

    def _is_of_the_programme(self, event: Json) -> bool:
        """Whether an event names something that the programme's ledger knows."""
        known: Mapping[str, Container[str]] = {
            "request_id": self.standing.claims,
            "notice_id": self.standing.calls,
            "voids": self.entries,
        }
        if event["type"] in ("survivors_option_requested", "call_noticed"):
            return True
        if event["type"] == VOIDS and (voided := self.entries.get(event["voids"])) is not None:
            return self._is_of_the_programme(voided.event)
        return all(event[name] in those for name, those in known.items() if name in event)

    def _dating(self, event: Json) -> tuple[frozenset[frozenset[str]], frozenset[str]]:
        """Whether the answer must say that the event is dated before the latest one, or must not."""
        days = [day_of(entry.event) for entry in self.entries.values()]
        counting = [
            day_of(entry.event)
            for entry in self.entries.values()
            if entry.took_effect and not entry.is_voided and entry.event["type"] != VOIDS
        ]
        if counting and day_of(event) < max(counting):
            return any_code("dated_before_latest"), frozenset()
        may_say_so = bool(days) and day_of(event) < max(days)
        return frozenset(), frozenset() if may_say_so else frozenset({"dated_before_latest"})

    def _take_in(self, event: Json) -> tuple[list[Expected], bool]:
        if event["type"] == ASKS:
            return [payments.answer_question(self.standing, event)], False
        if event["type"] == VOIDS:
            return self._void(event)
        refuse, take = KINDS[event["type"]]
        before = {claim.request_id: claim.as_it_stands() for claim in self.standing.claims.values()}
        if refusal := refuse(self.standing, event):
            return [Expected(refusal.request_id, refusal.outcomes, codes=refusal.codes)], False
        expected = take(self.standing, event, len(self.entries))
        return expected + self._changed(before, {each.request_id for each in expected}), True

    def _changed(self, before: Mapping[str, Claim], answered_already: set[str | None]) -> list[Expected]:
        """Expect an answer on each request that now stands differently."""
        changed = []
        for claim in sorted(self.standing.claims.values(), key=lambda claim: claim.tendered):
            was = before.get(claim.request_id)
            if claim.request_id not in answered_already and was is not None and snapshot(was) != snapshot(claim):
                days = {each.due_on: was.due(each.due_on) for each in was.acceptances}
                changed.append(answered(claim, was.accepted, days))
        return changed

    def _void(self, event: Json) -> tuple[list[Expected], bool]:
        entry = self.entries.get(event["voids"])
        if entry is None or entry.event["type"] == VOIDS:
            return [Expected(outcomes=NOT_DONE)], False
        if entry.is_voided or not entry.took_effect:
            entry.is_voided = entry.is_voided or entry.event["type"] != ASKS
            return [Expected()], False
        if refusal := refuse_void(self.standing, entry.event):
            return [Expected(outcomes=refusal.outcomes)], False
        about = self.standing.claims.get(entry.event.get("request_id", ""))
        if entry.event["type"] == "particulars_received" and about is not None and about.state == "paid":
            raise Unsettled("what was told of a request that is paid is taken back")
        if any(claim.waiting and claim.note.matures_on <= day_of(event) for claim in self.standing.claims.values()):
            raise Unsettled("an event is taken back while a request waits on a note that has matured")
        if any(claim.state == "rejected" and claim.payments for claim in self.standing.claims.values()):
            raise Unsettled("an event is taken back, and the rest of a request that was paid is rejected")
        entry.is_voided = True
        old = self.standing
        self.standing = self._told_again(old)
        if entry.event["type"] == "year_opened" and any(
            each.own_day != self.standing.claims[name].own_day for name, each in old.claims.items()
        ):
            raise Unsettled("a year is taken back from whose first day a request counts")
        if entry.event["type"] == "year_opened" and any(
            each.questions and each.waiting for each in old.claims.values()
        ):
            raise Unsettled("a year is taken back while a request with a question waits")
        keep_days(old, self.standing, day_of(event), entry.event)
        voided = entry.event.get("request_id") if entry.event["type"] == "survivors_option_requested" else None
        expected = [Expected()]
        self._refuse_to_guess_payments(old, about)
        self._refuse_to_guess_figures(old, voided)
        for claim in sorted(self.standing.claims.values(), key=lambda claim: claim.tendered):
            was = old.claims.get(claim.request_id)
            if was is None or claim.request_id == voided:
                continue
            if entry.event["type"] == "position_reported" and "position_contradicted" in claim.questions:
                raise Unsettled("a report is taken back, and a figure told before it contradicts a request as well")
            if set(claim.questions) - set(was.questions):
                raise Unsettled("an event is taken back, and a request contradicts what the ledger has then")
            in_the_way = voided and claim.state == "rejected" and claim.position == old.claims[voided].position
            if in_the_way and claim.position and _several_are_rejected(self.standing, claim):
                raise Unsettled("a request is taken back that was one of several to stand in another's way")
            if _is_the_same_answer(was, claim):
                continue
            self._refuse_to_guess(was, claim, entry.event, day_of(event))
            # Decided again, it is no longer due on a day that has passed.
            requests.postpone(self.standing, claim, day_of(event))
            expected.append(_after_a_void(claim, was))
        return expected, True

    def _refuse_to_guess(self, was: Claim, claim: Claim, voided: Json, today: date) -> None:
        """Leave open what an event that is taken back means for a request that time has overtaken."""
        called_for = self.standing.called_for(claim.note.cusip)
        owner = claim.told.get("owner_ref")
        names_account = any(
            "account_ref" in other.told and owner is not None and other.told.get("owner_ref") == owner
            for other in self.standing.claims.values()
            if other.note is claim.note
        )
        naturally = due_from(self.standing, was, was.own_day, was.received_on)
        if any(each.due_on > naturally for each in was.acceptances):
            raise Unsettled("an event is taken back that changes a request part of which was let in later")
        if was.questions and was.accepted != claim.accepted:
            raise Unsettled("an event is taken back that changes what a request with a question was accepted for")
        key = claim.position
        if (
            was.state == "rejected"
            and key is not None
            and any(other.state == "rejected" for other in self.standing.on(key) if other is not claim)
        ):
            raise Unsettled("an event is taken back that was one of several to stand in a request's way")
        decided = {entry.event.get("request_id") for entry in self.entries.values() if _is_by_a_person(entry)}
        if claim.request_id in decided and was.state == "rejected":
            raise Unsettled("an event is taken back, and a person had decided on a request that was rejected")
        if voided["type"] == "year_opened" and was.state == "rejected":
            raise Unsettled("a year is taken back at whose opening a request was turned away")
        if claim.note.matures_on <= today:
            raise Unsettled("an event is taken back that changes a request on a note that has matured")
        as_of = max(claim.own_day, today)
        if voided["type"] == "limits_elected" and voided["year"] in self.standing.elections:
            raise Unsettled(
                "one of several elections for a year is taken back, and what it kept out is asked for again"
            )
        if claim.undecided and called_for and called_for <= due_from(self.standing, claim, as_of, today):
            raise Unsettled("an event is taken back, and a request that waits again is left no time by a call")
        if "account_ref" not in claim.told and names_account:
            raise Unsettled("an event is taken back, and a request that names no account is decided again")
        if "position" not in claim.told and "position" in claim.missing:
            raise Unsettled("what a request without a figure of its own rests on is taken back")

    def _refuse_to_guess_payments(self, old: Standing, about: Claim | None) -> None:
        """Leave open what becomes of a request that was paid in part and stands otherwise without another's event."""
        for claim in self.standing.claims.values():
            was = old.claims.get(claim.request_id)
            if was is None or was is about or not was.payments or claim.ended == "voided":
                continue
            if snapshot(was) != snapshot(claim):
                raise Unsettled("an event is taken back that changes what another request was accepted for and paid")

    def _refuse_to_guess_figures(self, old: Standing, voided: str | None) -> None:
        """Leave open what a position holds whose first figure is taken back, where a request refused told another."""
        key = old.claims[voided].position if voided else None
        if key is None or old.at(key).source != voided:
            return
        told = {other.told.get("position") for other in old.on(key) if other.request_id != voided}
        if len(told - {None}) > 1:
            raise Unsettled("the first figure of a position is taken back, and others told more than one")

    def _told_again(self, old: Standing) -> Standing:
        """Tell the history again without what was voided, each event having the effect it had."""
        told = Standing(first_year=old.first_year)
        for place, entry in enumerate(self.entries.values()):
            if entry.is_voided or not entry.took_effect or entry.event["type"] == VOIDS:
                continue
            about = entry.event.get("request_id")
            if entry.event["type"] != "survivors_option_requested" and about and about not in told.claims:
                continue
            KINDS[entry.event["type"]][1](told, entry.event, place)
        for request_id, claim in old.claims.items():
            if request_id not in told.claims:
                told.claims[request_id] = replace(claim, ended="voided", acceptances=[], questions={})
        return told


def _several_are_rejected(standing: Standing, claim: Claim) -> bool:
    others = standing.on(claim.position) if claim.position else ()
    return any(other is not claim and other.state == "rejected" for other in others)


def _is_by_a_person(entry: Entry) -> bool:
    return entry.event["type"] == "person_decided" and entry.took_effect and not entry.is_voided


def _is_the_same_answer(was: Claim, claim: Claim) -> bool:
    """Whether a request stands as it did, but for what was paid of it."""
    amounts = [(each.accepted, each.carried_over, each.pended, bool(each.undecided)) for each in (was, claim)]
    by_amounts = ("paid", "accepted", "carried over", "pended")
    if claim.state == "paid" and was.state == "referred":
        return amounts[0] == amounts[1]  # what is asked of it stops nothing any more
    states = ["" if each.state in by_amounts else each.state for each in (was, claim)]
    return amounts[0] == amounts[1] and states[0] == states[1]


def _after_a_void(claim: Claim, was: Claim) -> Expected:
    """The answer on a request that stands otherwise once an event is taken back."""
    net = claim.accepted - was.accepted
    if claim.state in ("referred", "rejected", "redeemed", "matured") or was.acceptances:
        # An answer that takes back, or only lets a question go, may be worded in several ways.
        return Expected(claim.request_id, accepted=net)
    return replace(answered(claim), accepted=net, due_on=min((each.due_on for each in claim.acceptances), default=None))
