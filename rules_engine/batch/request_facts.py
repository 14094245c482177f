"""The facts of requests in columns: each as its namesake in `clauses/` works it out of one case.

A request here stands alone on its position: nobody else in the rows, and nothing on the ledger, speaks of the same
account, or of the same owner's principal in the note. So what the ledger has of its position is what it says itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rules_engine.batch.conditions import FactColumn
from rules_engine.batch.days import Days, Mask, Whole, months_between
from rules_engine.batch.requests import IN_DOUBT, Given, Requests
from rules_engine.model.values import Kind
from rules_engine.rulebook.option_terms import OptionTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Requests under one set of terms, and what their notes and their programme's standing say of each.

    `places` are their rows. `counts_from` is the day each counts from, `due_on` the day it would be repaid on.
    `by_case` gives a fact that only the note and the year tell apart.
    """

    requests: Requests
    places: Whole
    terms: OptionTerms
    note: Whole
    counts_from: Days
    due_on: Days
    carries_option: Mask
    issued_on: Days
    accrues_from: Days
    maturity: Days
    is_accelerated: Mask
    redeemed_on: Days
    by_case: Callable[[str], FactColumn]

    def field(self, given: Given) -> Given:
        """Give a field of these requests."""
        return Given(values=given.values[self.places], known=given.known[self.places])


OWNER = ("owner_ref",)
POSITION = ("position",)
SHARE = ("deceased_share",)


def _word(name: str) -> Callable[[Group], FactColumn]:
    def work_out(group: Group) -> FactColumn:
        given = group.field(group.requests.words[name])
        return _given(Kind.WORD, given, (name,), group.requests.among[name])

    return work_out


def _trigger(group: Group) -> FactColumn:
    given, among = group.field(group.requests.words["trigger"]), group.requests.among["trigger"]
    values = np.where(given.known, given.values, among.index("death"))
    return FactColumn(kind=Kind.WORD, values=values, among=among)


def _given(kind: Kind, given: Given, field: tuple[str, ...], among: Sequence[Any] = ()) -> FactColumn:
    if given.known.all():
        return FactColumn(kind=kind, values=given.values, among=among)
    missing = (~given.known).astype("int64")
    return FactColumn(kind=kind, values=given.values, among=among, missing=missing, fields=[field])


def _both(first: Mask, second: Mask, names: tuple[str, str]) -> tuple[Whole | None, Sequence[tuple[str, ...]]]:
    """Say which of two fields are not given."""
    missing = (~first).astype("int64") + 2 * (~second).astype("int64")
    if not missing.any():
        return None, ()
    return missing, [names[:1], names[1:], names]


def _yes_no(values: Mask, missing: Mask | None = None, field: tuple[str, ...] = ()) -> FactColumn:
    if missing is None or not missing.any():
        return FactColumn(kind=Kind.YES_NO, values=values)
    return FactColumn(kind=Kind.YES_NO, values=values, missing=missing.astype("int64"), fields=[field])


def _money(cents: Whole, missing: Mask | None = None, field: tuple[str, ...] = ()) -> FactColumn:
    if missing is None or not missing.any():
        return FactColumn(kind=Kind.MONEY, values=cents)
    return FactColumn(kind=Kind.MONEY, values=cents, missing=missing.astype("int64"), fields=[field])


def _principal(group: Group) -> Whole:
    found: Whole = group.requests.principal[group.places]
    return found


def _position(group: Group) -> FactColumn:
    return _given(Kind.MONEY, group.field(group.requests.position), POSITION)


def _whole_multiples(group: Group) -> FactColumn:
    return _yes_no(_principal(group) % group.terms.multiple.cents == 0)


def _entire_position(group: Group) -> FactColumn:
    position = group.field(group.requests.position)
    return _yes_no(_principal(group) == position.values, ~position.known, POSITION)


def _leaves_too_little(group: Group) -> FactColumn:
    position, least = group.field(group.requests.position), group.terms.least_left
    if least is None:
        return _yes_no(np.zeros(len(group.places), dtype="bool"), np.ones(len(group.places), dtype="bool"), POSITION)
    left = position.values - _principal(group)
    return _yes_no((left > 0) & (left < least.cents), ~position.known, POSITION)


def share_of_position(group: Group) -> tuple[Whole, Mask, Mask]:
    """Give the deceased's share of each position, in cents rounded down; and where share and position are known."""
    share, position = group.field(group.requests.share), group.field(group.requests.position)
    of = np.array([(each.numerator, each.denominator) for each in group.requests.shares], dtype="int64")
    return position.values * of[share.values, 0] // of[share.values, 1], share.known, position.known


def _share(group: Group) -> FactColumn:
    cents, shared, positioned = share_of_position(group)
    missing, fields = _both(shared, positioned, (*SHARE, *POSITION))
    return FactColumn(kind=Kind.MONEY, values=cents, missing=missing, fields=fields)


def _share_remaining(group: Group) -> FactColumn:
    cents, shared, positioned = share_of_position(group)
    owned = group.requests.owner.numbers[group.places] >= 0
    missing, fields = _both(shared, positioned, (*SHARE, *POSITION))
    if not owned.all():
        lacking = np.zeros(len(owned), dtype="int64") if missing is None else missing
        missing, fields = np.where(owned, lacking, 4), [SHARE, POSITION, (*SHARE, *POSITION), OWNER]
    return FactColumn(kind=Kind.MONEY, values=cents, missing=missing, fields=fields)


def has_position(group: Group) -> Mask:
    """Tell which requests say whose principal they ask for: an account's, or else an owner's."""
    found: Mask = group.requests.has_account[group.places] | (group.requests.owner.numbers[group.places] >= 0)
    return found


def _tendered(group: Group) -> FactColumn:
    return _money(np.zeros(len(group.places), dtype="int64"), ~has_position(group), OWNER)


def _not_tendered(group: Group) -> FactColumn:
    position, keyed = group.field(group.requests.position), has_position(group)
    missing = np.where(~keyed, 1, np.where(position.known, 0, 2))
    if not missing.any():
        return FactColumn(kind=Kind.MONEY, values=position.values)
    return FactColumn(kind=Kind.MONEY, values=position.values, missing=missing, fields=[OWNER, POSITION])


def _was_repaid(group: Group) -> FactColumn:
    return _yes_no(np.zeros(len(group.places), dtype="bool"), ~has_position(group), OWNER)


def _day(name: str) -> Callable[[Group], FactColumn]:
    return lambda group: _given(Kind.DATE, group.field(group.requests.days[name]), (name,))


def _received(group: Group) -> Days:
    found: Days = group.requests.received_on[group.places]
    return found


def _months_since(name: str) -> Callable[[Group], FactColumn]:
    def work_out(group: Group) -> FactColumn:
        since, received = group.field(group.requests.days[name]), _received(group)
        completed, begun = months_between(np.where(since.known, since.values, received), received)
        missing = None if since.known.all() else (~since.known).astype("int64")
        return FactColumn(kind=Kind.MONTHS, values=completed, begun=begun, missing=missing, fields=[(name,)])

    return work_out


def _days_since_death(group: Group) -> FactColumn:
    since = group.field(group.requests.days["occurred_on"])
    return _given(Kind.DAYS, Given(values=_received(group) - since.values, known=since.known), ("occurred_on",))


def _months_held_at_death(group: Group) -> FactColumn:
    acquired, occurred = (group.field(group.requests.days[name]) for name in ("acquired_on", "occurred_on"))
    received = _received(group)
    completed, begun = months_between(
        np.where(acquired.known, acquired.values, received), np.where(occurred.known, occurred.values, received)
    )
    missing, fields = _both(acquired.known, occurred.known, ("acquired_on", "occurred_on"))
    return FactColumn(kind=Kind.MONTHS, values=completed, begun=begun, missing=missing, fields=fields)


def _months_from_issue(group: Group) -> FactColumn:
    completed, begun = months_between(group.issued_on, _received(group))
    return FactColumn(kind=Kind.MONTHS, values=completed, begun=begun)


def _papers_for_registration(group: Group) -> FactColumn:
    papers = group.field(group.requests.documents)
    registered = group.field(group.requests.words["registration"])
    missing, fields = _both(papers.known, registered.known, ("documents", "registration"))
    return FactColumn(
        kind=Kind.WORDS,
        values=papers.values,
        among=list(group.requests.documents_known),
        missing=missing,
        fields=fields,
    )


WORKED_OUT: Mapping[str, Callable[[Group], FactColumn]] = {
    "survivor's option on the note": lambda group: _yes_no(group.carries_option),
    "trigger": _trigger,
    "representative": _word("representative"),
    "registration": _word("registration"),
    "held in": _word("held_in"),
    "acquired": _word("acquired"),
    "beneficial owner at death": lambda group: _given(
        Kind.WORD, group.field(group.requests.owner_at_death), ("owner_at_death",), IN_DOUBT
    ),
    "co-owner is the spouse": lambda group: _given(
        Kind.YES_NO, group.field(group.requests.spouse), ("co_owner_is_spouse",)
    ),
    "substantially all of the beneficial interest": lambda group: _given(
        Kind.YES_NO, group.field(group.requests.substantially_all), ("substantially_all_beneficial_interest",)
    ),
    "principal asked for": lambda group: _money(_principal(group)),
    "principal still asked for": lambda group: _money(_principal(group)),
    "asked for in whole multiples": _whole_multiples,
    "position": _position,
    "entire position asked for": _entire_position,
    "leaves too little": _leaves_too_little,
    "deceased's share of the position": _share,
    "deceased's share remaining": _share_remaining,
    "note has matured": lambda group: _yes_no(group.counts_from >= group.maturity),
    "notes were declared due": lambda group: _yes_no(group.is_accelerated),
    "note is redeemed before the repayment": lambda group: _yes_no(group.redeemed_on <= group.due_on),
    "repayment due date": lambda group: FactColumn(kind=Kind.DATE, values=group.due_on),
    "principal tendered in other requests": _tendered,
    "principal not yet tendered": _not_tendered,
    "position was repaid before": _was_repaid,
    "months held": _months_since("acquired_on"),
    "months since death": _months_since("occurred_on"),
    "months held at death": _months_held_at_death,
    "months from issue to request": _months_from_issue,
    "days since death": _days_since_death,
    "day of receipt": lambda group: FactColumn(kind=Kind.DATE, values=_received(group)),
    "day of death": _day("occurred_on"),
    "day acquired": _day("acquired_on"),
    "day of issue": lambda group: FactColumn(kind=Kind.DATE, values=group.accrues_from),
    "documents": lambda group: _given(
        Kind.WORDS, group.field(group.requests.documents), ("documents",), list(group.requests.documents_known)
    ),
    "papers for the registration": _papers_for_registration,
}
"""How each fact is worked out in columns, by its name; those of the limits are in `limits`."""
