"""What stands in an issuer's folder beside its programmes: who the issuer is, and the words it adds to lists.

acme/issuer.yaml      acme/words.yaml
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from rules_engine.model.event_words import LISTS
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.rulebook.places import Entries, Faults, Text, as_text, check_keys, entries_of, meant, text_of
from rules_engine.rulebook.vocabulary import Comparison, ListedWords

ISSUER_FILE, WORDS_FILE = "issuer.yaml", "words.yaml"

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[a-z0-9][a-z0-9'/-]*(?: [a-z0-9'/-]+)*")
_LONGEST_WORD = 60
_JOINING = frozenset({"and", "or"})

LISTED: Mapping[str, str] = MappingProxyType({field.replace("_", " "): field for field in LISTS})
"""The lists a words file may add to, as it names them, each with the event's field."""


def is_code(text: str) -> bool:
    """Tell whether a text can be an issuer's code, or the last part of a programme's.

    >>> is_code("acme-power"), is_code("Acme Power")
    (True, False)
    """
    return _CODE.fullmatch(text) is not None


def read_issuer_file(root: Entries, code: str, faults: Faults) -> Issuer | None:
    """Read who an issuer is; None, with the faults noted, when the file does not say.

    `code` is the name of the folder the file stands in.
    """
    before = len(faults)
    check_keys(root, ("issuer", "programmes", "notes"), faults)
    name = text_of(root, "issuer", faults, required=True)
    text_of(root, "notes", faults)
    if not is_code(code):
        hint = "name it in small letters, digits and hyphens, as `acme-power`"
        faults.at(root.place, f"the folder `{code}` cannot be an issuer's", hint)
    programmes = []
    given = entries_of(root, "programmes", faults, required=True)
    for entry in given.entries.values() if given else ():
        said = as_text(entry.value, entry.key.text, faults)
        if not is_code(entry.key.text):
            hint = "name the programme's folder, as `power-notes`, and after it the programme"
            faults.at(entry.key.place, f"`{entry.key.text}` cannot be a programme's folder", hint)
        elif said:
            programmes.append(Programme(code=f"{code}/{entry.key.text}", name=said.text))
    if len(faults) > before or name is None:
        return None
    return Issuer(code=code, name=name.text, programmes=tuple(programmes))


def check_programmes(root: Entries, issuer: Issuer, programmes: Mapping[str, object], faults: Faults) -> None:
    """Note a programme that the file names and that has no folder."""
    entry = root.entries["programmes"].value
    for programme in issuer.programmes:
        own = programme.code.partition("/")[2]
        if programme.code not in programmes and isinstance(entry, Entries):
            known = [code.partition("/")[2] for code in programmes if code.startswith(f"{issuer.code}/")]
            hint = meant(own, known, "make it, with a folder in it for each prospectus")
            faults.at(entry.entries[own].key.place, f"there is no folder `{programme.code}`", hint)


def read_words_file(root: Entries, faults: Faults) -> ListedWords:
    """Read the words an issuer adds to lists, each with its meaning, by the event's field; faults are noted."""
    check_keys(root, tuple(LISTED), faults)
    added: dict[str, dict[str, str]] = {}
    for name, field in LISTED.items():
        given = entries_of(root, name, faults)
        for entry in given.entries.values() if given else ():
            meaning = as_text(entry.value, entry.key.text, faults)
            if wrong := _why_no_word(entry.key, field):
                faults.at(entry.key.place, *wrong)
            elif meaning:
                added.setdefault(field, {})[entry.key.text] = meaning.text
    return MappingProxyType({field: MappingProxyType(words) for field, words in added.items()})


def _why_no_word(key: Text, field: str) -> tuple[str, str] | None:
    """Say why a text cannot be a word of a list, and what to do about it."""
    word = key.text
    if word in LISTS[field]:
        return f"`{word}` is a word that every issuer has", "leave it out: it means the same here"
    if not _WORD.fullmatch(word) or len(word) > _LONGEST_WORD:
        return f"`{word}` cannot be a word", f"write at most {_LONGEST_WORD} small letters, as `tax clearance`"
    if _JOINING & set(word.split()) or word.startswith("the "):
        return f"`{word}` cannot be a word: `and`, `or` and `the` join words", "say it without"
    if any(word == each.value or word.startswith(f"{each.value} ") for each in Comparison):
        return f"`{word}` cannot be a word: it starts like a comparison", "say it in another way"
    return None
