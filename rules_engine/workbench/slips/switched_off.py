"""Warnings that files switch off, each by its name and with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from rules_engine.errors import Problem
from rules_engine.rulebook.nodes import WARNINGS_OFF
from rules_engine.rulebook.places import Faults, Text, as_entries, as_text, meant
from rules_engine.workbench.slips.looking import BookFile, Looking, Slip


@dataclass(slots=True, kw_only=True)
class Switches:
    """What each file switches off, and what is wrong with that.

    A file that cannot say it, being no YAML file or none that is there, has it said by any file beside it.
    """

    by_file: Mapping[str, Mapping[str, Text]]
    faults: Faults = field(default_factory=Faults)
    used: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, looking: Looking, kinds: Mapping[str, str]) -> Self:
        """Read what the files of a book switch off."""
        faults = Faults()
        by_file = {file: _read(each, kinds, faults) for file, each in looking.files.items()}
        return cls(by_file={file: names for file, names in by_file.items() if names}, faults=faults)

    def has_off(self, slip: Slip) -> bool:
        """Tell whether a warning is switched off where it stands, and note that the switch was needed."""
        file = slip.problem.file
        beside = [file]
        if not file.endswith(".yaml") or file not in self.by_file:
            folder = file.rpartition("/")[0] if "." in file.rpartition("/")[2] else file
            beside += [each for each in self.by_file if each.rpartition("/")[0] == folder] if _speaks(slip) else []
        for each in beside:
            for name in (slip.switch, slip.name):
                if name in self.by_file.get(each, {}):
                    self.used.add((each, name))
                    return True
        return False

    def idle(self, looked_for: Mapping[str, str]) -> Iterator[Problem]:
        """Give what is switched off and would not be given: a reason for nothing.

        In a book with faults not everything is looked for, so that nothing is idle there.
        """
        for file, names in self.by_file.items():
            for name, text in names.items():
                kind = name if name in looked_for else name.partition(" of ")[0]
                if (file, name) not in self.used and kind in looked_for:
                    found = Faults()
                    message = f"`{name}` is switched off, and nothing here gives that warning"
                    found.at(text.place, message, f"delete the line under `{WARNINGS_OFF}`")
                    yield found[0]


def _speaks(slip: Slip) -> bool:
    """Tell whether a warning is of a file that cannot speak for itself."""
    return slip.name in ("file not read", "file dropped", "clause without rules")


def _read(file: BookFile, kinds: Mapping[str, str], faults: Faults) -> dict[str, Text]:
    entry = file.entry(WARNINGS_OFF)
    given = as_entries(entry.value, WARNINGS_OFF, faults) if entry else None
    found: dict[str, Text] = {}
    for each in given.entries.values() if given else ():
        kind = each.key.text.partition(" of ")[0] if each.key.text not in kinds else each.key.text
        if kind not in kinds:
            faults.at(each.key.place, f"there is no warning `{each.key.text}`", meant(each.key.text, kinds))
        elif reason := as_text(each.value, each.key.text, faults):
            found[each.key.text] = reason
    return found
