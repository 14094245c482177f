"""The words that programmes other than the usual turn on, each on both sides of its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from rules_engine.clauses.survivors_facts import entire_position_asked_for
from rules_engine.clauses.survivors_papers import papers_for_the_registration
from rules_engine.clauses.survivors_times import (
    day_of_issue,
    months_from_issue_to_request,
    months_held_at_death,
)
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.host import Host
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import Preparing
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.decisions import Payment
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.values import Missing, Span
from rules_engine.model.wire import payment_to_json
from tests.acme import requested

OTHER_NOTE = "02006DLG4"
REOPENED = "74348YMA6"  # issued again on 2014-03-11; its first issue was on 2014-02-19
DEATH, DOMICILE = "death certificate", "affidavit of domicile"


@pytest.fixture(scope="module")
def host() -> Host:
    return Host.open(with_durable=False)


def case_of(host: Host, asked: SurvivorsOptionRequested, *earlier: SurvivorsOptionRequested) -> RequestCase:
    """Set a request beside a real note and what the owner asked for before."""
    here = Host(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False)
    for event in earlier:
        here.answer(event)
    opener = CaseOpener(Preparing(host.book, host.plugins, host.vocabulary, with_durable=False))
    asking = Asking(asked=asked, principal=asked.principal, on=asked.received_on)
    opened = opener.request(asked, asking, here.ledger.standing(here.programme_of(asked)), NOTHING_BESIDES)
    assert isinstance(opened, Opened)
    assert isinstance(opened.case, RequestCase)
    return opened.case


@pytest.mark.parametrize(("position", "entire"), [("24999.99", False), ("25000.00", True), ("25000.01", False)])
def test_the_entire_position_is_asked_for_when_not_a_cent_is_left_and_none_is_lacking(
    host: Host, position: str, entire: bool
) -> None:
    assert entire_position_asked_for.work_out(case_of(host, requested(position=Money.parse(position)))) is entire


def test_whether_it_is_the_entire_position_cannot_be_told_of_a_position_nobody_gave(host: Host) -> None:
    assert entire_position_asked_for.work_out(case_of(host, requested(position=None))) == Missing(("position",))


@pytest.mark.parametrize(("died_on", "completed"), [(date(2017, 5, 31), 5), (date(2017, 6, 1), 6)])
def test_months_held_at_death_end_on_the_day_of_death_and_not_with_the_request(
    host: Host, died_on: date, completed: int
) -> None:
    held = months_held_at_death.work_out(case_of(host, requested(acquired_on=date(2016, 12, 1), occurred_on=died_on)))
    assert isinstance(held, Span)
    assert held.completed == completed


@pytest.mark.parametrize("field", ["acquired_on", "occurred_on"])
def test_months_held_at_death_wait_for_both_days(host: Host, field: str) -> None:
    assert months_held_at_death.work_out(case_of(host, requested(**cast(dict[str, Any], {field: None})))) == Missing(
        (field,)
    )


@pytest.mark.parametrize(("received_on", "completed"), [(date(2017, 11, 30), 11), (date(2017, 12, 1), 12)])
def test_months_from_the_issue_count_whoever_held_the_note(host: Host, received_on: date, completed: int) -> None:
    asked = requested(received_on=received_on, acquired_on=received_on)
    held = months_from_issue_to_request.work_out(case_of(host, asked))
    assert isinstance(held, Span)
    assert held.completed == completed


@pytest.mark.parametrize(("acquired_on", "too_early"), [(date(2014, 2, 18), True), (date(2014, 2, 19), False)])
def test_a_note_that_was_re_opened_may_have_been_bought_since_its_first_issue(
    host: Host, acquired_on: date, too_early: bool
) -> None:
    asked = requested(cusip=REOPENED, acquired_on=acquired_on, received_on=date(2014, 11, 3))
    assert day_of_issue.work_out(case_of(host, asked)) == date(2014, 2, 19)
    found = {finding.rule for finding in host.preview(asked)[0].findings}
    assert ("bought before the note was issued" in found) is too_early


EARLIER = requested("e-0", cusip=OTHER_NOTE, documents=frozenset({DEATH}))


@pytest.mark.parametrize(
    ("earlier", "papers"),
    [
        (EARLIER, {DEATH, DOMICILE}),
        (replace(EARLIER, registration="joint tenants"), {DOMICILE}),
        (replace(EARLIER, owner_ref="owner-2"), {DOMICILE}),
        (replace(EARLIER, documents=None), {DOMICILE}),
    ],
)
def test_papers_serve_every_request_of_one_owner_and_one_registration_and_no_other(
    host: Host, earlier: SurvivorsOptionRequested, papers: set[str]
) -> None:
    asked = requested(documents=frozenset({DOMICILE}))
    assert papers_for_the_registration.work_out(case_of(host, asked, earlier)) == papers


def test_papers_of_a_request_without_an_owner_are_its_own(host: Host) -> None:
    asked = requested(documents=frozenset({DOMICILE}), owner_ref=None)
    earlier = replace(EARLIER, owner_ref=None)
    assert papers_for_the_registration.work_out(case_of(host, asked, earlier)) == {DOMICILE}


@pytest.mark.parametrize("field", ["documents", "registration"])
def test_papers_for_the_registration_wait_for_papers_and_registration(host: Host, field: str) -> None:
    assert papers_for_the_registration.work_out(
        case_of(host, requested(**cast(dict[str, Any], {field: None})))
    ) == Missing((field,))


@pytest.mark.parametrize("settlement", ["repay", "repay or repurchase"])
def test_a_payment_says_how_it_is_settled_where_the_rules_do(host: Host, settlement: str) -> None:
    payment = host.preview(requested())[0].payment
    assert isinstance(payment, Payment)
    assert "settlement" not in (payment_to_json(payment) or {})
    assert (payment_to_json(replace(payment, settlement=settlement)) or {})["settlement"] == settlement
