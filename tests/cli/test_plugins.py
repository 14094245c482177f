from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .running import lines, request, run, run_apart


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A folder in which a plugin is installed that raises when it is loaded."""
    installed = tmp_path / "acme_notes-1.2.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-notes\nVersion: 1.2\n")
    (installed / "entry_points.txt").write_text("[rules_engine]\nacme = acme_notes\n")
    (tmp_path / "acme_notes.py").write_text("raise RuntimeError('no licence')\n")
    return str(tmp_path)


@pytest.fixture
def without_durable_rules(tmp_path: Path) -> str:
    """A folder in which durable_rules is found and does not import, as on a Python it was not built for."""
    (tmp_path / "durable_rules_engine.py").write_text("raise ImportError('undefined symbol: PyEval_CallObject')\n")
    return str(tmp_path)


def listed(told: str) -> dict[str, Any]:
    """The plugins of a listing by name."""
    return {plugin["name"]: plugin for plugin in json.loads(told)["plugins"]}


def test_lists_each_plugin_with_its_issuers_and_programmes() -> None:
    result = run("plugins", "--json")
    assert result.exit_code == 0
    ally = listed(result.stdout)["ally"]
    assert (ally["name"], ally["cause"]) == ("ally", "")
    assert [issuer["code"] for issuer in ally["issuers"]] == ["ally"]
    assert [each["code"] for each in ally["issuers"][0]["programmes"]] == ["ally/term-notes-a"]
    assert "programme ally/term-notes-a: Ally Financial Term Notes, Series A" in run("plugins").stdout


def test_a_broken_plugin_is_listed_with_its_cause(broken: str) -> None:
    done = run_apart("plugins", "--json", path=broken)
    assert done.returncode == 1
    acme = listed(done.stdout)["acme"]
    assert (acme["version"], acme["cause"]) == ("1.2", "RuntimeError: no licence")
    assert listed(done.stdout)["ally"]["cause"] == ""
    told = run_apart("plugins", path=broken)
    assert "could not be loaded: RuntimeError: no licence" in told.stdout
    assert told.returncode == 1


def test_a_broken_plugin_stops_nobody_elses_cases(broken: str) -> None:
    done = run_apart("decide", "-", "--json", path=broken, given=lines(request("a")))
    assert json.loads(done.stdout)["outcome"] == "accepted"
    assert "plugin `acme` could not be loaded: RuntimeError: no licence" in done.stderr
    assert done.returncode == 0


def test_without_durable_rules_the_plain_matcher_answers_the_same_and_it_is_said(without_durable_rules: str) -> None:
    given = lines(request("a"), request("b", representative="none"))
    done = run_apart("decide", "-", "--json", path=without_durable_rules, given=given)
    assert done.stdout == run("decide", "-", "--json", given=given).stdout
    assert "the plain matcher answers alone" in done.stderr
    assert "PyEval_CallObject" in done.stderr
    listed = run_apart("plugins", "--json", path=without_durable_rules)
    plain, durable = json.loads(listed.stdout)["matchers"]
    assert (plain["answers"], durable["answers"]) == (True, False)
    assert "PyEval_CallObject" in durable["why"]
    assert listed.returncode == 0
