"""A server seen from far away: what a client says and what it waits for, counted on the wire between the two."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Journeys:
    """Passes bytes on between clients and a server; `made` counts how often a client spoke after the server had."""

    server: int
    made: int = 0
    _client_speaks: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def listening(self) -> Iterator[int]:
        """Listen on a port of our own, which is given, until the end."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            threading.Thread(target=self._serve, args=(listener,), daemon=True).start()
            yield listener.getsockname()[1]

    @contextlib.contextmanager
    def counted(self) -> Iterator[list[int]]:
        """Count the journeys made until the end, into the list given."""
        count: list[int] = []
        before = self.made
        yield count
        count.append(self.made - before)

    def _serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", self.server))
                threading.Thread(target=self._pass_on, args=(client, server, True), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client, False), daemon=True).start()

    def _pass_on(self, speaker: socket.socket, hearer: socket.socket, is_client: bool) -> None:
        with contextlib.suppress(OSError):
            while said := speaker.recv(65_536):
                with self._lock:
                    self.made += is_client and not self._client_speaks
                    self._client_speaks = is_client
                hearer.sendall(said)
        with contextlib.suppress(OSError):
            hearer.shutdown(socket.SHUT_WR)
