"""Everything a plugin can do, as one table of contents.

Plugins declare; only YAML decides. No hook can return, veto or alter a decision. A plugin is a
module (or object) whose functions carry `@hookimpl`; it is found through the entry-point group
`rules_engine`, and loaded by itself. It says for which of the hook contracts it is written:

    HOOK_CONTRACT = 1
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable

import pluggy

from rules_engine.dates.calendars import Calendar
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.issuers import Issuer
from rules_engine.rulebook.vocabulary import ClauseWords

CONTRACT = 1
"""The hook contract this host offers; a hook that changes its meaning, or goes, makes the next one."""

NAMES_CONTRACT = "HOOK_CONTRACT"
"""The name under which a plugin says for which hook contract it is written; without it, for the first."""

hookspec = pluggy.HookspecMarker("rules_engine")
hookimpl = pluggy.HookimplMarker("rules_engine")
"""Marks a plugin's function as the implementation of the hook of the same name."""


@hookspec
def issuers() -> Sequence[Issuer]:  # type: ignore[empty-body]  # a hook's specification has no body
    """Declare issuers with their programmes; the rule book has a folder for each."""


@hookspec
def rules() -> Traversable:  # type: ignore[empty-body]  # a hook's specification has no body
    """Give the folder of rules that the plugin brings, with a folder in it for each issuer it declares."""


@hookspec
def words() -> Sequence[ClauseWords]:  # type: ignore[empty-body]  # a hook's specification has no body
    """Declare facts and terms of the plugin's own, each under the clause whose rules may use it.

    The rules of the plugin's own issuers know them, and no others. A word that the clause already has may not be
    declared again.
    """


@hookspec
def calendars() -> Sequence[Calendar]:  # type: ignore[empty-body]  # a hook's specification has no body
    """Declare calendars of the plugin's own, under codes nobody had before."""


@hookspec
def decision_recorded(event: Event, decision: Decision) -> None:
    """Hear of a decision after it was recorded; what a listener raises is reported and changes nothing."""
