"""One answer as one row that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules_engine.cli.page import Column
from rules_engine.errors import FieldFault
from rules_engine.host.feed import RecordedDecision
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.standing.kinds import KINDS

COLUMNS = (
    Column("event"),
    Column("what"),
    Column("outcome"),
    Column("accepted", is_amount=True),
    Column("pays", is_amount=True),
    Column("pays on"),
    Column("why"),
)
WIDTHS = (22, 26, 12, 10, 12, 10, 0)
"""How wide each column is to begin with; longer contents widen it."""

FAULTY = "faulty"

_WORDS = {event_class.type: kind.words for event_class, kind in KINDS.items()}


def row_of(decision: Decision) -> tuple[str, ...]:
    """Put a decision into the cells of a row."""
    payment = decision.payment
    return (
        decision.event_id,
        what(decision),
        decision.outcome.word,
        _accepted(decision),
        _pays(decision),
        payment.pay_on.isoformat() if payment else "",
        why(decision),
    )


def row_of_recorded(recorded: RecordedDecision) -> tuple[str, ...]:
    """Put a decision of the feed into the cells of a row, its number before its event."""
    event_id, *others = row_of(recorded.decision)
    return (f"{recorded.number:>5} {event_id}", *others)


def row_of_fault(line: int, faults: Sequence[FieldFault]) -> tuple[str, ...]:
    """Put a line that is no event into the cells of a row."""
    return (f"line {line}", "", FAULTY, "", "", "", fault_told(faults))


def fault_told(faults: Iterable[FieldFault]) -> str:
    """Say every fault of a line in one sentence."""
    return "; ".join(f"{fault.field}: {fault.message}" if fault.field else fault.message for fault in faults)


def why(decision: Decision) -> str:
    """Give the reasons that decided, each once, and by how little where it was little."""
    short_by = {near.rule: near.short_by for near in decision.near_misses if near.short_by}
    reasons: dict[str, None] = {}
    for finding in decision.decisive:
        by = short_by.get(finding.rule, "") if decision.outcome is Outcome.REJECTED else ""
        reasons[f"{finding.because} (Short by {by}.)" if by else finding.because] = None
    if decision.carried_over is not None and decision.carried_over.cents and decision.accepted:
        reasons[f"{decision.carried_over} is carried over."] = None
    if decision.pended is not None and decision.pended.cents and decision.accepted:
        reasons[f"{decision.pended} waits for a report."] = None
    return " ".join(reasons)


def what(decision: Decision) -> str:
    """Say in a few words what was answered: `survivor's option R-1`."""
    subject = decision.request_id or decision.notice_id or decision.cusip or decision.programme
    return f"{_WORDS[decision.type]} {subject}".rstrip()


def _accepted(decision: Decision) -> str:
    if decision.accepted is not None:
        return str(decision.accepted)
    return "all" if decision.payment is not None else ""


def _pays(decision: Decision) -> str:
    payment = decision.payment
    if payment is None:
        return ""
    if payment.per_1000 is not None:
        return f"{payment.per_1000[1]} a $1,000"
    return str(payment.total)
