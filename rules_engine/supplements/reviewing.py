"""What a person is asked of a reading, the doubtful first, and what their answers make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules_engine.model.notes import CouponStep
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.figures import FREQUENCY, read_frequency
from rules_engine.supplements.floating import take_floating
from rules_engine.supplements.patterns import one_line, pattern
from rules_engine.supplements.readings import NOT_FOUND, READ, Content, Denominations, Reading, ReadSupplement
from rules_engine.supplements.sentences import read_redemption
from rules_engine.supplements.values import DATE, MONEY, NUMBER, PERCENT, read_date, read_money, read_percent

BY_A_PERSON = "a person looked at it"
"""What a reading that a person accepted or corrected was held against."""

_TYPES = ("fixed", "step-up", "floating", "fixed to floating", "zero coupon", "original issue discount")
_NOT_ASKED = frozenset(("cusip", "footnote", "last regular date", "kind", "reset"))
_PAIR = pattern(rf"~({MONEY})~(?:/|and)~({MONEY})~$")
_DAY = pattern(rf"~({DATE})~$")
_RATE = pattern(rf"~{PERCENT}~$")
_FREQUENCY = pattern(rf"~(?:{FREQUENCY})~$")
_STEP = pattern(rf"~({DATE})~:?~({NUMBER})~%?~$")


@dataclass(frozen=True, slots=True)
class Question:
    """One field to look at: whose it is (empty for all notes), its key, and its reading."""

    cusip: str
    key: str
    reading: Reading

    @property
    def is_doubtful(self) -> bool:
        """Tell whether nothing is written into the file until somebody answers."""
        return bool(self.reading.doubts)


class NoSuchValue(ValueError):
    """What a person typed is no value of the field; the message says what to type."""


def questions(supplement: ReadSupplement) -> list[Question]:
    """List every field a person may look at, the doubtful first, each in the order of the file."""
    asked = [Question("", key, reading) for key, reading in supplement.readings.items()]
    for note in supplement.notes:
        asked += [Question(note.cusip, key, reading) for key, reading in note.readings.items()]
    worth = [each for each in asked if each.is_doubtful or _is_worth_a_look(each)]
    return sorted(worth, key=lambda question: not question.is_doubtful)


def accept(question: Question) -> None:
    """Take a reading as it is: a person has looked at it."""
    question.reading.doubts.clear()
    question.reading.checked = BY_A_PERSON


def correct(question: Question, typed: str) -> None:
    """Put what a person typed in the place of a reading; raise NoSuchValue where it is no value of the field."""
    reading = question.reading
    reading.value = value_of(question.key, typed)
    reading.how, reading.words, reading.checked = READ, one_line(typed), BY_A_PERSON
    reading.doubts.clear()


def _is_worth_a_look(question: Question) -> bool:
    return question.key not in _NOT_ASKED and question.reading.how != NOT_FOUND


def value_of(key: str, typed: str) -> Content | None:
    """Read what a person typed for a field, written as on a sheet or as in a rule file; nothing typed is no value."""
    text = one_line(typed)
    if not text:
        return None
    read = _READERS.get(key, _text)
    value = read(text)
    if value is None:
        raise NoSuchValue(f"`{text}` is not a value of `{key}`: {_HELP.get(read, 'type the words')}")
    return value


def _date(text: str) -> Content | None:
    found = _DAY.match(text)
    return read_date(found[1]) if found else None


def _percent(text: str) -> Content | None:
    return read_percent(text) if _RATE.match(text if "%" in text else f"{text}%") else None


def _money(text: str) -> Content | None:
    return read_money(text)


def _yes_no(text: str) -> Content | None:
    return {"yes": True, "y": True, "no": False, "n": False}.get(text.lower())


def _frequency(text: str) -> Content | None:
    return read_frequency(text) if _FREQUENCY.match(text) else None


def _type(text: str) -> Content | None:
    return text.lower() if text.lower() in _TYPES else None


def _denominations(text: str) -> Content | None:
    found = _PAIR.match(text)
    minimum, increment = (read_money(found[1]), read_money(found[2])) if found else (None, None)
    return Denominations(minimum=minimum, increment=increment) if minimum and increment else None


def _redemption(text: str) -> Content | None:
    terms = read_redemption(text)
    if terms.doubts:
        raise NoSuchValue(f"that redemption is not understood: {terms.doubts[0]}")
    return terms


def _steps(text: str) -> Content | None:
    found = [_STEP.match(each) for each in text.split(";")]
    steps = [(read_date(each[1]), read_percent(each[2])) for each in found if each]
    dated = tuple(CouponStep(from_on=on, coupon=rate) for on, rate in steps if on)
    return dated if dated and len(dated) == len(found) else None


def _floating(text: str) -> Content | None:
    terms = take_floating(Clipping(text))
    return terms.from_day(terms.from_on) if terms and terms.from_on else None


def _text(text: str) -> Content | None:
    return text


_READERS: Mapping[str, Callable[[str], Content | None]] = {
    **dict.fromkeys(("dated", "prospectus dated", "trade date", "issue date", "interest accrues from"), _date),
    **dict.fromkeys(("maturity", "first coupon date", "last regular date"), _date),
    **dict.fromkeys(("coupon", "issue price", "gross concession", "initial rate"), _percent),
    "first coupon amount": _money,
    "survivors option": _yes_no,
    "frequency": _frequency,
    "type": _type,
    "denominations": _denominations,
    "redemption": _redemption,
    "coupon steps": _steps,
    "floating": _floating,
}
_HELP: Mapping[Callable[[str], Content | None], str] = {
    _date: "type a date, as `2016-12-15` or `12/15/2016`",
    _percent: "type a per cent, as `3.5`",
    _money: "type an amount, as `$4.28`",
    _yes_no: "type `yes` or `no`",
    _frequency: "type `monthly`, `quarterly`, `semi-annual` or `annual`",
    _type: f"type one of {', '.join(f'`{each}`' for each in _TYPES)}",
    _denominations: "type both, as `$1,000 / $1,000`",
    _steps: "type each with its day, as `2016-01-28 4.00; 2021-01-28 5.50`",
    _floating: "type it as `from 2026-06-15 at 3 month LIBOR plus 1.25%`",
}
