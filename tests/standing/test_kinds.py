"""The table of event kinds, and everything else that has to know of each type of event, is total.

Whoever adds a type of event and forgets one of the places is told here; that each has its section on the page of
events, with all its fields, is held in `tests/test_docs.py`.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import rules_engine.acceptance
from rules_engine.cli import answer_rows
from rules_engine.errors import EventError
from rules_engine.host import answering
from rules_engine.intake import read_event
from rules_engine.model.events import (
    EVENT_TYPES,
    Event,
    EventVoided,
    FaultMended,
    Particulars,
    PaymentDue,
    SurvivorsOptionRequested,
)
from rules_engine.standing import absences, deciding_again, folding, voiding
from rules_engine.standing.kinds import KINDS, Names, advance
from rules_engine.standing.requests import OVER, RequestState
from rules_engine.standing.standing import Standing
from tests.shipped import shipped

ABSTRACT = {Particulars}
"""Classes that only gather what several types of event have."""


def every_class(of: type[Event] = Event) -> Iterator[type[Event]]:
    """Walk through every class of events that the package declares.

    A dataclass with slots leaves the class it was made of behind, which goes by the same name and is nothing.
    """
    for event_class in of.__subclasses__():
        if vars(sys.modules[event_class.__module__]).get(event_class.__name__) is event_class:
            yield event_class
        yield from every_class(event_class)


TYPES = [event_class for event_class in every_class() if event_class not in ABSTRACT]


def named(event_class: type[Event]) -> str:
    return event_class.type


def test_each_type_of_event_is_listed_once_with_a_word_of_its_own() -> None:
    assert set(EVENT_TYPES) == set(TYPES)
    assert len(EVENT_TYPES) == len(TYPES)
    assert len({event_class.type for event_class in TYPES}) == len(TYPES)
    assert all(event_class.type for event_class in TYPES)
    assert not any(event_class.type for event_class in ABSTRACT)


def test_each_type_of_event_has_its_entry_in_the_table() -> None:
    assert set(KINDS) == set(TYPES)


def test_each_type_of_event_is_decided() -> None:
    assert set(answering._DECIDED) == set(TYPES)


@pytest.mark.parametrize("event_class", TYPES, ids=named)
def test_each_type_of_event_is_read(event_class: type[Event]) -> None:
    with pytest.raises(EventError) as refused:
        read_event(json.dumps({"type": event_class.type}))
    missing = {fault.field for fault in refused.value.faults}
    assert "type" not in missing
    assert {"event_id", "received_on"} <= missing


@pytest.mark.parametrize("event_class", TYPES, ids=named)
def test_each_type_of_event_is_called_something_by_the_commands(event_class: type[Event]) -> None:
    words = answer_rows._WORDS[event_class.type]
    assert words == KINDS[event_class].words
    assert words
    assert words == words.strip()
    assert "_" not in words


def test_no_two_types_of_event_are_called_alike() -> None:
    words = [kind.words for kind in KINDS.values()]
    assert len(set(words)) == len(words)


def sent_by_steps() -> set[str]:
    """List every text that the modules of acceptance steps write down."""
    folder = Path(rules_engine.acceptance.__file__).parent
    trees = (ast.parse(path.read_text()) for path in folder.glob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("event_class", TYPES, ids=named)
def test_each_type_of_event_is_sent_by_a_sentence_of_features(event_class: type[Event]) -> None:
    assert event_class.type in sent_by_steps()


FIELD_OF = {
    Names.PROGRAMME: {"programme"},
    Names.NOTE: {"cusip"},
    Names.PROGRAMME_OR_NOTE: {"programme", "cusip"},
    Names.REQUEST: {"request_id"},
    Names.NOTICE: {"notice_id"},
    Names.EVENT: {"voids"},
    Names.MENDED: {"mends"},
}


@pytest.mark.parametrize("event_class", TYPES, ids=named)
def test_each_type_of_event_has_the_fields_its_programme_is_found_by(event_class: type[Event]) -> None:
    assert FIELD_OF[KINDS[event_class].names] <= {field.name for field in fields(event_class)}


def test_every_way_to_name_a_programme_is_known() -> None:
    assert set(FIELD_OF) == set(Names)


def test_what_can_change_nothing_or_cannot_be_voided_alone_has_nothing_to_take_off() -> None:
    without = {event_class for event_class, kind in KINDS.items() if kind.take_off is voiding.nothing_to_take_off}
    assert without == {PaymentDue, EventVoided, FaultMended}
    unchanging = {event_class for event_class, kind in KINDS.items() if kind.changes is absences.of_nobody}
    assert unchanging == without
    unfolded = {event_class for event_class, kind in KINDS.items() if kind.fold is folding.nothing_changes}
    assert unfolded == without, "the last two are folded as what they take back, or mend"


def test_a_question_makes_nobody_decided_again_and_moves_no_request() -> None:
    kind = KINDS[PaymentDue]
    assert kind.again is deciding_again.none_again
    assert kind.moves == {}


@pytest.mark.parametrize("event_class", TYPES, ids=named)
def test_a_request_that_is_over_is_moved_only_by_what_is_taken_back(event_class: type[Event]) -> None:
    if event_class is EventVoided:
        return
    moved = {state for state in KINDS[event_class].moves if state in OVER - {RequestState.VOIDED}}
    assert moved == set()
    assert (RequestState.VOIDED in KINDS[event_class].moves) is (event_class is SurvivorsOptionRequested)


def test_an_event_without_a_kind_cannot_be_recorded() -> None:
    class Overheard(Event):
        type = "overheard"

    host = shipped(with_durable=False)
    made = read_event('{"type":"year_opened","event_id":"y","received_on":"2018-01-02","programme":"a/b","year":2018}')
    decision = host.preview(made)[0]
    event = Overheard(event_id="o", received_on=made.received_on)
    with pytest.raises(KeyError):
        advance(Standing("a/b"), event, decision, lambda _: None, part=0)
