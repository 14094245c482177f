"""How loading each plugin went, and what those that work declare together."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from rules_engine.dates.calendars import Calendar
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.issuers import Issuer
from rules_engine.plugging.entry_points import Rank
from rules_engine.plugging.isolating import Isolation, PluginFault
from rules_engine.rulebook.folders import Origin, RulesFolder
from rules_engine.rulebook.vocabulary import ClauseWords, Vocabulary

Hears = Callable[[Event, Decision], None]
"""Tells one plugin of a recorded decision; raises PluginFault for whatever comes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginStatus:
    """How loading a plugin went, and what it declares; `cause` is empty for one that works.

    `contract` is the hook contract it names; None where it names none, and is taken for the first. `rules` is the
    folder of rules it brings. `remarks` tell what it did while it was loaded that no plugin should; those of its
    `isolation` what it did since.
    """

    name: str
    version: str
    distribution: str = ""
    rank: Rank = Rank.STRANGER
    is_source: bool = False
    contract: int | None = None
    issuers: tuple[Issuer, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    words: tuple[ClauseWords, ...] = ()
    rules: Path | None = None
    calendar_files: tuple[str, ...] = ()
    cause: str = ""
    remarks: tuple[str, ...] = ()
    hears: Hears | None = field(default=None, compare=False, repr=False)
    isolation: Isolation | None = field(default=None, compare=False, repr=False)


@dataclass(slots=True)
class Plugins:
    """The plugins of one host: what they declare, and who listens."""

    statuses: tuple[PluginStatus, ...]
    listener_faults: list[str] = field(default_factory=list)

    @property
    def working(self) -> tuple[PluginStatus, ...]:
        """The plugins that are not kept out."""
        return tuple(status for status in self.statuses if not status.cause)

    @property
    def issuers(self) -> Mapping[str, Issuer]:
        """The issuers declared by plugins that work, by code."""
        return {issuer.code: issuer for status in self.working for issuer in status.issuers}

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars declared by plugins that work."""
        return tuple(calendar for status in self.working for calendar in status.calendars)

    @property
    def versions(self) -> Mapping[str, str]:
        """The versions of the plugins that work, by name."""
        return {status.name: status.version for status in self.working}

    def behind(self, programme: str) -> Mapping[str, str]:
        """Name, with its version, the plugin that declares a programme's issuer, and with it the words it adds."""
        issuer = programme.partition("/")[0]
        return {
            status.name: status.version
            for status in self.working
            if any(declared.code == issuer for declared in status.issuers)
        }

    def programme_declared(self, programme: str) -> bool:
        """Tell whether a plugin that works declares a programme."""
        issuer = self.issuers.get(programme.partition("/")[0])
        return issuer is not None and any(declared.code == programme for declared in issuer.programmes)

    def why_not_declared(self, programme: str) -> str:
        """Say, for a programme no working plugin declares, what became of its issuer's plugin."""
        issuer = programme.partition("/")[0]
        for status in self.statuses:
            declares = any(declared.code == issuer for declared in status.issuers)
            if status.cause and (declares or status.name == issuer):
                return f"Plugin `{status.name}` could not be loaded: {status.cause}."
        # what a plugin that could not even be asked would have declared, nobody can tell
        return "; ".join([f"No plugin that works declares programme `{programme}`", *self.kept_out]) + "."

    @property
    def kept_out(self) -> tuple[str, ...]:
        """What became of each plugin that does not work."""
        return tuple(
            f"plugin `{status.name}` could not be loaded: {status.cause}" for status in self.statuses if status.cause
        )

    def vocabulary(self, clauses: Iterable[ClauseWords]) -> Vocabulary:
        """Give the words of the clauses, and those that plugins add for their own issuers."""
        vocabulary = Vocabulary.of(clauses)
        of_issuers = {
            issuer.code: MappingProxyType(_extended(vocabulary, status.words))
            for status in self.working
            if status.words
            for issuer in status.issuers
        }
        return Vocabulary(vocabulary.clauses, MappingProxyType(of_issuers))

    def folders(self, shipped: Path, working_copies: Sequence[Path] = ()) -> tuple[RulesFolder, ...]:
        """List the folders that make the rule book: working copies, what ships, and what plugins bring.

        `shipped` holds the standard sets and calendars, and the rules of the plugins that bring it.
        """
        root = shipped.resolve()
        brought: dict[Path, list[PluginStatus]] = {}
        for status in self.working:
            if status.rules is not None:
                brought.setdefault(status.rules, []).append(status)
        ours = [status for status in brought.get(root, []) if status.rank is Rank.SHIPPED]
        return (
            *(RulesFolder(root=copy) for copy in working_copies),
            _folder(shipped, ours, Origin.SHIPPED),
            *(
                _folder(folder, [status for status in statuses if status not in ours], Origin.PLUGGED_IN)
                for folder, statuses in brought.items()
                if any(status not in ours for status in statuses)
            ),
        )

    @property
    def listeners(self) -> tuple[str, ...]:
        """The plugins that listen to recorded decisions, by name."""
        return tuple(sorted(status.name for status in self.working if status.hears))

    def tell(self, listener: str, event: Event, decision: Decision) -> Exception | None:
        """Tell one listener of a recorded decision; give the fault that comes of it, and keep it for the report.

        It hears an event and a decision of its own, so that nothing it does to them reaches anyone else.
        """
        (hears,) = (status.hears for status in self.working if status.name == listener and status.hears)
        try:
            hears(copy.copy(event), replace(decision, facts=copy.deepcopy(decision.facts)))
        except PluginFault as fault:
            told = f"on event `{event.event_id}`: {fault}"
            if told not in self.listener_faults[-1:]:
                self.listener_faults.append(told)
            return fault
        return None


def _extended(vocabulary: Vocabulary, words: Iterable[ClauseWords]) -> dict[str, ClauseWords]:
    """Add words to the clauses they are for."""
    extended: dict[str, ClauseWords] = {}
    for added in words:
        base = extended.get(added.clause, vocabulary.clauses[added.clause])
        extended[added.clause] = replace(
            base,
            facts=MappingProxyType({**base.facts, **added.facts}),
            terms=MappingProxyType({**base.terms, **added.terms}),
        )
    return extended


def _folder(root: Path, statuses: Sequence[PluginStatus], origin: Origin) -> RulesFolder:
    issuers = frozenset(issuer.code for status in statuses for issuer in status.issuers)
    return RulesFolder(root=root, issuers=issuers, origin=origin, brought_by=tuple(each.name for each in statuses))
