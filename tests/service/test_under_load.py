"""Many clients at once, each event sent twice, and the service killed; `make load` is the same at its full size."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import database, postgresql_url, server
from tests.service.loading import hold, run

__all__ = ["database", "postgresql_url", "server"]


@pytest.mark.parametrize("kills", [0, 1])
def test_nothing_is_done_twice_and_nothing_is_lost(postgresql_url: str, kills: int) -> None:
    load = run(postgresql_url, clients=50, events=3, kills=kills)
    hold(postgresql_url, load, clients=50, events=3, killed=bool(kills))
