"""What is said of a row, in columns: outcome, rules, codes, what is missing; the same of a decision made by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from rules_engine.batch import columns
from rules_engine.batch.carried import COLUMNS, LINE_BY_LINE, WAYS
from rules_engine.batch.days import Days, Mask, Whole
from rules_engine.errors import EventError
from rules_engine.model.decisions import Decision
from rules_engine.model.exact import plain_text
from rules_engine.model.money import Money

SAID = {
    "outcome": columns.TEXT,
    "decided_by": columns.TEXTS,
    "rules": columns.TEXTS,
    "codes": columns.TEXTS,
    "missing": columns.TEXTS,
    "drafts": columns.TEXTS,
}
PAID = {
    "payment_due_on": columns.DAY,
    "pay_on": columns.DAY,
    "paid_principal": columns.MONEY,
    "price": columns.TEXT,
    "interest": columns.MONEY,
    "total": columns.MONEY,
    "interest_to": columns.TEXT,
}
HOW = {"carried": columns.TEXT, "error": columns.TEXT}


class Said(NamedTuple):
    """What an answer says without its amounts.

    `decided_by` names the findings that make it what it is, `rules` every rule that spoke, `codes` what the engine
    found besides, `missing` the fields and papers it waits for. `drafts` are the rule sets it rests on that nobody has
    approved yet.
    """

    outcome: str
    decided_by: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()


def said_of(decision: Decision) -> Said:
    """Give what a decision says."""
    findings = decision.findings
    return Said(
        outcome=decision.outcome.word,
        decided_by=tuple(finding.name for finding in decision.decisive),
        rules=tuple(finding.rule for finding in findings if finding.rule),
        codes=tuple(str(finding.code) for finding in findings if finding.code),
        missing=tuple(dict.fromkeys(name for finding in findings for name in finding.missing)),
        drafts=decision.drafts,
    )


class Words:
    """Numbers what is said, each kept once."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self.said: list[Any] = []

    def number(self, said: Any) -> int:
        """Give the number of what is said."""
        found = self._numbers.get(said)
        if found is None:
            found = self._numbers[said] = len(self.said)
            self.said.append(said)
        return found


@dataclass(slots=True, kw_only=True)
class Paying:
    """What is paid of each row: `is_paid` where anything is, and then when and how much; texts are by number."""

    is_paid: Mask
    due_on: Days
    pay_on: Days
    principal: Whole
    price: Whole
    interest: Whole
    total: Whole
    interest_to: Whole

    @classmethod
    def of_nothing(cls, count: int) -> Paying:
        """Begin with no row being paid anything."""
        return cls(
            is_paid=np.zeros(count, dtype="bool"),
            due_on=np.zeros(count, dtype="int64"),
            pay_on=np.zeros(count, dtype="int64"),
            principal=np.zeros(count, dtype="int64"),
            price=np.full(count, -1, dtype="int64"),
            interest=np.zeros(count, dtype="int64"),
            total=np.zeros(count, dtype="int64"),
            interest_to=np.full(count, -1, dtype="int64"),
        )


def said_arrays(numbers: Whole, words: Words) -> list[pa.Array]:
    """Lay out what is said of each row, by number; nothing where the number is below nothing."""
    said: list[Said] = words.said
    outcomes = sorted({each.outcome for each in said})
    by_number = np.array([outcomes.index(each.outcome) for each in said] + [-1], dtype="int64")
    arrays = [columns.texts(by_number[numbers], outcomes)]
    for place in range(1, len(Said._fields)):
        lists = Words()
        by_number = np.array([lists.number(each[place]) for each in said] + [lists.number(())], dtype="int64")
        arrays.append(columns.lists(by_number[numbers], lists.said))
    return arrays


def paid_arrays(paying: Paying, prices: list[str], interest_to: list[str]) -> list[pa.Array]:
    """Lay out what is paid of each row."""
    is_paid = paying.is_paid
    return [
        columns.days(paying.due_on, is_paid),
        columns.days(paying.pay_on, is_paid),
        columns.money(paying.principal, is_paid),
        columns.texts(paying.price, prices, is_paid),
        columns.money(paying.interest, is_paid),
        columns.money(paying.total, is_paid),
        columns.texts(paying.interest_to, interest_to, is_paid),
    ]


def how_arrays(by_line: Mask, errors: dict[int, str]) -> list[pa.Array]:
    """Say of each row how it was answered, and of one that could not be read why."""
    number = np.full(len(by_line), -1, dtype="int64")
    number[list(errors)] = np.arange(len(errors))
    return [
        columns.texts(np.where(by_line, LINE_BY_LINE, COLUMNS), WAYS),
        columns.texts(number, list(errors.values())),
    ]


def row_of(decision: Decision) -> dict[str, Any]:
    """Write a decision as a row of the same columns."""
    said, payment = said_of(decision), decision.payment
    row: dict[str, Any] = {name: list(value) if name != "outcome" else value for name, value in said._asdict().items()}
    for name in ("requested", "accepted", "carried_over", "pended", "not_accepted"):
        row[name] = _amount(getattr(decision, name))
    row |= dict.fromkeys(PAID)
    if payment is not None:
        row |= {
            "payment_due_on": payment.due_on,
            "pay_on": payment.pay_on,
            "paid_principal": _amount(payment.principal),
            "price": plain_text(payment.price),
            "interest": _amount(payment.interest),
            "total": _amount(payment.total),
            "interest_to": payment.interest_to or None,
        }
    return row


def _amount(money: Money | None) -> Any:
    return None if money is None else money.amount


def fault_of(fault: EventError) -> str:
    """Say in one line what is wrong with a row."""
    return "; ".join(f"{each.field}: {each.message}" for each in fault.faults)


def beside(batch: pa.RecordBatch, answer: list[pa.Array], fields: dict[str, pa.DataType]) -> pa.RecordBatch:
    """Put an answer's columns beside those of the rows; a column of the rows that has an answer's name gives way."""
    kept = [place for place, name in enumerate(batch.schema.names) if name not in fields]
    return pa.RecordBatch.from_arrays(
        [*(batch.column(place) for place in kept), *answer],
        schema=pa.schema([*(batch.schema.field(place) for place in kept), *pa.schema(fields)]),
    )


def with_lines(
    arrays: list[pa.Array],
    fields: dict[str, pa.DataType],
    lines: dict[int, dict[str, Any]],
    but: tuple[str, ...] = (),
) -> list[pa.Array]:
    """Put the rows answered line by line in their places; columns of some names stay as they are."""
    if not lines:
        return arrays
    order = np.array(sorted(lines), dtype="int64")
    replaced = []
    for (name, kind), array in zip(fields.items(), arrays, strict=True):
        if name in ("carried", *but):
            replaced.append(array)
            continue
        own = [lines[place].get(name) for place in order]
        plain = pa.string() if kind == columns.TEXT else kind
        values = pa.array(own, plain)
        if kind == columns.TEXT:
            array = array.cast(pa.string())
        places = np.arange(len(array))
        places[order] = len(array) + np.arange(len(order))
        joined = pa.concat_arrays([array, values]).take(pa.array(places))
        replaced.append(joined.dictionary_encode() if kind == columns.TEXT else joined)
    return replaced
