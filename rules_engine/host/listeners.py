"""Listeners, served from the feed: each hears of every decision recorded, at least once, in its order.

Up to which number a listener was served is kept in the ledger, so after a crash it is served from there: what it had
heard and the ledger did not know yet, it hears again. It is served after an answer was recorded, outside every lock of
the host, by one thread at a time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable

from rules_engine.errors import LedgerError, RulesEngineError
from rules_engine.host.feed import RecordedDecision, decisions_after
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.forks import heed_forks
from rules_engine.plugging import Plugins

PAGE = 50
"""How many decisions a listener is told before it is kept how far it was served."""

_LOG = logging.getLogger(__name__)


class Listeners:
    """Those who listen to the decisions recorded in a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._one_serves = threading.Lock()
        self._is_due = False
        heed_forks(self)

    def begin(self, plugins: Plugins) -> None:
        """Have listeners that the ledger does not know begin at the end of its feed."""
        for name in plugins.listeners:
            self._ledger.served_to(name)

    def serve(self, plugins: Plugins) -> None:
        """Tell every listener what it has not heard yet; where another thread does so already, leave it to that one.

        A fault of the ledger is reported and raised to nobody: what was recorded is recorded, and listeners are served
        from where they are the next time.
        """
        self._is_due = True
        while self._is_due and self._one_serves.acquire(blocking=False):
            try:
                while self._is_due:
                    self._is_due = False
                    for name in plugins.listeners:
                        self._serve(name, plugins)
            except LedgerError as fault:
                _LOG.warning("listeners are served later: the ledger cannot be used")
                plugins.listener_faults.append(f"listeners are served later: {fault}")
            finally:
                self._one_serves.release()

    def _serve(self, name: str, plugins: Plugins) -> None:
        """Serve one listener to the end of the feed, unless another program does."""
        while True:
            with self._ledger.serving(name) as is_ours:
                if not is_ours:
                    return
                served_to, waits = self._served(name, plugins)
            # what others recorded before the listener was let go, they left to us
            if waits or self._ledger.last_number() <= served_to:
                return

    def _served(self, name: str, plugins: Plugins) -> tuple[int, bool]:
        """Tell a listener all it has not heard; give up to which number it was served, and whether it waits there."""
        served_to = self._ledger.served_to(name)
        while True:
            page = decisions_after(self._ledger, served_to, limit=PAGE)
            heard, waits = self._tell(name, page.items, served_to, plugins)
            if heard > served_to:
                self._ledger.serve_to(name, heard)
            served_to = heard
            if waits or page.is_last:
                return served_to, waits

    def _tell(self, name: str, recorded: Iterable[RecordedDecision], heard: int, plugins: Plugins) -> tuple[int, bool]:
        """Tell some decisions; give the number of the last one heard, and whether the listener is to be told again."""
        for each in recorded:
            fault = plugins.tell(name, each.event, each.decision)
            if fault is not None:
                _LOG.warning("listener `%s` failed on decision %d with %s", name, each.number, type(fault).__name__)
                if may_pass(fault):
                    return heard, True
            heard = each.number
        return heard, False

    def before_fork(self) -> None:
        """Wait for nobody."""

    def after_fork(self) -> None:
        """Go on."""

    def start_anew(self) -> None:
        """Serve from where the ledger is; whoever was serving is in the other process."""
        self._one_serves = threading.Lock()


def may_pass(fault: BaseException) -> bool:
    """Tell whether a listener that raised this may do better a little later: it is told the same again then."""
    if isinstance(fault, RulesEngineError):
        cause = fault.__cause__
        return fault.trying_again_helps or (cause is not None and may_pass(cause))
    return isinstance(fault, ConnectionError | TimeoutError)
