"""A PostgreSQL server of our own for the length of a test run: found, started on a free port, stopped."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

PASSWORD = "only for this run"
FASTER = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=40")
"""These tests end programs, never the server, so the server need not survive a loss of power."""

FRESH = ("--username=ledger", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")

SECONDS_TO_START = 30


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    def url(self, database: str, password: str = "only%20for%20this%20run") -> str:
        return f"postgresql://ledger:{password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="ledger", password=PASSWORD, dbname=database, autocommit=True
        )


def programs() -> Path | None:
    """Find the folder of the newest server on this machine."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin/initdb") if path.with_name("postgres").exists()]
    if found:
        return max(found, key=lambda path: int(path.parts[-3])).parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def running(folder_of_programs: Path) -> Iterator[Server]:
    """Start a server in a folder of its own; the server refuses to run as root, so root steps down."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-"))
    try:
        user = _somebody_else() if os.getuid() == 0 else None
        if user is not None:
            shutil.chown(folder, user)
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        data = folder / "data"
        subprocess.run(
            [folder_of_programs / "initdb", "--pgdata", data, "--pwfile", secret, *FRESH],
            user=user,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        server = Server(_free_port())
        settings = [*FASTER, "listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={server.port}"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [folder_of_programs / "postgres", "-D", data, *(word for each in settings for word in ("-c", each))],
                user=user,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            _wait_for(server, process, folder / "log")
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=SECONDS_TO_START)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _somebody_else() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            server.connect().close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < give_up_at, log.read_text()
            time.sleep(0.05)
