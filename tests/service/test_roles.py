"""Every role tries every call, and who is nobody tries them too."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi.testclient import TestClient
from jwt.algorithms import ECAlgorithm

from rules_engine.service.callers import KeyFileWrong, Role, key_line, new_key, read_keys
from rules_engine.service.running import Running
from rules_engine.service.serving import NotForOthers, check_open
from rules_engine.service.settings import Settings, SettingWrong, settings_from
from tests.ledger.events import request
from tests.service.serving import keys_for, serving
from tests.shipped import shipped

P, C, A, U = Role.PLATFORM, Role.CLERK, Role.APPROVER, Role.AUDITOR
EVERY = {P, C, A, U}

MAY = {
    "POST /v1/decisions": EVERY,
    "POST /v1/events": {P, C},
    "POST /v1/events/batch": {P, C},
    "GET /v1/decisions": EVERY,
    "GET /v1/decisions/{event_id}": EVERY,
    "GET /v1/decisions/{event_id}/explanation": EVERY,
    "GET /v1/requests": EVERY,
    "GET /v1/requests/{request_id}": EVERY,
    "GET /v1/requests/{request_id}/life": EVERY,
    "GET /v1/requests/{request_id}/explanation": EVERY,
    "GET /v1/requests/{request_id}/letter": EVERY,
    "GET /v1/notes": EVERY,
    "GET /v1/notes/{cusip}": EVERY,
    "GET /v1/notes/{cusip}/schedule": EVERY,
    "GET /v1/programmes": EVERY,
    "GET /v1/programmes/{issuer}/{name}": EVERY,
    "GET /v1/programmes/{issuer}/{name}/input-schema": EVERY,
    "GET /v1/programmes/{issuer}/{name}/rules": EVERY,
    "GET /v1/payments": EVERY,
    "GET /v1/limits": EVERY,
    "GET /v1/deadlines": EVERY,
    "GET /v1/rule-sets": EVERY,
    "GET /v1/rule-sets/{digest}": EVERY,
    "GET /v1/approvals": EVERY,
    "GET /v1/drafts": EVERY,
    "POST /v1/drafts": {C, A},
    "GET /v1/drafts/{draft_id}": EVERY,
    "DELETE /v1/drafts/{draft_id}": {C, A},
    "GET /v1/drafts/{draft_id}/files": EVERY,
    "GET /v1/drafts/{draft_id}/files/{path}": EVERY,
    "PUT /v1/drafts/{draft_id}/files/{path}": {C, A},
    "DELETE /v1/drafts/{draft_id}/files/{path}": {C, A},
    "POST /v1/drafts/{draft_id}/jobs": {C, A},
    "GET /v1/jobs": EVERY,
    "GET /v1/jobs/{job_id}": EVERY,
    "GET /v1/jobs/{job_id}/progress": EVERY,
    "DELETE /v1/jobs/{job_id}": {C, A},
    "GET /v1/webhooks": {P, U},
    "POST /v1/webhooks": {P},
    "GET /v1/webhooks/{webhook_id}": {P, U},
    "DELETE /v1/webhooks/{webhook_id}": {P},
    "GET /v1/webhooks/{webhook_id}/deliveries": {P, U},
    "POST /v1/webhooks/{webhook_id}/deliveries/{number}/resend": {P},
    "POST /v1/verifications": {A, U},
    "POST /v1/receipts": EVERY,
    "GET /metrics": EVERY,
    "GET /v1/me": EVERY,
}
"""What each role may do, as docs/service.md says."""

OPEN = {"GET /health/live", "GET /health/ready"}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Role, str]]:
    return keys_for(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def client(keys: tuple[Path, dict[Role, str]]) -> Iterator[TestClient]:
    with serving(api_keys=keys[0]) as client:
        yield client


def calls(client: TestClient) -> dict[str, str]:
    """List every call of the API: its method and path, and an address that nothing is at."""
    found = {}
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        address = path.replace("{number}", "1")
        for part in ("event_id", "request_id", "cusip", "issuer", "name", "digest", "draft_id", "path", "job_id"):
            address = address.replace(f"{{{part}}}", "none")
        for method in operations:
            found[f"{method.upper()} {path}"] = address.replace("{webhook_id}", "none")
    return found


def test_every_call_has_its_roles(client: TestClient) -> None:
    assert set(calls(client)) == set(MAY) | OPEN


@pytest.mark.parametrize("role", list(Role))
def test_every_role_tries_every_call(client: TestClient, keys: tuple[Path, dict[Role, str]], role: Role) -> None:
    for call, address in calls(client).items():
        method = call.partition(" ")[0]
        response = client.request(method, address, headers={"authorization": f"Bearer {keys[1][role]}"})
        may = call in OPEN or role in MAY[call]
        assert (response.status_code != 403) is may, f"{role} {call}: {response.status_code}"
        assert response.status_code not in (401, 500), f"{role} {call}"


def test_nobody_gets_anywhere(client: TestClient) -> None:
    for call, address in calls(client).items():
        method = call.partition(" ")[0]
        for headers in (
            {},
            {"authorization": "Bearer rek_guessed"},
            {"x-api-key": "rek_guessed"},
            {"authorization": "x"},
        ):
            response = client.request(method, address, headers=headers)
            assert response.status_code == (200 if call in OPEN else 401), call
            if call not in OPEN:
                assert response.headers["www-authenticate"].startswith("Bearer")


def a_persons(**other: Any) -> dict[str, Any]:
    return {
        "type": "event_voided",
        "event_id": "void",
        "received_on": "2017-08-02",
        "voids": "event-a",
        "decided_by": "clerk-1",
        "because": "entered twice",
    } | other


def test_a_platform_cannot_send_what_a_person_decides(keys: tuple[Path, dict[Role, str]]) -> None:
    with serving(api_keys=keys[0]) as client:
        platform, clerk = ({"x-api-key": keys[1][role]} for role in (P, C))
        assert client.post("/v1/events", json=request("a"), headers=platform).status_code == 201
        assert client.post("/v1/events", json=a_persons(), headers=platform).status_code == 403
        line = json.dumps(a_persons())
        kind = {"content-type": "application/x-ndjson"}
        (answered,) = client.post("/v1/events/batch", content=line, headers=platform | kind).text.splitlines()
        assert json.loads(answered)["status"] == 403
        assert client.post("/v1/events", json=a_persons(), headers=clerk).status_code == 201


def test_a_key_that_is_taken_out_of_the_file_is_no_key_any_more(tmp_path: Path) -> None:
    file, keys = keys_for(tmp_path)
    with serving(api_keys=file) as client:
        headers = {"x-api-key": keys[C]}
        assert client.get("/v1/me", headers=headers).json() == {"name": "clerk", "roles": ["clerk"]}
        file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if " clerk " not in line))
        assert client.get("/v1/me", headers=headers).status_code == 401


def test_a_key_file_keeps_no_key_and_each_wrong_line_is_named() -> None:
    key = new_key()
    line = key_line("desk", frozenset({C, A}), key)
    assert key not in line
    (caller,) = read_keys(f"# keys\n\n{line}\n", "keys.txt").values()
    assert (caller.name, caller.roles) == ("desk", {C, A})
    with pytest.raises(KeyFileWrong, match=r"keys\.txt:2:1: a line reads"):
        read_keys(f"{line}\nplain clerk secret", "keys.txt")
    with pytest.raises(KeyFileWrong, match=r"keys\.txt:1:1: `boss` is no role"):
        read_keys(line.replace("clerk", "boss"), "keys.txt")


# Tokens

KEY, OTHER = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
CLAIMS = {"iss": "https://id.example", "aud": "rules-engine", "sub": "clerk-7", "roles": ["clerk"]}


def token(key: Any = KEY, kid: str = "k1", algorithm: str = "ES256", **claims: Any) -> str:
    content = CLAIMS | {"exp": int(time.time()) + 60} | claims
    return jwt.encode(
        {name: value for name, value in content.items() if value is not None}, key, algorithm, {"kid": kid}
    )


@pytest.fixture(scope="module")
def with_tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    file = tmp_path_factory.mktemp("set") / "keys.json"
    public = json.loads(ECAlgorithm.to_jwk(KEY.public_key())) | {"kid": "k1", "alg": "ES256", "use": "sig"}
    file.write_text(json.dumps({"keys": [public]}))
    settings: dict[str, Any] = {"jwt_keys": str(file), "jwt_issuer": CLAIMS["iss"], "jwt_audience": CLAIMS["aud"]}
    with serving(**settings) as client:
        yield client


def me(client: TestClient, given: str) -> Any:
    return client.get("/v1/me", headers={"authorization": f"Bearer {given}"})


def test_a_token_that_the_key_set_bears_out_gives_its_roles(with_tokens: TestClient) -> None:
    assert me(with_tokens, token()).json() == {"name": "clerk-7", "roles": ["clerk"]}
    assert me(with_tokens, token(roles="auditor platform")).json()["roles"] == ["auditor", "platform"]
    assert me(with_tokens, token(roles=["somebody"])).status_code == 403
    assert me(with_tokens, token(roles=None)).status_code == 403


PUBLIC = KEY.public_key()


@pytest.mark.parametrize(
    "given",
    [
        token(OTHER),
        token(kid="k2"),
        token(exp=int(time.time()) - 60),
        token(exp=None),
        token(iss="https://other.example"),
        token(aud="other"),
        token(sub=None),
        token("secret" * 8, algorithm="HS256"),
        jwt.encode(CLAIMS, "", "none", {"kid": "k1"}),
        "a.b.c",
        "no token",
    ],
)
def test_a_token_that_cannot_be_believed_is_refused(with_tokens: TestClient, given: str) -> None:
    assert me(with_tokens, given).status_code == 401


# Settings


def test_an_address_that_others_reach_is_not_served_while_nobody_is_asked(tmp_path: Path) -> None:
    running = Running.begin(shipped(with_durable=False), Settings())
    for host in ("127.0.0.1", "::1", "localhost"):
        check_open(host, running)
    for host in ("0.0.0.0", "::", "10.0.0.7", "example.org"):
        with pytest.raises(NotForOthers, match="nobody is asked who they are"):
            check_open(host, running)
    file, _ = keys_for(tmp_path)
    check_open("0.0.0.0", Running.begin(shipped(with_durable=False), Settings(api_keys=file)))


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"RULES_ENGINE_MAX_BODY": "many"}, "RULES_ENGINE_MAX_BODY is `many`: it must be a whole number from 1"),
        ({"RULES_ENGINE_JOBS": "0"}, "RULES_ENGINE_JOBS is `0`"),
        ({"RULES_ENGINE_JWT_KEYS": "keys.json"}, "needs RULES_ENGINE_JWT_ISSUER"),
        (
            {
                "RULES_ENGINE_JWT_KEYS": "http://id.example/keys",
                "RULES_ENGINE_JWT_ISSUER": "i",
                "RULES_ENGINE_JWT_AUDIENCE": "a",
            },
            "has no https|without https",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_named(environment: dict[str, str], told: str) -> None:
    with pytest.raises(SettingWrong, match=told):
        settings_from(environment)
