"""GMAC: the SmartNotes programme."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare the issuer and its programme."""
    return (
        Issuer(
            code="gmac",
            name="General Motors Acceptance Corporation",
            programmes=(Programme(code="gmac/smartnotes", name="GMAC SmartNotes"),),
        ),
    )
