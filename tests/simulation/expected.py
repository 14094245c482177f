"""What the model expects of an answer, as far as the texts determine it, and how it is held against the engine's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Final

from .terms import cents, written

Json = Mapping[str, Any]


class LeftOpen(Enum):
    """The texts do not determine this."""

    LEFT_OPEN = "left open"


LEFT_OPEN: Final = LeftOpen.LEFT_OPEN

DONE = frozenset({"accepted", "recorded"})
NOT_DONE = frozenset({"rejected", "referred"})


@dataclass(frozen=True)
class Expected:
    """One expected answer: on the event itself where `request_id` is None or its own, else on a request."""

    request_id: str | None = None
    outcomes: frozenset[str] | LeftOpen = LEFT_OPEN
    accepted: int | LeftOpen = LEFT_OPEN
    """Accepted less taken back, over all answers on the request that the event gave."""
    carried_over: int | LeftOpen = LEFT_OPEN
    pended: int | LeftOpen = LEFT_OPEN
    due_on: date | LeftOpen | None = LEFT_OPEN
    codes: frozenset[frozenset[str]] = frozenset()
    """Of each of these sets, one code or rule is found."""
    never: frozenset[str] = frozenset()
    asked_for: int | LeftOpen | None = LEFT_OPEN
    """The principal that a question on payments is answered with; None where nothing is priced."""
    total: int | LeftOpen = LEFT_OPEN
    is_required: bool = True
    """Whether the request has to be answered again; otherwise it may be."""

    def with_codes(self, *codes: str) -> Expected:
        """Expect these too."""
        return replace(self, codes=self.codes | {frozenset({code}) for code in codes})

    def as_json(self) -> dict[str, Any]:
        """Write it for a person who compares it with the engine's answer."""
        fields: dict[str, Any] = {"request_id": self.request_id}
        fields["outcome"] = "left open" if isinstance(self.outcomes, LeftOpen) else " or ".join(sorted(self.outcomes))
        for name in ("accepted", "carried_over", "pended", "asked_for", "total"):
            value = getattr(self, name)
            fields[name] = value if value is None else "left open" if isinstance(value, LeftOpen) else written(value)
        fields["due_on"] = "left open" if isinstance(self.due_on, LeftOpen) else self.due_on and str(self.due_on)
        fields["codes"] = [" or ".join(sorted(each)) for each in self.codes]
        return {name: value for name, value in fields.items() if value not in ("left open", [])}


def one_of(*outcomes: str) -> frozenset[str]:
    """Any of these outcomes is right."""
    return frozenset(outcomes)


def any_code(*codes: str) -> frozenset[frozenset[str]]:
    """One of these codes is found."""
    return frozenset({frozenset(codes)})


def money(decision: Json, name: str) -> int:
    """Read an amount of a decision; nothing where it gives none."""
    return cents(decision[name]) if decision.get(name) not in (None, "all") else 0


def codes_of(decision: Json) -> set[str]:
    """Every code and every rule that a decision names."""
    findings = [*decision.get("findings", ()), *decision.get("questions", ())]
    return {str(each[name]) for each in findings for name in ("code", "rule") if each.get(name)}


def accepted_net(event: Json, decisions: Sequence[Json], request_id: str) -> int:
    """Add up what the answers on an event accept of a request, less what they take back."""
    about = [each for each in decisions if each.get("request_id") == request_id]
    if event["type"].startswith("payment_"):
        # The answer on a payment gives what was paid, not what was accepted.
        about = [each for each in about if each is not decisions[0]]
    return sum(money(each, "accepted") - money(each, "taken_back") for each in about)


def differences(
    event: Json, expected: Sequence[Expected], decisions: Sequence[Json], states: Mapping[str, str]
) -> list[str]:
    """Name everything in which the engine's answers on one event are not the expected ones."""
    if not decisions:
        return ["there is no answer"]
    found = _differences("the event", event, expected[0], decisions[0], decisions)
    by_request = {each.request_id: each for each in expected[1:]}
    own = decisions[0].get("request_id")
    answered = {each["request_id"]: each for each in decisions[1:] if each.get("request_id")}
    for request_id, wanted in by_request.items():
        if request_id is None:
            continue
        if request_id not in answered and request_id != own:
            if not wanted.is_required:
                continue
            found.append(f"request {request_id} is not answered again")
            continue
        found += _differences(f"request {request_id}", event, wanted, answered.get(request_id, decisions[0]), decisions)
    for request_id, answer in answered.items():
        if request_id in by_request or request_id == expected[0].request_id:
            continue
        net = accepted_net(event, decisions, request_id)
        state = states.get(request_id, "")
        if net:
            found.append(f"request {request_id}: {written(net)} is accepted, and nothing was to change")
        elif answer["outcome"] in NOT_DONE and answer["outcome"] != state:
            found.append(f"request {request_id} is {answer['outcome']}, and it was to stay {state}")
    return found


def _differences(what: str, event: Json, wanted: Expected, got: Json, decisions: Sequence[Json]) -> list[str]:
    """Compare one answer; what is said of a request in several answers on one event is taken together."""
    same = [each for each in decisions if wanted.request_id and each.get("request_id") == wanted.request_id] or [got]
    outcomes = {"error" if "error" in each else str(each.get("outcome")) for each in same}
    found = []
    if not isinstance(wanted.outcomes, LeftOpen) and not outcomes & wanted.outcomes:
        wanted_outcomes = " or ".join(sorted(wanted.outcomes))
        found.append(f"{what}: the outcome is {' and '.join(sorted(outcomes))}, not {wanted_outcomes}")
    if "error" in got:
        return found
    if wanted.request_id is not None and not isinstance(wanted.accepted, LeftOpen):
        net = accepted_net(event, decisions, wanted.request_id)
        if net != wanted.accepted:
            found.append(f"{what}: {written(net)} is accepted net, not {written(wanted.accepted)}")
    for name in ("carried_over", "pended"):
        value = getattr(wanted, name)
        if not isinstance(value, LeftOpen) and money(same[-1], name) != value:
            found.append(f"{what}: {name} is {same[-1].get(name)}, not {written(value)}")
    return found + _payment_differences(what, wanted, got, same) + _code_differences(what, wanted, same)


def _payment_differences(what: str, wanted: Expected, got: Json, same: Sequence[Json]) -> list[str]:
    found = []
    payment = got.get("payment") or {}
    if not isinstance(wanted.due_on, LeftOpen):
        days = {(each.get("payment") or {}).get("due_on") for each in same if each is got or money(each, "accepted")}
        if (wanted.due_on and str(wanted.due_on)) not in days:
            found.append(f"{what}: it is due on {' and '.join(map(str, days))}, not {wanted.due_on}")
    if not isinstance(wanted.asked_for, LeftOpen):
        principal = cents(payment["principal"]) if payment.get("principal") else None
        if principal != wanted.asked_for:
            found.append(f"{what}: principal {principal} is answered, not {wanted.asked_for}")
    if not isinstance(wanted.total, LeftOpen) and payment.get("total") and cents(payment["total"]) != wanted.total:
        found.append(f"{what}: total {payment['total']} is answered, not {written(wanted.total)}")
    return found


def _code_differences(what: str, wanted: Expected, same: Sequence[Json]) -> list[str]:
    codes = {code for each in same for code in codes_of(each)}
    found = [f"{what}: {' or '.join(sorted(each))} is not found" for each in wanted.codes if not each & codes]
    return found + [f"{what}: {each} is found" for each in sorted(wanted.never & codes)]
