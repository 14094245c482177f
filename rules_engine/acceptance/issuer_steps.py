"""Steps about the issuer and the note: calls, limits, years, and payments that fall due."""

from __future__ import annotations

from rules_engine.acceptance.desk import Desk
from rules_engine.acceptance.phrases import given, phrase, when

ELECTED = {
    "the individual limit": {"individual": True, "annual": False},
    "the annual limit": {"individual": False, "annual": True},
    "the annual limit alone": {"individual": False, "annual": True, "series_limit": False, "issue_limit": False},
    "the series limit": {"individual": False, "annual": False, "series_limit": True},
    "both limits": {"individual": True, "annual": True},
    "all limits": {"individual": True, "annual": True},
    "no limits": {"individual": False, "annual": False},
}
"""What an election says of each limit; `annual` speaks for series and issue too, where nothing else is said of them."""


@given(phrase("the programme is {programme:Programme}"))
def the_programme(rules_desk: Desk, programme: str) -> None:
    """Say whose limits, years and outstanding principal the scenario speaks of."""
    rules_desk.programme = programme


@given(phrase("the issuer elected {limits:Limits} for {year:Year}"))
def limits_elected(rules_desk: Desk, limits: str, year: int) -> None:
    """Put on record, on the year's first day, which limits the issuer applies."""
    _elect(rules_desk, limits, year)


@given(phrase("the issuer elected {limits:Limits} for {year:Year} and allows {amount:Money}"))
def limits_elected_higher(rules_desk: Desk, limits: str, year: int, amount: str) -> None:
    """Put on record an annual limit which the issuer set higher than the prospectus has it."""
    _elect(rules_desk, limits, year, annual_amount=amount)


@given(phrase("the issuer elected {limits:Limits} for {year:Year} and allows each series {amount:Money}"))
def limits_elected_for_series(rules_desk: Desk, limits: str, year: int, amount: str) -> None:
    """Put on record a limit on each series which the issuer set higher than the prospectus has it."""
    _elect(rules_desk, limits, year, series_amount=amount)


@given(phrase("the issuer elected {limits:Limits} for {year:Year} on {day:Day}"))
@when(phrase("the issuer elects {limits:Limits} for {year:Year} on {day:Day}"))
def limits_elected_on(rules_desk: Desk, limits: str, year: int, day: str) -> None:
    """Put on record on a certain day which limits the issuer applies in a year."""
    _elect(rules_desk, limits, year, day)


@given(phrase("the issuer elected {limits:Limits} for {year:Year} on {day:Day} and allows every owner {amount:Money}"))
@when(phrase("the issuer elects {limits:Limits} for {year:Year} on {day:Day} and allows every owner {amount:Money}"))
def limits_elected_for_owners(rules_desk: Desk, limits: str, year: int, day: str, amount: str) -> None:
    """Put on record an individual limit which the issuer set higher, for all owners."""
    _elect(rules_desk, limits, year, day, individual_amount=amount)


@given(
    phrase(
        "the issuer elected {limits:Limits} for {year:Year} on {day:Day} and allows owner {owner:Name} {amount:Money}"
    )
)
@when(
    phrase(
        "the issuer elects {limits:Limits} for {year:Year} on {day:Day} and allows owner {owner:Name} {amount:Money}"
    )
)
def limits_elected_for_owner(rules_desk: Desk, limits: str, year: int, day: str, owner: str, amount: str) -> None:
    """Put on record an individual limit which the issuer set higher for one owner alone."""
    _elect(rules_desk, limits, year, day, individual_amount=amount, owner_ref=owner)


def _elect(rules_desk: Desk, limits: str, year: int, day: str = "", **more: str) -> None:
    event = {"type": "limits_elected", "programme": rules_desk.programme, "year": year, **ELECTED[limits], **more}
    rules_desk.send({**event, "received_on": day or f"{year}-01-01"})


@given(phrase("the principal outstanding at {as_of:Day} was reported as {principal:Money} on {day:Day}"))
@when(phrase("the principal outstanding at {as_of:Day} is reported as {principal:Money} on {day:Day}"))
def outstanding_reported(rules_desk: Desk, as_of: str, principal: str, day: str) -> None:
    """Report the base that an annual limit is a percentage of."""
    _report(rules_desk, as_of, principal, day)


@given(
    phrase(
        "the principal of series {series:Name} outstanding at {as_of:Day} was reported as {total:Money} on {day:Day}"
    )
)
@when(
    phrase("the principal of series {series:Name} outstanding at {as_of:Day} is reported as {total:Money} on {day:Day}")
)
def outstanding_of_series_reported(rules_desk: Desk, series: str, as_of: str, total: str, day: str) -> None:
    """Report the base of an annual limit that each series has of its own."""
    _report(rules_desk, as_of, total, day, series=series)


@given(
    phrase(
        "the principal of note {cusip:Note} outstanding at {as_of:Day} was reported as {principal:Money} on {day:Day}"
    )
)
@when(
    phrase(
        "the principal of note {cusip:Note} outstanding at {as_of:Day} is reported as {principal:Money} on {day:Day}"
    )
)
def outstanding_of_note_reported(rules_desk: Desk, cusip: str, as_of: str, principal: str, day: str) -> None:
    """Report what is outstanding of one note: the base of a limit of its own, or of a call pro rata."""
    _report(rules_desk, as_of, principal, day, cusip=cusip)


def _report(rules_desk: Desk, as_of: str, principal: str, day: str, **of: str) -> None:
    event = {"type": "outstanding_reported", "programme": rules_desk.programme, "as_of": as_of, "principal": principal}
    rules_desk.send({**event, **of, "received_on": day})


@given(phrase("the year {year:Year} is opened"))
@when(phrase("the year {year:Year} is opened"))
def year_opened(rules_desk: Desk, year: int) -> None:
    """Open a calendar year on its first day: what limits kept out is decided again."""
    year_opened_on(rules_desk, year, f"{year}-01-01")


@given(phrase("the year {year:Year} is opened on {day:Day}"))
@when(phrase("the year {year:Year} is opened on {day:Day}"))
def year_opened_on(rules_desk: Desk, year: int, day: str) -> None:
    """Open a calendar year on a certain day."""
    event = {"type": "year_opened", "programme": rules_desk.programme, "year": year}
    rules_desk.send({**event, "received_on": day})


@given(phrase("a call at par of {principal:Amount} of note {cusip:Note} for {day:Day}"))
def a_call(rules_desk: Desk, principal: str, cusip: str, day: str) -> None:
    """Take a notice in hand, at 100 per cent, given to holders and trustee."""
    rules_desk.prepare_call(principal=principal, cusip=cusip, redeem_on=day)


@given(phrase("the notice gives the price as {price:Price} %"))
def price_of_the_call(rules_desk: Desk, price: str) -> None:
    """Say another price than par."""
    rules_desk.call["price"] = price


@given(phrase("the Treasury yield is {percent:Price} %"))
def treasury_yield(rules_desk: Desk, percent: str) -> None:
    """Say the yield that a make-whole price is worked out from."""
    rules_desk.call["treasury_yield"] = percent


@given(phrase("the notice rests on a {basis:Words} of {day:Day}"))
def basis_of_the_call(rules_desk: Desk, basis: str, day: str) -> None:
    """Say for which event, and when it happened, the note is called; without it a call is the issuer's choice."""
    rules_desk.call.update(basis=basis, event_on=day)


@given("the notice gives no price")
def no_price(rules_desk: Desk) -> None:
    """Leave the price out."""
    del rules_desk.call["price"]


@given(phrase("the notice went to {notified:Listed} only"))
def notified_only(rules_desk: Desk, notified: tuple[str, ...]) -> None:
    """Say to whom alone the notice was given."""
    rules_desk.call["notified"] = list(notified)


@given("the notice does not say to whom it went")
def notified_not_given(rules_desk: Desk) -> None:
    """Leave open to whom the notice was given."""
    del rules_desk.call["notified"]


@given(phrase("notice of it is given on {day:Day}"))
@when(phrase("notice of it is given on {day:Day}"))
def notice_given(rules_desk: Desk, day: str) -> None:
    """Send the notice in hand, received on the day it was given."""
    rules_desk.send({**rules_desk.call, "notice_given_on": day, "received_on": day})


@when(phrase("notice of it, dated {given_on:Day}, is received on {day:Day}"))
def notice_received(rules_desk: Desk, given_on: str, day: str) -> None:
    """Send the notice in hand, received on another day than the one it names."""
    rules_desk.send({**rules_desk.call, "notice_given_on": given_on, "received_on": day})


@given(phrase("the {kind:PaymentKind} payment on {principal:Money} of note {cusip:Note} falls due on {day:Day}"))
@when(phrase("the {kind:PaymentKind} payment on {principal:Money} of note {cusip:Note} falls due on {day:Day}"))
def payment_falls_due(rules_desk: Desk, kind: str, principal: str, cusip: str, day: str) -> None:
    """Ask what is paid, and when, on the scheduled day itself."""
    event = {"type": "payment_due", "kind": kind, "principal": principal, "cusip": cusip, "due_on": day}
    rules_desk.send({**event, "received_on": day})


@given(
    phrase("the index of note {cusip:Note} for the period from {start:Day} is set at {percent:Price} % on {day:Day}")
)
@when(phrase("the index of note {cusip:Note} for the period from {start:Day} is set at {percent:Price} % on {day:Day}"))
def rate_reset(rules_desk: Desk, cusip: str, start: str, percent: str, day: str) -> None:
    """Put on record the index of one floating period, before spread, cap and floor."""
    event = {"type": "rate_reset", "cusip": cusip, "period_start": start, "index_rate": percent, "received_on": day}
    rules_desk.send(event)
