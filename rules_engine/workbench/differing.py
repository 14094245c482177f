"""How an answer decided again differs from the one recorded, and what has changed since that may be the cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules_engine import __version__
from rules_engine.model.decisions import Decision
from rules_engine.model.wire import decision_to_json


def how_it_differs(recorded: Decision, again: Decision) -> str:
    """Say in one sentence what an answer decided again has otherwise: its outcome and receipt, and in which fields."""
    fields = ", ".join(_fields(recorded, again))
    if recorded.receipt != again.receipt:
        return (
            f"decided again it is {again.outcome.word} with receipt {again.receipt}; "
            f"the ledger has {recorded.outcome.word} with receipt {recorded.receipt}; they differ in {fields}"
        )
    return f"decided again it has the same receipt, but other words: {fields}"


def _fields(recorded: Decision, again: Decision) -> Iterator[str]:
    """Name the fields that differ, and of the facts each by its name."""
    was, now = decision_to_json(recorded), decision_to_json(again)
    for name in sorted(was.keys() | now.keys()):
        if name in ("receipt", "made_by") or was.get(name) == now.get(name):
            continue
        if name != "facts":
            yield f"`{name}`"
            continue
        facts_were, facts_are = was["facts"], now["facts"]
        for fact in sorted(facts_were.keys() | facts_are.keys()):
            if facts_were.get(fact) != facts_are.get(fact):
                yield f"the fact `{fact}`"


def made_otherwise(recorded: Decision, plugins: Mapping[str, str]) -> str:
    """Name what made an answer and is gone or of another version today; empty where nothing is."""
    made_by, engine = recorded.made_by, __version__
    changes = []
    for name, was in made_by.plugins.items():
        if name not in plugins:
            changes.append(f"plugin `{name}` {was} is gone")
        elif plugins[name] != was:
            changes.append(f"plugin `{name}` was {was} and is {plugins[name]}")
    if made_by.engine and made_by.engine != engine:
        changes.append(f"the engine was {made_by.engine} and is {engine}")
    return "; ".join(changes)
