"""Prudential Financial: the InterNotes programme."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from rules_engine.authoring import Issuer, Programme, Traversable, hookimpl

HOOK_CONTRACT = 1


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare the issuer and its programme."""
    return (
        Issuer(
            code="prudential",
            name="Prudential Financial, Inc.",
            programmes=(Programme(code="prudential/internotes", name="Prudential Financial InterNotes"),),
        ),
    )


@hookimpl
def rules() -> Traversable:
    """Give the folder of rules that ships."""
    return files("rules_engine_rules")
