from __future__ import annotations

import json
from pathlib import Path

from .running import ROOT, run

SEED = ROOT / "tests" / "supplements" / "texts" / "000_7cfa1e8d39dac1c8.txt"


def test_prints_the_file_for_the_rule_book_and_warns_beside_it() -> None:
    result = run("read-supplement", SEED)
    assert result.exit_code == 0
    assert result.stdout.startswith("supplement: Pricing Supplement No. 123")
    assert result.stdout.count("- cusip: ") == 2
    warning = 'a preliminary supplement: hold its figures against the final one: "Preliminary Pricing Supplement"'
    assert result.stderr == f"{SEED}:9: warning: {warning}\n"


def test_holds_first_coupons_against_the_programme_asked_for() -> None:
    result = run("read-supplement", SEED, "--programme", "ally/term-notes-a")
    assert result.exit_code == 0
    assert "it comes out on 30/360, as `ally/term-notes-a` counts" in result.stdout


def test_reads_standard_input() -> None:
    result = run("read-supplement", "-", given=SEED.read_bytes())
    assert result.exit_code == 0
    assert result.stdout == run("read-supplement", SEED).stdout


def test_its_json_tells_each_field_with_the_words_it_came_from() -> None:
    result = run("read-supplement", SEED, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["doubts"] == []
    assert told["notes"][1]["coupon"] == {
        "value": "4.250",
        "how": "read",
        "words": "4.250 %",
        "line": 18,
        "checked": "",
        "doubts": [],
    }
    assert (told["outcome"], told["programmes"]) == ("ready", ["ally/term-notes-a"])
    assert told["notes"][0]["redemption"]["value"]["first_on"] == "2017-12-15"
    assert told["notes"][0]["first coupon amount"]["value"] == "4.28"


def test_ends_with_1_and_names_file_and_line_where_a_person_has_to_look(tmp_path: Path) -> None:
    file = tmp_path / "supplement.txt"
    file.write_bytes(SEED.read_bytes().replace(b"4.28", b"4.29"))
    result = run("read-supplement", file)
    assert result.exit_code == 1
    assert f"{file}:12: 02006DLF6: `first coupon amount`: $4.29 is printed, but $4.28 comes out" in result.stderr
    assert "first coupon amount:  # doubtful: $4.29 is printed" in result.stdout


def test_ends_with_2_where_no_note_is_found(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("CUSIP Number\tCoupon Rate\tMaturity Date\n02006DLF\t3.500%\t12/15/2019\n")
    result = run("read-supplement", file)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{file}:2: `02006DLF` stands where a CUSIP should, and is none\n" in result.stderr
    assert "no note is found" in result.stderr


def test_ends_with_2_for_a_programme_nobody_has() -> None:
    result = run("read-supplement", SEED, "--programme", "ally/term-note-a")
    assert result.exit_code == 2
    assert "no programme `ally/term-note-a`: did you mean `ally/term-notes-a`?" in result.stderr
