"""Citibank: its brokered certificates of deposit."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare the issuer and its programme."""
    return (
        Issuer(
            code="citibank",
            name="Citibank, N.A.",
            programmes=(Programme(code="citibank/certificates-of-deposit", name="Citibank certificates of deposit"),),
        ),
    )
