"""A history and an event that is taken back is as if the event had never been, for each kind of event."""

from __future__ import annotations

import pytest

from .histories import Author
from .never_been import difference

HISTORIES = 40


@pytest.mark.parametrize("first", range(0, HISTORIES, 10))
def test_an_event_taken_back_is_as_if_it_had_never_been(first: int) -> None:
    for seed in range(first, first + 10):
        author = Author(seed)
        while len(author.events) < 30 and not author.model.left_open:
            author.write()
        found = difference(author.events, seed)
        assert found is None, f"history {seed}: {found}"
