"""Names that are not the ones they were meant to be: a rule's, an issuer's; and cites that name nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules_engine.rulebook.headings import BASED_ON
from rules_engine.rulebook.places import Items, Text
from rules_engine.rulebook.reading import LEAVES_OUT
from rules_engine.workbench.slips.looking import BookFile, Looking, Slip, slip

NEARLY_REPLACED, ANOTHER_ISSUER, SAYS_NOTHING = "rule nearly replaced", "another issuer named", "says nothing"

KINDS = {
    NEARLY_REPLACED: "a rule named a letter or two away from one of the standard wording, which goes on beside it",
    ANOTHER_ISSUER: "a name, source or paragraph that names another issuer",
    SAYS_NOTHING: "a cite, source or reason that tells a reader nothing",
}

_NAMING = ("rule set", "prospectus", "supplement", "source", "cite", "title", "because", "issuer")
_OF_NO_ISSUER = re.compile(
    r"[, ]+(?:Inc\.?|Corporation|Company|N\.A\.|LLC|certificates of deposit|\w*Notes(?:, Series \w+)?|Term Notes.*)$"
)
_TELLING = ("cite", "source", "because")
_EMPTY = re.compile(
    r"(?:tbd|tba|todo|to do|fixme|n/?a|none|nothing|unknown|see above|see below|above|below|ibid\.?|same|as above|later"
    r"|check|xx+|\?+|-+|\.+|prospectus|the prospectus|supplement|document|para\.?|paragraph|section|page|source|text)"
    r"[.!]?",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 3


def rules_nearly_replaced(looking: Looking) -> Iterator[Slip]:
    """Warn of a rule that was most likely meant to replace one of the base, and stands beside it."""
    for file in looking.editions:
        for clause in (each for files in looking.book.clause_files.values() for each in files):
            if clause.leaf.file != file.file or clause.written is None or clause.written.based_on is None:
                continue
            known = _names_of_base(clause.written.based_on.text, looking)
            gone = {name.text for name in clause.written.leaves_out}
            for own in _rule_names(file):
                near = [name for name in known - gone if own.text not in known and _is_near(own.text, name)]
                if near:
                    message = f"the rule `{own.text}` stands beside the base's `{near[0]}`, and replaces nothing"
                    hint = f"write `{near[0]}` to replace it, or leave that out"
                    yield slip(own.place, NEARLY_REPLACED, message, hint, about=own.text)


def _names_of_base(name: str, looking: Looking) -> set[str]:
    """Give the names of all rules of a standard set, with those of the set it is based on itself."""
    base = looking.files.get(f"{name}.yaml")
    if base is None or not base.root:
        return set()
    below = _names_of_base(base.text_under(BASED_ON), looking) if base.entry(BASED_ON) else set()
    left_out = base.entry(LEAVES_OUT)
    items = left_out.value.items if left_out and isinstance(left_out.value, Items) else ()
    gone = {text.text for text in items if isinstance(text, Text)}
    return (below - gone) | {name.text for name in _rule_names(base)}


def _rule_names(file: BookFile) -> Iterator[Text]:
    return (text for key, text in file.texts() if key == "rule")


def _is_near(one: str, other: str) -> bool:
    """Tell whether two names are one slip apart: a letter or two, but no digit."""
    if sum(sign.isdigit() for sign in one + other) or min(len(one), len(other)) < 5:
        return False
    return _steps_between(one.casefold(), other.casefold()) <= (1 if min(len(one), len(other)) < 8 else 2)


def _steps_between(one: str, other: str) -> int:
    """Count the letters to add, drop or change between two names."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        above, row[0] = row[0], place
        for column, facing in enumerate(other, start=1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (letter != facing))
    return row[-1]


def other_issuers_named(looking: Looking) -> Iterator[Slip]:
    """Warn of the name of another issuer in what an issuer's file says."""
    spoken = {code: _called(names) for code, names in looking.names.items()}
    for file in looking.files.values():
        if not file.issuer or file.is_in("sources"):
            continue
        own = spoken.get(file.issuer, ())
        for key, text in file.texts():
            for code, names in spoken.items() if key in _NAMING else ():
                found = next((name for name in names if _names(text.text, name)), "")
                if found and code != file.issuer and not any(found in name or name in found for name in own):
                    message = f"`{key}` names {found}, which is the issuer `{code}`"
                    hint = "a file of one issuer is easily copied from another's: hold it against the paper"
                    yield slip(text.place, ANOTHER_ISSUER, message, hint, about=code)


def _called(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names by which a text would name an issuer: without what any company's name has."""
    short = set()
    for name in names:
        while (cut := _OF_NO_ISSUER.sub("", name)) != name:
            name = cut
        name = name.removeprefix("The ")
        short.add(name)
        first = name.split()[0]
        if first[0].isupper() and (first.isupper() or len(name.split()) == 2):
            short.add(first)
    return tuple(sorted(name for name in short if name not in ("National", "General", "InterNotes", "Bank")))


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def cites_that_say_nothing(looking: Looking) -> Iterator[Slip]:
    """Warn of cites, sources and reasons in which a reader finds nothing."""
    for file in looking.files.values():
        for key, text in file.texts():
            if key not in _TELLING:
                continue
            letters = sum(sign.isalpha() for sign in text.text)
            if _EMPTY.fullmatch(text.text) or letters < _FEWEST_LETTERS:
                hint = "name the document and the paragraph, so that somebody else finds it"
                if key == "because":
                    hint = "say in a sentence why the case is answered so"
                yield slip(text.place, SAYS_NOTHING, f"`{key}: {text.text}` says nothing", hint)


CHECKS = (rules_nearly_replaced, other_issuers_named, cites_that_say_nothing)
