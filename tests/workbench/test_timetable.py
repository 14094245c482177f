from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from rules_engine.host import Host, shipped_rules
from rules_engine.host.opening import Scheduled
from rules_engine.workbench.timetable import Timetable, timetable, timetable_to_json
from tests.acme import unquoted
from tests.shipped import shipped

STEPPED = """\
      price: 102.5 %
      prices:
        - from: 2021-11-15
          price: 101 %
"""
MAKE_WHOLE = """\
      price: 100 %
      make whole:
        spread: 0.25 %
        until: 2021-11-15
"""
PROGRAMME = Path("ally") / "term-notes-a"
CALL = re.compile(r"^redemption:\n(?:  .*\n)+", re.MULTILINE)
NOTE = "  - cusip: 02006DLG4\n"


def found_for(book: Path, redemption: str) -> Timetable:
    """The timetable of the note due 2021-12-15, called in another way."""
    shutil.copytree(shipped_rules(), book)
    supplement = book / PROGRAMME / "supplements" / "123.yaml"
    supplement.write_text(CALL.sub("", unquoted(supplement.read_text())).replace(NOTE, NOTE + redemption))
    host = Host.open(book)
    assert host.book.problems == ()
    scheduled = host.schedule("02006DLG4")
    assert isinstance(scheduled, Scheduled)
    return timetable(scheduled)


def called(style: str, first_on: str, on: str, notice: str) -> str:
    return (
        "    redemption:\n      printed: made up\n"
        f"      style: {style}\n      first date: {first_on}\n      on: {on}\n      price: 100 %\n"
        f"      notice:\n        minimum: {notice}\n"
    )


def test_a_note_called_once_has_one_redemption_date(tmp_path: Path) -> None:
    found = found_for(tmp_path / "rules", called("European", "2018-12-15", "once", "30 days"))
    (only,) = timetable_to_json(found)["redemptions"]
    # 15 December 2018 is a Saturday
    assert only == {
        "redeem_on": "2018-12-15",
        "pay_on": "2018-12-17",
        "price": "100",
        "last_notice_on": "2018-11-15",
    }


def test_a_note_called_on_any_day_lists_every_day_before_maturity(tmp_path: Path) -> None:
    found = found_for(tmp_path / "rules", called("American", "2021-12-01", "any day", "10 days"))
    assert [str(each.redeem_on) for each in found.redemptions] == [f"2021-12-{day:02}" for day in range(1, 15)]


def test_a_note_called_on_business_days_lists_those_and_counts_notice_in_them(tmp_path: Path) -> None:
    found = found_for(tmp_path / "rules", called("American", "2021-12-01", "business day", "10 business days"))
    days = ["01", "02", "03", "06", "07", "08", "09", "10", "13", "14"]
    assert [str(each.redeem_on) for each in found.redemptions] == [f"2021-12-{day}" for day in days]
    # ten business days back, over Thanksgiving on the 25th
    assert str(found.redemptions[0].last_notice_on) == "2021-11-16"


def test_a_note_without_a_call_has_no_redemption_date(tmp_path: Path) -> None:
    found = found_for(tmp_path / "rules", "")
    assert found.redemptions == ()
    assert timetable_to_json(found)["redemption_known"] is True


def test_tells_a_note_that_cannot_be_called_from_one_whose_call_nobody_has_read(tmp_path: Path) -> None:
    found = found_for(tmp_path / "rules", "    redemption: not read\n")
    assert timetable_to_json(found)["redemption_known"] is False


def test_a_price_that_steps_is_given_for_each_date(tmp_path: Path) -> None:
    stepped = called("Bermudan", "2021-10-15", "monthly", "30 days").replace("      price: 100 %\n", STEPPED)
    found = timetable_to_json(found_for(tmp_path / "rules", stepped))
    assert [(each["redeem_on"], each["price"]) for each in found["redemptions"]] == [
        ("2021-10-15", "102.5"),
        ("2021-11-15", "101"),
    ]


def test_names_the_draft_it_rests_on() -> None:
    scheduled = shipped().schedule("02006DLF6")
    assert isinstance(scheduled, Scheduled)
    written = timetable_to_json(timetable(scheduled))
    assert written["provisional"] is True
    assert written["drafts"] == ["Payment days, Ally Financial Term Notes, Series A"]


@pytest.mark.parametrize("cusip", ["912828YK0", "", "02006dlf6"])
def test_a_note_in_no_book_has_no_schedule_and_a_reason(cusip: str) -> None:
    finding = shipped().schedule(cusip)
    assert not isinstance(finding, Scheduled)
    assert cusip in finding.because


def test_a_price_that_is_worked_out_when_the_note_is_called_is_not_given_ahead(tmp_path: Path) -> None:
    worked_out = called("Bermudan", "2021-10-15", "monthly", "30 days").replace("      price: 100 %\n", MAKE_WHOLE)
    found = timetable_to_json(found_for(tmp_path / "rules", worked_out))
    assert [(each["redeem_on"], each["price"]) for each in found["redemptions"]] == [
        ("2021-10-15", None),
        ("2021-11-15", "100"),
    ]
