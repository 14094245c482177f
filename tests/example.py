"""What scenarios have beside what ships: the example's issuer, which sells nothing, and notes that nobody ever sold."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from rules_engine.hookspecs import hookimpl
from rules_engine.host import shipped_rules
from rules_engine.model.issuers import Issuer, Programme

FEATURES = Path(__file__).parent.parent / "features"


def book_with_imagined_notes(folder: Path) -> Path:
    """Set the imagined notes, and the example's programme, beside the real ones, in a copy of the rule book."""
    rules = folder / "rules"
    shutil.copytree(shipped_rules(), rules, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    shutil.copytree(FEATURES / "example" / "rules", rules / "example")
    for supplement in FEATURES.glob("*/imagined/*.yaml"):
        (programme,) = (rules / supplement.parent.parent.name).iterdir()
        (programme / "supplements").mkdir(exist_ok=True)
        shutil.copy(supplement, programme / "supplements")
    return rules


class ExamplePlugin:
    """The plugin that the features alone have."""

    @hookimpl
    def issuers(self) -> Sequence[Issuer]:
        programme = Programme(code="example/notes", name="Example Notes")
        return (Issuer(code="example", name="Example Corp.", programmes=(programme,)),)
