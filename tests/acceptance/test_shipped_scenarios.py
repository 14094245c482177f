"""The features of this repository against the rules that ship: all pass, and no figure of a programme may be spoilt."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from rules_engine.acceptance.accepting import accept
from rules_engine.acceptance.feature_files import read_features
from rules_engine.acceptance.imagined import WithImagined, with_imagined
from rules_engine.acceptance.mutating import mutation_of
from rules_engine.acceptance.scenarios import Features
from rules_engine.acceptance.survivors import mutate
from rules_engine.acceptance.trials import trial_ground_of
from rules_engine.acceptance.unnoticed import read_explained
from rules_engine.host import Host
from tests.example import FEATURES

IN_FULL = "EVERY_CHANGE" in os.environ
"""Whether every change is tried, as the gate does, or one of ten."""


@pytest.fixture(scope="module")
def features() -> Features:
    return read_features(FEATURES)


@pytest.fixture(scope="module")
def beside() -> Iterator[WithImagined]:
    with with_imagined(FEATURES, None) as beside:
        yield beside


@pytest.fixture(scope="module")
def host(beside: WithImagined) -> Host:
    return Host.open(beside.copies)


def test_every_scenario_passes_without_pytest(features: Features, host: Host) -> None:
    accepted = accept(features, trial_ground_of(host))
    assert [(each.scenario.place, each.failure) for each in accepted.failed] == []
    assert accepted.is_accepted
    assert len(accepted.ran) > 1_000


def test_every_programme_has_scenarios(features: Features, host: Host, beside: WithImagined) -> None:
    said = {note.programme for each in features.scenarios for cusip in each.notes if (note := host.book.note(cusip))}
    assert set(host.book.programmes) == said


def test_no_change_of_the_rules_goes_unnoticed_unless_it_is_explained(
    features: Features, host: Host, beside: WithImagined
) -> None:
    mutation = mutation_of(host.plugins, beside, features.scenarios)
    assert mutation.failing == []
    explained, problems = read_explained(FEATURES)
    every = list(mutation.mutants())
    mutants = every if IN_FULL else every[::10]
    jobs = 1 if "PYTEST_XDIST_WORKER" in os.environ else os.cpu_count() or 1
    mutated = mutate(mutation, mutants, explained=explained, problems=problems, jobs=jobs, looking=False)
    assert mutated.problems == () or not IN_FULL
    assert [f"{each.mutant.file}:{each.mutant.line}: {each.mutant}" for each in mutated.unexplained] == []
    assert len(every) > 1_500
