"""A supplement that is quoted: each figure of its notes stands in a quote, and each quote in a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from rules_engine.model.values import Kind
from rules_engine.rulebook.literals import LiteralFault, read_literal
from rules_engine.rulebook.places import Entries, Faults, Text, text_of, texts_of
from rules_engine.rulebook.quotes import gives, plain
from rules_engine.rulebook.sources import Source, check_stands
from rules_engine.rulebook.supplements import INFERRED, QUOTE, Row

_FIGURES = {
    **dict.fromkeys(("coupon", "issue price", "gross concession"), Kind.PERCENT),
    **dict.fromkeys(("dated", "prospectus dated", "trade date", "issue date", "interest accrues from"), Kind.DATE),
    **dict.fromkeys(("first coupon date", "last regular date", "maturity"), Kind.DATE),
    "first coupon amount": Kind.MONEY,
}
_WORDS = ("cusip", "type", "frequency", "survivors option")
"""What is held against a quote as a word: a note's CUSIP, `fixed`, `semi-annual`, `yes`."""


def check_row(row: Row, sources: Sequence[Source], faults: Faults) -> None:
    """Note what is wrong with the quotes of a row, and what of the row stands in none of them.

    A row without a quote, its supplement's among them, is one that nobody has quoted yet. What is listed under
    `inferred` is not printed, and stands in no quote.
    """
    quotes = [*texts_of(row.node, QUOTE, Faults()), *texts_of(row.top, QUOTE, Faults())]
    if not quotes:
        return
    for quote in quotes:
        check_stands(quote.text, quote.place, sources, faults)
    printed = _printed(row.node)
    if printed:
        check_stands(printed.text, printed.place, sources, faults)
    words = [quote.text for quote in quotes]
    inferred = {
        text.text for text in chain(texts_of(row.node, INFERRED, Faults()), texts_of(row.top, INFERRED, Faults()))
    }
    for key, given in _given(row):
        if key in inferred or _stands(key, given.text, words):
            continue
        hint = f"quote the words that give it, or list `{key}` under `{INFERRED}`"
        faults.at(given.place, f"`{key}` stands in none of the quotes", hint)


def _printed(node: Entries) -> Text | None:
    entry = node.entries.get("redemption")
    return text_of(entry.value, "printed", Faults()) if entry and isinstance(entry.value, Entries) else None


def _given(row: Row) -> Iterable[tuple[str, Text]]:
    """List what a row gives that a quote can be held against, denominations by their amounts."""
    entries = {**row.top.entries, **row.node.entries}
    for key in (*_FIGURES, *_WORDS):
        given = entries[key].value if key in entries else None
        if isinstance(given, Text):
            yield key, given
    denominations = entries.get("denominations")
    if denominations and isinstance(denominations.value, Entries):
        for entry in denominations.value.entries.values():
            if isinstance(entry.value, Text):
                yield "denominations", entry.value


def _stands(key: str, given: str, quotes: Iterable[str]) -> bool:
    kind = Kind.MONEY if key == "denominations" else _FIGURES.get(key)
    if kind is None:
        return any(_has_word(quote, given) for quote in quotes)
    try:
        value = read_literal(given, kind)
    except LiteralFault:
        return True  # that it cannot be read is a fault of its own
    return any(gives(quote, value, kind) for quote in quotes)


def _has_word(quote: str, word: str) -> bool:
    """Tell whether a quote has a word, whatever its capitals: `Semi-Annually` has `semi-annual`."""
    pattern = re.escape(plain(word)).replace("\\-", "[- ]?")
    return re.search(rf"(?<!\w){pattern}(?:ly)?(?!\w)", plain(quote), re.IGNORECASE) is not None
