"""The page of everything that an embedding program may use, written from its docstrings: `python -m tests.api_page`."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rules_engine

PAGE = Path(__file__).parent.parent / "docs" / "api.md"

INTRODUCTION = """\
# What an embedding program uses

Everything here is imported from `rules_engine` itself, and nothing else of it is promised: rooms inside may change with
any version. `rules_engine.__version__` is the version installed. This page is written from the docstrings by
`make docs`, and a test holds it to them. [Decisions](decisions.md) shows the same at work.
"""

GROUPS = {
    "Open, ask, answer": ["Host", "open_ledger", "Ledger", "read_event", "Event", "Answered"],
    "Lists and the feed": ["Page", "RecordedDecision", "RequestSummary", "BookChanged"],
    "What a decision says": [
        "Decision",
        "Outcome",
        "Money",
        "Finding",
        "Code",
        "Question",
        "NearMiss",
        "Payment",
        "Part",
        "MadeBy",
    ],
    "Writing it down": [
        "event_to_json",
        "decision_to_json",
        "decision_from_json",
        "recorded_to_json",
        "request_to_json",
    ],
    "What can go wrong": [
        "RulesEngineError",
        "EventError",
        "FieldFault",
        "EventIdReused",
        "RuleBookError",
        "Problem",
        "StaleStanding",
        "LedgerError",
        "OtherRuleBook",
    ],
}
"""Every name that is offered, in the order in which a reader needs them."""

TOO_MANY_TO_LIST = {"Code": "[All codes](codes.md) have a page of their own."}
ONLY_PASSED_ON = {"Ledger": "It is opened by `open_ledger`, given to a host, and closed with `close()`."}
"""Of these a program uses no more than what is said here."""

WIDTH = 100

COMMON_WORDS = {"Any", "Callable", "Collection", "Decimal", "False", "Iterable", "Iterator", "Mapping", "None", "Path"}
COMMON_WORDS |= {"Self", "Sequence", "True", "T", "Cursor"}


def page() -> str:
    """Write the page."""
    return "\n".join([INTRODUCTION, *(line for title, names in GROUPS.items() for line in _group(title, names))])


def _group(title: str, names: list[str]) -> Iterator[str]:
    yield f"## {title}\n"
    for name in names:
        thing = getattr(rules_engine, name)
        yield f"### `{name}`\n"
        yield from _class(name, thing) if inspect.isclass(thing) else _function(name, thing)


def _function(name: str, function: Any) -> Iterator[str]:
    yield f"```python\n{name}{_signature(function)}\n```\n"
    yield f"{_doc(function)}\n"


def _class(name: str, kind: type[Any]) -> Iterator[str]:
    if issubclass(kind, Exception) and kind.__base__ not in (Exception, None):
        yield f"A `{kind.__base__.__name__}`. "
    yield f"{_doc(kind)}\n"
    if name in ONLY_PASSED_ON or name in TOO_MANY_TO_LIST:
        yield f"{ONLY_PASSED_ON.get(name) or TOO_MANY_TO_LIST[name]}\n"
        return
    if dataclasses.is_dataclass(kind):
        yield "```python"
        yield from (f"{each.name}: {each.type}" for each in dataclasses.fields(kind) if not each.name.startswith("_"))
        yield "```\n"
    if issubclass(kind, enum.Enum):
        yield "```python"
        yield from (f"{name}.{member.name}  # {getattr(member, 'word', member.value)}" for member in kind)
        yield "```\n"
    for member, value in _members(kind):
        if isinstance(value, property):
            yield f"**`{member}`** (`{value.fget.__annotations__['return']}`): {_doc(value)}\n"
        else:
            called = f"{name}.{member}" if isinstance(value, classmethod) else f".{member}"
            yield f"```python\n{called}{_signature(_plain(value))}\n```\n"
            yield f"{_doc(value)}\n"


def _members(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    """Walk through what a class and its bases in this package offer, as long as all it takes and gives is offered."""
    found: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("rules_engine"):
            found |= {name: value for name, value in vars(base).items() if not name.startswith("_")}
    for name, value in sorted(found.items(), key=lambda each: not isinstance(each[1], classmethod)):
        if _is_offered(_types_of(value)):
            yield name, value


def _types_of(value: Any) -> str:
    """Give what a member takes and gives; for what is neither a function nor a property a type that nobody offers."""
    if isinstance(value, property):
        return str(value.fget.__annotations__.get("return", ""))
    is_function = isinstance(value, classmethod | staticmethod) or inspect.isfunction(value)
    return _signature(_plain(value)) if is_function else "NotOffered"


def _plain(value: Any) -> Any:
    return value.__func__ if isinstance(value, classmethod | staticmethod) else value


def _is_offered(signature: str) -> bool:
    """Tell whether a signature names no type that is not on the page."""
    words = set(re.findall(r"\b[A-Z]\w*", signature))
    return words <= COMMON_WORDS | set(rules_engine.__all__)


def _signature(function: Any) -> str:
    """Write what a function takes and gives, without what has a default and is of a type that is not offered."""
    signature = inspect.signature(function)
    shown = [
        each
        for name, each in signature.parameters.items()
        if name not in ("self", "cls") and (each.default is each.empty or _is_offered(str(each.annotation)))
    ]
    named: list[str] = []
    for each in shown:
        if each.kind is each.KEYWORD_ONLY and "*" not in named:
            named.append("*")
        default = "" if each.default is each.empty else f" = {each.default!r}"
        named.append(f"{each.name}: {each.annotation}{default}")
    gives = f" -> {signature.return_annotation}"
    in_one_line = f"({', '.join(named)}){gives}"
    return in_one_line if len(in_one_line) < WIDTH else "(\n    " + ",\n    ".join(named) + f",\n){gives}"


def _doc(thing: Any) -> str:
    text = inspect.getdoc(thing)
    assert text, f"{thing} has no docstring"
    return text


if __name__ == "__main__":
    PAGE.write_text(page())
