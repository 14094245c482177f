"""Why a request behind others is answered otherwise: whose room in a limit is free now, or taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules_engine.model.money import Money
from rules_engine.workbench.comparing.answers import Told

_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Moved:
    """A request that is accepted for more or less than before, in cents, in a year."""

    name: str
    year: int
    more: int


@dataclass(slots=True)
class Causes:
    """What was answered otherwise so far, programme by programme, in the order it was."""

    moved: dict[str, list[_Moved]] = field(default_factory=dict)

    def note(self, was: Told | None, now: Told | None) -> None:
        """Take in that a request is answered otherwise."""
        given = now or was
        assert given is not None
        more = _accepted(now) - _accepted(was)
        kept = self.moved.setdefault(given.programme, [])
        kept.append(_Moved(given.name, given.year, more))

    def of(self, was: Told | None, now: Told | None) -> str:
        """Say why a request is answered otherwise by the same rules."""
        given = now or was
        assert given is not None
        more = _accepted(now) - _accepted(was)
        balance: dict[str, int] = {}
        for each in self.moved.get(given.programme, ()):
            if each.name != given.name and each.year == given.year:
                balance[each.name] = balance.get(each.name, 0) + each.more
        # whoever moved last stands nearest before it
        opposite = [other for other, cents in balance.items() if (cents < 0 < more) or (more < 0 < cents)]
        names = list(reversed(opposite)) or [other for other in reversed(balance) if balance[other]]
        if not names:
            others = (each.name for each in reversed(self.moved.get(given.programme, [])) if each.name != given.name)
            last = next(others, "")
            return f"because {last} is answered otherwise" if last else ""
        said = " and ".join(names[:_NAMED])
        if len(names) > _NAMED:
            said = f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
        several = len(names) > 1
        if more > 0 and opposite:
            return f"fits because {said} no longer {'take their' if several else 'takes its'} room"
        if more < 0 and opposite:
            taken = Money.from_cents(sum(balance[other] for other in opposite))
            return f"no longer fits because {said} {'take' if several else 'takes'} {taken} more"
        return f"because {said} {'are' if several else 'is'} answered otherwise"


def _accepted(answer: Told | None) -> int:
    return answer.stands.accepted if answer else 0
