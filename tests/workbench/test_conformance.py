"""Each promise of the contract is kept by a plugin that does everything right, and broken by one that does not."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules_engine.authoring import (
    ClauseWords,
    Decision,
    Event,
    Issuer,
    Kind,
    Missing,
    Programme,
    RequestSeen,
    added_words,
    fact,
    hookimpl,
)
from rules_engine.plugging import Found, Plugins, PluginStatus, configured_plugins, found_plugins, load_plugins
from rules_engine.workbench.conformance import PROMISES, conformance
from tests.acme import ACME, WORDS, AcmePlugin, found, replaced, rule_file, rules_with_acme

OURS = [plugin for plugin in found_plugins() if plugin.name == "ally"]
USED = """
rules:
  - rule: died too soon
    when:
      days from issue to death: less than 40 days
    then: reject
    because: Died too soon.
    cite: Survivor's Protection Option, para. 1

terms:
"""
ROOT: list[Path] = []
"""The folder of rules that the plugins here bring, once it is made."""


@pytest.fixture(scope="module", autouse=True)
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of rules that a plugin of Acme's would bring."""
    whole, root = rules_with_acme(tmp_path_factory.mktemp("whole")), tmp_path_factory.mktemp("brought")
    shutil.copytree(whole / "acme", root / "acme")
    replaced(rule_file(root), "\nterms:\n", USED)
    ROOT[:] = [root]
    return root


def days(work_out: Callable[[RequestSeen], Any]) -> list[ClauseWords]:
    """Declare the fact that Acme's rules use."""

    @fact("days from issue to death", Kind.DAYS)
    def days_from_issue_to_death(case: RequestSeen) -> Any:
        """Calendar days from the note's issue date to the day of death."""
        return work_out(case)

    return [added_words("survivors option", facts=[days_from_issue_to_death])]


def counted(case: RequestSeen) -> int | Missing:
    died_on = case.asked.occurred_on
    return Missing(("occurred_on",)) if died_on is None else (died_on - case.note.issue_date).days


class Right(AcmePlugin):
    """A plugin that does everything right."""

    HOOK_CONTRACT = 1

    @hookimpl
    def rules(self) -> Path:
        return ROOT[0]

    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return days(counted)

    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        """Hear, and do nothing."""


class Unused(Right):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        @fact("days asked", Kind.DAYS)
        def days_asked(case: RequestSeen) -> int:
            """Days that no rule asks for."""
            return 0

        return [*days(counted), added_words("redemption", facts=[days_asked])]


class Nameless(Right):
    HOOK_CONTRACT = None  # type: ignore[assignment]  # what a plugin without the line has


class ForgetsWhatIsLeftOut(Right):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        return days(lambda case: (case.asked.occurred_on - case.note.issue_date).days)  # type: ignore[operator]


class AnotherEachTime(Right):
    @hookimpl
    def words(self) -> Sequence[ClauseWords]:
        number = itertools.count()
        return days(lambda case: next(number))


class Deaf(Right):
    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        raise ConnectionError("nobody is there")


class Restless(Right):
    @hookimpl
    def decision_recorded(self, event: Event, decision: Decision) -> None:
        os.environ["HEARD"] = event.event_id


class TwoProgrammes(Right):
    @hookimpl
    def issuers(self) -> Sequence[Issuer]:
        programmes = (Programme(code=ACME, name="Notes A"), Programme(code="acme/notes-b", name="Notes B"))
        return [Issuer(code="acme", name="Acme", programmes=programmes)]


class TwoIssuers(Right):
    @hookimpl
    def issuers(self) -> Sequence[Issuer]:
        return [*super().issuers(), Issuer(code="bonds", name="Bonds", programmes=())]


def prints_when_it_is_imported() -> Right:
    print("here I am")
    return Right()


def tried(plugin: Any, name: str = "acme", **changes: Any) -> Mapping[str, str]:
    """Hold every promise against a plugin; give those that concern it, with why each is not kept."""
    plugins = load_plugins([*OURS, replace(found(name, plugin), **changes)], WORDS)
    return told(next(status for status in plugins.statuses if status.name == name), plugins)


def told(status: PluginStatus, plugins: Plugins, copies: Path | None = None) -> Mapping[str, str]:
    return {each.promise: each.fault for each in conformance(status, plugins, copies)}


def test_a_plugin_that_does_everything_right_keeps_every_promise() -> None:
    promises = tried(Right)
    assert set(promises.values()) == {""}
    concerned = {promise for promise, _, _ in PROMISES} - {"its distribution asks for the host, and has a version"}
    assert set(promises) == {"it is loaded", *concerned}


def test_a_plugin_that_is_kept_out_keeps_no_other() -> None:
    def cannot_be_imported() -> None:
        raise ImportError("no module named `acme_prices`")

    assert tried(cannot_be_imported) == {"it is loaded": "ImportError: no module named `acme_prices`"}


BROKEN: dict[str, tuple[str, Any, str]] = {
    "prints": (
        "it does nothing but declare while it is loaded",
        prints_when_it_is_imported,
        "it wrote to standard output",
    ),
    "nameless": ("it names the hook contract it is written for", Nameless, "give it `HOOK_CONTRACT = 1`"),
    "unused": ("each word it adds is used", Unused, "no rule uses `days asked`"),
    "forgetful": (
        "events about its notes are decided, whatever they leave out",
        ForgetsWhatIsLeftOut,
        "a request without `occurred_on`, note 00499AAA3: The case cannot be decided by rule: `days from",
    ),
    "another each time": (
        "asked twice, its words say the same",
        AnotherEachTime,
        "note 00499AAA3: asked twice, `days from issue to death` came out otherwise",
    ),
    "deaf": ("its listener takes what it hears", Deaf, "raised ConnectionError: nobody is there"),
    "restless": ("it changes nothing around it", Restless, "it changed the environment"),
    "two programmes": (
        "every programme it declares has the rules every note needs",
        TwoProgrammes,
        "`acme/notes-b` has no rules on redemption",
    ),
    "two issuers": (
        "it brings rules for each issuer it declares",
        TwoIssuers,
        "there is no folder `bonds` in the rules it brings",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_promise_that_is_broken_is_named_with_why(name: str) -> None:
    promise, plugin, why = BROKEN[name]
    promises = tried(plugin)
    assert why in promises[promise]
    assert {promise for promise, fault in promises.items() if fault} == {promise}


def test_a_plugin_is_named_for_its_issuer() -> None:
    promises = tried(Right, name="bonds")
    assert "its entry point is named `bonds`" in promises["it is named for an issuer it declares"]


def test_a_distribution_asks_for_the_host_and_has_a_version() -> None:
    promise = "its distribution asks for the host, and has a version"
    fault = tried(Right, distribution="pluggy", version="0.0")[promise]
    assert "does not ask for `retail-note-rules`" in fault
    assert "has version 0.0" in fault


def test_faults_of_its_rules_are_told_with_their_places(brought: Path, tmp_path: Path) -> None:
    root = shutil.copytree(brought, tmp_path / "root")
    replaced(rule_file(root), "less than 40 days", "less then 40 days")
    (root / "bonds").mkdir()

    class Faulty(Right):
        @hookimpl
        def rules(self) -> Path:
            return root

    fault = tried(Faulty)["its rules have no fault"]
    assert "acme/notes-a/2015-08-10/survivors-option.yaml:" in fault
    assert "the folder `bonds` is not read" in fault


def test_a_plugin_that_only_listens_is_asked_for_no_rules() -> None:
    class OnlyListens:
        HOOK_CONTRACT = 1

        @hookimpl
        def decision_recorded(self, event: Event, decision: Decision) -> None:
            """Hear, and do nothing."""

    promises = tried(OnlyListens, name="letters")
    assert set(promises.values()) == {""}
    assert "it brings rules for each issuer it declares" not in promises


def test_an_issuer_in_files_alone_is_tried_too(tmp_path: Path) -> None:
    root = rules_with_acme(tmp_path)
    (root / "acme" / "issuer.yaml").write_text("issuer: Acme Corp.\nprogrammes:\n  notes-a: Acme Notes\n")
    files: tuple[Found, ...] = configured_plugins([root])
    plugins = load_plugins([*OURS, *files], WORDS)
    promises = told(next(status for status in plugins.statuses if status.name == "acme"), plugins, root)
    assert set(promises.values()) == {""}
