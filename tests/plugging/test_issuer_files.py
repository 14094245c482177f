"""An issuer and its words in YAML alone: plugged in as a plugin would be, and gone with its folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.host.bookshelf import installed_plugins
from rules_engine.intake import event_to_json, read_event, read_recorded
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.ledger.opening import open_ledger
from rules_engine.model.canonical import canonical_json
from rules_engine.model.decisions import Outcome
from rules_engine.plugging import PluginStatus, Rank
from rules_engine.workbench.glossary import glossary
from tests.acme import ACME, ACME_NOTE, AcmePlugin, found, loaded, replaced, requested, rule_file, rules_with_acme
from tests.clauses.example import proved_on

ISSUER = """\
issuer: Acme Corp.
programmes:
  notes-a: Acme Notes, Series A
"""
WORDS = """\
documents:
  estate tax clearance: A letter of the tax office that nothing is owed on the estate.
registration:
  family club: Registered to a club of the owner's family.
"""
CLEARANCE = """
rules:
  - rule: clearance of the estate tax
    when:
      documents: without estate tax clearance
    then: pend
    because: The clearance of the estate tax is missing.
    cite: Survivor's Protection Option, evidence

  - rule: held by a family
    when:
      registration: one of family club, nominee
    then: refer
    because: Registered as {registration}.
    cite: Survivor's Protection Option, beneficial owner

terms:
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A working copy with an issuer of its own, and nothing else."""
    whole = rules_with_acme(tmp_path / "whole")
    folder = tmp_path / "copy"
    shutil.copytree(whole / "acme", folder / "acme")
    (folder / "acme" / "issuer.yaml").write_text(ISSUER)
    (folder / "acme" / "words.yaml").write_text(WORDS)
    replaced(rule_file(folder), "\nterms:\n", CLEARANCE)
    return folder


def asks(host: Host, event_id: str = "e-1", **changes: Any) -> Any:
    """Read a request for Acme's notes as it comes over the wire."""
    event = event_to_json(requested(event_id, cusip=ACME_NOTE, **changes))
    return host.read_event(canonical_json(event))


PAPERS = requested().documents or frozenset()
WITH_CLEARANCE: Any = PAPERS | {"estate tax clearance"}


def status(host: Host) -> PluginStatus:
    return next(status for status in host.plugins.statuses if status.name == "acme")


def test_an_issuer_needs_no_python(copy: Path) -> None:
    host = Host.open(copy)
    assert host.book.problems == ()
    assert (status(host).rank, status(host).cause) == (Rank.CONFIGURED, "")
    assert host.plugins.programme_declared(ACME)
    waiting = host.preview(asks(host))[0]
    assert (waiting.outcome, waiting.findings[0].missing) == (Outcome.PENDED, ("estate tax clearance",))
    decision = host.preview(asks(host, documents=WITH_CLEARANCE))[0]
    assert decision.outcome is Outcome.ACCEPTED
    assert decision.made_by.plugins == {"acme": status(host).version}
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED


def test_a_paper_that_its_words_name_may_come_later(copy: Path) -> None:
    host = Host.open(copy)
    host.answer(asks(host))
    line = '{"type": "documents_received", "event_id": "e-2", "received_on": "2017-09-04", "request_id": '
    papers = f'{line}"request of e-1", "documents": ["estate tax clearance"]}}'
    (again,) = host.answer(host.read_event(papers))
    assert again.outcome is Outcome.ACCEPTED


def test_a_word_of_its_own_is_refused_where_nobody_adds_it() -> None:
    event = canonical_json(event_to_json(requested(documents=WITH_CLEARANCE)))
    with pytest.raises(EventError, match="unknown word `estate tax clearance`"):
        read_event(event)
    assert read_recorded(event) == requested(documents=WITH_CLEARANCE)


def test_a_word_of_its_own_is_refused_for_notes_of_another_issuer(copy: Path) -> None:
    host = Host.open(copy)
    event = requested(documents=WITH_CLEARANCE)
    told = "documents: `estate tax clearance` is no word of issuer `ally`: it is one of `acme` alone"
    for ask in (host.preview, host.answer):
        with pytest.raises(EventError) as refused:
            ask(event)
        assert str(refused.value) == told
    (refusal,) = host.answer_all([event])
    assert isinstance(refusal, EventError)
    assert host.ledger.heads() == {}


def test_a_misspelt_word_is_refused_with_the_one_meant(copy: Path) -> None:
    host = Host.open(copy)
    with pytest.raises(EventError, match="unknown word `estate tax clearence`: did you mean `estate tax clearance`"):
        asks(host, documents=PAPERS | {"estate tax clearence"})


def test_every_list_that_may_be_added_to_takes_its_words(copy: Path) -> None:
    host = Host.open(copy)
    decision = host.preview(asks(host, documents=WITH_CLEARANCE, registration="family club"))[0]
    assert decision.outcome is Outcome.REFERRED
    assert decision.findings[0].because == "Registered as family club."


def test_its_answers_prove_when_its_files_are_gone(copy: Path, tmp_path: Path) -> None:
    host = Host.open(copy)
    host.answer(asks(host))
    host.answer(asks(host, "e-2", owner_ref="owner-2", documents=WITH_CLEARANCE))
    host.answer(requested("e-3", owner_ref="owner-3"))
    assert proved_on(host).differences == []
    without = Host.open(ledger=host.ledger)
    assert not without.plugins.programme_declared(ACME)
    assert proved_on(without).differences == []


def test_a_kept_ledger_reads_its_words_when_its_files_are_gone(copy: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kept.db"
    host = Host.open(copy, open_ledger(url, read_recorded))
    host.answer(asks(host, documents=WITH_CLEARANCE))
    host.ledger.close()
    kept = open_ledger(url, read_recorded)
    assert kept.event("e-1") == requested(cusip=ACME_NOTE, documents=WITH_CLEARANCE)
    assert kept.standing(ACME).at == 1
    kept.close()


def test_its_words_are_in_the_glossary_with_their_meaning(copy: Path) -> None:
    told = [(each["list"], each["word"], each["meaning"]) for each in glossary(Host.open(copy).vocabulary)["listed"]]
    assert sorted(told) == [
        ("documents", "estate tax clearance", "A letter of the tax office that nothing is owed on the estate."),
        ("registration", "family club", "Registered to a club of the owner's family."),
    ]


def test_a_file_with_a_fault_keeps_its_issuer_out_and_nobody_else(copy: Path) -> None:
    (copy / "acme" / "issuer.yaml").write_text("issuer: Acme Corp.\nprogramme: notes-a\n")
    host = Host.open(copy)
    assert "acme/issuer.yaml:2:1: unknown key `programme`" in status(host).cause
    assert "acme/issuer.yaml:2:1: unknown key `programme`" in [
        str(each).partition("\n")[0] for each in host.book.problems
    ]
    (finding,) = host.preview(asks(host))[0].findings
    assert finding.name == "plugin unavailable"
    assert host.preview(requested())[0].outcome is Outcome.ACCEPTED


def test_a_file_takes_no_issuer_away_from_what_ships(copy: Path) -> None:
    (copy / "ally").mkdir()
    (copy / "ally" / "issuer.yaml").write_text(ISSUER.replace("acme", "ally"))
    plugins = installed_plugins(copy)
    kept_out = [status.cause for status in plugins.statuses if status.name == "ally" and status.cause]
    assert kept_out == ["another plugin is named `ally`, of retail-note-rules"]
    assert plugins.programme_declared("ally/term-notes-a")


def test_a_changed_file_is_another_version(copy: Path) -> None:
    before = status(Host.open(copy)).version
    (copy / "acme" / "words.yaml").write_text(WORDS.replace("nothing is owed", "no tax is owed"))
    after = status(Host.open(copy)).version
    assert before != after
    assert before.startswith("sha256:")


def test_a_word_changes_no_digest_of_a_rule_set_that_does_not_name_it(copy: Path) -> None:
    def digests(host: Host) -> set[str]:
        return {each.digest for each in host.book.rule_sets if "survivors-option" not in each.file}

    before = digests(Host.open(copy))
    (copy / "acme" / "words.yaml").unlink()
    assert digests(Host.open(copy)) == before


def test_the_words_file_of_a_plugin_counts_for_its_issuers(copy: Path) -> None:
    (copy / "acme" / "issuer.yaml").unlink()
    host = Host.open(copy, MemoryLedger(), plugins=loaded(found("acme", AcmePlugin)))
    assert host.preview(asks(host, documents=WITH_CLEARANCE))[0].outcome is Outcome.ACCEPTED
