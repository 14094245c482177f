from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules_engine.desk.letter_content import LetterKind, NoLetter, letter_for
from rules_engine.desk.letter_writing import HTML, TEXT, LetterFault, write_letter
from rules_engine.host import Host, shipped_rules
from tests.ledger.events import elected, read, request
from tests.shipped import shipped

ASKED = {
    "accepted": [request("a", principal="25000.00")],
    "papers-missing": [request("a", documents=["repayment request"])],
    "refused": [request("a", acquired_on="2017-02-02")],
    "carried-over": [
        elected(2017),
        request("z", principal="250000.00", owner_ref="o"),
        request("a", principal="20000.00", owner_ref="o", received_on="2017-08-02", cusip="02006DLG4"),
    ],
    "under-review": [request("a", owner_at_death="in doubt")],
}


def host_with(*events: dict[str, Any], host: Host | None = None) -> Host:
    host = host or shipped()
    for event in read(*events):
        host.answer(event)
    return host


@pytest.mark.parametrize("kind", list(LetterKind))
def test_each_state_has_its_letter_in_both_layouts_on_one_page(kind: LetterKind) -> None:
    host = host_with(*ASKED[kind])
    letter = letter_for(host, "request-a")
    assert letter.kind is kind
    text, html = write_letter(host, letter, TEXT), write_letter(host, letter, HTML)
    for written in (text, html):
        assert "request-a" in written
        assert "Ally Financial" in written
    assert max(map(len, text.splitlines())) <= 80
    assert len(text.splitlines()) <= 60, "a printed page has about sixty lines"


def test_an_accepted_request_is_told_its_day_and_amounts() -> None:
    host = host_with(*ASKED["accepted"])
    text = write_letter(host, letter_for(host, "request-a"))
    # twenty days after 1 August; 25,000 x .035 x 30/360 = 72.9166...
    assert "$25,000 of principal will be paid on Friday, 15 September 2017." in text
    assert "paid with it: $72.92." in text
    assert "(Survivor's option, right to repayment)" in text


def test_missing_papers_are_listed_with_the_last_day_for_the_next_repayment() -> None:
    host = host_with(*ASKED["papers-missing"])
    text = write_letter(host, letter_for(host, "request-a"))
    for paper in ("death certificate", "signature guarantee", "proof of ownership", "letters of authority"):
        assert f"\n- {paper}\n" in text
    assert "What reaches us by Saturday, 26 August 2017" in text


def test_a_refusal_gives_the_finding_and_its_clause_and_nothing_that_speaks_for_it() -> None:
    host = host_with(*ASKED["refused"])
    letter = letter_for(host, "request-a")
    assert [reason.cite for reason in letter.reasons] == ["Survivor's option, holding period"]
    assert letter.reasons[0].because == "The notes were held 5 months before the request; 6 months are needed."


def test_what_is_carried_over_keeps_its_place_and_needs_no_new_request() -> None:
    host = host_with(*ASKED["carried-over"])
    letter = letter_for(host, "request-a")
    text = write_letter(host, letter)
    assert (str(letter.carried_over), str(letter.accepted), letter.decided_again_on) == (
        "$20,000",
        "$0",
        date(2018, 1, 1),
    )
    assert "You need not ask again" in text
    assert "Monday, 1 January 2018" in text


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_that_rests_on_a_draft_is_marked_so_across_the_page(kind: LetterKind) -> None:
    host = host_with(*ASKED[kind])
    letter = letter_for(host, "request-a")
    assert letter.is_provisional
    assert write_letter(host, letter).count("PROVISIONAL: DO NOT SEND") == 2
    assert 'class="watermark"' in write_letter(host, letter, HTML)


def test_no_letter_answers_a_request_that_is_not_there_or_is_over_otherwise() -> None:
    with pytest.raises(NoLetter, match="no request `request-a` is on the ledger"):
        letter_for(shipped(), "request-a")
    voided = {
        "type": "event_voided",
        "event_id": "void",
        "received_on": "2017-08-02",
        "voids": "event-a",
        "decided_by": "clerk-1",
        "because": "entered twice",
    }
    with pytest.raises(NoLetter, match="no request `request-a`"):
        letter_for(host_with(request("a"), voided), "request-a")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A working copy of one issuer, with a folder for its own letters."""
    shutil.copytree(shipped_rules() / "ally", tmp_path / "book" / "ally")
    (tmp_path / "book" / "ally" / "letters").mkdir()
    return tmp_path / "book"


def test_an_issuers_own_layout_takes_the_place_of_ours_and_may_stand_on_it(own: Path) -> None:
    (own / "ally" / "letters" / "accepted.txt").write_text(
        '{% extends "frame.txt" %}{% block body %}Dear representative, {{ letter.accepted }} it is.{% endblock %}'
    )
    host = host_with(request("a", principal="25000.00"), host=Host.open(own, with_durable=False))
    assert host.book.own_problems == ()
    letter = letter_for(host, "request-a")
    text = write_letter(host, letter)
    assert "Dear representative, $25,000 it is." in text
    assert "Your reference: request-a" in text
    assert "PROVISIONAL" in text
    assert "Your request is accepted" in write_letter(host, letter, HTML)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("one\n{{ letter.nothing }}", r"ally/letters/accepted\.txt:2:1: .*nothing"),
        ("one\n{% if %}", r"ally/letters/accepted\.txt:2:1: "),
        ("{{ letter.__class__.__mro__ }}", r"ally/letters/accepted\.txt:1:1: .*unsafe"),
        ('{% include "../../secret" %}', r"secret"),
    ],
)
def test_a_layout_that_cannot_be_used_is_named_with_its_line(own: Path, template: str, told: str) -> None:
    (own / "ally" / "letters" / "accepted.txt").write_text(template)
    host = host_with(request("a"), host=Host.open(own, with_durable=False))
    with pytest.raises(LetterFault, match=told):
        write_letter(host, letter_for(host, "request-a"))


def test_what_an_event_says_is_never_taken_for_markup() -> None:
    host = host_with(request("<script>alert(1)</script>"))
    html = write_letter(host, letter_for(host, "request-<script>alert(1)</script>"), HTML)
    assert "<script>" not in html
    assert "request-&lt;script&gt;" in html
