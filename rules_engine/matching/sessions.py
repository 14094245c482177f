"""Sessions of durable_rules: one for each engine text, shared by all rule sets that come to it.

Nothing else imports the engine. It is given one flat fact at a time, in one session, under one id, always taken back.
After any surprise a session is dropped, never used again. What it answered is remembered, for it is told nothing but
ranks, and the same ranks are the same message; of every `ASKED_ANYWAY` cases one goes to the engine all the same.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import threading
import weakref
from collections import OrderedDict
from typing import Any

from rules_engine.errors import RulesEngineError
from rules_engine.matching.encoding import Ranks
from rules_engine.matching.engine_rules import ALWAYS, EngineText, Messages, holds
from rules_engine.matching.probing import probing_ranks


def _imported() -> tuple[Any, str]:
    try:
        import durable_rules_engine
    except ImportError as fault:
        return None, f"durable_rules cannot be imported: {str(fault).splitlines()[0]}"
    return durable_rules_engine, ""


extension, _why_unavailable = _imported()

MOST_OPEN = 32
"""How many engine texts are kept open; each holds about 0.7 MB and takes a few milliseconds to open again."""

MOST_REMEMBERED = 4_096
"""How many cases of one engine text are remembered, at about half a kilobyte each."""

ASKED_ANYWAY = 16
"""One of so many cases goes to the engine though its answer is remembered, and has to be answered as before."""

_MATCHED = 0
_SESSION = "0"

Fired = tuple[int, ...]
"""The engine rules that matched, by their places."""


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


class MisreadText(Exception):
    """The engine reads some conjunctions of a text otherwise than they mean; `places` says which."""

    def __init__(self, places: frozenset[int]) -> None:
        super().__init__(f"conjunctions {sorted(places)} are misread")
        self.places = places


class SharedSession:
    """An engine text with its session, opened when it is first asked and again when it was closed.

    Where the engine reads conjunctions otherwise than they mean, MisreadText says so of every case from then on.
    """

    def __init__(self, text: EngineText) -> None:
        self._text = text
        self._count = 1 + max((test.aspect for each in text.conjunctions for test in each), default=-1)
        self._messages = Messages(self._count)
        self._remembered: dict[Ranks, Fired] = {}
        self._hits = itertools.count(1)
        self._misread: frozenset[int] = frozenset()

    def matched(self, ranks: Ranks) -> Fired:
        """Give the conjunctions that hold of a case; raise EngineFault when the engine cannot be trusted with it."""
        known = self._remembered.get(ranks)
        if known is not None and next(self._hits) % ASKED_ANYWAY:
            return known
        fired = self.asked(ranks)
        if known is not None and fired != known:
            self._remembered = {}
            raise EngineFault("the rules engine answers a case otherwise than it did before")
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered = {}
        self._remembered[ranks] = fired
        return fired

    def forget(self) -> None:
        """Forget what the engine answered."""
        self._remembered = {}

    def close(self) -> None:
        """Give the engine's memory back, and forget what it answered; the next case opens it again."""
        _recently_used().drop(self)
        self.forget()

    def open(self) -> _Session:
        """Compile the text in the engine and hold it against what it means, once."""
        if self._misread:
            raise MisreadText(self._misread)
        session = _Session(self._text)
        try:
            self._probe(session)
        except BaseException:
            session.close()
            raise
        return session

    def asked(self, ranks: Ranks) -> Fired:
        """Ask the engine; whatever surprise there is, it is asked once more in a session built anew."""
        message = self._messages.message(ranks)
        first = ""
        while True:
            try:
                return _recently_used().opened(self).matched(message)
            except _Closed:
                continue
            except _Surprise as surprise:
                _recently_used().drop(self)
                if first:
                    raise EngineFault(f"{first}, then {surprise}") from surprise
                first = str(surprise)

    def _probe(self, session: _Session) -> None:
        conjunctions = self._text.conjunctions
        for ranks in probing_ranks(conjunctions, self._count):
            answered = set(session.matched(self._messages.message(ranks)))
            meant = {place for place, conjunction in enumerate(conjunctions) if holds(conjunction, ranks)}
            if answered != meant:
                self._misread = frozenset(answered ^ meant)
                raise MisreadText(self._misread)


_shared: weakref.WeakValueDictionary[str, SharedSession] = weakref.WeakValueDictionary()


def shared(text: EngineText) -> SharedSession:
    """Give the session of an engine text, which every rule set that comes to it shares."""
    session = _shared.get(text.definitions)
    if session is None:
        session = _shared[text.definitions] = SharedSession(text)
    return session


class _Session:
    """One engine rule set with its one session; whoever matches in it holds its lock."""

    def __init__(self, text: EngineText) -> None:
        self._most = len(text.conjunctions) + 1
        self._lock = threading.Lock()
        self._used = False
        self._halfway = False
        name = hashlib.sha256(text.definitions.encode()).hexdigest()
        try:
            self._handle: int | None = extension.create_ruleset(name, text.definitions)
        except (extension.error, MemoryError, ValueError) as fault:
            raise _Surprise(f"the engine does not take the rules ({fault})") from fault

    def matched(self, message: str) -> Fired:
        """Give the engine rules that match; whatever happens on the way, a session left halfway is not used again."""
        with self._lock:
            if self._handle is None:
                raise _Closed
            if self._halfway:
                raise _Surprise("an earlier case was not finished")
            self._halfway = self._used = True
            try:
                fired = self._fired(self._handle, message)
            except (extension.error, MemoryError, ValueError) as fault:
                raise _Surprise(f"the engine failed ({fault})") from fault
            if fired.count(ALWAYS) != 1 or len(set(fired)) != len(fired):
                raise _Surprise("the engine fired a rule twice, or not the one that always matches")
            self._halfway = False
        fired.remove(ALWAYS)
        return tuple(sorted(map(int, fired)))

    def _fired(self, handle: int, message: str) -> list[str]:
        status, offset = extension.assert_fact(handle, message)
        if status != _MATCHED:
            raise _Surprise(f"the engine answered with status {status}")
        fired: list[str] = []
        started = extension.start_action_for_state(handle, offset)
        firing: str | None = started[1] if started else None
        while firing is not None and len(fired) < self._most:
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
    """The sessions of the engine texts asked last; the one unused longest makes room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[SharedSession, _Session] = OrderedDict()

    def opened(self, shared: SharedSession) -> _Session:
        """Give the session of an engine text, opening it where it is not open."""
        with self._lock:
            session = self._kept.get(shared)
            if session is not None:
                self._kept.move_to_end(shared)
                return session
            session = self._kept[shared] = shared.open()
            unused = self._kept.popitem(last=False)[1] if len(self._kept) > MOST_OPEN else None
        if unused is not None:
            unused.close()
        return session

    def drop(self, shared: SharedSession) -> None:
        """Close the session of an engine text, if it has any."""
        with self._lock:
            session = self._kept.pop(shared, None)
        if session is not None:
            session.close()


# The engine keeps its handles in the process: one set of them each, and after a fork a new one with its own lock.
_by_process: dict[int, _RecentlyUsed] = {}


def _recently_used() -> _RecentlyUsed:
    process = os.getpid()
    return _by_process.get(process) or _by_process.setdefault(process, _RecentlyUsed())
