"""Serving: the application at an address, until it is told to end."""

from __future__ import annotations

import uvicorn

from rules_engine.errors import RulesEngineError
from rules_engine.service.application import application
from rules_engine.service.running import Running
from rules_engine.service.settings import is_loopback

SECONDS_TO_END = 20
"""How long calls at work may take to finish when the service ends."""


class NotForOthers(RulesEngineError):
    """The service would be open to others without asking who they are."""


def check_open(host: str, running: Running) -> None:
    """Raise NotForOthers for an address that others reach, where nobody is asked who they are."""
    if not running.callers.asks and not is_loopback(host):
        raise NotForOthers(
            f"`{host}` can be reached by others, and nobody is asked who they are: name keys in RULES_ENGINE_API_KEYS "
            "or RULES_ENGINE_JWT_KEYS, or serve 127.0.0.1"
        )


def serve(running: Running, host: str, port: int) -> None:
    """Serve until a signal ends it: calls at work are finished, streams are ended."""
    check_open(host, running)
    config = uvicorn.Config(
        application(running),
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_END,
        backlog=running.settings.max_waiting * 2,
    )
    uvicorn.Server(config).run()
