"""Every step has a place on its page, and an example there that a scenario says which is run."""

from __future__ import annotations

import json

from rules_engine.acceptance import pytest_steps
from rules_engine.acceptance.phrases import TYPES, phrase
from rules_engine.acceptance.sentences import sentences
from tests.cli.running import run
from tests.steps_page import FEATURES, KINDS, PAGE, Examples, page


def test_the_page_is_as_the_steps_are() -> None:
    assert PAGE.read_text() == page(), "the steps, or the scenarios that show them, have changed: run `make docs`"


def test_pytest_bdd_has_every_step_that_is_defined() -> None:
    bound = sum(name.startswith("pytestbdd_stepdef_") for name in vars(pytest_steps))
    assert sum(len(sentence.keywords) for sentence in sentences()) == bound > 100


def test_a_step_says_what_it_does() -> None:
    for sentence in sentences():
        assert sentence.meaning.endswith("."), sentence.text
        assert phrase(sentence.text).text == sentence.text
        assert set(sentence.keywords) <= {"Given", "When", "Then"}


def test_every_example_is_a_line_of_a_feature() -> None:
    examples = Examples(FEATURES.rglob("*.feature"))
    shown = [examples.of(sentence).partition(" ")[2] for sentence in sentences()]
    assert all(shown)
    texts = "\n".join(path.read_text() for path in FEATURES.rglob("*.feature"))
    from_outlines = [line for line in shown if line not in texts]
    assert len(from_outlines) < len(shown) / 10


def test_every_kind_of_place_is_explained() -> None:
    assert set(KINDS) == set(TYPES)


def test_the_command_lists_them() -> None:
    told = run("words", "--sentences").stdout
    assert "Given  the owner died on {day:Day}" in told
    assert "Say the day of death." in told
    listed = json.loads(run("words", "--sentences", "--json").stdout)
    assert len(listed) == len(sentences())
    assert listed[0].keys() == {"chapter", "keywords", "text", "meaning"}
