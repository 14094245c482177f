from __future__ import annotations

import json

from .running import run


def test_each_fact_is_there_with_its_type_unit_and_meaning() -> None:
    found = json.loads(run("words", "--json").stdout)
    assert list(found) == ["clauses", "of_issuers", "listed", "comparisons", "outcomes"]
    facts = {fact["name"]: fact for clause in found["clauses"] for fact in clause["facts"]}
    held = facts["months held"]
    assert (held["type"], held["unit"]) == ("months", "months")
    assert held["meaning"].endswith(".")
    assert "tenants in common" in facts["registration"]["words"]
    assert facts["asked for in whole multiples"]["terms"] == ["multiple"]


def test_each_comparison_names_the_types_it_fits() -> None:
    comparisons = {
        each["comparison"]: each["types"] for each in json.loads(run("words", "--json").stdout)["comparisons"]
    }
    assert comparisons["before"] == ["date"]
    assert "months" in comparisons["less than"]
    assert "months" not in comparisons["is"]


def test_each_outcome_is_there_with_what_a_rule_writes_for_it() -> None:
    outcomes = {each["outcome"]: each["then"] for each in json.loads(run("words", "--json").stdout)["outcomes"]}
    assert outcomes == {
        "recorded": [],
        "entitled": ["entitle"],
        "accepted": ["accept", "accept at most"],
        "carried over": ["accept at most"],
        "pended": ["pend"],
        "rejected": ["reject"],
        "referred": ["refer"],
    }


def test_a_clerk_can_read_it() -> None:
    told = run("words").stdout
    assert "months held  (months)\n    Months from the day the notes were acquired" in told
    assert "    written like: 6 months" in told
    assert "needs the terms: multiple" in told
