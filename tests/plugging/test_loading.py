"""Plugins are loaded one by one: one that fails is listed with its cause, and stops nobody else."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules_engine.dates.calendars import Calendar, freeze
from rules_engine.deciding.case import RequestCase
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import Event, PaymentDue
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.plugging import Plugins, PluginStatus, found_plugins
from rules_engine.rulebook.vocabulary import ClauseWords, Fact, TermWord
from tests.acme import (
    ACME,
    ACME_NOTE,
    ALLY,
    AcmePlugin,
    found,
    host_on,
    loaded,
    replaced,
    requested,
    rule_file,
    rules_with_acme,
)


def words(*facts: Fact, terms: Sequence[TermWord] = (), payment: Sequence[TermWord] = ()) -> ClauseWords:
    return ClauseWords(clause="survivors option", facts=by_name(facts), terms=by_name(terms), payment=by_name(payment))


@fact("days of mourning", Kind.DAYS)
def days_of_mourning(case: RequestCase) -> int:
    """Calendar days from the death to the request, the week of mourning left out."""
    assert case.asked.occurred_on is not None
    return (case.asked.received_on - case.asked.occurred_on).days - 7


@fact("months held", Kind.MONTHS)
def months_held_again(case: RequestCase) -> int:
    """A word the clause already has, worked out in another way."""
    return 0


MOURNING_TERM = TermWord(name="mourning", kind=Kind.DAYS, meaning="How long after the week of mourning one may ask.")
PRICE = TermWord(name="price", kind=Kind.PERCENT, meaning="A price of the plugin's own.")


class WithWords(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return (words(days_of_mourning, terms=(MOURNING_TERM,)),)


class HookRaises(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        raise OSError("the glossary\nis not here")


class UnknownHook(AcmePlugin):
    @hookimpl
    def decisions(self) -> None:
        """Would decide, if there were such a hook."""


class WrongSignature(AcmePlugin):
    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision, ledger: object) -> None:
        """Would hear of more than is told."""


class GivesOtherThings(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[Any]:
        return ("days of mourning",)


class WordAgain(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return (words(months_held_again),)


class WordTwice(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return (words(days_of_mourning), words(days_of_mourning))


class WordUnderAnotherName(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return (ClauseWords(clause="survivors option", facts={"mourning": days_of_mourning}, terms={}, payment={}),)


class WordOfNoClause(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return (ClauseWords(clause="survivor option", facts={}, terms={}, payment={}),)


class PaymentWord(AcmePlugin):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return (words(payment=(PRICE,)),)


class OwnCalendar(AcmePlugin):
    code = "ACME"

    @hookimpl
    def calendars(self) -> Sequence[Calendar]:
        founders_day = date(2017, 10, 16)  # the Monday the repayment of a request of 1 September moves to
        return (freeze(self.code, "USNY", 2000, 2030, closures=[founders_day]),)


class CalendarOfTheBook(OwnCalendar):
    code = "USNY"


def cannot_be_imported() -> None:
    raise ImportError("no module named `acme_prices`")


def leaves_the_process() -> None:
    sys.exit("nothing to do here")


BROKEN: dict[str, tuple[Callable[[], Any], str]] = {
    "import raises": (cannot_be_imported, "ImportError: no module named `acme_prices`"),
    "import leaves the process": (leaves_the_process, "SystemExit: nothing to do here"),
    "hook raises": (HookRaises, "OSError: the glossary is not here"),
    "unknown hook": (UnknownHook, "PluginValidationError: unknown hook 'decisions' in plugin"),
    "wrong signature": (WrongSignature, "can not be found in the hookspec"),
    "gives other things": (
        GivesOtherThings,
        "TypeError: hook `words` gave 'days of mourning', which is no ClauseWords",
    ),
    "word again": (WordAgain, "it declares `months held` again, which clause `survivors option` already has"),
    "word twice": (WordTwice, "it declares `days of mourning` again, which clause `survivors option` already has"),
    "word under another name": (WordUnderAnotherName, "it declares `days of mourning` under another name, `mourning`"),
    "word of no clause": (WordOfNoClause, "it declares words for `survivor option`, which is not a clause"),
    "payment word": (PaymentWord, "it declares words under `payment` of `survivors option`"),
    "calendar of the book": (
        CalendarOfTheBook,
        "calendar `USNY` is given by the rule book, which was plugged in first",
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rules_with_acme(tmp_path)


def status_of(plugins: Plugins, name: str) -> PluginStatus:
    (status,) = (status for status in plugins.statuses if status.name == name)
    return status


def asks_acme(event_id: str = "e-1", **changes: Any) -> Event:
    return requested(event_id, cusip=ACME_NOTE, **changes)


def test_every_issuer_that_ships_is_found_by_its_entry_point() -> None:
    plugins = loaded()
    modules = {path.stem for path in (Path(__file__).parent.parent.parent / "plugins").glob("[!_]*.py")}
    assert {status.name.replace("-", "_") for status in plugins.statuses} == modules
    assert [status.name for status in plugins.statuses if status.cause] == []
    assert plugins.programme_declared(ALLY)
    assert not plugins.programme_declared(ACME)
    assert not plugins.programme_declared("ally")


def test_an_issuer_of_another_plugin_is_served_beside_it(root: Path) -> None:
    host = host_on(root, loaded(found("acme", AcmePlugin)))
    assert host.preview(asks_acme())[0].outcome is Outcome.ACCEPTED
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("name", BROKEN)
def test_a_plugin_that_breaks_is_listed_with_its_cause_and_stops_nobody_else(name: str, root: Path) -> None:
    plugin, cause = BROKEN[name]
    plugins = loaded(found("acme", plugin), calendars=["USNY"])
    assert cause in status_of(plugins, "acme").cause
    assert status_of(plugins, "ally").cause == ""
    host = host_on(root, plugins)
    assert host.book.problems == ()

    theirs = host.preview(asks_acme())[0]
    assert theirs.outcome is Outcome.REFERRED
    assert theirs.accepted == Money.from_cents(0)
    (finding,) = theirs.findings
    assert finding.name == "plugin unavailable"
    assert cause in finding.because
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED


def test_a_plugin_that_could_not_be_asked_is_named_where_nobody_declares_a_programme(root: Path) -> None:
    host = host_on(root, loaded(found("bonds", cannot_be_imported)))
    (finding,) = host.preview(asks_acme())[0].findings
    assert finding.because == (
        f"No plugin that works declares programme `{ACME}`; "
        "plugin `bonds` could not be loaded: ImportError: no module named `acme_prices`."
    )


def test_a_programme_nobody_declares_is_referred_though_its_rules_can_be_read(root: Path) -> None:
    (finding,) = host_on(root, loaded()).preview(asks_acme())[0].findings
    assert finding.name == "plugin unavailable"
    assert finding.because == f"No plugin that works declares programme `{ACME}`."


def test_an_issuer_stays_with_the_plugin_that_is_named_for_it(root: Path) -> None:
    plugins = loaded(found("a-copycat", AcmePlugin), found("acme", AcmePlugin))
    assert status_of(plugins, "acme").cause == ""
    assert status_of(plugins, "a-copycat").cause == (
        "issuer `acme` is declared by plugin `acme`, which was plugged in first"
    )
    host = host_on(root, plugins)
    assert host.preview(asks_acme())[0].outcome is Outcome.ACCEPTED
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED


def test_a_broken_plugin_takes_no_name_away_from_one_that_works() -> None:
    plugins = loaded(found("acme", AcmePlugin), found("copycat", HookRaises))
    assert status_of(plugins, "acme").cause == ""


def test_a_calendar_stays_with_the_plugin_that_gave_it_first() -> None:
    class Days(OwnCalendar):
        issuers = None  # type: ignore[assignment]  # the plugin declares none

    plugins = loaded(found("days", Days), found("acme", OwnCalendar))
    assert status_of(plugins, "acme").cause == ""
    assert status_of(plugins, "days").cause == "calendar `ACME` is given by plugin `acme`, which was plugged in first"


def test_of_two_plugins_of_one_name_the_first_stays() -> None:
    plugins = loaded(found("acme", AcmePlugin, "1.0"), found("acme", AcmePlugin, "2.0"))
    told = [(status.version, status.cause) for status in plugins.statuses if status.name == "acme"]
    assert told == [("1.0", ""), ("2.0", "another plugin is named `acme`")]
    assert plugins.programme_declared(ACME)


def test_one_plugin_under_two_names_does_not_lose_what_it_hears(root: Path) -> None:
    heard: list[str] = []

    class Listening(AcmePlugin):
        @hookimpl
        def decision_recorded(self, event: Event, decision: Decision) -> None:
            heard.append(event.event_id)

    plugin = Listening()
    host = host_on(root, loaded(found("acme", plugin), found("again", plugin)))
    assert status_of(host.plugins, "acme").cause == ""
    assert status_of(host.plugins, "again").cause == "it is plugin `acme` under another name"
    host.answer(asks_acme())
    assert heard == ["e-1"]


ASKS_FOR_THE_PLUGINS_WORD = """
rules:
  - rule: asked while mourning
    when:
      days of mourning: less than the mourning
    then: refer
    because: Only {days of mourning} days have passed since the week of mourning; {the mourning} are usual.
    cite: Survivor's Protection Option, mourning

terms:
  mourning:
    value: 24 days
    cite: Survivor's Protection Option, mourning
"""


@pytest.mark.parametrize(("died_on", "rules"), [(date(2017, 8, 2), ["asked while mourning"]), (date(2017, 8, 1), [])])
def test_a_rule_may_use_the_fact_and_the_term_of_a_plugin(died_on: date, rules: list[str], root: Path) -> None:
    replaced(rule_file(root), "\nterms:\n", ASKS_FOR_THE_PLUGINS_WORD)
    host = host_on(root, loaded(found("acme", WithWords)))
    assert host.book.problems == ()
    decision = host.preview(asks_acme(occurred_on=died_on))[0]
    assert [finding.name for finding in decision.findings if finding.name != "repay at par"] == rules
    assert decision.facts["days of mourning"] == (date(2017, 9, 1) - died_on).days - 7
    if rules:
        assert decision.outcome is Outcome.REFERRED
        assert decision.findings[0].because == (
            "Only 23 days have passed since the week of mourning; 24 days are usual."
        )


def test_without_its_plugin_a_rule_file_names_the_word_nobody_declares(root: Path) -> None:
    replaced(rule_file(root), "\nterms:\n", ASKS_FOR_THE_PLUGINS_WORD)
    host = host_on(root, loaded(found("acme", AcmePlugin)))
    assert any("unknown fact `days of mourning`" in problem.message for problem in host.book.problems)
    assert host.preview(asks_acme())[0].findings[0].name == "rules cannot be read"
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED


def due(cusip: str, due_on: date) -> PaymentDue:
    return PaymentDue(
        event_id="due-1",
        received_on=date(2017, 9, 1),
        cusip=cusip,
        due_on=due_on,
        kind=PaymentKind.INTEREST,
        principal=Money.parse("1000.00"),
    )


def test_a_plugins_calendar_moves_the_payments_of_the_rules_that_name_it_and_no_others(root: Path) -> None:
    replaced(rule_file(root, "payment-days"), "value: USNY", "value: ACME")
    host = host_on(root, loaded(found("acme", OwnCalendar), calendars=["USNY"]))
    assert host.book.problems == ()
    theirs = host.preview(due(ACME_NOTE, date(2017, 10, 15)))[0]
    ours = host.preview(due(requested().cusip, date(2017, 10, 15)))[0]
    assert theirs.payment is not None
    assert ours.payment is not None
    assert (theirs.calendar, theirs.payment.pay_on) == ("ACME", date(2017, 10, 17))
    assert (ours.calendar, ours.payment.pay_on) == ("USNY", date(2017, 10, 16))


class Listener:
    """A plugin that only listens."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        self.heard.append(f"{event.event_id} {decision.outcome.word}")


class DeafListener:
    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        decision.facts.clear()  # type: ignore[attr-defined]  # it may not
        raise ConnectionError("nobody\nis there")


@pytest.mark.parametrize("deaf", ["a", "z"])
def test_a_listener_that_fails_is_reported_and_the_decision_stands(deaf: str) -> None:
    """Whether it comes before the others or after them."""
    listener = Listener()
    host = Host.open(plugins=loaded(found("listener", listener), found(deaf, DeafListener)))
    (decision,) = host.answer(requested())
    assert decision.outcome is Outcome.ACCEPTED
    assert decision.facts["representative"] == "executor"
    assert host.ledger.standing(ALLY).at == 1
    assert listener.heard == ["e-1 accepted"]
    assert host.plugins.listener_faults == [f"on event `e-1`: plugin `{deaf}` raised ConnectionError: nobody is there"]


def test_listeners_hear_what_was_recorded_and_nothing_else() -> None:
    listener = Listener()
    host = Host.open(plugins=loaded(found("listener", listener)))
    host.preview(requested())[0]
    assert listener.heard == []
    host.answer(requested())
    host.answer(requested())
    assert listener.heard == ["e-1 accepted"]


def test_a_plugin_that_breaks_is_not_told_of_decisions(root: Path) -> None:
    listener = Listener()

    class Broken(HookRaises):
        @hookimpl
        def decision_recorded(self, event: Event, decision: Decision) -> None:
            listener.heard.append("told")

    host = host_on(root, loaded(found("acme", Broken)))
    host.answer(requested())
    assert listener.heard == []


def test_the_order_plugins_come_in_changes_no_status_and_no_decision(root: Path) -> None:
    replaced(rule_file(root), "\nterms:\n", ASKS_FOR_THE_PLUGINS_WORD)

    class Bonds(AcmePlugin):
        @hookimpl
        def issuers(self) -> Sequence[Issuer]:
            return (Issuer(code="bonds", name="Bonds", programmes=(Programme(code="bonds/a", name="Bonds"),)),)

    class BondsAgain(Bonds):
        """Declares what another one declares."""

    others = [
        found("acme", WithWords),
        found("bonds", Bonds),
        found("bonds too", BondsAgain),
        found("broken", cannot_be_imported),
    ]
    outcomes = set()
    for order in itertools.permutations(others):
        plugins = loaded(*order)
        host = host_on(root, plugins, with_durable=False)
        told = tuple((status.name, status.cause) for status in plugins.statuses)
        decisions = tuple(host.preview(event)[0] for event in (requested(), asks_acme(occurred_on=date(2017, 8, 2))))
        outcomes.add((told, *(decision.receipt for decision in decisions)))
    assert len(outcomes) == 1


ENTRY_POINTS = "[rules_engine]\nacme = acme_plugin\n"
METADATA = "Metadata-Version: 2.1\nName: acme-notes\nVersion: 2.7\n"
BREAKS = 'raise RuntimeError("acme_plugin is not ready")\n'
WORKS = """
from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer

@hookimpl
def issuers():
    return [Issuer(code="acme", name="Acme Corp.", programmes=())]
"""
TAKES_A_CALENDAR = """
from rules_engine.dates.calendars import freeze
from rules_engine.hookspecs import hookimpl

@hookimpl
def calendars():
    return [freeze("USNY", "USNY", 2017, 2017)]
"""
LISTS = """
import json
from rules_engine.host import Host
statuses = Host.open().plugins.statuses
print(json.dumps([[status.name, status.version, status.cause, len(status.issuers)] for status in statuses]))
"""


@pytest.mark.parametrize(
    ("module", "cause", "issuers"),
    [
        (WORKS, "", 1),
        (BREAKS, "RuntimeError: acme_plugin is not ready", 0),
        (TAKES_A_CALENDAR, "calendar `USNY` is given by the rule book, which was plugged in first", 0),
    ],
)
def test_a_plugin_is_found_by_the_entry_point_of_its_distribution(
    module: str, cause: str, issuers: int, tmp_path: Path
) -> None:
    (tmp_path / "acme_plugin.py").write_text(module)
    about = tmp_path / "acme_notes-2.7.dist-info"
    about.mkdir()
    (about / "entry_points.txt").write_text(ENTRY_POINTS)
    (about / "METADATA").write_text(METADATA)
    code = f"import sys; sys.path.append({str(tmp_path)!r})\n{LISTS}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shipped = [[plugin.name, plugin.version, "", 1] for plugin in found_plugins()]
    assert json.loads(done.stdout) == [*shipped, ["acme", "2.7", cause, issuers]]
