"""National Rural Utilities CFC: the InterNotes programme."""

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
            code="cfc",
            name="National Rural Utilities Cooperative Finance Corporation",
            programmes=(Programme(code="cfc/internotes", name="CFC InterNotes"),),
        ),
    )


@hookimpl
def rules() -> Traversable:
    """Give the folder of rules that ships."""
    return files("rules_engine_rules")
