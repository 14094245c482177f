"""How a word is declared: a function with a docstring becomes a fact of the vocabulary."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from rules_engine.deciding.case import Case
from rules_engine.deciding.seen import Seen
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import Fact

CaseT = TypeVar("CaseT", bound=Case | Seen)


def fact(
    name: str,
    kind: Kind,
    *,
    words: tuple[str, ...] = (),
    about: str = "event",
    terms: tuple[str, ...] = (),
    terms_any: tuple[str, ...] = (),
    terms_optional: tuple[str, ...] = (),
    limit: str = "",
    lists: str = "",
    meaning: str = "",
) -> Callable[[Callable[[CaseT], Any]], Fact]:
    """Declare a fact; the function works it out of a case and its docstring is the glossary entry.

    The function returns a value of the fact's kind, or `Missing` naming the event fields it needs. `meaning` takes the
    docstring's place for facts that are declared alike. `limit` names the yearly limit a fact is what is left of;
    `lists` the event field that holds its words, where an issuer may add some.
    """

    def declare(work_out: Callable[[CaseT], Any]) -> Fact:
        said = " ".join((meaning or inspect.getdoc(work_out) or "").split())
        if not said:
            raise ValueError(f"fact `{name}` has no meaning: give its function a docstring")
        return Fact(
            name=name,
            kind=kind,
            meaning=said,
            work_out=work_out,
            words=words,
            about=about,
            terms=terms,
            terms_any=terms_any,
            terms_optional=terms_optional,
            limit=limit,
            lists=lists,
        )

    return declare


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """The name it is found under."""


NamedT = TypeVar("NamedT", bound=Named)


def by_name(things: Iterable[NamedT]) -> Mapping[str, NamedT]:
    """Gather things under their names; two of one name are an error."""
    gathered: dict[str, NamedT] = {}
    for thing in things:
        if thing.name in gathered:
            raise ValueError(f"`{thing.name}` is declared twice")
        gathered[thing.name] = thing
    return MappingProxyType(gathered)
