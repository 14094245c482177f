"""Caterpillar Financial: the PowerNotes programme."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare the issuer and its programme."""
    return (
        Issuer(
            code="caterpillar",
            name="Caterpillar Financial Services Corporation",
            programmes=(Programme(code="caterpillar/powernotes", name="Caterpillar Financial PowerNotes"),),
        ),
    )
