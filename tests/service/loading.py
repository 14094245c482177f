"""A load on a service on PostgreSQL: many clients, each event sent twice, and the service killed meanwhile.

`python -m tests.service.loading --clients 50 --events 40` tells how long answers took; `--kills 3` kills it so often.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from rules_engine.intake import read_recorded
from rules_engine.ledger.opening import open_ledger
from rules_engine.workbench.verifying import proved, verify
from tests.ledger.events import NOTES, request
from tests.service.started import Started
from tests.shipped import shipped

SECONDS_FOR_ALL = 600


def events_of(client: int, count: int) -> list[dict[str, Any]]:
    """Make up the requests of one client, some of owners that others ask for too."""
    chance = random.Random(client)
    return [
        request(
            f"{client}-{number}",
            cusip=chance.choice(NOTES),
            principal=f"{chance.randint(1, 5)}000.00",
            owner_ref=f"owner-{chance.randrange(200)}",
            account_ref=f"account-{client}-{number}",
        )
        for number in range(count)
    ]


@dataclass
class Load:
    """What came of a load: answers by event, and how long each took in seconds."""

    new: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, set[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    again: int = 0
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, event_id: str, status: int, receipt: str, seconds: float) -> None:
        with self.lock:
            self.new[event_id] = self.new.get(event_id, 0) + (status == 201)
            self.again += status == 200
            self.receipts.setdefault(event_id, set()).add(receipt)
            self.seconds.append(seconds)

    def percentile(self, share: float) -> float:
        return statistics.quantiles(self.seconds, n=1000)[round(share * 1000) - 1]


def run(url: str, *, clients: int, events: int, kills: int = 0) -> Load:
    """Send every event twice, shuffled, from many clients at once; whoever is not answered sends again."""
    load, ends_at = Load(), time.monotonic() + SECONDS_FOR_ALL
    service = Started(url)
    holder = [service.url]

    def client(number: int) -> None:
        sent = events_of(number, events) * 2
        random.Random(number).shuffle(sent)
        with httpx.Client(timeout=60) as calling:
            for event in sent:
                _send(calling, lambda: holder[0], event, load, ends_at)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        for kill in range(1, kills + 1):
            due = clients * events * 2 * kill // (kills + 1)
            while len(load.seconds) < due and any(thread.is_alive() for thread in threads):
                time.sleep(0.05)
            service.kill()
            service = Started(url)
            holder[0] = service.url
        for thread in threads:
            thread.join()
    finally:
        service.end()
    return load


def _send(calling: httpx.Client, address: Callable[[], str], event: dict[str, Any], load: Load, ends_at: float) -> None:
    while time.monotonic() < ends_at:
        begun = time.perf_counter()
        try:
            response = calling.post(f"{address()}/v1/events", json=event)
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        if response.status_code == 503:
            time.sleep(float(response.headers["retry-after"]) * random.random())
            continue
        if response.status_code not in (200, 201):
            load.refused.append(response.text)
            return
        receipt = response.json()["decision"]["receipt"]
        load.took(event["event_id"], response.status_code, receipt, time.perf_counter() - begun)
        return
    load.refused.append("not in time")


def hold(url: str, load: Load, *, clients: int, events: int, killed: bool) -> None:
    """Hold a ledger against what clients were told: nothing twice, nothing lost, and all of it proves."""
    assert load.refused == []
    sent = {event["event_id"] for number in range(clients) for event in events_of(number, events)}
    assert set(load.new) == sent
    assert all(len(receipts) == 1 for receipts in load.receipts.values()), "an event had two answers"
    if killed:
        # an answer may be lost with the service that gave it; the event is then on record, and was told as such
        assert all(count <= 1 for count in load.new.values())
    else:
        assert all(count == 1 for count in load.new.values())
    host = shipped(with_durable=False)
    with closing(open_ledger(url, read_recorded, create=False)) as ledger:
        entries = list(ledger.entries())
        own = [entry for entry in entries if entry.part == 0]
        assert sorted(entry.event_id for entry in own) == sorted(sent)
        for entry in own:
            assert {json.loads(entry.decision)["receipt"]} == load.receipts[entry.event_id]
        done = proved(verify(ledger, host.vocabulary, with_durable=host.with_durable, plugins=host.plugins.versions))
        assert (done.entries, done.differences) == (len(entries), [])


def _told(load: Load, taken: float) -> Iterator[str]:
    yield f"{len(load.seconds):,} answers in {taken:.1f} s: {len(load.seconds) / taken:,.0f} a second"
    for name, share in (("median", 0.5), ("p95", 0.95), ("p99", 0.99)):
        yield f"{name} {load.percentile(share) * 1000:,.0f} ms"


def main() -> None:
    """Load a service, and tell how long answers took."""
    from tests.ledger import server as servers

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--events", type=int, default=40)
    parser.add_argument("--kills", type=int, default=0)
    given = parser.parse_args()
    folder: Path | None = servers.programs()
    if folder is None:
        raise SystemExit("PostgreSQL was not found on this machine")
    with servers.running(folder) as server:
        with server.connect() as connection:
            connection.execute("CREATE DATABASE load")
        url = server.url("load")
        begun = time.perf_counter()
        load = run(url, clients=given.clients, events=given.events, kills=given.kills)
        for line in _told(load, time.perf_counter() - begun):
            print(line)
        hold(url, load, clients=given.clients, events=given.events, killed=bool(given.kills))
        print("nothing twice, nothing lost, and every entry proves")


if __name__ == "__main__":
    main()
