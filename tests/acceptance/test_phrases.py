"""How a feature file writes amounts and lists, and what an event is sent for them."""

from __future__ import annotations

import pytest

from rules_engine.acceptance.phrases import listed, money_on_the_wire, phrase, whose


@pytest.mark.parametrize(
    ("written", "sent"),
    [("$25,000", "25000.00"), ("$4.28", "4.28"), ("$25,072.92", "25072.92"), ("$0", "0.00"), ("$1000", "1000.00")],
)
def test_money_is_sent_as_an_event_writes_it(written: str, sent: str) -> None:
    assert money_on_the_wire(written) == sent


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the tax waiver", ("tax waiver",)),
        ("the holders and the trustee", ("holders", "trustee")),
        ("the tax waiver, the trust agreement and the death certificate",
         ("tax waiver", "trust agreement", "death certificate")),
    ],
)  # fmt: skip
def test_a_list_is_parted_into_its_words(written: str, read: tuple[str, ...]) -> None:
    assert listed(written) == read


@pytest.mark.parametrize("money", ["25,000", "$25,000.5", "$ 25,000", "-$5", "$,5"])
def test_money_in_another_spelling_is_no_step(money: str) -> None:
    assert not phrase("the position is {position:Money}").is_matching(f"the position is {money}")


@pytest.mark.parametrize("day", ["10 June 2017", "6/10/2017", "2017-6-10", "2017-06-100"])
def test_a_day_in_another_spelling_is_no_step(day: str) -> None:
    assert not phrase("the owner died on {day:Day}").is_matching(f"the owner died on {day}")


def test_a_request_may_be_named() -> None:
    step = phrase("a complete request{name:MaybeName} for {principal:Money} of note {cusip:Note}")
    unnamed = {"name": "", "principal": "25000.00", "cusip": "02006DLF6"}
    assert step.parse_arguments("a complete request for $25,000 of note 02006DLF6") == unnamed
    assert step.parse_arguments('a complete request "A" for $25,000 of note 02006DLF6') == {**unnamed, "name": "A"}


@pytest.mark.parametrize(
    ("written", "read"), [('"owner-1"', {"owner_ref": "owner-1"}), ('account "broker-1"', {"account_ref": "broker-1"})]
)
def test_a_position_is_named_by_its_owner_or_its_account(written: str, read: dict[str, str]) -> None:
    assert whose(written) == read
    assert phrase("the position of {holder:Holder}").parse_arguments(f"the position of {written}") == {"holder": read}


@pytest.mark.parametrize("holder", ["owner-1", "account broker-1", 'the account "broker-1"'])
def test_a_position_without_a_name_in_quotes_is_no_step(holder: str) -> None:
    assert not phrase("the position of {holder:Holder}").is_matching(f"the position of {holder}")
