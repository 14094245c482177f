from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from rules_engine.ledger.memory import MemoryLedger
from rules_engine.service import webhook_delivery
from rules_engine.service.settings import Settings
from rules_engine.service.webhook_delivery import WebhookRefused, check_address
from tests.ledger.events import request
from tests.service.serving import serving
from tests.service.started import started

SECONDS = 20


def until(found: Callable[[], Any]) -> Any:
    """Wait until something is so, and give it."""
    ends_at = time.monotonic() + SECONDS
    while not (value := found()):
        assert time.monotonic() < ends_at, "it did not come about"
        time.sleep(0.05)
    return value


class Receiver:
    """Takes what webhooks send, answering as one likes."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.answers.pop(0) if outer.answers else 204)
                self.send_header("content-length", "0")
                self.send_header("location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def numbers(self) -> list[str]:
        return [json.loads(body)["id"] for _, body in self.came]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(webhook_delivery, "PAUSE", 0.05)
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_a_decision_is_told_as_a_cloud_event_signed_with_the_secret(receiver: Receiver) -> None:
    with serving() as client:
        hook = client.post("/v1/webhooks", json={"url": receiver.url}).json()
        client.post("/v1/events", json=request("a"))
        until(lambda: receiver.came)
        headers, body = receiver.came[0]
        assert headers["content-type"] == "application/cloudevents+json"
        event = json.loads(body)
        assert (event["specversion"], event["id"], event["subject"]) == ("1.0", "1", "request-a")
        assert event["data"]["decision"]["outcome"] == "accepted"
        # Standard Webhooks 1.0: base64 of HMAC-SHA256 over id, time and body, with the secret behind `whsec_`
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert "secret" not in client.get(f"/v1/webhooks/{hook['webhook_id']}").json()
        assert until(lambda: client.get(f"/v1/webhooks/{hook['webhook_id']}").json()["served_to"]) == 1


def test_what_is_not_taken_comes_again_before_the_next_and_the_log_says_so(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_delivery, "FIRST_PAUSE", 0.05)
    with serving() as client:
        client.app.state.running.deliveries._first_pause = 0.05  # type: ignore[attr-defined]
        receiver.answers = [500, 302]
        hook = client.post("/v1/webhooks", json={"url": receiver.url}).json()
        client.post("/v1/events", json=request("a"))
        client.post("/v1/events", json=request("b"))
        until(lambda: len(receiver.came) >= 4)
        assert receiver.numbers() == ["1", "1", "1", "2"]
        path = f"/v1/webhooks/{hook['webhook_id']}/deliveries"
        log = until(lambda: (found := client.get(path).json()["items"]) and len(found) == 4 and found)
        assert [(each["number"], each["attempt"], each["result"], each["status"]) for each in log] == [
            (2, 1, "delivered", 204),
            (1, 3, "delivered", 204),
            (1, 2, "failed", 302),
            (1, 1, "failed", 500),
        ]


def test_what_is_never_taken_is_given_up_and_can_be_sent_again(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_delivery, "ATTEMPTS", 2)
    with serving() as client:
        client.app.state.running.deliveries._first_pause = 0.05  # type: ignore[attr-defined]
        receiver.answers = [500, 500]
        hook = client.post("/v1/webhooks", json={"url": receiver.url}).json()
        client.post("/v1/events", json=request("a"))
        path = f"/v1/webhooks/{hook['webhook_id']}/deliveries"
        log = until(lambda: (found := client.get(path).json()["items"]) and len(found) == 2 and found)
        assert [each["result"] for each in log] == ["given up", "failed"]
        assert client.post(f"{path}/1/resend").status_code == 202
        until(lambda: len(receiver.came) == 3)
        assert receiver.numbers() == ["1", "1", "1"]
        assert client.post(f"{path}/99/resend").status_code == 404


def test_only_what_is_asked_for_is_told_from_the_number_asked_for(receiver: Receiver) -> None:
    with serving() as client:
        for event in (request("a"), request("b", acquired_on="2017-02-02"), request("c")):
            client.post("/v1/events", json=event)
        client.post("/v1/webhooks", json={"url": receiver.url, "outcomes": ["accepted"], "after": 0})
        until(lambda: len(receiver.came) == 2)
        client.post("/v1/events", json=request("d"))
        until(lambda: len(receiver.came) == 3)
        assert receiver.numbers() == ["1", "3", "4"]


def test_a_webhook_survives_the_service_and_misses_nothing(receiver: Receiver, tmp_path: Path) -> None:
    ledger = MemoryLedger()
    with serving(ledger=ledger, state=tmp_path) as client:
        client.post("/v1/webhooks", json={"url": receiver.url})
        client.post("/v1/events", json=request("a"))
        until(lambda: len(receiver.came) == 1)
    with serving(ledger=ledger, state=tmp_path) as client:
        client.post("/v1/events", json=request("b"))
        until(lambda: len(receiver.came) >= 2)
        assert set(receiver.numbers()) == {"1", "2"}
    assert (tmp_path / "webhooks.sqlite").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "https://",
        "https://user:word@example.org/",
        "http://10.0.0.7/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[half/",
    ],
)
def test_a_webhook_leads_to_no_place_inside(url: str, tmp_path: Path) -> None:
    with pytest.raises(WebhookRefused):
        check_address(url, Settings(api_keys=tmp_path / "keys"))


def test_a_host_that_is_listed_may_be_told_and_then_no_other(tmp_path: Path) -> None:
    settings = Settings(api_keys=tmp_path / "keys", webhook_hosts=frozenset({"10.0.0.7"}))
    check_address("http://10.0.0.7/hook", settings)
    with pytest.raises(WebhookRefused, match="is not among the hosts"):
        check_address("https://example.org/", settings)


def test_the_feed_is_a_stream_of_cloud_events_that_goes_on_and_takes_up_where_it_was_cut_off() -> None:
    with started() as service:
        service.post("/v1/events", json=request("a"))
        accept = {"accept": "text/event-stream"}
        with service.stream("GET", "/v1/decisions", headers=accept) as stream:
            lines = stream.iter_lines()
            assert next(line for line in lines if line.startswith("id:")) == "id: 1"
            data = json.loads(next(line for line in lines if line.startswith("data:")).removeprefix("data: "))
            assert (data["specversion"], data["data"]["event"]["event_id"]) == ("1.0", "event-a")
            service.post("/v1/events", json=request("b"))
            assert next(line for line in lines if line.startswith("id:")) == "id: 2"
        with service.stream("GET", "/v1/decisions", headers={**accept, "last-event-id": "1"}) as stream:
            assert next(line for line in stream.iter_lines() if line.startswith("id:")) == "id: 2"


def test_the_feed_comes_in_pages() -> None:
    with serving() as client:
        for name in "abc":
            client.post("/v1/events", json=request(name))
        first = client.get("/v1/decisions", params={"limit": 2}).json()
        rest = client.get("/v1/decisions", params={"after": first["next"]}).json()
        assert [each["number"] for each in (*first["items"], *rest["items"])] == [1, 2, 3]
        assert (first["is_last"], rest["is_last"]) == (False, True)
        for wrong in ({"after": -1}, {"limit": 0}, {"limit": 1001}, {"after": "x"}):
            assert client.get("/v1/decisions", params=wrong).status_code == 422
