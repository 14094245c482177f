"""Every call watched: counted, timed and logged by its route alone, and each answer saying what made it."""

from __future__ import annotations

import logging
import time

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rules_engine import __version__
from rules_engine.service.problems import problem_response
from rules_engine.service.running import Running
from rules_engine.service.settings import is_loopback

_LOG = logging.getLogger(__name__)


class Watching:
    """Watches the calls of a service; ids and references stand in addresses, so none is counted or logged."""

    def __init__(self, app: ASGIApp, *, running: Running) -> None:
        self._app, self._running = app, running

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, and note how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["Rules-Engine"] = __version__
                headers["Rules-Engine-Book"] = self._running.book_digest
                headers["X-Content-Type-Options"] = "nosniff"
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = None if self._running.callers.asks else _from_elsewhere(Request(scope))
        await (refused or self._app)(scope, receive, named)
        self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, taken: float) -> None:
        method, route = scope["method"], getattr(scope.get("route"), "path", "none")
        figures = self._running.figures
        figures.calls.labels(method if route != "none" else "any", route, str(status)).inc()
        figures.seconds.labels(method if route != "none" else "any", route).observe(taken)
        _LOG.info("%s %s %d in %.1f ms", method, route, status, taken * 1000)


def _from_elsewhere(request: Request) -> Response | None:
    """Refuse what a page of another site has a browser send to a service that asks nobody who they are."""
    named = request.headers.get("host", "")
    host = named.rpartition(":")[0] if named.rpartition(":")[2].isdigit() else named
    if not is_loopback(host):
        return problem_response(403, "this service is for this machine alone, by its own name")
    origin = request.headers.get("origin")
    if origin is not None and origin not in (f"http://{named}", f"https://{named}"):
        return problem_response(403, "this service takes no calls from other sites")
    return None
