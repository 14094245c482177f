"""What a plugin declares, looked at thing by thing and copied: nothing a plugin made is kept but the work of a fact.

Everything that is not as it has to be raises TypeError or ValueError, whose message names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from rules_engine.dates.calendars import Calendar, from_days
from rules_engine.intake.hidden_signs import why_refused
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.model.values import Kind
from rules_engine.rulebook.issuer_files import is_code
from rules_engine.rulebook.tree import CALENDARS, STANDARD
from rules_engine.rulebook.vocabulary import ClauseWords, Fact, TermWord

T = TypeVar("T")

MOST = 1000
"""How many things a hook may declare: more would be a slip, or no end."""

LONGEST = 2000
"""How many characters a text may have."""

_CALENDAR = re.compile(r"[A-Z0-9]+(?:[-_][A-Z0-9]+)*")
_WORD = re.compile(r"(?!the )[a-z0-9](?:[a-z0-9'/%-]| (?! ))*(?<! )")
_ABOUT = ("event", "note", "standing")
_WITH_WORDS = (Kind.WORD, Kind.WORDS)

RESERVED = (STANDARD, CALENDARS)
"""Folders of a rule book that are no issuer's."""


def issuers_of(declared: object) -> tuple[Issuer, ...]:
    """Take what the hook `issuers` gave."""
    issuers = tuple(_issuer(_exactly(Issuer, each, "issuers")) for each in _each(declared, "issuers"))
    _once("issuer", (issuer.code for issuer in issuers))
    return issuers


def words_of(declared: object, clauses: Iterable[ClauseWords]) -> tuple[ClauseWords, ...]:
    """Take what the hook `words` gave; a word that a clause has already is refused."""
    known = {clause.clause: {*clause.facts, *clause.terms, *clause.payment} for clause in clauses}
    terms = {clause.clause: {*clause.terms} for clause in clauses}
    taken = []
    for each in _each(declared, "words"):
        words = _exactly(ClauseWords, each, "words")
        if words.clause not in known:
            raise ValueError(f"it declares words for `{words.clause}`, which is not a clause")
        if words.payment:
            raise ValueError(f"it declares words under `payment` of `{words.clause}`, which are the clause's alone")
        added = _clause_words(words)
        for name in (*added.facts, *added.terms):
            if name in known[words.clause]:
                raise ValueError(f"it declares `{name}` again, which clause `{words.clause}` already has")
            known[words.clause].add(name)
        terms[words.clause] |= {*added.terms}
        taken.append(added)
    for words in taken:
        for fact in words.facts.values():
            for term in (*fact.terms, *fact.terms_any, *fact.terms_optional):
                if term not in terms[words.clause]:
                    raise ValueError(f"`{fact.name}` is worked out with `{term}`, which is not a term of its clause")
    return tuple(taken)


def calendars_of(declared: object) -> tuple[Calendar, ...]:
    """Take what the hook `calendars` gave; the digest of each is worked out again."""
    calendars = tuple(_calendar(_exactly(Calendar, each, "calendars")) for each in _each(declared, "calendars"))
    _once("calendar", (calendar.code for calendar in calendars))
    return calendars


def folder_of(declared: object) -> Path:
    """Take what the hook `rules` gave: a folder that is there."""
    folder = Path(str(declared))
    if not folder.is_dir():
        raise ValueError(f"hook `rules` gave `{folder}`, which is not a folder")
    return folder.resolve()


def contract_of(plugin: object, named: str, ours: int) -> int | None:
    """Read for which hook contract a plugin is written; None where it does not say."""
    contract = getattr(plugin, named, None)
    if contract is None:
        return None
    if type(contract) is not int or contract < 1:
        raise TypeError(f"`{named}` is {contract!r}: it names the hook contract by its number, as {ours}")
    if contract > ours:
        what = f"it is written for hook contract {contract}, and this host offers {ours}"
        raise ValueError(f"{what}: install a later retail-note-rules")
    return contract


def _each(declared: object, hook: str) -> list[object]:
    """List what a hook gave; not without end, and not the letters of a text."""
    if isinstance(declared, str) or not isinstance(declared, Iterable):
        raise TypeError(f"hook `{hook}` gave {declared!r}, which is not a list")
    found = list(islice(declared, MOST + 1))
    if len(found) > MOST:
        raise ValueError(f"hook `{hook}` gave more than {MOST:,} things")
    return found


def _exactly(kind: type[T], thing: object, hook: str) -> T:
    """Hold a thing to its type: one of another class could be another thing each time it is looked at."""
    if type(thing) is not kind:
        raise TypeError(f"hook `{hook}` gave {thing!r}, which is no {kind.__name__}")
    return thing


def _issuer(given: Issuer) -> Issuer:
    code = _code(given.code, "an issuer's code")
    if code in RESERVED:
        raise ValueError(f"`{code}` cannot be an issuer's code: the folder of that name is not an issuer's")
    if type(given.programmes) not in (tuple, list):
        raise TypeError(f"the programmes of issuer `{code}` are {given.programmes!r}, which is not a tuple")
    programmes = tuple(
        _programme(_exactly(Programme, each, "issuers"), code) for each in _each(given.programmes, "issuers")
    )
    _once("programme", (programme.code for programme in programmes))
    return Issuer(code=code, name=_text(given.name, f"the name of issuer `{code}`"), programmes=programmes)


def _programme(given: Programme, issuer: str) -> Programme:
    whole = _text(given.code, f"the code of a programme of issuer `{issuer}`")
    before, _, own = whole.partition("/")
    if before != issuer or not is_code(own):
        raise ValueError(f"`{whole}` is not the code of a programme of issuer `{issuer}`: write it as `{issuer}/notes`")
    return Programme(code=whole, name=_text(given.name, f"the name of programme `{whole}`"))


def _clause_words(given: ClauseWords) -> ClauseWords:
    facts = {_named(name, fact, Fact): _fact(fact) for name, fact in _mapping(given.facts, "facts").items()}
    terms = {_named(name, term, TermWord): _term(term) for name, term in _mapping(given.terms, "terms").items()}
    return ClauseWords(
        clause=_text(given.clause, "a clause's name"),
        facts=MappingProxyType(facts),
        terms=MappingProxyType(terms),
        payment=MappingProxyType({}),
    )


def _mapping(given: object, what: str) -> Mapping[Any, Any]:
    if not isinstance(given, Mapping):
        raise TypeError(f"the {what} that hook `words` gave are {given!r}, which is not a mapping: use `added_words`")
    return given


def _named(name: object, word: Any, kind: type[Fact | TermWord]) -> str:
    known = _exactly(kind, word, "words")
    if known.name != name:
        raise ValueError(f"it declares `{known.name}` under another name, `{name}`")
    text = _text(name, "a word")
    if not _WORD.fullmatch(text):
        raise ValueError(f"`{text}` cannot be a word: write it in small letters, as `days held`")
    return text


def _fact(given: Fact) -> Fact:
    kind, words = _kind(given)
    if not callable(given.work_out):
        raise TypeError(f"nothing works out the fact `{given.name}`")
    if given.about not in _ABOUT:
        raise ValueError(f"the fact `{given.name}` is about `{given.about}`: it can be about {', '.join(_ABOUT)}")
    if given.limit:
        raise ValueError(f"the fact `{given.name}` is said to be left of a limit: only the host counts limits")
    return Fact(
        name=given.name,
        kind=kind,
        meaning=_text(given.meaning, f"the meaning of `{given.name}`"),
        work_out=given.work_out,
        words=words,
        about=given.about,
        terms=_texts(given.terms, given.name),
        terms_any=_texts(given.terms_any, given.name),
        terms_optional=_texts(given.terms_optional, given.name),
    )


def _term(given: TermWord) -> TermWord:
    kind, words = _kind(given)
    return TermWord(
        name=given.name,
        kind=kind,
        meaning=_text(given.meaning, f"the meaning of `{given.name}`"),
        words=words,
        required=given.required is True,
        applied=given.applied is True,
    )


def _kind(given: Fact | TermWord) -> tuple[Kind, tuple[str, ...]]:
    if type(given.kind) is not Kind:
        raise TypeError(f"the kind of `{given.name}` is {given.kind!r}, which is not a Kind")
    words = _texts(given.words, given.name)
    if (given.kind in _WITH_WORDS) is not bool(words):
        lists = "lists none" if given.kind in _WITH_WORDS else "lists words"
        raise ValueError(f"`{given.name}` is of kind {given.kind.value} and {lists}: only words are listed")
    _once(f"word of `{given.name}`", words)
    return given.kind, words


def _calendar(given: Calendar) -> Calendar:
    code = _text(given.code, "a calendar's code")
    if not _CALENDAR.fullmatch(code):
        raise ValueError(f"`{code}` cannot be a calendar's code: write it in capitals, as `ACME`")
    days = given.closed
    if type(days) is not frozenset or any(type(day) is not date for day in days):
        raise TypeError(f"the closed days of calendar `{code}` are no frozenset of dates: make it with `freeze`")
    if type(given.first_year) is not int or type(given.last_year) is not int:
        raise TypeError(f"the years of calendar `{code}` are no numbers")
    return from_days(code, days, given.first_year, given.last_year, _text(given.source, f"the source of `{code}`"))


def _code(text: object, what: str) -> str:
    code = _text(text, what)
    if not is_code(code):
        raise ValueError(f"`{code}` cannot be {what}: write it in small letters, as `acme-power`")
    return code


def _text(text: object, what: str) -> str:
    """Take a text that people can read and that no other one looks like."""
    if type(text) is not str or not text:
        raise TypeError(f"{what} is {text!r}, which is not text")
    if len(text) > LONGEST:
        raise ValueError(f"{what} is longer than {LONGEST:,} characters")
    if wrong := why_refused(text):
        raise ValueError(f"{what} {wrong}")
    return text


def _texts(given: object, name: str) -> tuple[str, ...]:
    if type(given) is not tuple:
        raise TypeError(f"`{name}` lists {given!r}, which is not a tuple of texts")
    return tuple(_text(each, f"a word listed for `{name}`") for each in given)


def _once(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"it declares {what} `{name}` twice")
        seen.add(name)
