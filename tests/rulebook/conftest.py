from __future__ import annotations

import pytest

from rules_engine.clauses import CLAUSES
from rules_engine.rulebook.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(clause.words for clause in CLAUSES)
