"""The ledger in memory."""

from __future__ import annotations

import threading

import pytest

from rules_engine.errors import LedgerError
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.ledger.opening import open_ledger
from tests.ledger.contract import LedgerContract, Opening, folded, stands
from tests.ledger.events import read, request
from tests.ledger.rules import PROGRAMME
from tests.shipped import shipped


class TestMemory(LedgerContract):
    @pytest.fixture
    def opening(self) -> Opening:
        ledger = open_ledger("memory:", read_event)
        return lambda: ledger


def test_is_new_every_time() -> None:
    shipped(open_ledger("memory:", read_event)).answer(read(request(1))[0])
    assert list(open_ledger("memory:", read_event).entries()) == []


def test_refuses_to_be_only_read() -> None:
    with pytest.raises(LedgerError, match="new every time, so there is nothing in it to read: give `sqlite:"):
        open_ledger("memory:", read_event, create=False)


def test_threads_may_share_a_host() -> None:
    host = shipped(MemoryLedger())
    shares = [read(*(request(f"{thread}-{number}") for number in range(50))) for thread in range(4)]
    threads = [threading.Thread(target=lambda share=share: [host.answer(event) for event in share]) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert host.ledger.standing(PROGRAMME).at == 200
    assert stands(host.ledger) == folded(host.ledger, PROGRAMME)
