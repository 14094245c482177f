"""A new issuer's package, written from a template: it passes its own scenarios and keeps the contract at once."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from rules_engine.errors import RulesEngineError
from rules_engine.model.cusips import check_digit
from rules_engine.plugging import HOST
from rules_engine.plugging.declarations import RESERVED
from rules_engine.rulebook.issuer_files import is_code

_TEMPLATE = Path(str(files("rules_engine.workbench"))) / "template"
_SUFFIX = ".txt"
_NAME = re.compile(r"(?:[^\"\\{}@:#]|:(?! )|(?<! )#){1,100}")
_LETTERS_OF_A_CUSIP = 5


class NotWritten(RulesEngineError):
    """No package was written; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlugin:
    """What a new package is about: the issuer's code and name, and the date of its prospectus."""

    code: str
    name: str
    prospectus: date

    @property
    def module(self) -> str:
        """The name of its Python package."""
        return self.code.replace("-", "_")

    @property
    def cusip(self) -> str:
        """A CUSIP for the note of its scenarios, which was never sold: `X`, letters of the code, `99`."""
        letters = self.code.replace("-", "").upper()[:_LETTERS_OF_A_CUSIP]
        base = f"X{letters.ljust(_LETTERS_OF_A_CUSIP, '0')}99"
        return f"{base}{check_digit(base)}"


def write_plugin(new: NewPlugin, to: Path) -> tuple[Path, ...]:
    """Write a package into a new folder; give its files.

    Raises NotWritten, having written nothing, where the folder holds something already or the code cannot be one.
    """
    if not is_code(new.code) or not new.code[0].isalpha() or new.code in RESERVED:
        raise NotWritten(f"`{new.code}` cannot be an issuer's code: write small letters and hyphens, as `acme-power`")
    if not _NAME.fullmatch(new.name) or not new.name.isprintable():
        what = "one line of at most 100 characters, without quotes, braces, `: ` and ` #`"
        raise NotWritten(f"the issuer's name must be {what}")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise NotWritten(f"{to} is there already and is not an empty folder: name a new one")
    said = _said(new)
    written = []
    for template in _templates(_TEMPLATE):
        path = to / _filled(template.relative_to(_TEMPLATE).as_posix().removesuffix(_SUFFIX), said)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(template.read_text(encoding="utf-8"), said), encoding="utf-8")
        written.append(path)
    return tuple(written)


def _templates(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(f"*{_SUFFIX}")) if path.is_file())


def _said(new: NewPlugin) -> Mapping[str, str]:
    """Say what stands for each name of the template; the note's days follow from the prospectus's date."""
    issued = _first_of_month(new.prospectus, months=1)
    return {
        "CODE": new.code,
        "MODULE": new.module,
        "NAME": new.name,
        "VERSION": version(HOST),
        "PROSPECTUS": new.prospectus.isoformat(),
        "CUSIP": new.cusip,
        "ISSUED": issued.isoformat(),
        "FIRST": _first_of_month(issued, months=1).replace(day=15).isoformat(),
        "MATURES": _first_of_month(issued, months=60).replace(day=15).isoformat(),
        "DIED": _first_of_month(issued, months=9).isoformat(),
        "ASKED": _first_of_month(issued, months=11).isoformat(),
    }


def _first_of_month(day: date, *, months: int) -> date:
    """Give the first day of the month that lies so many months after a day's."""
    years, month = divmod(day.month - 1 + months, len(calendar.month_name) - 1)
    return date(day.year + years, month + 1, 1)


def _filled(text: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        text = text.replace(f"@{name}@", value)
    return text
