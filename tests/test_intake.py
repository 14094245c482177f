"""What is read as an event, what is refused, and in which words."""

from __future__ import annotations

import dataclasses
import json
import typing
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.errors import EventError
from rules_engine.intake import event_to_json, read_event
from rules_engine.intake.hidden_signs import why_refused
from rules_engine.intake.pairing import fields_apart
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.model.cusips import check_digit, is_valid_cusip
from rules_engine.model.event_words import AddedWord, Document, Notified
from rules_engine.model.events import (
    EVENT_TYPES,
    Event,
    SurvivorsOptionRequested,
)
from rules_engine.model.money import Money

REQUEST: dict[str, Any] = {
    "type": "survivors_option_requested",
    "event_id": "E-1",
    "received_on": "2017-06-01",
    "request_id": "R-1",
    "cusip": "02006DLF6",
    "principal": "25000.00",
}
CALL: dict[str, Any] = {
    "type": "call_noticed",
    "event_id": "E-2",
    "received_on": "2017-11-15",
    "notice_id": "N-1",
    "cusip": "02006DLG4",
    "notice_given_on": "2017-11-15",
    "redeem_on": "2017-12-15",
    "principal": "all",
}
ELECTION: dict[str, Any] = {
    "type": "limits_elected",
    "event_id": "E-3",
    "received_on": "2017-01-03",
    "programme": "ally/term-notes-a",
    "year": 2017,
    "annual": True,
    "individual": False,
}
REPORT: dict[str, Any] = {
    "type": "outstanding_reported",
    "event_id": "E-4",
    "received_on": "2017-01-03",
    "programme": "ally/term-notes-a",
    "as_of": "2016-12-31",
    "principal": "25000000.00",
}


def faults_of(line: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(EventError) as refused:
        read_event(line)
    return [(fault.field, fault.message) for fault in refused.value.faults]


def faults_with(event: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    return faults_of(json.dumps(event | changes))


def read_with(event: dict[str, Any], **changes: Any) -> Any:
    return read_event(json.dumps(event | changes))


def test_reads_a_request_with_nothing_but_what_it_needs() -> None:
    assert read_event(json.dumps(REQUEST)) == SurvivorsOptionRequested(
        event_id="E-1",
        received_on=date(2017, 6, 1),
        request_id="R-1",
        cusip="02006DLF6",
        principal=Money.parse("25000"),
    )


def test_what_is_left_out_is_unknown_and_not_false() -> None:
    request = read_event(json.dumps(REQUEST))
    assert isinstance(request, SurvivorsOptionRequested)
    assert request.co_owner_is_spouse is None
    assert request.documents is None
    assert request.trigger == "death"


def test_a_list_that_is_empty_is_known_to_be_empty() -> None:
    assert read_with(REQUEST, documents=[]).documents == frozenset()


def test_reads_bytes_as_utf_8_and_ignores_the_line_break() -> None:
    line = json.dumps(REQUEST | {"owner_ref": "Müller-7"}, ensure_ascii=False) + "\r\n"
    assert read_event(line.encode()) == read_event(line)


def test_every_fault_of_a_line_is_told_in_the_order_of_the_fields() -> None:
    line = '{"type": "year_opened", "year": "2017", "year": true, "program": "ally", "event_id": ""}'
    assert faults_of(line) == [
        ("year", "`year` is given twice"),
        ("event_id", "must not be empty"),
        ("received_on", "`received_on` is missing"),
        ("programme", "`programme` is missing"),
        ("year", "a year is written as a bare number, like 2017"),
        ("program", "unknown field `program`: did you mean `programme`?"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "the line is empty"),
        (" \t\n", "the line is empty"),
        (b"\xff{}", "the line is not UTF-8 text from byte 1 on"),
        (b'{"\xc3"}', "the line is not UTF-8 text from byte 3 on"),
        ("\ufeff{}", "the line starts with a byte order mark; save the file as UTF-8 without one"),
        ("{'a': 1}", "the line stops being JSON at character 2"),
        ('{"a": 1} {"a": 1}', "the line stops being JSON at character 10"),
        ('{"a": NaN}', "`NaN` is not a JSON number"),
        ('{"a": -Infinity}', "`-Infinity` is not a JSON number"),
        ("[" * 100_000, "the line is nested too deep; an event is one flat object"),
        ('{"year": ' + "9" * 5_000 + "}", "the line holds a number of far too many digits"),
        ("[]", "an event is one JSON object, not a list"),
        ('"call_noticed"', "an event is one JSON object, not a text"),
        ("null", "an event is one JSON object, not null"),
        ("true", "an event is one JSON object, not true or false"),
        ("7", "an event is one JSON object, not a number"),
        ("7.5", "an event is one JSON object, not a number"),
    ],
)
def test_a_line_that_is_no_object_is_refused_as_a_whole(line: str | bytes, message: str) -> None:
    assert faults_of(line) == [("", message)]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("call_notice", "unknown event type `call_notice`: did you mean `call_noticed`?"),
        (7, "must be a text in quotes"),
    ],
)
def test_an_unknown_type_is_refused(word: object, message: str) -> None:
    assert faults_with(CALL, type=word) == [("type", message)]


def test_a_missing_type_is_refused_with_the_types_there_are() -> None:
    ((field, message),) = faults_of("{}")
    assert field == "type"
    assert message.startswith("`type` is missing: it can be `survivors_option_requested`, ")
    assert message.endswith("`year_opened`, `event_voided` or `fault_mended`")


def test_an_unknown_field_like_no_other_is_refused_with_the_fields_there_are() -> None:
    ((field, message),) = faults_with(ELECTION, xyz=1)
    assert (field, message) == (
        "xyz",
        "unknown field `xyz`: it can be `type`, `event_id`, `received_on`, `programme`, `year`, `annual`, "
        "`individual`, `annual_amount`, `individual_amount`, `owner_ref`, `series_limit`, `series_amount`, "
        "`issue_limit` or `issue_amount`",
    )


def test_null_leaves_out_what_may_be_left_out_and_nothing_else() -> None:
    assert faults_with(REQUEST, owner_ref=None, cusip=None) == [("cusip", "must be given, and `null` gives nothing")]
    without = {name: value for name, value in REQUEST.items() if name != "owner_ref"}
    assert read_with(REQUEST, owner_ref=None, trigger=None) == read_with(without)


@pytest.mark.parametrize("written", [25000, 25000.0, True, ["25000.00"]])
def test_money_that_is_not_text_is_refused(written: object) -> None:
    assert faults_with(REQUEST, principal=written) == [("principal", 'money is written in quotes: write "25000.00"')]


@pytest.mark.parametrize(
    "written", ["", "25,000.00", "25000.", ".5", "1e3", "+5", " 5", "$5", "1.005", "\u0665", "9" * 16]
)
def test_money_that_is_not_plain_digits_is_refused(written: str) -> None:
    assert faults_with(REQUEST, principal=written) == [
        ("principal", f'`{written}` is no amount: write "25000.00", at most 15 digits and two decimals')
    ]


def test_a_principal_is_more_than_nothing() -> None:
    assert faults_with(REQUEST, principal="0.00") == [("principal", "must be more than nothing")]
    assert read_with(REQUEST, principal="0.01").principal == Money.parse("0.01")
    assert faults_with(REQUEST, principal="-0.01") == [("principal", "must not be negative: `-0.01`")]


def test_a_balance_may_be_nothing_but_not_negative() -> None:
    assert read_with(REQUEST, position="0.00").position == Money.parse("0")
    assert faults_with(REQUEST, position="-0.01") == [("position", "must not be negative: `-0.01`")]
    assert read_with(REPORT, principal="0").principal == Money.parse("0")


def test_a_call_is_of_all_or_of_an_amount() -> None:
    assert read_with(CALL).principal == "all"
    assert read_with(CALL, principal="1000").principal == Money.parse("1000")
    assert faults_with(CALL, principal="0") == [("principal", 'must be more than nothing; or write "all"')]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2017-6-1", "`2017-6-1` is not a date written like `2016-12-01`"),
        ("20170601", "`20170601` is not a date written like `2016-12-01`"),
        ("2017-06-01T00:00", "`2017-06-01T00:00` is not a date written like `2016-12-01`"),
        ("2017-W22-4", "`2017-W22-4` is not a date written like `2016-12-01`"),
        ("\u0662017-06-01", "`\u0662017-06-01` is not a date written like `2016-12-01`"),
        ("2017-02-29", "`2017-02-29` is not a day of the calendar"),
        ("1949-12-31", "`1949-12-31` is not between 1950 and 2150"),
        ("2151-01-01", "`2151-01-01` is not between 1950 and 2150"),
        (20170601, 'a date is written in quotes, like "2016-12-01"'),
    ],
)
def test_a_date_in_any_other_spelling_is_refused(written: object, message: str) -> None:
    assert faults_with(REQUEST, received_on=written) == [("received_on", message)]


def test_the_first_and_the_last_day_that_are_read() -> None:
    assert read_with(REQUEST, received_on="1950-01-01").received_on == date(1950, 1, 1)
    assert read_with(REQUEST, received_on="2150-12-31").received_on == date(2150, 12, 31)
    assert read_with(REQUEST, received_on="2016-02-29").received_on == date(2016, 2, 29)


@pytest.mark.parametrize("year", [1900, 2200])
def test_a_year_from_1900_to_2200_is_read(year: int) -> None:
    assert read_with(ELECTION, year=year).year == year


@pytest.mark.parametrize("year", [1899, 2201])
def test_a_year_outside_is_refused(year: int) -> None:
    assert faults_with(ELECTION, year=year) == [("year", "must be between 1900 and 2200")]


@pytest.mark.parametrize("written", ["2017", 2017.0, True])
def test_a_year_that_is_not_a_bare_whole_number_is_refused(written: object) -> None:
    assert faults_with(ELECTION, year=written) == [("year", "a year is written as a bare number, like 2017")]


@pytest.mark.parametrize("written", ["true", "yes", 1, 0])
def test_only_true_and_false_are_true_and_false(written: object) -> None:
    assert faults_with(ELECTION, annual=written) == [("annual", "must be true or false, without quotes")]


def test_who_owned_the_note_at_death_may_be_in_doubt() -> None:
    assert read_with(REQUEST, owner_at_death="in doubt").owner_at_death == "in doubt"
    assert read_with(REQUEST, owner_at_death=False).owner_at_death is False
    assert faults_with(REQUEST, owner_at_death="unsure") == [
        ("owner_at_death", 'must be true or false, without quotes; or write "in doubt"')
    ]


@pytest.mark.parametrize(
    ("written", "share"), [("1", Fraction(1)), ("1/1", Fraction(1)), ("1/3", Fraction(1, 3)), ("2/4", Fraction(1, 2))]
)
def test_a_share_is_read_exactly(written: str, share: Fraction) -> None:
    assert read_with(REQUEST, deceased_share=written).deceased_share == share


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("0/3", "`0/3` is not a share above nothing and at most `1`"),
        ("4/3", "`4/3` is not a share above nothing and at most `1`"),
        ("0/0", "`0/0` is not a share above nothing and at most `1`"),
        ("0.5", "`0.5` is not a share, like `1` or `1/3`"),
        ("2", "`2` is not a share, like `1` or `1/3`"),
        ("-1/3", "`-1/3` is not a share, like `1` or `1/3`"),
        (1, 'a share is written in quotes, like "1/3"'),
    ],
)
def test_a_share_that_is_none_is_refused(written: object, message: str) -> None:
    assert faults_with(REQUEST, deceased_share=written) == [("deceased_share", message)]


@pytest.mark.parametrize("written", ["100", "101.5", "0.000001", "9999"])
def test_a_price_is_read_exactly(written: str) -> None:
    assert read_with(CALL, price=written).price == Decimal(written)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("0", "must be more than nothing"),
        ("-100", "`-100` is not a price in per cent, like `100` or `101.5`"),
        ("100%", "`100%` is not a price in per cent, like `100` or `101.5`"),
        ("10000", "`10000` is not a price in per cent, like `100` or `101.5`"),
        ("100.0000001", "`100.0000001` is not a price in per cent, like `100` or `101.5`"),
        (100, 'a price is written in quotes, like "101.5"'),
    ],
)
def test_a_price_that_is_none_is_refused(written: object, message: str) -> None:
    assert faults_with(CALL, price=written) == [("price", message)]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "02006DLF7",
            "`02006DLF7` is not a CUSIP: any of its characters may be the wrong one, or two changed places: "
            "hold all of it against the print",
        ),
        ("02006DLF", "a CUSIP is 9 characters, not 8: `02006DLF`"),
        ("02006DLF66", "a CUSIP is 9 characters, not 10: `02006DLF66`"),
        ("02006dlf6", "a CUSIP is written in capitals: `02006dlf6`"),
        ("02006D-F6", "only digits, capital letters and `*@#` stand in a CUSIP: `02006D-F6`"),
        (20065, "must be a text in quotes"),
    ],
)
def test_a_cusip_that_is_none_is_refused(written: object, message: str) -> None:
    assert faults_with(REQUEST, cusip=written) == [("cusip", message)]


@pytest.mark.parametrize(
    "cusip",
    [
        "02006DLF6",  # Ally Financial, 3.500 % due 2019-12-15, as its pricing supplement prints it
        "02006DLG4",  # Ally Financial, 4.250 % due 2021-12-15, from the same supplement
        "037833100",  # Apple, common stock
        "38259P508",  # Google, class A
        "17275R102",  # Cisco Systems, common stock
    ],
)
def test_printed_cusips_carry_their_check_digit(cusip: str) -> None:
    assert check_digit(cusip[:8]) == cusip[8]
    assert is_valid_cusip(cusip)
    assert not any(is_valid_cusip(cusip[:8] + digit) for digit in "0123456789" if digit != cusip[8])


@pytest.mark.parametrize("text", ["", "02006DLF", "02006dlf6", "02006D-F6"])
def test_what_has_not_the_shape_of_a_cusip_is_not_valid(text: str) -> None:
    assert not is_valid_cusip(text)


def test_a_check_digit_needs_eight_characters() -> None:
    with pytest.raises(ValueError, match="the first 8 characters of a CUSIP are needed, not 9"):
        check_digit("02006DLF6")


def test_a_text_has_at_most_200_characters() -> None:
    assert read_with(REQUEST, event_id="x" * 200).event_id == "x" * 200
    assert faults_with(REQUEST, event_id="x" * 201) == [("event_id", "must be at most 200 characters, not 201")]


@pytest.mark.parametrize("written", ["", "   "])
def test_a_text_is_not_empty(written: str) -> None:
    assert faults_with(REQUEST, request_id=written) == [("request_id", "must not be empty")]


def test_what_a_fault_quotes_is_short_and_can_be_written() -> None:
    ((field, message),) = faults_with(ELECTION, **{"\ud800" + "y" * 500: 1})
    assert field == "?" + "y" * 59 + "..."
    assert message.startswith(f"unknown field `{field}`: ")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (["tax waver"], "unknown word `tax waver`: did you mean `tax waiver`?"),
        (["tax waiver", "tax waiver"], "`tax waiver` is listed twice"),
        ("tax waiver", 'must be a list of words, like ["..."]'),
        ([["tax waiver"]], "must be a text in quotes"),
    ],
)
def test_documents_are_a_list_of_known_words(written: object, message: str) -> None:
    assert faults_with(REQUEST, documents=written) == [("documents", message)]


def test_a_word_like_no_other_is_refused_with_the_words_there_are() -> None:
    assert faults_with(REQUEST, held_in="x") == [
        ("held_in", "unknown word `x`: it can be `deceased account`, `estate account` or `transferred`")
    ]


@pytest.mark.parametrize("written", ["2.125", "0", "-0.0625", "99.999999"])
def test_a_treasury_yield_is_read_exactly_and_may_be_below_nothing(written: str) -> None:
    assert read_with(CALL, treasury_yield=written).treasury_yield == Decimal(written)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2.125%", "`2.125%` is not a rate in per cent a year, like `4.25` or `-0.35`"),
        ("100", "`100` is not a rate in per cent a year, like `4.25` or `-0.35`"),
        ("2.0000001", "`2.0000001` is not a rate in per cent a year, like `4.25` or `-0.35`"),
        (2, 'a rate is written in quotes, like "4.25"'),
    ],
)
def test_a_treasury_yield_that_is_none_is_refused(written: object, message: str) -> None:
    assert faults_with(CALL, treasury_yield=written) == [("treasury_yield", message)]


def test_a_notice_is_the_issuers_choice_and_unconditional_unless_it_says_otherwise() -> None:
    notice = read_with(CALL)
    assert (notice.basis, notice.conditional, notice.event_on) == ("issuer's choice", False, None)


def test_a_lot_may_pass_a_position_by_but_a_position_is_something() -> None:
    drawn = {
        "type": "lottery_drawn",
        "event_id": "L-1",
        "received_on": "2017-11-20",
        "notice_id": "N-1",
        "cusip": "02006DLF6",
        "owner_ref": "owner-1",
        "position": "5000.00",
        "selected": "0.00",
    }
    assert read_with(drawn).selected == Money.parse("0")
    assert faults_with(drawn, selected="-1.00") == [("selected", "must not be negative: `-1.00`")]


SEED_CUSIPS = ("02006DLF6", "02006DLG4")
texts = (
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=200)
    .map(lambda text: " ".join(unicodedata.normalize("NFC", text).split())[:200])
    .filter(lambda text: text and not why_refused(text))
)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
amounts = st.integers(1, 10**17 - 1).map(Money.from_cents)
prices = st.integers(1, 10**10 - 1).map(lambda millionths: Decimal(millionths).scaleb(-6))
rates = st.integers(-(10**8) + 1, 10**8 - 1).map(lambda millionths: Decimal(millionths).scaleb(-6))
shares = st.fractions(0, 1, max_denominator=999_999).filter(bool)
SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "cusip": st.sampled_from(SEED_CUSIPS),
    "position": st.just(Money.parse("0.00")) | amounts,
    "year": st.integers(1900, 2200),
    "deceased_share": shares,
    "price": prices,
    "treasury_yield": rates,
    "index_rate": rates,
    "selected": st.just(Money.parse("0.00")) | amounts,
    "documents": st.frozensets(st.sampled_from(typing.get_args(Document))),
    "notified": st.frozensets(st.sampled_from(typing.get_args(Notified))),
}


def any_event(event_class: type[Event]) -> st.SearchStrategy[Event]:
    """Draw events of a class: what its type hints allow, each field that may be left out sometimes left out."""
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    left_out: dict[str, st.SearchStrategy[Any]] = {}
    for field in dataclasses.fields(event_class):
        hint = typing.get_type_hints(event_class)[field.name]
        values = SPECIAL[field.name] if field.name in SPECIAL else _from(hint)
        (drawn if field.default is dataclasses.MISSING else left_out)[field.name] = values
    drawing = st.fixed_dictionaries(drawn, optional=left_out).map(lambda fields: event_class(**fields))
    return drawing.filter(lambda event: not fields_apart(event))


def _from(hint: Any) -> st.SearchStrategy[Any]:
    choices = [each for each in typing.get_args(hint) if each not in (type(None), AddedWord)] or [hint]
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(choices)
    if len(choices) > 1 or choices[0] is not hint:
        return st.one_of([_from(choice) for choice in choices])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    table = {str: texts, date: days, Money: amounts, bool: st.booleans()}
    return table[hint]


@given(st.one_of([any_event(event_class) for event_class in EVENT_TYPES]))
def test_an_event_that_is_written_is_read_again_as_itself(event: Event) -> None:
    written = event_to_json(event)
    assert read_event(json.dumps(written)) == event
    assert read_event(canonical_json(written).encode()) == event
    assert canonical_json(event_to_json(read_event(json.dumps(written)))) == canonical_json(written)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_any_json_is_an_event_or_an_event_error(value: object) -> None:
    for line in (json.dumps(value), json.dumps({**REQUEST, "documents": value, "owner_ref": value, "cusip": value})):
        with pytest.raises(EventError) as refused:
            read_event(line)
        for fault in refused.value.faults:
            assert f"{fault.field}{fault.message}".encode()
            assert not any(word in fault.message for word in ("Input", "pydantic", "dict", "NoneType", "Decimal"))


@given(st.binary())
def test_any_bytes_are_refused_without_a_crash(line: bytes) -> None:
    assert faults_of(line)


def test_equal_events_are_written_alike_however_they_were_spelled() -> None:
    one = read_with(CALL, price="100", notified=["trustee", "holders"], principal="1000")
    other = read_with(CALL, price="100.000", notified=["holders", "trustee"], principal="1000.00")
    written = event_to_json(one)
    assert written == event_to_json(other)
    assert (written["price"], written["notified"], written["principal"]) == ("100", ["holders", "trustee"], "1000.00")


def test_a_field_that_is_not_known_is_not_written() -> None:
    assert event_to_json(read_event(json.dumps(REQUEST))) == REQUEST


def test_a_field_that_is_as_usual_is_not_written_so_that_new_fields_leave_old_events_as_they_were() -> None:
    assert event_to_json(read_with(REQUEST, trigger="death")) == REQUEST
    unusual = REQUEST | {"trigger": "adjudicated incompetent"}
    assert event_to_json(read_with(REQUEST, trigger="adjudicated incompetent")) == unusual


def test_canonical_json_sorts_keys_and_leaves_letters_as_they_are() -> None:
    assert canonical_json({"b": [1, "ü"], "a": {"d": True, "c": None}}) == '{"a":{"c":null,"d":true},"b":[1,"ü"]}'


KEPT: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


@given(KEPT)
def test_canonical_json_is_what_the_standard_library_writes(kept: Any) -> None:
    assert canonical_json(kept) == json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize("unkept", [Decimal("1.5"), Fraction(1, 3), 2**64, {1: "one"}])
def test_canonical_json_refuses_what_is_never_kept(unkept: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json({"a": unkept})


def test_a_digest_is_the_sha_256_of_the_text() -> None:
    # FIPS 180-4, the example message "abc"
    assert digest("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_every_type_of_event_has_its_own_word() -> None:
    assert len({event_class.type for event_class in EVENT_TYPES}) == len(EVENT_TYPES)
