"""The issuer of the example programme: it sells nothing, and stands for what no shipped programme uses."""

from __future__ import annotations

from collections.abc import Sequence

from rules_engine.hookspecs import hookimpl
from rules_engine.model.issuers import Issuer, Programme


class ExamplePlugin:
    """The plugin that the features alone have."""

    @hookimpl
    def issuers(self) -> Sequence[Issuer]:
        programme = Programme(code="example/notes", name="Example Notes")
        return (Issuer(code="example", name="Example Corp.", programmes=(programme,)),)
