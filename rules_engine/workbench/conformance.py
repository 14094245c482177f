"""Whether a plugin keeps to the contract: promises held against it one by one, each a sentence.

It is tried on a ledger in memory, with every other plugin that is installed and without it. What a promise does not
concern (a plugin that only listens brings no rules) is left out.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rules_engine.hookspecs import CONTRACT, NAMES_CONTRACT
from rules_engine.host import Host
from rules_engine.host.bookshelf import WorkingCopies, folders_of, open_book, vocabulary_with
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.codes import OURS
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.notes import Note
from rules_engine.plugging import HOST, Plugins, PluginStatus, Rank
from rules_engine.rulebook.rules import RuleSet
from rules_engine.workbench.probes import complete_request, probes_of

CLAUSES_OF_EVERY_NOTE = ("survivors option", "redemption", "payment days", "withdrawal")
"""The clauses whose rules every programme needs: any of its notes may be asked about each."""

_OF_THE_HOST = re.compile(rf"{HOST}\b(?!-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise as a sentence, and why it is not kept; `fault` is empty for one that is."""

    promise: str
    fault: str = ""


class Tried:
    """A plugin being tried: a host with it, and one without it."""

    def __init__(self, status: PluginStatus, plugins: Plugins, working_copies: WorkingCopies) -> None:
        self.status = status
        self._plugins = plugins
        self._working_copies = working_copies

    @cached_property
    def host(self) -> Host:
        """A host with every plugin, on a ledger of its own."""
        return self._opened(self._plugins)

    @cached_property
    def without(self) -> Host:
        """A host with every plugin but this one."""
        return self._opened(Plugins(tuple(each for each in self._plugins.statuses if each is not self.status)))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The issuers it declares."""
        return frozenset(issuer.code for issuer in self.status.issuers)

    @property
    def notes(self) -> list[Note]:
        """The notes of its issuers."""
        return [note for note in self.host.book.notes.values() if issuer_of(note.programme) in self.codes]

    @property
    def rule_sets(self) -> list[RuleSet]:
        """The rule sets of its issuers."""
        return [each for each in self.host.book.rule_sets if issuer_of(each.edition) in self.codes]

    def afresh(self, host: Host) -> Host:
        """Give a host as another, on a ledger of its own."""
        return Host(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=host.with_durable)

    def _opened(self, plugins: Plugins) -> Host:
        vocabulary = vocabulary_with(plugins)
        mine = [copy for copy in folders_of(self._working_copies) if plugins is self._plugins or not self._is_in(copy)]
        book = open_book(plugins, vocabulary, mine)
        return Host(book, plugins, book.vocabulary, MemoryLedger(), with_durable=False)

    def _is_in(self, copy: object) -> bool:
        """Tell whether the plugin is a file of a working copy, which goes with it."""
        return self.status.rank is Rank.CONFIGURED and bool(copy)


Check = Callable[[Tried], Iterator[str]]
"""Yields each reason why a promise is not kept."""


def conformance(status: PluginStatus, plugins: Plugins, working_copies: WorkingCopies = None) -> Iterator[Promise]:
    """Hold each promise of the contract against one plugin; a plugin that is kept out keeps none of the others."""
    yield Promise(promise="it is loaded", fault=status.cause)
    if status.cause:
        return
    tried = Tried(status, plugins, working_copies)
    for promise, concerns, check in PROMISES:
        if concerns(status):
            yield Promise(promise=promise, fault="; ".join(check(tried)))


def issuer_of(programme: str) -> str:
    """Give the code of a programme's issuer."""
    return programme.partition("/")[0]


def _does_nothing_but_declare(tried: Tried) -> Iterator[str]:
    yield from tried.status.remarks


def _names_the_contract(tried: Tried) -> Iterator[str]:
    if tried.status.contract is None:
        yield f"it does not say for which hook contract it is written: give it `{NAMES_CONTRACT} = {CONTRACT}`"


def _is_named_for_an_issuer(tried: Tried) -> Iterator[str]:
    if tried.status.name not in tried.codes:
        yield f"its entry point is named `{tried.status.name}`: where it cannot be loaded, nobody knows whose it is"


def _asks_for_the_host(tried: Tried) -> Iterator[str]:
    asked = importlib.metadata.distribution(tried.status.distribution).requires or []
    if not any(_OF_THE_HOST.match(requirement) for requirement in asked):
        yield f"its distribution does not ask for `{HOST}`: add it to `dependencies`"
    if not tried.status.version.strip("0."):
        yield f"its distribution has version {tried.status.version or 'none'}: every answer records it"


def _brings_rules(tried: Tried) -> Iterator[str]:
    for code in sorted(tried.codes):
        if code not in tried.host.book.speaking:
            yield f"there is no folder `{code}` in the rules it brings: see the hook `rules`"


def _has_no_fault(tried: Tried) -> Iterator[str]:
    for problem in tried.host.book.problems:
        if issuer_of(problem.file) in tried.codes or problem.file in _calendar_files(tried):
            yield f"{problem.file}:{problem.line}:{problem.column}: {problem.message}"
    for warning in tried.host.book.warnings:
        if tried.status.name in warning.message:
            yield warning.message


def _calendar_files(tried: Tried) -> Collection[str]:
    return {f"calendars/{code.lower()}.yaml" for code in tried.status.calendar_files}


def _has_every_clause(tried: Tried) -> Iterator[str]:
    declared = [programme.code for issuer in tried.status.issuers for programme in issuer.programmes]
    for programme in declared:
        have = {each.clause for each in tried.rule_sets if each.edition.startswith(f"{programme}/")}
        for clause in CLAUSES_OF_EVERY_NOTE:
            if clause not in have:
                yield f"`{programme}` has no rules on {clause}"
    for programme in tried.host.book.programmes:
        if issuer_of(programme) in tried.codes and programme not in declared:
            yield f"`{programme}` has a folder, and is not declared"


def _uses_its_words(tried: Tried) -> Iterator[str]:
    texts = [each.text for each in tried.rule_sets]
    for added in tried.status.words:
        for name in (*added.facts, *added.terms):
            if not any(name in text for text in texts):
                yield f"no rule uses `{name}`"


def _decides_its_notes(tried: Tried) -> Iterator[str]:
    if tried.rule_sets and not tried.notes:
        return  # rules of an issuer whose supplements operations keep
    for note in tried.notes:
        for name, event in probes_of(note):
            decision = tried.afresh(tried.host).preview(event)[0]
            ours = [finding for finding in decision.findings if finding.code in OURS]
            if ours:
                yield f"{name}, note {note.cusip}: {ours[0].because}"


def _answers_alike_each_time(tried: Tried) -> Iterator[str]:
    for note in tried.notes:
        for name, event in probes_of(note):
            first, second = (tried.afresh(tried.host).preview(event)[0] for _ in range(2))
            if first.receipt != second.receipt:
                yield f"{name}, note {note.cusip}: asked twice, {_other_facts(first, second)}"


def _other_facts(first: Decision, second: Decision) -> str:
    others = [name for name, value in first.facts.items() if second.facts.get(name) != value]
    return f"{', '.join(f'`{name}`' for name in others) or 'the answer'} came out otherwise"


def _takes_what_it_hears(tried: Tried) -> Iterator[str]:
    host = tried.afresh(tried.host)
    host.plugins.listener_faults.clear()
    for event in _of_each_programme(tried.host, tried.host.book.programmes):
        host.answer(event)
    yield from (fault for fault in host.plugins.listener_faults if f"plugin `{tried.status.name}`" in fault)
    host.plugins.listener_faults.clear()


def _leaves_all_else_alone(tried: Tried) -> Iterator[str]:
    if tried.status.isolation is not None:
        yield from tried.status.isolation.remarks


def _leaves_others_their_answers(tried: Tried) -> Iterator[str]:
    others = [each for each in tried.without.book.programmes if issuer_of(each) not in tried.codes]
    for programme in others:
        if tried.host.book.digest_of(programme) != tried.without.book.digest_of(programme):
            yield f"with it, the rule book of `{programme}` is another"
    for event in _of_each_programme(tried.without, others):
        answers = [tried.afresh(host).preview(event)[0] for host in (tried.host, tried.without)]
        if answers[0].receipt != answers[1].receipt:
            yield f"with it, the answer about `{answers[1].programme}` is another"


def _of_each_programme(host: Host, programmes: Sequence[str]) -> Iterator[Event]:
    """Give an event about a note of each programme that has one."""
    for programme in programmes:
        note = next((note for note in host.book.notes.values() if note.programme == programme), None)
        if note is not None:
            own = f"probe of {programme}"
            yield replace(complete_request(note), event_id=own, request_id=own)


def _always(status: PluginStatus) -> bool:
    return True


def _is_installed(status: PluginStatus) -> bool:
    return bool(status.distribution) and status.distribution != HOST


def _is_python(status: PluginStatus) -> bool:
    return status.rank is not Rank.CONFIGURED


def _declares_issuers(status: PluginStatus) -> bool:
    return bool(status.issuers)


def _adds_words(status: PluginStatus) -> bool:
    return bool(status.words)


def _listens(status: PluginStatus) -> bool:
    return status.hears is not None


PROMISES: tuple[tuple[str, Callable[[PluginStatus], bool], Check], ...] = (
    ("it does nothing but declare while it is loaded", _always, _does_nothing_but_declare),
    ("it names the hook contract it is written for", _is_python, _names_the_contract),
    ("it is named for an issuer it declares", _declares_issuers, _is_named_for_an_issuer),
    ("its distribution asks for the host, and has a version", _is_installed, _asks_for_the_host),
    ("it brings rules for each issuer it declares", _declares_issuers, _brings_rules),
    ("its rules have no fault", _declares_issuers, _has_no_fault),
    ("every programme it declares has the rules every note needs", _declares_issuers, _has_every_clause),
    ("each word it adds is used", _adds_words, _uses_its_words),
    ("events about its notes are decided, whatever they leave out", _declares_issuers, _decides_its_notes),
    ("asked twice, its words say the same", _declares_issuers, _answers_alike_each_time),
    ("its listener takes what it hears", _listens, _takes_what_it_hears),
    ("it changes nothing around it", _always, _leaves_all_else_alone),
    ("every other issuer's answers are as they are without it", _always, _leaves_others_their_answers),
)
"""Each promise of the contract: as a sentence, which plugins it concerns, and what holds it against one."""
