"""HSBC Finance: the InterNotes programme."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare the issuer and its programme."""
    return (
        Issuer(
            code="hsbc",
            name="HSBC Finance Corporation",
            programmes=(Programme(code="hsbc/internotes", name="HSBC Finance InterNotes"),),
        ),
    )
