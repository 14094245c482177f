"""Schemas never refuse what `check` takes, and tell what an editor can tell: held against every file there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from rules_engine.clauses import CLAUSES
from rules_engine.host import shipped_rules
from rules_engine.model.decisions import Outcome
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.workbench.schemas import FILES, schemas
from tests.cli.running import call, interest, lines, request, rows, run
from tests.shipped import shipped

ROOT = Path(__file__).parent.parent.parent
MODULE = ROOT / ".venv" / "npm" / "node_modules" / "yaml-language-server"
BOOKS = (shipped_rules(), ROOT / "tests" / "rulebook" / "good", ROOT / "tests" / "rulebook" / "every_word")
BAD = ROOT / "tests" / "rulebook" / "bad"


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    return schemas(shipped(with_durable=False).vocabulary)


def _schema_of(file: str) -> str:
    """Say which schema a file of a rule book is for; empty for a file of which there is none."""
    if "/supplements/" in file:
        return "supplement"
    if file.startswith("calendars/"):
        return "calendar"
    name = file.rpartition("/")[2].removesuffix(".yaml")
    if name in ("issuer", "words", "policies"):
        return name
    return "rule-set" if file.startswith("standard/") or re.search(r"/\d{4}-\d{2}-\d{2}/", file) else ""


def _good() -> list[tuple[str, str, str]]:
    found = []
    for book in BOOKS:
        for path in sorted(book.rglob("*.yaml")):
            schema = _schema_of(path.relative_to(book).as_posix())
            if schema:
                found.append((f"{book.name}/{path.relative_to(book)}", schema, path.read_text()))
    return found


def _bad() -> list[tuple[str, str, str]]:
    """Files of one kind of fault each, that an editor reads as YAML."""
    return [
        (path.stem, "rule-set", path.read_text()) for path in sorted(BAD.glob("*.yaml")) if _loads(path.read_text())
    ]


def _loads(text: str) -> bool:
    try:
        return isinstance(_as_an_editor(text), dict)
    except (yaml.YAMLError, UnicodeDecodeError):
        return False


class _Loader(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: `yes` and dates are text, numbers are numbers."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp", ":int"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))


def _as_an_editor(text: str) -> Any:
    return yaml.load(text, _Loader)


def _told(schema: str, content: Any) -> list[str]:
    return [error.message for error in jsonschema_rs.Draft7Validator(_schemas()[schema]).iter_errors(content)]


@pytest.mark.parametrize(("name", "schema", "text"), _good(), ids=[name for name, _, _ in _good()])
def test_takes_every_file_that_check_takes(name: str, schema: str, text: str) -> None:
    assert _told(schema, _as_an_editor(text)) == []


SEEN_BY_AN_EDITOR = (
    *("missing-cite", "unknown-key", "unknown-fact", "unknown-term", "unknown-outcome", "unknown-status"),
    *("unknown-mark", "unknown-clause", "neither-yes-nor-no", "not-a-date", "unknown-cap"),
)


@pytest.mark.parametrize("name", SEEN_BY_AN_EDITOR)
def test_tells_what_an_editor_can_tell(name: str) -> None:
    assert _told("rule-set", _as_an_editor((BAD / f"{name}.yaml").read_text())) != []


def test_whatever_a_schema_refuses_check_refuses_too(tmp_path: Path) -> None:
    vocabulary = Vocabulary.of(clause.words for clause in CLAUSES)
    for name, schema, text in _bad():
        folder = tmp_path / name / "acme" / "notes-a" / "2015-08-10"
        folder.mkdir(parents=True)
        (folder / f"{name}.yaml").write_text(text)
        if _told(schema, _as_an_editor(text)):
            assert Book.open(tmp_path / name, vocabulary).problems, name


def test_events_and_decisions_are_as_their_schemas_say() -> None:
    given = [
        request("a"),
        call("b", noticed="2017-11-01", redeem_on="2017-12-15"),
        interest("c"),
        request("d", documents=[]),
    ]
    assert [_told("event", event) for event in given] == [[], [], [], []]
    answers = rows(run("decide", "-", "--json", given=lines(*given)))
    assert [_told("decision", answer) for answer in answers] == [[] for _ in answers]
    assert {answer["outcome"] for answer in answers} <= {outcome.word for outcome in Outcome}


@pytest.mark.parametrize(
    "change",
    [{"principle": "1.00"}, {"principal": 25000}, {"received_on": "8/1/2017"}, {"trigger": "deaht"}, {"cusip": None}],
)
def test_an_event_that_cannot_be_read_is_not_as_its_schema_says(change: dict[str, Any]) -> None:
    assert _told("event", {**request("a"), **change}) != []


def test_the_command_writes_each_schema_and_what_an_editor_needs(tmp_path: Path) -> None:
    result = run("schema", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.schema.json" for name in FILES)
    settings = json.loads(result.stdout.partition("\n")[2])
    assert all(Path(file).is_file() for file in settings["yaml.schemas"])
    assert json.loads(run("schema").stdout) == json.loads(json.dumps(_schemas()))


@pytest.mark.skipif(
    not MODULE.is_dir() or not shutil.which("node"), reason="`make editor` installs the language server"
)
def test_the_language_server_takes_the_good_and_tells_of_the_bad() -> None:
    good, bad = _good(), [each for each in _bad() if each[0] in SEEN_BY_AN_EDITOR]
    asked = {
        "module": str(MODULE),
        "schemas": _schemas(),
        "files": [{"name": name, "schema": schema, "text": text} for name, schema, text in (*good, *bad)],
    }
    script = Path(__file__).with_name("language_server.cjs")
    done = subprocess.run(["node", script], input=json.dumps(asked), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert {name: told for name, told in found.items() if told and name in {each[0] for each in good}} == {}
    # it reads `true` in the place of `yes` as the same, which a schema has to let through
    assert [name for name, _, _ in bad if not found[name]] in ([], ["neither-yes-nor-no"])
