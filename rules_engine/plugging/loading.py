"""Loading plugins one by one, each with its status, so that a broken one stops nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pluggy

from rules_engine import hookspecs
from rules_engine.deciding.case import Case
from rules_engine.deciding.seen import seen
from rules_engine.matching.conditions import HELD_AS, WrongKind
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.values import Kind, Missing, Value
from rules_engine.plugging.declarations import calendars_of, contract_of, folder_of, issuers_of, words_of
from rules_engine.plugging.entry_points import GROUP, Found, Rank
from rules_engine.plugging.isolating import Isolation, Patience, PluginFault, in_one_line
from rules_engine.plugging.statuses import Hears, Plugins, PluginStatus
from rules_engine.rulebook.tree import calendar_codes
from rules_engine.rulebook.vocabulary import ClauseWords, Fact


@dataclass(slots=True)
class _Taken:
    """What is spoken for by the plugins that came before, and by whom."""

    names: dict[str, str] = field(default_factory=dict)
    plugins: list[tuple[object, str]] = field(default_factory=list)
    issuers: dict[str, str] = field(default_factory=dict)
    calendars: dict[str, str] = field(default_factory=dict)

    def claimed(self, status: PluginStatus) -> str:
        """Say what of a plugin's declarations is somebody else's already, or nothing."""
        for issuer in status.issuers:
            if issuer.code in self.issuers:
                return f"issuer `{issuer.code}` is declared by {self.issuers[issuer.code]}, which was plugged in first"
        for code in _calendar_codes(status):
            if code in self.calendars:
                return f"calendar `{code}` is given by {self.calendars[code]}, which was plugged in first"
        return ""

    def take(self, status: PluginStatus) -> None:
        """Count what a plugin declares as its own."""
        self.issuers |= {issuer.code: f"plugin `{status.name}`" for issuer in status.issuers}
        self.calendars |= dict.fromkeys(_calendar_codes(status), f"plugin `{status.name}`")


def load_plugins(
    found: Sequence[Found],
    clauses: Sequence[ClauseWords],
    *,
    calendars: Collection[str] = (),
    patience: Patience | None = None,
    beside: Plugins | None = None,
) -> Plugins:
    """Load plugins one by one; one that fails is kept out, with its cause, and the others go on.

    `calendars` are the codes that ship, which no plugin may give again. What is plugged in first stays: what ships,
    what is configured, then a plugin named for an issuer it declares, then all others, each by name. `patience` says
    how long a plugin is waited for. `beside` are plugins that are loaded already; those among them that were configured
    are gone, unless they are found again.
    """
    loaded = [status for status in (beside.statuses if beside else ()) if status.rank is not Rank.CONFIGURED]
    taken = _Taken(calendars=dict.fromkeys(calendars, "the rule book"))
    for status in loaded:
        taken.names.setdefault(status.name, status.distribution)
        if not status.cause:
            taken.take(status)
    how_long = patience or Patience()
    asked = [_asked(plugin, taken, clauses, how_long) for plugin in sorted(found, key=_before_loading)]
    statuses = loaded
    for status in sorted(asked, key=_once_loaded):
        cause = status.cause or taken.claimed(status)
        if not cause:
            taken.take(status)
        statuses.append(replace(status, cause=cause, hears=None if cause else status.hears))
    return Plugins(tuple(statuses), beside.listener_faults if beside else [])


def _before_loading(found: Found) -> tuple[int, str, str, str]:
    return (found.rank, found.name, found.distribution, found.version)


def _once_loaded(status: PluginStatus) -> tuple[int, bool, str, str, str]:
    named_for_it = any(issuer.code == status.name for issuer in status.issuers)
    return (status.rank, not named_for_it, status.name, status.distribution, status.version)


def _asked(found: Found, taken: _Taken, clauses: Sequence[ClauseWords], patience: Patience) -> PluginStatus:
    """Load one plugin and ask what it declares; whatever comes of it is in its status."""
    status = PluginStatus(
        name=found.name,
        version=found.version,
        distribution=found.distribution,
        rank=found.rank,
        is_source=found.is_source,
    )
    if found.name in taken.names:
        what, of = f"another plugin is named `{found.name}`", taken.names[found.name]
        return replace(status, cause=f"{what}{f', of {of}' if of else ''}")
    taken.names[found.name] = found.distribution
    isolation, declared = Isolation(found.name), [status]
    try:
        isolation.call(lambda: declared.extend(_declared(found, status, taken, clauses)), within=patience.loading)
        status = declared[-1]
    except PluginFault as fault:
        raised = fault.__cause__
        cause = f"it {isolation.out_of_service}" if raised is None else in_one_line(raised)
        status = replace(declared[-1], cause=cause)
    isolation.end()
    remarks = tuple(isolation.remarks)
    isolation.remarks.clear()
    return replace(
        status,
        remarks=remarks,
        isolation=isolation,
        words=tuple(_apart(words, isolation, patience) for words in status.words),
        hears=_hearing_apart(status.hears, isolation, patience) if status.hears else None,
    )


def _declared(
    found: Found, status: PluginStatus, taken: _Taken, clauses: Sequence[ClauseWords]
) -> Iterator[PluginStatus]:
    """Ask a plugin for all it declares, giving what is known so far; foreign code, so anything may be raised."""
    plugin = found.load()
    for other, name in taken.plugins:
        if other is plugin:
            yield replace(status, cause=f"it is plugin `{name}` under another name")
            return
    contract = contract_of(plugin, hookspecs.NAMES_CONTRACT, hookspecs.CONTRACT)
    manager = pluggy.PluginManager(GROUP)  # its own: no wrapper of its can stand around another plugin's hooks
    manager.add_hookspecs(hookspecs)
    manager.register(plugin, name=found.name)
    manager.check_pending()
    status = replace(status, contract=contract, issuers=issuers_of(_answers(manager, "issuers")))
    yield status  # whose cases are concerned, whatever comes next
    rules = next((folder_of(folder) for folder in manager.hook.rules()), None)
    status = replace(
        status,
        words=words_of(_answers(manager, "words"), clauses),
        calendars=calendars_of(_answers(manager, "calendars")),
        rules=rules,
        calendar_files=calendar_codes(rules) if rules and found.rank is not Rank.SHIPPED else (),
        hears=_hearing(manager),
    )
    taken.plugins.append((plugin, found.name))
    yield status


def _answers(manager: pluggy.PluginManager, hook: str) -> Iterator[object]:
    """Ask through a hook whose answers are lists, and give what is in them."""
    for answer in getattr(manager.hook, hook)():
        if isinstance(answer, str):
            raise TypeError(f"hook `{hook}` gave {answer!r}, which is not a list")
        yield from answer


def _hearing(manager: pluggy.PluginManager) -> Hears | None:
    """Give what tells a plugin of a decision, if it listens."""
    hook = manager.hook.decision_recorded
    if not hook.get_hookimpls():
        return None

    def hear(event: Event, decision: Decision) -> None:
        hook(event=event, decision=decision)

    return hear


def _hearing_apart(hear: Hears, isolation: Isolation, patience: Patience) -> Hears:
    def hear_apart(event: Event, decision: Decision) -> None:
        isolation.call(lambda: hear(event, decision), within=patience.listening)

    return hear_apart


def _calendar_codes(status: PluginStatus) -> tuple[str, ...]:
    return (*(calendar.code for calendar in status.calendars), *status.calendar_files)


def _apart(words: ClauseWords, isolation: Isolation, patience: Patience) -> ClauseWords:
    """Have every fact of a plugin worked out where nothing it does reaches anyone else."""
    return replace(words, facts={name: _fact_apart(fact, isolation, patience) for name, fact in words.facts.items()})


def _fact_apart(fact: Fact, isolation: Isolation, patience: Patience) -> Fact:
    work_out, held_as = fact.work_out, (HELD_AS[fact.kind], Missing)

    def work_out_apart(case: Case) -> Value | Missing:
        view = seen(case)
        value: Value | Missing = isolation.call(lambda: work_out(view), within=patience.fact)
        if type(value) not in held_as:
            raise WrongKind(f"`{fact.name}` was worked out as another kind of value than it is declared as")
        if isinstance(value, Decimal) and not value.is_finite():
            raise WrongKind(f"`{fact.name}` was worked out as {value}, which is not a number")
        if isinstance(value, Missing):
            if type(value.fields) is not tuple or not value.fields or {type(each) for each in value.fields} != {str}:
                raise WrongKind(f"`{fact.name}` is missing, and names no field that it is missing for")
        elif fact.kind in (Kind.WORD, Kind.WORDS):
            strange = [word for word in _words_in(value) if type(word) is not str or word not in fact.words]
            if strange:
                raise WrongKind(f"`{fact.name}` was worked out as `{strange[0]!r}`, which is none of its words")
        return value

    return replace(fact, work_out=work_out_apart)


def _words_in(value: Value) -> Collection[object]:
    return value if isinstance(value, frozenset) else (value,)
