"""durable_rules, held so that it answers one question: which rules match these facts?

Nothing else imports the engine. It is given one flat fact of integers at a time, in one session, under one
id, always taken back; its rules are pure conjunctions, never more to a set than it can carry. After any
surprise a session is dropped, never used again. The plain matcher says what a rule means; a rule set on
which the engine differs from it when opened is refused.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from rules_engine.errors import RulesEngineError
from rules_engine.matching.conditions import FactValues
from rules_engine.matching.encoding import Encoding, NotExact
from rules_engine.matching.engine_rules import ALWAYS, EngineRules, engine_rules
from rules_engine.matching.plain import compile_rules
from rules_engine.matching.probing import probing_cases
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.vocabulary import Fact


def _imported() -> tuple[Any, str]:
    try:
        import durable_rules_engine
    except ImportError as fault:
        return None, f"durable_rules cannot be imported: {str(fault).splitlines()[0]}"
    return durable_rules_engine, ""


extension, _why_unavailable = _imported()

MOST_OPEN = 32
"""How many rule sets are kept open; each holds about 0.7 MB and takes a few milliseconds to open again."""

_MATCHED = 0
_SESSION = "0"


class EngineFault(RulesEngineError):
    """The engine did not answer as it must; nothing it said of the case may be used."""


class _Surprise(Exception):
    """One session went wrong; a new one may still do right."""


class _Closed(Exception):
    """The session was closed to make room; it is opened again."""


def available() -> bool:
    """Say whether the engine can be used on this Python."""
    return extension is not None


def why_unavailable() -> str:
    """Say why the engine cannot be used, or nothing when it can."""
    return _why_unavailable


class DurableMatcher:
    """Matches a rule set by durable_rules, which compiles it when it is first asked.

    It may be shared between threads, and used on both sides of a fork. Raises NotExact,
    TooManyAlternatives or TooManyTests for rules the engine cannot be given, and EngineFault where it
    is not available.
    """

    def __init__(self, rules: RuleSet, facts: Mapping[str, Fact]) -> None:
        if not available():
            raise EngineFault(why_unavailable())
        self._rules = rules
        self._facts = facts
        self._encoding = Encoding(rules.rules, facts)
        self._engine_rules = engine_rules(rules.rules, self._encoding)
        self._refused = ""

    def match(self, facts: FactValues) -> frozenset[str]:
        """Name the rules that match; raise EngineFault when the engine cannot be trusted with the case."""
        told = self._encoding.attributes(facts)
        first = ""
        while True:
            if self._refused:
                raise EngineFault(self._refused)
            try:
                sessions = _recently_used().opened(self)
                return _matched(sessions, told)
            except _Closed:
                continue
            except _Surprise as surprise:
                _recently_used().drop(self)
                if first:
                    raise EngineFault(f"`{self._rules.name}`: {first}, then {surprise}") from surprise
                first = str(surprise)

    def close(self) -> None:
        """Give the engine's memory back; the next match opens the rule set again."""
        _recently_used().drop(self)

    def open(self) -> tuple[_Session, ...]:
        """Compile the rules in the engine and hold them against the plain matcher, once."""
        name = f"{self._rules.name}@{self._rules.digest}"
        sessions: list[_Session] = []
        try:
            for rules in self._engine_rules:
                sessions.append(_Session(name, rules))
            self._probe(tuple(sessions))
        except BaseException:
            for session in sessions:
                session.close()
            raise
        return tuple(sessions)

    def _probe(self, sessions: tuple[_Session, ...]) -> None:
        plain = compile_rules(self._rules, self._facts)
        for case in probing_cases(self._rules.rules, self._facts):
            try:
                told = self._encoding.attributes(case)
            except NotExact:
                continue  # one step past the largest integer, where no case can get to the engine either
            answered = _matched(sessions, told)
            meant = frozenset(plain.match(case).matched)
            if answered != meant:
                differing = ", ".join(f"`{rule}`" for rule in sorted(answered ^ meant))
                self._refused = f"`{self._rules.name}`: the engine reads {differing} differently from what is written"
                raise EngineFault(self._refused)


def _matched(sessions: tuple[_Session, ...], told: Mapping[str, int]) -> frozenset[str]:
    return frozenset(name for session in sessions for name in session.matched(told))


class _Session:
    """One engine rule set with its one session; whoever matches in it holds its lock."""

    def __init__(self, name: str, rules: EngineRules) -> None:
        self._rules = rules
        self._lock = threading.Lock()
        self._used = False
        self._halfway = False
        try:
            self._handle: int | None = extension.create_ruleset(name, rules.definitions)
        except (extension.error, MemoryError, ValueError) as fault:
            raise _Surprise(f"the engine does not take the rules ({fault})") from fault

    def matched(self, told: Mapping[str, int]) -> list[str]:
        """Name the rules that match; whatever happens on the way, a session left halfway is not used again."""
        with self._lock:
            if self._handle is None:
                raise _Closed
            if self._halfway:
                raise _Surprise("an earlier case was not finished")
            self._halfway = self._used = True
            try:
                fired = self._fired(self._handle, self._rules.message(told))
            except (extension.error, MemoryError, ValueError) as fault:
                raise _Surprise(f"the engine failed ({fault})") from fault
            if fired.count(ALWAYS) != 1 or len(set(fired)) != len(fired):
                raise _Surprise("the engine fired a rule twice, or not the one that always matches")
            self._halfway = False
        return [self._rules.rule_names[engine_rule] for engine_rule in fired if engine_rule != ALWAYS]

    def _fired(self, handle: int, message: str) -> list[str]:
        status, offset = extension.assert_fact(handle, message)
        if status != _MATCHED:
            raise _Surprise(f"the engine answered with status {status}")
        fired: list[str] = []
        started = extension.start_action_for_state(handle, offset)
        firing: str | None = started[1] if started else None
        while firing is not None and len(fired) <= len(self._rules.rule_names):
            fired.append(firing[2 : firing.index('"', 2)])  # {"the rule's name":{"m":{...}}}
            firing = extension.complete_and_start_action(handle, offset)
        if firing is not None:
            raise _Surprise("the engine fired more rules than there are")
        extension.retract_fact(handle, '{"id":"x"}')
        return fired

    def close(self) -> None:
        """Free the session, then the rules; in the other order the engine never frees the session."""
        with self._lock:
            handle, self._handle = self._handle, None
            if handle is None:
                return
            try:
                # freeing a session in an unknown state can end the process; losing its memory cannot
                if self._used and not self._halfway:
                    extension.delete_state(handle, _SESSION)
                extension.delete_ruleset(handle)
            except extension.error:
                # the engine has forgotten the handle already, which is all that is wanted of it
                return


class _RecentlyUsed:
    """The sessions of the rule sets matched last; the one unused longest makes room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[DurableMatcher, tuple[_Session, ...]] = OrderedDict()

    def opened(self, matcher: DurableMatcher) -> tuple[_Session, ...]:
        """Give a rule set's sessions, opening them where they are not open."""
        with self._lock:
            sessions = self._kept.get(matcher)
            if sessions is not None:
                self._kept.move_to_end(matcher)
                return sessions
            sessions = self._kept[matcher] = matcher.open()
            unused = self._kept.popitem(last=False)[1] if len(self._kept) > MOST_OPEN else ()
        for session in unused:
            session.close()
        return sessions

    def drop(self, matcher: DurableMatcher) -> None:
        """Close a rule set's sessions, if it has any."""
        with self._lock:
            sessions = self._kept.pop(matcher, ())
        for session in sessions:
            session.close()


# The engine keeps its handles in the process: one set of them each, and after a fork a new one with its own lock.
_by_process: dict[int, _RecentlyUsed] = {}


def _recently_used() -> _RecentlyUsed:
    process = os.getpid()
    return _by_process.get(process) or _by_process.setdefault(process, _RecentlyUsed())
