"""What the tests of a standing have in common."""

from __future__ import annotations

import os
import random

import pytest


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Look at other histories in each run, and at the same ones where a gate does."""
    if os.environ.get("CI"):
        return random.Random(request.node.name).randrange(10**6)
    return random.SystemRandom().randrange(10**6)
