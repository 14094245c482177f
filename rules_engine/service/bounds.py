"""What a service takes on at most: bytes of a body, calls at work, streams. More is refused, not queued without end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rules_engine.service.problems import MEDIA_TYPE, RETRY_AFTER, Refused, problem

STREAMED = ("/v1/events/batch",)
"""Addresses whose bodies are read line by line, each line having a bound of its own."""

UNBOUNDED = ("/health/", "/metrics")
"""Addresses that answer however much waits."""


class Bounds:
    """Refuses a body that is too large, and a call where too many are at work already."""

    def __init__(self, app: ASGIApp, *, max_body: int, max_waiting: int) -> None:
        self._app = app
        self._max_body, self._max_waiting = max_body, max_waiting
        self.at_work = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take on a call, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(UNBOUNDED):
            await self._app(scope, receive, send)
            return
        if self.at_work >= self._max_waiting:
            await _refuse(send, 503, "too many calls wait already")
            return
        place = Place(self)
        scope.setdefault("state", {})["place"] = place
        try:
            await self._bounded(scope, receive, send)
        finally:
            place.give_up()

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in STREAMED:
            await self._app(scope, receive, send)
            return
        detail = f"the body has more than {self._max_body:,} bytes"
        given = dict(scope["headers"]).get(b"content-length", b"0")
        if given.isdigit() and int(given) > self._max_body:
            await _refuse(send, 413, detail)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > self._max_body:
                    raise Refused(413, detail)
            return message

        await self._app(scope, counted, send)


class Place:
    """A call's place among those at work; a stream gives it up, as streams are counted for themselves."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds: Bounds | None = bounds
        bounds.at_work += 1

    def give_up(self) -> None:
        """Make room for another call; more than once is once."""
        if self._bounds is not None:
            self._bounds.at_work -= 1
            self._bounds = None


async def _refuse(send: Send, status: int, detail: str) -> None:
    content = json.dumps(problem(status, detail)).encode()
    headers: list[tuple[bytes, bytes]] = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"connection", b"close"),
    ]
    if status == 503:
        headers.append((b"retry-after", str(RETRY_AFTER).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


class Streams:
    """Counts what is open for long: event streams and batches."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.open = 0
        self.ending = False

    @contextmanager
    def one(self) -> Iterator[None]:
        """Keep one open; raise Refused where there are too many."""
        self.refuse_if_full()
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1

    def refuse_if_full(self) -> None:
        """Raise Refused where no more may be opened."""
        if self.open >= self._most:
            raise Refused(503, f"{self._most:,} streams are open already")
