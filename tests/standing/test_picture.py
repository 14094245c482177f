"""The page on the life of a request shows the table of event kinds as it is."""

from __future__ import annotations

import pytest

from rules_engine.model.events import EventVoided, FaultMended
from rules_engine.standing.kinds import KINDS
from rules_engine.standing.requests import RequestState
from tests.standing.picture import PAGE, drawn, with_picture


def test_the_page_has_the_picture_that_the_table_gives() -> None:
    page = PAGE.read_text()
    assert with_picture(page) == page, "the picture is an old one; draw it with `python -m tests.standing.picture`"


@pytest.mark.parametrize("state", RequestState)
def test_the_picture_has_each_state_with_a_way_into_it(state: RequestState) -> None:
    name = state.value.replace(" ", "_")
    assert f"--> {name}" in drawn()


def test_the_picture_names_each_event_that_moves_a_request() -> None:
    moving = {kind.words for event, kind in KINDS.items() if kind.moves and event not in (EventVoided, FaultMended)}
    told = {word.strip() for line in drawn().splitlines() for word in line.partition(" : ")[2].split(",<br/>")}
    words = {word for several in told for word in several.split(", ")}
    assert moving <= words
    assert {kind.words for kind in KINDS.values() if not kind.moves}.isdisjoint(words)


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match="has no `<!-- states -->`"):
        with_picture("# A page\n")
