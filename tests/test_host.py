"""The host: deciding writes nothing, answering records once, and what cannot be decided is referred by name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.deciding import NOTHING_BESIDES, decide
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.errors import EventIdReused, StaleStanding
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import Preparing
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching import durable
from rules_engine.matching.durable import DurableMatcher
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding, Outcome
from rules_engine.model.event_words import PaymentKind, PersonsAnswer
from rules_engine.model.events import (
    CallNoticed,
    DocumentsReceived,
    Event,
    EventVoided,
    LimitsElected,
    OutstandingReported,
    PaymentDue,
    PersonDecided,
    SurvivorsOptionRequested,
    WithdrawalRequested,
    YearOpened,
)
from rules_engine.model.limits import Covers
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import ClauseWords, Fact
from rules_engine.standing.limits import Scope
from rules_engine.standing.standing import Standing
from tests.acme import (
    ACME,
    ACME_NOTE,
    ALLY,
    ALLY_NOTE,
    AcmePlugin,
    found,
    host_on,
    loaded,
    replaced,
    requested,
    rule_file,
    rules_with_acme,
)
from tests.shipped import shipped

engine_needed = pytest.mark.skipif(not durable.available(), reason=durable.why_unavailable())

SECOND_ACME_NOTE = "00499AAB1"
UNKNOWN_NOTE = "037833AK6"
NOTHING = Money.from_cents(0)


@pytest.fixture
def host() -> Host:
    return shipped()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rules_with_acme(tmp_path)


def acme_host(root: Path, **options: Any) -> Host:
    return host_on(root, loaded(found("acme", AcmePlugin)), **options)


def elects_limits(event_id: str, year: int = 2017) -> LimitsElected:
    return LimitsElected(
        event_id=event_id,
        received_on=date(2017, 1, 3),
        programme=ALLY,
        year=year,
        annual=False,
        individual=True,
    )


def elects_annual_limit(event_id: str, year: int) -> LimitsElected:
    return replace(
        elects_limits(event_id, year), annual=True, individual=False, annual_amount=Money.parse("2000000.00")
    )


def due(event_id: str = "due-1", *, cusip: str = ALLY_NOTE) -> PaymentDue:
    return PaymentDue(
        event_id=event_id,
        received_on=date(2017, 9, 1),
        cusip=cusip,
        due_on=date(2017, 10, 15),
        kind=PaymentKind.INTEREST,
        principal=Money.parse("1000.00"),
    )


def papers(event_id: str, request_id: str) -> DocumentsReceived:
    return DocumentsReceived(
        event_id=event_id,
        received_on=date(2017, 9, 8),
        request_id=request_id,
        documents=frozenset({"death certificate"}),
    )


def only_finding(host: Host, event: Event) -> Finding:
    (finding,) = host.preview(event)[0].findings
    return finding


# Deciding, and answering


def test_deciding_twice_gives_the_same_and_records_nothing(host: Host) -> None:
    first = host.preview(requested())[0]
    host.preview(due())[0]
    assert host.preview(requested())[0] == first
    assert host.ledger.standing(ALLY).at == 0
    assert list(host.ledger.entries()) == []
    assert host.ledger.entries_of("e-1") == ()


def test_answering_records_the_decision_it_gives(host: Host) -> None:
    expected = host.preview(requested())[0]
    assert host.answer(requested()) == (expected,)
    (entry,) = host.ledger.entries()
    assert (entry.programme, entry.position, entry.event_id) == (ALLY, 1, "e-1")
    assert json.loads(entry.decision)["receipt"] == expected.receipt
    assert host.ledger.standing(ALLY).requests["request of e-1"].accepted == Money.parse("25000.00")


def test_what_a_decision_rests_on_is_kept_with_it(host: Host) -> None:
    (decision,) = host.answer(requested())
    for named in (decision.rules_digest, decision.days_digest, decision.note_digest):
        text = host.ledger.text(named)
        assert text is not None
        assert named == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    calendar = host.ledger.text(decision.calendar_digest)
    assert calendar is not None
    assert '"code":"USNY"' in calendar


def test_the_same_event_again_changes_nothing_and_gives_the_first_answer(host: Host) -> None:
    first = host.answer(requested())
    host.answer(elects_limits("limits-1"))
    assert host.answer(requested()) == first
    assert host.ledger.standing(ALLY).at == 2


WRITTEN = {
    "type": "payment_due",
    "event_id": "due-1",
    "received_on": "2017-09-01",
    "cusip": "02006DLF6",
    "due_on": "2017-10-15",
    "kind": "interest",
    "principal": "1000.00",
}


def test_other_content_under_an_event_id_is_refused_naming_both_digests(host: Host) -> None:
    def digest_of(written: dict[str, str]) -> str:
        text = json.dumps(written, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    other = WRITTEN | {"principal": "2000.00"}
    host.answer(read_event(json.dumps(WRITTEN)))
    with pytest.raises(EventIdReused) as refused:
        host.answer(read_event(json.dumps(other)))
    (fault,) = refused.value.faults
    assert fault.field == "event_id"
    assert "`due-1`" in fault.message
    assert digest_of(WRITTEN) in fault.message
    assert digest_of(other) in fault.message
    assert host.ledger.standing(ALLY).at == 1


def test_the_order_of_lists_and_the_spelling_of_a_price_are_no_other_content(host: Host) -> None:
    call = {
        "type": "call_noticed",
        "event_id": "call-1",
        "received_on": "2017-11-01",
        "notice_id": "n-1",
        "cusip": "02006DLF6",
        "notice_given_on": "2017-11-01",
        "redeem_on": "2017-12-15",
        "principal": "all",
        "price": "100",
        "notified": ["holders", "trustee"],
    }
    first = host.answer(read_event(json.dumps(call)))
    again = call | {"price": "100.00", "notified": ["trustee", "holders"]}
    assert host.answer(read_event(json.dumps(again))) == first


# The standing


def test_the_ledger_refuses_a_decision_made_on_an_older_standing(host: Host) -> None:
    answers = host.decide(requested(), host.ledger.standing(ALLY).copy())
    host.answer(elects_limits("limits-1"))
    with pytest.raises(StaleStanding):
        host.record(answers)
    assert host.ledger.entries_of("e-1") == ()
    assert host.ledger.standing(ALLY).at == 1


class OvertakenLedger(MemoryLedger):
    """Somebody else records between the reading of a standing and the recording of what was decided on it."""

    def __init__(self) -> None:
        super().__init__()
        self.quicker: list[Callable[[], object]] = []

    def standing(self, programme: str) -> Standing:
        seen = super().standing(programme)
        if not self.quicker:
            return seen
        before = seen.copy()
        self.quicker.pop()()
        return before


def test_an_answer_overtaken_by_another_is_decided_again() -> None:
    ledger = OvertakenLedger()
    host, other = shipped(ledger), shipped(ledger)
    host.answer(elects_limits("limits-1"))
    principal = {"principal": Money.parse("150000.00"), "position": Money.parse("150000.00")}
    ledger.quicker.append(lambda: other.answer(requested("e-2", **principal, cusip="02006DLG4")))
    (decision,) = host.answer(requested("e-1", **principal))
    assert ledger.quicker == []
    # the prospectus draft allows $250,000 for one owner in a year, and the other request took $150,000 of it
    assert decision.accepted == Money.parse("100000.00")
    assert decision.carried_over == Money.parse("50000.00")
    assert decision.standing_at == 2
    assert [entry.event_id for entry in ledger.entries()] == ["limits-1", "e-2", "e-1"]


def test_the_same_event_answered_by_somebody_quicker_is_answered_once() -> None:
    ledger = OvertakenLedger()
    host, other = shipped(ledger), shipped(ledger)
    ledger.quicker.append(lambda: other.answer(requested()))
    (decision,) = host.answer(requested())
    assert decision.decision_id == f"{ALLY}#1"
    assert [entry.event_id for entry in ledger.entries()] == ["e-1"]


def test_what_a_limit_kept_out_does_not_wait_for_a_claim_that_came_later() -> None:
    host = shipped()
    for event in (elects_annual_limit("limits-17", 2017), elects_annual_limit("limits-18", 2018)):
        host.answer(event)
    large = {"principal": Money.parse("2500000.00"), "position": Money.parse("2500000.00")}
    (first,) = host.answer(requested("e-1", **large))
    assert (first.accepted, first.carried_over) == (Money.parse("2000000.00"), Money.parse("500000.00"))

    # it may be the same principal: a person is asked about the claim that names an account, and not about the first
    (later,) = host.answer(requested("e-2", received_on=date(2017, 12, 28), account_ref="account-1"))
    assert (later.outcome, later.questions[0].code) == (Outcome.REFERRED, Code.ACCOUNT_UNCLEAR)
    _, again = host.answer(YearOpened(event_id="y-1", received_on=date(2018, 1, 2), programme=ALLY, year=2018))
    assert (again.request_id, again.accepted) == ("request of e-1", Money.parse("500000.00"))
    request = host.ledger.standing(ALLY).requests["request of e-1"]
    assert (request.accepted, request.waiting) == (Money.parse("2500000.00"), NOTHING)


def test_what_a_limit_kept_out_waits_on_while_nobody_has_said_which_limits_bind(host: Host) -> None:
    host.answer(elects_annual_limit("limits-17", 2017))
    large = {"principal": Money.parse("2500000.00"), "position": Money.parse("2500000.00")}
    host.answer(requested("e-1", **large))
    _, again = host.answer(YearOpened(event_id="y-1", received_on=date(2018, 1, 2), programme=ALLY, year=2018))
    assert (again.outcome, again.pended) == (Outcome.PENDED, Money.parse("500000.00"))
    assert again.findings[0].missing == ("limits_elected for 2018",)
    recorded, last = host.answer(replace(elects_annual_limit("limits-18", 2018), received_on=date(2018, 1, 9)))
    assert recorded.outcome is Outcome.RECORDED
    assert (last.requested, last.accepted) == (Money.parse("500000.00"), Money.parse("500000.00"))


# Faults of the rule book


def place_in(path: Path, text: str, root: Path) -> str:
    """Name where a text stands, as editors count."""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if text in line:
            return f"{path.relative_to(root).as_posix()}:{number}:{line.index(text) + 1}"
    raise AssertionError(f"`{text}` is not in {path.name}")


def test_a_faulty_rule_file_refers_its_programmes_cases_naming_the_line_and_others_go_on(root: Path) -> None:
    path = rule_file(root)
    replaced(path, "value: 6 months", "value: 6 moths")
    host = acme_host(root)
    finding = only_finding(host, requested(cusip=ACME_NOTE))
    assert (finding.name, finding.outcome) == ("rules cannot be read", Outcome.REFERRED)
    assert f"{place_in(path, '6 moths', root)}: `moths` is not a unit of time" in finding.because
    assert host.preview(requested(cusip=ACME_NOTE))[0].not_accepted == Money.parse("25000.00")
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED
    assert host.preview(due(cusip=ACME_NOTE))[0].outcome is Outcome.ACCEPTED, "its payment days are in another file"


def test_a_fault_in_the_standard_set_refers_every_programme_based_on_it(root: Path) -> None:
    path = root / "standard" / "survivors-option.yaml"
    replaced(path, "trigger: not death", "trigger: not deth")
    host = acme_host(root)
    for cusip in (ACME_NOTE, ALLY_NOTE):
        finding = only_finding(host, requested(cusip=cusip))
        assert finding.name == "rules cannot be read"
        assert place_in(path, "not deth", root) in finding.because
    assert host.preview(due())[0].outcome is Outcome.ACCEPTED


def test_a_faulty_note_is_referred_naming_the_line_and_the_other_notes_of_its_supplement_go_on(root: Path) -> None:
    path = root / ACME / "supplements" / "123.yaml"
    replaced(path, "coupon: 3.500 %", "coupon: 3.500")
    host = acme_host(root)
    finding = only_finding(host, requested(cusip=ACME_NOTE))
    assert (finding.name, finding.outcome) == ("note cannot be read", Outcome.REFERRED)
    assert place_in(path, "3.500", root) in finding.because
    assert host.preview(requested(cusip=SECOND_ACME_NOTE))[0].outcome is Outcome.ACCEPTED


def test_a_faulty_calendar_refers_the_cases_that_count_by_it(root: Path) -> None:
    path = root / "calendars" / "usny.yaml"
    replaced(path, "years covered: 2000 to 2060", "years covered: 2060 to 2000")
    finding = only_finding(acme_host(root), requested())
    assert finding.outcome is Outcome.REFERRED
    assert place_in(path, "2060 to 2000", root) in finding.because


def test_a_note_issued_before_every_edition_is_referred(root: Path) -> None:
    for path in (root / ACME / "2015-08-10").glob("*.yaml"):
        replaced(path, "notes issued from: 2015-08-10", "notes issued from: 2016-12-02")
    finding = only_finding(acme_host(root), requested(cusip=ACME_NOTE))
    assert finding.name == "note cannot be read"
    assert "no edition is for notes issued on 2016-12-01" in finding.because


@pytest.mark.parametrize(
    ("first_day", "rule"), [("2016-12-01", "requests stand"), ("2016-12-02", "no edition for the note")]
)
def test_a_note_issued_a_day_before_a_clauses_edition_is_referred_for_that_clause(
    first_day: str, rule: str, root: Path
) -> None:
    replaced(rule_file(root, "withdrawal"), "notes issued from: 2015-08-10", f"notes issued from: {first_day}")
    host = acme_host(root)
    assert host.answer(requested(cusip=ACME_NOTE))[0].outcome is Outcome.ACCEPTED
    withdrawal = WithdrawalRequested(event_id="w-1", received_on=date(2017, 9, 8), request_id="request of e-1")
    assert only_finding(host, withdrawal).name == rule


# What nobody knows


def test_an_unknown_cusip_is_referred_under_no_programme(host: Host) -> None:
    decision = host.preview(requested(cusip=UNKNOWN_NOTE))[0]
    assert (decision.programme, decision.outcome) == ("", Outcome.REFERRED)
    assert decision.findings[0].name == "note not known"
    assert UNKNOWN_NOTE in decision.findings[0].because
    assert (decision.requested, decision.accepted) == (Money.parse("25000.00"), NOTHING)


@pytest.mark.parametrize(
    "event",
    [
        LimitsElected(
            event_id="x-1", received_on=date(2017, 1, 3), programme="ally/none", year=2017, annual=True, individual=True
        ),
        OutstandingReported(
            event_id="x-1",
            received_on=date(2017, 1, 3),
            programme="ally/none",
            as_of=date(2016, 12, 31),
            principal=NOTHING,
        ),
        YearOpened(event_id="x-1", received_on=date(2017, 1, 3), programme="ally/none", year=2017),
    ],
    ids=lambda event: event.type,
)
def test_an_unknown_programme_is_referred_and_no_money_was_asked_for(event: Event, host: Host) -> None:
    assert host.preview(event)[0].requested is None
    finding = only_finding(host, event)
    assert (finding.name, finding.outcome) == ("programme not known", Outcome.REFERRED)
    assert "`ally/none`" in finding.because
    host.answer(event)
    assert host.ledger.standing(ALLY).at == 0


@pytest.mark.parametrize(
    "event",
    [
        papers("x-1", "r-0"),
        WithdrawalRequested(event_id="x-1", received_on=date(2017, 9, 8), request_id="r-0"),
    ],
    ids=lambda event: event.type,
)
def test_an_unknown_request_is_referred(event: Event, host: Host) -> None:
    finding = only_finding(host, event)
    assert (finding.name, finding.outcome) == ("request not known", Outcome.REFERRED)
    assert "`r-0`" in finding.because


def test_a_request_id_used_twice_is_referred_and_the_first_request_stands(host: Host) -> None:
    host.answer(requested("e-1", request_id="r-1"))
    (again,) = host.answer(requested("e-2", request_id="r-1", principal=Money.parse("1000.00")))
    assert (again.outcome, again.findings[0].name) == (Outcome.REFERRED, "request id used before")
    standing = host.ledger.standing(ALLY)
    assert standing.requests["r-1"].made.principal == Money.parse("25000.00")
    assert standing.used.of((Scope(Covers.OWNER, "owner-1"), 2017)) == Money.parse("25000.00").cents


def test_a_request_id_used_under_another_programme_is_referred(root: Path) -> None:
    host = acme_host(root)
    host.answer(requested("e-1", request_id="r-1"))
    (again,) = host.answer(requested("e-2", request_id="r-1", cusip=ACME_NOTE))
    assert (again.programme, again.findings[0].name) == (ACME, "request id used before")
    assert host.stands_under("r-1") == ALLY
    assert host.ledger.standing(ACME).requests == {}


# Facts that cannot be worked out


def raising(fault: Exception) -> Callable[[RequestCase], int]:
    def days_of_mourning(case: RequestCase) -> int:
        """Calendar days of mourning, which nobody can count."""
        raise fault

    return days_of_mourning


def giving(value: object) -> Callable[[RequestCase], object]:
    def days_of_mourning(case: RequestCase) -> object:
        """Calendar days of mourning, as another kind of value."""
        return value

    return days_of_mourning


def host_with_word(root: Path, word: Fact) -> Host:
    class WithWord(AcmePlugin):
        @hookimpl
        def words(self) -> Sequence[ClauseWords]:
            facts = by_name((word,))
            return (ClauseWords(clause="survivors option", facts=facts, terms={}, payment={}),)

    host = host_on(root, loaded(found("acme", WithWord)))
    assert host.book.problems == ()
    return host


def own_rule(root: Path, text: str) -> None:
    replaced(rule_file(root), "\nterms:\n", f"\nrules:\n  - rule: mourning\n{text}    cite: Mourning\n\nterms:\n")


IN_A_CONDITION = """\
    when:
      days of mourning: less than 7 days
    then: refer
    because: The family is in mourning.
"""
IN_A_REASON = """\
    then: refer
    because: The family has mourned for {days of mourning} days.
"""
AS_A_CAP = """\
    then: accept at most the days of mourning
    because: So much is left after mourning.
"""


@pytest.mark.parametrize("text", [IN_A_CONDITION, IN_A_REASON], ids=["in a condition", "in a reason"])
@pytest.mark.parametrize("fault", [ValueError("no count"), KeyError("no count"), RuntimeError("no count")], ids=repr)
def test_a_fact_that_raises_refers_the_case_saying_which(fault: Exception, text: str, root: Path) -> None:
    own_rule(root, text)
    host = host_with_word(root, fact("days of mourning", Kind.DAYS)(raising(fault)))
    decision = host.preview(requested(cusip=ACME_NOTE))[0]
    (finding,) = decision.findings
    assert (finding.name, decision.outcome) == ("cannot be worked out", Outcome.REFERRED)
    assert "`days of mourning` cannot be worked out" in finding.because
    assert "no count" in finding.because
    assert decision.payment is None
    asked = Money.parse("25000.00")
    assert (decision.requested, decision.not_accepted) == (asked, asked)
    assert (decision.accepted, decision.carried_over) == (NOTHING, NOTHING)
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("text", "kind"),
    [(IN_A_CONDITION, Kind.DAYS), (IN_A_REASON, Kind.DAYS), (AS_A_CAP, Kind.MONEY)],
    ids=["in a condition", "in a reason", "as a cap"],
)
@pytest.mark.parametrize("value", [7.5, "seven", None, True])
def test_a_fact_of_another_kind_than_declared_refers_the_case(value: object, text: str, kind: Kind, root: Path) -> None:
    own_rule(root, text)
    host = host_with_word(root, fact("days of mourning", kind)(giving(value)))
    decision = host.preview(requested(cusip=ACME_NOTE))[0]
    (finding,) = decision.findings
    assert (finding.name, decision.outcome) == ("cannot be worked out", Outcome.REFERRED)
    assert "`days of mourning` was worked out as another kind of value" in finding.because


def test_a_day_no_calendar_covers_refers_the_case(root: Path) -> None:
    replaced(root / "calendars" / "usny.yaml", "years covered: 2000 to 2060", "years covered: 2000 to 2018")
    finding = only_finding(acme_host(root), requested())
    assert (finding.name, finding.outcome) == ("cannot be worked out", Outcome.REFERRED)
    assert "calendar USNY covers 2000 to 2018" in finding.because


# Two matchers


def opened(host: Host, event: SurvivorsOptionRequested) -> Opened:
    preparing = Preparing(host.book, host.plugins, host.vocabulary, with_durable=host.with_durable)
    asking = Asking(asked=event, principal=event.principal, on=event.received_on)
    found = CaseOpener(preparing).request(event, asking, host.ledger.standing(ALLY), NOTHING_BESIDES)
    assert isinstance(found, Opened)
    return found


@engine_needed
def test_matchers_that_disagree_refer_the_case_naming_the_rule(host: Host) -> None:
    case = opened(host, requested(acquired_on=date(2017, 6, 1)))  # held three months of six
    rule_set, facts = case.plan.compared.rules, case.plan.compared.facts
    lenient = replace(rule_set, rules=tuple(rule for rule in rule_set.rules if rule.name != "held too briefly"))
    plan = replace(case.plan, durable=DurableMatcher(lenient, facts))
    decision = decide(case.case, case.clause, plan, days=case.days)
    (finding,) = decision.findings
    assert (decision.outcome, finding.code) == (Outcome.REFERRED, Code.MATCHERS_DISAGREE)
    assert "disagree on: held too briefly" in finding.because
    assert decision.payment is None


@engine_needed
def test_matchers_that_agree_on_a_case_decide_it_though_they_were_made_of_other_rules(host: Host) -> None:
    case = opened(host, requested())
    rule_set, facts = case.plan.compared.rules, case.plan.compared.facts
    lenient = replace(rule_set, rules=tuple(rule for rule in rule_set.rules if rule.name != "held too briefly"))
    plan = replace(case.plan, durable=DurableMatcher(lenient, facts))
    assert decide(case.case, case.clause, plan, days=case.days).outcome is Outcome.ACCEPTED


EVENTS: tuple[Event, ...] = (
    elects_limits("limits-1"),
    requested("e-1"),
    requested("e-2", principal=Money.parse("240000.00"), position=Money.parse("300000.00"), account_ref="a-2"),
    requested("e-3", owner_ref=None, owner_at_death=None, documents=None, registration="tenants in common"),
    requested("e-4", acquired_on=date(2017, 3, 2)),
    requested("e-5", occurred_on=date(2016, 8, 31), owner_at_death="in doubt", principal=Money.parse("500.00")),
    requested("e-6", cusip=UNKNOWN_NOTE),
    requested("e-7", cusip="02006DLG4", account_ref="a-7"),  # its owner's $250,000 of the year are used up by then
    papers("d-1", "request of e-3"),
    WithdrawalRequested(event_id="w-1", received_on=date(2017, 9, 8), request_id="request of e-1"),
    due(),
    CallNoticed(
        event_id="call-1",
        received_on=date(2017, 11, 1),
        notice_id="n-1",
        cusip=ALLY_NOTE,
        notice_given_on=date(2017, 11, 1),
        redeem_on=date(2017, 12, 15),
        principal="all",
        notified=frozenset({"holders"}),
    ),
    YearOpened(event_id="year-1", received_on=date(2018, 1, 2), programme=ALLY, year=2018),
    PersonDecided(
        event_id="person-1",
        received_on=date(2018, 1, 3),
        request_id="request of e-5",
        answer=PersonsAnswer.GO_ON,
        decided_by="clerk-1",
        because="the register of deaths was seen",
        owner_at_death=True,
    ),
    EventVoided(
        event_id="void-1",
        received_on=date(2018, 1, 4),
        voids="call-1",
        decided_by="clerk-1",
        because="it was meant for another note",
    ),
)


@engine_needed
def test_decisions_and_receipts_are_the_same_with_and_without_the_second_matcher() -> None:
    alone, beside = shipped(with_durable=False), shipped(with_durable=True)
    assert (alone.with_durable, beside.with_durable) == (False, True)
    outcomes = set()
    for event in EVENTS:
        first, second = alone.answer(event), beside.answer(event)
        assert first == second
        assert [decision.receipt for decision in first] == [decision.receipt for decision in second]
        outcomes |= {decision.outcome for decision in first}
    assert outcomes == set(Outcome) - {Outcome.ENTITLED}, "what a finding alone can be"
    recorded = [[(entry.event_id, entry.digest) for entry in each.ledger.entries()] for each in (alone, beside)]
    assert recorded[0] == recorded[1]


def test_the_second_matcher_is_there_wherever_it_can_be_used(host: Host) -> None:
    assert host.with_durable is durable.available()
    case = opened(host, requested())
    assert (case.plan.durable is not None) is durable.available()
