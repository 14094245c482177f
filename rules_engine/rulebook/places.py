"""What a YAML file holds before any word of it is understood: text, lists and mappings, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from rules_engine.errors import Problem, nearest
from rules_engine.rulebook.rules import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, always as text; runs of white space in it are one space."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping and what stands under it."""

    key: Text
    value: Node


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; `on_one_line` is true when it is written with braces."""

    place: Place
    entries: Mapping[str, Entry]
    on_one_line: bool = False


Node = Text | Items | Entries

WordT = TypeVar("WordT", bound=StrEnum)

_LONGEST_MESSAGE = 400


class Faults(list[Problem]):
    """The faults of one file, gathered while it is read."""

    def at(self, place: Place, message: str, help: str = "") -> None:
        """Note a fault where it stands; what it quotes of a file is cut where it fills more than a few lines."""
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[:_LONGEST_MESSAGE]}..."
        self.append(Problem(file=place.file, line=place.line, column=place.column, message=message, help=help))


def listed(words: Iterable[str], last: str = "or") -> str:
    """Name words in one phrase.

    >>> listed(["draft", "approved"])
    '`draft` or `approved`'
    """
    quoted = [f"`{word}`" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def meant(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Say which known word was most likely meant; where none is near, list them or say `otherwise`."""
    words = list(known)
    found = nearest(word, words)
    if found:
        return f"did you mean `{found}`?"
    return otherwise or (f"{'one of ' if len(words) > 1 else 'write '}{listed(words)}" if words else "")


def check_keys(entries: Entries, known: Collection[str], faults: Faults) -> None:
    """Note every key that is not one of the known ones."""
    for name, entry in entries.entries.items():
        if name in known:
            continue
        hint = meant(name, known)
        if entries.on_one_line and name[:1].isdigit():
            hint = "between braces a comma ends the value: write each key on a line of its own"
        faults.at(entry.key.place, f"unknown key `{name}`", hint)


def entry_of(entries: Entries, key: str, faults: Faults, *, required: bool = False) -> Node | None:
    """Give what stands under a key; a missing required key is noted at the mapping's start."""
    entry = entries.entries.get(key)
    if entry is not None:
        return entry.value
    if required:
        faults.at(entries.place, f"missing key `{key}`", f"add a line `{key}: ...`")
    return None


def text_of(entries: Entries, key: str, faults: Faults, *, required: bool = False) -> Text | None:
    """Give the text under a key; a list, a mapping or nothing at all in its place is noted."""
    node = entry_of(entries, key, faults, required=required)
    return None if node is None else as_text(node, key, faults)


def as_text(node: Node, key: str, faults: Faults) -> Text | None:
    """Take a node for text, or note that it is none."""
    if not isinstance(node, Text):
        found = "a list" if isinstance(node, Items) else "a mapping"
        faults.at(node.place, f"`{key}` must be text, not {found}", "put text that holds braces or brackets in quotes")
        return None
    if not node.text:
        faults.at(node.place, f"`{key}` is empty", "write it, or leave the key out")
        return None
    return node


def texts_of(entries: Entries, key: str, faults: Faults) -> tuple[Text, ...]:
    """Give the text under a key, or the texts of the list under it; none where the key is not given."""
    node = entry_of(entries, key, faults)
    nodes = node.items if isinstance(node, Items) else () if node is None else (node,)
    return tuple(text for text in (as_text(each, key, faults) for each in nodes) if text)


def choice_of(
    entries: Entries, key: str, choices: Collection[str], faults: Faults, *, required: bool = False
) -> Text | None:
    """Give the text under a key if it is one of the choices; note it if it is not."""
    chosen = text_of(entries, key, faults, required=required)
    if chosen is None or chosen.text in choices:
        return chosen
    faults.at(chosen.place, f"`{key}` cannot be `{chosen.text}`", meant(chosen.text, choices))
    return None


def member_of(
    entries: Entries, key: str, words: type[WordT], faults: Faults, *, required: bool = False
) -> WordT | None:
    """Give the word of an enum that the text under a key spells; note a text that is none of them."""
    chosen = choice_of(entries, key, tuple(words), faults, required=required)
    return words(chosen.text) if chosen else None


def entries_of(entries: Entries, key: str, faults: Faults, *, required: bool = False) -> Entries | None:
    """Give the mapping under a key, or note that there is none."""
    node = entry_of(entries, key, faults, required=required)
    return None if node is None else as_entries(node, key, faults)


def as_entries(node: Node, key: str, faults: Faults) -> Entries | None:
    """Take a node for a mapping, or note that it is none."""
    if isinstance(node, Entries):
        return node
    faults.at(node.place, f"`{key}` must be a mapping", "write `name: value` lines under it")
    return None


def items_of(entries: Entries, key: str, faults: Faults, *, required: bool = False) -> tuple[Node, ...]:
    """Give the list under a key, or note that there is none."""
    node = entry_of(entries, key, faults, required=required)
    if node is None or isinstance(node, Items):
        return node.items if node else ()
    faults.at(node.place, f"`{key}` must be a list", "start each of its items with `- `")
    return ()
