"""Events about one request: the request itself, papers, particulars, a person's decision, a waiver, a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from .deciding import confront, decide, entitled, hear, reject
from .expected import LEFT_OPEN, NOT_DONE, Expected, Json, any_code, one_of
from .refusing import Refusal, Unsettled
from .rules import may_be_waived
from .standing import Claim, Standing, note_of
from .terms import cents

PARTICULARS = (
    "position",
    "trigger",
    "occurred_on",
    "owner_ref",
    "account_ref",
    "acquired_on",
    "acquired",
    "registration",
    "co_owner_is_spouse",
    "deceased_share",
    "substantially_all_beneficial_interest",
    "owner_at_death",
    "held_in",
    "representative",
)


NO_DAYS: Mapping[date, int] = {}


def day_of(event: Json) -> date:
    """The business day of an event."""
    return date.fromisoformat(event["received_on"])


def particulars(event: Json) -> dict[str, Any]:
    """What an event says of a request."""
    return {name: event[name] for name in PARTICULARS if event.get(name) is not None}


def claim_of(standing: Standing, event: Json) -> Claim | None:
    """The request an event names."""
    return standing.claims.get(event["request_id"])


def about_a_known_request(standing: Standing, event: Json) -> Refusal | None:
    """Refuse what names a request that nobody made."""
    claim = claim_of(standing, event)
    if claim is None:
        return Refusal(one_of("referred"))
    return Refusal(NOT_DONE) if claim.ended == "voided" else None


def answered(claim: Claim, before: int = 0, days: Mapping[date, int] = NO_DAYS) -> Expected:
    """The answer on a request that was decided: what more is accepted than before, for which day, and what waits."""
    net = claim.accepted - before
    if claim.state == "referred":
        return Expected(
            claim.request_id, one_of("referred"), net, due_on=LEFT_OPEN, codes=frozenset(map(only, claim.questions))
        )
    if claim.verdict == "rejected":
        return Expected(claim.request_id, one_of("rejected"), net, 0, 0, due_on=LEFT_OPEN if before else None)
    if claim.undecided:
        return Expected(claim.request_id, one_of("pended"), net, 0, due_on=LEFT_OPEN if before else None)
    outcome = "accepted" if net > 0 else "pended" if claim.pended else "carried over" if claim.carried_over else ""
    outcomes = one_of(outcome) if outcome else LEFT_OPEN
    more = {each.due_on for each in claim.acceptances if claim.due(each.due_on) > days.get(each.due_on, 0)}
    due_on = next(iter(more)) if net > 0 and len(more) == 1 else LEFT_OPEN
    return Expected(claim.request_id, outcomes, net, claim.carried_over, claim.pended, due_on)


def only(code: str) -> frozenset[str]:
    """Just this code."""
    return frozenset({code})


# A request


def refuse_request(standing: Standing, event: Json) -> Refusal | None:
    """Refuse an id that is in use, and a note that nobody knows."""
    claim = claim_of(standing, event)
    if claim is not None and claim.ended != "voided":
        return Refusal(one_of("referred"), any_code("request_id_used_before"))
    return Refusal(one_of("referred")) if note_of(event["cusip"]) is None else None


def take_request(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Open a request and decide it."""
    note = note_of(event["cusip"])
    assert note
    today = day_of(event)
    papers = event.get("documents")
    claim = Claim(
        request_id=event["request_id"],
        event_id=event["event_id"],
        place=place,
        note=note,
        asked=cents(event["principal"]),
        received_on=today,
        told=particulars(event),
        papers=None if papers is None else set(papers),
        own_day=max(today, standing.first_day()),
    )
    standing.claims[claim.request_id] = claim
    confront(standing, claim, claim.told)
    decide(standing, claim, today)
    return [answered(claim)]


# Papers and particulars


def take_news(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Add what came to the request, and decide it again where it still waits."""
    claim = claim_of(standing, event)
    assert claim
    news = particulars(event)
    papers = set(event.get("documents") or ())
    expected = _take_news(standing, claim, event, news, papers)
    return [expected.with_codes("dated_before_request") if day_of(event) < claim.received_on else expected]


def _take_news(standing: Standing, claim: Claim, event: Json, news: dict[str, Any], papers: set[str]) -> Expected:
    told_otherwise = [name for name, value in news.items() if differs(claim, name, value)]
    added = {name: value for name, value in news.items() if claim.told.get(name) is None}
    state = claim.state
    today = day_of(event)
    if state in ("redeemed", "matured"):
        return Expected(claim.request_id, one_of("rejected"), 0)
    if state == "rejected":
        _add(claim, added, papers)
        return Expected(claim.request_id, one_of("rejected"), 0, codes=any_code("request_is_finished"))
    if state == "paid":
        # Whether a request is finished whose rest a person rejected, and the other part is paid, is left open.
        outcomes = one_of("recorded", "rejected") if claim.verdict == "rejected" else one_of("recorded")
        expected = Expected(claim.request_id, outcomes, 0)
        if claim.verdict == "rejected":
            return expected
        is_news = _is_news(claim, added, papers) and not would_be_different(standing, claim, {}, set(), today)
        different = bool(told_otherwise) or (is_news and would_be_different(standing, claim, news, papers, today))
        _add(claim, added, papers)
        return expected.with_codes("learnt_after_payment") if different else expected
    if claim.acceptances or claim.pended or state == "carried over":
        return _keep(standing, claim, event, news, papers)
    if claim.pended and standing.called_for(claim.note.cusip) is not None:
        raise Unsettled("papers come for a request that waits, and a call leaves it little time")
    old, missed = claim.position, claim.missing
    _add(claim, added, papers)
    if old is not None and claim.position != old and any(standing.on(old)):
        raise Unsettled("a request turns out to be about another position than others took it for")
    names_a_position = "account_ref" in added and "owner_ref" in missed and "owner_ref" not in claim.told
    supplied = (missed & (set(added) | papers)) or ("documents" in missed and papers) or names_a_position
    if supplied:
        claim.own_day = max(claim.own_day, today, standing.first_day())
    confront(standing, claim, added)
    if not supplied and missed - hear(standing, claim, today).missing:
        raise Unsettled("what a request waited for is no longer needed, though it never came")
    if told_otherwise:
        claim.questions["told_otherwise"] = ", ".join(told_otherwise)
    decide(standing, claim, today)
    return answered(claim)


def _add(claim: Claim, added: dict[str, Any], papers: set[str]) -> None:
    claim.told.update(added)
    if papers:
        claim.papers = (claim.papers or set()) | papers


def _is_news(claim: Claim, added: dict[str, Any], papers: set[str]) -> bool:
    """Whether something came that the request did not have."""
    return bool(added or papers - (claim.papers or set()))


def differs(claim: Claim, name: str, value: Any) -> bool:
    """Whether a particular is not the one the request already has."""
    has = claim.told.get(name, "death" if name == "trigger" else None)
    if has is None:
        return False
    return cents(has) != cents(value) if name == "position" else bool(has != value)


def _keep(standing: Standing, claim: Claim, event: Json, news: dict[str, Any], papers: set[str]) -> Expected:
    """Keep what came with a request that has its place or its principal; ask a person where it would matter."""
    told_otherwise = [name for name, value in news.items() if differs(claim, name, value)]
    added = {name: value for name, value in news.items() if claim.told.get(name) is None}
    if {"account_ref", "owner_ref"} & set(added):
        raise Unsettled("a request that stands accepted names its owner or account later")
    if claim.waiting and standing.called_for(claim.note.cusip) is not None:
        raise Unsettled("papers come for a request that waits, and a call leaves it little time")
    today = day_of(event)
    if claim.waiting and claim.position is not None and entitled(standing, claim) < claim.accepted + claim.waiting:
        raise Unsettled("papers come for a request of which others have taken what waits")
    is_news = _is_news(claim, added, papers) and not would_be_different(standing, claim, {}, set(), today)
    open_before = set(claim.questions)
    _add(claim, added, papers)
    if told_otherwise:
        claim.questions["told_otherwise"] = ", ".join(told_otherwise)
    else:
        confront(standing, claim, added)
    if set(claim.questions) - open_before - {"told_otherwise"}:
        return Expected(claim.request_id, one_of("referred"), 0)
    if not told_otherwise and is_news and would_be_different(standing, claim, {}, set(), today):
        claim.questions["changes_the_answer"] = ", ".join(added)
    if not told_otherwise and "changes_the_answer" not in claim.questions:
        # With an older question still open, whether the answer says so again is left open.
        outcomes = one_of("recorded", "referred") if claim.questions else one_of("recorded")
        if claim.pended or claim.carried_over:
            # Of one request, principal can be accepted and principal can wait; what waits may be decided again.
            outcomes |= one_of("pended", "carried over")
        if claim.note.matures_on <= today:
            # What waits has no day of repayment left.
            outcomes |= one_of("rejected")
            if claim.state == "pended":
                claim.undecided = claim.carried_over = claim.pended = 0
        return Expected(claim.request_id, outcomes, 0)
    code = "told_otherwise" if told_otherwise else "changes_the_answer"
    return Expected(claim.request_id, one_of("referred"), 0, codes=any_code(code))


def would_be_different(standing: Standing, claim: Claim, news: dict[str, Any], papers: set[str], today: date) -> bool:
    """Whether the request would not have been accepted for as much, had this been known."""
    trial = deepcopy(standing)
    other = trial.claims[claim.request_id]
    other.told.update(news)
    other.papers = (other.papers or set()) | papers
    verdict = hear(trial, other, today)
    if verdict.rejecting or verdict.asking or verdict.missing:
        return True
    return claim.state != "paid" and entitled(trial, other) < claim.accepted + claim.carried_over + claim.pended


# A person, a waiver, a withdrawal


def refuse_decision(standing: Standing, event: Json) -> Refusal | None:
    """Refuse to decide again what is paid, redeemed or matured."""
    refusal = about_a_known_request(standing, event)
    claim = claim_of(standing, event)
    if refusal or not claim or claim.state not in ("paid", "redeemed", "matured"):
        return refusal
    if claim.verdict == "rejected":
        raise Unsettled("a person decides again on a request that was paid in part and then rejected")
    return Refusal(LEFT_OPEN, request_id=claim.request_id)


def take_decision(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Close the questions of a request as a person says, and decide it again as of its own day."""
    claim = claim_of(standing, event)
    assert claim
    today = day_of(event)
    before = claim.accepted
    if event["answer"] == "reject":
        outcomes = LEFT_OPEN if claim.paid or claim.state == "rejected" else one_of("rejected")
        claim.asked_when_rejected = dict(claim.questions)
        reject(claim)
        return [Expected(claim.request_id, outcomes, claim.accepted - before, 0, 0)]
    if len({each.due_on for each in claim.acceptances}) > 1:
        raise Unsettled("a person lets a request go on that is to be repaid on several days")
    if claim.accepted > claim.paid and any(each.due_on < today for each in claim.acceptances) and not claim.questions:
        raise Unsettled("a person lets a request go on that has no question and is overdue")
    asked = dict(hear(standing, claim, today).asking)
    _correct(standing, claim, event, today)
    was_stopped = bool(claim.acceptances)
    was_asked = bool(claim.questions) or claim.state == "referred" or bool(particulars(event))
    claim.questions.clear()
    # A rule that asks only now, about a value the person gave, has not been answered yet.
    asking = {each for each in hear(standing, claim, today).asking if each[0] in asked}
    if any(asked[rule] != values for rule, values in asking):
        raise Unsettled("a person gives a value about which the rule that asked would ask as well")
    claim.let_go |= asking
    if claim.state == "rejected":
        claim.undecided = claim.asked - claim.accepted
    postpone(standing, claim, today)
    decide(standing, claim, today)
    expected = answered(claim, before)
    if was_stopped or before or not was_asked:
        # The answer on what stays accepted may give no amount, or take it back and accept it again; nor is it said
        # how a decision is answered that no question waited for.
        return [Expected(claim.request_id, LEFT_OPEN, claim.accepted - before)]
    return [expected]


def _correct(standing: Standing, claim: Claim, event: Json, today: date) -> None:
    news = particulars(event)
    if claim.missing & set(news):
        claim.own_day = max(claim.own_day, today, standing.first_day())
    claim.told.update(news)
    key = claim.position
    if key is None:
        return
    position = standing.at(key)
    if "position" in news and position.paid:
        raise Unsettled("a person says what a position holds of which something was paid, and not as of which day")
    if "position" in news:
        position.report(cents(news["position"]), "person", claim.received_on)
    elif "position_contradicted" not in claim.questions:
        confront(standing, claim, news)


def postpone(standing: Standing, claim: Claim, today: date) -> None:
    """Move what is accepted, unpaid and overdue to the first day of repayment still to come."""
    new_day = claim.note.first_interest_from(today)
    if today >= claim.note.matures_on and claim.unpaid:
        raise Unsettled("a person decides after maturity on a request that stands accepted")
    for day in {each.due_on for each in claim.acceptances if each.due_on < today}:
        unpaid = claim.due(day) - claim.payments.get(day, 0)
        claim.move(unpaid, day, new_day)


def take_waiver(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Lift a rule that the rule set says may be waived; nothing else may be."""
    claim = claim_of(standing, event)
    assert claim
    name = event.get("rule") or event.get("limit")
    if name not in may_be_waived():
        return [Expected(claim.request_id, NOT_DONE, 0)]
    if event.get("limit") or claim.acceptances or not (claim.is_open or claim.state == "rejected"):
        raise Unsettled("a limit is waived, or a rule for a request that stands accepted or has ended")
    claim.lifted.add(name)
    if claim.state == "rejected":
        claim.undecided = claim.asked
    decide(standing, claim, day_of(event))
    return [answered(claim)]


def take_withdrawal(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Answer that requests stand."""
    return [Expected(event["request_id"], one_of("rejected"), 0)]
