"""Whether an event speaks in the words of the issuer whose note it is about."""

from __future__ import annotations

from collections.abc import Iterator

from rules_engine.errors import FieldFault, nearest
from rules_engine.model.event_words import LISTS
from rules_engine.model.events import Event
from rules_engine.rulebook.places import listed
from rules_engine.rulebook.vocabulary import Vocabulary


def strange_words(event: Event, programme: str, vocabulary: Vocabulary) -> tuple[FieldFault, ...]:
    """List the words of an event that other issuers add to a list, and the one of its programme does not.

    Of an event that belongs to no programme none is strange.
    """
    issuer = programme.partition("/")[0]
    return tuple(_faults(event, issuer, vocabulary)) if issuer else ()


def _faults(event: Event, issuer: str, vocabulary: Vocabulary) -> Iterator[FieldFault]:
    for field, usual in LISTS.items():
        own = vocabulary.listed.get(issuer, {}).get(field, {})
        for word in _words(getattr(event, field, None)):
            if word in usual or word in own:
                continue
            theirs = [code for code, lists in vocabulary.listed.items() if word in lists.get(field, ())]
            meant = nearest(word, (*usual, *own))
            hint = f"did you mean `{meant}`?" if meant else f"it is one of {listed(theirs, 'and')} alone"
            yield FieldFault(field=field, message=f"`{word}` is no word of issuer `{issuer}`: {hint}")


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return (value,) if isinstance(value, str) else ()
