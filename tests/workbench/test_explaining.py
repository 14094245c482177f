from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from rules_engine.clauses import CLAUSES
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host, shipped_rules
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.ledger.trial import TrialLedger
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.events import Event
from rules_engine.plugging import Found, found_plugins, load_plugins
from rules_engine.workbench.explaining import explain, explanation_to_json, take
from tests.cli.running import request as in_order
from tests.shipped import shipped

PROGRAMME = "ally/term-notes-a"


def read(**fields: Any) -> Event:
    return read_event(json.dumps(fields))


def request(name: str, **other: Any) -> Event:
    """A request in order, held for eight months."""
    return read(**in_order(name, **other))


class Listener:
    """A plugin that hears of recorded decisions."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        self.heard.append(decision.event_id)


def test_writes_nothing_and_tells_no_listener() -> None:
    listener = Listener()
    found = (*found_plugins(), Found(name="listener", version="1", load=lambda: listener))
    host = Host.open(plugins=load_plugins(found, [clause.words for clause in CLAUSES]))
    take(host, request("a"))
    assert host.ledger.standing(PROGRAMME).at == 1
    explain(host, request("b"))
    assert host.ledger.standing(PROGRAMME).at == 1
    assert listener.heard == []
    host.answer(request("c"))
    assert listener.heard == ["a", "c"], "they are served all that the ledger holds"


def test_explains_the_decision_that_would_be_made() -> None:
    host = shipped()
    assert explain(host, request("a")).decision == host.preview(request("a"))[0]


def test_tells_when_the_rules_read_otherwise_than_when_it_was_answered(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    (first,) = shipped(ledger).answer(request("a"))
    shutil.copytree(shipped_rules(), tmp_path / "rules")
    file = tmp_path / "rules" / "standard" / "survivors-option.yaml"
    file.write_text(file.read_text().replace("holding period: 6 months", "holding period: 9 months"))
    explanation = explain(Host.open(tmp_path / "rules", TrialLedger(ledger)), request("a"))
    assert explanation.decision.outcome is Outcome.REJECTED
    assert explanation.recorded == first
    assert explanation_to_json(explanation)["recorded"]["outcome"] == "accepted"


def test_tells_which_other_requests_it_decides_again() -> None:
    host = shipped()
    elected = [
        read(
            type="limits_elected",
            event_id=f"limits-{year}",
            received_on=f"{year}-01-02",
            programme=PROGRAMME,
            year=year,
            annual=False,
            individual=True,
        )
        for year in (2017, 2018)
    ]
    opened = read(type="year_opened", event_id="year", received_on="2018-01-02", programme=PROGRAMME, year=2018)
    for event in (elected[0], request("a", principal="300000.00"), elected[1]):
        host.answer(event)
    explanation = explain(host, opened)
    assert (explanation.decision.outcome, explanation.rules) == (Outcome.RECORDED, ())
    assert [(each.request_id, str(each.accepted)) for each in explanation.again] == [("request-a", "$50,000")]


def test_a_case_that_no_rule_set_answers_is_told_by_its_finding() -> None:
    explanation = explain(shipped(), request("a", cusip="912828YK0"))
    assert (explanation.rule_set, explanation.rules, explanation.payment) == ("", (), ())
    assert explanation.decision.findings[0].name == "note not known"


def test_a_rule_whose_cap_cannot_be_worked_out_cannot_be_told() -> None:
    asked = request("a", registration="tenants in common", co_owner_is_spouse=False, documents=[])
    told = {rule.rule: rule for rule in explain(shipped(), asked).rules}["share of a tenant in common"]
    assert (told.state, told.missing) == ("cannot be told", ("deceased_share",))


def test_a_payment_is_told_day_by_day() -> None:
    due = read(
        type="payment_due",
        event_id="m",
        received_on="2019-12-01",
        cusip="02006DLF6",
        due_on="2019-12-15",
        kind="maturity",
        principal="1000.00",
    )
    told = explain(shipped(), due).payment
    # 15 December 2019 is a Sunday
    assert told == (
        "The payment falls due on Sunday 2019-12-15, as scheduled.",
        "Not open in calendar USNY: Sunday 2019-12-15. By convention `following` cash moves on Monday 2019-12-16; "
        "no interest accrues for the delay.",
        "Interest from 2019-11-15 to 2019-12-15, not including that day: 30 days of 30/360 at 3.5 per cent a year "
        "on $1,000 is $2.92. "
        "It goes to whoever gets the principal.",
        "In all: $1,000 at 100 per cent, and $2.92 interest: $1,002.92.",
    )


def test_interest_to_a_day_that_is_no_interest_date_is_told_from_the_last_one(tmp_path: Path) -> None:
    shutil.copytree(shipped_rules(), tmp_path / "rules")
    supplement = tmp_path / "rules" / PROGRAMME / "supplements" / "123.yaml"
    bermudan = "  first date: 2017-12-15\n  on: monthly\n"
    american = "  first date: 2017-12-15\n  on: any day\n"
    assert bermudan in supplement.read_text()
    supplement.write_text(supplement.read_text().replace(bermudan, american))
    noticed = read(
        type="call_noticed",
        event_id="c",
        notice_id="c",
        received_on="2021-11-01",
        cusip="02006DLG4",
        notice_given_on="2021-11-01",
        redeem_on="2021-12-06",
        principal="all",
        price="100",
        notified=["holders", "trustee"],
    )
    # 1000 x .0425 x 21/360 = 2.479...
    assert explain(Host.open(tmp_path / "rules"), noticed).payment == (
        "The notice redeems on Monday 2021-12-06, a scheduled redemption date.",
        "Monday 2021-12-06 is a business day of calendar USNY; by convention `following` cash moves that day.",
        "Interest from 2021-11-15 to 2021-12-06, not including that day: 21 days of 30/360 at 4.25 per cent a year "
        "on $1,000 is $2.48. "
        "It goes to whoever gets the principal.",
        "In all, for each $1,000 at 100 per cent: $1,002.48.",
    )
