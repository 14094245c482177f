"""`rules-engine serve`: the HTTP service."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, notice
from rules_engine.cli.opening import MEMORY, opened
from rules_engine.cli.options import DespiteFaults, LedgerUrl, Pin, Rules

NEEDED = ("fastapi", "uvicorn", "jwt", "prometheus_client")

HostName = Annotated[
    str, typer.Option("--host", envvar="RULES_ENGINE_HOST", metavar="HOST", help="The address to listen at.")
]
Port = Annotated[
    int,
    typer.Option(
        "--port", envvar="RULES_ENGINE_PORT", metavar="N", min=0, max=2**16 - 1, help="The port to listen at."
    ),
]


def serve(
    ledger: LedgerUrl = MEMORY,
    host: HostName = "127.0.0.1",
    port: Port = 8000,
    rules: Rules = None,
    despite_faults: DespiteFaults = False,
    pin: Pin = False,
) -> None:
    """Serve events, decisions, requests, lists, drafts and proof over HTTP, described at /openapi.json.

    Without keys (RULES_ENGINE_API_KEYS or RULES_ENGINE_JWT_KEYS) it serves this machine alone. Everything else it is
    set up by stands in the environment too: see the table in docs/service.md.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise CommandWrong(
            f"the service needs packages that are not installed ({', '.join(missing)}): "
            "pip install 'retail-note-rules[service]'"
        )
    from rules_engine.service.running import Running
    from rules_engine.service.serving import check_open
    from rules_engine.service.serving import serve as serve_at
    from rules_engine.service.settings import settings_from

    settings = settings_from(os.environ)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with opened(rules, ledger, despite_faults=despite_faults, pinned=pin) as opened_host:
        running = Running.begin(
            opened_host, settings, ledger_url="" if ledger == MEMORY else ledger, rules=tuple(map(Path, rules or ()))
        )
        check_open(host, running)
        if not running.callers.asks:
            notice("notice: nobody is asked who they are, so this machine alone is served")
        if ledger == MEMORY:
            notice("notice: the ledger is in memory: what is recorded is gone when the service ends")
        if settings.state is None:
            notice("notice: drafts and webhooks are gone when the service ends: name a folder in RULES_ENGINE_STATE")
        notice(f"serving http://{host}:{port}; the API is described at /openapi.json")
        with closing(opened_host.ledger):
            serve_at(running, host, port)
