"""What came of changing a rule book: the changes that no scenario notices, and whether each is explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rules_engine.acceptance.mutants import Mutant
from rules_engine.acceptance.mutating import Fate, Mutation, Tried
from rules_engine.acceptance.sharing import shared_out
from rules_engine.acceptance.unnoticed import Explained, idle
from rules_engine.acceptance.would_tell import Telling, what_would_tell
from rules_engine.errors import Problem
from rules_engine.rulebook.tree import STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """A change that no scenario notices: why, where that is explained, or else an event that would tell, if any.

    `was_looked_for` says that events were tried.
    """

    mutant: Mutant
    explained: Explained | None = None
    telling: Telling | None = None
    was_looked_for: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutated:
    """What came of every mutant tried. `problems` are of the explanations: unreadable ones, and those of nothing."""

    tried: tuple[Tried, ...]
    survivors: tuple[Survivor, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> Counter[Fate]:
        """How many mutants there are of each fate."""
        return Counter(each.fate for each in self.tried)

    @property
    def unexplained(self) -> Sequence[Survivor]:
        """The changes that no scenario notices and nobody explains."""
        return [each for each in self.survivors if each.explained is None]


MOST_LOOKED_FOR = 60
"""For how many changes an event is looked for: a programme's own files go first, and then the standard wording."""

Watch = Callable[[Iterable[Tried], int], Iterable[Tried]]
"""Passes on what became of so many mutants, for somebody who watches."""


def mutate(
    mutation: Mutation,
    mutants: Sequence[Mutant],
    *,
    explained: Sequence[Explained] = (),
    problems: Iterable[Problem] = (),
    jobs: int = 1,
    looking: bool = True,
    watch: Watch = lambda tried, total: tried,
) -> Mutated:
    """Try mutants; for each that no scenario notices and nobody explains, look for an event that would tell.

    Without `looking` no events are looked for, and never for more than the first `MOST_LOOKED_FOR` changes.
    """
    tried = tuple(watch(mutation.try_all(mutants, jobs=jobs), len(mutants)))
    unnoticed = [each.mutant for each in tried if each.fate is Fate.UNNOTICED]
    why = {id(mutant): next((each for each in explained if each.covers(mutant)), None) for mutant in unnoticed}
    wanted = [mutant for mutant in unnoticed if looking and why[id(mutant)] is None]
    # what somebody read of a programme before the wording that others gave it
    asked = sorted(wanted, key=lambda mutant: mutant.file.startswith(f"{STANDARD}/"))[:MOST_LOOKED_FOR]
    found = shared_out(lambda mutant: what_would_tell(mutation, mutant), asked, jobs=jobs)
    telling = {id(mutant): each for mutant, each in zip(asked, found, strict=True)}
    survivors = [
        Survivor(
            mutant=mutant,
            explained=why[id(mutant)],
            telling=telling.get(id(mutant)),
            was_looked_for=id(mutant) in telling,
        )
        for mutant in unnoticed
    ]
    said = (*problems, *idle(explained, unnoticed, mutants))
    return Mutated(tried=tried, survivors=tuple(survivors), problems=said)


def mutated_to_json(mutated: Mutated) -> dict[str, Any]:
    """Give what came of mutants as JSON has it: how many, and each that no scenario notices."""
    return {
        "tried": len(mutated.tried),
        **{fate.value: mutated.counts[fate] for fate in Fate},
        "survivors": [
            {
                **_mutant(each.mutant),
                "because": each.explained.because if each.explained else "",
                "telling": _telling(each.telling),
            }
            for each in mutated.survivors
        ],
        "noticed_by": [{**_mutant(each.mutant), "by": each.by} for each in mutated.tried if each.fate is Fate.NOTICED],
        "problems": [str(problem) for problem in mutated.problems],
    }


def _mutant(mutant: Mutant) -> dict[str, Any]:
    return {
        "file": mutant.file,
        "line": mutant.line,
        "change": mutant.change.value,
        "what": mutant.what,
        "from": mutant.before,
        "to": mutant.after,
    }


def _telling(telling: Telling | None) -> dict[str, Any] | None:
    if telling is None:
        return None
    return {
        "events": list(telling.events),
        "decided": list(telling.decided),
        "otherwise": list(telling.otherwise),
        "scenario": telling.scenario,
    }
