"""JSON Schemas for editors and programs, made from the vocabulary and the models: nothing is listed a second time.

A schema says less than `check`: it holds keys, words and the shape of values, and never refuses what `check` takes.
What two lines say of each other, and what stands in other files, only `check` can see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.workbench.schemas.rule_files import rule_set_schema
from rules_engine.workbench.schemas.small_files import (
    calendar_schema,
    issuer_schema,
    policies_schema,
    supplement_schema,
    words_schema,
)
from rules_engine.workbench.schemas.wire import decision_schema, event_schema

FILES: Mapping[str, tuple[str, ...]] = {
    "rule-set": ("**/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/*.yaml", "standard/*.yaml"),
    "supplement": ("**/supplements/*.yaml",),
    "calendar": ("calendars/*.yaml",),
    "issuer": ("**/issuer.yaml",),
    "words": ("**/words.yaml",),
    "policies": ("policies.yaml", "**/policies.yaml"),
    "event": (),
    "decision": (),
}
"""Each schema, and the files of a rule book it is for."""


def schemas(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """Make every schema, by its name."""
    return {
        "rule-set": rule_set_schema(vocabulary),
        "supplement": supplement_schema(),
        "calendar": calendar_schema(),
        "issuer": issuer_schema(),
        "words": words_schema(),
        "policies": policies_schema(vocabulary),
        "event": event_schema(vocabulary.added),
        "decision": decision_schema(),
    }
