"""Slips that a rule book can be read with, and that hardly anybody means: what `check` warns of, each by a name.

A warning keeps nothing out of use. Where what it tells of is meant, the file says so under `warnings off`, by the
warning's name and with a reason; what is switched off and would not be given is told too, so that no reason outlives
what it was given for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rules_engine.errors import Problem
from rules_engine.workbench.slips import approvals, days, figures, names, notes, reach, sentences, unread
from rules_engine.workbench.slips.looking import Looking, Slip
from rules_engine.workbench.slips.switched_off import Switches

__all__ = ["KINDS", "Looking", "Slip", "Slips", "slips_of"]

NOTHING: Mapping[str, str] = MappingProxyType({})

KINDS: Mapping[str, str] = {
    **unread.KINDS,
    **days.KINDS,
    **notes.KINDS,
    **names.KINDS,
    **sentences.KINDS,
    **figures.KINDS,
    **reach.KINDS,
    **approvals.KINDS,
}
"""Every warning by its name, with what it tells of."""

_CHECKS: Sequence[Callable[[Looking], Iterator[Slip]]] = (
    *unread.CHECKS,
    *days.CHECKS,
    *notes.CHECKS,
    *names.CHECKS,
    *sentences.CHECKS,
    *figures.CHECKS,
    *reach.CHECKS,
    *approvals.CHECKS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """What a book is warned of, by place; what of that was found by analysis; and what is wrong with its switches."""

    found: tuple[Slip, ...]
    deep: tuple[Slip, ...]
    faults: tuple[Problem, ...]


def slips_of(looking: Looking, deep: Iterable[Slip] | None = None, deep_kinds: Mapping[str, str] = NOTHING) -> Slips:
    """List the slips of a book that are not switched off.

    `deep` is what an analysis has found, None where there was none: what is switched off of `deep_kinds` is then not
    looked for.
    """
    switches = Switches.of(looking, {**KINDS, **deep_kinds})
    found = sorted({slip for check in _CHECKS for slip in check(looking)})
    left = tuple(slip for slip in found if not switches.has_off(slip))
    left_deep = tuple(slip for slip in deep or () if not switches.has_off(slip))
    looked_for = KINDS if deep is None else {**KINDS, **deep_kinds}
    idle = () if looking.book.problems else switches.idle(looked_for)
    return Slips(found=left, deep=left_deep, faults=tuple(sorted([*switches.faults, *idle])))
