"""Scenarios in memory: what each of them says, line by line, and where it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules_engine.acceptance.phrases import Step
from rules_engine.acceptance.sentences import step_of
from rules_engine.errors import Problem
from rules_engine.model.canonical import canonical_json, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step as a scenario writes it: its keyword, its words, and the text or the table under it.

    `number` is its line in the file. `word` is the keyword as it is written, `And` among them; `keyword` the one it
    stands for, of `given`, `when` and `then`, and empty where none does.
    """

    number: int
    word: str
    keyword: str
    text: str
    docstring: str | None = None
    datatable: tuple[tuple[str, ...], ...] | None = None

    def __str__(self) -> str:
        return f"{self.word} {self.text}"

    @property
    def step(self) -> Step | None:
        """The step it says; None where it is no sentence of features."""
        return step_of(self.keyword, self.text)

    def places(self, step: Step) -> dict[str, Any]:
        """Read what it says in the places of its step, with what stands under it."""
        said: dict[str, Any] = step.phrase.parse_arguments(self.text) or {}
        if self.docstring is not None:
            said["docstring"] = self.docstring
        if self.datatable is not None:
            said["datatable"] = [list(row) for row in self.datatable]
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario; each example of an outline is one of its own, and `number` is the line of that example.

    `file` is the path from the folder of features. `folder` names the folder of the features of one issuer, and is
    empty where they stand at the top.
    """

    file: str
    feature: str
    name: str
    number: int
    lines: tuple[Line, ...]
    is_example: bool = False
    tags: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The first folder of its path; empty where the file stands at the top."""
        first, inner, _ = self.file.partition("/")
        return first if inner else ""

    @property
    def place(self) -> str:
        """Its file and line, which names it."""
        return f"{self.file}:{self.number}"

    @property
    def notes(self) -> tuple[str, ...]:
        """The CUSIPs that it names, each once."""
        return self._said("cusip")

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that it names, each once."""
        return self._said("programme")

    @property
    def digest(self) -> str:
        """`sha256:` over its name and everything its steps say, wherever it stands."""
        steps = [[line.keyword, line.text, line.docstring, line.datatable] for line in self.lines]
        return digest(canonical_json([self.feature, self.name, steps]))

    def _said(self, place: str) -> tuple[str, ...]:
        read = (line.places(step) for line in self.lines if (step := line.step))
        return tuple(dict.fromkeys(str(said[place]) for said in read if place in said))


@dataclass(slots=True, kw_only=True)
class Features:
    """The scenarios of a folder, in the order of files and lines, and what cannot be read of it.

    A scenario with a line that is no sentence is not among `scenarios`; `unread` says, by file, how many there are. A
    file that cannot be read counts as one. `texts` are the files as they are written, by their paths.
    """

    root: Path
    scenarios: list[Scenario] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
