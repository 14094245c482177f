"""Whatever a plugin does, its own cases are referred or answered, and every other issuer's answer is what it was."""

from __future__ import annotations

import decimal
import locale
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.host.bookshelf import shipped_rules
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.money import Money
from rules_engine.model.wire import decision_to_json
from rules_engine.plugging import Patience, Plugins, PluginStatus, Rank, found_plugins, load_plugins
from rules_engine.rulebook.tree import calendar_codes
from tests.acme import ACME_NOTE, WORDS, AcmePlugin, found, host_on, replaced, requested, rule_file, rules_with_acme

from .hostile import CHANGES, DECLARES, ENDS, GIVES, SLOW, changing_the_event, importing, listening, word

SOON = Patience(loading=2, fact=0.3, listening=0.3)
OURS = [plugin for plugin in found_plugins() if plugin.name == "ally"]
USES_THE_WORD = """
rules:
  - rule: asked while mourning
    when:
      days of mourning: {}
    then: refer
    because: Asked while mourning.
    cite: Survivor's Protection Option, mourning

terms:
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rule book of Ally's and Acme's alone."""
    root = rules_with_acme(tmp_path_factory.mktemp("book"))
    for folder in root.iterdir():
        if folder.name not in ("ally", "acme", "standard", "calendars"):
            shutil.rmtree(folder)
    return root


@pytest.fixture(scope="module")
def expected(book: Path) -> dict[str, Any]:
    """What Ally's request is answered when nothing strange is plugged in."""
    host = host_on(book, load_plugins([*OURS, found("acme", AcmePlugin)], WORDS))
    return decision_to_json(host.preview(requested())[0])


@pytest.fixture(autouse=True)
def _as_before(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Hold what all code shares against what it was before, whatever a plugin did."""

    def shared() -> tuple[object, ...]:
        contexts = (decimal.getcontext(), decimal.DefaultContext)
        environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        settings = locale.setlocale(locale.LC_ALL), environment, os.getcwd(), sys.getrecursionlimit()
        return (*map(repr, contexts), *settings)

    before = shared()
    yield
    assert shared() == before
    assert capsys.readouterr().out == ""


def plugged(plugin: Any, name: str = "acme", **options: Any) -> Plugins:
    calendars = calendar_codes(shipped_rules())
    return load_plugins([*OURS, replace(found(name, plugin), **options)], WORDS, calendars=calendars, patience=SOON)


def status(plugins: Plugins) -> PluginStatus:
    return next(status for status in plugins.statuses if status.rank is Rank.STRANGER)


def with_the_word(book: Path, to: Path, test: str = "at least 40 days") -> Path:
    """Copy the rule book, and let Acme's rules use the word that a plugin may bring."""
    root = shutil.copytree(book, to / "rules")
    replaced(rule_file(root), "\nterms:\n", USES_THE_WORD.format(test))
    return root


def answered(host: Host) -> tuple[Decision, Decision]:
    """Answer a request for Acme's notes, and then one for Ally's."""
    return host.answer(requested("e-1", cusip=ACME_NOTE))[0], host.answer(requested("e-2"))[0]


def unharmed(host: Host, expected: dict[str, Any]) -> bool:
    """Tell whether Ally's request is answered as ever, on a ledger of its own."""
    afresh = Host(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=host.with_durable)
    return decision_to_json(afresh.preview(requested())[0]) == expected


@pytest.mark.parametrize("name", ENDS)
def test_what_ends_an_import_ends_that_plugin_alone(name: str, book: Path, expected: dict[str, Any]) -> None:
    does, told = ENDS[name]
    plugins = plugged(importing(does))
    assert status(plugins).cause.startswith(told)
    host = host_on(book, plugins)
    theirs = host.preview(requested(cusip=ACME_NOTE))[0]
    assert theirs.codes == {Code.PLUGIN_UNAVAILABLE}
    assert unharmed(host, expected)


@pytest.mark.parametrize("name", SLOW)
def test_an_import_that_does_not_come_back_is_waited_for_so_long(
    name: str, book: Path, expected: dict[str, Any]
) -> None:
    began = time.monotonic()
    plugins = load_plugins([*OURS, found("acme", importing(SLOW[name]))], WORDS, patience=Patience(loading=0.5))
    assert time.monotonic() - began < 10
    assert status(plugins).cause == "it did not come back within 0.5 seconds"
    host = host_on(book, plugins)
    assert host.preview(requested(cusip=ACME_NOTE))[0].codes == {Code.PLUGIN_UNAVAILABLE}
    assert unharmed(host, expected)


@pytest.mark.parametrize("name", CHANGES)
def test_what_an_import_changes_is_as_it_was_and_told(name: str, book: Path, expected: dict[str, Any]) -> None:
    does, remark = CHANGES[name]
    plugins = plugged(importing(does))
    assert status(plugins).cause == ""
    assert status(plugins).remarks == ((remark,) if remark else ())
    host = host_on(book, plugins)
    assert host.preview(requested(cusip=ACME_NOTE))[0].outcome is Outcome.ACCEPTED
    assert unharmed(host, expected)


@pytest.mark.parametrize("name", DECLARES)
def test_what_cannot_be_declared_keeps_that_plugin_out_alone(name: str, book: Path, expected: dict[str, Any]) -> None:
    plugin, cause = DECLARES[name]
    plugins = plugged(plugin)
    assert cause in status(plugins).cause
    assert bool(cause) is bool(status(plugins).cause)
    host = host_on(book, plugins)
    theirs = host.preview(requested(cusip=ACME_NOTE))[0]
    assert theirs.codes <= {Code.PLUGIN_UNAVAILABLE, Code.RULES_CANNOT_BE_READ}
    assert unharmed(host, expected)


def test_an_entry_point_named_like_another_takes_nothing_away(book: Path, expected: dict[str, Any]) -> None:
    plugins = plugged(AcmePlugin, name="ally", distribution="not-allys")
    assert status(plugins).cause == "another plugin is named `ally`, of retail-note-rules"
    assert plugins.programme_declared("ally/term-notes-a")
    assert unharmed(host_on(book, plugins), expected)


@pytest.mark.parametrize("name", ENDS)
def test_what_ends_a_fact_refers_that_case(name: str, book: Path, tmp_path: Path, expected: dict[str, Any]) -> None:
    does, told = ENDS[name]
    host = host_on(with_the_word(book, tmp_path), plugged(word(does)))
    theirs, ours = answered(host)
    (finding,) = theirs.findings
    assert (theirs.outcome, finding.code) == (Outcome.REFERRED, Code.CANNOT_BE_WORKED_OUT)
    assert f"`days of mourning` cannot be worked out: plugin `acme` raised {told.strip()}" in finding.because
    assert ours.outcome is Outcome.ACCEPTED
    assert unharmed(host, expected)


@pytest.mark.parametrize("name", SLOW)
def test_a_fact_that_does_not_come_back_is_not_asked_again(
    name: str, book: Path, tmp_path: Path, expected: dict[str, Any]
) -> None:
    host = host_on(with_the_word(book, tmp_path), plugged(word(SLOW[name])))
    began = time.monotonic()
    theirs, ours = answered(host)
    again = host.preview(requested("e-3", cusip=ACME_NOTE))[0]
    assert time.monotonic() - began < 10
    assert "plugin `acme` did not come back within 0.3 seconds" in theirs.findings[0].because
    assert "plugin `acme` is out of service: it did not come back" in again.findings[0].because
    assert (theirs.outcome, again.outcome, ours.outcome) == (Outcome.REFERRED, Outcome.REFERRED, Outcome.ACCEPTED)
    assert unharmed(host, expected)


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_fact_changes_is_as_it_was(name: str, book: Path, tmp_path: Path, expected: dict[str, Any]) -> None:
    host = host_on(with_the_word(book, tmp_path), plugged(word(CHANGES[name][0], 39)))
    theirs, ours = answered(host)
    assert (theirs.outcome, theirs.facts["days of mourning"]) == (Outcome.ACCEPTED, 39)
    assert ours.outcome is Outcome.ACCEPTED
    assert unharmed(host, expected)


@pytest.mark.parametrize("name", GIVES)
def test_what_a_fact_cannot_give_refers_that_case(
    name: str, book: Path, tmp_path: Path, expected: dict[str, Any]
) -> None:
    plugin, told = GIVES[name]
    kind = plugin().words()[0].facts["days of mourning"].kind.value  # type: ignore[attr-defined]
    test = {"word": "first", "list of words": "with one", "per cent": "more than 1 %"}.get(kind, "at least 40 days")
    host = host_on(with_the_word(book, tmp_path, test), plugged(plugin))
    assert host.book.problems == ()
    theirs, ours = answered(host)
    assert (theirs.outcome, theirs.accepted) == (Outcome.REFERRED, Money.from_cents(0))
    assert told in theirs.findings[0].because
    assert ours.outcome is Outcome.ACCEPTED
    assert unharmed(host, expected)


def test_a_fact_changes_nothing_of_the_request_that_is_recorded(book: Path, tmp_path: Path) -> None:
    host = host_on(with_the_word(book, tmp_path), plugged(word(int, changing_the_event)))
    event = requested("e-1", cusip=ACME_NOTE)
    (decision,) = host.answer(event)
    assert decision.facts["days of mourning"] == 40
    assert decision.requested == event.principal == Money.parse("25000.00")
    assert host.ledger.event("e-1") == event == requested("e-1", cusip=ACME_NOTE)


@pytest.mark.parametrize("name", [*ENDS, *SLOW, *CHANGES])
def test_a_listener_reaches_no_answer(name: str, book: Path, expected: dict[str, Any]) -> None:
    does = SLOW[name] if name in SLOW else {**ENDS, **CHANGES}[name][0]
    plugins = plugged(listening(does))
    host = host_on(book, plugins)
    began = time.monotonic()
    theirs, ours = answered(host)
    assert time.monotonic() - began < 10
    assert (theirs.outcome, ours.outcome) == (Outcome.ACCEPTED, Outcome.ACCEPTED)
    assert host.recorded(requested("e-1", cusip=ACME_NOTE))[0].accepted == Money.parse("25000.00")
    assert bool(plugins.listener_faults) is (name not in CHANGES)
    assert all("plugin `acme`" in told for told in plugins.listener_faults)
    assert unharmed(host, expected)


def test_a_listener_may_ask_the_host(book: Path) -> None:
    """It runs in a thread of its plugin's, which then is the one that asks its own word."""
    hosts: list[Host] = []
    heard: list[Outcome] = []
    other = {"owner_ref": "owner-9", "cusip": ACME_NOTE}
    plugin = listening(lambda: heard.append(hosts[0].preview(requested("e-9", **other))[0].outcome))
    hosts.append(host_on(book, plugged(plugin)))
    answered(hosts[0])
    assert heard == [Outcome.ACCEPTED, Outcome.ACCEPTED]


def test_what_other_threads_print_meanwhile_is_printed(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what a plugin's thread prints goes to standard error."""
    printed, go_on = threading.Event(), threading.Event()

    def prints_when_told() -> None:
        print("a plugin's words")
        printed.set()
        go_on.wait(2)

    def prints_meanwhile() -> None:
        printed.wait(2)
        print("a result")
        go_on.set()

    other = threading.Thread(target=prints_meanwhile)
    other.start()
    host_on(book, plugged(listening(prints_when_told))).answer(requested("e-1", cusip=ACME_NOTE))
    other.join()
    written = capsys.readouterr()
    assert (written.out, written.err) == ("a result\n", "a plugin's words\n")
