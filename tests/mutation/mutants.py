"""The mutants of a module: each is its source with one condition turned round, one comparison changed, or one statement
left out."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OTHERWISE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """One change of one module, named by what stands there and what would; not by a line, which moves."""

    path: Path
    function: str
    was: str
    now: str
    source: str
    line: int

    @property
    def name(self) -> str:
        """Name it the same way as long as the code it changes stays as it is."""
        return f"{self.path.name} {self.function}: {self.was} -> {self.now}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Write every mutant of a module, in the order of its lines."""
    tree = ast.parse(path.read_text())
    for number, (node, function) in enumerate(_nodes(tree)):
        for way in range(_ways(node)):
            changed = copy.deepcopy(tree)
            twin, _ = list(_nodes(changed))[number]
            was = ast.unparse(node)
            now = _change(changed, twin, way)
            if now is not None:
                yield Mutant(path, function, _short(was), _short(now), ast.unparse(changed), getattr(node, "lineno", 0))


def _nodes(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Walk through what can be changed, each with the function it stands in."""

    def walk(node: ast.AST, within: str) -> Iterator[tuple[ast.AST, str]]:
        for child in ast.iter_child_nodes(node):
            inside = within
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inside = f"{within}.{child.name}".lstrip(".")
            if inside and _ways(child):
                yield child, inside
            if not isinstance(child, ast.Assert):  # an assertion says what holds; nothing follows from it
                yield from walk(child, inside)

    yield from walk(tree, "")


def _ways(node: ast.AST) -> int:
    """Count the ways in which a node is changed."""
    if isinstance(node, ast.If | ast.While | ast.IfExp | ast.comprehension):
        return 1
    if isinstance(node, ast.BoolOp | ast.Continue | ast.AugAssign):
        return 1
    if isinstance(node, ast.Compare):
        return len(node.ops)
    return int(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))


def _change(tree: ast.Module, node: ast.AST, way: int) -> str | None:
    """Change a node in place, and give what then stands there; None where nothing changes."""
    match node:
        case ast.If() | ast.While() | ast.IfExp():
            node.test = _negated(node.test)
        case ast.comprehension():
            if not node.ifs:
                return None
            node.ifs[0] = _negated(node.ifs[0])
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.Compare():
            node.ops[way] = OTHERWISE[type(node.ops[way])]()
        case _:
            _leave_out(tree, node)
            return "pass"
    return ast.unparse(ast.fix_missing_locations(node))


def _negated(test: ast.expr) -> ast.expr:
    return (
        test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else ast.UnaryOp(ast.Not(), test)
    )


def _leave_out(tree: ast.Module, node: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(parent, name, None)
            if isinstance(statements, list) and node in statements:
                statements[statements.index(node)] = ast.Pass()
    ast.fix_missing_locations(tree)


def _short(source: str) -> str:
    line = source.splitlines()[0]
    return line if len(line) <= 110 else line[:107] + "..."
