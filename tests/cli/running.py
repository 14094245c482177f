"""Running commands as an operator would, and the events they are run on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from rules_engine.acceptance.desk import COMPLETE
from rules_engine.cli import app

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "rules_engine"]


def run(*arguments: str | Path, given: bytes = b"") -> Result:
    """Run a command in this process; anything it did not expect is raised here."""
    return CliRunner().invoke(app, [str(each) for each in arguments], input=given, catch_exceptions=False)


def run_apart(*arguments: str | Path, given: bytes = b"", path: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; `path` is searched for modules before anything else."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], input=given, capture_output=True, check=False, env=environment(path)
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(path: str = "") -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (path, str(ROOT))))}


def rows(result: Result) -> list[Any]:
    """Read a result of one JSON object a line."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def request(event_id: str, **other: Any) -> dict[str, Any]:
    """A request in order: $25,000 held since 1 December 2016, death on 10 June 2017, complete on 1 August."""
    event = {
        "type": "survivors_option_requested",
        "event_id": event_id,
        "request_id": f"request-{event_id}",
        "owner_ref": f"owner-{event_id}",
        "received_on": "2017-08-01",
        "cusip": "02006DLF6",
        "principal": "25000.00",
        "position": other.get("principal", "25000.00"),
        **COMPLETE,
    }
    return {name: value for name, value in {**event, **other}.items() if value is not None}


def call(event_id: str, *, noticed: str, redeem_on: str, **other: Any) -> dict[str, Any]:
    """The issuer's notice of a call of $1,000."""
    return {
        "type": "call_noticed",
        "event_id": event_id,
        "notice_id": f"notice-{event_id}",
        "received_on": noticed,
        "cusip": "02006DLF6",
        "notice_given_on": noticed,
        "redeem_on": redeem_on,
        "principal": "1000.00",
        "price": "100",
        "notified": ["holders", "trustee"],
        **other,
    }


def interest(event_id: str, **other: Any) -> dict[str, Any]:
    """The first coupon on $1,000."""
    return {
        "type": "payment_due",
        "event_id": event_id,
        "received_on": "2017-01-10",
        "cusip": "02006DLF6",
        "due_on": "2017-01-15",
        "kind": "interest",
        "principal": "1000.00",
        **other,
    }


def lines(*events: Mapping[str, Any] | str) -> bytes:
    """Write events, or lines that are none, one a line."""
    written = (event if isinstance(event, str) else json.dumps(event) for event in events)
    return "".join(f"{line}\n" for line in written).encode()
