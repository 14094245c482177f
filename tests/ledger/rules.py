"""The shipped rule book with other limits, so that a few thousand requests come up against them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from rules_engine.host import shipped_rules
from rules_engine.model.money import Money
from tests.acme import spell_out

PROGRAMME = "ally/term-notes-a"
MULTIPLE = Money.parse("1000.00")
ANNUAL_LIMIT = Money.parse("2345678.90")
INDIVIDUAL_LIMIT = Money.parse("12500.00")

TERMS = {
    "limits apply": "always",
    "individual limit": "$12,500",
    "annual limit amount": "$2,345,678.90",
}


def limited_rules(folder: Path) -> Path:
    """Copy what one programme needs of the shipped rule book, and set the limits above."""
    for part in ("ally", "calendars", "standard"):
        shutil.copytree(shipped_rules() / part, folder / part)
    spell_out(folder / PROGRAMME / "2015-08-10")
    file = folder / PROGRAMME / "2015-08-10" / "survivors-option.yaml"
    text = file.read_text()
    for term, value in TERMS.items():
        text, found = re.subn(rf"(\n  {term}:\n    value: ).*", rf"\g<1>{value}", text)
        assert found == 1, f"{file} has no term `{term}`"
    file.write_text(text)
    return folder
