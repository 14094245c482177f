"""The order of rules and plugins and the engine that matches change nothing: whole decisions are held equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.clauses import CLAUSES
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching import durable
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.plugging import Found, Plugins, found_plugins, load_plugins
from rules_engine.rulebook.books import Book
from tests.shipped import shipped

PROGRAMME = "ally/term-notes-a"
FEW = settings(max_examples=40, deadline=None)

MAY_BE_LEFT_OUT: Mapping[str, tuple[Any, ...]] = {
    "position": ("25000.00", "300000.00", "25000.01"),
    "trigger": ("death", "adjudicated incompetent"),
    "occurred_on": ("2017-06-10", "2016-08-01", "2016-07-31", "2017-08-02", "2016-02-29"),
    "owner_ref": ("one", "another"),
    "acquired_on": ("2016-12-01", "2017-02-01", "2017-02-02", "2016-11-30"),
    "acquired": ("primary market", "secondary market"),
    "registration": ("sole owner", "joint tenants", "tenants in common", "trust", "nominee", "transfer on death"),
    "co_owner_is_spouse": (True, False),
    "deceased_share": ("1", "1/3", "1/50"),
    "substantially_all_beneficial_interest": (True, False),
    "owner_at_death": (True, True, True, False, "in doubt"),
    "held_in": ("deceased account", "deceased account", "estate account", "transferred"),
    "representative": (
        *("executor", "executor", "surviving joint owner", "small estate affiant", "attorney in fact"),
        *("trustee", "custodian", "beneficiary"),
    ),
}
"""A request's optional fields, with values on both sides of the rules that read them."""

PAPERS = (
    "death certificate",
    "letters of authority",
    "proof of ownership",
    "repayment request",
    "signature guarantee",
    "trust agreement",
    "nominee certificate",
    "small estate affidavit",
    "beneficiary designation",
)
NOTES = st.sampled_from(["02006DLF6", "02006DLG4"])
PRINCIPALS = st.sampled_from(["25000.00", "24000.00", "25500.00", "300000.00", "2500000.00"])


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Make up a request, with any of its optional fields left out."""
    fields = {
        name: draw(st.sampled_from(values)) for name, values in MAY_BE_LEFT_OUT.items() if draw(st.integers(0, 9))
    }
    if draw(st.integers(0, 9)):
        fields["documents"] = draw(st.sampled_from([PAPERS, PAPERS, PAPERS[1:], PAPERS[:2], ()]))
    received_on = draw(st.sampled_from(["2017-08-01", "2017-07-31", "2017-08-02", "2019-12-14"]))
    event = {"type": "survivors_option_requested", "request_id": draw(st.sampled_from(["r1", "r2", "r3"]))}
    return {**event, "cusip": draw(NOTES), "principal": draw(PRINCIPALS), "received_on": received_on, **fields}


@st.composite
def calls(draw: st.DrawFn) -> dict[str, Any]:
    """Make up a notice of a call, with its price and whom it went to left out or not."""
    given_on = draw(st.sampled_from(["2017-11-15", "2017-11-16", "2017-08-03"]))
    event: dict[str, Any] = {
        "type": "call_noticed",
        "notice_id": draw(st.sampled_from(["n1", "n2"])),
        "cusip": draw(NOTES),
        "notice_given_on": given_on,
        "received_on": draw(st.sampled_from([given_on, "2017-08-02"])),
        "redeem_on": draw(st.sampled_from(["2017-12-15", "2018-01-15", "2017-12-16"])),
        "principal": draw(st.sampled_from(["all", "1000.00", "1500.00"])),
        "conditional": draw(st.booleans()),
    }
    if draw(st.booleans()):
        event["price"] = draw(st.sampled_from(["100", "101"]))
    if draw(st.booleans()):
        event["notified"] = draw(st.sampled_from([["holders"], ["trustee"], ["holders", "trustee"]]))
    return event


@st.composite
def payments(draw: st.DrawFn) -> dict[str, Any]:
    """Make up a payment that falls due, on a right day or a wrong one."""
    due_on = draw(st.sampled_from(["2017-01-15", "2017-09-15", "2017-09-16", "2017-12-15", "2019-12-15"]))
    kind = draw(st.sampled_from(["interest", "maturity", "redemption", "repayment"]))
    event: dict[str, Any] = {"type": "payment_due", "cusip": draw(NOTES), "kind": kind}
    if kind != "repayment" or draw(st.booleans()):
        event["principal"] = "25000.00"
    return {**event, "due_on": due_on, "received_on": due_on}


OTHERS: tuple[dict[str, Any], ...] = (
    {"type": "limits_elected", "year": 2017, "annual": False, "individual": True, "received_on": "2017-01-03"},
    {"type": "limits_elected", "year": 2017, "annual": True, "individual": True, "received_on": "2017-01-03"},
    {"type": "outstanding_reported", "as_of": "2016-12-31", "principal": "150000000.00", "received_on": "2017-08-04"},
    {"type": "year_opened", "year": 2018, "received_on": "2018-01-01"},
)
LOT = {
    "type": "lottery_drawn",
    "cusip": "02006DLF6",
    "owner_ref": "one",
    "position": "25000.00",
    "selected": "1000.00",
    "received_on": "2017-12-01",
}
RESCISSION = {"type": "call_rescinded", "received_on": "2017-12-15"}
PAPERS_LATER = {"type": "documents_received", "documents": ["death certificate"], "received_on": "2017-08-26"}
WITHDRAWAL = {"type": "withdrawal_requested", "received_on": "2017-08-05"}
PARTICULARS = {
    "type": "particulars_received",
    "received_on": "2017-08-07",
    "registration": "sole owner",
    "acquired_on": "2017-02-02",
    "position": "25000.00",
}
BY = {"decided_by": "clerk-1", "because": "the papers were seen"}
GOES_ON = {"type": "person_decided", "received_on": "2017-08-09", "answer": "go on", **BY}
REJECTS = {**GOES_ON, "answer": "reject", "received_on": "2017-08-10"}
WAIVER = {
    "type": "issuer_waived",
    "received_on": "2017-08-11",
    "limit": "individual limit",
    "amount": "300000.00",
    "waived_by": "issuer-1",
    "because": "an estate of many notes",
}
REPAID = {
    "type": "payment_made",
    "received_on": "2017-09-15",
    "cusip": "02006DLF6",
    "due_on": "2017-09-15",
    "kind": "repayment",
    "principal": "24000.00",
}
RETURNED = {**REPAID, "type": "payment_returned", "received_on": "2017-09-18", "because": "the account is closed"}
ABOUT_A_REQUEST = (PAPERS_LATER, WITHDRAWAL, PARTICULARS, GOES_ON, REJECTS, WAIVER, REPAID, RETURNED)
STANDS = {
    "type": "position_reported",
    "received_on": "2017-08-12",
    "cusip": "02006DLF6",
    "owner_ref": "one",
    "as_of": "2017-08-11",
}
ON_RECORD = (
    {**STANDS, "principal": "1000.00"},
    {**STANDS, "principal": "400000.00"},
    {"type": "notes_accelerated", "received_on": "2017-08-14", "declared_on": "2017-08-11", "cusip": "02006DLF6"},
    *({"type": "event_voided", "received_on": "2017-08-16", "voids": f"e{number}", **BY} for number in range(4)),
    {"type": "fault_mended", "received_on": "2017-08-17", "mends": "e0"},
)

EVENTS = st.one_of(
    requests(),
    calls(),
    payments(),
    st.sampled_from([{**other, "programme": PROGRAMME} for other in OTHERS]),
    st.sampled_from([{**event, "request_id": name} for event in ABOUT_A_REQUEST for name in ("r1", "r2")]),
    st.sampled_from(ON_RECORD),
    st.sampled_from([{**event, "notice_id": name} for event in (LOT, RESCISSION) for name in ("n1", "n2")]),
)
HISTORIES = st.tuples(requests(), st.lists(EVENTS, max_size=7)).map(lambda drawn: [drawn[0], *drawn[1]])


@pytest.fixture(scope="module")
def opened() -> Host:
    return shipped(with_durable=False)


def answered(
    opened: Host,
    history: list[dict[str, Any]],
    *,
    book: Book | None = None,
    plugins: Plugins | None = None,
    with_durable: bool = False,
) -> list[Decision]:
    """Give every decision on a history of events, from an empty ledger."""
    plugins = plugins or opened.plugins
    host = Host(book or opened.book, plugins, opened.vocabulary, MemoryLedger(), with_durable=with_durable)
    events = [read_event(json.dumps({**event, "event_id": f"e{number}"})) for number, event in enumerate(history)]
    return [decision for event in events for decision in host.answer(event)]


def shuffled(book: Book, random: Random) -> Book:
    """Put the rules of every rule set into another order, and nothing else."""
    files = {
        programme: tuple(
            replace(each, rule_set=replace(each.rule_set, rules=tuple(random.sample(rules, len(rules)))))
            for each in of_programme
            if each.rule_set and (rules := each.rule_set.rules)
        )
        for programme, of_programme in book.clause_files.items()
    }
    return replace(book, clause_files=files)


def apart_from_the_order_of_findings(decisions: list[Decision]) -> list[Decision]:
    """Sort what stands in the order of the rule file (findings, questions, near misses); drop its digest."""
    return [
        replace(
            decision,
            findings=tuple(sorted(decision.findings, key=lambda finding: finding.name)),
            questions=tuple(sorted(decision.questions, key=lambda question: (question.code, question.rule))),
            near_misses=tuple(sorted(decision.near_misses, key=lambda near: near.rule)),
            receipt="",
        )
        for decision in decisions
    ]


@FEW
@given(history=HISTORIES, random=st.randoms(use_true_random=False))
def test_the_order_of_rules_changes_no_decision(opened: Host, history: list[dict[str, Any]], random: Random) -> None:
    expected = apart_from_the_order_of_findings(answered(opened, history))
    book = shuffled(opened.book, random)
    assert apart_from_the_order_of_findings(answered(opened, history, book=book)) == expected


@FEW
@given(history=HISTORIES, random=st.randoms(use_true_random=False))
def test_the_decisive_findings_come_first_in_whatever_order_rules_stand(
    opened: Host, history: list[dict[str, Any]], random: Random
) -> None:
    for decision in answered(opened, history, book=shuffled(opened.book, random)):
        assert decision.findings[: len(decision.decisive)] == decision.decisive
        others = [finding.outcome for finding in decision.findings[len(decision.decisive) :]]
        assert others == sorted(others, reverse=True)


@FEW
@given(history=HISTORIES)
def test_nothing_says_accepted_in_an_answer_that_is_not(opened: Host, history: list[dict[str, Any]]) -> None:
    for decision in answered(opened, history):
        assert decision.outcome is not Outcome.ENTITLED, "a right alone is no answer"
        if decision.outcome is not Outcome.ACCEPTED:
            assert Outcome.ACCEPTED not in {finding.outcome for finding in decision.findings}


@pytest.mark.skipif(not durable.available(), reason=f"durable_rules cannot be used: {durable.why_unavailable()}")
@FEW
@given(history=HISTORIES)
def test_the_engine_changes_no_decision_and_no_receipt(opened: Host, history: list[dict[str, Any]]) -> None:
    assert answered(opened, history, with_durable=True) == answered(opened, history)


class OtherIssuer:
    @hookimpl
    def issuers(self) -> tuple[Issuer, ...]:
        return (Issuer(code="acme", name="Acme", programmes=(Programme(code="acme/notes-a", name="Notes"),)),)


class Listener:
    @hookimpl
    def decision_recorded(self, event: object, decision: object) -> None:
        raise RuntimeError("a listener that fails is nobody else's concern")


def broken() -> object:
    raise ImportError("no module named `acme_words`")


FOUND = (
    *found_plugins(),
    Found(name="acme", version="1", load=OtherIssuer),
    Found(name="listener", version="1", load=Listener),
    Found(name="broken", version="1", load=broken),
)


@FEW
@given(history=HISTORIES, found=st.permutations(FOUND))
def test_the_order_of_plugins_changes_no_decision_and_no_receipt(
    opened: Host, history: list[dict[str, Any]], found: list[Found]
) -> None:
    plugins = load_plugins(found, [clause.words for clause in CLAUSES])
    assert [status.name for status in plugins.statuses if status.cause] == ["broken"]
    assert answered(opened, history, plugins=plugins) == answered(opened, history)
