"""When a rule counts as reached: on each side of each of its tests, and by one day where days count."""

from __future__ import annotations

import json

import pytest

from rules_engine.acceptance.coverage import Coverage
from rules_engine.acceptance.desk import COMPLETE
from rules_engine.host import Host
from rules_engine.intake import read_event
from tests.shipped import shipped

TOO_LATE = "months since death: more than 12 months"
PAID = "pay when due"


@pytest.fixture(scope="module")
def host() -> Host:
    return shipped(with_durable=False)


@pytest.fixture
def coverage(host: Host) -> Coverage:
    return Coverage(host.book.rule_sets, host.vocabulary)


def observe(coverage: Coverage, host: Host, **fields: object) -> None:
    """Let the coverage see the decision on a complete request, but for some fields."""
    event = {
        "type": "survivors_option_requested",
        "event_id": "e1",
        "request_id": "r1",
        "cusip": "02006DLF6",
        "principal": "25000.00",
        "position": "25000.00",
        "owner_ref": "o1",
        **COMPLETE,
        **fields,
    }
    coverage.observe(host.preview(read_event(json.dumps(event)))[0], str(fields))


def observe_payment(coverage: Coverage, host: Host, **fields: object) -> None:
    """Let the coverage see the decision on an interest payment."""
    event = {
        "type": "payment_due",
        "event_id": "e1",
        "received_on": "2017-01-10",
        "cusip": "02006DLF6",
        "kind": "interest",
        "principal": "25000.00",
        **fields,
    }
    coverage.observe(host.preview(read_event(json.dumps(event)))[0], str(fields))


def lacking(coverage: Coverage, rule: str, clause: str = "survivors option") -> list[str]:
    """Give what the report says a rule of a clause lacks."""
    named = f"ally/term-notes-a/2015-08-10, {clause}, `{rule}`: "
    return [each.removeprefix(named) for each in coverage.report()["lacking"] if each.startswith(named)]


def test_a_rule_no_scenario_reached_lacks_everything(coverage: Coverage) -> None:
    assert lacking(coverage, "asked too late") == [
        "no scenario in which it speaks",
        f"no scenario in which only `{TOO_LATE}` keeps it silent",
        f"no scenario in which one day keeps it from `{TOO_LATE}`",
        f"no scenario in which it meets `{TOO_LATE}` by one day",
    ]


def test_days_well_inside_a_period_are_no_edge(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2017-08-01")
    observe(coverage, host, received_on="2018-08-01")
    assert lacking(coverage, "asked too late") == [
        f"no scenario in which one day keeps it from `{TOO_LATE}`",
        f"no scenario in which it meets `{TOO_LATE}` by one day",
    ]


def test_the_last_day_inside_is_one_side_of_the_edge(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2018-06-10")
    assert lacking(coverage, "asked too late") == [
        "no scenario in which it speaks",
        f"no scenario in which it meets `{TOO_LATE}` by one day",
    ]


def test_the_first_day_outside_is_the_other(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2018-06-11")
    assert lacking(coverage, "asked too late") == [
        f"no scenario in which only `{TOO_LATE}` keeps it silent",
        f"no scenario in which one day keeps it from `{TOO_LATE}`",
    ]


def test_both_days_together_lack_nothing(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2018-06-10")
    observe(coverage, host, received_on="2018-06-11")
    assert lacking(coverage, "asked too late") == []


def test_each_of_several_tests_has_to_be_the_only_one_that_fails(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2017-08-01", representative="surviving joint owner")
    observe(coverage, host, received_on="2017-08-01", representative="executor")
    registered = (
        "registration: not one of community property, joint tenants, tenants by the entirety or tenants in common"
    )
    rule = "survivor of a note not held together"
    assert lacking(coverage, rule) == [f"no scenario in which only `{registered}` keeps it silent"]
    observe(
        coverage, host, received_on="2017-08-01", registration="joint tenants", representative="surviving joint owner"
    )
    assert lacking(coverage, rule) == []


def test_a_test_that_cannot_be_told_stands_on_neither_side(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2017-08-01")  # whether a co-owner is the spouse is not said
    observe(coverage, host, received_on="2017-08-01", registration="tenants in common")
    assert lacking(coverage, "share of a tenant in common") == [
        "no scenario in which it speaks",
        "no scenario in which only `co-owner is the spouse: no` keeps it silent",
        "no scenario in which only `registration: tenants in common` keeps it silent",
    ]


def test_a_rule_without_tests_has_to_decide_and_to_be_overruled(coverage: Coverage, host: Host) -> None:
    assert lacking(coverage, PAID, clause="payment days") == [
        "no scenario in which it decides",
        "no scenario in which another rule overrules it",
    ]
    observe_payment(coverage, host, due_on="2017-01-15")
    assert lacking(coverage, PAID, clause="payment days") == ["no scenario in which another rule overrules it"]
    observe_payment(coverage, host, due_on="2017-01-16")
    assert lacking(coverage, PAID, clause="payment days") == []


def test_the_report_names_the_scenarios_on_each_side(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2018-06-10")
    observe(coverage, host, received_on="2018-06-11")
    named = [each for each in coverage.report()["rules"] if each["rule"] == "asked too late"]
    (rule,) = [each for each in named if each["edition"] == "ally/term-notes-a/2015-08-10"]
    assert rule["spoke"] == rule["decided"] == ["{'received_on': '2018-06-11'}"]
    assert rule["kept silent by one test"] == {TOO_LATE: ["{'received_on': '2018-06-10'}"]}


def test_a_rule_that_reads_the_same_in_another_programme_is_reached_there_too(coverage: Coverage, host: Host) -> None:
    observe(coverage, host, received_on="2018-06-11")
    rules = coverage.report()["rules"]
    spoke = {each["edition"] for each in rules if each["rule"] == "asked too late" and each["spoke"]}
    assert {"ally/term-notes-a/2015-08-10", "dow/internotes/2002-07-05"} <= spoke


def test_an_answer_no_rule_set_gave_reaches_no_rule(coverage: Coverage, host: Host) -> None:
    before = coverage.report()
    observe(coverage, host, received_on="2017-08-01", cusip="02006DZW4")
    assert coverage.report() == before
