"""Telling webhooks: from the feed, in its order, at least once, signed, and again after a while where nobody answered.

Signatures follow the Standard Webhooks specification 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import logging
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from rules_engine.errors import RulesEngineError
from rules_engine.host.feed import RecordedDecision, decisions_after
from rules_engine.ledger.base import Ledger
from rules_engine.service.cloud_events import MEDIA_TYPE, cloud_event_text
from rules_engine.service.figures import Figures
from rules_engine.service.settings import Settings, is_loopback
from rules_engine.service.webhooks import Delivery, Webhook, Webhooks

SECONDS = 10
"""How long a receiver may take to answer."""

PAUSE = 0.5
"""Seconds between two looks at the feed."""

ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 900.0
"""Seconds before the second attempt, each later pause being twice as long, and the longest of them: about an hour."""

AT_ONCE = 50
DELIVERED, FAILED, GIVEN_UP = "delivered", "failed", "given up"

_LOG = logging.getLogger(__name__)


class WebhookRefused(RulesEngineError):
    """A webhook may not be sent to an address; the message says why."""


class Deliveries:
    """Tells every webhook what it has not heard, in a thread of its own."""

    def __init__(
        self,
        ledger: Ledger,
        webhooks: Webhooks,
        figures: Figures,
        settings: Settings,
        *,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self._ledger, self._webhooks, self._figures, self._settings = ledger, webhooks, figures, settings
        self._first_pause = first_pause
        self._not_before: dict[str, float] = {}
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def begin(self) -> None:
        """Start telling."""
        self._thread.start()

    def end(self) -> None:
        """Stop telling, after what is being told just now."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(timeout=SECONDS)

    def add(self, url: str, *, programme: str | None, outcomes: tuple[str, ...], after: int | None, by: str) -> Webhook:
        """Register a webhook from a number of the feed on, or from now on; raise WebhookRefused for its address."""
        check_address(url, self._settings)
        webhook = self._webhooks.add(url, programme=programme, outcomes=outcomes, by=by)
        begins = self._ledger.served_to(webhook.listener)
        if after is not None and after < begins:
            # a listener never goes back, so one that begins earlier is told what lies between as if asked again
            for recorded in _between(self._ledger, after, begins, programme):
                if _is_wanted(webhook, recorded):
                    self._webhooks.ask_again(webhook, recorded.number)
        return webhook

    def at_once(self, webhook: Webhook) -> None:
        """Wait no longer before the next attempt of a webhook."""
        self._not_before.pop(webhook.webhook_id, None)

    def _run(self) -> None:
        while not self._ending.wait(PAUSE):
            for webhook in self._webhooks.all():
                if self._ending.is_set():
                    return
                if webhook.active and self._not_before.get(webhook.webhook_id, 0.0) <= time.monotonic():
                    self._serve(webhook)

    def _serve(self, webhook: Webhook) -> None:
        try:
            with self._ledger.serving(webhook.listener) as is_ours:
                if is_ours and self._tell_again(webhook):
                    self._tell_on(webhook)
        except RulesEngineError as fault:
            _LOG.warning("webhook %s is served later: %s", webhook.webhook_id, type(fault).__name__)

    def _tell_again(self, webhook: Webhook) -> bool:
        """Tell what somebody asked to be told again; give whether all of it was."""
        for number in self._webhooks.asked_again(webhook):
            page = decisions_after(self._ledger, number - 1, limit=1)
            done = not page.items or page.items[0].number != number or self._tell(webhook, page.items[0])
            if not done:
                return False
            self._webhooks.told_again(webhook, number)
        return True

    def _tell_on(self, webhook: Webhook) -> None:
        """Tell what is new, in the order of the feed, until one cannot be told just now."""
        served_to = self._ledger.served_to(webhook.listener)
        page = decisions_after(self._ledger, served_to, limit=AT_ONCE)
        for recorded in page.items:
            if self._ending.is_set() or (_is_wanted(webhook, recorded) and not self._tell(webhook, recorded)):
                return
            self._ledger.serve_to(webhook.listener, recorded.number)

    def _tell(self, webhook: Webhook, recorded: RecordedDecision) -> bool:
        """Try to tell one decision; give whether it is over with, told or given up."""
        attempt = self._webhooks.attempts(webhook, recorded.number) + 1
        at = time.time()
        status, detail = self._send(webhook, recorded, int(at))
        delivered = status is not None and 200 <= status < 300
        tries = attempt % ATTEMPTS or ATTEMPTS
        result = DELIVERED if delivered else GIVEN_UP if tries == ATTEMPTS else FAILED
        self._webhooks.log(
            webhook,
            Delivery(number=recorded.number, attempt=attempt, at=at, result=result, status=status, detail=detail),
        )
        self._figures.deliveries.labels(result).inc()
        if result == FAILED:
            pause = min(self._first_pause * 2 ** (tries - 1), LONGEST_PAUSE)
            self._not_before[webhook.webhook_id] = time.monotonic() + pause
            return False
        return True

    def _send(self, webhook: Webhook, recorded: RecordedDecision, at: int) -> tuple[int | None, str]:
        body = cloud_event_text(recorded).encode()
        headers = signed(webhook, f"{webhook.webhook_id}.{recorded.number}", at, body)
        try:
            check_address(webhook.url, self._settings)
            request = urllib.request.Request(webhook.url, body, {**headers, "Content-Type": MEDIA_TYPE}, method="POST")
            with _OPENER.open(request, timeout=SECONDS) as answer:
                return int(answer.status), ""
        except urllib.error.HTTPError as fault:
            with fault:
                return fault.code, f"it answered {fault.code}"
        except WebhookRefused as fault:
            return None, str(fault)
        except (OSError, ValueError) as fault:
            return None, f"it could not be reached: {type(fault).__name__}"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: an address was checked, and where it leads was not."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)


def signed(webhook: Webhook, message_id: str, at: int, body: bytes) -> Mapping[str, str]:
    """Give the headers that prove a message: its id, its time in seconds, and HMAC-SHA256 over both and the body."""
    content = b".".join((message_id.encode(), str(at).encode(), body))
    signature = base64.b64encode(hmac.new(webhook.key, content, hashlib.sha256).digest()).decode()
    return {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}


def check_address(url: str, settings: Settings) -> None:
    """Raise WebhookRefused unless a webhook may be sent there.

    That is an https address of a host that is listed, or, where none is, of one that all the world can reach. On a
    service for this machine alone it may be this machine.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise WebhookRefused(f"that is no address: {fault}") from fault
    if not host or parts.username or parts.password or parts.scheme not in ("http", "https"):
        raise WebhookRefused("give an address as `https://host/path`, without a name or a password in it")
    if host.lower() in settings.webhook_hosts:
        return
    if is_loopback(host) and not settings.asks_who:
        return
    if settings.webhook_hosts:
        raise WebhookRefused(f"`{host}` is not among the hosts that webhooks may be sent to")
    if parts.scheme != "https":
        raise WebhookRefused("the address has to begin with https: decisions go over it")
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise WebhookRefused(f"no address of `{host}` is known") from fault
    if not all(ipaddress.ip_address(address[4][0]).is_global for address in found):
        raise WebhookRefused(f"`{host}` is inside this network: list it in RULES_ENGINE_WEBHOOK_HOSTS")


def _is_wanted(webhook: Webhook, recorded: RecordedDecision) -> bool:
    return webhook.programme in (None, recorded.programme) and (
        not webhook.outcomes or recorded.decision.outcome.word in webhook.outcomes
    )


def _between(ledger: Ledger, after: int, last: int, programme: str | None) -> list[RecordedDecision]:
    found: list[RecordedDecision] = []
    while True:
        page = decisions_after(ledger, after, limit=AT_ONCE, programme=programme)
        found += [recorded for recorded in page.items if recorded.number <= last]
        if page.is_last or page.next >= last:
            return found
        after = page.next
