"""The pytest plugin, as another repository has it: installed, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rules_engine.host import shipped_rules

pytest_plugins = ("pytester",)

ON_TIME = """
Feature: A repository of its own
  Scenario: One year after the death
    Given a complete request for $25,000 of note 02006DLF6
    And the owner died on 2017-06-10
    When the request is received on 2018-06-10
    Then it is {outcome}
"""


@pytest.fixture
def repository(pytester: pytest.Pytester) -> pytest.Pytester:
    """Make a repository that has one feature file and binds it, and no steps."""
    pytester.makefile(".feature", on_time=ON_TIME.format(outcome="accepted"))
    pytester.makepyfile(test_own_scenarios="from pytest_bdd import scenarios\n\nscenarios('.')\n")
    return pytester


def test_another_repository_has_the_steps_without_doing_anything(repository: pytest.Pytester) -> None:
    repository.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_another_repository_may_add_a_step_of_its_own(repository: pytest.Pytester) -> None:
    repository.makeconftest(
        "from pytest_bdd import then\n\n"
        "@then('its receipt is kept')\n"
        "def receipt(rules_desk):\n"
        "    assert rules_desk.answer.receipt.startswith('sha256:')\n"
    )
    repository.makefile(".feature", on_time=ON_TIME.format(outcome="accepted") + "    And its receipt is kept\n")
    repository.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_scenario_that_fails_tells_what_was_answered(repository: pytest.Pytester) -> None:
    repository.makefile(".feature", on_time=ON_TIME.format(outcome="rejected"))
    result = repository.runpytest("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*it is accepted, not rejected; the answer was:", "*entitled: repay at par: The owner has died and *"]
    )


def test_a_word_the_event_does_not_know_is_named_with_the_one_meant(repository: pytest.Pytester) -> None:
    text = ON_TIME.format(outcome="accepted").replace("    When", "    And the person asking is an exekutor\n    When")
    repository.makefile(".feature", on_time=text)
    result = repository.runpytest("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*representative: unknown word `exekutor`*did you mean `executor`*"])


def test_a_fixture_names_another_rule_book(repository: pytest.Pytester, tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    file = rules / "standard" / "survivors-option.yaml"
    file.write_text(file.read_text().replace("filing period: 12 months", "filing period: 11 months"))
    repository.makeconftest(naming(rules))
    result = repository.runpytest("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*referred: asked too late: The request was received more than 11 months *"])


def test_scenarios_on_a_rule_book_with_a_fault_fail_and_name_it(repository: pytest.Pytester, tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    file = rules / "ally" / "term-notes-a" / "2015-08-10" / "survivors-option.yaml"
    file.write_text(file.read_text() + "terms:\n  - cite: Time to exercise\n    filing period: 12 moths\n")
    repository.makeconftest(naming(rules))
    result = repository.runpytest("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["the rule book has faults:", "ally/term-notes-a/2015-08-10/survivors-option.yaml:*"])


def test_a_rule_nobody_wrote_a_scenario_for_is_reported(repository: pytest.Pytester, tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    file = rules / "ally" / "term-notes-a" / "2015-08-10" / "survivors-option.yaml"
    rule = (
        "rules:\n"
        "  - rule: affidavit of domicile\n"
        "    when:\n"
        "      documents: without affidavit of domicile\n"
        "      days since death: more than 400 days\n"
        "    then: pend\n"
        "    because: The affidavit of domicile is missing.\n"
        "    cite: Survivor's Protection Option, evidence\n"
        "    mark: standard wording\n"
    )
    file.write_text(file.read_text() + rule)
    repository.makeconftest(naming(rules))
    repository.runpytest("-p", "no:cacheprovider", "--rule-coverage", "rules.json").assert_outcomes(passed=1)
    lacking = json.loads((repository.path / "rules.json").read_text())["lacking"]
    of_the_rule = "ally/term-notes-a/2015-08-10, survivors option, `affidavit of domicile`: "
    assert [each.removeprefix(of_the_rule) for each in lacking if each.startswith(of_the_rule)] == [
        "no scenario in which it speaks",
        "no scenario in which one day keeps it from `days since death: more than 400 days`",
        "no scenario in which it meets `days since death: more than 400 days` by one day",
        "no scenario in which only `documents: without affidavit of domicile` keeps it silent",
    ]


def test_a_run_in_which_no_scenario_ran_lacks_everything(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing() -> None: ...")
    pytester.runpytest("-p", "no:cacheprovider", "--rule-coverage", "rules.json").assert_outcomes(passed=1)
    assert json.loads((pytester.path / "rules.json").read_text()) == {"rules": [], "lacking": ["no scenario ran"]}


def test_rule_coverage_is_refused_in_several_processes(repository: pytest.Pytester) -> None:
    result = repository.runpytest("-p", "no:cacheprovider", "-n", "2", "--rule-coverage", "rules.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--rule-coverage is gathered in one process: leave out -n"])


def test_a_run_without_scenarios_imports_nothing_of_the_engine(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import sys\n\n"
        "def test_what_is_imported():\n"
        "    ours = {name for name in sys.modules if name.startswith('rules_engine.')}\n"
        "    others = {name for name in ours if not name.startswith('rules_engine.acceptance')}\n"
        "    assert others <= {'rules_engine.errors'}\n"
        "    assert not {'QuantLib', 'holidays', 'pydantic', 'sqlalchemy'} & set(sys.modules)\n"
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


@pytest.fixture
def without_pytest_bdd(pytester: pytest.Pytester) -> tuple[str, ...]:
    """Give the options under which pytest runs as if pytest-bdd were not installed."""
    pytester.makepyfile(absent="import sys\n\nsys.modules['pytest_bdd'] = None\n")
    pytester.syspathinsert()
    return ("-p", "absent", "-p", "no:pytest-bdd", "-p", "no:cacheprovider")


def test_other_tests_run_without_pytest_bdd(pytester: pytest.Pytester, without_pytest_bdd: tuple[str, ...]) -> None:
    pytester.makepyfile("def test_nothing() -> None: ...")
    pytester.runpytest_subprocess(*without_pytest_bdd).assert_outcomes(passed=1)


def test_rule_coverage_says_that_pytest_bdd_is_needed(
    pytester: pytest.Pytester, without_pytest_bdd: tuple[str, ...]
) -> None:
    result = pytester.runpytest_subprocess(*without_pytest_bdd, "--rule-coverage", "rules.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--rule-coverage needs scenarios, and scenarios need pytest-bdd: *"])


def test_only_running_features_under_pytest_needs_pytest_bdd(
    pytester: pytest.Pytester, without_pytest_bdd: tuple[str, ...]
) -> None:
    pytester.makepyfile(
        "import pytest\n\n"
        "def test_import():\n"
        "    import rules_engine.acceptance.request_steps\n"
        "    with pytest.raises(ImportError, match='^running features under pytest needs pytest-bdd'):\n"
        "        import rules_engine.acceptance.pytest_steps\n"
    )
    pytester.runpytest_subprocess(*without_pytest_bdd).assert_outcomes(passed=1)


def copied_rules(folder: Path) -> Path:
    """Copy the rule book, to be changed."""
    return Path(shutil.copytree(shipped_rules(), folder / "rules", ignore=shutil.ignore_patterns("__pycache__")))


def naming(rules: Path) -> str:
    """Write the conftest.py that names a rule book."""
    return f"import pytest\n\n@pytest.fixture(scope='session')\ndef rules_folder():\n    return {str(rules)!r}\n"
