"""A look at one sheet's fields in the terminal: one key accepts what was read, one corrects it."""

from __future__ import annotations

from collections.abc import Callable

import typer

from rules_engine.supplements import ReadSupplement
from rules_engine.supplements.reading import hold_against_the_rule_book
from rules_engine.supplements.reviewing import NoSuchValue, Question, accept, correct, questions
from rules_engine.supplements.writing import shown, write_yaml

KEYS = "a accepts, c corrects, s skips, q stops"


def review(
    supplement: ReadSupplement,
    programme: str,
    *,
    key: Callable[[], str] = typer.getchar,
    line: Callable[[str], str] = typer.prompt,
) -> None:
    """Ask about every field, the doubtful first, and write the file anew; `q` leaves the rest as it is.

    What is asked goes to standard error, so that the file itself can go into another. What is skipped stays doubtful.
    """
    asked = questions(supplement)
    doubtful = len([each for each in asked if each.is_doubtful])
    fields = "1 field is" if doubtful == 1 else f"{doubtful} fields are"
    _say(f"{supplement.file}: {fields} doubtful, {len(asked) - doubtful} more can be looked at; {KEYS}")
    for number, question in enumerate(asked, start=1):
        _show(question, f"{number}/{len(asked)}")
        if not _answered(question, key, line):
            break
    for doubt in list(supplement.general_doubts):
        _say(f"line {doubt.line}: {doubt.message}")
        if _asked(key, "as") == "a":
            supplement.general_doubts.remove(doubt)
    supplement.yaml = write_yaml(supplement)
    hold_against_the_rule_book(supplement, programme)


def _answered(question: Question, key: Callable[[], str], line: Callable[[str], str]) -> bool:
    """Take an answer to a question; False where somebody has had enough."""
    while True:
        pressed = _asked(key, "acsq")
        if pressed == "q":
            return False
        if pressed == "s":
            return True
        if pressed == "a":
            accept(question)
            return True
        try:
            correct(question, line(f"  `{question.key}`"))
        except NoSuchValue as fault:
            _say(f"  {fault}")
            continue
        return True


def _asked(key: Callable[[], str], known: str) -> str:
    while True:
        pressed = key().lower()
        pressed = "a" if pressed in ("\r", "\n") else pressed
        if pressed in known:
            return pressed
        _say(f"  {KEYS}")


def _show(question: Question, count: str) -> None:
    whose = f"{question.cusip} " if question.cusip else ""
    reading = question.reading
    value = shown(reading.value) if reading.value is not None else "nothing"
    _say(f"\n[{count}] {whose}`{question.key}`: {value}")
    if reading.words:
        _say(f'  {reading.how}, line {reading.line}: "{reading.words}"')
    for doubt in reading.doubts:
        _say(f"  doubtful: {doubt}")


def _say(text: str) -> None:
    typer.echo(text, err=True)
