"""Yearly limits: which of several binds, of what a percentage is taken, whose acceptances count, who may have more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.model.codes import Code
from rules_engine.model.cusips import check_digit
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import (
    IssuerWaived,
    LimitsElected,
    OutstandingReported,
    SurvivorsOptionRequested,
    YearOpened,
)
from rules_engine.model.money import Money
from rules_engine.plugging import load_plugins
from tests.acme import ACME, EDITION, WORDS, AcmePlugin, found, host_on, requested, rules_with_acme

FIRST, SECOND, OTHER, OWN, NO_SERIES = (
    f"00499A{name}{check_digit(f'00499A{name}')}" for name in ("NA", "NB", "NC", "ND", "NE")
)
"""Two notes of the first series, one of the second, one with figures of its own, and one of no series."""

NOTE = """\
  - cusip: {cusip}
    {series}coupon: 3.600 %
    type: fixed
    frequency: monthly
    maturity: 2027-12-15
    first coupon date: 2017-01-15
    last regular date: 2027-12-15
    survivors option: yes
{row}"""
SUPPLEMENT = """\
supplement: Pricing Supplement No. 9
source: Made up
issue date: 2016-12-01
denominations:
  minimum: $1,000
  increment: $1,000
notes:
"""
RULE = """\
  - rule: {limit}
    when:
      issuer applies the {limit}: yes
    then: accept at most the {limit} remaining
    rest: carried over
    because: At most {{{limit} remaining}} is left under the {limit} this year.
    cite: Limits
"""
MAY_BE_WAIVED = "    may be waived: yes\n"
WHILE_NOT_REPORTED = """\
  - rule: {limit} while its base is not reported
    when:
      issuer applies the {limit}: yes
      outstanding principal for the {limit} is reported: no
    then: accept at most the {limit} remaining
    rest: pended
    waits for: outstanding principal at {{base day of the {limit}}}
    because: Only {{{limit} remaining}} is sure.
    cite: Limits
"""
TERMS = {
    "limits apply": "if the issuer elects",
    "individual limit": "$400,000",
    "annual limit amount": "$400,000",
    "annual limit base day": "31 December",
    "series limit amount": "$400,000",
    "issue limit amount": "$400,000",
}

OF_THE_STANDARD = ("limits apply", "individual limit", *(f"annual limit {of}" for of in ("amount", "percentage")))
OF_THE_STANDARD += ("annual limit base day", "annual limit covers", "later tender may pass")
"""The terms of yearly limits that the standard wording gives."""

Opening = Callable[..., Host]


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    """Open a host on notes of two series, under four yearly limits with the terms given."""

    def opened(
        terms: dict[str, str] | None = None,
        *,
        row: str = "",
        pended: str = "",
        elect: bool = True,
        report: bool = True,
        later: str = "yes",
    ) -> Host:
        root = rules_with_acme(tmp_path)
        edition = root / ACME / EDITION / "survivors-option.yaml"
        text = edition.read_text()
        text = re.sub(
            r"  (limits apply|individual limit|annual limit [a-z ]+|later tender may pass):\n(    .*\n)+", "", text
        )
        given = {**TERMS, **(terms or {}), "later tender may pass": later}
        text = text.replace("value: the part that fits", f"value: {given.pop('partial fit', 'the part that fits')}")
        written = "".join(
            f"  {name}:\n    value: {value}\n    cite: Limits\n" for name, value in given.items() if value
        )
        without = [name for name in OF_THE_STANDARD if not given.get(name)]
        left_out = "leaves out terms:\n" + "".join(f"  - {name}\n" for name in without) if without else ""
        rules = RULE.format(limit="series limit") + MAY_BE_WAIVED + RULE.format(limit="issue limit")
        if pended:
            applies = f"      issuer applies the {pended}: yes\n"
            reported = f"      outstanding principal for the {pended} is reported: yes\n"
            rules = rules.replace(applies, applies + reported)
            rules += WHILE_NOT_REPORTED.format(limit=pended)
        edition.write_text(text.replace("\nterms:\n", f"\n{left_out}rules:\n{rules}\nterms:\n{written}"))
        notes = [(FIRST, "S1", ""), (SECOND, "S1", ""), (OTHER, "S2", ""), (OWN, "S2", row), (NO_SERIES, "", "")]
        rows = [
            NOTE.format(cusip=cusip, series=f"series: {series}\n    " if series else "", row=own)
            for cusip, series, own in notes
        ]
        (root / ACME / "supplements" / "9.yaml").write_text(SUPPLEMENT + "".join(rows))
        host = host_on(root, load_plugins([found("acme", AcmePlugin)], WORDS), with_durable=False)
        assert [str(problem) for problem in host.book.problems] == []
        if report:  # so little that no percentage of it is more than an amount
            host.answer(outstanding(1, LAST_DAY))
        if elect:
            host.answer(elects(2017))
        return host

    return opened


def money(thousands: float) -> Money:
    return Money.from_cents(round(thousands * 100_000))


def elects(year: int, event_id: str = "", **fields: Any) -> LimitsElected:
    every = {"annual": True, "individual": True}
    return LimitsElected(
        event_id=event_id or f"limits {year}", received_on=date(year, 1, 3), programme=ACME, year=year, **every | fields
    )


def outstanding(thousands: float, as_of: date, **fields: str) -> OutstandingReported:
    return OutstandingReported(
        event_id=f"outstanding {thousands} {as_of} {fields}",
        received_on=date(as_of.year + 1, 1, 4),
        programme=ACME,
        as_of=as_of,
        principal=money(thousands),
        **fields,
    )


def asks(name: str, thousands: float, cusip: str = FIRST, owner: str = "", on: date = date(2017, 8, 1)) -> Any:
    """Ask for so many thousands of dollars, for an owner who died in the month before."""
    return requested(
        name,
        cusip=cusip,
        owner_ref=owner or f"owner of {name}",
        account_ref=f"account of {name}",
        principal=money(thousands),
        position=money(thousands),
        received_on=on,
        occurred_on=date(2017, 7, 1),
        acquired_on=date(2016, 12, 1),
    )


def answer(host: Host, event: Any) -> Decision:
    return host.answer(event)[0]


def shared_out(decision: Decision) -> tuple[float, float, float, float]:
    """Give in thousands what is accepted, carried over, pended and not accepted."""
    parts = (decision.accepted, decision.carried_over, decision.pended, decision.not_accepted)
    assert decision.requested is not None
    assert sum(part.cents for part in parts if part) == decision.requested.cents
    return tuple((part or money(0)).cents / 100_000 for part in parts)  # type: ignore[return-value]  # four


def accepted(host: Host, event: SurvivorsOptionRequested) -> float:
    return shared_out(answer(host, event))[0]


# Several limits at once


@pytest.mark.parametrize(
    ("individual", "annual", "series", "issue", "takes", "binding"),
    [
        (400, 400, 400, 400, 50, set()),
        (50, 50, 50, 50, 50, set()),
        (49, 400, 400, 400, 49, {"individual limit"}),
        (400, 49, 400, 400, 49, {"annual limit"}),
        (400, 400, 49, 400, 49, {"series limit"}),
        (400, 400, 400, 49, 49, {"issue limit"}),
        (40, 30, 20, 60, 20, {"individual limit", "annual limit", "series limit"}),
        (20, 30, 40, 45, 20, {"individual limit", "annual limit", "series limit", "issue limit"}),
        (51, 51, 51, 49, 49, {"issue limit"}),
    ],
)
def test_of_several_limits_the_one_that_leaves_least_binds_and_each_says_what_it_leaves(
    opening: Opening, individual: int, annual: int, series: int, issue: int, takes: int, binding: set[str]
) -> None:
    terms = {"individual limit": individual, "annual limit amount": annual}
    terms |= {"series limit amount": series, "issue limit amount": issue}
    host = opening({name: f"${thousands},000" for name, thousands in terms.items()})
    decision = answer(host, asks("a", 50))
    assert shared_out(decision) == (takes, 50 - takes, 0, 0)
    caps = {finding.rule: finding for finding in decision.findings if finding.at_most is not None}
    left = {"individual limit": individual, "annual limit": annual, "series limit": series, "issue limit": issue}
    assert {name: cap.at_most for name, cap in caps.items()} == {name: money(cap) for name, cap in left.items()}
    assert {cap.limit for cap in caps.values() if cap.limit} == binding
    request = host.ledger.standing(ACME).requests[decision.request_id]
    assert request.kept_out_by == binding


@pytest.mark.parametrize(
    ("cusip", "owner", "takes"),
    [
        (FIRST, "owner-1", 10),  # the owner has 30 of 40 used up
        (OTHER, "owner-1", 10),
        (FIRST, "owner-2", 20),  # the note has 30 of 50 used up
        (SECOND, "owner-2", 25),  # the series has 30 of 55 used up
        (OTHER, "owner-2", 30),  # the programme has 30 of 60 used up
    ],
)
def test_each_limit_counts_what_was_accepted_within_its_own_scope(
    opening: Opening, cusip: str, owner: str, takes: int
) -> None:
    host = opening(
        {
            "individual limit": "$40,000",
            "issue limit amount": "$50,000",
            "series limit amount": "$55,000",
            "annual limit amount": "$60,000",
        }
    )
    assert accepted(host, asks("a", 30, FIRST, "owner-1")) == 30
    assert accepted(host, asks("b", 35, cusip, owner)) == takes


def test_a_note_whose_series_is_not_printed_cannot_be_held_to_a_limit_of_the_series(opening: Opening) -> None:
    decision = answer(opening(), asks("a", 10, NO_SERIES))
    assert (decision.outcome, decision.codes) == (Outcome.REFERRED, {Code.CANNOT_BE_WORKED_OUT})
    assert (
        f"the limit is one of the series, and the supplement of {NO_SERIES} names none" in decision.findings[0].because
    )
    assert shared_out(decision) == (0, 0, 0, 10)


@pytest.mark.parametrize(
    ("covers", "takes_here", "takes_there"), [("programme", 5, 5), ("series", 5, 10), ("issue", 10, 10)]
)
def test_the_annual_limit_covers_what_its_terms_say(
    opening: Opening, covers: str, takes_here: int, takes_there: int
) -> None:
    host = opening({"annual limit amount": "$25,000", "annual limit covers": covers})
    assert accepted(host, asks("a", 20, FIRST)) == 20
    with host.ledger.standing(ACME).trying():
        assert shared_out(host.preview(asks("b", 10, SECOND))[0])[0] == takes_here
        assert shared_out(host.preview(asks("c", 10, OTHER))[0])[0] == takes_there


# Amounts, percentages, and what they are taken of

OF_THE_PROGRAMME = {
    "annual limit amount": "$30,000",
    "annual limit percentage": "2 %",
    "annual limit base day": "31 December",
}
LAST_DAY = date(2016, 12, 31)


@pytest.mark.parametrize(
    ("reported", "takes"),
    [
        (1_499.99, 30),  # 2 per cent is 29,999.80, less than the amount
        (1_500, 30),
        (1_549.99, 30),  # 30,999.80, in whole thousands
        (1_550, 31),
        (2_500, 50),
        (2_549.99, 50),
    ],
)
def test_the_greater_of_amount_and_percentage_binds(opening: Opening, reported: float, takes: float) -> None:
    host = opening(OF_THE_PROGRAMME, report=False)
    host.answer(outstanding(reported, LAST_DAY))
    assert accepted(host, asks("a", 60)) == takes


def test_a_percentage_is_rounded_down_to_the_cent(opening: Opening) -> None:
    # 2.5 per cent of 1,234,567.89 is 30,864.197...
    host = opening(OF_THE_PROGRAMME | {"annual limit percentage": "2.5 %"}, report=False)
    host.answer(outstanding(1_234.56789, LAST_DAY))
    decision = answer(host, asks("a", 60))
    (cap,) = (finding.at_most for finding in decision.findings if finding.rule == "annual limit")
    assert cap == Money.parse("30864.19")
    assert shared_out(decision)[0] == 30


def test_a_percentage_without_an_amount_of_what_is_not_reported_leaves_nothing_sure(opening: Opening) -> None:
    terms = {"annual limit amount": "", "annual limit percentage": "2 %", "annual limit base day": "31 December"}
    host = opening(terms, report=False)
    decision = answer(host, asks("a", 60))
    assert shared_out(decision) == (0, 0, 60, 0)
    assert decision.outcome is Outcome.PENDED
    _, again = host.answer(outstanding(2_000, LAST_DAY))
    assert shared_out(again) == (40, 20, 0, 0)


@pytest.mark.parametrize(
    ("base_day", "on", "as_of"),
    [
        ("31 December", date(2017, 8, 1), date(2016, 12, 31)),
        ("31 December", date(2018, 1, 1), date(2017, 12, 31)),
        ("30 June", date(2017, 8, 1), date(2016, 6, 30)),
        ("30 June", date(2017, 12, 31), date(2016, 6, 30)),
        ("30 June", date(2018, 1, 1), date(2017, 6, 30)),
        ("1 January", date(2017, 8, 1), date(2016, 1, 1)),
    ],
)
def test_the_base_is_what_was_outstanding_on_the_last_such_day_before_the_year(
    opening: Opening, base_day: str, on: date, as_of: date
) -> None:
    host = opening(OF_THE_PROGRAMME | {"annual limit base day": base_day}, report=False)
    host.answer(elects(2018))
    for year in (2014, 2015, 2016, 2017, 2018):
        host.answer(outstanding(2_500 if year == as_of.year else 9_000, as_of.replace(year=year)))
    asked = asks("a", 60, on=on)
    assert accepted(host, asked) == 50


@pytest.mark.parametrize(
    ("base", "takes"),
    [("programme", 90), ("series", 60), ("issue", 30), ("", 30)],
    ids=["programme", "series", "issue", "of itself"],
)
def test_a_percentage_is_taken_of_its_base_or_else_of_what_the_limit_covers(
    opening: Opening, base: str, takes: int
) -> None:
    terms = {"issue limit amount": "", "issue limit percentage": "3 %", "issue limit base day": "31 December"}
    host = opening(terms | ({"issue limit base": base} if base else {}), report=False)
    host.answer(outstanding(3_000, LAST_DAY))
    host.answer(outstanding(2_000, LAST_DAY, series="S1"))
    host.answer(outstanding(1_000, LAST_DAY, cusip=FIRST))
    host.answer(outstanding(9_000, LAST_DAY, series="S2"))
    host.answer(outstanding(9_000, LAST_DAY, cusip=SECOND))
    assert accepted(host, asks("a", 100)) == takes


def test_a_report_lets_in_what_waited_for_it_and_no_more_than_the_limit(opening: Opening) -> None:
    terms = {"issue limit amount": "$10,000", "issue limit percentage": "5 %", "issue limit base day": "31 December"}
    host = opening(terms, pended="issue limit")
    decision = answer(host, asks("a", 60))
    assert shared_out(decision) == (10, 0, 50, 0)
    (waits,) = (finding for finding in decision.findings if finding.missing)
    assert waits.missing == ("outstanding principal at 2016-12-31",)
    assert len(host.answer(outstanding(9_000, LAST_DAY, series="S1"))) == 1, "the limit is one of the note"
    assert len(host.answer(outstanding(100_000, LAST_DAY, cusip=SECOND))) == 1
    _, again = host.answer(outstanding(1_000, LAST_DAY, cusip=FIRST))
    assert shared_out(again) == (40, 10, 0, 0), "5 per cent of $1,000,000 is $50,000, of which 10 are used"


# A note's own row


ROW = "    limits:\n      {}\n"


@pytest.mark.parametrize(
    ("row", "takes_of_its_own", "takes_of_another"),
    [
        ("", 40, 40),
        (ROW.format("issue limit amount: $15,000"), 15, 40),
        (ROW.format("issue limit amount: $55,000"), 55, 40),
        (ROW.format("individual limit: $12,000"), 12, 40),
        (ROW.format("series limit amount: $20,000"), 20, 40),
        (ROW.format("annual limit amount: $17,000"), 17, 40),
        (ROW.format("issue limit percentage: 9 %\n      issue limit base day: 31 December"), 45, 40),
        (ROW.format("issue limit amount: $41,000\n      individual limit: $30,000"), 30, 40),
    ],
)
def test_a_note_s_row_stands_in_the_place_of_its_edition_s_figures(
    opening: Opening, row: str, takes_of_its_own: int, takes_of_another: int
) -> None:
    host = opening({"issue limit amount": "$40,000"}, row=row)
    host.answer(outstanding(500, LAST_DAY, cusip=OWN))
    assert shared_out(host.preview(asks("a", 60, OWN))[0])[0] == takes_of_its_own
    assert shared_out(host.preview(asks("b", 60, OTHER))[0])[0] == takes_of_another


def test_a_row_may_have_another_base_and_base_day_than_its_edition(opening: Opening) -> None:
    terms = {"issue limit amount": "", "issue limit percentage": "3 %", "issue limit base day": "31 December"}
    host = opening(terms, row=ROW.format("issue limit base: series\n      issue limit base day: 30 June"))
    host.answer(outstanding(1_000, LAST_DAY, cusip=OWN))
    host.answer(outstanding(2_000, date(2016, 6, 30), series="S2"))
    host.answer(outstanding(1_000, LAST_DAY, cusip=OTHER))
    assert shared_out(host.preview(asks("a", 100, OWN))[0])[0] == 60
    assert shared_out(host.preview(asks("b", 100, OTHER))[0])[0] == 30


# What the issuer elects


@pytest.mark.parametrize(
    ("fields", "binding", "takes"),
    [
        ({"annual": False, "individual": False}, set(), 60),
        ({"annual": False, "individual": True}, {"individual limit"}, 20),
        ({"annual": True, "individual": False}, {"annual limit", "series limit", "issue limit"}, 15),
        ({"series_limit": False}, {"individual limit", "annual limit", "issue limit"}, 15),
        ({"issue_limit": False}, {"individual limit", "annual limit", "series limit"}, 15),
        ({"annual": False, "series_limit": True}, {"individual limit", "series limit"}, 15),
        ({"annual": False, "issue_limit": True, "individual": False}, {"issue limit"}, 15),
    ],
)
def test_only_the_limits_elected_for_the_year_bind(
    opening: Opening, fields: dict[str, Any], binding: set[str], takes: int
) -> None:
    every = [name for name in TERMS if name not in ("limits apply", "annual limit base day")]
    host = opening(dict.fromkeys(every, "$20,000"), elect=False)
    assert accepted(host, asks("before", 5)) == 5, "nobody has elected any"
    host.answer(elects(2017, **fields))
    decision = answer(host, asks("a", 60))
    assert {finding.rule for finding in decision.findings if finding.at_most is not None} == binding
    assert shared_out(decision)[0] == takes, "another owner has used up 5 of 20"
    following = answer(host, asks("b", 60, SECOND, on=date(2018, 1, 1)))
    assert [finding.rule for finding in following.findings if finding.at_most is not None] == []


def test_limits_that_always_apply_need_no_election(opening: Opening) -> None:
    host = opening({"limits apply": "always", "individual limit": "$20,000"}, elect=False)
    assert accepted(host, asks("a", 60)) == 20


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("annual_amount", "annual"),
        ("individual_amount", "individual"),
        ("series_amount", "series"),
        ("issue_amount", "issue"),
    ],
)
@pytest.mark.parametrize(("amount", "takes"), [(19, 20), (20, 20), (21, 21), (45, 45), (90, 60)])
def test_a_greater_amount_is_allowed_for_the_year_and_a_smaller_one_changes_nothing(
    opening: Opening, name: str, scope: str, amount: int, takes: int
) -> None:
    term = "individual limit" if scope == "individual" else f"{scope} limit amount"
    host = opening({term: "$20,000"}, elect=False)
    allowed: dict[str, Any] = {name: money(amount)}
    host.answer(elects(2017, **allowed))
    host.answer(elects(2018))
    assert shared_out(host.preview(asks("a", 60))[0])[0] == takes
    assert shared_out(host.preview(asks("b", 60, on=date(2018, 2, 1)))[0])[0] == 20


def test_an_amount_for_one_owner_is_for_that_owner_that_year_and_nobody_else(opening: Opening) -> None:
    host = opening({"individual limit": "$20,000"})
    host.answer(elects(2018))
    host.answer(elects(2017, "for one", owner_ref="owner-1", individual_amount=money(50)))
    assert shared_out(host.preview(asks("a", 60, owner="owner-1"))[0])[0] == 50
    assert shared_out(host.preview(asks("b", 60, owner="owner-2"))[0])[0] == 20
    assert shared_out(host.preview(asks("c", 60, owner="owner-1", on=date(2018, 2, 1)))[0])[0] == 20


def test_what_the_issuer_said_of_one_owner_and_of_all_stand_side_by_side(opening: Opening) -> None:
    host = opening({"individual limit": "$20,000"}, elect=False)
    host.answer(elects(2017, "for one", owner_ref="owner-1", individual_amount=money(50)))
    assert shared_out(host.preview(asks("a", 60, owner="owner-2"))[0])[0] == 20, "the limits bind all others as well"
    host.answer(elects(2017, "for all", individual_amount=money(30)))
    assert shared_out(host.preview(asks("b", 60, owner="owner-2"))[0])[0] == 30
    assert shared_out(host.preview(asks("c", 60, owner="owner-1"))[0])[0] == 50


def test_an_amount_for_one_owner_does_not_raise_what_the_programme_allows(opening: Opening) -> None:
    host = opening({"individual limit": "$20,000", "annual limit amount": "$40,000"})
    host.answer(elects(2017, "for one", owner_ref="owner-1", individual_amount=money(50)))
    assert accepted(host, asks("a", 60, owner="owner-1")) == 40


def test_an_amount_that_comes_later_lets_in_what_its_limit_kept_out(opening: Opening) -> None:
    host = opening({"individual limit": "$20,000"})
    assert accepted(host, asks("a", 60, owner="owner-1")) == 20
    _, again = host.answer(elects(2017, "for one", owner_ref="owner-1", individual_amount=money(50)))
    assert shared_out(again) == (30, 10, 0, 0)
    assert len(host.answer(elects(2017, "for another", owner_ref="owner-2", individual_amount=money(90)))) == 1


def test_an_election_that_binds_more_is_referred_once_something_was_accepted_by_the_first(opening: Opening) -> None:
    host = opening({"individual limit": "$20,000"}, elect=False)
    host.answer(elects(2017, "first", annual=False, individual_amount=money(50)))
    assert answer(host, elects(2017, "lower", annual=False, individual_amount=money(40))).outcome is Outcome.RECORDED
    assert accepted(host, asks("a", 60)) == 40
    for more in ({"annual": False, "individual_amount": money(39)}, {"annual": True, "individual_amount": money(40)}):
        decision = answer(host, elects(2017, f"more {more}", **more))
        assert (decision.outcome, decision.codes) == (Outcome.REFERRED, {Code.TOLD_OTHERWISE, Code.DATED_BEFORE_LATEST})


# Who comes first


WHOLE = {"partial fit": "whole tender or nothing"}


@pytest.mark.parametrize(("later", "takes"), [("yes", 5), ("no", 0)])
def test_a_later_tender_that_fits_passes_an_earlier_one_that_does_not_only_where_the_terms_let_it(
    opening: Opening, later: str, takes: int
) -> None:
    host = opening(WHOLE | {"series limit amount": "$25,000"}, later=later)
    assert shared_out(answer(host, asks("a", 20, FIRST))) == (20, 0, 0, 0)
    assert shared_out(answer(host, asks("b", 10, FIRST))) == (0, 10, 0, 0)
    assert accepted(host, asks("c", 5, SECOND)) == takes


@pytest.mark.parametrize("later", ["yes", "no"])
@pytest.mark.parametrize(
    ("limit", "of_the_first"), [("series limit amount", "the first series"), ("individual limit", "its owner")]
)
def test_a_tender_waits_behind_no_other_that_another_limit_keeps_out(
    opening: Opening, later: str, limit: str, of_the_first: str
) -> None:
    host = opening({limit: "$25,000"}, later=later)
    assert shared_out(answer(host, asks("a", 30, FIRST))) == (25, 5, 0, 0)
    assert accepted(host, asks("b", 5, OTHER)) == 5, f"the first waits for room under the limit of {of_the_first}"


def test_room_is_kept_in_the_next_year_for_what_waits_until_it_is_opened(opening: Opening) -> None:
    host = opening({"individual limit": "$20,000"})
    host.answer(elects(2018))
    assert shared_out(answer(host, asks("a", 35, owner="owner-1"))) == (20, 15, 0, 0)
    early = asks("b", 20, SECOND, owner="owner-1", on=date(2018, 1, 2))
    assert shared_out(host.preview(early)[0]) == (5, 15, 0, 0), "15 of 20 are kept for the first"
    _, again = host.answer(YearOpened(event_id="y", received_on=date(2018, 1, 2), programme=ACME, year=2018))
    assert shared_out(again) == (15, 0, 0, 0)
    assert accepted(host, early) == 5


def waives(limit: str, amount: float, request_id: str) -> IssuerWaived:
    return IssuerWaived(
        event_id=f"waiver {limit} {amount} {request_id}",
        received_on=date(2017, 8, 2),
        request_id=request_id,
        waived_by="issuer-1",
        because="an estate of many notes",
        limit=limit,
        amount=money(amount),
    )


@pytest.mark.parametrize(("amount", "more"), [(20, 0), (21, 1), (45, 25), (90, 40)])
def test_a_limit_that_may_be_waived_is_taken_to_be_the_amount_named_for_that_request_alone(
    opening: Opening, amount: float, more: float
) -> None:
    host = opening({"series limit amount": "$20,000"})
    decision = answer(host, asks("a", 60))
    assert shared_out(decision) == (20, 40, 0, 0)
    again = answer(host, waives("series limit", amount, decision.request_id))
    request = host.ledger.standing(ACME).requests[decision.request_id]
    assert request.accepted == money(20 + more)
    assert (again.accepted, again.taken_back) == (money(more), None)
    assert accepted(host, asks("b", 60)) == 0, "nobody else is allowed more"


def test_a_limit_of_which_the_rules_do_not_say_so_cannot_be_waived(opening: Opening) -> None:
    host = opening({"issue limit amount": "$20,000"})
    decision = answer(host, asks("a", 60))
    refused = answer(host, waives("issue limit", 50, decision.request_id))
    assert (refused.outcome, refused.findings[0].code) == (Outcome.REJECTED, Code.MAY_NOT_BE_WAIVED)
    unknown = answer(host, waives("isue limit", 50, decision.request_id))
    assert (unknown.outcome, unknown.findings[0].code) == (Outcome.REFERRED, Code.RULE_NOT_KNOWN)
    assert "Did you mean `issue limit`?" in unknown.findings[0].because
    assert host.ledger.standing(ACME).requests[decision.request_id].accepted == money(20)
