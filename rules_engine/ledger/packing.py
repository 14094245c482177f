"""How entries lie in a database: event and decision together, compressed against a text that has most of their words.

Two decisions by the same rules say nearly the same. The first on a kind of event by a set of rules is kept as a text of
its own, once; it and all later ones are compressed against it, by the DEFLATE that every zlib speaks (a preset
dictionary, RFC 1950). The digest of an entry is over what it says, not over how it lies here: a text that was changed
gives another entry, or none. An entry that lies here in plain text, as all did once, is read as it is.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from typing import Any

from rules_engine.ledger.base import Answer, Entry, UnreadableEntry

FIELDS = tuple(each.name for each in fields_of(Entry))

LEVEL = 3
"""Of zlib's nine: what the higher ones save is little beside such a text, and they take their time."""

MOST_READY = 16
"""How many compressors are kept ready to be copied; each takes a quarter of a megabyte."""


@dataclass(frozen=True, slots=True)
class Base:
    """A text to compress against: its number, what it is taken for, and itself."""

    number: int
    about: str
    text: str

    @classmethod
    def of(cls, about: str, text: str) -> Base:
        """Take a text; it is numbered by the first 63 bits of its SHA-256."""
        return cls(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1, about, text)

    @property
    def data(self) -> bytes:
        """The bytes that are compressed against; of more than 32 kilobytes zlib looks at the end."""
        return self.text.encode()


@dataclass(slots=True)
class Packing:
    """Packs entries and unpacks them; `by_number` and `by_about` look a text up in the database."""

    by_number: Callable[[int], Base | None]
    by_about: Callable[[str], Base | None]
    _all_known: bool = False
    _known: dict[int, bytes] = field(default_factory=dict)
    _about: dict[str, Base] = field(default_factory=dict)
    _ready: dict[int, Any] = field(default_factory=dict)

    def begin(self, bases: Sequence[Base], *, all_there_are: bool) -> None:
        """Take the texts that are kept when a ledger is opened, so that none of them is asked for one by one."""
        self._all_known = all_there_are
        for base in bases:
            self._about.setdefault(base.about, base)
            self._known[base.number] = base.data

    def base_for(self, entry: Entry, answer: Answer) -> Base:
        """Give the text an entry is compressed against: that of its kind, or its own where it is the first."""
        about = f"{answer.event.type} {answer.decision.rules_digest} {answer.decision.days_digest}"
        if about not in self._about:
            found = None if self._all_known else self.by_about(about)
            if found is None:
                return Base.of(about, _text_of(entry))
            self._about[about] = found
        return self._about[about]

    def is_kept(self, base: Base) -> bool:
        """Tell whether a text is kept already."""
        return self._about.get(base.about) is base

    def kept(self, bases: Mapping[str, Base]) -> None:
        """Take note of texts that are kept now."""
        self._about.update(bases)
        self._known |= {base.number: base.data for base in bases.values()}

    def row(self, entry: Entry, base: Base) -> dict[str, Any]:
        """Lay out what a row holds of an entry's event and decision."""
        if base.number not in self._ready:
            if len(self._ready) >= MOST_READY:
                self._ready.clear()
            self._ready[base.number] = zlib.compressobj(LEVEL, zdict=base.data)
        compressor = self._ready[base.number].copy()
        packed = compressor.compress(_text_of(entry).encode()) + compressor.flush()
        return {"event": "", "decision": "", "packed": packed, "against": base.number}

    def entry(self, row: Sequence[Any]) -> Entry:
        """Read an entry from its row: the fields, then what is packed, and against which text."""
        *plain, packed, against = row
        fields = dict(zip(FIELDS, plain, strict=True))
        if packed is None:
            return Entry(**fields)
        programme, position = fields["programme"], fields["position"]
        unpacker = zlib.decompressobj(zdict=self._data(against, programme, position))
        try:
            text = unpacker.decompress(packed).decode()
        except (zlib.error, UnicodeDecodeError) as fault:
            raise UnreadableEntry(programme, position, "event and decision cannot be unpacked") from fault
        if not unpacker.eof or unpacker.unused_data:
            raise UnreadableEntry(programme, position, "event and decision cannot be unpacked")
        fields["event"], _, fields["decision"] = text.partition("\n")
        return Entry(**fields)

    def _data(self, number: int, programme: str, position: int) -> bytes:
        if number not in self._known:
            base = self.by_number(number)
            if base is None:
                raise UnreadableEntry(programme, position, "the text it is packed against is missing")
            self._known[number] = base.data
        return self._known[number]


def _text_of(entry: Entry) -> str:
    return f"{entry.event}\n{entry.decision}"
