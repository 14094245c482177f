"""Payments of many positions: on which day cash moves for each, and how much, as each would be answered by itself.

Rows ask a few questions many times over: what a note pays on a day does not depend on who holds how much of it. So
each question is answered once, its rules matched in columns, and only its amounts are worked out row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from rules_engine.batch.answers import (
    HOW,
    PAID,
    SAID,
    Paying,
    Words,
    beside,
    fault_of,
    how_arrays,
    paid_arrays,
    row_of,
    said_arrays,
    with_lines,
)
from rules_engine.batch.arithmetic import portions
from rules_engine.batch.days import Days, Mask, Whole
from rules_engine.batch.questions import KINDS, REPAYMENT, Answered, Questions
from rules_engine.batch.reading import ColumnFault, Rows
from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.model.events import PaymentDue

FIELDS = {
    "cusip": "text",
    "due_on": "day",
    "kind": "text",
    "principal": "money",
    "received_on": "day",
    "request_id": "text",
}
"""The fields of a question, as events have them."""

ANSWER = SAID | PAID | HOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Questions as rows: of which note, due when, of which kind, on how much; received when."""

    note: Whole
    due_on: Days
    kind: Whole
    principal: Whole
    received_on: Days


class Payments:
    """Answers payments that fall due, on the standing of one host's ledger as it is; writes nothing."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._questions = Questions(host)

    @property
    def questions(self) -> Questions:
        """The questions answered so far."""
        return self._questions

    def of(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Answer rows that ask what falls due: their columns, and those of the answers beside them."""
        rows = Rows(batch, FIELDS)
        for name in ("cusip", "due_on", "kind", "principal"):
            if not rows.has(name):
                raise ColumnFault(f"column `{name}` is missing: a payment that falls due needs it")
        asked, carried = self._asked(rows)
        answer = self._answered(rows, asked, carried)
        return beside(batch, answer, ANSWER)

    def _asked(self, rows: Rows) -> tuple[Asked, Mask]:
        """Read the questions, and tell which of them columns can carry."""
        cusips, kinds = rows.texts("cusip"), rows.words("kind", KINDS.__contains__)
        by_word = np.array([KINDS.index(word) if word in KINDS else -1 for word in kinds.words] + [-1], dtype="int64")
        numbers = np.append(self._questions.shelf.numbers(cusips.words), -1)
        due_on, due = rows.days("due_on")
        received_on, received = rows.days("received_on")
        principal, given = rows.money("principal")
        kind = by_word[kinds.numbers]
        asked = Asked(
            note=numbers[cusips.numbers],
            due_on=due_on,
            kind=kind,
            principal=principal,
            received_on=np.where(received, received_on, due_on),
        )
        carried = ~rows.unread & due & given & (asked.note >= 0) & (kind >= 0) & (kind != REPAYMENT)
        if rows.has("request_id"):
            carried &= rows.texts("request_id").numbers < 0
        return asked, carried

    def _answered(self, rows: Rows, asked: Asked, carried: Mask) -> list[pa.Array]:
        """Answer what columns carry, and the rest line by line."""
        said = np.full(rows.count, -1, dtype="int64")
        paying = Paying.of_nothing(rows.count)
        words = Words()
        interest_to = Words()
        some = np.flatnonzero(carried)
        if len(some):
            answered, places = self._questions.answered(
                asked.note[some], asked.due_on[some], asked.kind[some], asked.received_on[some]
            )
            by_question = np.array([words.number(each) for each in answered.said], dtype="int64")
            said[some] = by_question[answered.saying[places]]
            self._pay(paying, some, places, answered, asked.principal[some], interest_to)
        errors: dict[int, str] = {}
        lines: dict[int, dict[str, Any]] = {}
        for place in np.flatnonzero(~carried):
            found = self._line_by_line(rows, int(place), asked)
            if isinstance(found, str):
                errors[int(place)] = found
            else:
                lines[int(place)] = found
        prices = self._questions.shelf.kept.rates.texts
        arrays = [
            *said_arrays(said, words),
            *paid_arrays(paying, prices, interest_to.said),
            *how_arrays(~carried, errors),
        ]
        return with_lines(arrays, ANSWER, lines)

    def _pay(
        self, paying: Paying, some: Whole, places: Whole, answered: Answered, principal: Whole, interest_to: Words
    ) -> None:
        """Work out what is paid of each row whose question is answered by a payment."""
        is_paid = answered.is_paid[places]
        if not is_paid.all():
            some, places, principal = some[is_paid], places[is_paid], principal[is_paid]
        interest = portions(principal, answered.part[places], answered.of[places])
        if (answered.price_part == 100 * answered.price_of).all():
            repaid = principal
        else:
            repaid = portions(principal, answered.price_part[places], 100 * answered.price_of[places])
        only = answered.only_interest[places]
        paying.is_paid[some] = True
        paying.due_on[some] = answered.due_on[places]
        paying.pay_on[some] = answered.pay_on[places]
        paying.principal[some] = np.where(only, 0, principal)
        paying.price[some] = answered.price[places]
        paying.interest[some] = interest
        paying.total[some] = np.where(only, interest, repaid + interest)
        to = np.array([interest_to.number(each) if each else -1 for each in answered.interest_to], dtype="int64")
        paying.interest_to[some] = to[answered.interest_goes[places]]

    def _line_by_line(self, rows: Rows, place: int, asked: Asked) -> dict[str, Any] | str:
        """Answer one row by itself; give what is wrong with it where it is no question."""
        also = {"type": PaymentDue.type, "event_id": f"row {place + 1}"}
        if rows.has("due_on") and not (rows.has("received_on") and rows.batch.column("received_on")[place].is_valid):
            due_on = rows.batch.column("due_on")[place].as_py()
            if due_on is not None:
                also["received_on"] = due_on if isinstance(due_on, str) else due_on.isoformat()
        try:
            event = self._host.read_event(rows.line(place, also))
            (decision,) = self._host.preview(event)
        except EventError as fault:
            return fault_of(fault)
        return row_of(decision)
