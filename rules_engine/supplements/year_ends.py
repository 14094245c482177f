"""A sentence by which payments never move into the next year, where the programme's terms do not say so."""

from __future__ import annotations

import re

from rules_engine.model.note_words import Convention
from rules_engine.supplements.cells import Flow
from rules_engine.supplements.checking import Basis
from rules_engine.supplements.readings import ReadSupplement, Remark
from rules_engine.supplements.values import said

_SENTENCE = re.compile(r"[^.]{1,600}")
_WITHIN_THE_YEAR = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"(?:next|following|succeeding)\s+business\s+day|business\s+day\s+next\s+(?:following|succeeding)",
        r"(?:next|following|succeeding|subsequent)\s+(?:calendar\s+)?year",
        r"preceding\s+(?:business\s+)?day",
    )
)
"""What stands, in any order, in a sentence that turns a payment back at the end of a year."""


def warn_of_year_ends(flow: Flow, supplement: ReadSupplement, basis: Basis) -> None:
    """Warn of words that move a payment back where the next business day falls in the next year.

    A supplement's file takes its payment days from its programme. Unless that moves interest and
    maturity so, a person has to say what the words are about.
    """
    if {basis.interest.convention, basis.maturity_convention} == {Convention.FOLLOWING_WITHIN_THE_YEAR}:
        return
    for sentence in _SENTENCE.finditer(flow.text):
        if all(words.search(sentence[0]) for words in _WITHIN_THE_YEAR):
            todo = (
                f"give each note `{Convention.FOLLOWING_WITHIN_THE_YEAR}` for what that is about, under `payment days`"
            )
            start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            supplement.warnings.append(Remark(flow.line_at(start), f'"{said(sentence[0])}": {todo}'))
