"""A standing laid open: everything it holds as plain values, so that two can be held equal."""

from __future__ import annotations

from typing import Any

from rules_engine.standing.journal import Index, OrderedSums, Queue, Table
from rules_engine.standing.standing import Standing


def seen(standing: Standing) -> dict[str, Any]:
    """Give what a standing holds by name; what is empty is as if it were not there."""
    shown = {name: plain(held) for name, held in vars(standing).items() if name != "journal"}
    return {name: held for name, held in shown.items() if held not in ({}, [], ())}


def plain(held: Any) -> Any:
    """Give a container, or what stands in one, as plain values."""
    if isinstance(held, Queue):
        return list(held)
    if isinstance(held, OrderedSums):
        return [counted for members, cents in held._blocks for counted in zip(members, cents, strict=True)]
    if isinstance(held, Index):
        return {key: set(members) for key in held.keys() if (members := held.of(key))}  # noqa: SIM118  # no mapping
    if isinstance(held, Table):
        return {key: shown for key, value in held.items() if (shown := plain(value)) not in ({}, [])}
    return held
