"""Foreign code at work: whatever it raises, prints, sets or hangs on ends here.

A plugin works in a thread of its own, so that the end it makes of itself is not the program's, and so that somebody can
stop waiting for it. What no thread can be kept from, such as killing the process or holding the interpreter's lock in
compiled code, is not prevented.
"""

from __future__ import annotations

import contextvars
import ctypes
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from rules_engine.errors import RulesEngineError
from rules_engine.plugging.surroundings import (
    Surroundings,
    as_plugin_thread,
    is_plugin_thread,
    streams_put_back,
    streams_set_apart,
)

T = TypeVar("T")

_LONGEST = 400
"""How much of what a fault says of itself is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """For how many seconds a plugin is waited for: to be loaded and asked, for a fact, and for a listener."""

    loading: float = 30
    fact: float = 5
    listening: float = 30


class PluginFault(RulesEngineError):
    """A plugin raised something, or did not come back; the message says which plugin, and what."""


class OutOfService(PluginFault):
    """A plugin did not come back; what it was to do may be tried again once the program is started anew."""

    trying_again_helps = True


class _Gone(SystemExit):
    """Ends a plugin's thread, as far as it can be ended."""


@dataclass(slots=True)
class _Work(Generic[T]):
    """A piece of work, and what came of it."""

    do: Callable[[], T]
    done: SimpleQueue[bool] = field(default_factory=SimpleQueue)
    result: T | None = None
    raised: BaseException | None = None

    def run(self) -> None:
        """Do it, and keep whatever it raises; what it sets of its context (the decimal one) stays in there."""
        try:
            self.result = contextvars.Context().run(self.do)
        except BaseException as raised:  # foreign code: also an exit or an interrupt is only its own
            self.raised = raised
        self.done.put(True)


class Isolation:
    """One plugin's place to work in; once it has not come back, nothing is asked of it any more.

    `remarks` tell what it changed around it, all of it put back, and that it printed.
    """

    def __init__(self, plugin: str) -> None:
        self.plugin = plugin
        self.out_of_service = ""
        self.remarks: dict[str, None] = {}
        self._start_anew()

    def _start_anew(self) -> None:
        self._process = os.getpid()
        self._one_at_a_time = threading.Lock()
        self._thread: threading.Thread | None = None
        self._queue: SimpleQueue[_Work[object]] = SimpleQueue()

    def call(self, do: Callable[[], T], *, within: float) -> T:
        """Do a piece of foreign work and give what it gives; raise PluginFault for anything else that comes of it."""
        if is_plugin_thread():  # a plugin has asked the host, which asks a plugin
            return do()
        if self._process != os.getpid():
            self._start_anew()
        with self._one_at_a_time:
            if self.out_of_service:
                raise OutOfService(f"plugin `{self.plugin}` is out of service: it {self.out_of_service}")
            return self._done_apart(do, within)

    def end(self) -> None:
        """Let the thread go, until there is work again."""
        with self._one_at_a_time:
            if self._thread is not None:
                self._queue.put(_Work(_leave))
                self._thread.join()
                self._thread = None

    def _done_apart(self, do: Callable[[], T], within: float) -> T:
        work: _Work[T] = _Work(do)
        surroundings, output = Surroundings.now(), streams_set_apart()
        output.used = False
        if self._thread is None:
            self._thread = threading.Thread(target=_work_off, args=(self._queue,), name=self.plugin, daemon=True)
            self._thread.start()
        self._queue.put(work)  # type: ignore[arg-type]  # what it gives is asked of the same work
        try:
            work.done.get(timeout=within)
        except Empty:
            self._give_up(within)
            raise OutOfService(f"plugin `{self.plugin}` {self.out_of_service}") from None
        finally:
            for changed in surroundings.restore():
                self.remarks[f"it changed {changed}"] = None
            if output.used:
                self.remarks["it wrote to standard output, which is for results"] = None
            streams_put_back(came_back=not self.out_of_service)
        if work.raised is not None:
            raise PluginFault(f"plugin `{self.plugin}` raised {in_one_line(work.raised)}") from work.raised
        return work.result  # type: ignore[return-value]  # nothing was raised, so there is one

    def _give_up(self, within: float) -> None:
        """Wait no longer: end its thread if Python can, and start none again."""
        self.out_of_service = f"did not come back within {within:g} seconds"
        if self._thread is not None and self._thread.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread.ident), ctypes.py_object(_Gone))
        self._queue.put(_Work(_leave))
        self._thread = None


def _work_off(queue: SimpleQueue[_Work[object]]) -> None:
    with as_plugin_thread():
        while (work := queue.get()).do is not _leave:
            work.run()


def _leave() -> None:
    """Stand for the end of a thread's work."""


def in_one_line(raised: BaseException) -> str:
    """Name what was raised, and what it says of itself, in one line; also where it cannot even say that."""
    try:
        said = " ".join(str(raised).split())
    except BaseException:  # its own text is foreign code too
        said = "what it says of itself cannot be read"
    return f"{type(raised).__name__}: {said if len(said) <= _LONGEST else f'{said[:_LONGEST]}...'}"
