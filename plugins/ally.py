"""Ally Financial: the Term Notes programme of the prospectus of August 10, 2015."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


@hookimpl
def issuers() -> Sequence[Issuer]:
    """Declare Ally and its programme of Term Notes."""
    return (
        Issuer(
            code="ally",
            name="Ally Financial Inc.",
            programmes=(Programme(code="ally/term-notes-a", name="Ally Financial Term Notes, Series A"),),
        ),
    )
