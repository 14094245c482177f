"""The model's own answers, written as an engine would write them, keep every invariant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from .expected import Expected, Json, LeftOpen, one_of
from .histories import Author
from .invariants import Ledger, faults
from .model import Model
from .terms import written


def as_decision(expected: Expected, model: Model, event: Json) -> dict[str, Any]:
    """Write an expected answer as a decision; what is left open is given the mildest value."""
    outcomes = {"recorded"} if isinstance(expected.outcomes, LeftOpen) else expected.outcomes
    outcome = sorted(outcomes)[0] if event["type"] != "payment_made" else sorted(outcomes)[-1]
    codes = [{"code": sorted(each)[0]} for each in expected.codes]
    decision: dict[str, Any] = {"request_id": expected.request_id, "outcome": outcome, "findings": codes}
    net = expected.accepted
    if isinstance(net, LeftOpen) or expected.request_id is None:
        asked_for = None if isinstance(expected.asked_for, LeftOpen) else expected.asked_for
        return decision | {"requested": None, "payment": asked_for and {"principal": written(asked_for)}}
    carried_over = 0 if isinstance(expected.carried_over, LeftOpen) else expected.carried_over
    pended = 0 if isinstance(expected.pended, LeftOpen) else expected.pended
    due_on = None if isinstance(expected.due_on, LeftOpen) else expected.due_on
    requested = max(net, 0) + carried_over + pended
    amounts = {"requested": requested, "accepted": max(net, 0), "taken_back": max(-net, 0)}
    amounts |= {"carried_over": carried_over, "pended": pended, "not_accepted": 0}
    decision |= {name: written(amount) for name, amount in amounts.items()}
    return decision | {"payment": due_on and {"due_on": str(due_on)}}


def as_decisions(expected: Sequence[Expected], model: Model, event: Json) -> list[dict[str, Any]]:
    return [as_decision(each, model, event) for each in expected]


@pytest.mark.parametrize("run", range(4))
def test_the_model_keeps_what_always_holds(run: int) -> None:
    for seed in range(run * 100, run * 100 + 100):
        author = Author(seed)
        ledger = Ledger()
        while len(author.events) < 45:
            event, expected = author.write()
            if author.model.left_open:
                break
            if expected[0].outcomes == one_of("error"):
                continue
            found = faults(ledger, event, as_decisions(expected, author.model, event))
            assert not found, (seed, found, event)
            for request_id, seen in ledger.requests.items():
                claim = author.model.standing.claims[request_id]
                if not seen.is_voided and claim.ended not in ("redeemed", "matured"):
                    assert seen.accepted == claim.accepted, (seed, event)
