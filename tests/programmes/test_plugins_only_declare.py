"""A plugin of an issuer is a page that declares: no condition, no loop, no figure."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rules_engine.hookspecs import NAMES_CONTRACT
from rules_engine.host import Host, shipped_rules
from rules_engine.rulebook.tree import CALENDARS, STANDARD

PLUGINS = sorted((Path(__file__).parent.parent.parent / "plugins").glob("[!_]*.py"))
DECLARING = (
    *(ast.Module, ast.ImportFrom, ast.alias, ast.FunctionDef, ast.arguments, ast.Return, ast.Expr, ast.Constant),
    *(ast.Tuple, ast.Call, ast.keyword, ast.Name, ast.Subscript, ast.expr_context),
)
CONTRACT = f"\n{NAMES_CONTRACT} = 1\n"


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.stem)
def test_a_plugin_is_under_forty_lines_and_holds_nothing_but_declarations(plugin: Path) -> None:
    text = plugin.read_text()
    assert len(text.splitlines()) < 40
    assert text.count(CONTRACT) == 1
    nodes = list(ast.walk(ast.parse(text.replace(CONTRACT, ""))))
    assert {type(node).__name__ for node in nodes if not isinstance(node, DECLARING)} == set()
    assert [node.value for node in nodes if isinstance(node, ast.Constant) and not isinstance(node.value, str)] == []


def test_every_programme_with_rules_is_declared_and_every_one_declared_has_the_four_clauses() -> None:
    host = Host.open(with_durable=False)
    declared = {programme.code for issuer in host.plugins.issuers.values() for programme in issuer.programmes}
    assert declared == set(host.book.programmes)
    assert len(declared) >= 10
    wanted = {"survivors option", "redemption", "payment days", "withdrawal"}
    for programme in declared:
        editions = [each for each in host.book.rule_sets if each.edition.startswith(f"{programme}/")]
        assert wanted <= {each.clause for each in editions}


def test_each_issuer_has_features() -> None:
    features = Path(__file__).parent.parent.parent / "features"
    issuers = {path.name for path in shipped_rules().iterdir() if path.is_dir()} - {STANDARD, CALENDARS, "__pycache__"}
    assert {issuer for issuer in issuers if not list((features / issuer).glob("*.feature"))} == set()
