"""Sources: the text of a prospectus or supplement as it was read, kept beside the rules, and quotes held against it.

`<issuer>/<programme>/sources/<name>.txt` is the text as it was found, and `<name>.yaml` says what it is, where it came
from, and its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.places import Faults, check_keys, text_of
from rules_engine.rulebook.quotes import gives, plain
from rules_engine.rulebook.reading import Written
from rules_engine.rulebook.rules import Place, RuleSet
from rules_engine.rulebook.tree import SOURCES, SourceFile

KEYS = ("source", "from", "digest", "note")
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source: its file, what it is, where it came from, `sha256:` over its bytes, and its words."""

    file: str
    title: str
    came_from: str
    digest: str
    words: str

    def has(self, quote: str) -> bool:
        """Tell whether the very words of a quote stand in it."""
        return plain(quote) in self.words


def read_sources(files: Iterable[SourceFile]) -> dict[str, tuple[Source, ...]]:
    """Read sources, by programme; one with a fault, which is noted, is none."""
    found: dict[str, tuple[Source, ...]] = {}
    for each in files:
        source = _read(each)
        if source:
            found[each.leaf.programme] = (*found.get(each.leaf.programme, ()), source)
    return found


def _read(each: SourceFile) -> Source | None:
    root, faults = each.leaf.root, each.leaf.faults
    if root is None:
        return None
    check_keys(root, KEYS, faults)
    title, came_from, digest = (text_of(root, key, faults, required=True) for key in ("source", "from", "digest"))
    text_of(root, "note", faults)
    if each.text is None:
        faults.at(root.place, "its text is not there", f"put the text beside it, as `{each.leaf.name}.txt`")
        return None
    actual = f"sha256:{hashlib.sha256(each.text).hexdigest()}"
    if digest and digest.text != actual:
        hint = "the text is another than the one that was read: hold it against the paper before its digest is changed"
        faults.at(digest.place, f"the text's digest is `{actual}`", hint)
    try:
        words = plain(each.text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        faults.at(root.place, f"`{each.leaf.name}.txt` is not UTF-8 text", "save it as UTF-8")
        return None
    if faults or not (title and came_from and digest):
        return None
    file = f"{each.leaf.file.removesuffix('.yaml')}.txt"
    return Source(file=file, title=title.text, came_from=came_from.text, digest=actual, words=words)


def check_quotes(
    rule_set: RuleSet,
    written: Written,
    kinds: Mapping[str, Kind],
    payment_kinds: Mapping[str, Kind],
    sources: Sequence[Source],
    faults: Faults,
) -> None:
    """Note quotes that stand in no source, and figures that stand in none of their quotes.

    What is `inferred` was worked out from its quote, and is not looked for in it.
    """
    for rule in rule_set.rules:
        _check_words(rule.quotes, written.place_for(rule.place), sources, faults)
    for term in rule_set.terms.values():
        place = written.place_for(term.place)
        _check_words(term.quotes, place, sources, faults)
        if term.mark != "inferred":
            check_figure(term.name, term.value, kinds[term.name], term.quotes, place, faults)
    for name, line in rule_set.payment_lines.items():
        place = written.place_for(line.place)
        _check_words(line.quotes, place, sources, faults)
        if line.mark != "inferred":
            check_figure(name, line.value, payment_kinds[name], line.quotes, place, faults)


def _check_words(quotes: Iterable[str], place: Place, sources: Sequence[Source], faults: Faults) -> None:
    for quote in quotes:
        check_stands(quote, place, sources, faults)


def check_stands(quote: str, place: Place, sources: Sequence[Source], faults: Faults) -> None:
    """Note a quote whose very words stand in no source."""
    if any(source.has(quote) for source in sources):
        return
    shown = quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}..."
    hint = f"put the paper's text into the programme's folder `{SOURCES}`"
    if sources:
        hint = f"copy the words as they stand in {' or '.join(f'`{source.file}`' for source in sources)}"
    _once(faults, place, f"the quote stands in no source: `{shown}`", hint)


def check_figure(name: str, value: Value, kind: Kind, quotes: Sequence[str], place: Place, faults: Faults) -> None:
    """Note a figure that none of its quotes gives; without a quote there is nothing to hold it against."""
    given = [gives(quote, value, kind) for quote in quotes]
    if given and not any(each in (True, None) for each in given):
        hint = "quote the words that give it; what was worked out from them is `inferred`"
        _once(faults, place, f"the figure of `{name}` stands in none of its quotes", hint)


def _once(faults: Faults, place: Place, message: str, hint: str) -> None:
    """Note a fault of what several clauses share only once."""
    found = Faults()
    found.at(place, message, hint)
    faults.extend(fault for fault in found if fault not in faults)
