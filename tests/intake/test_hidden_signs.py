"""Texts that only look alike: each is refused, with the sign that makes it another one named."""

from __future__ import annotations

import dataclasses
import json
import typing
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.errors import EventError
from rules_engine.intake import read_event
from rules_engine.intake.hidden_signs import is_hidden, why_refused
from rules_engine.model.events import EVENT_TYPES

REQUEST: dict[str, Any] = {
    "type": "survivors_option_requested",
    "event_id": "E-1",
    "received_on": "2017-06-01",
    "request_id": "R-1",
    "cusip": "02006DLF6",
    "principal": "25000.00",
}


def faults_with(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(EventError) as refused:
        read_event(json.dumps(REQUEST | changes))
    return [(fault.field, fault.message) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("owner-1 ", "ends with a blank (U+0020): delete it"),
        (" owner-1", "starts with a blank (U+0020): delete it"),
        ("owner  1", "has two blanks (U+0020) after the 5th character: write one"),
        (
            "owner\u00a0-1",
            "has a NO-BREAK SPACE (U+00A0) after the 5th character: delete it, or write an ordinary blank",
        ),
        ("owner\t1", "has a tab (U+0009) after the 5th character: delete it"),
        ("owner-1\n", "has a line feed (U+000A) after the 7th character: delete it"),
        ("\u2003owner", "has an EM SPACE (U+2003) before all else: delete it, or write an ordinary blank"),
        ("owner-1\u200b", "has a ZERO WIDTH SPACE (U+200B) after the 7th character: delete it"),
        ("\ufeffowner-1", "has a ZERO WIDTH NO-BREAK SPACE (U+FEFF) before all else: delete it"),
        ("o\u200dwner", "has a ZERO WIDTH JOINER (U+200D) after the 1st character: delete it"),
        ("ow\u2060ner", "has a WORD JOINER (U+2060) after the 2nd character: delete it"),
        ("own\u202eer", "has a RIGHT-TO-LEFT OVERRIDE (U+202E) after the 3rd character: delete it"),
        ("owner-10000\u00ad1", "has a SOFT HYPHEN (U+00AD) after the 11th character: delete it"),
        ("1" * 21 + "\u061c", "has an ARABIC LETTER MARK (U+061C) after the 21st character: delete it"),
        ("\u2603\ufe0f", "has a VARIATION SELECTOR-16 (U+FE0F) after the 1st character: delete it"),
        ("o\U000e0061", "has a TAG LATIN SMALL LETTER A (U+E0061) after the 1st character: delete it"),
        ("o\u3164", "has a HANGUL FILLER (U+3164) after the 1st character: delete it"),
        ("a\x00b", "has a control character (U+0000) after the 1st character: delete it"),
        ("a\x1bb", "has a control character (U+001B) after the 1st character: delete it"),
        ("a\x85b", "has a control character (U+0085) after the 1st character: delete it"),
        ("a\u2028b", "has a LINE SEPARATOR (U+2028) after the 1st character: delete it"),
        ("a\ud800b", "has a half character (U+D800) after the 1st character: delete it"),
        (
            "Mu\u0308ller",
            "has a COMBINING DIAERESIS (U+0308) after the 2nd character: "
            "write the text in Unicode's composed form, NFC",
        ),
        (
            "10 \u2126",
            "has an OHM SIGN (U+2126) after the 3rd character: write the text in Unicode's composed form, NFC",
        ),
    ],
)
def test_a_sign_that_makes_two_texts_look_alike_is_refused_by_name(written: str, message: str) -> None:
    assert faults_with(owner_ref=written) == [("owner_ref", message)]


@pytest.mark.parametrize(
    "written",
    [
        "owner-1",
        "owner 1",
        "a b c",
        "M\u00fcller-7",
        "\u0436\u00fc\u4e2d\u6587",
        "\u0928\u093f",
        "10 \u03a9",
        "\U0001f600",
        "x" * 200,
    ],
)
def test_letters_and_single_blanks_are_kept_as_they_are(written: str) -> None:
    event: Any = read_event(json.dumps(REQUEST | {"owner_ref": written}))
    assert event.owner_ref == written


TEXTS = [
    (event_class, field.name)
    for event_class in EVENT_TYPES
    for field in dataclasses.fields(event_class)
    if typing.get_type_hints(event_class)[field.name] in (str, str | None) and field.name not in ("cusip", "because")
]
"""Every field of every event that holds a name of the sender's choosing; a reason is prose, and names nothing."""
REASONS = [each for each in EVENT_TYPES if "because" in {field.name for field in dataclasses.fields(each)}]


def test_ids_and_references_are_such_texts() -> None:
    named = {name for _, name in TEXTS}
    assert {"event_id", "request_id", "notice_id", "owner_ref", "programme", "series"} <= named


@pytest.mark.parametrize(("event_class", "name"), TEXTS, ids=lambda each: getattr(each, "type", each))
@pytest.mark.parametrize("sign", [" ", "\u200b", "\u00a0", "\u202e", "\u0301"])
def test_no_text_of_any_event_may_have_one(event_class: Any, name: str, sign: str) -> None:
    with pytest.raises(EventError) as refused:
        read_event(json.dumps({"type": event_class.type, name: f"e{sign}"}))
    (message,) = [fault.message for fault in refused.value.faults if fault.field == name]
    assert f"(U+{ord(sign):04X})" in message


def faults_of_a_reason(event_class: Any, because: str) -> list[str]:
    with pytest.raises(EventError) as refused:
        read_event(json.dumps({"type": event_class.type, "because": because}))
    return [fault.message for fault in refused.value.faults if fault.field == "because"]


@pytest.mark.parametrize("event_class", REASONS, ids=lambda each: each.type)
@pytest.mark.parametrize("because", ["a  b ", " seen on 3 May", "cafe\u0301", "w" * 1000, "'\"`{}", "\u4e2d"])
def test_a_reason_is_any_prose(event_class: Any, because: str) -> None:
    assert faults_of_a_reason(event_class, because) == []


@pytest.mark.parametrize("event_class", REASONS, ids=lambda each: each.type)
@pytest.mark.parametrize(
    ("because", "message"),
    [
        ("", "must not be empty: say why"),
        ("  ", "must not be empty: say why"),
        ("\u00a0", "must not be empty: say why"),
        ("w" * 1001, "must be at most 1000 characters, not 1001"),
        ("right\u202eleft", "must hold nothing that does not show: `right?left`"),
        ("zero\u200bwidth", "must hold nothing that does not show: `zero?width`"),
        ("two\nlines", "must hold nothing that does not show: `two?lines`"),
        ("half\ud800", "must hold nothing that does not show: `half?`"),
    ],
)
def test_a_reason_says_something_and_hides_nothing(event_class: Any, because: str, message: str) -> None:
    assert faults_of_a_reason(event_class, because) == [message]


def test_a_name_or_a_word_with_such_a_sign_is_quoted_so_that_it_shows() -> None:
    assert faults_with(**{"owner\u200b_ref": "o"}) == [
        ("owner?_ref", "unknown field `owner?_ref`: did you mean `owner_ref`?")
    ]
    assert faults_with(registration="sole\u202eowner") == [
        ("registration", "unknown word `sole?owner`: did you mean `sole owner`?")
    ]


@given(st.text(max_size=60))
def test_a_text_that_is_kept_looks_like_no_other_text(text: str) -> None:
    if why_refused(text):
        return
    assert text == unicodedata.normalize("NFC", text) == " ".join(text.split())
    assert not [each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert all(each == " " for each in text if each.isspace())


@given(st.text(st.characters(exclude_categories=["C", "Z", "M"]), max_size=60))
def test_what_people_see_is_kept(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert not why_refused(composed) or any(map(is_hidden, composed))
