"""Reading features: every scenario in its order, and every fault at its line with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd.parser import FeatureParser

from rules_engine.acceptance.feature_files import read_features
from rules_engine.acceptance.scenarios import Features
from tests.acceptance.features import EVERY_FORM, ON_TIME, written
from tests.example import FEATURES

HEAD = "Feature: A\n  Scenario: One\n    Given a complete request for $25,000 of note 02006DLF6\n"


def read(folder: Path, text: str) -> Features:
    return read_features(written(folder, a=text))


def told(features: Features) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in features.problems]


@pytest.mark.parametrize(
    ("text", "fault", "helped"),
    [
        (HEAD + "    When teh request is received on 2017-08-01\n    Then it is accepted\n",
         "4: unknown sentence `When teh request is received on 2017-08-01`", "the request is received on {day:Day}"),
        (HEAD + "    And the owner died on 10 June 2017\n    Then it is accepted\n",
         "4: unknown sentence `And the owner died on 10 June 2017`", "the owner died on {day:Day}"),
        (HEAD + "    Then the request is received on 2017-08-01\n",
         "4: unknown sentence `Then the request is received on 2017-08-01`", "it follows `Given`, not `Then`"),
        (HEAD + "    When the request is received on 2017-08-01\n",
         "2: the scenario `One` expects nothing", "say with `Then ...` what the answer has to be"),
        ("Feature: A\n  Scenario: One\n    And it is accepted\n    Then it is accepted\n",
         "3: `And` does not say what kind of step it is", "begin the first one with `Given` or `When`"),
        (HEAD + "    When the request is received on 2017-08-01\n    Then \"a rule\" is found, because:\n",
         "5: `Then \"a rule\" is found, because:` needs a text under it", "--sentences"),
        (HEAD + "    When the request is received on 2017-08-01\n    Then it is accepted\n      | a |\n",
         "5: `Then it is accepted` takes no table under it", "delete it"),
        (HEAD + "    When the request is received on 2017-08-01\n    then it is accepted\n",
         "5: `then it is accepted` cannot stand here", "is a keyword missing before it"),
        ("", "1: the file has no feature", "begin it with `Feature: ...`"),
        ("Feature: Nothing\n", "1: the feature has no scenario", "add one, or delete the file"),
        (ON_TIME.replace("A day later", "One year after the death"),
         "9: two scenarios are named `One year after the death`", "the first stands in line 3: name them apart"),
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_read_is_told_at_its_line(tmp_path: Path, text: str, fault: str, helped: str) -> None:
    features = read(tmp_path, text)
    assert told(features)[0] == fault
    assert helped in features.problems[0].help
    assert sum(features.unread.values()) >= 1


def test_other_scenarios_of_the_file_are_read_all_the_same(tmp_path: Path) -> None:
    features = read(tmp_path, ON_TIME.replace("the owner died on 2017-06-10", "the owner dyed on 2017-06-10", 1))
    assert [scenario.name for scenario in features.scenarios] == ["A day later"]
    assert features.unread == {"a.feature": 1}
    assert features.problems[0].help.count("the owner died on {day:Day}") == 1


def test_each_example_is_a_scenario_that_stands_in_its_own_line(tmp_path: Path) -> None:
    features = read(tmp_path, EVERY_FORM)
    assert not features.problems
    examples = [scenario for scenario in features.scenarios if scenario.is_example]
    assert [(each.name, each.number) for each in examples] == [
        ("Received on 2017-08-01: accepted", 27),
        ("Received on 2017-08-02: rejected", 28),
        ("Received on 2018-06-11: referred", 32),
    ]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.feature").write_bytes(b"Feature: \xff\xfe")
    assert told(read_features(tmp_path)) == ["1: the file is not UTF-8 text"]


def test_one_file_of_a_folder_can_be_read(tmp_path: Path) -> None:
    written(tmp_path, a=ON_TIME, b=EVERY_FORM)
    assert {scenario.file for scenario in read_features(tmp_path / "a.feature").scenarios} == {"a.feature"}


def test_what_moves_in_a_file_leaves_a_scenarios_digest_and_what_it_says_does_not(tmp_path: Path) -> None:
    first, second = read(tmp_path, ON_TIME).scenarios
    moved, _ = read(tmp_path, ON_TIME.replace("\n\n", "\n\n\n")).scenarios
    other, same = read(tmp_path, ON_TIME.replace("2018-06-10", "2018-06-09")).scenarios
    assert moved.digest == first.digest != other.digest
    assert same.digest == second.digest


@pytest.mark.parametrize(
    "path", sorted(FEATURES.rglob("*.feature")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_pytest_bdd_reads_the_same_scenarios(path: Path) -> None:
    """Both runners go by the same words: nothing is left out by one of them, and nothing said otherwise."""
    feature = FeatureParser(str(path.parent), path.name).parse()
    theirs = []
    for template in feature.scenarios.values():
        contexts = [context for examples in template.examples for context in examples.as_contexts()]
        for context in contexts or [{}]:
            theirs.append([(step.type, step.name, table(step)) for step in template.render(context).steps])
    features = read_features(path)
    assert not features.problems
    ours = [
        [(line.keyword, line.text, [list(row) for row in line.datatable or ()]) for line in scenario.lines]
        for scenario in features.scenarios
    ]
    assert theirs == ours


def table(step: object) -> list[list[str]]:
    """Give the table under a step of pytest-bdd."""
    found = getattr(step, "datatable", None)
    return [list(row) for row in found.raw()] if found else []
