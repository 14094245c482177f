"""Schemathesis over the whole API: whatever is sent, each answer is one that is described; none is a fault of ours."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from rules_engine.service.application import application
from rules_engine.service.running import Running
from rules_engine.service.settings import Settings
from tests.ledger.events import elected, read, request
from tests.shipped import shipped

EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
"""How many calls are made up for each address; `make api` makes many."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]


@pytest.fixture(scope="session")
def api() -> Any:
    """Serve a ledger with something on it; what is described of it is what is tried."""
    host = shipped(with_durable=False)
    for event in read(elected(2017), request("a", principal="300000.00"), request("b", documents=["tax waiver"])):
        host.answer(event)
    running = Running.begin(host, Settings(max_waiting=1_000))
    return schemathesis.openapi.from_asgi("/openapi.json", application(running))


schema = schemathesis.pytest.from_fixture("api")


@schema.exclude(path_regex="/progress$").parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_is_described(case: Any) -> None:
    case.call_and_validate(checks=CHECKS)


def test_what_is_described_is_the_version_that_is_promised(api: Any) -> None:
    assert api.raw_schema["openapi"] == "3.1.0"
    for path, operations in api.raw_schema["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert operation.get("description"), (method, path)
