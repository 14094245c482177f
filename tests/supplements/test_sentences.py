"""Every wording of a redemption that has been read somewhere, and the terms a person takes from it."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from typing import Any

import pytest

from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import EventCall, MakeWhole, Notice, PriceStep
from rules_engine.supplements.sentences import Terms, read_redemption
from tests.decimal_contexts import HOSTILE, under

from .layouts import ROWS

PLAIN: dict[str, Any] = {
    "callable": True,
    "price": Decimal(100),
    "prices": (),
    "make_whole": None,
    "amount": None,
    "part_chosen": None,
    "notice": None,
    "event_calls": (),
}
COUPON_DATES = {**PLAIN, "style": "Bermudan", "on": "coupon date"}


def expect(terms: Terms, expected: dict[str, Any]) -> None:
    assert {name: getattr(terms, name) for name in expected} == expected


PRINTED = {
    "Callable at 100% on 12/15/2017 and Monthly thereafter with 30 Calendar Days Notice.": {
        **PLAIN,
        "style": "Bermudan",
        "on": "monthly",
        "first_on": date(2017, 12, 15),
        "notice": Notice(minimum_days=30),
    },
    "Callable at 100.000% on 08/15/2011 and every coupon date thereafter.": {
        **COUPON_DATES,
        "first_on": date(2011, 8, 15),
    },
    "Callable at 100.000% on 12/15/2006 and every coupon date thereafter.": {
        **COUPON_DATES,
        "first_on": date(2006, 12, 15),
    },
    "Callable at 100.000% on 12/15/2007 and every coupon date thereafter.": {
        **COUPON_DATES,
        "first_on": date(2007, 12, 15),
    },
    "Callable at 100.000% on 02/15/2006 and every coupon date thereafter.": {
        **COUPON_DATES,
        "first_on": date(2006, 2, 15),
    },
    "Callable at 100.000% on 02/15/2007 and every coupon date thereafter.": {
        **COUPON_DATES,
        "first_on": date(2007, 2, 15),
    },
    "Callable at 100.000% on 11/15/2009 and every coupon date thereafter.": {
        **COUPON_DATES,
        "first_on": date(2009, 11, 15),
    },
    "Callable at 100.000% on 06/15/2009 and every coupon date thereafter": {
        **COUPON_DATES,
        "first_on": date(2009, 6, 15),
    },
    "Callable at 100.000% on 09/15/2011 and every coupon date thereafter": {
        **COUPON_DATES,
        "first_on": date(2011, 9, 15),
    },
    "Callable at 100.000% on 11/15/2013 and every coupon date thereafter": {
        **COUPON_DATES,
        "first_on": date(2013, 11, 15),
    },
    "Callable at 100% on 03/15/2016 and every coupon date thereafter": {
        **COUPON_DATES,
        "first_on": date(2016, 3, 15),
    },
    "Callable at 100.000% on 5/15/2008 and every coupon date thereafter.": {
        **COUPON_DATES,
        "first_on": date(2008, 5, 15),
    },
    "Callable at 100.000% on 07/15/2005 and every coupon date thereafter. Note: ***Step-Up HFC InterNotes*** Initial "
    "Coupon 4.25% steps to 4.85% on 7/15/05 and thereafter.": {**COUPON_DATES, "first_on": date(2005, 7, 15)},
    'Callable at 100.000% on 5/15/2025 and every business day thereafter ("Optional Redemption Date").': {
        **PLAIN,
        "style": "American",
        "on": "business day",
        "first_on": date(2025, 5, 15),
    },
    'Callable at 100.000% on 6/15/2025 and every business day thereafter ("Optional Redemption Date").': {
        **PLAIN,
        "style": "American",
        "on": "business day",
        "first_on": date(2025, 6, 15),  # a Sunday, and printed so
    },
    "Callable at 100.000% on 1/15/2014 and every coupon date thereafter": {
        **COUPON_DATES,
        "first_on": date(2014, 1, 15),
    },
    "Callable at 100.000% on 3/15/2015 and every coupon date thereafter": {
        **COUPON_DATES,
        "first_on": date(2015, 3, 15),
    },
    "Callable at 100.000% on 7/15/2016 and every coupon date thereafter": {
        **COUPON_DATES,
        "first_on": date(2016, 7, 15),
    },
    "Non-Callable": {"callable": False, "price": None, "first_on": None, "style": None, "on": None},
}
UNFINISHED = {
    "Callable at 100.000% on 09/15/2011 [excerpt ends]": "cut off",
    "Callable at 100.000% on 12/15/2012 and ev[excerpt ends]": "cut off",
    "Callable at 100.000% on 11/15/2006 and every coupon date thereafter. [...] upon at least 30 days prior notice": (
        "words are left out"
    ),
}


@pytest.mark.parametrize("sentence", PRINTED)
@pytest.mark.parametrize("label", ["Redemption Information: ", "Redemption Information:", ""])
def test_reads_what_supplements_printed(sentence: str, label: str) -> None:
    terms = read_redemption(label + sentence)
    expect(terms, PRINTED[sentence])
    assert terms.doubts == []
    assert terms.printed == sentence


@pytest.mark.parametrize("sentence", UNFINISHED)
def test_leaves_a_sentence_that_is_cut_off_to_a_person(sentence: str) -> None:
    (doubt,) = read_redemption(f"Redemption Information: {sentence}").doubts
    assert UNFINISHED[sentence] in doubt


def test_no_printed_sentence_is_left_untried() -> None:
    printed = {row["redemption_information"] for row in ROWS} - {None}
    assert {f"Redemption Information: {sentence}" for sentence in (*PRINTED, *UNFINISHED)} == printed


ON_15_JUNE = date(2020, 6, 15)
WORDINGS: dict[str, dict[str, Any]] = {
    # Bermudan
    "Callable at 100% on 6/15/2020 and semi-annually thereafter": {"style": "Bermudan", "on": "semi-annual"},
    "Callable at 100% on 6/15/2020 and quarterly thereafter": {"style": "Bermudan", "on": "quarterly"},
    "Callable at 100% on 6/15/2020 and annually thereafter": {"style": "Bermudan", "on": "annual"},
    "Callable at 100% on 6/15/2020 and every interest payment date thereafter": {"on": "coupon date"},
    "Callable at par on any interest payment date on or after June 15, 2020": {"on": "coupon date"},
    # American
    "Callable at 100% on 6/15/2020 and any time thereafter": {"style": "American", "on": "any day"},
    "Callable at 100% on 6/15/2020 and anytime thereafter": {"style": "American", "on": "any day"},
    "Callable at 100% beginning 6/15/2020 and continuous thereafter": {"style": "American", "on": "any day"},
    "Callable at 100% on June 15, 2020 and every business day thereafter": {"style": "American", "on": "business day"},
    # European
    "Callable at 100% one time only on 6/15/2020": {"style": "European", "on": "once"},
    "Callable one time only at 100% on call date above": {"style": "European", "on": "once"},
    # notice
    "Callable at 100% on 6/15/2020 and monthly thereafter with 10 calendar days notice": {
        "notice": Notice(minimum_days=10)
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter with 10 business days notice": {
        "notice": Notice(minimum_days=10, counted=CountedIn.BUSINESS_DAYS)
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter upon 20 Business Days' Notice": {
        "notice": Notice(minimum_days=20, counted=CountedIn.BUSINESS_DAYS)
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter with 30 to 60 days notice": {
        "notice": Notice(minimum_days=30, maximum_days=60)
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter upon not less than 30 nor more than 60 days prior notice": {
        "notice": Notice(minimum_days=30, maximum_days=60)
    },
    "Callable at 100% on 6/15/2020 and any time thereafter, not less than 5 days nor more than 60 days prior notice": {
        "notice": Notice(minimum_days=5, maximum_days=60)
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter upon at least thirty (30) days written notice": {
        "notice": Notice(minimum_days=30)
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter upon at least 30 days prior notice to the noteholder and "
    "the trustee": {"notice": Notice(minimum_days=30), "notice_to": "the noteholder and the trustee"},
    # amount
    "Callable in whole at 100% on 6/15/2020 and monthly thereafter": {"amount": "whole"},
    "Callable in whole, but not in part, at 100% on 6/15/2020 and monthly thereafter": {"amount": "whole"},
    "Callable in whole or in part (by lot) at 100% on 6/15/2020 and monthly thereafter": {
        "amount": "whole or part",
        "part_chosen": "by lot",
    },
    "Callable in whole or in part, pro rata, at 100% on 6/15/2020 and monthly thereafter": {
        "amount": "whole or part",
        "part_chosen": "pro rata",
    },
    "Callable in whole or in part at 100% on 6/15/2020 and monthly thereafter; no note of $1,000 or less in part": {
        "amount": "whole or part"
    },
    # price
    "Callable at 102% on 6/15/2020, 101% on 6/15/2021 and 100% on 6/15/2022 and monthly thereafter": {
        "price": Decimal(102),
        "prices": (
            PriceStep(from_on=date(2021, 6, 15), price=Decimal(101)),
            PriceStep(from_on=date(2022, 6, 15), price=Decimal(100)),
        ),
    },
    "Callable at 101% on 6/15/2020 less an annual reduction of 0.5% until par and monthly thereafter": {
        "price": Decimal(101),
        "prices": (
            PriceStep(from_on=date(2021, 6, 15), price=Decimal("100.5")),
            PriceStep(from_on=date(2022, 6, 15), price=Decimal(100)),
        ),
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter, and within 90 days of a regulatory capital event at 100%": {
        "event_calls": (EventCall(kind="regulatory event", price=Decimal(100), within_days=90),)
    },
    "Callable at 100% on 6/15/2020 and monthly thereafter, or upon a tax event at par": {
        "event_calls": (EventCall(kind="tax event", price=Decimal(100)),)
    },
}


@pytest.mark.parametrize("wording", WORDINGS)
def test_reads_the_wordings_the_field_knows(wording: str) -> None:
    terms = read_redemption(wording, call_date=ON_15_JUNE)
    expect(terms, {"callable": True, "price": Decimal(100), "first_on": ON_15_JUNE, **WORDINGS[wording]})
    assert terms.doubts == []


MAKE_WHOLE = {
    "Callable at any time prior to 11/15/2030 at the greater of 100% and the present value of the remaining payments "
    "at Treasury plus 25 basis points, and at par on or after 11/15/2030": Decimal("0.25"),
    "Callable at any time at the greater of 100% and present value at Treasury + 0.375% until 11/15/2030, then par": (
        Decimal("0.375")
    ),
    "Make-whole call at any time at T+20 bps until 11/15/2030, then par": Decimal("0.2"),
}


@pytest.mark.parametrize("wording", MAKE_WHOLE)
def test_reads_a_make_whole_price_up_to_the_day_of_the_par_call(wording: str) -> None:
    terms = read_redemption(wording)
    assert terms.doubts == []
    assert terms.make_whole == MakeWhole(spread=MAKE_WHOLE[wording], until=date(2030, 11, 15))
    assert (terms.style, terms.on, terms.price) == ("American", "any day", Decimal(100))


LONG = {
    "The Acme Company InterNotes will be subject to redemption at the option of The Acme Company, in whole on the "
    "Interest Payment Date occurring any time on or after 12/15/2010 at a redemption price equal to 100% of the "
    "principal amount of The Acme Company InterNotes, plus accrued interest thereon, if any, upon at least 30 days "
    "prior notice to the Noteholder and the Trustee, as described in the Prospectus.": {
        **COUPON_DATES,
        "first_on": date(2010, 12, 15),
        "amount": "whole",
        "notice": Notice(minimum_days=30),
    },
    "The Acme InterNotes will be subject to redemption at the option of Acme, in whole on the interest payment date "
    "occurring 11/15/2006 and on any interest payment date thereafter at a redemption price equal to 100% of the "
    "principal amount of the Acme InterNotes, plus accrued interest thereon, if any, upon at least 30 days prior "
    "notice to the noteholder and the trustee, as described in the prospectus.": {
        **COUPON_DATES,
        "first_on": date(2006, 11, 15),
        "amount": "whole",
        "notice": Notice(minimum_days=30),
    },
    "The Notes will be redeemable in whole or in part at any time or from time to time, at the option of Acme "
    "Corporation, on or after December 15, 2025 at a redemption price of $1,000 per Note plus accrued and unpaid "
    "interest to, but excluding, the date fixed for redemption and upon not less than 5 days nor more than 60 days "
    "prior notice to the noteholder and the trustee, as described in the prospectus.": {
        **PLAIN,
        "style": "American",
        "on": "any day",
        "first_on": date(2025, 12, 15),
        "amount": "whole or part",
        "notice": Notice(minimum_days=5, maximum_days=60),
    },
}


@pytest.mark.parametrize("sentence", LONG, ids=lambda sentence: str(sentence)[:40])
def test_reads_the_long_form(sentence: str) -> None:
    terms = read_redemption(sentence)
    expect(terms, LONG[sentence])
    assert terms.doubts == []


@pytest.mark.parametrize(
    "sentence",
    ["Non-Callable", "NON CALLABLE", "Not callable", "Noncallable", "None", "N/A", "Not redeemable prior to maturity."],
)
def test_knows_a_note_that_cannot_be_called(sentence: str) -> None:
    terms = read_redemption(f"Redemption Information: {sentence}")
    assert terms.callable is False
    assert terms.doubts == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Callable at 100% on 6/15/2020", "on which days after 2020-06-15"),
        ("Callable at 100% on or after 6/15/2020", "on which days after 2020-06-15"),
        ("Callable at 100% and monthly thereafter", "no first call date"),
        ("Callable at 100% one time only on call date above", "no first call date"),
        ("Callable at 100% on 6/15/2020 and weekly thereafter", "weekly"),
        ("Callable at 100% on 2/30/2020 and monthly thereafter", "does not exist"),
        ("Callable at 100% on 6/15/2020 and monthly thereafter if rates fall", "if rates fall"),
        ("Callable at 100% on 6/15/2020 and every coupon date thereafter except in 2022", "except 2022"),
        ("Callable at 100% on 6/15/2020 and monthly thereafter but not in December", "not December"),
        ("Callable at 102% on 6/15/2021, 101% on 6/15/2020 and monthly thereafter", "do not follow one another"),
        ("Callable at 100% on 6/15/2020 and", "cut off"),
        ("Non-Callable before 6/15/2020", "6/15/2020"),
        ("Subject to the terms of the prospectus", "prospectus"),
        ("Treasury make-whole at any time", "make-whole"),
    ],
)
def test_says_what_it_does_not_understand(sentence: str, said: str) -> None:
    doubts = read_redemption(f"Redemption Information: {sentence}").doubts
    assert said in " ".join(doubts)


def test_one_note_of_several_named_in_a_sentence_is_not_taken_for_all() -> None:
    terms = read_redemption("The 2028 Notes will be redeemable at 100% on 6/15/2020 and monthly thereafter.")
    assert "2028" in terms.doubts[0]


ISSUED = date(2016, 6, 20)


@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        (
            "Initial Coupon 4.25% steps to 4.85% on 7/15/05 and thereafter",
            [(date(2005, 7, 15), Decimal("4.85"))],
        ),
        (
            "Coupon steps up to 5% on 6/15/2010, 6% on 6/15/2012 unless called",
            [(date(2010, 6, 15), Decimal(5)), (date(2012, 6, 15), Decimal(6))],
        ),
        (
            "3.00% per annum from and including the Original Issue Date to but excluding June 20, 2019; "
            "3.50% per annum from and including June 20, 2019 to but excluding the Stated Maturity Date.",
            [(date(2019, 6, 20), Decimal("3.50"))],
        ),
    ],
)
def test_reads_the_steps_of_a_coupon(sentence: str, steps: list[tuple[date, Decimal]]) -> None:
    assert [(step.from_on, step.coupon) for step in read_redemption(sentence).periods.starting(ISSUED).steps] == steps


def test_reads_an_index_with_its_spread_cap_and_floor() -> None:
    sentence = (
        "The notes float from 6/15/2026 at 3 month T-Bill plus 125 basis points, with a cap of 8% and a floor of 0%"
    )
    floats = read_redemption(sentence).floats
    assert floats
    assert (floats.from_on, floats.index, floats.spread) == (date(2026, 6, 15), "3 month T-Bill", Decimal("1.25"))
    assert (floats.cap, floats.floor) == (Decimal(8), Decimal(0))


FIGURES = [
    "Callable at 101.125% on 6/15/2020 less an annual reduction of 0.375% until par and monthly thereafter",
    "Make-whole call at any time at T+12.5 bps until 11/15/2030, then par",
    "The notes float from 6/15/2026 at 3 month T-Bill plus 1234.5 basis points, with a cap of 8% and a floor of 0%",
]


@pytest.mark.parametrize("context", HOSTILE.values(), ids=HOSTILE)
def test_reads_the_same_figures_in_every_decimal_context(context: Context) -> None:
    expected = [read_redemption(sentence) for sentence in FIGURES]
    assert expected[0].prices[0].price == Decimal("100.75")
    assert expected[1].make_whole == MakeWhole(spread=Decimal("0.125"), until=date(2030, 11, 15))
    assert under(context, lambda: [read_redemption(sentence) for sentence in FIGURES]) == expected


def test_does_not_guess_from_which_day_a_coupon_floats() -> None:
    floats = read_redemption("Floating at SOFR plus 1.25%").floats
    assert floats
    assert floats.from_on is None
