"""A service started as a program of its own, as operations start it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent.parent
SECONDS_TO_START = 120


class Started:
    """A running service."""

    def __init__(self, ledger: str, *more: str, **environment: str) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "rules_engine", "serve", "--port", str(self.port), *more]
        variables = {"PYTHONPATH": str(ROOT), "RULES_ENGINE_LEDGER": ledger, **environment}
        self.process = subprocess.Popen(
            command, env={**os.environ, **variables}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self) -> None:
        ends_at = time.monotonic() + SECONDS_TO_START
        while True:
            assert self.process.poll() is None, f"the service ended with {self.process.returncode}"
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/health/ready", timeout=5).status_code == 200:
                    return
            assert time.monotonic() < ends_at, "the service did not start"
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a loss of power would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """End it as operations do, and give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


@contextlib.contextmanager
def started(ledger: str = "memory:", *more: str, **environment: str) -> Iterator[httpx.Client]:
    service = Started(ledger, *more, **environment)
    try:
        with httpx.Client(base_url=service.url, timeout=60) as client:
            yield client
    finally:
        service.end()
