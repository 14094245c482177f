"""How a request is decided, and decided again: questions first, then rules, then what is left, then limits."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from .limits import room, room_if_all_is_kept
from .refusing import Unsettled
from .rules import Case, Verdict, is_capped_at_a_share, judge
from .standing import Acceptance, Claim, Position, PositionKey, Standing, money_of
from .terms import written

ELECTION, OUTSTANDING = "election", "outstanding"


def due_from(standing: Standing, claim: Claim, as_of: date, today: date) -> date:
    """The day of repayment that follows from a day; where that has passed, the first one still to come."""
    due_on = claim.note.first_interest_from(as_of + timedelta(days=standing.terms.days_after_acceptance))
    return due_on if due_on >= today else claim.note.first_interest_from(today)


def hear(standing: Standing, claim: Claim, today: date) -> Verdict:
    """Hear the rules, and add what the ledger misses: a position, an account, an owner whom a limit counts for."""
    verdict = heard_as_of(standing, claim, claim.own_day, today)
    if verdict.missing and today > claim.own_day:
        as_of_today = heard_as_of(standing, claim, today, today)
        if as_of_today.rejecting != verdict.rejecting:
            raise Unsettled("a request that misses something would have no time left if it were complete today")
    return verdict


def heard_as_of(standing: Standing, claim: Claim, as_of: date, today: date) -> Verdict:
    """Hear the rules as if the request were accepted on a day."""
    missing = set()
    if claim.position is None:
        missing.add("owner_ref")
    if _may_be_another_account(standing, claim):
        missing.add("account_ref")
    election = standing.elections.get(claim.own_day.year)
    counts_an_owner = (election and election.individual) or is_capped_at_a_share(claim.told)
    if counts_an_owner and "owner_ref" not in claim.told:
        missing.add("owner_ref")
    verdict = _judged(standing, claim, as_of, today)
    return Verdict(verdict.rejecting, verdict.asking - claim.let_go, verdict.missing | missing)


def _judged(standing: Standing, claim: Claim, as_of: date, today: date) -> Verdict:
    case = Case(
        told=_with_the_ledgers_figure(standing, claim),
        papers=claim.papers,
        asked=claim.asked,
        received_on=claim.received_on,
        # A note that matured meanwhile is past repaying, whatever day the request counts from.
        decided_as_of=as_of if claim.acceptances else max(as_of, today),
        due_on=due_from(standing, claim, as_of, today),
        # What was accepted already is dealt with by the call itself.
        called_for=None if claim.acceptances or claim.carried_over else standing.called_for(claim.note.cusip),
        note=claim.note,
        terms=standing.terms,
    )
    return judge(case, claim.lifted)


def _with_the_ledgers_figure(standing: Standing, claim: Claim) -> dict[str, Any]:
    """What a request says, and where it does not say what its position holds, what the ledger knows of it."""
    key = claim.position
    if "position" in claim.told or key is None:
        return claim.told
    position = standing.at(key)
    if position.figure is None or not _is_reported(standing, position, claim, key):
        return claim.told
    if not claim.acceptances and not still_stands(standing, position, claim, key):
        return claim.told
    return claim.told | {"position": written(max(0, position.held + claim.paid))}


def _same_owners_claims(standing: Standing, claim: Claim, names_account: bool, later: bool = False) -> list[Claim]:
    owner = claim.told.get("owner_ref")
    return [
        other
        for other in standing.claims.values()
        if owner is not None
        and other.note is claim.note
        and other is not claim
        and (other.place > claim.place) == later
        and other.state not in ("rejected", "voided")
        and other.told.get("owner_ref") == owner
        and ("account_ref" in other.told) == names_account
    ]


def _would_not_hold_both(claim: Claim, others: Iterable[Claim]) -> bool:
    figure = money_of(claim.told, "position")
    asked_elsewhere = sum(other.accepted + other.waiting for other in others)
    if figure is None and asked_elsewhere:
        raise Unsettled("a request says neither what its position holds nor whether it is its owner's other one")
    return figure is not None and asked_elsewhere > 0 and figure < claim.asked + asked_elsewhere


def _may_be_another_account(standing: Standing, claim: Claim) -> bool:
    """Whether a request without an account may be about principal that another of its owner's requests asks for."""
    if "account_ref" in claim.told:
        return False
    earlier = _same_owners_claims(standing, claim, names_account=True)
    return not claim.acceptances and _would_not_hold_both(claim, earlier)


def confront(standing: Standing, claim: Claim, news: Iterable[str]) -> None:
    """Hold what a request newly says against the ledger, and open a question where they disagree."""
    fresh = set(news)
    key = claim.position
    if key is None:
        return
    if key[0] in standing.paid_off:
        return  # nothing is left whatever is told
    names_it = {"position", "account_ref"} if "account_ref" in claim.told else {"position", "owner_ref"}
    if fresh & names_it and "position" in claim.told:
        _confront_figure(standing, claim, key)
    if "account_ref" in claim.told and fresh & {"position", "account_ref", "owner_ref"}:
        others = _same_owners_claims(standing, claim, names_account=False)
        if "account_ref" in fresh:
            others += _same_owners_claims(standing, claim, names_account=False, later=True)
        if _would_not_hold_both(claim, others):
            claim.questions["account_unclear"] = ""
    if fresh & {"registration", "deceased_share", "co_owner_is_spouse", "account_ref", "owner_ref"}:
        names_it_anew = fresh & {"account_ref", "owner_ref"}
        _confront_registration(standing, claim, key, OF_THE_OWNER if names_it_anew else fresh)


OF_THE_OWNER = ("registration", "deceased_share", "co_owner_is_spouse")


def _confront_figure(standing: Standing, claim: Claim, key: PositionKey) -> None:
    position = standing.at(key)
    figure = money_of(claim.told, "position")
    assert figure is not None
    if position.figure is None or not still_stands(standing, position, claim, key):
        position.most = 0
        position.report(figure, claim.request_id)
        alike = (other for other in standing.on(key) if money_of(other.told, "position") == figure)
        position.reporters = {claim.request_id} | {other.request_id for other in alike}
        return
    left = standing.left(key) + claim.unpaid
    if left > 0 and not left <= figure <= position.held:
        claim.questions["position_contradicted"] = f"{figure} {left} {position.held}"
    else:
        position.reporters.add(claim.request_id)


def _is_reported(standing: Standing, position: Position, claim: Claim, key: PositionKey) -> bool:
    """Whether somebody reported the figure of this position, and not of one that was named by mistake."""
    if position.source in ("report", "lot", "person"):
        return True
    return any(standing.claims[each].position == key for each in position.reporters if each != claim.request_id)


def still_stands(standing: Standing, position: Position, claim: Claim | None, key: PositionKey) -> bool:
    """Whether money was paid by the figure, or who told it is no request that ended without any, or is elsewhere."""
    if position.source in ("report", "lot", "person") or position.paid:
        return True
    reporters = [standing.claims[each] for each in position.reporters]
    return any(each is not claim and each.position == key and (each.is_open or each.had_money) for each in reporters)


def _confront_registration(standing: Standing, claim: Claim, key: PositionKey, told: Container[str]) -> None:
    """Ask where the registration or the share is another than the same owner's claims say, open or with money."""
    others = [
        other
        for other in standing.on(key)
        if other is not claim
        and (other.is_open or other.had_money)
        and other.told.get("owner_ref") == claim.told.get("owner_ref")
    ]
    # Whether the co-owner was the spouse says which share counts.
    for field in OF_THE_OWNER:
        if field not in told:
            continue
        said = {other.told.get(field) for other in others} - {None}
        if claim.told.get(field) is None or not said or said == {claim.told[field]}:
            continue
        if len(said) > 1:
            raise Unsettled("a request agrees with one of its owner's live claims and not with another")
        claim.questions["told_otherwise"] = field


def free(standing: Standing, claim: Claim, key: PositionKey, is_of_what_stands: bool = True) -> int:
    """What a position holds beyond what open requests ask for that were tendered earlier."""
    asked = asked_earlier(standing, claim, key, is_of_what_stands)
    return standing.at(key).held - standing.at(key).drawn - sum(asked)


def asked_earlier(standing: Standing, claim: Claim, key: PositionKey, is_of_what_stands: bool = True) -> list[int]:
    """What each open request tendered earlier asks for of a position; of what stands, one that also came in earlier."""
    stands = is_of_what_stands and claim.unpaid
    others = (
        other
        for other in standing.on(key)
        if other.tendered < claim.tendered and other.is_open and not (stands and other.place > claim.place)
    )
    return [other.unpaid + other.waiting for other in others]


def decide(standing: Standing, claim: Claim, today: date) -> None:
    """Decide a request as of its own day, for its own year and then for each year opened since."""
    verdict = hear(standing, claim, today)
    claim.ended_by, claim.missing = "", verdict.missing
    if claim.position and "position" not in claim.told and "position" not in verdict.missing:
        # It rests on the ledger's figure, which therefore is not that of finished requests alone.
        standing.at(claim.position).reporters.add(claim.request_id)
    if claim.questions or verdict.asking:
        claim.verdict = "referred"
        if not claim.acceptances and not claim.carried_over and not claim.pended:
            claim.undecided = claim.asked - claim.accepted
        return
    if verdict.rejecting or not _is_there(standing, claim, verdict, claim.asked - claim.paid):
        claim.ended_by = standing.notice_that_calls(claim.note.cusip) if verdict.rejecting == {"note is called"} else ""
        reject(claim)
        return
    if verdict.missing:
        claim.cut(claim.accepted)
        claim.undecided = claim.asked - claim.accepted
        claim.carried_over = claim.pended = 0
        claim.verdict = "pended"
        return
    claim.verdict = "accepted"
    most = entitled(standing, claim)
    claim.cut(max(0, claim.accepted - most))
    claim.undecided = claim.carried_over = claim.pended = 0
    later = sorted(year for year in standing.opened if year > claim.own_day.year)
    _spread(standing, claim, today, [claim.own_day.year, *later], most - claim.accepted)


def _is_there(standing: Standing, claim: Claim, verdict: Verdict, asking: int, is_of_what_stands: bool = True) -> bool:
    """Whether the principal asked for is there, and not what earlier tenders ask for."""
    key = claim.position
    if key is None:
        return True
    position = standing.at(key)
    if key[0] in standing.paid_off or (position.figure is not None and position.paid and position.held <= 0):
        return False
    rests_on_the_ledger = "position" not in claim.told and not claim.acceptances
    if position.figure is None or (rests_on_the_ledger and not still_stands(standing, position, claim, key)):
        return True
    nothing_is_left = standing.left(key) + claim.unpaid <= 0
    others_ask = any(asked_earlier(standing, claim, key, is_of_what_stands))
    fits = not nothing_is_left and (not others_ask or asking <= free(standing, claim, key, is_of_what_stands))
    if "account_ref" in verdict.missing:
        if not fits:
            raise Unsettled("a request that has to name its account asks for principal that is tendered already")
        return True
    return fits


def decide_waiting(
    standing: Standing, claim: Claim, today: date, years: Sequence[int], which: str, since: date = date.min
) -> None:
    """Decide again what of a request is `carried_over` or `pended`, under the limits of the years named.

    What waited for a report, or for more to be allowed, is repaid as of the day that came: `since`.
    """
    verdict = hear(standing, claim, today)
    if claim.note.matures_on <= today:
        raise Unsettled("what waits is decided after the note has matured")
    if claim.questions or verdict.asking or verdict.missing:
        return
    if verdict.rejecting or not _is_there(standing, claim, verdict, int(getattr(claim, which)), False):
        claim.undecided = claim.carried_over = claim.pended = 0
        claim.verdict = "accepted" if claim.acceptances else "rejected"
        return
    rest = int(getattr(claim, which))
    setattr(claim, which, 0)
    stays = claim.waiting
    most = entitled(standing, claim)
    _spread(standing, claim, today, years, max(0, min(rest, most - claim.accepted - stays)), since)


def reject(claim: Claim) -> None:
    """End a request: what is accepted and not paid is taken back, and nothing waits."""
    claim.cut(claim.accepted)
    claim.undecided = claim.carried_over = claim.pended = 0
    claim.verdict = "rejected"
    claim.questions.clear()


def entitled(standing: Standing, claim: Claim) -> int:
    """The most the request may stand accepted for: what it asks, its share, and what is left for it."""
    assert claim.position
    most = min(claim.asked, standing.left(claim.position) + claim.accepted)
    if is_capped_at_a_share(claim.told):
        most = min(most, standing.terms.in_multiples(standing.owners_share(claim)))
    return max(0, standing.terms.in_multiples(most))


def _spread(
    standing: Standing, claim: Claim, today: date, years: Sequence[int], rest: int, since: date = date.min
) -> None:
    """Accept what fits each year in turn; what the last one keeps out is carried over."""
    for year in years:
        # What waits to know a year's limits, or their base, is asked for in the next one opened.
        rest, claim.pended = rest + claim.pended, 0
        rest = _accept_in(standing, claim, today, year, rest, since)
        claim.last_year = max(claim.last_year, year)
    claim.carried_over += rest
    if not claim.acceptances and not claim.waiting:
        claim.verdict = "rejected"


def _accept_in(standing: Standing, claim: Claim, today: date, year: int, rest: int, since: date) -> int:
    """Accept what fits one year, and give what its limits keep out."""
    if not rest:
        return 0
    is_own = year == claim.own_day.year
    as_of = max(since, claim.own_day if is_own else standing.opened.get(year, today))
    due_on = due_from(standing, claim, as_of, today)
    called_for = standing.called_for(claim.note.cusip)
    if as_of >= claim.note.matures_on or (called_for is not None and called_for <= due_on):
        if claim.acceptances:
            raise Unsettled("what waits of a request that stands is left no time")
        return 0
    if due_on < max(today, claim.received_on) or str(due_on) < claim.told.get("occurred_on", ""):
        raise Unsettled("no day of repayment is still to come, or none after the death")
    if not is_own and year not in standing.elections:
        claim.pended += rest
        claim.pended_for = (ELECTION, year)
        return 0
    fit = room(standing, claim, year).fit(standing, rest)
    if fit != room_if_all_is_kept(standing, claim, year).fit(standing, rest):
        raise Unsettled("more waits for a year than its limits would let in, and how much room is kept for it")
    if fit.accepted:
        claim.acceptances.append(Acceptance(year, due_on, fit.accepted))
    if fit.pended:
        claim.pended += fit.pended
        claim.pended_for = (OUTSTANDING, year)
    return fit.carried_over


def has_time(standing: Standing, claim: Claim, today: date) -> bool:
    """Whether a call of the whole note leaves time to repay what is carried over into the next year."""
    called_for = standing.called_for(claim.note.cusip)
    next_year = date(claim.last_year + 1, 1, 1)
    return called_for is None or due_from(standing, claim, max(next_year, today), today) < called_for


def snapshot(claim: Claim) -> tuple[Any, ...]:
    """What must have changed for a request to be answered again."""
    return (claim.accepted, claim.carried_over, claim.pended, claim.state, tuple(sorted(claim.questions)))
