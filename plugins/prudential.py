"""Prudential Financial: the InterNotes programme."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


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
