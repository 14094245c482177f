"""Measures how much of the supplements in this repository is read, and how: right, missing, doubted, wrong.

python -m benchmarks.reading            prints the table, and every field that is not right
python -m benchmarks.reading --write    also puts the table into docs/supplements.md
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rules_engine.supplements import NoNoteFound, ReadSupplement, read_supplement_text
from tests.supplements.layouts import LAYOUTS, ROWS, Row
from tests.supplements.scoring import BEYOND, KINDS, SHEETS, Outcome, Scored, facts, score

PAGE = Path(__file__).parent.parent / "docs" / "supplements.md"
MARK = "<!-- read -->\n"
GROUPS = {
    "sheets made up in the ways they are filed": SHEETS,
    "small texts, each of one kind of fault": KINDS,
    "sheets in ways that are not read in full": BEYOND,
}


def read_or_none(data: bytes, name: str) -> ReadSupplement | None:
    try:
        return read_supplement_text(data, file=name)
    except NoNoteFound:
        return None


def of_folder(folder: Path) -> Iterator[tuple[str, Scored]]:
    for name, printed in facts(folder).items():
        read = read_or_none((folder / name).read_bytes(), name)
        yield from ((name, each) for each in score(printed, read))


def of_rows() -> Iterator[tuple[str, Scored]]:
    """Lay every printed row out in every way, and compare what is read with the row."""
    for name, layout in LAYOUTS.items():
        for row in ROWS:
            read = read_or_none(layout([row]).encode(), name)
            yield from ((f"{name} {row['cusip']}", each) for each in score(printed_by(row), read))


def printed_by(row: Row) -> dict[str, Any]:
    note = {
        "cusip": row["cusip"],
        "coupon": row["coupon_rate_pct"],
        "frequency": row["frequency"].lower().replace("_", "-"),
        "maturity": row["maturity_date"],
        "first coupon date": row["first_coupon_date"],
        "first coupon amount": f"${row['first_coupon_amount_published']}",
        "survivors option": row["survivors_option"].lower(),
    }
    return {"notes": [note]}


def table(groups: dict[str, list[tuple[str, Scored]]]) -> str:
    lines = [
        "| texts | of them | fields printed | right | missing | doubted | wrong |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, scored in groups.items():
        counts = Counter(each.outcome for _, each in scored)
        texts = len({text for text, _ in scored})
        figures = [len(scored), *(counts[outcome] for outcome in Outcome)]
        lines.append(f"| {name} | {texts} | {' | '.join(map(str, figures))} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    asked.add_argument("--write", action="store_true", help="put the table into docs/supplements.md")
    write = asked.parse_args().write
    groups = {name: list(of_folder(folder)) for name, folder in GROUPS.items()}
    groups[f"{len(ROWS)} printed rows, each in {len(LAYOUTS)} layouts"] = list(of_rows())
    for scored in groups.values():
        for text, each in scored:
            if each.outcome is not Outcome.RIGHT:
                print(f"{text}: {each.field}: printed {each.printed or 'nothing'}: {each.outcome}: {each.read}")
    print(table(groups))
    if write:
        before, _, _ = PAGE.read_text().partition(MARK)
        PAGE.write_text(f"{before}{MARK}\n{table(groups)}")


if __name__ == "__main__":
    main()
