"""What a host writes to the log: what is not as it should be when it is opened, and nothing about a person."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from rules_engine import Event, EventIdReused, Host
from rules_engine.hookspecs import hookimpl
from rules_engine.model.decisions import Decision
from rules_engine.model.event_words import PersonsAnswer
from rules_engine.model.events import PersonDecided
from rules_engine.model.money import Money
from tests.acme import AcmePlugin, found, host_on, loaded, replaced, requested, rule_file, rules_with_acme


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rules_with_acme(tmp_path)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_sound_book_is_opened_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    Host.open()
    assert warnings(caplog) == []


def test_a_faulty_file_is_a_warning_at_opening_with_its_place(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    replaced(rule_file(root), "value: 6 months", "value: 6 moths")
    host = host_on(root, loaded(found("acme", AcmePlugin)))
    assert warnings(caplog) == [f"{each.file}:{each.line}:{each.column}: {each.message}" for each in host.book.problems]
    assert any("`moths` is not a unit of time" in told for told in warnings(caplog))


def test_a_broken_plugin_is_a_warning_at_opening_with_its_cause(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise ImportError("no module of that name")

    host_on(root, loaded(found("acme", broken)))
    told = [each for each in warnings(caplog) if each.startswith("plugin `acme` cannot be used")]
    assert len(told) == 1
    assert "no module of that name" in told[0]


class Indiscreet:
    """A listener that quotes what it heard in what it raises."""

    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        raise ValueError(f"{event!r} {decision!r}")


def test_nothing_that_belongs_to_a_person_is_written_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    personal = {
        "event_id": "EVENT-SECRET",
        "request_id": "REQUEST-SECRET",
        "owner_ref": "OWNER-SECRET",
        "account_ref": "ACCOUNT-SECRET",
        "principal": Money.parse("23456.00"),
        "position": Money.parse("98765.00"),
        "occurred_on": date(2017, 7, 29),
    }
    caplog.set_level(logging.DEBUG)
    host = Host.open(plugins=loaded(found("indiscreet", Indiscreet)))
    for event in (
        requested(**personal, owner_at_death="in doubt"),  # type: ignore[arg-type]  # the event's id is among them
        PersonDecided(
            event_id="PERSON-EVENT-SECRET",
            received_on=date(2017, 9, 9),
            request_id="REQUEST-SECRET",
            answer=PersonsAnswer.GO_ON,
            decided_by="CLERK-SECRET",
            because="REASON-SECRET",
            owner_at_death=True,
        ),
    ):
        host.answer(event)
    with pytest.raises(EventIdReused):
        host.answer(requested("EVENT-SECRET"))
    list(host.answer_all([requested("OTHER-SECRET", owner_ref="OWNER-SECRET")]))
    host.reload()
    told = [f"{record.getMessage()} {record.args} {record.exc_info}" for record in caplog.records]
    assert any("listener `indiscreet` failed" in each for each in told)
    for word in ("SECRET", "23456", "23,456", "98765", "98,765", "2017-07-29", "2017, 7, 29"):
        assert not any(word in each for each in told), word


def test_a_program_that_sets_up_no_logging_gets_nothing_on_its_standard_error(root: Path) -> None:
    replaced(root / "standard" / "survivors-option.yaml", "holding period: 6 months", "holding period: 6 moths")
    script = "import sys; from rules_engine import Host; assert Host.open(sys.argv[1]).book.problems"
    done = subprocess.run([sys.executable, "-c", script, str(root)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
