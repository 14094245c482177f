"""Fields of an event that are nothing without each other, or do not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from rules_engine.errors import FieldFault
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import (
    Event,
    IssuerWaived,
    LimitsElected,
    NotesAccelerated,
    PaymentDue,
    PaymentMade,
    PaymentReturned,
    PositionReported,
)


def fields_apart(event: Event) -> list[FieldFault]:
    """List what is wrong with the fields of an event taken together."""
    check = _CHECKS.get(type(event))
    return [] if check is None else list(check(event))


def _payment_due(event: PaymentDue) -> Iterator[FieldFault]:
    if event.kind != PaymentKind.REPAYMENT:
        if event.principal is None:
            yield _missing("principal", f"for a payment of the kind `{event.kind}`")
        if event.request_id is not None:
            yield _not_with("request_id", PaymentKind.REPAYMENT)


def _payment_made(event: PaymentMade | PaymentReturned) -> Iterator[FieldFault]:
    if event.kind == PaymentKind.REPAYMENT and event.request_id is None:
        yield _missing("request_id", "for a payment of the kind `repayment`: it settles one request")
    if event.kind != PaymentKind.REPAYMENT and event.request_id is not None:
        yield _not_with("request_id", PaymentKind.REPAYMENT)
    if event.kind != PaymentKind.REDEMPTION:
        for name in ("owner_ref", "account_ref"):
            if getattr(event, name) is not None:
                yield _not_with(name, PaymentKind.REDEMPTION)


def _limits_elected(event: LimitsElected) -> Iterator[FieldFault]:
    if event.owner_ref is None:
        return
    if event.individual_amount is None:
        yield _missing("individual_amount", "beside `owner_ref`: the amount for that owner alone")
    for name in ("annual_amount", "series_amount", "issue_amount"):
        if getattr(event, name) is not None:
            yield FieldFault(field=name, message="goes without `owner_ref`: one owner has an individual amount only")


def _position_reported(event: PositionReported) -> Iterator[FieldFault]:
    if event.account_ref is None and event.owner_ref is None:
        yield FieldFault(field="account_ref", message="`account_ref` or `owner_ref` is missing: whose position it is")


def _notes_accelerated(event: NotesAccelerated) -> Iterator[FieldFault]:
    if event.programme is None and event.cusip is None:
        yield FieldFault(field="programme", message="`programme` or `cusip` is missing: which notes were declared due")
    if event.programme is not None and event.cusip is not None:
        yield FieldFault(field="cusip", message="goes without `programme`: one of the two says which notes")


def _issuer_waived(event: IssuerWaived) -> Iterator[FieldFault]:
    if event.rule is None and event.limit is None:
        yield FieldFault(field="rule", message="`rule` or `limit` is missing: what is waived")
    if event.rule is not None and event.limit is not None:
        yield FieldFault(field="limit", message="goes without `rule`: one event waives one thing")
    if event.limit is not None and event.amount is None:
        yield _missing("amount", "beside `limit`: what the limit is taken to be")
    if event.limit is None and event.amount is not None:
        yield FieldFault(field="amount", message="goes with `limit` only")


def _missing(field: str, what: str) -> FieldFault:
    return FieldFault(field=field, message=f"`{field}` is missing {what}")


def _not_with(field: str, kind: PaymentKind) -> FieldFault:
    return FieldFault(field=field, message=f"goes with a payment of the kind `{kind}` only")


_CHECKS: Mapping[type[Event], Callable[[Any], Iterator[FieldFault]]] = MappingProxyType(
    {
        PaymentDue: _payment_due,
        PaymentMade: _payment_made,
        PaymentReturned: _payment_made,
        LimitsElected: _limits_elected,
        PositionReported: _position_reported,
        NotesAccelerated: _notes_accelerated,
        IssuerWaived: _issuer_waived,
    }
)
