"""What came of running scenarios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from rules_engine.acceptance.scenarios import Scenario
from rules_engine.errors import Problem


class Verdict(StrEnum):
    """What became of a scenario."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The line a scenario failed in: what it expects, what was decided instead, and the findings that say why.

    `is_wrong` says that the scenario itself makes no sense: `decided` then says what is the matter with it.
    """

    number: int
    expected: str
    decided: str
    why: tuple[str, ...] = ()
    is_wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A rule set that decided something in a scenario, by the edition and the clause it is for."""

    edition: str
    clause: str
    digest: str
    is_draft: bool

    @property
    def programme(self) -> str:
        """The programme it belongs to."""
        return self.edition.rpartition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A scenario that was run: whether it passed, where it failed, and which rule sets answered in it."""

    scenario: Scenario
    failure: Failure | None = None
    ruled: tuple[Ruled, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What became of it."""
        return Verdict.FAILED if self.failure else Verdict.PASSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A run of features: every scenario that was run, in the order of files and lines, and what could not be read.

    `unread` counts the scenarios, or whole files, that `problems` kept from being run.
    """

    ran: tuple[Ran, ...]
    problems: tuple[Problem, ...] = ()
    unread: int = 0
    counts: Counter[Verdict] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counter(each.verdict for each in self.ran))

    @property
    def failed(self) -> Sequence[Ran]:
        """The scenarios that failed."""
        return [each for each in self.ran if each.failure]

    @property
    def is_accepted(self) -> bool:
        """Whether some scenario ran, all of them passed, and none was left unread."""
        return bool(self.ran) and not self.failed and not self.unread


def acceptance_to_json(accepted: Acceptance) -> dict[str, Any]:
    """Give what came of a run as JSON has it."""
    return {
        "accepted": accepted.is_accepted,
        "passed": accepted.counts[Verdict.PASSED],
        "failed": accepted.counts[Verdict.FAILED],
        "unread": accepted.unread,
        "problems": [asdict(problem) for problem in accepted.problems],
        "scenarios": [
            {
                "file": ran.scenario.file,
                "line": ran.scenario.number,
                "scenario": ran.scenario.name,
                "verdict": ran.verdict.value,
                "failure": asdict(ran.failure) if ran.failure else None,
                "rules": [{"edition": each.edition, "clause": each.clause} for each in ran.ruled],
            }
            for ran in accepted.ran
        ],
    }
