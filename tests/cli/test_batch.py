"""`rules-engine batch`: files in, files out, and plain sentences about files that cannot be answered."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from .running import run

POSITIONS = "cusip,account_ref,principal\n02006DLF6,A-1,1000.00\n02006DLG4,A-2,1000.00\n"
REQUEST = {
    "request_id": "R-1",
    "received_on": "2017-08-01",
    "cusip": "02006DLF6",
    "principal": "25000.00",
    "position": "25000.00",
    "owner_ref": "owner-1",
    "occurred_on": "2017-06-10",
    "acquired_on": "2016-12-01",
    "acquired": "primary market",
    "registration": "sole owner",
    "owner_at_death": "true",
    "held_in": "estate account",
    "representative": "executor",
    "documents": "death certificate; letters of authority; proof of ownership; repayment request; signature guarantee",
}


def written(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def requests_file(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(REQUEST))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_first_coupons_of_a_book_of_positions_are_the_printed_ones(tmp_path: Path) -> None:
    positions, due = tmp_path / "positions.csv", tmp_path / "due.csv"
    positions.write_text(POSITIONS)
    done = run("batch", "payments", positions, due, "--on", "2017-01-15")
    assert done.exit_code == 0, done.stderr
    rows = written(due)
    assert [(row["account_ref"], row["interest"]) for row in rows] == [("A-1", "4.28"), ("A-2", "5.19")]  # as printed
    assert {row["pay_on"] for row in rows} == {"2017-01-17"}  # 16 January 2017 was Martin Luther King's day
    assert {row["carried"] for row in rows} == {"columns"}
    assert "2 rows: 2 in columns, 0 line by line" in done.stderr


def test_a_range_lists_every_payment_of_it_and_maturity_with_its_principal(tmp_path: Path) -> None:
    positions, due = tmp_path / "positions.csv", tmp_path / "due.parquet"
    positions.write_text(POSITIONS)
    assert run("batch", "payments", positions, due, "--from", "2019-11-01", "--to", "2020-01-31").exit_code == 0
    rows = [row for row in parquet.read_table(due).to_pylist() if row["account_ref"] == "A-1"]
    found = [(str(row["due_on"]), row["kind"], str(row["pay_on"]), str(row["total"])) for row in rows]
    assert found == [
        ("2019-11-15", "interest", "2019-11-15", "2.92"),
        ("2019-12-15", "maturity", "2019-12-16", "1002.92"),  # 15 December 2019 was a Sunday
    ]


def test_questions_may_be_asked_one_a_row_and_a_wrong_one_says_why(tmp_path: Path) -> None:
    asked, answers = tmp_path / "asked.csv", tmp_path / "answers.csv"
    asked.write_text(
        "cusip,due_on,kind,principal,mine\n"
        "02006DLF6,2017-01-15,interest,1000.00,first\n"
        "02006DLF6,2017-01-15,coupon,1000.00,second\n"
        "02006DLF6,2017-01-16,interest,1000.00,third\n"
    )
    done = run("batch", "payments", asked, answers)
    assert done.exit_code == 1
    first, second, third = written(answers)
    assert (first["outcome"], first["total"], first["mine"]) == ("accepted", "4.28", "first")
    assert "coupon" in second["error"]
    assert second["carried"] == "line by line"
    assert third["outcome"] == "rejected"
    assert "1 could not be read" in done.stderr


def test_requests_are_answered_in_the_order_of_receipt_each_with_its_row(tmp_path: Path) -> None:
    later = REQUEST | {"request_id": "R-2", "owner_ref": "owner-2", "received_on": "2017-07-01", "documents": ""}
    given = requests_file(tmp_path / "requests.csv", REQUEST, later)
    done = run("batch", "eligibility", given, tmp_path / "answers.csv")
    assert done.exit_code == 0, done.stderr
    one, other = written(tmp_path / "answers.csv")
    assert (one["row"], one["outcome"], one["missing"]) == ("2", "pended", "documents")
    assert (other["row"], other["outcome"], other["accepted"]) == ("1", "accepted", "25000.00")
    assert (other["payment_due_on"], other["pay_on"]) == ("2017-09-15", "2017-09-15")


def test_two_requests_for_one_position_are_answered_line_by_line_and_the_second_finds_it_taken(tmp_path: Path) -> None:
    given = requests_file(tmp_path / "requests.csv", REQUEST, REQUEST | {"request_id": "R-2"})
    assert run("batch", "eligibility", given, tmp_path / "answers.csv").exit_code == 0
    one, other = written(tmp_path / "answers.csv")
    assert (one["outcome"], other["outcome"]) == ("accepted", "rejected")
    assert {one["carried"], other["carried"]} == {"line by line"}


def test_schedules_are_those_of_the_command_for_one_note(tmp_path: Path) -> None:
    notes = tmp_path / "notes.parquet"
    parquet.write_table(pa.table({"cusip": ["02006DLF6", "000000000"]}), notes)
    done = run("batch", "schedules", notes, tmp_path / "schedules.csv")
    assert done.exit_code == 1  # one of them is not known
    rows = written(tmp_path / "schedules.csv")
    assert (rows[0]["due_on"], rows[0]["pay_on"], rows[0]["interest"]) == ("2017-01-15", "2017-01-17", "4.28")
    assert "000000000" in rows[-1]["error"]


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        ("payments", "cusip,principal\n02006DLF6,1.00\n", "column `due_on` is missing"),
        ("eligibility", "cusip\n02006DLF6\n", "column `received_on` is missing"),
        ("schedules", "note\n02006DLF6\n", "column `cusip` is missing"),
        ("schedules", "", "is empty"),
        ("schedules", "cusip,cusip\na,b\n", "names column `cusip` twice"),
        ("schedules", "cusip\n", "has no row to answer"),
    ],
)
def test_a_file_that_cannot_be_answered_is_refused_in_a_sentence(
    tmp_path: Path, command: str, given: str, said: str
) -> None:
    (tmp_path / "in.csv").write_text(given)
    done = run("batch", command, tmp_path / "in.csv", tmp_path / "out.csv")
    assert done.exit_code == 2
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_money_in_floating_numbers_is_refused(tmp_path: Path) -> None:
    table = pa.table({"cusip": ["02006DLF6"], "principal": [1000.0]})
    parquet.write_table(table, tmp_path / "in.parquet")
    done = run("batch", "payments", tmp_path / "in.parquet", tmp_path / "out.csv", "--on", "2017-01-15")
    assert done.exit_code == 2
    assert "column `principal` must hold decimals, or text like `25000.00`, not double" in done.stderr


def test_options_and_names_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    positions = tmp_path / "positions.csv"
    positions.write_text(POSITIONS)
    for arguments, said in (
        ((positions, positions, "--on", "2017-01-15"), "OUT is IN"),
        ((positions, tmp_path / "out.txt", "--on", "2017-01-15"), "ends in .parquet or .csv"),
        ((positions, tmp_path / "out.csv", "--from", "2017-01-15"), "--from and --to go together"),
        ((positions, tmp_path / "out.csv", "--from", "2017-02-15", "--to", "2017-01-15"), "comes after"),
        ((positions, tmp_path / "out.csv", "--on", "2017-01-15", "--to", "2017-01-15"), "not both"),
    ):
        done = run("batch", "payments", *arguments)
        assert done.exit_code == 2
        assert said in done.stderr
    (tmp_path / "in.parquet").write_text("no Parquet")
    done = run("batch", "schedules", tmp_path / "in.parquet", tmp_path / "out.csv")
    assert done.exit_code == 2
    assert "cannot be read" in done.stderr
