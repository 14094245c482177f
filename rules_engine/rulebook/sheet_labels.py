"""What an issuer's pricing supplements call the terms of a note, where they have words of their own for them.

<issuer>/labels.yaml
"""

from __future__ import annotations

from rules_engine.rulebook.places import Entries, Faults, as_text, items_of, meant

LABELS_FILE = "labels.yaml"

FIELDS = (
    *("cusip", "isin", "principal", "issue price", "gross concession", "reallowance", "net proceeds", "type", "coupon"),
    *("initial rate", "frequency", "interest dates", "day count", "maturity", "first coupon date"),
    *("first coupon amount", "survivors option", "call date", "callable", "redemption", "make-whole"),
    *("redemption date", "redemption price", "redemption reduction", "holder's put", "issue date", "trade date"),
    *("interest accrues from", "denominations", "increments", "index", "index maturity", "spread", "cap", "floor"),
    *("reset", "discount", "yield", "ranking", "rating", "not read"),
)
"""What a name on a sheet may stand for."""


def read_labels(root: Entries, faults: Faults) -> dict[str, tuple[str, ...]]:
    """Read names on sheets: a list for each field, or for the fields, parted by commas, that a name may stand for."""
    words: dict[str, tuple[str, ...]] = {}
    for key, entry in root.entries.items():
        for field in (each.strip() for each in key.split(",")):
            if field not in FIELDS:
                faults.at(entry.key.place, f"`{field}` is no field of a supplement", meant(field, FIELDS))
        texts = [as_text(node, key, faults) for node in items_of(root, key, faults, required=True)]
        for text in texts:
            if text and not any(sign.isalpha() for sign in text.text):
                faults.at(text.place, f"`{text.text}` is no name of a term", "write the words that stand on the sheet")
        words[key] = tuple(text.text for text in texts if text)
    return words
