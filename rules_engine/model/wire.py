"""A decision as it crosses a border, and back: the fields the contract lists, in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.model.canonical import WrittenOnce, canonical_json, kept_text, known_text
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Finding, MadeBy, NearMiss, Outcome, Part, Payment, Question
from rules_engine.model.exact import plain_text
from rules_engine.model.money import Money


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """Write a decision as the contract has it; `request_id` and `notice_id` appear where there is one."""
    return _decision(
        decision,
        findings=[_finding(finding) for finding in decision.findings],
        near_misses=[near_miss_to_json(near) for near in decision.near_misses],
        payment=payment_to_json(decision.payment),
        facts=dict(sorted(decision.facts.items())),
    )


def decision_text(decision: Decision) -> str:
    """Write a decision as canonical JSON: what it is kept, digested and sent as.

    What is in that form already, as its facts for the receipt, is not written again.
    """
    facts, near_misses, payment = decision.facts, decision.near_misses, decision.payment
    write: Callable[[], list[Any] | None] | None = getattr(near_misses, "written", None)
    written = write() if write else None
    return canonical_json(
        _decision(
            decision,
            findings=[known_text(finding) or _finding(finding) for finding in decision.findings],
            near_misses=[near_miss_to_json(near) for near in near_misses] if written is None else written,
            payment=None if payment is None else kept_text(payment, payment_to_json),
            facts=facts.written if isinstance(facts, WrittenOnce) else facts,
        )
    )


def _decision(
    decision: Decision, *, findings: list[Any], near_misses: list[Any], payment: Any, facts: Any
) -> dict[str, Any]:
    written: dict[str, Any] = {
        "decision_id": decision.decision_id,
        "event_id": decision.event_id,
        "type": decision.type,
        "programme": decision.programme,
    }
    if decision.cusip:
        written["cusip"] = decision.cusip
    if decision.series:
        written["series"] = decision.series
    if decision.request_id:
        written["request_id"] = decision.request_id
    if decision.notice_id:
        written["notice_id"] = decision.notice_id
    written |= {
        "outcome": decision.outcome.word,
        "requested": _money(decision.requested),
        "accepted": _money(decision.accepted),
        "carried_over": _money(decision.carried_over),
        "pended": _money(decision.pended),
        "not_accepted": _money(decision.not_accepted),
        "taken_back": _money(decision.taken_back),
        "counts_from": decision.counts_from.isoformat() if decision.counts_from else None,
        "anew": decision.anew,
        "findings": findings,
        "questions": [question_to_json(question) for question in decision.questions],
        "near_misses": near_misses,
        "payment": payment,
        "provisional": decision.provisional,
        "drafts": list(decision.drafts),
        "rules": {"edition": decision.edition, "digest": decision.rules_digest},
        "payment_days": {"digest": decision.days_digest},
        "note": {"digest": decision.note_digest},
        "calendar": {"code": decision.calendar, "digest": decision.calendar_digest},
        "standing_at": decision.standing_at,
        "facts": facts,
        "made_by": {
            "engine": decision.made_by.engine,
            "plugins": dict(decision.made_by.plugins),
            "book": decision.made_by.book,
            **({"book_before": decision.made_by.book_before} if decision.made_by.book_before else {}),
        },
        "receipt": decision.receipt,
    }
    return written


def decision_from_json(written: Mapping[str, Any]) -> Decision:
    """Read back what `decision_to_json` wrote; the result is equal to the decision written."""
    return Decision(
        decision_id=written["decision_id"],
        event_id=written["event_id"],
        type=written["type"],
        programme=written["programme"],
        cusip=written.get("cusip", ""),
        series=written.get("series", ""),
        request_id=written.get("request_id", ""),
        notice_id=written.get("notice_id", ""),
        outcome=Outcome.of(written["outcome"]),
        requested=_read_money(written["requested"]),
        accepted=_read_money(written["accepted"]),
        carried_over=_read_money(written["carried_over"]),
        pended=_read_money(written["pended"]),
        not_accepted=_read_money(written["not_accepted"]),
        taken_back=_read_money(written["taken_back"]),
        counts_from=date.fromisoformat(written["counts_from"]) if written["counts_from"] else None,
        anew=written["anew"],
        findings=tuple(_read_finding(finding) for finding in written["findings"]),
        questions=tuple(_read_question(question) for question in written["questions"]),
        near_misses=tuple(NearMiss(**near) for near in written["near_misses"]),
        payment=_read_payment(written["payment"]),
        drafts=tuple(written["drafts"]),
        edition=written["rules"]["edition"],
        rules_digest=written["rules"]["digest"],
        days_digest=written["payment_days"]["digest"],
        note_digest=written["note"]["digest"],
        calendar=written["calendar"]["code"],
        calendar_digest=written["calendar"]["digest"],
        standing_at=written["standing_at"],
        facts=dict(written["facts"]),
        made_by=MadeBy(
            engine=written["made_by"]["engine"],
            plugins=dict(written["made_by"]["plugins"]),
            book=written["made_by"]["book"],
            book_before=written["made_by"].get("book_before", ""),
        ),
        receipt=written["receipt"],
    )


def payment_to_json(payment: Payment | None) -> dict[str, Any] | None:
    """Write a payment; None stays None, and the principal of a whole note called reads `all`."""
    if payment is None:
        return None
    written: dict[str, Any] = {
        "due_on": payment.due_on.isoformat(),
        "pay_on": payment.pay_on.isoformat(),
        "principal": "all" if payment.principal is None else payment.principal.wire,
        "price": plain_text(payment.price),
        "interest": _money(payment.interest),
        "total": _money(payment.total),
    }
    if payment.per_1000 is not None:
        interest, total = payment.per_1000
        written["per_1000"] = {"interest": interest.wire, "total": total.wire}
    if payment.settlement:
        written["settlement"] = payment.settlement
    if payment.interest_to:
        written["interest_to"] = payment.interest_to
    if payment.parts:
        written["parts"] = [
            {
                "request_id": part.request_id,
                "principal": part.principal.wire,
                "interest": part.interest.wire,
                "total": part.total.wire,
            }
            for part in payment.parts
        ]
    return written


def name_to_json(finding: Finding) -> dict[str, str]:
    """Name who speaks in a finding: a rule, or the engine by its code."""
    named = {"rule": finding.rule} if finding.rule else {}
    return named | ({"code": finding.code.value} if finding.code else {})


def question_to_json(question: Question) -> dict[str, Any]:
    """Write a question as the contract has it; field and rule appear where there is one."""
    written: dict[str, Any] = {"code": question.code.value}
    if question.field:
        written["field"] = question.field
    if question.rule:
        written["rule"] = question.rule
    written["values"] = list(question.values)
    return written


def near_miss_to_json(near: NearMiss) -> dict[str, Any]:
    """Write a near miss as the contract has it; `short_by` appears where there is one."""
    written = {"rule": near.rule, "because": near.because, "observed": near.observed, "required": near.required}
    return written | ({"short_by": near.short_by} if near.short_by else {})


def shared(finding: Finding) -> Finding:
    """Give a finding that many decisions have in common, with its text."""
    kept_text(finding, _finding)
    return finding


def _finding(finding: Finding) -> dict[str, Any]:
    written: dict[str, Any] = {
        **name_to_json(finding),
        "outcome": finding.outcome.word,
        "because": finding.because,
        "cite": finding.cite,
    }
    if finding.missing:
        written["missing"] = list(finding.missing)
    if finding.at_most is not None:
        written["at_most"] = finding.at_most.wire
    if finding.limit:
        written["limit"] = finding.limit
    return written


def _money(money: Money | None) -> str | None:
    return None if money is None else money.wire


def _read_money(text: str | None) -> Money | None:
    return None if text is None else Money.parse(text)


def _read_finding(written: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=written.get("rule", ""),
        code=Code(written["code"]) if "code" in written else None,
        outcome=Outcome.of(written["outcome"]),
        because=written["because"],
        cite=written["cite"],
        missing=tuple(written.get("missing", ())),
        at_most=_read_money(written.get("at_most")),
        limit=written.get("limit", ""),
    )


def _read_question(written: Mapping[str, Any]) -> Question:
    return Question(
        code=Code(written["code"]),
        field=written.get("field", ""),
        rule=written.get("rule", ""),
        values=tuple(written["values"]),
    )


def _read_payment(written: Mapping[str, Any] | None) -> Payment | None:
    if written is None:
        return None
    per_1000 = written.get("per_1000")
    return Payment(
        due_on=date.fromisoformat(written["due_on"]),
        pay_on=date.fromisoformat(written["pay_on"]),
        principal=None if written["principal"] == "all" else Money.parse(written["principal"]),
        price=Decimal(written["price"]),
        interest=_read_money(written["interest"]),
        total=_read_money(written["total"]),
        per_1000=None if per_1000 is None else (Money.parse(per_1000["interest"]), Money.parse(per_1000["total"])),
        settlement=written.get("settlement", ""),
        interest_to=written.get("interest_to", ""),
        parts=tuple(
            Part(request_id=part["request_id"], **{name: Money.parse(part[name]) for name in _PART})
            for part in written.get("parts", ())
        ),
    )


_PART = ("principal", "interest", "total")
