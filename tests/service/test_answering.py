from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rules_engine.errors import LedgerError
from rules_engine.ledger.memory import MemoryLedger
from tests.ledger.events import elected, request
from tests.service.serving import serving

PROBLEM = "application/problem+json"


@pytest.fixture
def client() -> Iterator[TestClient]:
    with serving() as client:
        yield client


def post(client: TestClient, event: dict[str, Any]) -> Any:
    return client.post("/v1/events", json=event)


def test_an_event_is_answered_once_and_the_same_again_changes_nothing(client: TestClient) -> None:
    first = post(client, request("a", principal="25000.00"))
    assert (first.status_code, first.json()["is_new"], first.json()["decision"]["accepted"]) == (201, True, "25000.00")
    # twenty days after 1 August; 25,000 x .035 x 30/360 = 72.9166...
    assert first.json()["decision"]["payment"]["pay_on"] == "2017-09-15"
    assert first.json()["decision"]["payment"]["interest"] == "72.92"
    again = post(client, request("a", principal="25000.00"))
    assert (again.status_code, again.json()["is_new"]) == (200, False)
    assert again.json()["decision"] == first.json()["decision"]
    other = post(client, request("a", principal="26000.00"))
    assert (other.status_code, other.headers["content-type"]) == (409, PROBLEM)
    assert client.get("/v1/decisions").json()["next"] == 1


def test_every_wrong_field_of_an_event_is_named(client: TestClient) -> None:
    refused = post(client, request("a", principal="25,000", received_on="2017-13-01", prncipal="1.00"))
    assert (refused.status_code, refused.headers["content-type"]) == (422, PROBLEM)
    told = {each["field"]: each["message"] for each in refused.json()["errors"]}
    assert set(told) == {"principal", "received_on", "prncipal"}
    assert "did you mean `principal`?" in told["prncipal"]
    assert client.get("/v1/decisions").json()["items"] == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"type": "nothing"}', b"[" * 100_000])
def test_a_body_that_is_no_event_is_a_problem_and_never_a_fault_of_ours(client: TestClient, body: bytes) -> None:
    refused = client.post("/v1/events", content=body, headers={"content-type": "application/json"})
    assert (refused.status_code, refused.headers["content-type"]) == (422, PROBLEM)


def test_a_preview_answers_and_records_nothing(client: TestClient) -> None:
    seen = client.post("/v1/decisions", json=request("a"))
    assert (seen.status_code, seen.json()["is_new"], seen.json()["decision"]["outcome"]) == (200, True, "accepted")
    assert client.get("/v1/decisions").json()["items"] == []
    assert post(client, request("a")).json()["decision"]["receipt"] == seen.json()["decision"]["receipt"]


def test_every_answer_names_the_engine_and_the_book_and_decisions_their_edition_and_digest(client: TestClient) -> None:
    answered = post(client, request("a"))
    decision = answered.json()["decision"]
    assert decision["rules"]["edition"] == "ally/term-notes-a/2015-08-10"
    assert decision["rules"]["digest"].startswith("sha256:")
    for response in (answered, client.get("/v1/notes"), client.get("/v1/no-such"), post(client, {})):
        assert response.headers["rules-engine"] == decision["made_by"]["engine"]
        assert response.headers["rules-engine-book"].startswith("sha256:")


class Busy(MemoryLedger):
    """A ledger that others hold."""

    def standing(self, programme: str) -> Any:
        raise LedgerError("another program has held the ledger for too long", trying_again_helps=True)


def test_a_ledger_that_is_busy_is_tried_again_later() -> None:
    with serving(ledger=Busy()) as client:
        refused = post(client, request("a"))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")


class Broken(MemoryLedger):
    """A ledger that cannot be read."""

    def last_number(self) -> int:
        raise LedgerError("the connection was lost", trying_again_helps=True)


def test_it_lives_without_its_ledger_and_is_not_ready() -> None:
    with serving(ledger=Broken()) as client:
        assert client.get("/health/live").status_code == 200
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["checks"]["ledger"]) == (503, {"readable": False})
    with serving() as client:
        assert client.get("/health/ready").json()["status"] == "ready"


def test_a_batch_gets_a_line_for_each_line_in_its_order(client: TestClient) -> None:
    lines = [
        json.dumps(request("a")),
        json.dumps(request("a")),
        "{",
        json.dumps(request("b", principal="x")),
        json.dumps(request("b")),
        json.dumps(request("a", principal="1000.00")),
    ]
    answered = client.post(
        "/v1/events/batch", content="\n".join(lines), headers={"content-type": "application/x-ndjson"}
    )
    assert (answered.status_code, answered.headers["content-type"]) == (200, "application/x-ndjson")
    found = [json.loads(line) for line in answered.text.splitlines()]
    assert [(each["line"], each["status"]) for each in found] == [
        (1, 201),
        (2, 200),
        (3, 422),
        (4, 422),
        (5, 201),
        (6, 409),
    ]
    assert found[3]["problem"]["errors"][0]["field"] == "principal"
    assert found[4]["decision"]["outcome"] == "accepted"
    assert client.get("/v1/decisions").json()["next"] == 2


def test_a_line_longer_than_any_event_is_refused_and_the_next_one_is_read(client: TestClient) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(5):
            yield b" " * 1_000_000
        yield b"\n" + json.dumps(request("a")).encode()

    answered = client.post("/v1/events/batch", content=body(), headers={"content-type": "application/x-ndjson"})
    found = [json.loads(line) for line in answered.text.splitlines()]
    assert [(each["line"], each["status"]) for each in found] == [(1, 413), (2, 201)]


def test_a_batch_on_a_busy_ledger_says_so_line_by_line() -> None:
    with serving(ledger=Busy()) as client:
        lines = f"{json.dumps(request('a'))}\nno event\n"
        answered = client.post("/v1/events/batch", content=lines, headers={"content-type": "application/x-ndjson"})
        found = [json.loads(line) for line in answered.text.splitlines()]
        assert [(each["line"], each["status"]) for each in found] == [(1, 503), (2, 422)]


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so() -> None:
    with serving(max_body=2_000) as client:
        large = json.dumps(request("a")) + " " * 2_000
        headers = {"content-type": "application/json"}
        assert client.post("/v1/events", content=large, headers=headers).status_code == 413
        assert client.post("/v1/events", content=iter([large.encode()]), headers=headers).status_code == 413
        assert client.post("/v1/events", content=json.dumps(request("a")), headers=headers).status_code == 201


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_of_another_kind_is_refused(client: TestClient, kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    refused = client.post("/v1/events", content=json.dumps(request("a")), headers=headers)
    assert (refused.status_code, refused.headers["content-type"]) == (415, PROBLEM)


def test_a_page_of_another_site_can_send_nothing_to_a_service_for_this_machine(client: TestClient) -> None:
    from_elsewhere = client.post("/v1/events", json=request("a"), headers={"origin": "https://elsewhere.example"})
    assert from_elsewhere.status_code == 403
    renamed = client.get("/v1/notes", headers={"host": "elsewhere.example"})
    assert renamed.status_code == 403
    ours = client.post("/v1/events", json=request("a"), headers={"origin": "http://127.0.0.1"})
    assert ours.status_code == 201


def test_requests_their_life_their_reasons_and_their_letters_are_there(client: TestClient) -> None:
    post(client, elected(2017))
    post(client, request("a", principal="300000.00"))
    post(client, request("b/of 2", documents=["repayment request"]))
    post(client, request("c", acquired_on="2017-02-02"))
    listed = client.get("/v1/requests").json()
    assert [each["request_id"] for each in listed["items"]] == ["request-a", "request-b/of 2"]
    only = client.get("/v1/requests", params={"state": ["rejected"]}).json()["items"]
    assert [each["request_id"] for each in only] == ["request-c"]
    (pended,) = client.get("/v1/requests", params={"due_by": "2017-08-26"}).json()["items"]
    assert (pended["request_id"], pended["deadline"]["on"]) == ("request-b/of 2", "2017-08-26")
    first = client.get("/v1/requests", params={"limit": 1}).json()
    rest = client.get("/v1/requests", params={"limit": 1, "after": first["next"]}).json()
    assert [first["items"][0]["request_id"], rest["items"][0]["request_id"]] == ["request-a", "request-b/of 2"]
    assert (first["is_last"], rest["is_last"]) == (False, True)

    name = "request-b%2Fof%202"
    assert client.get(f"/v1/requests/{name}").json()["missing"][0] == "death certificate"
    (life,) = client.get(f"/v1/requests/{name}/life").json()["answers"]
    assert life["decision"]["outcome"] == "pended"
    assert client.get(f"/v1/requests/{name}/explanation").json()["decision"]["request_id"] == "request-b/of 2"
    letter = client.get(f"/v1/requests/{name}/letter").json()
    assert (letter["kind"], letter["send_by"], letter["provisional"]) == ("papers-missing", "2017-08-26", True)
    html = client.get(f"/v1/requests/{name}/letter", headers={"accept": "text/html"})
    assert (html.headers["content-type"], html.text) == ("text/html; charset=utf-8", letter["html"])
    text = client.get(f"/v1/requests/{name}/letter", headers={"accept": "text/plain"})
    assert text.text == letter["text"]
    assert client.get(f"/v1/requests/{name}/letter", headers={"accept": "image/png"}).status_code == 406
    for path in ("", "/life", "/explanation", "/letter"):
        assert client.get(f"/v1/requests/no-such{path}").status_code == 404


def test_an_events_decisions_and_their_reasons_are_there_under_its_id(client: TestClient) -> None:
    post(client, request("a", acquired_on="2017-02-02"))
    found = client.get("/v1/decisions/event-a").json()
    assert (found["event"]["request_id"], found["decisions"][0]["outcome"]) == ("request-a", "rejected")
    rules = {rule["rule"]: rule for rule in client.get("/v1/decisions/event-a/explanation").json()["rules"]}
    assert rules["held too briefly"]["state"] == "matched"
    assert client.get("/v1/decisions/no-such").status_code == 404


def test_the_desks_lists_are_there_in_each_form(client: TestClient) -> None:
    post(client, elected(2017))
    post(client, request("a", principal="300000.00"))
    paid = client.get("/v1/payments", params={"until": "2017-09-15", "kind": "repayment"}).json()
    # 250,000 x .035 x 30/360 = 729.166...
    assert [(each["pay_on"], each["principal"], each["interest"]) for each in paid["items"]] == [
        ("2017-09-15", "250000.00", "729.17")
    ]
    assert paid["may_be_due"][0]["waiting"] == "50000.00"
    limits = client.get("/v1/limits", params={"owner_ref": "owner-a"}).json()["items"]
    assert [(each["limit"], each["left"]) for each in limits] == [("individual limit", "0.00")]
    csv = client.get("/v1/limits", headers={"accept": "text/csv"})
    assert csv.text.splitlines()[0].startswith("programme,limit,covers,name,year,binds,")
    days = client.get("/v1/deadlines", params={"kind": "repayment", "until": "2017-12-31"}).json()["items"]
    assert [each["on"] for each in days] == ["2017-09-15"]
    calendar = client.get("/v1/deadlines", params={"kind": "repayment"}, headers={"accept": "text/calendar"})
    assert calendar.text.startswith("BEGIN:VCALENDAR\r\n")
    assert client.get("/v1/deadlines", params={"from": "yesterday"}).status_code == 422


def test_notes_schedules_programmes_and_rules_are_there(client: TestClient) -> None:
    schedule = client.get("/v1/notes/02006DLF6/schedule").json()
    # printed in the supplement
    assert (schedule["coupons"][0]["interest"], schedule["coupons"][0]["pay_on"]) == ("4.28", "2017-01-17")
    assert schedule["made_by"]["edition"] == "ally/term-notes-a/2015-08-10"
    assert client.get("/v1/notes/02006DLF6", params={"on": "2017-01-01"}).json()["next_pay_on"] == "2017-01-17"
    assert client.get("/v1/notes/no-such").status_code == 404
    programme = client.get("/v1/programmes/ally/term-notes-a").json()
    assert (programme["name"], programme["notes"]) == ("Ally Financial Term Notes, Series A", 2)
    assert client.get("/v1/programmes/ally/none").status_code == 404
    assert {each["clause"] for each in client.get("/v1/programmes/ally/term-notes-a/rules").json()["items"]} >= {
        "survivors option",
        "redemption",
    }
    sets = client.get("/v1/rule-sets").json()["items"]
    used = client.get(f"/v1/rule-sets/{sets[0]['digest']}").json()
    assert (used["in_force"], used["shown"]["digest"]) == (True, sets[0]["digest"])
    assert client.get("/v1/rule-sets/sha256:none").status_code == 404
    assert all(each["status"] == "draft" for each in client.get("/v1/approvals").json()["items"])


def test_what_a_request_may_hold_is_made_from_the_rules_in_force(client: TestClient) -> None:
    schema = client.get("/v1/programmes/ally/term-notes-a/input-schema").json()
    assert schema["properties"]["cusip"] == {"enum": ["02006DLF6", "02006DLG4"]}
    assert "held too briefly" in schema["properties"]["acquired_on"]["x-looked-at-by"]
    assert set(schema["required"]) == {"type", "event_id", "received_on", "request_id", "cusip", "principal"}
    assert schema["x-rules"][0]["edition"] == "ally/term-notes-a/2015-08-10"


def test_the_ledger_is_proved_by_a_job_and_a_receipt_at_once(client: TestClient) -> None:
    answered = post(client, request("a")).json()["decision"]
    event = client.get("/v1/decisions/event-a").json()["event"]
    checked = client.post("/v1/receipts", json={"event": event, "decision": answered}).json()
    assert checked == {"receipt": answered["receipt"], "adds_up": True, "on_ledger": True}
    forged = client.post("/v1/receipts", json={"event": event | {"principal": "1.00"}, "decision": answered}).json()
    assert (forged["adds_up"], forged["on_ledger"]) == (False, False)
    job = client.post("/v1/verifications")
    assert job.status_code == 202
    progress = client.get(f"{job.headers['location']}/progress").text
    assert "event: over" in progress
    done = client.get(job.headers["location"]).json()
    assert (done["state"], done["result"]["decided_again"], done["found_faults"]) == ("done", 1, False)


def test_no_id_no_reference_and_no_amount_is_measured_or_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    post(client, request("a", owner_ref="owner-secret", request_id="request-secret", principal="4321000.00"))
    client.get("/v1/requests/request-secret")
    client.get("/v1/requests", params={"owner_ref": "owner-secret"})
    post(client, request("b", owner_ref="owner-secret\u200b"))
    figures = client.get("/metrics").text
    assert 'rules_engine_events_total{seen="new"} 1.0' in figures
    assert 'route="/v1/requests/{request_id:path}"' in figures
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("rules_engine"))
    assert "POST /v1/events 201" in ours
    assert "secret" not in figures + ours
    assert "4321" not in figures + ours
