"""What a step of a scenario ends with when the answer is not the one expected, or the scenario makes no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules_engine.model.decisions import Decision


class WrongScenario(AssertionError):
    """The scenario itself is wrong: it speaks of something it has not prepared, or sends what no event can say."""


class NotAsExpected(AssertionError):
    """The answer is not the one a scenario expects; `decided` says what it is instead.

    `why` are the findings it rests on, a line each, where there is an answer at all.
    """

    def __init__(self, decided: str, why: tuple[str, ...] = ()) -> None:
        self.decided = decided
        self.why = why
        answer = "".join(f"\n    {line}" for line in why)
        super().__init__(f"{decided}; the answer was:{answer}" if why else decided)


def reasons(answer: Decision) -> tuple[str, ...]:
    """Say an answer in lines: its outcome, then each finding with its reason and the place it is written at."""
    return (
        answer.outcome.word,
        *(
            f"{finding.outcome.word}: {finding.name}: {finding.because}{f' ({finding.cite})' if finding.cite else ''}"
            for finding in answer.findings
        ),
    )
