"""What `check --deep` finds in rules changed on purpose; each finding's event is decided again by another host."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from rules_engine.host import Host, shipped_rules
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.decisions import Decision
from rules_engine.rulebook.books import Book
from rules_engine.workbench.analysis.findings import Confirmed
from rules_engine.workbench.checked import Checked, check_deeply
from tests.shipped import shipped

OPTION = "ally/term-notes-a/2015-08-10/survivors-option.yaml"
LIVING = """
rules:
  - rule: {name}
    when:
{when}
    then: {then}
    because: To try what is found.
    cite: Pricing Supplement No. 123, for the trial
"""


def _rule(name: str, then: str, *when: str) -> str:
    return LIVING.format(name=name, then=then, when="".join(f"      {line}\n" for line in when).rstrip())


def _rules(*rules: str) -> str:
    first, *others = rules
    return first + "".join(rule.removeprefix("\nrules:\n") for rule in others)


@cache
def _shipped() -> Host:
    return shipped(with_durable=False)


def _deeply(root: Path, text: str, policies: str = "", *, seconds: float = 600) -> tuple[Checked, Host]:
    for name in ("standard", "ally"):
        shutil.copytree(shipped_rules() / name, root / name)
    (root / "calendars").mkdir()
    shutil.copy(shipped_rules() / "calendars" / "usny.yaml", root / "calendars")
    (root / OPTION).write_text(f"{(root / OPTION).read_text()}{text}")
    if policies:
        (root / "policies.yaml").write_text(policies)
    host = _shipped()
    book = Book.open(root, host.vocabulary)
    assert book.problems == ()
    trying = Host(book, host.plugins, book.vocabulary, MemoryLedger(), with_durable=False)
    return check_deeply(trying, seconds=seconds), trying


def _decided(confirmed: Confirmed, host: Host) -> Decision:
    """Send the events of a finding, as they are written, to a host that has answered nothing yet."""
    assert not confirmed.imagined
    answers: Sequence[Decision] = ()
    ours = host.beside(MemoryLedger())
    for event in confirmed.events:
        answers = ours.answer(ours.read_event(json.dumps(event)))
    return answers[0]


FOUND = {
    "never holds": _rule("both at once", "reject", "documents: without tax waiver", "months held: less than 0 months"),
    "always covered": _rule("papers of nobody", "pend", "representative: none", "documents: without tax waiver"),
    "adds nothing": _rule("nobody at all", "reject", "representative: none"),
    "overlap": _rules(
        _rule("some of them", "reject", "held in: one of deceased account, estate account", "acquired: primary market"),
        _rule("others of them", "pend", "held in: one of estate account, transferred", "acquired: primary market"),
    ),
}


@pytest.mark.parametrize("kind", FOUND)
def test_finds_what_was_put_there_and_decide_confirms_it(kind: str, tmp_path: Path) -> None:
    checked, host = _deeply(tmp_path, FOUND[kind])
    assert checked.analysis is not None
    found = [each for each in checked.analysis.findings if each.kind == kind]
    assert [each.problem.file for each in found] == [OPTION]
    (finding,) = found
    answer = _decided(finding.confirmed, host)
    assert answer.outcome.word == finding.confirmed.outcome
    assert {each.rule for each in answer.findings if each.rule} == set(finding.confirmed.rules)
    matched = finding.about in finding.confirmed.rules
    assert matched is (kind != "never holds")


def test_periods_that_no_three_days_can_have_are_found_by_the_solver(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    held = "months held: less than 3 months", "months held at death: at least 6 months"
    when = (*held, "day of receipt: after the day of death")
    checked, host = _deeply(tmp_path, _rule("held long before, and not now", "refer", *when))
    assert checked.analysis is not None
    (finding,) = [each for each in checked.analysis.findings if each.kind == "never holds"]
    assert finding.about == "held long before, and not now"
    assert finding.about not in {each.rule for each in _decided(finding.confirmed, host).findings}


def test_a_rule_on_periods_that_can_be_is_not_found(tmp_path: Path) -> None:
    when = "months held: at least 6 months", "months held at death: less than 6 months"
    checked, _ = _deeply(tmp_path, _rule("held by the estate", "refer", *when))
    assert checked.analysis is not None
    assert {each.kind for each in checked.analysis.findings} <= {"gap"}


def test_a_term_of_rules_without_effect_has_none(tmp_path: Path) -> None:
    text = "leaves out:\n  - held too briefly\n" + _rule(
        "held briefly by nobody", "pend", "representative: none", "months held: less than the holding period"
    )
    checked, _ = _deeply(tmp_path, text)
    assert checked.analysis is not None
    assert {(each.kind, each.about) for each in checked.analysis.findings if each.kind != "gap"} == {
        ("always covered", "held briefly by nobody"),
        ("term without effect", "holding period"),
    }


def test_cases_that_no_rule_speaks_to_are_a_gap(tmp_path: Path) -> None:
    left_out = "leaves out:\n  - repay at par\n"
    entitles = _rule("repay sole owners", "entitle", "registration: sole owner", "trigger: death")
    checked, host = _deeply(tmp_path, left_out + entitles)
    assert checked.analysis is not None
    gaps = [each for each in checked.analysis.findings if "speaks to some cases" in each.problem.message]
    assert [_decided(each.confirmed, host).outcome.word for each in gaps] == ["referred"]


def test_a_finding_is_switched_off_as_a_warning_is(tmp_path: Path) -> None:
    off = "warnings off:\n  adds nothing of nobody at all: The paper says it twice.\n"
    checked, _ = _deeply(tmp_path, off + FOUND["adds nothing"])
    assert checked.analysis is not None
    assert "adds nothing" not in {each.kind for each in checked.analysis.findings}
    assert checked.faults == ()


POLICIES = """
clause: survivors option
policies:
  - never accept without one of death certificate, order of adjudication
  - never accept without tax waiver
  - policy: never accept
    when:
      months held: less than 6 months
  - policy: never refer
    when:
      beneficial owner at death: in doubt
"""


def test_policies_are_proved_or_broken_by_an_event(tmp_path: Path) -> None:
    checked, host = _deeply(tmp_path, "", POLICIES)
    assert checked.analysis is not None
    answers = checked.analysis.answers
    assert [each.verdict for each in answers] == ["proved", "broken", "proved", "broken"]
    for answer, outcome in ((answers[1], "accepted"), (answers[3], "referred")):
        assert answer.confirmed is not None
        assert _decided(answer.confirmed, host).outcome.word == outcome


WRONG = {
    "policies:\n  - sometimes accept\n": "a policy starts with `never`",
    "policies:\n  - never aceppt without tax waiver\n": "a policy cannot forbid to `aceppt`",
    "policies:\n  - never accept without tax waver\n": "`documents` is never `tax waver`",
    "policies:\n  - never accept\n": "the policy does not say when",
    "policies:\n  - policy: never accept\n    when:\n      moths held: less than 6 months\n": "fact `moths held`",
    "policies:\n  - policy: never accept\n    when:\n      months held: less than the holding period\n": "in a policy",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_policy_that_cannot_be_read_is_a_fault(text: str, tmp_path: Path) -> None:
    checked, _ = _deeply(tmp_path, "", f"clause: survivors option\n{text}", seconds=0.001)
    assert [WRONG[text] in fault.message for fault in checked.faults] == [True]
    assert checked.faults[0].file == "policies.yaml"


def test_says_when_time_did_not_suffice(tmp_path: Path) -> None:
    checked, _ = _deeply(tmp_path, "", seconds=0.0)
    assert checked.analysis is not None
    assert not checked.analysis.is_whole


def test_the_policies_that_ship_are_proved_for_every_edition() -> None:
    checked = check_deeply(_shipped(), seconds=600)
    assert checked.analysis is not None
    assert {each.verdict for each in checked.analysis.answers} == {"proved"}
    options = {each.edition for each in _shipped().book.rule_sets if each.clause == "survivors option"}
    for place in {each.place for each in checked.analysis.answers}:
        proved = [name for each in checked.analysis.answers if each.place == place for name in each.programmes]
        assert sorted(proved) == sorted(options)


def test_the_shipped_rules_have_gaps_only() -> None:
    checked = check_deeply(_shipped(), seconds=600)
    assert checked.analysis is not None
    assert checked.analysis.is_whole
    assert {each.kind for each in checked.analysis.findings} == {"gap"}
