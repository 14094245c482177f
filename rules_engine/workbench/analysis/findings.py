"""What an analysis finds: where, of what kind, and an event that `decide` confirms it by."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules_engine.errors import Problem
from rules_engine.workbench.analysis.stages import Written

GAP, OVERLAP, NEVER_HOLDS = "gap", "overlap", "never holds"
COVERED, ADDS_NOTHING, TERM_WITHOUT_EFFECT = "always covered", "adds nothing", "term without effect"
BROKEN = "policy broken"

DEEP_KINDS = {
    GAP: "cases that no rule speaks to, or that are accepted with no paper that shows the right of whoever asks",
    OVERLAP: "two rules that look at the same facts and both match a case, with different outcomes or amounts",
    NEVER_HOLDS: "a rule whose tests never hold together",
    COVERED: "a rule that matches only where a more cautious one does too",
    ADDS_NOTHING: "a rule that matches only where others of the same outcome do",
    TERM_WITHOUT_EFFECT: "a term named only by rules that never decide anything",
}
"""What `check --deep` finds, by name; each is switched off as a warning is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A run of events, the answer to the last of them, and the rules that matched it.

    `imagined` says that its note stands in no supplement: the event can be read, not sent.
    """

    events: tuple[Written, ...] = field(hash=False, compare=False)
    outcome: str
    rules: tuple[str, ...]
    imagined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: its place, message and help; its kind and what it is about; programmes it holds for; an event."""

    problem: Problem
    kind: str
    about: str
    programmes: tuple[str, ...]
    confirmed: Confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A policy question and what came of it: `proved`, `broken` with an event, or `not settled`."""

    policy: str
    place: Problem
    programmes: tuple[str, ...]
    verdict: str
    confirmed: Confirmed | None = None
    because: str = ""
