"""Toyota Motor Credit: the CoreNotes programme."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


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
