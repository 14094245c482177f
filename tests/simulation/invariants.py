"""What always holds, seen from outside: from the events that were sent and the decisions that came back.

Nothing here knows the model. Where a value cannot be seen from outside, such as the year whose limit an acceptance
uses, the weaker thing that can be seen is checked, so that no right history ever fails.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from .standing import note_of
from .terms import cents, terms, written

Event = dict[str, Any]
Answers = Sequence[Sequence[dict[str, Any]]]
Run = Callable[[Sequence[Event]], Answers]

DONE = ("accepted", "recorded")
PARTICULARS = (
    "position",
    "occurred_on",
    "owner_ref",
    "account_ref",
    "acquired_on",
    "registration",
    "co_owner_is_spouse",
    "deceased_share",
)


def money(decision: dict[str, Any], name: str) -> int:
    """Read an amount; nothing where the decision gives none."""
    return cents(decision[name]) if decision.get(name) not in (None, "all") else 0


def codes(decision: dict[str, Any]) -> set[str]:
    """Every code that a decision names."""
    findings = [*decision.get("findings", ()), *decision.get("questions", ())]
    return {str(each["code"]) for each in findings if each.get("code")}


@dataclass
class Seen:
    """One request, as its event and its answers show it."""

    event: Event
    told: dict[str, Any]
    accepted: int = 0
    paid: int = 0
    by_year: dict[int, int] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)
    """The place of the event that first had something accepted in a year."""
    taken_back: int = 0
    waiting: int = 0
    last_outcome: str = ""
    is_voided: bool = False
    is_unsure: bool = False
    """Whether what it says of itself was taken back in part, so that only the ledger knows what stands."""
    papers_on: list[str] = field(default_factory=list)

    @property
    def position(self) -> tuple[str, str, str] | None:
        """The position it names."""
        for kind in ("account_ref", "owner_ref"):
            if self.told.get(kind):
                return (self.event["cusip"], kind, self.told[kind])
        return None


@dataclass
class Ledger:
    """What can be seen from outside after some events."""

    requests: dict[str, Seen] = field(default_factory=dict)
    by_event: dict[str, Event] = field(default_factory=dict)
    took_effect: set[str] = field(default_factory=set)
    figures: dict[tuple[str, str, str], int] = field(default_factory=dict)
    drawn: dict[tuple[str, tuple[str, str, str]], int] = field(default_factory=dict)
    rescinded: set[str] = field(default_factory=set)
    elections: list[Event] = field(default_factory=list)
    outstanding: list[Event] = field(default_factory=list)
    waived: set[str] = field(default_factory=set)
    opened: int = 0
    has_voids: bool = False

    def see(self, event: Event, decisions: Sequence[dict[str, Any]]) -> None:
        """Take in one event with its answers."""
        if not decisions or "error" in decisions[0] or event["event_id"] in self.by_event:
            return
        self.by_event[event["event_id"]] = event
        done = decisions[0]["outcome"] in DONE
        if done:
            self.took_effect.add(event["event_id"])
        _SEE.get(event["type"], _see_nothing)(self, event, decisions[0], done)
        for answer in answers_on_requests(event, decisions):
            self._answered(event, answer)

    def _answered(self, event: Event, answer: dict[str, Any]) -> None:
        seen = self.requests.get(answer["request_id"])
        refused = event["type"] == "survivors_option_requested" and seen is not None and seen.event is not event
        if seen is None or refused or seen.is_voided or answer.get("requested") is None:
            return
        net = money(answer, "accepted") - money(answer, "taken_back")
        seen.accepted += net
        seen.taken_back += money(answer, "taken_back")
        seen.waiting = money(answer, "carried_over") + money(answer, "pended")
        seen.last_outcome = answer["outcome"]
        year = self._year_used(seen, event)
        if year and money(answer, "accepted"):
            seen.by_year[year] = seen.by_year.get(year, 0) + money(answer, "accepted")
            seen.since.setdefault(year, event["place"])

    def _year_used(self, seen: Seen, event: Event) -> int | None:
        """The year whose limits an answer used, where only one is possible."""
        if event["type"] == "year_opened":
            return int(event["year"])
        if event["type"] == "survivors_option_requested":
            return max(int(event["received_on"][:4]), self.opened)
        if event["type"] in ("documents_received", "particulars_received"):
            days = (seen.event["received_on"], *seen.papers_on, event["received_on"])
            years = {int(day[:4]) for day in days}
            return years.pop() if len(years) == 1 and self.opened <= max(years) else None
        return None

    def most(self, key: tuple[str, str, str]) -> int:
        """The largest figure ever reported for a position."""
        return self.figures.get(key, 0)

    def report(self, key: tuple[str, str, str] | None, figure: str | None) -> None:
        """Take in a figure, whoever reports it."""
        if key is not None and figure is not None:
            self.figures[key] = max(self.most(key), cents(figure))


def answers_on_requests(event: Event, decisions: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The answers that say how much of a request is accepted; the one on a payment says what was paid."""
    for part, decision in enumerate(decisions):
        if decision.get("request_id") and not (part == 0 and event["type"].startswith("payment_")):
            yield decision


def _key(event: Event) -> tuple[str, str, str]:
    kind = "account_ref" if event.get("account_ref") else "owner_ref"
    return (event["cusip"], kind, event.get(kind, ""))


def _see_nothing(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    """Most events show nothing but their answers."""


def _see_request(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    known = ledger.requests.get(event["request_id"])
    if known is not None and not known.is_voided:
        return
    seen = Seen(event, {name: event[name] for name in PARTICULARS if event.get(name) is not None})
    ledger.requests[event["request_id"]] = seen
    ledger.report(seen.position, event.get("position"))


def _see_news(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    seen = ledger.requests.get(event["request_id"])
    if seen is None:
        return
    seen.papers_on.append(event["received_on"])
    ledger.report(seen.position, event.get("position"))
    decides = event["type"] == "person_decided" and event["answer"] == "go on"
    is_paid = seen.paid > 0 and seen.paid == seen.accepted and not seen.waiting
    names_it_later = {name for name in ("account_ref", "owner_ref") if event.get(name) and name not in seen.told}
    if names_it_later and seen.accepted:
        # Principal that is accepted does not move with a name that comes later.
        seen.is_unsure = True
        return
    for name in PARTICULARS:
        if event.get(name) is not None and not is_paid and (decides or seen.told.get(name) is None):
            seen.told[name] = event[name]
    ledger.report(seen.position, seen.told.get("position"))


def _see_lot(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    ledger.report(_key(event), event["position"])
    if done:
        lot = (event["notice_id"], _key(event))
        ledger.drawn[lot] = ledger.drawn.get(lot, 0) + cents(event["selected"])


def _see_payment(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    seen = ledger.requests.get(event.get("request_id", ""))
    if done and seen is not None and event["kind"] == "repayment":
        seen.paid += cents(event["principal"]) * (1 if event["type"] == "payment_made" else -1)


def _see_void(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    voided = ledger.by_event.get(event["voids"])
    if not done or voided is None or voided["type"] == "payment_due":
        return
    ledger.has_voids = True
    had_effect = voided["event_id"] in ledger.took_effect
    ledger.took_effect.discard(voided["event_id"])
    if voided["type"] == "survivors_option_requested":
        seen = ledger.requests.get(voided["request_id"])
        if seen is not None and seen.event is voided:
            seen.is_voided, seen.accepted, seen.waiting = True, 0, 0
    elif voided["type"] == "lottery_drawn":
        ledger.drawn.pop((voided["notice_id"], _key(voided)), None)
    elif voided["type"] in ("payment_made", "payment_returned") and had_effect:
        seen = ledger.requests.get(voided.get("request_id", ""))
        if seen is not None and voided["kind"] == "repayment":
            seen.paid -= cents(voided["principal"]) * (1 if voided["type"] == "payment_made" else -1)
    elif voided["type"] == "call_noticed":
        ledger.rescinded.add(voided["notice_id"])
    elif voided["type"] in ("particulars_received", "person_decided"):
        seen = ledger.requests.get(voided["request_id"])
        if seen is not None:
            seen.is_unsure = True


def _see_year(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    if done:
        ledger.opened = max(ledger.opened, event["year"])


def _see_other(ledger: Ledger, event: Event, decision: dict[str, Any], done: bool) -> None:
    if event["type"] == "position_reported":
        ledger.report(_key(event), event["principal"])
    elif event["type"] == "call_rescinded" and done:
        ledger.rescinded.add(event["notice_id"])
    elif event["type"] == "limits_elected":
        ledger.elections.append(event)
    elif event["type"] == "outstanding_reported":
        ledger.outstanding.append(event)
    elif event["type"] == "issuer_waived" and not _NOT_WAIVED & {each.get("code") for each in decision["findings"]}:
        ledger.waived.add(event["request_id"])


_NOT_WAIVED = {"request_not_known", "request_is_finished", "rule_not_known", "may_not_be_waived"}


_SEE: dict[str, Callable[[Ledger, Event, dict[str, Any], bool], None]] = {
    "survivors_option_requested": _see_request,
    "documents_received": _see_news,
    "particulars_received": _see_news,
    "person_decided": _see_news,
    "lottery_drawn": _see_lot,
    "payment_made": _see_payment,
    "payment_returned": _see_payment,
    "event_voided": _see_void,
    "year_opened": _see_year,
    "position_reported": _see_other,
    "call_rescinded": _see_other,
    "limits_elected": _see_other,
    "outstanding_reported": _see_other,
    "issuer_waived": _see_other,
}


# Each of these names what is wrong after the last of the events, or nothing.


def principal_of_a_position(ledger: Ledger) -> Iterator[str]:
    """Accepted and drawn by lot never exceed the most that was ever reported for a position."""
    sums: dict[tuple[str, str, str], int] = {}
    for seen in ledger.requests.values():
        if seen.position is not None and not seen.is_voided and not seen.is_unsure:
            sums[seen.position] = sums.get(seen.position, 0) + seen.accepted
    for (notice, key), drawn in ledger.drawn.items():
        if notice not in ledger.rescinded:
            sums[key] = sums.get(key, 0) + drawn
    for key, total in sums.items():
        if total > ledger.most(key):
            most = written(ledger.most(key))
            yield f"{written(total)} of position {key} is accepted or drawn, and {most} was reported"


def share_of_an_owner(ledger: Ledger) -> Iterator[str]:
    """Of a tenant in common's position never more than the share is accepted."""
    sums: dict[tuple[Any, Any], tuple[int, Fraction]] = {}
    for seen in ledger.requests.values():
        told = seen.told
        is_in_common = told.get("registration") == "tenants in common" and told.get("co_owner_is_spouse") is False
        if (
            seen.is_voided
            or seen.is_unsure
            or not is_in_common
            or not told.get("deceased_share")
            or not told.get("owner_ref")
        ):
            continue
        total, share = sums.get((seen.position, told["owner_ref"]), (0, Fraction(0)))
        sums[seen.position, told["owner_ref"]] = (total + seen.accepted, max(share, Fraction(told["deceased_share"])))
    for (key, owner), (total, share) in sums.items():
        if key is not None and total > ledger.most(key) * share:
            yield f"{written(total)} is accepted of the share {share} of {owner} in position {key}"


def limits_of_a_year(ledger: Ledger) -> Iterator[str]:
    """No year's limits are exceeded, as far as the year an answer used can be seen."""
    if ledger.has_voids:
        return
    for year in {event["year"] for event in ledger.elections}:
        elected = [event for event in ledger.elections if event["year"] == year]
        counted = [seen for seen in ledger.requests.values() if not seen.is_voided]
        if any(seen.event["request_id"] in ledger.waived for seen in counted):
            continue
        if all(event["annual"] for event in elected):
            yield from _annual_limit(ledger, year, elected, counted)
        if all(event["individual"] for event in elected):
            yield from _individual_limit(year, elected, counted)


def _in_year(seen: Seen, year: int) -> int:
    return max(0, seen.by_year.get(year, 0) - seen.taken_back)


def _annual_limit(ledger: Ledger, year: int, elected: list[Event], counted: list[Seen]) -> Iterator[str]:
    reported = [cents(event["principal"]) for event in ledger.outstanding if event["as_of"] == f"{year - 1}-12-31"]
    allowed = [cents(event["annual_amount"]) for event in elected if event.get("annual_amount")]
    by_percentage = int(max(reported, default=0) * terms().annual_percentage / 100)
    limit = max(terms().annual_amount, by_percentage, *allowed, 0)
    total = sum(_in_year(seen, year) for seen in counted)
    if total > limit and _bound_from_the_start(elected[0], counted, year):
        yield f"{written(total)} is accepted in {year}, and the programme's limit is {written(limit)}"


def _individual_limit(year: int, elected: list[Event], counted: list[Seen]) -> Iterator[str]:
    for owner in {seen.told.get("owner_ref") for seen in counted} - {None}:
        allowed = [
            cents(event["individual_amount"])
            for event in elected
            if event.get("individual_amount") and event.get("owner_ref") in (None, owner)
        ]
        limit = max(terms().individual_limit, *allowed, 0)
        of_owner = [seen for seen in counted if seen.told.get("owner_ref") == owner]
        total = sum(_in_year(seen, year) for seen in of_owner)
        if total > limit and _bound_from_the_start(elected[0], of_owner, year):
            yield f"{written(total)} of {owner} is accepted in {year}, and the limit is {written(limit)}"


def _bound_from_the_start(first: Event, counted: list[Seen], year: int) -> bool:
    """Whether the limit was elected before anything was accepted in the year: what was accepted before stands."""
    return all(seen.since[year] > first["place"] for seen in counted if year in seen.since)


def _maturity(seen: Seen) -> str:
    """The last day a repayment can be due, however late it is made."""
    note = note_of(seen.event["cusip"])
    return "" if note is None else str(note.matures_on)


def nothing_is_due_too_early(ledger: Ledger, event: Event, decisions: Sequence[dict[str, Any]]) -> Iterator[str]:
    """No repayment falls due before the request, the death, or the event that accepts it."""
    for answer in answers_on_requests(event, decisions):
        seen = ledger.requests.get(answer["request_id"])
        due_on = (answer.get("payment") or {}).get("due_on")
        if seen is None or due_on is None or not money(answer, "accepted"):
            continue
        for what, day in (
            ("the request was received", seen.event["received_on"]),
            ("the owner died", None if seen.is_unsure else seen.told.get("occurred_on")),
            ("the event came", None if due_on == _maturity(seen) else event["received_on"]),
        ):
            if day is not None and due_on < day:
                yield f"request {answer['request_id']} is due on {due_on}, and {what} on {day}"


def principal_is_paid_once(ledger: Ledger, event: Event, decisions: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What was paid of a request never exceeds what it is accepted for; what is due is what is open."""
    for request_id, seen in ledger.requests.items():
        if seen.paid > seen.accepted and not seen.is_voided:
            yield f"{written(seen.paid)} is paid of request {request_id}, accepted for {written(seen.accepted)}"
        if seen.paid < 0:
            yield f"more came back of request {request_id} than was paid"
    if event["type"] != "payment_due" or event["kind"] != "repayment" or decisions[0].get("outcome") != "accepted":
        return
    payment = decisions[0].get("payment") or {}
    if not payment.get("principal"):
        return
    open_principal = sum(
        seen.accepted - seen.paid for seen in ledger.requests.values() if seen.event["cusip"] == event["cusip"]
    )
    principal = cents(payment["principal"])
    if principal > open_principal:
        yield f"{written(principal)} is said to be due, and {written(open_principal)} is open on the note"
    parts = payment.get("parts") or ()
    if parts and sum(cents(part["principal"]) for part in parts) != principal:
        yield f"the parts do not add up to {written(principal)}"


def a_question_changes_nothing(event: Event, decisions: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A question on payments is one answer, and no request is answered again."""
    if event["type"] == "payment_due" and len(decisions) != 1:
        yield f"the question {event['event_id']} was answered {len(decisions)} times"


def nothing_ends_before_its_day(ledger: Ledger, event: Event, decisions: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A payment dated before its day ends nothing, and no request is finished that nothing finished."""
    if event["type"] == "payment_made" and event["received_on"] < event["due_on"] and len(decisions) > 1:
        yield f"{event['event_id']} is dated before {event['due_on']}, and requests were answered again"
    seen = ledger.requests.get(event.get("request_id", ""))
    if event["type"] not in ("documents_received", "particulars_received") or seen is None or seen.is_voided:
        return
    ended_by = [
        other
        for other in ledger.by_event.values()
        if other["type"] in ("payment_made", "call_noticed", "lottery_drawn", "notes_accelerated", "event_voided")
        and other.get("kind") != "repayment"
        and other["received_on"] >= other.get("due_on", "")
    ]
    finished = codes(decisions[0]) & {"request_is_finished"} or (
        decisions[0]["outcome"] == "rejected" and not money(decisions[0], "requested")
    )
    was_open = seen.last_outcome in ("pended", "accepted", "carried over", "referred") and seen.paid == 0
    if finished and was_open and not ended_by:
        yield f"request {event['request_id']} is said to be finished, and nothing has finished it"


def amounts_add_up(ledger: Ledger, event: Event, decisions: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Requested is accepted, carried over, pended and not accepted, in every answer and over a request's life."""
    for decision in decisions:
        if decision.get("requested") is None or decision["requested"] == "all":
            continue
        parts = [money(decision, name) for name in ("accepted", "carried_over", "pended", "not_accepted")]
        if sum(parts) != money(decision, "requested") or min(parts) < 0:
            yield f"{decision['requested']} was requested, and the answer on {event['event_id']} does not add up to it"
    for answer in answers_on_requests(event, decisions):
        seen = ledger.requests.get(answer["request_id"])
        if seen is None:
            continue
        if seen.accepted < 0:
            yield f"more is taken back of request {answer['request_id']} than was accepted"
        if seen.accepted + seen.waiting > cents(seen.event["principal"]):
            yield f"request {answer['request_id']} is accepted and waits for more than it asked for"


def faults(ledger: Ledger, event: Event, decisions: Sequence[dict[str, Any]]) -> list[str]:
    """See one more event, and name every invariant that does not hold after it."""
    if not decisions:
        return ["there is no answer"]
    is_new = event["event_id"] not in ledger.by_event and "error" not in decisions[0]
    ledger.see(event | {"place": len(ledger.by_event)}, decisions)
    if not is_new:
        return []
    found = [
        *principal_of_a_position(ledger),
        *share_of_an_owner(ledger),
        *limits_of_a_year(ledger),
        *nothing_is_due_too_early(ledger, event, decisions),
        *principal_is_paid_once(ledger, event, decisions),
        *a_question_changes_nothing(event, decisions),
        *nothing_ends_before_its_day(ledger, event, decisions),
        *amounts_add_up(ledger, event, decisions),
    ]
    return list(dict.fromkeys(found))


def faults_of(events: Sequence[Event], answers: Answers) -> list[str]:
    """Name every invariant that does not hold in a history."""
    ledger = Ledger()
    return [each for event, decisions in zip(events, answers, strict=True) for each in faults(ledger, event, decisions)]


# These ask the engine more than once.


COMES_WITH_ITS_PLACE = ("decision_id", "standing_at", "receipt", "made_by")


def _of_substance(decisions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """An answer without what its place in the ledger gives it, and without the remark on the order of dates."""
    kept = []
    for decision in decisions:
        substance = {name: value for name, value in decision.items() if name not in COMES_WITH_ITS_PLACE}
        if "findings" in substance:
            remarks = ("dated_before_latest",)
            substance["findings"] = [each for each in substance["findings"] if each.get("code") not in remarks]
        kept.append(substance)
    return kept


def asking_changes_nothing(run: Run, events: Sequence[Event], seed: int) -> list[str]:
    """Put questions on payments in between, at random, and compare the answers on all other events."""
    chance = random.Random(seed)
    without = [event for event in events if event["type"] != "payment_due"]
    asked: list[Event] = []
    for event in without:
        for _ in range(chance.randrange(3)):
            asked.append(_question(chance, without, event, f"question-{len(asked)}"))
        asked.append(event)
    plain = run(without)
    busy = [answer for event, answer in zip(asked, run(asked), strict=True) if event["type"] != "payment_due"]
    return [
        f"{event['event_id']} is answered otherwise once payments were asked about"
        for event, one, other in zip(without, plain, busy, strict=True)
        if _of_substance(one) != _of_substance(other)
    ]


def _question(chance: random.Random, events: Sequence[Event], after: Event, event_id: str) -> Event:
    cusip = next((event["cusip"] for event in events if event.get("cusip")), "02006DLF6")
    kind = chance.choice(("repayment", "maturity", "redemption", "interest"))
    due_on = {"maturity": date(2019, 12, 15)}.get(
        kind, date(chance.choice((2017, 2018, 2019)), chance.randint(1, 12), 15)
    )
    return {
        "type": "payment_due",
        "event_id": event_id,
        "received_on": after["received_on"],
        "cusip": cusip,
        "due_on": str(due_on),
        "kind": kind,
        "principal": "10000.00",
    }


def every_request_can_end(run: Run, events: Sequence[Event]) -> list[str]:
    """A person can end each request that is open, or it can be paid; after that it is finished."""
    ledger = Ledger()
    answers = run(events)
    for event, decisions in zip(events, answers, strict=True):
        ledger.see(event | {"place": 0}, decisions)
    latest = max((event["received_on"] for event in events), default="2017-01-02")
    still_open = [
        request_id
        for request_id, seen in ledger.requests.items()
        if not seen.is_voided and seen.last_outcome in ("pended", "referred", "carried over")
    ]
    found = []
    for request_id in still_open:
        last = {
            "type": "person_decided",
            "event_id": f"last-{request_id}",
            "received_on": latest,
            "request_id": request_id,
            "answer": "reject",
            "decided_by": "desk-1",
            "because": "to see whether it ends",
        }
        papers = {
            "type": "documents_received",
            "event_id": f"after-{request_id}",
            "received_on": latest,
            "request_id": request_id,
            "documents": ["tax waiver"],
        }
        *_, after = run([*events, last, papers])
        if after[0].get("outcome") not in ("rejected", "recorded"):
            found.append(f"request {request_id} goes on after a person rejected it")
    return found


def the_same_again(run: Run, events: Sequence[Event]) -> list[str]:
    """Deciding the same history twice gives the same receipts."""
    receipts = [[[each.get("receipt") for each in answer] for answer in run(events)] for _ in range(2)]
    return [
        f"{event['event_id']} has another receipt the second time"
        for event, one, other in zip(events, *receipts, strict=True)
        if one != other
    ]
