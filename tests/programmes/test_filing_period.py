"""Nobody is refused for asking too late on the strength of a deadline that nobody has read."""

from __future__ import annotations

import pytest

from rules_engine.host import Host
from rules_engine.rulebook.rules import Rule, RuleSet
from rules_engine.rulebook.vocabulary import Ruling
from tests.acme import found, loaded
from tests.example import ExamplePlugin, book_with_imagined_notes

DEADLINE = "filing period"


@pytest.fixture(scope="module")
def rule_sets(tmp_path_factory: pytest.TempPathFactory) -> tuple[RuleSet, ...]:
    folder = book_with_imagined_notes(tmp_path_factory.mktemp("book"))
    return tuple(Host.open(folder, plugins=loaded(found("example", ExamplePlugin)), with_durable=False).book.rule_sets)


def with_a_deadline(rule_sets: tuple[RuleSet, ...]) -> list[tuple[RuleSet, Rule]]:
    """List the rules that look at the deadline after the death, each with the rule set it stands in."""
    looking = [(each, rule) for each in rule_sets for rule in each.rules]
    return [(each, rule) for each, rule in looking if DEADLINE in {line.term for line in rule.conditions}]


def test_a_late_request_is_rejected_where_the_deadline_was_read_and_referred_where_it_was_not(
    rule_sets: tuple[RuleSet, ...],
) -> None:
    found_with = with_a_deadline(rule_sets)
    read = {each.edition: each.terms[DEADLINE].mark == "read" and rule.mark == "read" for each, rule in found_with}
    ruled = {each.edition: rule.ruling for each, rule in found_with}
    assert ruled == {edition: Ruling.REJECT if was_read else Ruling.REFER for edition, was_read in read.items()}
    assert set(read.values()) == {True, False}


def test_every_rule_set_with_a_deadline_names_its_rule_alike(rule_sets: tuple[RuleSet, ...]) -> None:
    assert {rule.name for _, rule in with_a_deadline(rule_sets)} == {"asked too late"}
    assert len(with_a_deadline(rule_sets)) >= 10
