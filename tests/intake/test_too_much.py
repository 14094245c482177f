"""Lines that hold far too much are refused at once, and in few words."""

from __future__ import annotations

import io
import json
import time
import typing
from typing import Any

import pytest

from rules_engine.errors import EventError, FieldFault
from rules_engine.intake import lines_in, read_event
from rules_engine.intake.faults import Faults
from rules_engine.intake.lines import LONGEST_LINE
from rules_engine.intake.values import words_reader
from rules_engine.model.event_words import Document

from .test_hidden_signs import REQUEST

SECONDS = 2
"""Far more than any of these takes, and far less than what reads them word by word takes."""

PAPERS = typing.get_args(Document)


def faults_of(line: str | bytes) -> list[tuple[str, str]]:
    began = time.monotonic()
    with pytest.raises(EventError) as refused:
        read_event(line)
    assert time.monotonic() - began < SECONDS
    return [(fault.field, fault.message) for fault in refused.value.faults]


def with_fields(**fields: Any) -> str:
    return json.dumps(REQUEST | fields)


def test_every_paper_there_is_can_be_listed_and_no_more() -> None:
    assert len(PAPERS) == 14
    assert read_event(with_fields(documents=PAPERS)).documents == set(PAPERS)  # type: ignore[attr-defined]
    assert faults_of(with_fields(documents=[*PAPERS, "tax waiver"])) == [
        ("documents", "lists 15 words; at most 14 can be listed, each once")
    ]


def test_one_paper_listed_thirty_thousand_times_is_refused_at_once() -> None:
    line = with_fields(documents=["tax waiver"] * 30_000)
    assert faults_of(line) == [("documents", "lists 30,000 words; at most 14 can be listed, each once")]


def test_of_very_many_words_a_hundred_can_be_listed() -> None:
    words = [f"word {number}" for number in range(500)]
    read = words_reader(words)
    assert len(read(words[:100])) == 100
    with pytest.raises(ValueError, match="lists 101 words; at most 100 can be listed"):
        read(words[:101])
    with pytest.raises(ValueError, match="`word 7` is listed twice"):
        read([*words[:50], "word 7"])


def padded(length: int) -> str:
    """Write a request of so many bytes in all."""
    written = json.dumps(REQUEST)
    return written[:-1] + " " * (length - len(written)) + "}"


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_line_of_two_million_bytes_is_read_and_one_more_is_refused(ending: str) -> None:
    longest, longer = padded(LONGEST_LINE) + ending, padded(LONGEST_LINE + 1) + ending
    for line in (longest, longest.encode()):
        assert read_event(line).event_id == "E-1"
    for line in (longer, longer.encode()):
        assert faults_of(line) == [("", "the line is longer than 2,000,000 bytes; an event takes far less")]


def test_bytes_are_counted_and_not_characters() -> None:
    line = json.dumps(REQUEST | {"owner_ref": "\u00fc" * 1_200_000}, ensure_ascii=False)
    assert len(line) < LONGEST_LINE < len(line.encode())
    assert faults_of(line) == faults_of(line.encode())
    assert faults_of(line)[0][0] == ""


def test_a_line_of_many_megabytes_is_not_parsed() -> None:
    assert faults_of(b"[" * 50_000_000) == [("", "the line is longer than 2,000,000 bytes; an event takes far less")]


class NeverAllAtOnce(io.BytesIO):
    """A file that gives no line without being told how long it may be."""

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size < 2 * LONGEST_LINE
        return super().readline(size)

    def __next__(self) -> bytes:
        raise AssertionError("a line of any length was asked for")


@pytest.mark.parametrize(
    "length", [LONGEST_LINE - 1, LONGEST_LINE, LONGEST_LINE + 1, LONGEST_LINE + 2, 4 * LONGEST_LINE]
)
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_file_gives_each_line_once_however_long_it_is(length: int, ending: bytes) -> None:
    long = padded(length).encode() + ending
    lines = list(lines_in(NeverAllAtOnce(b"one\n" + long + b"two\n" + long[:-1])))
    assert lines[::2] == [b"one\n", b"two\n"]
    assert len(lines) == 4
    for line in (lines[1], lines[3]):
        if length <= LONGEST_LINE:
            assert read_event(line).event_id == "E-1"
        else:
            assert faults_of(line)[0][1].startswith("the line is longer than")


def test_a_hundred_thousand_unknown_fields_are_answered_quickly() -> None:
    line = json.dumps({**REQUEST, **{f"{place:x}": 0 for place in range(100_000)}})
    faults = faults_of(line)
    assert len(faults) == 20
    assert all(message.startswith(f"unknown field `{field}`: ") for field, message in faults[:19])
    assert faults[19] == ("", "and 99,981 more faults")


def test_keys_given_twice_very_often_are_answered_quickly() -> None:
    keys = ",".join(f'"{place:x}":1,"{place:x}":1' for place in range(45_000))
    faults = faults_of('{"type": "call_noticed", ' + keys + "}")
    assert faults[:2] == [("0", "`0` is given twice"), ("1", "`1` is given twice")]
    assert (len(faults), faults[19][0]) == (20, "")


@pytest.mark.parametrize("count", [19, 20])
def test_up_to_twenty_faults_are_all_told(count: int) -> None:
    faults = faults_of(with_fields(**{f"unknown {place}": 0 for place in range(count)}))
    assert [field for field, _ in faults] == [f"unknown {place}" for place in range(count)]


def test_of_twenty_one_faults_the_last_told_says_that_there_are_two_more() -> None:
    faults = faults_of(with_fields(**{f"unknown {place}": 0 for place in range(21)}))
    assert [field for field, _ in faults] == [*(f"unknown {place}" for place in range(19)), ""]
    assert faults[-1] == ("", "and 2 more faults")


def test_what_is_wrong_with_known_fields_comes_before_unknown_ones() -> None:
    faults = faults_of(with_fields(cusip="x", **{f"unknown {place}": 0 for place in range(100)}))
    assert faults[0] == ("cusip", "a CUSIP is 9 characters, not 1: `x`")


def test_only_faults_that_are_told_are_put_into_words() -> None:
    told: list[int] = []

    def tell(number: int) -> FieldFault:
        told.append(number)
        return FieldFault(field=str(number), message="")

    faults = Faults()
    faults.note(range(1_000_000), tell)
    assert len(faults.error().faults) == len(told) == 20
