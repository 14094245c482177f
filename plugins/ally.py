"""Ally Financial: the Term Notes programme of the prospectus of August 10, 2015."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from rules_engine.authoring import Issuer, Programme, Traversable, hookimpl

HOOK_CONTRACT = 1


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare Ally and its programme of Term Notes."""
    return (
        Issuer(
            code="ally",
            name="Ally Financial Inc.",
            programmes=(Programme(code="ally/term-notes-a", name="Ally Financial Term Notes, Series A"),),
        ),
    )


@hookimpl
def rules() -> Traversable:
    """Give the folder of rules that ships."""
    return files("rules_engine_rules")
