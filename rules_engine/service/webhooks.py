"""Webhooks: who is told of decisions, and a log of every delivery; kept in a file beside the ledger.

How far each was served is kept in the ledger itself, as for any listener, so that nothing is missed.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECRET_PREFIX = "whsec_"
KEPT_DELIVERIES = 10_000
"""How many deliveries of a webhook are remembered; the oldest are let go."""

_TABLES = """
CREATE TABLE IF NOT EXISTS webhooks (
    webhook_id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, programme TEXT, outcomes TEXT NOT NULL,
    active INTEGER NOT NULL, by TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    webhook_id TEXT NOT NULL, number INTEGER NOT NULL, attempt INTEGER NOT NULL, at REAL NOT NULL,
    result TEXT NOT NULL, status INTEGER, detail TEXT NOT NULL,
    PRIMARY KEY (webhook_id, number, attempt)
);
CREATE TABLE IF NOT EXISTS resends (webhook_id TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (webhook_id, number));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Somebody who is told: where, with which secret, and of what; an empty list of outcomes is all of them."""

    webhook_id: str
    url: str
    secret: str
    programme: str | None
    outcomes: tuple[str, ...]
    active: bool
    by: str

    @property
    def listener(self) -> str:
        """The name under which the ledger keeps how far it was served."""
        return f"webhook:{self.webhook_id}"

    @property
    def key(self) -> bytes:
        """The bytes that deliveries are signed with."""
        return base64.b64decode(self.secret.removeprefix(SECRET_PREFIX))

    def to_json(self) -> dict[str, Any]:
        """Write a webhook as it crosses a border, without its secret."""
        return {
            "webhook_id": self.webhook_id,
            "url": self.url,
            "programme": self.programme,
            "outcomes": list(self.outcomes),
            "active": self.active,
            "by": self.by,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One attempt to tell one decision: `result` is `delivered`, `failed`, or `given up`."""

    number: int
    attempt: int
    at: float
    result: str
    status: int | None
    detail: str


class Webhooks:
    """The webhooks of one service."""

    def __init__(self, file: Path) -> None:
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
        os.close(descriptor)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._database.close()

    def add(self, url: str, *, programme: str | None, outcomes: Sequence[str], by: str) -> Webhook:
        """Register somebody to be told."""
        webhook = Webhook(
            webhook_id=f"webhook-{secrets.token_hex(6)}",
            url=url,
            secret=f"{SECRET_PREFIX}{base64.b64encode(secrets.token_bytes(32)).decode()}",
            programme=programme,
            outcomes=tuple(outcomes),
            active=True,
            by=by,
        )
        self._do(
            "INSERT INTO webhooks VALUES (?, ?, ?, ?, ?, 1, ?)",
            webhook.webhook_id,
            webhook.url,
            webhook.secret,
            programme,
            json.dumps(list(outcomes)),
            by,
        )
        return webhook

    def all(self) -> list[Webhook]:
        """List the webhooks."""
        return [_webhook(row) for row in self._do("SELECT * FROM webhooks ORDER BY rowid")]

    def find(self, webhook_id: str) -> Webhook | None:
        """Find a webhook."""
        found = self._do("SELECT * FROM webhooks WHERE webhook_id = ?", webhook_id)
        return _webhook(found[0]) if found else None

    def remove(self, webhook: Webhook) -> None:
        """Forget a webhook, with its log."""
        for table in ("webhooks", "deliveries", "resends"):
            self._do(f"DELETE FROM {table} WHERE webhook_id = ?", webhook.webhook_id)

    def log(self, webhook: Webhook, delivery: Delivery) -> None:
        """Keep what came of an attempt."""
        self._do(
            "INSERT OR REPLACE INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?)",
            webhook.webhook_id,
            delivery.number,
            delivery.attempt,
            delivery.at,
            delivery.result,
            delivery.status,
            delivery.detail,
        )
        self._do(
            "DELETE FROM deliveries WHERE webhook_id = ? AND number <= "
            "(SELECT max(number) - ? FROM deliveries WHERE webhook_id = ?)",
            webhook.webhook_id,
            KEPT_DELIVERIES,
            webhook.webhook_id,
        )

    def deliveries(self, webhook: Webhook, *, before: int | None, limit: int) -> list[Delivery]:
        """List attempts, the newest decision first; those of decisions before a number, where one is given."""
        rows = self._do(
            "SELECT number, attempt, at, result, status, detail FROM deliveries WHERE webhook_id = ? AND number < ? "
            "ORDER BY number DESC, attempt DESC LIMIT ?",
            webhook.webhook_id,
            before if before is not None else 2**62,
            limit,
        )
        return [
            Delivery(number=number, attempt=attempt, at=at, result=result, status=status, detail=detail)
            for number, attempt, at, result, status, detail in rows
        ]

    def attempts(self, webhook: Webhook, number: int) -> int:
        """Count the attempts to tell one decision."""
        found = self._do(
            "SELECT coalesce(max(attempt), 0) FROM deliveries WHERE webhook_id = ? AND number = ?",
            webhook.webhook_id,
            number,
        )
        return int(found[0][0])

    def ask_again(self, webhook: Webhook, number: int) -> None:
        """Have one decision told once more."""
        self._do("INSERT OR IGNORE INTO resends VALUES (?, ?)", webhook.webhook_id, number)

    def asked_again(self, webhook: Webhook) -> list[int]:
        """List the decisions that are to be told once more."""
        found = self._do("SELECT number FROM resends WHERE webhook_id = ? ORDER BY number", webhook.webhook_id)
        return [int(number) for (number,) in found]

    def told_again(self, webhook: Webhook, number: int) -> None:
        """Note that a decision was told once more."""
        self._do("DELETE FROM resends WHERE webhook_id = ? AND number = ?", webhook.webhook_id, number)

    def _do(self, statement: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()


def _webhook(row: Sequence[Any]) -> Webhook:
    webhook_id, url, secret, programme, outcomes, active, by = row
    return Webhook(
        webhook_id=webhook_id,
        url=url,
        secret=secret,
        programme=programme,
        outcomes=tuple(json.loads(outcomes)),
        active=bool(active),
        by=by,
    )
