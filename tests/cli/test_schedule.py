from __future__ import annotations

import json
import shutil
from pathlib import Path

from .running import ROOT, run


def test_asks_whether_another_note_was_meant() -> None:
    result = run("schedule", "02006DLF7")
    assert "did you mean `02006DLF6`?" in result.stderr
    assert run("schedule", "02006dlg4").stderr.endswith("did you mean `02006DLG4`?\n")


def test_its_json_has_the_fields_promised_leading() -> None:
    found = json.loads(run("schedule", "02006DLF6", "--json").stdout)
    assert list(found)[:4] == ["cusip", "coupons", "redemptions", "maturity"]
    assert list(found["coupons"][0])[:5] == ["n", "accrual_start", "due_on", "pay_on", "interest"]
    assert list(found["redemptions"][0]) == ["redeem_on", "pay_on", "price", "last_notice_on"]
    assert list(found["maturity"]) == ["due_on", "pay_on"]


def test_a_person_reads_dates_with_their_weekday_and_what_it_rests_on() -> None:
    told = run("schedule", "02006DLF6").stdout
    assert "Tue 2017-01-17    44     $4.28" in told
    assert "2018-01-15  Tue 2018-01-16  100 %  Sat 2017-12-16" in told
    assert "Callable at 100% on 12/15/2017 and Monthly thereafter with 30 Calendar Days Notice." in told
    assert "maturity: due 2019-12-15, pays on Mon 2019-12-16" in told
    assert "provisional: rests on drafts: Payment days" in told


def test_a_note_whose_rules_are_faulty_is_told_and_has_no_schedule(tmp_path: Path) -> None:
    book = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", book)
    file = book / "ally" / "term-notes-a" / "2015-08-10" / "prospectus.yaml"
    file.write_text(file.read_text().replace("day count: 30/360", "day count: 30/365"))
    result = run("schedule", "02006DLF6", "--rules", book)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "prospectus.yaml" in result.stderr
