"""Toyota Motor Credit: the CoreNotes programme."""

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
            code="toyota",
            name="Toyota Motor Credit Corporation",
            programmes=(Programme(code="toyota/corenotes", name="Toyota Motor Credit CoreNotes"),),
        ),
    )


@hookimpl
def rules() -> Traversable:
    """Give the folder of rules that ships."""
    return files("rules_engine_rules")
