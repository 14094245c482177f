"""Loading plugins one by one, each with its status, so that a broken one stops nobody else."""

from __future__ import annotations

import copy
import importlib.metadata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pluggy

from rules_engine import hookspecs
from rules_engine.dates.calendars import Calendar
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.issuers import Issuer
from rules_engine.rulebook.vocabulary import ClauseWords, Fact, TermWord, Vocabulary

GROUP = "rules_engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A plugin that can be loaded: its name, its distribution's version, and how to load it."""

    name: str
    version: str
    load: Callable[[], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginStatus:
    """How loading a plugin went; `cause` is empty for one that works."""

    name: str
    version: str
    issuers: tuple[Issuer, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    words: tuple[ClauseWords, ...] = ()
    cause: str = ""


@dataclass(slots=True)
class Plugins:
    """The plugins of one host: what they declare, and who listens."""

    manager: pluggy.PluginManager
    statuses: tuple[PluginStatus, ...]
    listener_faults: list[str] = field(default_factory=list)

    @property
    def issuers(self) -> Mapping[str, Issuer]:
        """The issuers declared by plugins that work, by code."""
        return {issuer.code: issuer for status in self.statuses if not status.cause for issuer in status.issuers}

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars declared by plugins that work."""
        return tuple(calendar for status in self.statuses if not status.cause for calendar in status.calendars)

    @property
    def versions(self) -> Mapping[str, str]:
        """The versions of the plugins that work, by name."""
        return {status.name: status.version for status in self.statuses if not status.cause}

    def behind(self, programme: str, words: Collection[str]) -> Mapping[str, str]:
        """Name, with their versions, the plugins that declare a programme's issuer or one of some words."""
        issuer = programme.partition("/")[0]
        return {
            status.name: status.version
            for status in self.statuses
            if not status.cause
            and (
                any(declared.code == issuer for declared in status.issuers)
                or any(name in words for added in status.words for name in (*added.facts, *added.terms))
            )
        }

    def programme_declared(self, programme: str) -> bool:
        """Tell whether a plugin that works declares a programme."""
        issuer = self.issuers.get(programme.partition("/")[0])
        return issuer is not None and any(declared.code == programme for declared in issuer.programmes)

    def why_not_declared(self, programme: str) -> str:
        """Say, for a programme no working plugin declares, what became of its issuer's plugin."""
        issuer = programme.partition("/")[0]
        broken = [status for status in self.statuses if status.cause]
        for status in broken:
            declares = any(declared.code == issuer for declared in status.issuers)
            if declares or status.name == issuer:
                return f"Plugin `{status.name}` could not be loaded: {status.cause}."
        # what a plugin that could not even be asked would have declared, nobody can tell
        unasked = [f"plugin `{status.name}` could not be loaded: {status.cause}" for status in broken]
        return "; ".join([f"No plugin that works declares programme `{programme}`", *unasked]) + "."

    def vocabulary(self, clauses: Iterable[ClauseWords]) -> Vocabulary:
        """Add the plugins' words to those of the clauses."""
        extended = {clause.clause: clause for clause in clauses}
        for status in self.statuses:
            for words in () if status.cause else status.words:
                base = extended[words.clause]
                extended[words.clause] = replace(
                    base, facts={**base.facts, **words.facts}, terms={**base.terms, **words.terms}
                )
        return Vocabulary.of(extended.values())

    @property
    def listeners(self) -> tuple[str, ...]:
        """The plugins that listen to recorded decisions, by name."""
        found = self.manager.hook.decision_recorded.get_hookimpls()
        return tuple(sorted(listener.plugin_name for listener in found))

    def tell(self, listener: str, event: Event, decision: Decision) -> Exception | None:
        """Tell one listener of a recorded decision; give what it raises, and keep it for the report.

        It hears a decision of its own, so that nothing it does to it reaches anyone else.
        """
        caller = _asking_only(self.manager, self.manager.get_plugin(listener), "decision_recorded")
        try:
            caller(event=event, decision=replace(decision, facts=copy.deepcopy(decision.facts)))
        except Exception as fault:  # foreign code: it may raise anything, and is reported
            told = f"plugin `{listener}` failed on event `{event.event_id}`: {_in_one_line(fault)}"
            if told not in self.listener_faults[-1:]:
                self.listener_faults.append(told)
            return fault
        return None


def found_plugins() -> tuple[Found, ...]:
    """List the plugins installed under the entry-point group, by name."""
    entries = sorted(importlib.metadata.entry_points(group=GROUP), key=lambda entry: entry.name)
    return tuple(
        Found(name=entry.name, version=entry.dist.version if entry.dist else "", load=entry.load) for entry in entries
    )


def load_plugins(found: Sequence[Found], clauses: Sequence[ClauseWords], *, calendars: Collection[str] = ()) -> Plugins:
    """Load plugins one by one; one that fails is kept out, with its cause, and the others go on.

    `calendars` are the codes the rule book has, which no plugin may declare again. The order
    plugins come in changes nothing: what two of them declare alike is refused to both.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    named = Counter(plugin.name for plugin in found)
    statuses = [
        _load(manager, plugin, clauses, calendars) if named[plugin.name] == 1 else _named_twice(plugin)
        for plugin in sorted(found, key=lambda plugin: (plugin.name, plugin.version))
    ]
    statuses = [replace(status, cause=status.cause or _clash(status, statuses)) for status in statuses]
    for status in statuses:
        if status.cause and (plugin := manager.get_plugin(status.name)) is not None:
            manager.unregister(plugin)
    return Plugins(manager, tuple(statuses))


def _load(
    manager: pluggy.PluginManager, found: Found, clauses: Sequence[ClauseWords], calendars: Collection[str]
) -> PluginStatus:
    status = PluginStatus(name=found.name, version=found.version)
    try:
        plugin = found.load()
        if (other := manager.get_name(plugin)) is not None:
            return replace(status, cause=f"it is plugin `{other}` under another name")
        manager.register(plugin, name=found.name)
        manager.check_pending()
        status = replace(
            status,
            issuers=_declared(manager, plugin, "issuers", Issuer),
            words=_declared(manager, plugin, "words", ClauseWords),
            calendars=_declared(manager, plugin, "calendars", Calendar),
        )
        return replace(status, cause=_bad_words(status.words, clauses) or _bad_calendars(status.calendars, calendars))
    except (Exception, SystemExit) as fault:  # foreign code: it may raise anything, and its cause is listed
        if (registered := manager.get_plugin(found.name)) is not None:
            manager.unregister(registered)
        return replace(status, cause=f"{type(fault).__name__}: {_in_one_line(fault)}")


def _named_twice(found: Found) -> PluginStatus:
    return PluginStatus(name=found.name, version=found.version, cause=f"two plugins are named `{found.name}`")


def _in_one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())


def _asking_only(manager: pluggy.PluginManager, plugin: Any, hook: str) -> pluggy.HookCaller:
    """Give a hook's caller that reaches one plugin and no other."""
    others = [other for other in manager.get_plugins() if other is not plugin]
    return manager.subset_hook_caller(hook, remove_plugins=others)


def _declared(manager: pluggy.PluginManager, plugin: Any, hook: str, kind: type) -> tuple[Any, ...]:
    """Ask one plugin alone what it declares through a hook."""
    declared = tuple(thing for answer in _asking_only(manager, plugin, hook)() for thing in answer)
    for thing in declared:
        if not isinstance(thing, kind):
            raise TypeError(f"hook `{hook}` gave {thing!r}, which is no {kind.__name__}")
    return declared


def _bad_words(words: Sequence[ClauseWords], clauses: Sequence[ClauseWords]) -> str:
    """Say which of a plugin's words cannot be taken, or nothing."""
    known = {clause.clause: {*clause.facts, *clause.terms} for clause in clauses}
    for added in words:
        if added.clause not in known:
            return f"it declares words for `{added.clause}`, which is no clause"
        if added.payment:
            return f"it declares words under `payment` of `{added.clause}`, which are the clause's alone"
        named: list[tuple[str, Fact | TermWord]] = [*added.facts.items(), *added.terms.items()]
        for name, word in named:
            if word.name != name:
                return f"it declares `{word.name}` under another name, `{name}`"
            if name in known[added.clause]:
                return f"it declares `{name}` again, which clause `{added.clause}` already has"
            known[added.clause].add(name)
    return ""


def _bad_calendars(calendars: Sequence[Calendar], taken: Collection[str]) -> str:
    """Say which of a plugin's calendars cannot be taken, or nothing."""
    again = [calendar.code for calendar in calendars if calendar.code in taken]
    return f"it declares calendar `{again[0]}` again, which the rule book already has" if again else ""


def _clash(status: PluginStatus, statuses: Sequence[PluginStatus]) -> str:
    """Say what a plugin declares that another one that loaded declares too, or nothing."""
    mine = _names(status)
    for other in statuses:
        if other.name == status.name or other.cause:
            continue
        for name in sorted(mine & _names(other)):
            return f"{name} is also declared by plugin `{other.name}`"
    return ""


def _names(status: PluginStatus) -> set[str]:
    words = [(added.clause, name) for added in status.words for name in (*added.facts, *added.terms)]
    return (
        {f"issuer `{issuer.code}`" for issuer in status.issuers}
        | {f"calendar `{calendar.code}`" for calendar in status.calendars}
        | {f"word `{word}` of clause `{clause}`" for clause, word in words}
    )
