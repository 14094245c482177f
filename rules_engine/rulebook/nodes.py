"""From a YAML file's bytes to places: every scalar as text, nothing guessed, nothing clever let in.

YAML can do more than a rule file needs. Anchors, aliases, merge keys and tags make a file say
something other than what it reads, so they are refused, and size is bounded before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from rules_engine.rulebook.indentation import indented_amiss
from rules_engine.rulebook.places import Entries, Entry, Faults, Items, Node, Text
from rules_engine.rulebook.rules import Place

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 8
MAX_LINE = 1000
MAX_NODES = 20_000

WARNINGS_OFF = "warnings off"
"""The key of any file under which warnings of `check` are switched off by name, each with a reason."""

# the C parser is ten times as fast; both read the same files
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# such a character can hide a word from the reader, or turn a line around
_UNPRINTABLE = "a character that does not print"
_SPELL_IT_OUT = "write the text out where it is meant"


class _Unreadable(Exception):
    """The file cannot be read any further; the fault has been noted."""


def read_nodes(data: bytes, file: str, faults: Faults, *, bounded: bool = True) -> Entries | None:
    """Read a file's one mapping; None, with the faults noted, when it cannot be taken at its word.

    What the file says to `check` alone, under `WARNINGS_OFF`, is not in it; `read_whole` has that too.

    `bounded` holds the file to `MAX_BYTES` and its lines to `MAX_LINE`; our own canonical texts
    are read without.
    """
    node = read_whole(data, file, faults, bounded=bounded)
    if node is None or WARNINGS_OFF not in node.entries:
        return node
    return replace(node, entries={key: entry for key, entry in node.entries.items() if key != WARNINGS_OFF})


def read_whole(data: bytes, file: str, faults: Faults, *, bounded: bool = True) -> Entries | None:
    """Read a file's one mapping with all its keys, as `read_nodes` does."""
    start = Place(file=file, line=1, column=1)
    before = len(faults)
    text = _decode(data, file, faults, bounded=bounded)
    if text is None or len(faults) > before:
        return None
    builder = _Builder(file=file, faults=faults)
    try:
        node = builder.build(text)
    except _Unreadable:
        return None
    except yaml.YAMLError as fault:
        _note_syntax(fault, text, file, faults)
        return None
    if node is None:
        faults.at(start, "the file is empty", "write its keys, or delete it")
        return None
    if not isinstance(node, Entries):
        faults.at(node.place, "the file must be a mapping", "write `name: value` lines")
        return None
    return None if builder.refused else node


def _decode(data: bytes, file: str, faults: Faults, *, bounded: bool) -> str | None:
    """Take bytes for UTF-8 text, noting what must not be in it."""
    start = Place(file=file, line=1, column=1)
    if bounded and len(data) > MAX_BYTES:
        faults.at(start, f"the file is larger than {MAX_BYTES:,} bytes", "split it")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        good = data[: fault.start].decode("utf-8-sig")
        faults.at(_place_after(good, file), "the file is not UTF-8 text", "save it as UTF-8")
        return None
    for number, line in enumerate(text.split("\n"), start=1):
        if bounded and len(line) > MAX_LINE:
            faults.at(
                Place(file=file, line=number, column=MAX_LINE + 1),
                f"the line is longer than {MAX_LINE:,} characters",
                "break it; text goes on in the next line when that is indented",
            )
        if "\t" in line:
            faults.at(Place(file=file, line=number, column=line.index("\t") + 1), "a tab", "indent with spaces")
    if not "".join(text.split()).isprintable():
        strange = next(n for n, character in enumerate(text) if not (character.isprintable() or character.isspace()))
        faults.at(_place_after(text[:strange], file), _UNPRINTABLE, "delete it")
    return text


def _place_after(text: str, file: str) -> Place:
    return Place(file=file, line=text.count("\n") + 1, column=len(text) - text.rfind("\n"))


def _note_syntax(fault: yaml.YAMLError, text: str, file: str, faults: Faults) -> None:
    """Note a syntax error in our words; the two parsers differ in theirs."""
    mark, problem = getattr(fault, "problem_mark", None), str(getattr(fault, "problem", ""))
    unclosed = problem == "found unexpected end of stream"
    if unclosed:
        mark = getattr(fault, "context_mark", None) or mark  # where the quote stands, not the end of the file
    place = Place(file=file, line=mark.line + 1 if mark else 1, column=mark.column + 1 if mark else 1)
    amiss = indented_amiss(text, mark.line) if mark else None
    if amiss:
        faults.at(replace(place, line=amiss.line, column=amiss.column), amiss.message, amiss.help)
    elif problem.startswith("mapping values are not allowed"):
        faults.at(place, "a `:` where none can stand", "put text that holds `: ` in quotes, and check the indentation")
    elif unclosed:
        faults.at(place, "a quote that is opened here and never closed", "close it, or leave the quotes out")
    elif problem.startswith("found character"):
        faults.at(place, "text cannot start with this character", "put the text in quotes")
    else:
        hint = "check the indentation, and that quotes, brackets and braces are closed"
        faults.at(place, "the file is not YAML from here on", hint)


@dataclass(slots=True)
class _Builder:
    """Builds nodes from the parser's events, without ever going deeper than `MAX_DEPTH`."""

    file: str
    faults: Faults
    refused: bool = False
    count: int = 0
    events: Iterator[Any] = field(default_factory=lambda: iter(()))

    def build(self, text: str) -> Node | None:
        """Build the one document's node; None when the file holds none."""
        self.events = iter(yaml.parse(text, Loader=_LOADER))
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self._refuse(event, "a second document in one file", "delete the `---` line, or make two files")
                raise _Unreadable
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, depth=1)
        return node

    def _node(self, event: Any, *, depth: int) -> Node:
        place = Place(file=self.file, line=event.start_mark.line + 1, column=event.start_mark.column + 1)
        self.count += 1
        if self.count > MAX_NODES:
            self._refuse(event, f"the file holds more than {MAX_NODES:,} values", "split it")
            raise _Unreadable
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias, `*{event.anchor}`", _SPELL_IT_OUT)
            return Text(place, "")
        if event.anchor is not None:
            self._refuse(event, f"an anchor, `&{event.anchor}`", _SPELL_IT_OUT)
        if event.tag is not None:
            self._refuse(event, "a tag", "delete it: the vocabulary says what a text stands for")
        if isinstance(event, yaml.ScalarEvent):
            text = " ".join(event.value.split())
            if not text.isprintable():
                self._refuse(event, _UNPRINTABLE, "delete it")
            return Text(place, text)
        if depth > MAX_DEPTH:
            self._refuse(event, f"nested deeper than {MAX_DEPTH} levels", "a rule file needs four")
            raise _Unreadable
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(event, depth=depth + 1))
            return Items(place, tuple(items))
        return self._entries(place, depth=depth, on_one_line=bool(event.flow_style))

    def _entries(self, place: Place, *, depth: int, on_one_line: bool) -> Entries:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth=depth + 1)
            value = self._node(next(self.events), depth=depth + 1)
            if not isinstance(key, Text):
                self._refuse(event, "a key that is not text", "")
                continue
            if key.text == "<<":
                self._refuse(event, "a merge key, `<<`", _SPELL_IT_OUT)
                continue
            first = entries.setdefault(key.text, Entry(key, value))
            if first.key is not key:
                one, other = first.key.place.line, key.place.line
                lines = f"line {one}" if one == other else f"lines {one} and {other}"
                self.faults.at(key.place, f"the key `{key.text}` stands twice, in {lines}", "delete one of them")
        return Entries(place, entries, on_one_line)

    def _refuse(self, event: Any, message: str, hint: str) -> None:
        self.refused = True
        mark = event.start_mark
        self.faults.at(Place(file=self.file, line=mark.line + 1, column=mark.column + 1), message, hint)
