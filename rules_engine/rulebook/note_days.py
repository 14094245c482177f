"""The terms on payment days that a note follows: those of its programme, and those in which its own row differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rules_engine.dates.schedules import DayTerms
from rules_engine.model.note_words import Accrual, Compounding, Convention, DayCount
from rules_engine.model.notes import Note
from rules_engine.model.values import Kind
from rules_engine.rulebook.figures import value_of
from rules_engine.rulebook.places import Entries, Faults, WordT, check_keys, entries_of
from rules_engine.rulebook.rules import RuleSet

PAYMENT_DAYS = "payment days"
"""The clause whose terms they are, and the key of a row that they stand under."""

CONVENTIONS, ACCRUALS, DAY_COUNTS = tuple(Convention), tuple(Accrual), tuple(DayCount)

WORDS: Mapping[str, tuple[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "calendar": (Kind.TEXT, ()),
        "interest convention": (Kind.WORD, CONVENTIONS),
        "maturity convention": (Kind.WORD, CONVENTIONS),
        "redemption convention": (Kind.WORD, CONVENTIONS),
        "accrual": (Kind.WORD, ACCRUALS),
        "accrual at maturity": (Kind.WORD, ACCRUALS),
        "day count": (Kind.WORD, DAY_COUNTS),
        "floating interest convention": (Kind.WORD, CONVENTIONS),
        "floating accrual": (Kind.WORD, ACCRUALS),
        "floating day count": (Kind.WORD, DAY_COUNTS),
        "record date": (Kind.RECORD_DATE, ()),
        "amortised face compounds": (Kind.WORD, tuple(Compounding)),
    }
)
"""The kind of each term, and the words it may be; a rule set on payment days gives the same ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDayTerms:
    """The terms on payment days, read.

    `calendar` is a calendar's code. `interest` is what fixed interest follows, and `floating` what
    interest follows once a note floats: the same, but for what is given for it. `accrual_at_maturity`,
    `record_date` and `compounds` are None where no term gives them.
    """

    calendar: str
    interest: DayTerms
    floating: DayTerms
    maturity_convention: Convention
    redemption_convention: Convention
    accrual_at_maturity: Accrual | None = None
    record_date: str | None = None
    compounds: Compounding | None = None


def read_note_days(row: Entries, faults: Faults) -> Mapping[str, str]:
    """Read a row's `payment days`; empty where it has none, or, with the faults noted, it cannot be read."""
    given = entries_of(row, PAYMENT_DAYS, faults)
    if given is None:
        return {}
    check_keys(given, WORDS, faults)
    read = {
        name: value_of(given, name, kind, faults, words)
        for name, (kind, words) in WORDS.items()
        if name in given.entries
    }
    return MappingProxyType({name: str(value) for name, value in read.items() if value is not None})


def terms_for(note: Note, payment_days: RuleSet) -> PaymentDayTerms:
    """Read the terms on payment days that a note follows: its programme's, but its own where it has them."""
    return _read({**_written(payment_days), **note.payment_days})


def terms_of(payment_days: RuleSet) -> PaymentDayTerms:
    """Read the terms on payment days of a programme."""
    return _read(_written(payment_days))


def _written(payment_days: RuleSet) -> dict[str, str]:
    return {name: str(term.value) for name, term in payment_days.terms.items()}


def _read(written: Mapping[str, str]) -> PaymentDayTerms:
    interest = DayTerms(
        day_count=DayCount(written["day count"]),
        convention=Convention(written["interest convention"]),
        accrual=Accrual(written["accrual"]),
    )
    return PaymentDayTerms(
        calendar=written["calendar"],
        interest=interest,
        floating=DayTerms(
            day_count=_word(written, "floating day count", DayCount) or interest.day_count,
            convention=_word(written, "floating interest convention", Convention) or interest.convention,
            accrual=_word(written, "floating accrual", Accrual) or interest.accrual,
        ),
        maturity_convention=Convention(written["maturity convention"]),
        redemption_convention=Convention(written["redemption convention"]),
        accrual_at_maturity=_word(written, "accrual at maturity", Accrual),
        record_date=written.get("record date"),
        compounds=_word(written, "amortised face compounds", Compounding),
    )


def _word(written: Mapping[str, str], name: str, words: type[WordT]) -> WordT | None:
    return words(written[name]) if name in written else None
