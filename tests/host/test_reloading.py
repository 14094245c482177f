"""A new rule book under a running host: what it changes, what the feed says of it, and what it may not do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules_engine import Event, Host, MadeBy, Outcome, RuleBookError, decision_from_json, decision_to_json
from rules_engine.model.events import DocumentsReceived
from tests.acme import (
    ACME,
    ACME_NOTE,
    ALLY,
    AcmePlugin,
    found,
    host_on,
    loaded,
    replaced,
    requested,
    rule_file,
    rules_with_acme,
)

LATER = "2016-11-15"
"""Before the notes that ship were issued, so an edition from then on would speak for them."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return rules_with_acme(tmp_path)


@pytest.fixture
def host(root: Path) -> Host:
    return host_on(root, loaded(found("acme", AcmePlugin)), with_durable=False)


def held_since_june(event_id: str, cusip: str = ACME_NOTE) -> Event:
    """Make a request for notes held for three months, where the prospectus asks for six."""
    return requested(event_id, cusip=cusip, owner_ref=event_id, acquired_on=date(2017, 6, 1))


def asks_for_two_months(root: Path) -> None:
    replaced(rule_file(root), "value: 6 months", "value: 2 months")


def test_a_mended_rule_file_decides_from_the_reload_on(root: Path, host: Host) -> None:
    assert host.answer(held_since_june("a"))[0].outcome is Outcome.REJECTED
    asks_for_two_months(root)
    assert host.answer(held_since_june("b"))[0].outcome is Outcome.REJECTED, "the file alone changes nothing"
    before = host.book.digest_of(ACME)
    changed = host.reload()
    assert changed.programmes == {ACME: (before, host.book.digest_of(ACME))}
    assert host.answer(held_since_june("c"))[0].outcome is Outcome.ACCEPTED
    assert host.recorded("a")[0].outcome is Outcome.REJECTED, "what was answered stays answered"


def test_the_feed_says_from_which_decision_on_a_programme_has_another_book(root: Path, host: Host) -> None:
    before = host.book.digest_of(ACME)
    host.answer(held_since_june("a"))
    asks_for_two_months(root)
    host.reload()
    for event in (held_since_june("b"), held_since_june("c"), requested("ally")):
        host.answer(event)
    told = {each.event.event_id: each.book_before for each in host.decisions().items}
    assert told == {"a": "", "b": before, "c": "", "ally": ""}
    assert host.recorded("b")[0].made_by.book == host.book.digest_of(ACME) != before
    written = decision_to_json(host.recorded("b")[0])
    assert written["made_by"]["book_before"] == before
    assert decision_from_json(written).made_by == host.recorded("b")[0].made_by
    assert "book_before" not in decision_to_json(host.recorded("c")[0])["made_by"]
    assert MadeBy().book_before == ""


def test_a_request_under_way_goes_on_by_the_edition_of_its_note(root: Path, host: Host) -> None:
    papers = requested().documents
    (pended,) = host.answer(requested("a", cusip=ACME_NOTE, documents=frozenset()))
    assert pended.outcome is Outcome.PENDED
    (root / ACME / "2017-01-01").mkdir()
    for path in (root / ACME / "2015-08-10").glob("*.yaml"):
        text = path.read_text()
        first = "notes issued from: 2015-08-10"
        newer = text.replace(first, "notes issued from: 2017-01-01").replace("value: 6 months", "value: 12 months")
        (root / ACME / "2017-01-01" / path.name).write_text(newer)
        path.write_text(text.replace(first, f"{first}\nnotes issued until: 2016-12-31"))
    assert set(host.reload().programmes) == {ACME}
    (completed,) = host.answer(
        DocumentsReceived(
            event_id="d", received_on=date(2017, 9, 8), request_id="request of a", documents=papers or frozenset()
        )
    )
    assert completed.edition == pended.edition == f"{ACME}/2015-08-10"
    assert completed.outcome is Outcome.ACCEPTED, "held for nine months: six were asked for when the note was sold"


def test_a_note_may_not_pass_to_another_edition_than_it_was_sold_under(root: Path, host: Host) -> None:
    (root / ACME / LATER).mkdir()
    for path in (root / ACME / "2015-08-10").glob("*.yaml"):
        text = path.read_text().replace("notes issued from: 2015-08-10", f"notes issued from: {LATER}")
        (root / ACME / LATER / path.name).write_text(text)
    for path in (root / ACME / "2015-08-10").glob("*.yaml"):
        first = "notes issued from: 2015-08-10"
        path.write_text(path.read_text().replace(first, f"{first}\nnotes issued until: 2016-11-14"))
    book = host.book
    with pytest.raises(
        RuleBookError, match=f"note {ACME_NOTE} would pass from edition {ACME}/2015-08-10 to {ACME}/{LATER}"
    ):
        host.reload()
    assert host.book is book
    assert host.answer(requested("a", cusip=ACME_NOTE))[0].edition == f"{ACME}/2015-08-10"


def test_a_note_may_not_go_while_a_request_for_it_is_open(root: Path, host: Host) -> None:
    host.answer(requested("a", cusip=ACME_NOTE))
    (supplement,) = (root / ACME / "supplements").glob("*.yaml")
    supplement.unlink()
    with pytest.raises(
        RuleBookError, match=f"note {ACME_NOTE} is not in the new rule book, and requests for it are open"
    ):
        host.reload()
    assert host.preview(requested("b", cusip=ACME_NOTE, owner_ref="o-2"))[0].outcome is Outcome.ACCEPTED


def test_a_note_that_nobody_asks_for_may_go(root: Path, host: Host) -> None:
    (supplement,) = (root / ACME / "supplements").glob("*.yaml")
    supplement.unlink()
    assert set(host.reload().programmes) == {ACME}
    assert host.preview(requested("b", cusip=ACME_NOTE))[0].findings[0].name == "note not known"


def test_a_book_with_faults_is_refused_naming_them_and_the_old_one_goes_on(root: Path, host: Host) -> None:
    replaced(rule_file(root), "value: 6 months", "value: 6 moths")
    with pytest.raises(RuleBookError) as refused:
        host.reload()
    assert any("`moths` is not a unit of time" in problem.message for problem in refused.value.problems)
    assert not refused.value.trying_again_helps
    assert host.answer(requested("a", cusip=ACME_NOTE))[0].outcome is Outcome.ACCEPTED
    host.reload(despite_faults=True)
    assert host.answer(requested("b", cusip=ACME_NOTE, owner_ref="o-2"))[0].outcome is Outcome.REFERRED
    assert host.answer(requested("c", owner_ref="o-3"))[0].outcome is Outcome.ACCEPTED


def test_a_book_from_another_folder_is_the_one_read_again_later(root: Path, host: Host, tmp_path: Path) -> None:
    other = rules_with_acme(tmp_path / "other")
    asks_for_two_months(other)
    assert set(host.reload(other).programmes) == {ACME}
    replaced(rule_file(other), "value: 2 months", "value: 6 months")
    assert set(host.reload().programmes) == {ACME}
    assert host.reload().programmes == {}
    assert host.answer(held_since_june("a"))[0].outcome is Outcome.REJECTED


def test_other_programmes_notice_nothing(root: Path, host: Host) -> None:
    before = host.book.digest_of(ALLY)
    asks_for_two_months(root)
    host.reload()
    assert host.book.digest_of(ALLY) == before
    assert list(host.notices) == []
