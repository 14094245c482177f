"""Wells Fargo Bank: its brokered certificates of deposit."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare the issuer and its programme."""
    return (
        Issuer(
            code="wells-fargo",
            name="Wells Fargo Bank, N.A.",
            programmes=(
                Programme(code="wells-fargo/certificates-of-deposit", name="Wells Fargo Bank certificates of deposit"),
            ),
        ),
    )
