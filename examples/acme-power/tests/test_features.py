"""What Acme Power's desk agreed to, answered by the host with the plugin that is installed."""

from __future__ import annotations

from pathlib import Path

from pytest_bdd import scenarios

scenarios(str(Path(__file__).parent.parent / "features"))
