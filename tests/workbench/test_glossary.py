from __future__ import annotations

from typing import Any

import pytest

from rules_engine.clauses import CLAUSES
from rules_engine.model.decisions import Outcome
from rules_engine.model.values import Kind
from rules_engine.rulebook.literals import read_literal
from rules_engine.rulebook.vocabulary import Comparison, Ruling, Vocabulary
from rules_engine.workbench.glossary import WRITTEN, glossary

VOCABULARY = Vocabulary.of(clause.words for clause in CLAUSES)


def all_words() -> list[dict[str, Any]]:
    groups = ("facts", "terms", "payment")
    return [word for clause in glossary(VOCABULARY)["clauses"] for group in groups for word in clause[group]]


def test_holds_every_word_of_every_clause() -> None:
    found = {clause["clause"]: clause for clause in glossary(VOCABULARY)["clauses"]}
    for name, words in VOCABULARY.clauses.items():
        assert [fact["name"] for fact in found[name]["facts"]] == list(words.facts)
        assert [term["name"] for term in found[name]["terms"]] == list(words.terms)
        assert [term["name"] for term in found[name]["payment"]] == list(words.payment)


@pytest.mark.parametrize("word", all_words(), ids=lambda word: word["name"])
def test_every_word_has_a_meaning_and_is_written_like_its_example(word: dict[str, Any]) -> None:
    assert word["meaning"].endswith(".")
    assert read_literal(word["example"], Kind(word["type"]), word["words"]) is not None


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.WORD, Kind.WORDS)])
def test_values_of_every_kind_are_written_like_its_example(kind: Kind) -> None:
    assert read_literal(WRITTEN[kind].example, kind) is not None


def test_every_comparison_and_outcome_has_a_meaning() -> None:
    found = glossary(VOCABULARY)
    assert [each["comparison"] for each in found["comparisons"]] == [comparison.value for comparison in Comparison]
    assert [each["outcome"] for each in found["outcomes"]] == [outcome.word for outcome in Outcome]
    assert all(each["meaning"].endswith(".") for each in found["comparisons"] + found["outcomes"])
    assert {phrase for each in found["outcomes"] for phrase in each["then"]} == {ruling.value for ruling in Ruling}
