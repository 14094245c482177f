"""What a sheet's sentences say of the survivor's option, by whatever name a programme gives it."""

from __future__ import annotations

from collections.abc import Iterator

from rules_engine.supplements.figures import Figure
from rules_engine.supplements.patterns import one_line, phrase
from rules_engine.supplements.prose import is_of_notes_in_general

_OPTION = (
    r"(?:survivor'?s?'?(?: protection)?(?: put)? option|survivor'?s?'? put|estate (?:feature|option|put)"
    r"|death (?:put|redemption)(?: feature| option)?)"
)
_NONE = phrase(
    rf"no[ ]{_OPTION}(?!~:)|without (?:a |the )?{_OPTION}"
    rf"|{_OPTION} (?:is|are|was|will be|shall be) (?:not (?:applicable|available|offered|included)"
    rf"|unavailable|inapplicable)"
    rf"|{_OPTION} (?:does|do|will|shall) not (?:apply|be (?:available|applicable))"
    rf"|(?:do|does|will) not (?:contain|have|feature|include|carry|be entitled to|be eligible for"
    rf"|benefit from) (?:a |an |the |any )?{_OPTION}"
    rf"|not (?:be )?(?:entitled|eligible|subject) (?:to|for) (?:a |an |the |any )?{_OPTION}"
)
_HELD = phrase(
    rf"{_OPTION} (?:is|are|will be|shall be) (?:applicable|available|offered|included)"
    rf"|{_OPTION} (?:applies|will apply|shall apply)"
    rf"|notes? (?:will )?(?:contains?|has|have|features?|includes?|carr(?:y|ies)|benefits? from|(?:is|are"
    rf"|be) entitled to"
    rf"|(?:is|are|be) subject to) (?:a |an |the )?{_OPTION}"
)


def said_of_the_option(text: str, start: int, end: int) -> Iterator[Figure]:
    """Find each sentence that gives or denies the option outright; what holds only in some case is passed over."""
    for found in _NONE.finditer(text, start, end):
        if not is_of_notes_in_general(text, found.start(), found.end()):
            yield Figure(one_line(found[0]), found.start(), found.end(), frozenset({"yes or no"}), False)
    for found in _HELD.finditer(text, start, end):
        if not is_of_notes_in_general(text, found.start(), found.end()):
            yield Figure(one_line(found[0]), found.start(), found.end(), frozenset({"yes or no"}), True)
