"""Household Finance: the HFC InterNotes programme."""

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
            code="household",
            name="Household Finance Corporation",
            programmes=(Programme(code="household/internotes", name="HFC InterNotes"),),
        ),
    )


@hookimpl
def rules() -> Traversable:
    """Give the folder of rules that ships."""
    return files("rules_engine_rules")
