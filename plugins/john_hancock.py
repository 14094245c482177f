"""John Hancock: the SignatureNotes programme."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare the issuer and its programme."""
    return (
        Issuer(
            code="john-hancock",
            name="John Hancock Life Insurance Company",
            programmes=(Programme(code="john-hancock/signaturenotes", name="John Hancock SignatureNotes"),),
        ),
    )
