"""A rule book changed one thing at a time: which change is noticed, by whom, and what would tell of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules_engine.acceptance.feature_files import read_features
from rules_engine.acceptance.imagined import WithImagined, with_imagined
from rules_engine.acceptance.mutant_values import other_values
from rules_engine.acceptance.mutants import Change, Mutant
from rules_engine.acceptance.mutating import Fate, Mutation, mutation_of
from rules_engine.acceptance.survivors import mutate
from rules_engine.acceptance.unnoticed import read_explained
from rules_engine.acceptance.would_tell import what_would_tell
from rules_engine.host.bookshelf import installed_plugins
from rules_engine.model.values import Kind
from tests.acceptance.features import ON_TIME, written

PROGRAMME, STANDARD = "ally/term-notes-a", "standard/survivors-option.yaml"


@pytest.fixture(scope="module")
def mutation(tmp_path_factory: pytest.TempPathFactory) -> Mutation:
    """A rule book whose only scenarios stand on both sides of the filing period."""
    folder = written(tmp_path_factory.mktemp("features"), a=ON_TIME)
    return mutation_of(installed_plugins(), WithImagined(copies=None), read_features(folder).scenarios)


@pytest.fixture(scope="module")
def mutants(mutation: Mutation) -> list[Mutant]:
    return list(mutation.mutants(programme=PROGRAMME))


def named(mutants: list[Mutant], what: str) -> list[Mutant]:
    found = [mutant for mutant in mutants if mutant.what == what]
    assert found, sorted({mutant.what for mutant in mutants})
    return found


@pytest.mark.parametrize(
    ("text", "kind", "words", "others"),
    [
        ("$250,000", Kind.MONEY, (), ["$260,000", "$240,000"]),
        ("$1,000", Kind.MONEY, (), ["$2,000", "$900"]),
        ("$4.28", Kind.MONEY, (), ["$4.29", "$4.27"]),
        ("$0", Kind.MONEY, (), ["$0.01"]),
        ("2 %", Kind.PERCENT, (), ["3 %", "1 %"]),
        ("3.500 %", Kind.PERCENT, (), ["3.6 %", "3.4 %"]),
        ("100 %", Kind.PERCENT, (), ["101 %", "99 %"]),
        ("6 months", Kind.MONTHS, (), ["7 months", "5 months"]),
        ("1 day", Kind.DAYS, (), ["2 days", "0 days"]),
        ("2016-03-01", Kind.DATE, (), ["2016-03-02", "2016-02-29"]),
        ("yes", Kind.YES_NO, (), ["no"]),
        ("b", Kind.WORD, ("a", "b", "c"), ["a", "c"]),
        ("31 December", Kind.DAY_OF_THE_YEAR, (), ["30 June"]),
        ("six months", Kind.MONTHS, (), []),
    ],
)
def test_a_value_is_changed_by_a_step(text: str, kind: Kind, words: tuple[str, ...], others: list[str]) -> None:
    assert list(other_values(text, kind, words)) == others


def test_everything_that_decides_is_changed(mutants: list[Mutant]) -> None:
    assert {mutant.change for mutant in mutants} == set(Change)
    said = {str(mutant) for mutant in mutants if mutant.file == STANDARD}
    assert {
        "filing period: `12 months` -> `13 months`",
        "individual limit: `$250,000` -> `$240,000`",
        "partial fit: `the part that fits` -> `whole tender or nothing`",
        "payment, days after acceptance: `20` -> `19`",
        "rule `asked too late`: deleted",
        "rule `asked too late`, then: `refer` -> `reject`",
        "rule `asked too late`, months since death: `more than the filing period` -> `at least the filing period`",
        "rule `nobody with authority`, representative: `one of guardian, none` -> `one of none`",
        "rule `trust agreement`, registration: deleted (`registration: trust`)",
        "rule `share of a tenant in common`, rest: `not accepted` -> `carried over`",
        "rules of `Survivor's option, limits`, may be waived: `yes` -> `no`",
    } <= said
    others = {str(mutant) for mutant in mutants if mutant.file != STANDARD}
    assert "leaves out `trustee not notified`: deleted (`trustee not notified`)" in others
    assert "all notes, redemption, notice, minimum: `30 days` -> `29 days`" in others


def test_a_mutant_stands_where_an_editor_finds_it(mutants: list[Mutant]) -> None:
    from rules_engine.host import shipped_rules

    for mutant in named(mutants, "filing period"):
        line = (shipped_rules() / mutant.file).read_text().splitlines()[mutant.line - 1]
        assert line.strip() == "filing period: 12 months"


def test_a_figure_with_a_scenario_on_each_side_is_noticed_either_way(mutation: Mutation, mutants: list[Mutant]) -> None:
    more, less = (mutation.try_one(mutant) for mutant in named(mutants, "filing period"))
    assert (more.fate, more.by) == (Fate.NOTICED, "a.feature:9")
    assert (less.fate, less.by) == (Fate.NOTICED, "a.feature:3")
    assert less.failure is not None
    assert less.failure.decided == "it is referred, not accepted"


def test_a_figure_no_scenario_looks_at_is_named_with_events_that_tell(
    mutation: Mutation, mutants: list[Mutant]
) -> None:
    more, _ = named(mutants, "holding period")
    assert mutation.try_one(more).fate is Fate.UNNOTICED
    telling = what_would_tell(mutation, more)
    assert telling is not None
    assert telling.decided != telling.otherwise
    assert "held too briefly" in "".join((*telling.decided, *telling.otherwise))
    assert json.dumps(telling.events[-1])


def test_a_change_that_check_refuses_is_not_run(mutation: Mutation, mutants: list[Mutant]) -> None:
    tried = mutation.try_one(named(mutants, "note 02006DLF6, coupon")[0])
    assert tried.fate is Fate.REFUSED
    assert "`coupon` stands in none of the quotes" in tried.problem


def test_a_scenario_that_fails_as_the_rules_are_notices_nothing(tmp_path: Path) -> None:
    text = ON_TIME.replace("it is referred", "it is pended")
    found = mutation_of(
        installed_plugins(), WithImagined(copies=None), read_features(written(tmp_path, a=text)).scenarios
    )
    assert found.failing == ["a.feature:9"]
    assert [scenario.number for scenario in found.scenarios_of("ally")] == [3]


def test_what_features_imagine_is_not_changed(tmp_path: Path) -> None:
    features = written(tmp_path, **{"ally/a": ON_TIME})
    (features / "ally" / "imagined").mkdir()
    text = (Path(__file__).parents[2] / "features" / "ally" / "imagined" / "999.yaml").read_text()
    (features / "ally" / "imagined" / "999.yaml").write_text(text)
    with with_imagined(features, None) as beside:
        plugins = installed_plugins(beside.copies)
        found = mutation_of(plugins, beside, read_features(features).scenarios)
    files = {mutant.file for mutant in found.mutants(programme=PROGRAMME)}
    assert "ally/term-notes-a/supplements/123.yaml" in files
    assert "ally/term-notes-a/supplements/999.yaml" not in files


EXPLAINED = """\
unnoticed:
  - file: standard/survivors-option.yaml
    what: holding period
    changed to: 7 months
    because: Nobody asked how long it was held.
  - file: standard/survivors-option.yaml
    what: filing period
    because: This one is noticed.
"""


def test_what_is_explained_is_no_fault_and_an_explanation_of_nothing_is(
    mutation: Mutation, mutants: list[Mutant], tmp_path: Path
) -> None:
    (tmp_path / "unnoticed.yaml").write_text(EXPLAINED)
    explained, problems = read_explained(tmp_path)
    tried = [*named(mutants, "holding period"), *named(mutants, "filing period")]
    mutated = mutate(mutation, tried, explained=explained, problems=problems, looking=False)
    assert [(each.mutant.after, each.explained is None) for each in mutated.survivors] == [
        ("7 months", False),
        ("5 months", True),
    ]
    (idle,) = mutated.problems
    assert (idle.file, idle.line) == ("unnoticed.yaml", 6)
    assert "a scenario notices it, or it is gone: `filing period`" in idle.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unnoticed:\n  - file: a.yaml\n    what: b\n", "missing key `because`"),
        ("unnoticed:\n  - file: a.yaml\n    what: b\n    because: c\n    to: d\n", "unknown key `to`"),
        ("explained: []\n", "unknown key `explained`"),
    ],
)
def test_a_faulty_explanation_is_told_at_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "unnoticed.yaml").write_text(text)
    _, problems = read_explained(tmp_path)
    assert message in [problem.message for problem in problems]


def test_several_processes_come_to_the_same(
    mutation: Mutation, mutants: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules_engine.acceptance.mutating.WORTH_SHARING", 1)
    some = [
        *named(mutants, "holding period"),
        *named(mutants, "filing period"),
        *named(mutants, "note 02006DLF6, coupon"),
    ]
    alone = [(each.mutant, each.fate) for each in mutation.try_all(some)]
    assert alone == [(each.mutant, each.fate) for each in mutation.try_all(some, jobs=2)]
