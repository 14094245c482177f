"""A second issuer beside the one that ships: its plugin, its copy of the rule book, and requests for its notes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine.clauses import CLAUSES
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host, shipped_rules
from rules_engine.ledger.base import Ledger
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.model.money import Money
from rules_engine.plugging import Found, Plugins, found_plugins, load_plugins

ALLY, ACME = "ally/term-notes-a", "acme/notes-a"
EDITION = "2015-08-10"
ALLY_NOTE, ACME_NOTE = "02006DLF6", "00499AAA3"
NOTES = {"02006DLF6": "00499AAA3", "02006DLG4": "00499AAB1"}
"""The notes that ship, each with its copy under the other issuer."""

WORDS = [clause.words for clause in CLAUSES]


class AcmePlugin:
    """The plugin of an issuer that does everything right."""

    @hookimpl
    def issuers(self) -> Sequence[Issuer]:
        return (Issuer(code="acme", name="Acme Corp.", programmes=(Programme(code=ACME, name="Acme Notes"),)),)


def found(name: str, plugin: Any, version: str = "1.0") -> Found:
    """Find a plugin as an entry point would; a callable that is no plugin's class is run when it is loaded."""
    return Found(name=name, version=version, load=lambda: plugin() if callable(plugin) else plugin)


def loaded(*others: Found, calendars: Sequence[str] = ()) -> Plugins:
    """Load plugins beside those that are installed."""
    return load_plugins([*found_plugins(), *others], WORDS, calendars=calendars)


def rules_with_acme(to: Path) -> Path:
    """Copy what Ally needs of the rule book that ships, and give Acme the same rules, every figure spelled out."""
    root = to / "rules"
    for part in ("ally", "calendars", "standard"):
        shutil.copytree(shipped_rules() / part, root / part)
    shutil.copytree(root / ALLY, root / ACME)
    spell_out(root / ACME / EDITION)
    for path in (root / ACME / "supplements").glob("*.yaml"):
        text = unquoted(path.read_text())
        for theirs, ours in NOTES.items():
            text = text.replace(theirs, ours)
        path.write_text(text)
    return root


def unquoted(supplement: str) -> str:
    """Give a supplement without the words of its source, for tests to put other figures into."""
    return re.sub(r'^ *quote:.*\n(?: *- ".*"\n)*', "", supplement, flags=re.MULTILINE)


def spell_out(edition: Path) -> None:
    """Put files in the place of an edition's that give every figure themselves, for tests to change."""
    shutil.rmtree(edition)
    shutil.copytree(Path(__file__).parent / "spelled_out", edition)


def rule_file(root: Path, name: str = "survivors-option", programme: str = ACME) -> Path:
    """Find a programme's rule file in a copied book."""
    return root / programme / EDITION / f"{name}.yaml"


def replaced(path: Path, old: str, new: str) -> None:
    """Put one text of a file in the place of another, which stands there once."""
    text = path.read_text()
    assert text.count(old) == 1, f"`{old}` stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new))


def host_on(root: Path, plugins: Plugins, ledger: Ledger | None = None, **options: Any) -> Host:
    """Open a host on a copied book."""
    return Host.open(root, ledger, plugins=plugins, **options)


def requested(event_id: str = "e-1", **changes: Any) -> SurvivorsOptionRequested:
    """Make a request that every rule is content with: $25,000 of the first note, all papers in."""
    fields: dict[str, Any] = {
        "event_id": event_id,
        "received_on": date(2017, 9, 1),
        "request_id": f"request of {event_id}",
        "cusip": ALLY_NOTE,
        "principal": Money.parse("25000.00"),
        "position": Money.parse("25000.00"),
        "occurred_on": date(2017, 8, 1),
        "owner_ref": "owner-1",
        "acquired_on": date(2016, 12, 1),
        "acquired": "primary market",
        "registration": "sole owner",
        "owner_at_death": True,
        "held_in": "estate account",
        "representative": "executor",
        "documents": frozenset(
            {
                "death certificate",
                "letters of authority",
                "proof of ownership",
                "repayment request",
                "signature guarantee",
            }
        ),
    }
    return SurvivorsOptionRequested(**(fields | changes))
