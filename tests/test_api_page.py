"""What `rules_engine` offers to those who embed it: what is listed, and nothing else; its page says what it does."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import rules_engine
from tests.api_page import GROUPS, PAGE, page

ROOT = Path(__file__).parent.parent

EMBEDS = """
import json, sys
{missing}
import rules_engine
assert not [name for name in sys.modules if name.startswith("rules_engine.")], "nothing is loaded unasked"
from rules_engine import Host, decision_to_json, open_ledger, read_event
host = Host.open(ledger=open_ledger({url!r}))
line = json.dumps(dict(type="payment_due", event_id="p", received_on="2017-01-10", cusip="02006DLF6",
                       due_on="2017-01-15", kind="interest", principal="25000.00"))
answered = host.answer(read_event(line))
print(answered.is_new, decision_to_json(answered[0])["payment"]["interest"])
loaded = {{name.partition(".")[0] for name, module in sys.modules.items() if module}}
print(*sorted(loaded & {{"typer", "rich", "alembic", "mako", "sqlalchemy"}}))
"""


def embedded(url: str, *, missing: tuple[str, ...] = ()) -> list[str]:
    """Embed the engine in a program of its own, from which some libraries are hidden."""
    hidden = "".join(f"sys.modules[{name!r}] = None\n" for name in missing)
    script = EMBEDS.format(missing=hidden, url=url)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_page_is_as_the_docstrings_are() -> None:
    assert PAGE.read_text() == page(), "the docstrings have changed: run `make docs`"


def test_the_page_has_every_name_that_is_offered_once() -> None:
    on_page = [name for names in GROUPS.values() for name in names]
    assert sorted([*on_page, "__version__"]) == sorted(rules_engine.__all__)
    headings = re.findall(r"^### `(\w+)`$", PAGE.read_text(), re.MULTILINE)
    assert headings == on_page


@pytest.mark.parametrize("name", rules_engine.__all__)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    thing = getattr(rules_engine, name)
    if name != "__version__":
        assert inspect.getdoc(thing)
        assert thing.__name__ == name
    assert name in dir(rules_engine)


def test_nothing_else_is_offered() -> None:
    assert dir(rules_engine) == rules_engine.__all__ == sorted(rules_engine.__all__)
    with pytest.raises(AttributeError, match="has no `Hots`"):
        rules_engine.Hots  # noqa: B018  # asking is the point


def test_what_a_host_takes_and_gives_is_on_the_page() -> None:
    for member in ("open", "preview", "answer", "answer_all", "recorded", "requests", "request", "decisions", "reload"):
        assert re.search(rf"^(Host)?\.{member}\(", PAGE.read_text(), re.MULTILINE), member


def test_the_version_is_the_one_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert rules_engine.__version__ == project["version"]


def test_embedding_loads_no_command_line_and_no_database() -> None:
    assert embedded("memory:") == ["True 106.94", ""]


def test_embedding_needs_no_command_line_and_no_database() -> None:
    assert embedded("memory:", missing=("typer", "rich", "alembic", "mako", "sqlalchemy")) == ["True 106.94", ""]


def test_a_ledger_that_is_up_to_date_needs_nothing_that_changes_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    rules_engine.open_ledger(url).close()
    assert embedded(url, missing=("typer", "rich", "alembic", "mako"))[0] == "True 106.94"
    assert embedded(url) == ["False 106.94", "sqlalchemy"]
