"""Promises about the code itself: which room may know which, and what may stand in none of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from rules_engine.model import note_words
from rules_engine.model.event_words import PaymentKind
from tests.conftest import LEFT_OUT_WHEN_QUICK

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rules_engine"
PLUGINS = ROOT / "plugins"

ROOMS = (
    "errors",
    "model",
    "dates",
    "intake",
    "rulebook",
    "standing",
    "ledger",
    "matching",
    "deciding",
    "clauses",
    "hookspecs",
    "authoring",
    "plugging",
    "host",
    "supplements",
    "acceptance",
    "workbench",
    "batch",
    "desk",
    "service",
    "cli",
)
"""From the innermost to the outermost; a room imports from those before it and never from those after."""

KEPT_TO: dict[str, str | tuple[str, ...]] = {
    "alembic": "ledger/",
    "anyio": "service/",
    "durable": "matching/sessions.py",
    "durable_rules_engine": "matching/sessions.py",
    "fastapi": "service/",
    "gherkin": "acceptance/",
    "holidays": "dates/",
    "pdfplumber": "supplements/portable.py",
    "cryptography": "workbench/approving/signatures.py",
    "ruamel": "rulebook/laying_out.py",
    "z3": "workbench/analysis/ties.py",
    "prometheus_client": "service/figures.py",
    "psycopg": "ledger/",
    "jinja2": ("desk/letter_writing.py", "service/"),
    "jwt": "service/callers.py",
    "lxml": "supplements/markup.py",
    "numpy": "batch/",
    "orjson": "model/canonical.py",
    "pyarrow": "batch/",
    "pydantic": "intake",
    "pydantic_core": "intake",
    "pyspark": "batch/spark.py",
    "pytest": "acceptance/",
    "pytest_bdd": "acceptance/",
    "rich": "cli",
    "sortedcontainers": "standing/journal.py",
    "sqlalchemy": "ledger/",
    "starlette": "service/",
    "typer": "cli",
    "uvicorn": "service/serving.py",
}
"""The one room (or module) that may import each library, so that replacing one is work in one place."""

CORE = ("errors", "model", "dates", "rulebook", "standing", "matching", "deciding", "clauses", "supplements")
"""Rooms in which the same question has the same answer on every machine and every day."""

NOT_EXACT_OR_NOT_REPEATABLE = {"float", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}

LARGEST_NUMBER_IN_CODE = 10_000
LARGER_NUMBERS = {
    (
        "rules_engine/clauses/redemption.py",
        100_000,
    ): "the cents of $1,000, the piece every interest table is printed for",
    ("rules_engine/batch/touching.py", 50_000): "entries of a ledger whose ids are gathered, not looked up",
    ("rules_engine/batch/hashes.py", 0x9E3779B97F4A7C15): "a hash's factor: the golden ratio in 64 bits",
    ("rules_engine/batch/hashes.py", 0xC2B2AE3D27D4EB4F): "a hash's factor, of xxHash",
    ("rules_engine/intake/lines.py", 2_000_000): "the most bytes a line of events may have before it is refused",
    ("rules_engine/matching/engine_rules.py", 2_166_136_261): "FNV-1a, the hash durable_rules knows attributes by",
    ("rules_engine/matching/engine_rules.py", 16_777_619): "FNV-1a",
    ("rules_engine/matching/engine_rules.py", 4_294_967_295): "FNV-1a, in 32 bits",
    ("rules_engine/rulebook/indexed_notes.py", 2_000_000): "the bytes of supplements that are read together",
    ("rules_engine/rulebook/printed.py", 1_000_000): "the bytes of supplements from which on a book has an index",
    ("rules_engine/standing/snapshots.py", 65_536): "the bytes of a standing that are unpacked at a time",
    ("rules_engine/rulebook/literals.py", 36_600): "days in a hundred years: a period beyond them is a slip",
    ("rules_engine/rulebook/nodes.py", 20_000): "the most nodes a rule file may have before it is refused",
}
"""Numbers above ten thousand that are no issuer's: which module, which number, and why it is there."""

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
SHIPPED = sorted(MODULES + list(PLUGINS.rglob("*.py")))
WRITTEN_BY_HAND = {".cfg", ".feature", ".ini", ".md", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml", ""}
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "build",
    "dist",
}

MACHINE_PATH = re.compile(
    r"(?<![\w.$}/~])/(?:" + "|".join(("home", "root", "Users", "work", "tmp", "opt", "mnt")) + r")(?:/|\b(?!\.))"
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_by(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of every module that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: imports are written in full, from `rules_engine`"
            assert node.module
            yield node.lineno, node.module
            if node.module == "rules_engine":
                yield from ((node.lineno, f"rules_engine.{alias.name}") for alias in node.names)


def dotted(node: ast.expr) -> str:
    """Give the name an expression spells, `datetime.date.today`, or an empty text for any other expression."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_every_module_belongs_to_a_room() -> None:
    assert {room_of(path) for path in MODULES} - {"__init__", "__main__"} <= set(ROOMS)


def test_a_room_imports_only_from_rooms_before_it() -> None:
    wrong = [
        f"{name_of(path)}:{line}: `{room_of(path)}` imports `{imported}`"
        for path in MODULES
        if room_of(path) in ROOMS
        for line, imported in imported_by(path)
        if imported.startswith("rules_engine.")
        and imported != "rules_engine.__version__"
        and imported.split(".")[1] not in ROOMS[: ROOMS.index(room_of(path)) + 1]
    ]
    assert wrong == []


def test_a_plugin_imports_only_what_is_offered_to_plugins() -> None:
    offered = set(ROOMS[: ROOMS.index("authoring") + 1])
    wrong = [
        f"{name_of(path)}:{line}: imports `{imported}`"
        for path in PLUGINS.rglob("*.py")
        for line, imported in imported_by(path)
        if imported.startswith("rules_engine.") and imported.split(".")[1] not in offered
    ]
    assert wrong == []


def test_each_library_is_known_to_one_room() -> None:
    wrong = [
        f"{name_of(path)}:{line}: imports `{imported}`, which is kept to `{KEPT_TO[imported.split('.')[0]]}`"
        for path in MODULES
        for line, imported in imported_by(path)
        if imported.split(".")[0] in KEPT_TO
        and not path.relative_to(PACKAGE).as_posix().startswith(KEPT_TO[imported.split(".")[0]])
    ]
    assert wrong == []


def test_the_core_neither_estimates_nor_asks_the_clock_or_chance() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}: calls `{dotted(node.func)}`"
        for path in MODULES
        if room_of(path) in CORE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and (
            ".".join(dotted(node.func).split(".")[-2:]) in NOT_EXACT_OR_NOT_REPEATABLE
            or dotted(node.func).startswith("random.")
        )
    ]
    wrong += [
        f"{name_of(path)}:{line}: imports `{imported}`"
        for path in MODULES
        if room_of(path) in CORE
        for line, imported in imported_by(path)
        if imported.split(".")[0] in {"random", "secrets", "time", "uuid"}
    ]
    assert wrong == []


def test_no_fraction_is_written_as_a_float_in_the_core() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}: {node.value}"
        for path in MODULES
        if room_of(path) in CORE and path.name != "errors.py"  # where spelling is compared, by likeness
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert wrong == []


def test_code_holds_no_figure_of_an_issuer() -> None:
    found = {
        (name_of(path), node.value): f"{name_of(path)}:{node.lineno}: {node.value}"
        for path in SHIPPED
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value > LARGEST_NUMBER_IN_CODE
    }
    assert [place for key, place in found.items() if key not in LARGER_NUMBERS] == []
    assert set(LARGER_NUMBERS) <= set(found), "an allowed number is no longer there"


def compared_with(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the text that an expression, or a case of a match, compares something with."""
    if isinstance(node, ast.Compare):
        for side in (node.left, *node.comparators):
            parts = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
            texts = (part for part in parts if isinstance(part, ast.Constant) and type(part.value) is str)
            yield from ((part.lineno, str(part.value)) for part in texts)
    elif isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant):
        yield node.value.lineno, str(node.value.value)


def test_a_word_of_a_note_is_never_compared_as_bare_text() -> None:
    # a slip in a text is silence; in the name of an enum's word it is a type error
    enums: list[type[StrEnum]] = [
        each for each in vars(note_words).values() if isinstance(each, type) and issubclass(each, StrEnum)
    ]
    enums.append(PaymentKind)
    words = {str(word) for each in enums for word in each}
    assert {"following", "30/360", "monthly", "European", "by lot", "business days", "maturity"} <= words
    wrong = [
        f"{name_of(path)}:{line}: compares with `{text}`"
        for path in MODULES
        if room_of(path) in {"dates", "deciding", "clauses"}
        for node in ast.walk(ast.parse(path.read_text()))
        for line, text in compared_with(node)
        if text in words
    ]
    assert wrong == []


def test_nothing_names_a_path_of_one_machine() -> None:
    wrong = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in sorted(set(ROOT.rglob("*")) - {Path(__file__)})
        if path.is_file() and path.suffix in WRITTEN_BY_HAND and not NOT_OURS & set(path.relative_to(ROOT).parts)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", ["/home/ada/rules", "see /root for", "`/work/x`", 'open("/tmp/x")', "=/opt/python"])
def test_a_path_of_one_machine_is_recognised(path: str) -> None:
    assert MACHINE_PATH.search(path)


@pytest.mark.parametrize("text", ["the estate's work/home", "https://a.example/home/", "sqlite:///ledger", "~/work"])
def test_other_slashes_are_no_path_of_one_machine(text: str) -> None:
    assert not MACHINE_PATH.search(text)


def test_what_a_quick_run_leaves_out_is_there() -> None:
    assert [name for name in LEFT_OUT_WHEN_QUICK if not (ROOT / "tests" / name).exists()] == []
