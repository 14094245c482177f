"""Every hook has a page that opens with its exact signature, and an example on it that can be loaded."""

from __future__ import annotations

import inspect
import re
import types
from pathlib import Path

import pytest

from rules_engine import hookspecs
from tests.acme import found, loaded

PAGES = Path(__file__).parent.parent / "docs" / "hooks"
HOOKS = {
    name: function
    for name, function in inspect.getmembers(hookspecs, inspect.isfunction)
    if hasattr(function, f"{hookspecs.hookspec.project_name}_spec")
}
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_there_is_a_page_for_every_hook_and_for_no_other() -> None:
    assert len(HOOKS) > 0
    assert {path.stem for path in PAGES.iterdir()} == set(HOOKS)


@pytest.mark.parametrize("name", HOOKS)
def test_a_page_opens_with_the_signature_of_its_hook(name: str) -> None:
    signature = str(inspect.signature(HOOKS[name])).replace("'", "")
    page = (PAGES / f"{name}.md").read_text()
    assert page.startswith(f"# {name}\n\n```python\ndef {name}{signature}\n```\n")


@pytest.mark.parametrize("name", HOOKS)
def test_the_example_of_a_page_is_a_plugin_that_works(name: str) -> None:
    _, example = PYTHON.findall((PAGES / f"{name}.md").read_text())
    module = types.ModuleType(f"example_of_{name}")
    exec(compile(example, module.__name__, "exec"), vars(module))
    assert hasattr(module, name)
    (status,) = (status for status in loaded(found("example", module)).statuses if status.name == "example")
    assert status.cause == ""
