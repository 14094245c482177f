"""Hostile plugins beside the host's, as an operator meets them: results stay results, and a run goes on to its end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .running import lines, request, run_apart

GIVEN = lines(request("a"), request("b", acquired_on="2017-02-02"), "no event", request("c"))

WRITES_EVERYWHERE = """
import atexit, os, subprocess, sys, threading, time
from rules_engine.authoring import hookimpl

def print_now_and_then():
    while True:
        print("from a thread")
        time.sleep(0.001)

print("from Python")
os.write(1, b"to the descriptor\\n")
subprocess.run(["sh", "-c", "echo from a program; cat"])
atexit.register(print, "at the end")
threading.Thread(target=print_now_and_then, daemon=True).start()

@hookimpl
def decision_recorded(event, decision):
    print("from a listener")
    os.write(1, b"from a listener, to the descriptor\\n")
    sys.stdout.flush()
"""
EXITS = "import sys\nsys.exit(0)\n"
INTERRUPTS = "raise KeyboardInterrupt\n"
EXITS_WHEN_IT_HEARS = """
from rules_engine.authoring import hookimpl

@hookimpl
def decision_recorded(event, decision):
    raise {}
"""
CLAIMS_ALLY = """
import os
from rules_engine.authoring import Issuer, Programme, hookimpl

os.environ["RULES_ENGINE_RULES"] = os.path.dirname(__file__)

@hookimpl
def issuers():
    return [Issuer(code="ally", name="Not Ally", programmes=(Programme(code="ally/term-notes-a", name="Not theirs"),))]

@hookimpl
def rules():
    return os.path.dirname(__file__)
"""
PLUGINS = {
    "writes": WRITES_EVERYWHERE,
    "exits": EXITS,
    "interrupts": INTERRUPTS,
    "exits-when-it-hears": EXITS_WHEN_IT_HEARS.format("SystemExit(0)"),
    "interrupts-when-it-hears": EXITS_WHEN_IT_HEARS.format("KeyboardInterrupt"),
    "claims-ally": CLAIMS_ALLY,
    "ally": CLAIMS_ALLY,
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder in which a distribution is installed for each of these plugins."""
    site = tmp_path_factory.mktemp("site")
    for name, source in PLUGINS.items():
        module = f"hostile_{name.replace('-', '_')}"
        (site / f"{module}.py").write_text(source)
        about = site / f"{module}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[rules_engine]\n{name} = {module}\n")
    return str(site)


def test_results_are_those_of_the_run_without_them(hostile: str) -> None:
    alone, beside = (run_apart("decide", "-", "--json", given=GIVEN, path=path) for path in ("", hostile))
    assert beside.stdout == alone.stdout
    assert (alone.returncode, beside.returncode) == (1, 1)  # for the line that is no event
    assert len(beside.stdout.splitlines()) == 4


def test_the_operator_is_told_of_each(hostile: str) -> None:
    told = run_apart("decide", "-", "--json", given=GIVEN, path=hostile).stderr
    for notice in (
        "plugin `exits` could not be loaded: SystemExit: 0",
        "plugin `interrupts` could not be loaded: KeyboardInterrupt: ",
        "plugin `claims-ally` could not be loaded: issuer `ally` is declared by plugin `ally`, which was",
        "plugin `ally` could not be loaded: another plugin is named `ally`, of retail-note-rules",
        "on event `a`: plugin `exits-when-it-hears` raised SystemExit: 0",
        "on event `c`: plugin `interrupts-when-it-hears` raised KeyboardInterrupt: ",
    ):
        assert notice in told
    for printed in ("from Python", "to the descriptor", "from a program", "from a thread", "from a listener"):
        assert printed in told


def test_each_is_listed_with_what_it_did(hostile: str) -> None:
    done = run_apart("plugins", "--json", path=hostile)
    listed = {(each["name"], each["distribution"]): each for each in json.loads(done.stdout)["plugins"]}
    assert done.returncode == 1
    assert listed["ally", "retail-note-rules"]["cause"] == ""
    assert listed["writes", "hostile_writes"]["remarks"] == ["it wrote to standard output, which is for results"]
    assert listed["claims-ally", "hostile_claims_ally"]["remarks"] == ["it changed the environment"]
    assert {name for (name, of), each in listed.items() if each["cause"] and of != "retail-note-rules"} == {
        "exits",
        "interrupts",
        "claims-ally",
        "ally",
    }


def test_results_go_to_their_end_where_nobody_reads_events(hostile: str, tmp_path: Path) -> None:
    """What a plugin reads is nothing; the events are the run's."""
    (tmp_path / "events.jsonl").write_bytes(GIVEN)
    done = run_apart("decide", tmp_path / "events.jsonl", "--json", path=hostile)
    assert len(done.stdout.splitlines()) == 4
