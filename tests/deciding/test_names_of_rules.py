"""An operator names a rule as they like: whatever it is called, the same is answered."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

import rules_engine
from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching import durable
from rules_engine.model.codes import OF_THE_BOOK, OURS, Code
from rules_engine.model.decisions import Decision
from rules_engine.model.wire import decision_to_json
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.rules import RuleSet
from tests.shipped import shipped
from tests.simulation.histories import history

PACKAGE = Path(rules_engine.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

Named = Mapping[str, str]
"""The new names of rules, by the old ones."""


@pytest.fixture(scope="module")
def opened() -> Host:
    return shipped(with_durable=False)


def renamed(book: Book, first: int) -> tuple[Book, Named]:
    """Call every rule of a book by the words of a code, starting with another one each time."""
    names: dict[str, str] = {}
    words = cycle([code.words for code in (*list(Code)[first:], *list(Code)[:first])])

    def call(rule_set: RuleSet) -> RuleSet:
        taken = {names[rule.name] for rule in rule_set.rules if rule.name in names}
        for rule in rule_set.rules:
            if rule.name not in names:
                names[rule.name] = next(word for word in words if word not in taken)
                taken.add(names[rule.name])
        return replace(rule_set, rules=tuple(replace(rule, name=names[rule.name]) for rule in rule_set.rules))

    only = "ally/term-notes-a"
    files = {
        programme: tuple(
            replace(each, rule_set=call(each.rule_set)) if each.rule_set and programme == only else each for each in of
        )
        for programme, of in book.clause_files.items()
    }
    return replace(book, clause_files=files), names


def answered(opened: Host, book: Book, events: list[dict[str, Any]], *, with_durable: bool) -> list[Decision]:
    host = Host(book, opened.plugins, opened.vocabulary, MemoryLedger(), with_durable=with_durable)
    decisions: list[Decision] = []
    for event in events:
        with suppress(EventError):
            decisions += host.answer(read_event(json.dumps(event)))
    return decisions


def apart_from_names(decision: Decision, names: Named) -> dict[str, Any]:
    """Write a decision with the rules it names called anew; drop what is digested of their names."""
    written = decision_to_json(decision)
    for each in (*written["findings"], *written["questions"], *written["near_misses"]):
        if "rule" in each:
            each["rule"] = names.get(each["rule"], each["rule"])
    for question in written["questions"]:
        if question["code"] == Code.CHANGES_THE_ANSWER.value:
            question["values"] = question["values"][:1]  # the second one names the rules that would decide
    for finding in written["findings"]:
        if finding.get("code") in (Code.RULE_REFERS, Code.CHANGES_THE_ANSWER, Code.LEARNT_AFTER_PAYMENT):
            finding["because"] = ""  # quotes the name of a rule
    for digested in ("receipt", "rules", "payment_days", "made_by"):
        del written[digested]
    return written


ENGINES = [False, *([True] if durable.available() else [])]


@pytest.mark.parametrize("with_durable", ENGINES)
@pytest.mark.parametrize("number", range(8))
def test_rules_called_by_the_words_of_codes_answer_the_same(opened: Host, number: int, with_durable: bool) -> None:
    book, names = renamed(opened.book, first=9 * number)
    assert {"request id used before", "told otherwise", "waived", "redeemed and paid"} <= {code.words for code in Code}
    events = [event for event in history(number) if "rule" not in event]
    expected = [
        apart_from_names(decision, names) for decision in answered(opened, opened.book, events, with_durable=False)
    ]
    called_anew = answered(opened, book, events, with_durable=with_durable)
    assert {finding.rule for decision in called_anew for finding in decision.findings} <= {"", *names.values()}
    assert [apart_from_names(decision, {}) for decision in called_anew] == expected


def test_every_rule_of_the_history_s_programme_is_called_anew(opened: Host) -> None:
    book, names = renamed(opened.book, first=0)
    here = [each.rule_set for each in book.clause_files["ally/term-notes-a"] if each.rule_set]
    assert {rule_set.clause for rule_set in here} >= {"survivors option", "withdrawal", "redemption", "payment days"}
    words = {code.words for code in Code}
    assert {rule.name for rule_set in here for rule in rule_set.rules} <= words
    assert len(names) > 40


# What code may look at


def compared_with(node: ast.AST) -> Iterator[str]:
    """Yield every text that an expression, or a case of a match, compares something with, or looks up by."""
    if isinstance(node, ast.Compare):
        for side in (node.left, *node.comparators):
            parts = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
            yield from (part.value for part in parts if isinstance(part, ast.Constant) and type(part.value) is str)
    elif isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant):
        yield str(node.value.value)


def test_no_code_compares_anything_with_the_name_of_a_rule_or_the_words_of_a_code(opened: Host) -> None:
    names = {rule.name for rule_set in opened.book.rule_sets for rule in rule_set.rules}
    forbidden = names | {code.words for code in Code} | {code.value for code in Code}
    assert {"held too briefly", "repay at par", "told otherwise"} <= forbidden
    # the names of facts and limits, which rule files share with rules, are words of the vocabulary
    forbidden -= {fact for words in opened.vocabulary.clauses.values() for fact in (*words.facts, *words.terms)}
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: compares with `{text}`"  # type: ignore[attr-defined]  # a comparison
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        for text in compared_with(node)
        if text in forbidden
    ]
    assert wrong == []


def test_no_code_compares_the_name_of_a_finding_with_a_text() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Compare) and any(compared_with(node))
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Attribute)
        and side.attr in ("rule", "name")
        and isinstance(side.value, ast.Name)
        and "finding" in side.value.id
    ]
    assert wrong == []


# Codes


@cache
def used_codes() -> set[str]:
    nodes = (node for path in MODULES for node in ast.walk(ast.parse(path.read_text())) if path.name != "codes.py")
    return {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code"
    }


@pytest.mark.parametrize("code", list(Code), ids=str)
def test_each_code_is_found_somewhere(code: Code) -> None:
    assert code.name in used_codes()


def test_each_code_has_words_of_its_own_and_is_spelled_like_one() -> None:
    assert len({code.words for code in Code}) == len(Code)
    assert all(code.value.replace("_", "").isalpha() and code.value.islower() for code in Code)
    assert OF_THE_BOOK < OURS < set(Code)
