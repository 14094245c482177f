"""Schemathesis over the whole API: whatever is sent, each answer is one that is described; none is a fault of ours."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from rules_engine.service.application import application
from rules_engine.service.callers import Role, key_line, new_key
from rules_engine.service.running import Running
from rules_engine.service.settings import Settings
from tests.ledger.events import elected, read, request
from tests.shipped import shipped

EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
"""How many calls are made up for each address; `make api` makes many."""

KEY = new_key()

# a fault of ours is 500, which is described nowhere; 503 is, and may come where jobs wait already
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]


@schemathesis.serializer("application/x-ndjson")
def as_line(_: Any, value: Any) -> bytes:
    """Write what is sent as a line of a batch."""
    return json.dumps(value, default=str).encode()


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Serve a ledger with something on it; what is described of it is what is tried."""
    host = shipped(with_durable=False)
    for event in read(elected(2017), request("a", principal="300000.00"), request("b", documents=["tax waiver"])):
        host.answer(event)
    file = tmp_path_factory.mktemp("keys") / "keys.txt"
    file.write_text(f"{key_line('everybody', frozenset(Role), KEY)}\n")
    running = Running.begin(host, Settings(max_waiting=1_000, api_keys=file))
    return schemathesis.openapi.from_asgi("/openapi.json", application(running))


def test_every_answer_is_one_that_is_described(api: Any) -> None:
    tried = 0
    for found in api.get_all_operations():
        operation = found.ok()
        if operation.path.endswith("/progress"):
            continue  # a job that is not there; those that are have tests of their own

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        def call(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, headers={"x-api-key": KEY})

        call()
        tried += 1
    assert tried > 40


def test_what_is_described_is_the_version_that_is_promised(api: Any) -> None:
    assert api.raw_schema["openapi"] == "3.1.0"
    for path, operations in api.raw_schema["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert operation.get("description"), (method, path)
