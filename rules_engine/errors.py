"""What can go wrong, for the person who can put it right.

Three kinds are kept apart: a fault in a file (`Problem`, collected, all at once), a bad event
(`EventError`), and a case nobody can decide by rule (not an error at all: the decision is `referred`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """A fault in a file: where it stands, what is wrong, and what to do about it.

    `line` and `column` count from 1, as editors do. `message` is one plain sentence in lower case
    without a full stop; `help` says how to mend it, and may be empty.
    """

    file: str
    line: int
    column: int
    message: str
    help: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: {self.message}"
        return f"{place}\n    help: {self.help}" if self.help else place


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFault:
    """One fault of an event: the field's name (empty for the whole line) and a plain sentence."""

    field: str
    message: str


class RulesEngineError(Exception):
    """Anything this package raises on purpose.

    `trying_again_helps` says whether the same call may succeed a little later although nobody mends anything: another
    program was quicker, or a server restarts. Where it is False somebody has to act first, as the message says.
    """

    trying_again_helps = False


class RuleBookError(RulesEngineError):
    """A rule book has faults; `problems` holds every one of them, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class EventError(RulesEngineError):
    """An event cannot be read; `faults` holds every field that is wrong, the first one leading."""

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in self.faults))


class EventIdReused(EventError):
    """The same `event_id` came with other content; both contents are named by digest."""


class CalendarNotCovered(RulesEngineError):
    """A day lies outside the years a calendar is known for."""


class NotPrescribed(RulesEngineError):
    """The terms that were read leave open what a case turns on; `code` is the finding that says so."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class StaleStanding(RulesEngineError):
    """The standing moved between deciding and recording: decide again."""

    trying_again_helps = True


class LedgerError(RulesEngineError):
    """The ledger cannot be read or written; the message says what to do."""

    def __init__(self, message: str, *, trying_again_helps: bool = False) -> None:
        self.trying_again_helps = trying_again_helps
        super().__init__(message)


class OtherRuleBook(LedgerError):
    """A host pinned to its rule book would record after another one's decisions."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Name the known word a person most likely meant, or give an empty text.

    >>> nearest("moths held", ["months held", "trigger"])
    'months held'
    """
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
