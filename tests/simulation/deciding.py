"""How a request is decided, and decided again: questions first, then rules, then what is left, then limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from .limits import room
from .refusing import Unsettled
from .rules import Case, Verdict, is_capped_at_a_share, judge
from .standing import Acceptance, Claim, PositionKey, Standing, money_of

ELECTION, OUTSTANDING = "election", "outstanding"


def due_from(standing: Standing, claim: Claim, as_of: date, today: date) -> date:
    """The day of repayment that follows from a day; where that has passed, the first one still to come."""
    due_on = claim.note.first_interest_from(as_of + timedelta(days=standing.terms.days_after_acceptance))
    return due_on if due_on >= today else claim.note.first_interest_from(today)


def hear(standing: Standing, claim: Claim, today: date) -> Verdict:
    """Hear the rules, and add what the ledger misses: a position, an account, an owner whom a limit counts for."""
    as_of = claim.own_day
    missing = set()
    if claim.position is None:
        missing.add("owner_ref")
    if _may_be_another_account(standing, claim):
        missing.add("account_ref")
    election = standing.elections.get(as_of.year)
    if election and election.individual and "owner_ref" not in claim.told:
        missing.add("owner_ref")
    verdict = _judged(standing, claim, as_of, today)
    if (verdict.missing or missing) and today > as_of:
        # What still misses something could be complete today at the earliest.
        verdict = _judged(standing, claim, today, today)
    return Verdict(verdict.rejecting, verdict.asking - claim.let_go, verdict.missing | missing)


def _judged(standing: Standing, claim: Claim, as_of: date, today: date) -> Verdict:
    case = Case(
        told=claim.told,
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


def _same_owners_claims(standing: Standing, claim: Claim, names_account: bool) -> list[Claim]:
    owner = claim.told.get("owner_ref")
    return [
        other
        for other in standing.open_claims(claim.note.cusip)
        if owner is not None
        and other.place < claim.place
        and other.told.get("owner_ref") == owner
        and ("account_ref" in other.told) == names_account
    ]


def _would_not_hold_both(claim: Claim, others: Iterable[Claim]) -> bool:
    figure = money_of(claim.told, "position")
    asked_elsewhere = sum(other.unpaid + other.waiting for other in others)
    return figure is not None and asked_elsewhere > 0 and figure < claim.asked + asked_elsewhere


def _may_be_another_account(standing: Standing, claim: Claim) -> bool:
    """Whether a request without an account may be about principal that another of its owner's requests asks for."""
    if "account_ref" in claim.told or claim.acceptances:
        return False
    return _would_not_hold_both(claim, _same_owners_claims(standing, claim, names_account=True))


def confront(standing: Standing, claim: Claim, news: Iterable[str]) -> None:
    """Hold what a request newly says against the ledger, and open a question where they disagree."""
    fresh = set(news)
    key = claim.position
    if key is None:
        return
    if fresh & {"position", "account_ref", "owner_ref"} and "position" in claim.told:
        _confront_figure(standing, claim, key)
    if "account_ref" in claim.told and fresh & {"position", "account_ref", "owner_ref"}:
        others = _same_owners_claims(standing, claim, names_account=False)
        if _would_not_hold_both(claim, others):
            claim.questions["account_unclear"] = ""
    if fresh & {"registration", "deceased_share", "account_ref", "owner_ref"}:
        _confront_registration(standing, claim, key)


def _confront_figure(standing: Standing, claim: Claim, key: PositionKey) -> None:
    position = standing.at(key)
    figure = money_of(claim.told, "position")
    assert figure is not None
    source = standing.claims.get(position.source)
    no_longer_stands = source is not None and (source.position != key or not (source.is_open or source.had_money))
    if position.figure is None or no_longer_stands or source is claim:
        position.report(figure, claim.request_id)
        return
    left = standing.left(key) + claim.unpaid
    if left > 0 and not left <= figure <= position.held:
        claim.questions["position_contradicted"] = f"{figure} {left} {position.held}"


def _confront_registration(standing: Standing, claim: Claim, key: PositionKey) -> None:
    for other in standing.on(key):
        if other is claim or not other.is_open or other.told.get("owner_ref") != claim.told.get("owner_ref"):
            continue
        for field in ("registration", "deceased_share"):
            said = {claim.told.get(field), other.told.get(field)} - {None}
            if len(said) > 1:
                claim.questions["told_otherwise"] = field


def free(standing: Standing, claim: Claim, key: PositionKey) -> int:
    """What is left of a position once all that other open requests ask for is set aside."""
    others = sum(other.waiting for other in standing.on(key) if other is not claim and other.is_open)
    return standing.left(key) - others


def decide(standing: Standing, claim: Claim, today: date) -> None:
    """Decide a request as of its own day, for its own year and then for each year opened since."""
    verdict = hear(standing, claim, today)
    claim.ended_by, claim.missing = "", verdict.missing
    if claim.questions or verdict.asking:
        claim.verdict = "referred"
        if not claim.acceptances and not claim.carried_over and not claim.pended:
            claim.undecided = claim.asked - claim.accepted
        return
    if verdict.rejecting or not _is_there(standing, claim, verdict):
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


def _is_there(standing: Standing, claim: Claim, verdict: Verdict) -> bool:
    """Whether the principal asked for was there when the request first named its position and what it held."""
    key = claim.position
    if claim.fits or key is None:
        return True
    position = standing.at(key)
    if key[0] in standing.paid_off or (position.figure is not None and position.paid and position.held <= 0):
        return False
    if "position" not in claim.told or "account_ref" in verdict.missing:
        return True
    claim.fits = claim.asked - claim.accepted <= free(standing, claim, key)
    return claim.fits


def decide_waiting(standing: Standing, claim: Claim, today: date, years: Sequence[int], which: str) -> None:
    """Decide again what of a request is `carried_over` or `pended`, under the limits of the years named."""
    verdict = hear(standing, claim, today)
    if claim.questions or verdict.asking or verdict.missing:
        return
    if verdict.rejecting:
        claim.undecided = claim.carried_over = claim.pended = 0
        claim.verdict = "accepted" if claim.acceptances else "rejected"
        return
    rest = int(getattr(claim, which))
    setattr(claim, which, 0)
    stays = claim.waiting
    most = entitled(standing, claim)
    _spread(standing, claim, today, years, max(0, min(rest, most - claim.accepted - stays)))


def reject(claim: Claim) -> None:
    """End a request: what is accepted and not paid is taken back, and nothing waits."""
    claim.cut(claim.accepted)
    claim.undecided = claim.carried_over = claim.pended = 0
    claim.verdict = "rejected"
    claim.fits = False
    claim.questions.clear()


def entitled(standing: Standing, claim: Claim) -> int:
    """The most the request may stand accepted for: what it asks, its share, and what is left for it."""
    assert claim.position
    most = min(claim.asked, standing.left(claim.position) + claim.accepted)
    if is_capped_at_a_share(claim.told):
        most = min(most, standing.terms.in_multiples(standing.owners_share(claim)))
    return max(0, standing.terms.in_multiples(most))


def _spread(standing: Standing, claim: Claim, today: date, years: Sequence[int], rest: int) -> None:
    """Accept what fits each year in turn; what the last one keeps out is carried over, if a call leaves it time."""
    for year in years:
        rest = _accept_in(standing, claim, today, year, rest)
        claim.last_year = max(claim.last_year, year)
    if rest and has_time(standing, claim, today):
        claim.carried_over += rest
    if not claim.acceptances and not claim.waiting:
        claim.verdict = "rejected"


def _accept_in(standing: Standing, claim: Claim, today: date, year: int, rest: int) -> int:
    """Accept what fits one year, and give what its limits keep out."""
    if not rest:
        return 0
    is_own = year == claim.own_day.year
    as_of = claim.own_day if is_own else standing.opened.get(year, today)
    due_on = due_from(standing, claim, as_of, today)
    called_for = standing.called_for(claim.note.cusip)
    if as_of >= claim.note.matures_on or (called_for is not None and called_for <= due_on):
        return 0
    if due_on < max(today, claim.received_on) or str(due_on) < claim.told.get("occurred_on", ""):
        raise Unsettled("no day of repayment is still to come, or none after the death")
    if not is_own and year not in standing.elections:
        claim.pended += rest
        claim.pended_for = (ELECTION, year)
        return 0
    fit = room(standing, claim, year).fit(standing, rest)
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
