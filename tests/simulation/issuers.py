"""What issuers and the depository send: calls, lots, reports, elections, years, and what stands in an account."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

from .deciding import (
    ELECTION,
    OUTSTANDING,
    decide,
    decide_waiting,
    due_from,
    entitled,
    free,
    has_time,
    heard_as_of,
    reject,
    still_stands,
)
from .expected import LEFT_OPEN, Expected, Json, any_code, one_of
from .refusing import Refusal, Unsettled
from .requests import day_of, postpone
from .rules import rules
from .standing import Call, Claim, Election, PositionKey, Standing, money_of, note_of
from .terms import cents, terms

RECORDED = one_of("recorded")


# Calls


def refuse_call(standing: Standing, event: Json) -> Refusal | None:
    """Hear the rules on redemption at the issuer's choice."""
    note = note_of(event["cusip"])
    if note is None:
        return Refusal(one_of("referred"))
    redeem_on, given_on = date.fromisoformat(event["redeem_on"]), date.fromisoformat(event["notice_given_on"])
    if given_on > day_of(event) or day_of(event) > redeem_on:
        return Refusal(one_of("referred"))
    called_for = standing.called_for(note.cusip)
    refused = (
        not note.may_be_called_for(redeem_on),
        given_on + timedelta(days=note.days_of_notice) > redeem_on,
        event.get("price") not in (None, "100"),
        event["principal"] != "all" and cents(event["principal"]) % terms().multiple != 0,
        called_for is not None and called_for <= redeem_on,
    )
    if any(refused):
        return Refusal(one_of("rejected"))
    if event.get("price") is None or "holders" not in (event.get("notified") or ()):
        return Refusal(one_of("pended"))
    if note.cusip in standing.paid_off:
        raise Unsettled("a call of a note that is paid off")
    return None


def take_call(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Put a call on record; one of the whole note stops what is due from its day, and ends what has no time left."""
    call = Call(
        notice_id=event["notice_id"],
        cusip=event["cusip"],
        redeem_on=date.fromisoformat(event["redeem_on"]),
        whole=event["principal"] == "all",
        principal=0 if event["principal"] == "all" else cents(event["principal"]),
        conditional=bool(event.get("conditional")),
    )
    claims = standing.open_claims(call.cusip)
    payable = {claim.request_id: _payable(standing, claim) for claim in claims}
    standing.calls[call.notice_id] = call
    expected = [Expected(outcomes=one_of("accepted"))]
    if not call.whole:
        return expected
    for claim in claims:
        waited = claim.waiting
        _call_out(standing, claim, call, day_of(event))
        if _payable(standing, claim) != payable[claim.request_id]:
            outcomes = RECORDED if waited == claim.waiting and claim.state == "accepted" else LEFT_OPEN
            expected.append(Expected(claim.request_id, outcomes, 0, codes=any_code("redeemed_with_the_note")))
    return expected


def _payable(standing: Standing, claim: Claim) -> int:
    return sum(standing.payable(claim, day) for day in {each.due_on for each in claim.acceptances})


def _call_out(standing: Standing, claim: Claim, call: Call, today: date) -> None:
    """End what of a request still waits and is left no time by a call of the whole note."""
    if claim.state == "referred":
        return
    before = (claim.undecided, claim.carried_over, claim.pended, claim.pended_for)
    as_of = max(claim.own_day, today)
    if claim.undecided and "note is called" in heard_as_of(standing, claim, as_of, today).rejecting:
        claim.undecided = 0
    if claim.carried_over and not has_time(standing, claim, today):
        claim.carried_over = 0
    if claim.pended and due_from(standing, claim, as_of, today) >= call.redeem_on:
        claim.pended = 0
    if before[:3] == (claim.undecided, claim.carried_over, claim.pended):
        return
    claim.before_the_call, claim.ended_by = before, call.notice_id
    if not claim.acceptances:
        reject(claim)


def refuse_rescission(standing: Standing, event: Json) -> Refusal | None:
    """Hear the rules on rescission."""
    call = standing.calls.get(event["notice_id"])
    if call is None:
        return Refusal(one_of("referred"))
    if not call.conditional or call.rescinded or day_of(event) > call.redeem_on:
        return Refusal(one_of("rejected"))
    if call.drawn:
        raise Unsettled("a call in part is taken back after lots were drawn")
    if call.cusip in standing.paid_off:
        raise Unsettled("a call is taken back after the redemption was paid")
    return None


def take_rescission(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Give back all that the call had ended, as of each request's own day."""
    call = standing.calls[event["notice_id"]]
    today = day_of(event)
    claims = sorted((each for each in standing.claims.values()), key=lambda claim: claim.tendered)
    claims = [claim for claim in claims if claim.note.cusip == call.cusip and claim.ended != "voided"]
    payable = {claim.request_id: _payable(standing, claim) for claim in claims}
    call.rescinded = True
    expected = [Expected(outcomes=one_of("accepted"))]
    for claim in claims:
        if claim.ended_by == call.notice_id:
            before = claim.accepted
            _bring_back(standing, claim, today)
            if before and claim.accepted == before:
                # The answer may speak of what stands accepted, or of what waits.
                expected.append(Expected(claim.request_id, LEFT_OPEN, 0, claim.carried_over, claim.pended))
        elif _payable(standing, claim) != payable[claim.request_id]:
            expected.append(Expected(claim.request_id, accepted=0))
    return expected


def _bring_back(standing: Standing, claim: Claim, today: date) -> None:
    undecided, carried_over, pended, _ = claim.before_the_call
    if not undecided + carried_over + pended:
        raise Unsettled("a request that came after a call was rejected for it, and the call is taken back")
    if pended:
        raise Unsettled("a call is taken back that had ended what waited for a report")
    # Decided again, it is no longer due on a day that has passed.
    postpone(standing, claim, today)
    claim.ended_by, claim.before_the_call = "", (0, 0, 0, ("", 0))
    claim.verdict = "accepted" if carried_over else "pended"
    if undecided:
        claim.undecided = undecided
        decide(standing, claim, today)
        return
    claim.carried_over = carried_over
    later = sorted(year for year in standing.opened if year > claim.last_year)
    # More may have been allowed meanwhile in the year that kept it out.
    decide_waiting(standing, claim, today, [claim.last_year, *later], "carried_over")


# Lots


def lot_position(event: Json) -> PositionKey:
    """The position a lot, a redemption or a report names."""
    if event.get("account_ref"):
        return (event["cusip"], "account", event["account_ref"])
    return (event["cusip"], "owner", event["owner_ref"])


def refuse_lot(standing: Standing, event: Json) -> Refusal | None:
    """Hear the rules on redemption in part, and hold the lot against what is left before the redemption date."""
    call = standing.calls.get(event["notice_id"])
    if call is None:
        return Refusal(one_of("referred"))
    key = lot_position(event)
    position = standing.at(key)
    figure, selected = cents(event["position"]), cents(event["selected"])
    if call.cusip != event["cusip"] or day_of(event) > call.redeem_on or call.cusip in standing.paid_off:
        raise Unsettled("a lot of another note, or after the redemption date")
    is_known = position.figure is not None and still_stands(standing, position, None, key)
    if is_known and not max(0, standing.left(key)) <= figure <= position.held:
        raise Unsettled("a lot that reports another position than the ledger has")
    same_owner = (claim for claim in standing.claims.values() if claim.told.get("owner_ref") == event["owner_ref"])
    if any(claim.note.cusip == key[0] and claim.position != key and claim.state != "rejected" for claim in same_owner):
        raise Unsettled("a lot for an owner whose requests name another account, or none")
    drawn_for = {owner for (_, owner), _ in call.drawn.items()}
    if event["owner_ref"] in drawn_for and all(drawn_of != key for drawn_of, _ in call.drawn):
        raise Unsettled("a second lot for one owner, of another position")
    referred = (
        any(drawn_of == key for drawn_of, _ in call.drawn),
        selected > figure,
        is_known and selected > left_before(standing, key, call.redeem_on),
    )
    if any(referred):
        return Refusal(one_of("referred"))
    multiple = standing.terms.multiple
    rejected = (
        call.whole,
        call.rescinded,
        not call.whole and sum(call.drawn.values()) + selected > call.principal,
        0 < selected < figure <= multiple,
        selected % multiple != 0,
    )
    return Refusal(one_of("rejected")) if any(rejected) else None


def left_before(standing: Standing, key: PositionKey, day: date) -> int:
    """What of a position is neither drawn nor repaid before a day."""
    later = sum(_unpaid_from(claim, day) for claim in standing.on(key))
    return standing.left(key) + later


def _unpaid_from(claim: Claim, day: date) -> int:
    days = {each.due_on for each in claim.acceptances if each.due_on >= day}
    return 0 if not claim.is_open else sum(claim.due(each) - claim.payments.get(each, 0) for each in days)


def take_lot(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Draw principal of a position, and cut what is due later to what is left, the latest tender first."""
    call = standing.calls[event["notice_id"]]
    key = lot_position(event)
    position = standing.at(key)
    selected = cents(event["selected"])
    if position.figure is None or not still_stands(standing, position, None, key):
        position.most = 0
        position.report(cents(event["position"]), "lot")
    position.source = "lot" if position.source not in ("report", "person") else position.source
    position.lots[call.notice_id] = position.lots.get(call.notice_id, 0) + selected
    drawn = (key, event["owner_ref"])
    call.drawn[drawn] = call.drawn.get(drawn, 0) + selected
    expected = [Expected(outcomes=one_of("accepted"))]
    excess = -standing.left(key)
    for claim in sorted(standing.on(key), key=lambda claim: claim.tendered, reverse=True):
        taken = claim.cut(excess, call.redeem_on) if excess > 0 and claim.is_open else 0
        if taken:
            excess -= taken
            expected.append(Expected(claim.request_id, accepted=-taken, codes=any_code("cut_to_what_is_left")))
    for claim in standing.on(key):
        waits = claim.carried_over + claim.pended
        if waits and free(standing, claim, key) < claim.unpaid + waits:
            raise Unsettled("a lot leaves too little for a request part of which waits")
        # What is no longer there, or no longer the owner's, does not wait either.
        rest = max(0, entitled(standing, claim) - claim.accepted) if waits else 0
        if 0 < rest < waits:
            raise Unsettled("a lot leaves too little for a request part of which waits")
        claim.carried_over, claim.pended = min(claim.carried_over, rest), min(claim.pended, rest)
    for claim in standing.on(key):
        if claim.undecided and claim.state == "pended" and "account_ref" not in claim.missing:
            decide(standing, claim, day_of(event))
            if claim.acceptances:
                raise Unsettled("a lot tells what the position holds of a request that waits to know it")
    answered_already = {each.request_id for each in expected}
    silent = [claim for claim in standing.on(key) if claim.request_id not in answered_already]
    return expected + [Expected(claim.request_id, accepted=0, is_required=False) for claim in silent]


# Reports, elections, years


def refuse_outstanding(standing: Standing, event: Json) -> Refusal | None:
    """Refer a second figure for one day."""
    known = standing.outstanding.get(date.fromisoformat(event["as_of"]))
    return Refusal(one_of("referred")) if known not in (None, cents(event["principal"])) else None


def take_outstanding(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Put a figure on record, and decide what waited for it."""
    as_of = date.fromisoformat(event["as_of"])
    pended = (claim for claim in standing.claims.values() if claim.pended)
    if any(standing.called_for(claim.note.cusip) for claim in pended):
        raise Unsettled("a report comes for what waits of a request, and a call leaves it little time")
    is_news = as_of not in standing.outstanding
    standing.outstanding[as_of] = cents(event["principal"])
    if is_news and (as_of.month, as_of.day) == (12, 31):
        _decide_reported(standing, (OUTSTANDING, as_of.year + 1), day_of(event))
    return [Expected(outcomes=RECORDED)]


def _decide_reported(standing: Standing, report: tuple[str, int], today: date) -> None:
    year = report[1]
    years = [year, *sorted(later for later in standing.opened if later > year)]
    for claim in standing.open_claims():
        if claim.pended and claim.pended_for == report:
            if claim.state == "referred":
                raise Unsettled("a report comes for a request that has a question")
            decide_waiting(standing, claim, today, years, "pended", today)


def refuse_election(standing: Standing, event: Json) -> Refusal | None:
    """Leave open what a second election means that says otherwise, or allows less."""
    known = standing.elections.get(event["year"])
    amounts = [cents(event[name]) for name in ("annual_amount", "individual_amount") if event.get(name)]
    if amounts and min(amounts) < terms().individual_limit:
        raise Unsettled("an election of less than the rules' limit")
    if known is None:
        return None
    if (known.annual, known.individual) != (event["annual"], event["individual"]):
        raise Unsettled("a second election says otherwise")
    stops = (known.individual_amount and not event.get("individual_amount")) or (
        known.annual_amount and not event.get("annual_amount")
    )
    owners = known.for_owner.get(event.get("owner_ref", ""))
    stops = stops or (owners is not None and cents(event.get("individual_amount", "0")) != owners)
    if stops or (known.individual_amount and event.get("owner_ref")):
        raise Unsettled("a second election names no amount where the first one did, or one for one owner only")
    if event["year"] < (standing.last_opened or 0):
        raise Unsettled("more is allowed for a year that is over")
    return None


def take_election(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Put on record which limits bind in a year; decide what waited for that, or for more to be allowed."""
    year = event["year"]
    waits = (claim for claim in standing.claims.values() if claim.carried_over or claim.pended)
    no_time = (claim.note.matures_on <= day_of(event) or standing.called_for(claim.note.cusip) for claim in waits)
    if any(no_time):
        raise Unsettled("limits are elected for what waits of a note that is called, or has matured")
    was_known = year in standing.elections
    standing.times_elected[year] = standing.times_elected.get(year, 0) + 1
    before = deepcopy(standing.elections.get(year))
    election = standing.elections.setdefault(year, Election(event["annual"], event["individual"]))
    if event.get("annual_amount"):
        election.annual_amount = cents(event["annual_amount"])
    if event.get("individual_amount") and event.get("owner_ref"):
        election.for_owner[event["owner_ref"]] = cents(event["individual_amount"])
    elif event.get("individual_amount"):
        election.individual_amount = cents(event["individual_amount"])
    today = day_of(event)
    if not was_known:
        _decide_reported(standing, (ELECTION, year), today)
        return [Expected(outcomes=RECORDED)]
    if before == election:
        return [Expected(outcomes=RECORDED)]
    for claim in standing.open_claims():
        if claim.last_year != year or claim.state == "referred":
            continue
        if claim.pended and claim.pended_for == (OUTSTANDING, year):
            raise Unsettled("more is allowed while a request waits for a report")
        if claim.carried_over:
            decide_waiting(standing, claim, today, [year], "carried_over", today)
    return [Expected(outcomes=RECORDED)]


def refuse_year(standing: Standing, event: Json) -> Refusal | None:
    """Open the year of the event's own date, one after the last one opened."""
    year = event["year"]
    if year != day_of(event).year:
        return Refusal(one_of("referred"))
    if standing.last_opened is not None:
        return Refusal(one_of("referred")) if year != standing.last_opened + 1 else None
    first = standing.first_year
    if first is not None and year not in (first, first + 1):
        raise Unsettled("the first year that is opened is not the one after the first event")
    return None


def take_year(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Open a year, and decide what limits kept out, first tendered first."""
    year, today = event["year"], day_of(event)
    standing.opened[year] = today
    for claim in standing.open_claims():
        if claim.last_year == year and claim.waiting:
            raise Unsettled("the year is opened in which a request that waits was received")
        if claim.last_year > year or not (claim.carried_over or claim.pended):
            continue
        claim.carried_over, claim.pended = claim.carried_over + claim.pended, 0
        if claim.state == "referred":
            raise Unsettled("a year is opened while a request with a question is carried over")
        if standing.called_for(claim.note.cusip) is not None and claim.acceptances:
            raise Unsettled("a year is opened for what waits of a request, and a call leaves it little time")
        decide_waiting(standing, claim, today, [year], "carried_over")
    return [Expected(outcomes=RECORDED)]


def refuse_report(standing: Standing, event: Json) -> Refusal | None:
    """Refuse a report on a note that nobody knows."""
    return Refusal(one_of("referred")) if note_of(event["cusip"]) is None else None


def take_report(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Believe what stands in an account on a day, if no later day was reported."""
    key = lot_position(event)
    position = standing.at(key)
    as_of, figure = date.fromisoformat(event["as_of"]), cents(event["principal"])
    if as_of > day_of(event) or key[0] in standing.paid_off:
        raise Unsettled("a report on a day to come, or on a note that is paid off")
    if as_of >= position.as_of:
        position.report(figure, "report", as_of)
    else:
        position.most = max(position.most, figure)
    for claim in standing.on(key):
        told = money_of(claim.told, "position")
        if claim.is_open and told is not None and not standing.left(key) + claim.unpaid <= told <= position.held:
            raise Unsettled("a report differs from what an open request says of its position")
    if standing.left(key) < 0:
        raise Unsettled("less is reported than was accepted or drawn already")
    return [Expected(outcomes=RECORDED)]


def take_acceleration(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Change nothing, as no rule of the programme says that the option ends then."""
    if any("declared due" in rule.name or "accelerat" in rule.name for rule in rules()):
        raise Unsettled("the rules say that the option ends with an acceleration")
    return [Expected()]
