"""Proof of several programmes at once, against what was known before, and what may be the cause of a difference."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from rules_engine.deciding.declaring import by_name, fact
from rules_engine.deciding.receipt import sealed
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host
from rules_engine.ledger.base import Answer, Entry, Ledger
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.canonical import event_to_json
from rules_engine.model.decisions import MadeBy
from rules_engine.model.events import Event
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import ClauseWords
from rules_engine.workbench.verifying import Head, Verification, proved, verify
from tests.acme import (
    ACME,
    ACME_NOTE,
    AcmePlugin,
    found,
    host_on,
    loaded,
    replaced,
    requested,
    rule_file,
    rules_with_acme,
)
from tests.ledger.events import read, request, withdrawal
from tests.shipped import shipped

HOST = shipped()
ALLY, PROSPECT = "ally/term-notes-a", "prospect/internotes"
PROSPECTS_NOTE = "74348YMA6"
EVENTS = read(
    request(1),
    request(2, cusip=PROSPECTS_NOTE),
    withdrawal(3, of="nobody"),
    request(4, principal="6000.00"),
    request(5, cusip=PROSPECTS_NOTE),
    withdrawal(6, of="nobody"),
)
"""Two events of each of two programmes, and two of none."""


def verified(
    ledger: Ledger, plugins: dict[str, str] | None = None, earlier: dict[str, Head] | None = None
) -> Verification:
    versions = HOST.plugins.versions if plugins is None else plugins
    return proved(verify(ledger, HOST.vocabulary, with_durable=False, plugins=versions, earlier=earlier))


def answered(*events: Event) -> Ledger:
    ledger = MemoryLedger()
    host = host_of(ledger)
    for event in events:
        host.answer(event)
    return ledger


def host_of(ledger: Ledger) -> Host:
    return Host(HOST.book, HOST.plugins, HOST.vocabulary, ledger, with_durable=False)


def forged(event: Event, made_by: MadeBy | None = None, **changes: Any) -> Ledger:
    """Record an answer that the rules do not give, with the receipt of its content."""
    ledger = MemoryLedger()
    host = host_of(ledger)
    (answer,) = host.decide(event, ledger.standing(host.programme_of(event)))
    decision = sealed(replace(answer.decision, **changes), event_to_json(event))
    host.record([Answer(event=event, decision=replace(decision, made_by=made_by or decision.made_by))])
    return ledger


# Several programmes


class Altered:
    """A ledger in which somebody altered what stands at some places of the chain."""

    def __init__(self, ledger: Ledger, *places: tuple[str, int]) -> None:
        self._ledger, self._places = ledger, places

    def entries(self, programme: str | None = None) -> Any:
        for entry in self._ledger.entries(programme):
            hit = (entry.programme, entry.position) in self._places
            yield replace(entry, decision=f"{entry.decision} ") if hit else entry

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


def test_every_programme_is_proved_though_one_before_it_differs() -> None:
    ledger = answered(*EVENTS)
    assert {code: position for code, (position, _) in ledger.heads().items()} == {"": 2, ALLY: 2, PROSPECT: 2}
    done = verified(ledger)
    assert (done.differences, done.entries) == ([], 6)


def at(done: Verification) -> list[tuple[str, int]]:
    return [(each.programme, each.position) for each in done.differences]


@pytest.mark.parametrize(
    ("places", "entries"),
    [
        ([(ALLY, 1)], 4),
        ([(ALLY, 2)], 5),
        ([(PROSPECT, 1)], 4),
        ([(ALLY, 1), (PROSPECT, 2)], 3),
        ([(ALLY, 2), (PROSPECT, 1)], 3),
        ([("", 2), (ALLY, 1), (PROSPECT, 1)], 1),
    ],
)
def test_a_difference_in_one_programme_hides_none_of_the_next(places: list[tuple[str, int]], entries: int) -> None:
    done = verified(Altered(answered(*EVENTS), *places))  # a ledger but for one walk
    assert at(done) == places
    assert done.entries == entries


def test_of_one_programme_the_first_difference_alone_is_told() -> None:
    done = verified(Altered(answered(*EVENTS), (ALLY, 1), (ALLY, 2)))
    assert at(done) == [(ALLY, 1)]


class Forgery(MemoryLedger):
    """A ledger whose entries somebody wrote who does not decide by them."""

    def _index(self, entry: Entry, answer: Answer) -> None:
        with suppress(KeyError):
            super()._index(entry, answer)


def test_an_answer_to_a_request_that_nobody_made_is_a_difference_and_no_fault_of_verify() -> None:
    (event,) = read(request(1, cusip="912828ZQ6"))  # a note of no supplement: its receipt alone is worked out anew
    ledger = Forgery()
    (answer,) = host_of(ledger).decide(event, ledger.standing(""))
    second = replace(answer.decision, request_id="nobody", standing_at=1)
    ledger.record("", 0, [answer, Answer(event=event, decision=sealed(second, event_to_json(event)))], {})
    (difference,) = verified(ledger).differences
    assert (difference.programme, difference.position) == ("", 2)
    assert difference.what == "it does not follow from the entries before it: 'nobody'"


# What was known before


def heads_after(count: int) -> dict[str, Head]:
    return dict(verified(answered(*EVENTS[:count])).heads)


@pytest.mark.parametrize("count", range(len(EVENTS) + 1))
def test_a_ledger_that_only_grew_since_holds_every_earlier_head(count: int) -> None:
    done = verified(answered(*EVENTS), earlier=heads_after(count))
    assert (done.differences, done.entries) == ([], 6)


def test_an_end_cut_off_since_is_found_in_each_programme_that_lost_it() -> None:
    before = heads_after(6)
    done = verified(answered(*EVENTS[:4]), earlier=before)
    assert at(done) == [("", 2), (PROSPECT, 2)]
    assert str(done.differences[1]) == (
        f"the last entry of `{PROSPECT}`: the earlier head has 2 entries, the ledger ends at 1: its end was cut off"
    )


def test_a_programme_gone_altogether_is_found() -> None:
    done = verified(answered(*EVENTS[:1]), earlier=heads_after(6))
    assert at(done) == [("", 1), (ALLY, 2), (PROSPECT, 1)]
    assert "the ledger ends at 0: its end was cut off" in done.differences[0].what


def test_a_ledger_written_anew_with_other_events_is_found_where_it_was_known() -> None:
    done = verified(answered(*read(request(7), request(8), request(9))), earlier={ALLY: heads_after(6)[ALLY]})
    assert at(done) == [(ALLY, 2)]
    assert done.differences[0].event_id == "event-8"
    assert done.differences[0].what.endswith("the ledger was written anew since")


# What may be the cause


REQUEST = EVENTS[0]
OTHERWISE = {"decision_id": "another#1"}


def cause(made_by: MadeBy, plugins: dict[str, str]) -> str:
    (difference,) = verified(forged(REQUEST, made_by, **OTHERWISE), plugins).differences
    assert difference.what == "decided again it has the same receipt, but other words: `decision_id`"
    return difference.cause


NOW = version("retail-note-rules")


@pytest.mark.parametrize(
    ("made_by", "plugins", "told"),
    [
        (MadeBy(engine=NOW, plugins={"ally": "1.0"}), {"ally": "1.0", "new": "3.0"}, ""),
        (MadeBy(engine=NOW, plugins={"ally": "1.0"}), {}, "plugin `ally` 1.0 is gone"),
        (MadeBy(engine=NOW, plugins={"ally": "1.0"}), {"ally": "1.1"}, "plugin `ally` was 1.0 and is 1.1"),
        (MadeBy(engine="0.0.9", plugins={"ally": "1.0"}), {"ally": "1.0"}, f"the engine was 0.0.9 and is {NOW}"),
        (
            MadeBy(engine="0.0.9", plugins={"ally": "1.0", "words": "2.1"}),
            {"ally": "2.0"},
            f"plugin `ally` was 1.0 and is 2.0; plugin `words` 2.1 is gone; the engine was 0.0.9 and is {NOW}",
        ),
        (MadeBy(), {"ally": "1.0"}, ""),
    ],
)
def test_what_is_gone_or_of_another_version_since_is_told_with_a_difference(
    made_by: MadeBy, plugins: dict[str, str], told: str
) -> None:
    assert cause(made_by, plugins) == told


def test_the_cause_stands_behind_what_differs() -> None:
    ledger = forged(REQUEST, MadeBy(engine=NOW, plugins={"ally": "1.0"}), **OTHERWISE)
    (difference,) = verified(ledger, {}).differences
    assert str(difference).endswith("but other words: `decision_id` (since then: plugin `ally` 1.0 is gone)")


def test_what_made_an_answer_is_no_difference_by_itself() -> None:
    made_by = MadeBy(engine="0.0.9", plugins={"gone": "1.0"}, book="sha256:0")
    assert verified(forged(REQUEST, made_by)).differences == []


class WithWord(AcmePlugin):
    """A plugin that brings a word of its own."""

    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        @fact("days of mourning", Kind.DAYS)
        def days_of_mourning(case: object) -> int:
            """Calendar days of mourning."""
            return 7

        facts = by_name((days_of_mourning,))
        return (ClauseWords(clause="survivors option", facts=facts, terms={}, payment={}),)


RULE = """
rules:
  - rule: mourning
    when:
      days of mourning: less than 7 days
    then: refer
    because: The family is in mourning.
    cite: Mourning

terms:
"""


def test_a_plugin_whose_word_decided_is_named_when_it_is_gone(tmp_path: Path) -> None:
    root = rules_with_acme(tmp_path)
    replaced(rule_file(root), "\nterms:\n", RULE)
    host = host_on(root, loaded(found("acme-words", WithWord, "4.2")))
    (decision,) = host.answer(requested(cusip=ACME_NOTE))
    assert (decision.programme, decision.made_by.plugins) == (ACME, {"acme-words": "4.2"})
    assert proved(verify(host.ledger, host.vocabulary, with_durable=False, plugins={})).differences == []
    (difference,) = verified(host.ledger).differences
    assert difference.what.startswith("it cannot be decided again: ")
    assert "`days of mourning`" in difference.what
    assert difference.cause == "plugin `acme-words` 4.2 is gone"
