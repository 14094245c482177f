"""Letters laid out: as plain text, and as HTML that prints on one page; an issuer's folder may bring its own."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules_engine.desk.letter_content import Letter, LetterKind
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.tree import LETTERS

TEXT, HTML = "txt", "html"
LARGEST = 64 * 1024
"""Bytes a template may have."""


class LetterFault(RulesEngineError):
    """A letter's template cannot be used; the message names the file, the line and what is wrong."""


def write_letter(host: Host, letter: Letter, kind: str = TEXT) -> str:
    """Lay a letter out as `txt` or `html`, by the issuer's own template where its folder has one.

    Raises LetterFault for a template that cannot be used.
    """
    templates = _Templates(host, letter.programme)
    environment = ImmutableSandboxedEnvironment(
        loader=templates,
        autoescape=kind == HTML,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = lambda day: f"{day:%A}, {day.day} {day:%B} {day.year}"
    try:
        return environment.get_template(f"{letter.kind.value}.{kind}").render(letter=letter, kinds=LetterKind)
    except TemplateError as fault:
        raise LetterFault(f"{templates.where(fault)}: {fault.message or type(fault).__name__}") from fault
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError, RecursionError) as fault:
        raise LetterFault(f"{templates.where(fault)}: the letter cannot be written: {fault}") from fault


class _Templates(BaseLoader):
    """Finds a template in the issuer's folder of the rule book first, then among those that ship."""

    def __init__(self, host: Host, programme: str) -> None:
        issuer = programme.partition("/")[0]
        folder = host.book.speaking.get(issuer)
        self._root = folder.root if folder else None
        self._own = folder.root / issuer / LETTERS if folder else None
        self.used: list[str] = []

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        """Give a template's text and where it stands."""
        del environment
        own = self._own / template if self._own else None
        if own is not None and self._root is not None and own.is_file():
            name = own.relative_to(self._root).as_posix()
            self.used.append(name)
            return _read(own, self._root, name), name, None
        shipped = files("rules_engine.desk").joinpath("letters", template)
        if "/" in template or not shipped.is_file():
            raise TemplateNotFound(template)
        self.used.append(template)
        return shipped.read_text(encoding="utf-8"), template, None

    def where(self, fault: Exception) -> str:
        """Name the template, and its line, that a fault is in."""
        line = getattr(fault, "lineno", None) or _line_within(fault, self.used)
        name = (
            getattr(fault, "filename", None)
            or getattr(fault, "name", None)
            or (self.used[-1] if self.used else LETTERS)
        )
        return f"{name}:{line}:1" if line else str(name)


def _read(path: Path, root: Path, name: str) -> str:
    if wrong := why_not_opened(path, root):
        raise LetterFault(f"{name}:1:1: {wrong[0]}")
    if path.stat().st_size > LARGEST:
        raise LetterFault(f"{name}:1:1: the template is larger than {LARGEST:,} bytes")
    try:
        return path.read_text(encoding="utf-8")
    except ValueError as fault:
        raise LetterFault(f"{name}:1:1: the template is not UTF-8 text") from fault


def _line_within(fault: Exception, used: list[str]) -> int:
    """Find the line of a template at which it failed, in the trace of the exception."""
    trace, line = fault.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in used:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def letter_to_json(letter: Letter, written: Mapping[str, str]) -> dict[str, Any]:
    """Write a letter as it crosses a border, with its layouts by name."""
    from rules_engine.desk.presenting import to_json

    return {**to_json(letter), "provisional": letter.is_provisional, **written}
