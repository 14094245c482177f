from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .running import ROOT, run


def test_shows_every_clause_whole_with_where_each_line_comes_from() -> None:
    result = run("show", "dow/internotes")
    assert result.exit_code == 0
    told = result.stdout
    assert told.count("dow/internotes/2002-07-05, for notes issued from 2002-07-05") == 6
    assert "Survivor's option, Dow InterNotes\n" in told
    line = _line("standard/internotes.yaml", "day count:")
    assert (
        "  day count: 30/360\n      inferred: Pricing supplements, first coupon amounts "
        f"[standard/internotes.yaml:{line}]\n"
    ) in told
    line = _line("dow/internotes/2002-07-05/prospectus.yaml", "accrual:")
    assert (
        "  accrual: unadjusted\n      read: Pricing supplements, sentence on business days "
        f"[dow/internotes/2002-07-05/prospectus.yaml:{line}]\n"
    ) in told
    assert (
        "  calendar: USNY\n      standard wording: Prospectus, business day "
        f"[standard/payment-days.yaml:{_line('standard/payment-days.yaml', 'calendar:')}]\n"
    ) in told


def test_shows_a_rule_to_be_read_aloud_with_the_figures_in_it() -> None:
    told = run("show", "dow/internotes", "survivors", "option").stdout
    line = _line("standard/survivors-option.yaml", "- rule: held too briefly")
    assert (
        "  held too briefly\n"
        "      when months held: less than the holding period (6 months)\n"
        "      then reject\n"
        "      because The notes were held {months held} months before the request; 6 months are needed.\n"
        f"      standard wording: Survivor's option, holding period [standard/survivors-option.yaml:{line}]\n"
    ) in told
    assert "then accept at most the individual limit remaining, the rest carried over; the issuer may waive it" in told
    assert "waiting for outstanding principal at {base day}" in told
    assert "Payment days" not in told


def test_says_how_much_of_a_clause_was_read() -> None:
    assert "  draft; 3 read, 2 inferred, 8 standard wording\n" in run("show", "dow/internotes", "payment days").stdout


def test_its_json_has_every_part() -> None:
    (found,) = json.loads(run("show", "ally/term-notes-a", "payment days", "--json").stdout)
    assert found["edition"] == "ally/term-notes-a/2015-08-10"
    assert found["digest"].startswith("sha256:")
    (accrual,) = (term for term in found["terms"] if term["name"] == "accrual")
    assert (accrual["value"], accrual["written"]["mark"]) == ("unadjusted", "read")
    assert accrual["written"]["file"] == "ally/term-notes-a/2015-08-10/prospectus.yaml"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("ally/term-notes-b",), "no programme `ally/term-notes-b`: did you mean `ally/term-notes-a`?"),
        (("ally/term-notes-a", "payment dais"), "no clause `payment dais`: did you mean `payment days`?"),
    ],
)
def test_what_is_not_there_is_asked_for_again(asked: tuple[str, ...], told: str) -> None:
    result = run("show", *asked)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_fault_is_told_and_the_other_clauses_are_shown(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    file = rules / "ally" / "term-notes-a" / "2015-08-10" / "redemption.yaml"
    file.write_text(file.read_text().replace("$1,000", "1,000"))
    result = run("show", "ally/term-notes-a", "--rules", rules)
    assert result.exit_code == 1
    assert "redemption.yaml" in result.stderr
    assert "Payment days, Ally" in result.stdout
    assert "Redemption at the issuer's option" not in result.stdout


def _line(file: str, text: str) -> int:
    lines = (ROOT / "rules" / file).read_text().splitlines()
    (found,) = (number for number, line in enumerate(lines, start=1) if line.strip().startswith(text))
    return found
