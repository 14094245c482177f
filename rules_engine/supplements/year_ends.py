"""A sentence by which payments never move into the next year, where the programme's terms do not say so."""

from __future__ import annotations

import re

from rules_engine.model.note_words import Convention
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.checking import Basis
from rules_engine.supplements.patterns import phrase, shortened
from rules_engine.supplements.readings import ReadSupplement, Remark

_SENTENCE = re.compile(r"[^.]+")
_WITHIN_THE_YEAR = tuple(
    phrase(words)
    for words in (
        r"(?:next|following|succeeding) business day|business day next (?:following|succeeding)",
        r"(?:next|following|succeeding|subsequent) (?:calendar )?year",
        r"preceding (?:business )?day",
    )
)
"""What stands, in any order, in a sentence that turns a payment back at the end of a year."""


def warn_of_year_ends(sheet: Sheet, supplement: ReadSupplement, basis: Basis) -> None:
    """Warn of words that move a payment back where the next business day falls in the next year.

    A supplement's file takes its payment days from its programme. Unless that moves interest and
    maturity so, a person has to say what the words are about.
    """
    if {basis.interest.convention, basis.maturity_convention} == {Convention.FOLLOWING_WITHIN_THE_YEAR}:
        return
    for sentence in _SENTENCE.finditer(sheet.text):
        if all(words.search(sentence[0]) for words in _WITHIN_THE_YEAR):
            todo = (
                f"give each note `{Convention.FOLLOWING_WITHIN_THE_YEAR}` for what that is about, under `payment days`"
            )
            start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            supplement.warnings.append(Remark(sheet.line_at(start), f'"{shortened(sentence[0])}": {todo}'))
