"""What answers look like, for the API's description (OpenAPI 3.1): one schema for each thing, put together by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules_engine.desk.days_ahead import DayKind
from rules_engine.desk.input_form import events_schema
from rules_engine.desk.letter_content import LetterKind
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Outcome
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.limits import Covers, Limit
from rules_engine.service.callers import Role
from rules_engine.service.jobs import JobState
from rules_engine.service.problems import MEDIA_TYPE as PROBLEM
from rules_engine.service.problems import TITLES
from rules_engine.standing.requests import RequestState

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "integer"}
YES_NO: Shape = {"type": "boolean"}
DAY: Shape = {"type": "string", "format": "date"}
MONEY: Shape = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}
FIGURE: Shape = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
ANYTHING: Shape = {}


def list_of(shape: Shape) -> Shape:
    """Describe a list."""
    return {"type": "array", "items": shape}


def maybe(shape: Shape) -> Shape:
    """Describe something that may be null."""
    return {"anyOf": [shape, {"type": "null"}]}


def one_of(words: Any) -> Shape:
    """Describe a text that is one of some words."""
    return {"type": "string", "enum": [getattr(word, "value", word) for word in words]}


def named(name: str) -> Shape:
    """Refer to a thing by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(
    properties: Mapping[str, Shape], *, optional: Mapping[str, Shape] | None = None, open_: bool = False
) -> Shape:
    """Describe an object: what it always has, and what it may have."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        **({} if open_ else {"additionalProperties": False}),
    }


def page_of(shape: Shape, cursor: Shape) -> Shape:
    """Describe a page of a list."""
    return thing({"items": list_of(shape), "next": cursor, "is_last": YES_NO, "made_by": named("MadeBy")})


def listed(shape: Shape) -> Shape:
    """Describe a whole list, with what made it."""
    return thing({"items": list_of(shape), "made_by": named("MadeBy")})


_DEADLINE = thing({"on": DAY, "what": TEXT, "papers": YES_NO})
_REPAYMENT = thing(
    {
        "due_on": DAY,
        "pay_on": maybe(DAY),
        "principal": MONEY,
        "paid": MONEY,
        "open": MONEY,
        "is_overdue": YES_NO,
    }
)
_QUESTION = thing({"code": one_of(Code), "values": list_of(TEXT)}, optional={"field": TEXT, "rule": TEXT})
_FINDING = thing(
    {"outcome": one_of(outcome.word for outcome in Outcome), "because": TEXT, "cite": TEXT},
    optional={
        "rule": TEXT,
        "code": one_of(Code),
        "missing": list_of(TEXT),
        "at_most": MONEY,
        "limit": TEXT,
    },
)
_PART = thing({"request_id": TEXT, "principal": MONEY, "interest": MONEY, "total": MONEY})
_PAYMENT = thing(
    {
        "due_on": DAY,
        "pay_on": DAY,
        "principal": {"anyOf": [MONEY, {"const": "all"}]},
        "price": FIGURE,
        "interest": maybe(MONEY),
        "total": maybe(MONEY),
    },
    optional={
        "per_1000": thing({"interest": MONEY, "total": MONEY}),
        "settlement": TEXT,
        "interest_to": TEXT,
        "parts": list_of(_PART),
    },
)
_DIGEST = thing({"digest": TEXT})

_DECISION = thing(
    {
        "decision_id": TEXT,
        "event_id": TEXT,
        "type": TEXT,
        "programme": TEXT,
        "outcome": one_of(outcome.word for outcome in Outcome),
        **{
            name: maybe(MONEY)
            for name in ("requested", "accepted", "carried_over", "pended", "not_accepted", "taken_back")
        },
        "counts_from": maybe(DAY),
        "anew": YES_NO,
        "findings": list_of(_FINDING),
        "questions": list_of(_QUESTION),
        "near_misses": list_of(
            thing({"rule": TEXT, "because": TEXT, "observed": TEXT, "required": TEXT}, optional={"short_by": TEXT})
        ),
        "payment": maybe(_PAYMENT),
        "provisional": YES_NO,
        "drafts": list_of(TEXT),
        "rules": thing({"edition": TEXT, "digest": TEXT}),
        "payment_days": _DIGEST,
        "note": _DIGEST,
        "calendar": thing({"code": TEXT, "digest": TEXT}),
        "standing_at": NUMBER,
        "facts": {"type": "object"},
        "made_by": thing(
            {"engine": TEXT, "plugins": {"type": "object", "additionalProperties": TEXT}, "book": TEXT},
            optional={"book_before": TEXT},
        ),
        "receipt": TEXT,
    },
    optional={"cusip": TEXT, "series": TEXT, "request_id": TEXT, "notice_id": TEXT},
)

_RULE_TEST = thing({"fact": TEXT, "observed": TEXT, "required": TEXT, "holds": maybe(YES_NO)})
_PROBLEM_IN_FILE = thing({"file": TEXT, "line": NUMBER, "column": NUMBER, "message": TEXT, "help": TEXT})
_RULE_SET = thing(
    {
        "edition": TEXT,
        "clause": TEXT,
        "rule_set": TEXT,
        "programme": TEXT,
        "status": one_of(("draft", "approved")),
        "approved_by": TEXT,
        "source": TEXT,
        "issued_from": maybe(DAY),
        "issued_until": maybe(DAY),
        "digest": TEXT,
        "file": TEXT,
    }
)

SCHEMAS: Mapping[str, Shape] = {
    "Problem": thing(
        {"type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT},
        optional={"errors": list_of(thing({"field": TEXT, "message": TEXT}))},
        open_=True,
    ),
    "MadeBy": thing({"engine": TEXT, "book": TEXT}),
    "RestsOn": thing(
        {
            "engine": TEXT,
            "book": TEXT,
            "edition": TEXT,
            "rules_digest": TEXT,
            "payment_days_digest": TEXT,
            "note_digest": TEXT,
        }
    ),
    "Event": events_schema(),
    "RecordedEvent": {"type": "object"},
    "Decision": _DECISION,
    "Answer": thing({"is_new": YES_NO, "decision": named("Decision"), "again": list_of(named("Decision"))}),
    "BatchLine": thing(
        {"line": NUMBER, "status": NUMBER},
        optional={
            "event_id": TEXT,
            "decision": named("Decision"),
            "again": list_of(named("Decision")),
            "problem": named("Problem"),
        },
    ),
    "RecordedDecision": thing(
        {
            "number": NUMBER,
            "programme": TEXT,
            "position": NUMBER,
            "part": NUMBER,
            "book_changed": YES_NO,
            "event": named("RecordedEvent"),
            "decision": named("Decision"),
            "digest": TEXT,
        }
    ),
    "Explanation": thing(
        {
            "event": named("RecordedEvent"),
            "decision": named("Decision"),
            "rule_set": TEXT,
            "rules": list_of(
                thing(
                    {
                        "rule": TEXT,
                        "outcome": TEXT,
                        "state": one_of(("matched", "cannot be told", "did not apply")),
                        "because": TEXT,
                        "cite": TEXT,
                        "tests": list_of(_RULE_TEST),
                        "missing": list_of(TEXT),
                    }
                )
            ),
            "payment": list_of(TEXT),
            "again": list_of(named("Decision")),
            "recorded": maybe(named("Decision")),
        }
    ),
    "Request": thing(
        {
            "programme": TEXT,
            "request_id": TEXT,
            "cusip": TEXT,
            "owner_ref": TEXT,
            "account_ref": TEXT,
            "state": one_of(RequestState),
            "is_open": YES_NO,
            "received_on": DAY,
            "counts_from": DAY,
            "days_old": NUMBER,
            **dict.fromkeys(("requested", "accepted", "paid", "unpaid", "waiting", "carried_over"), MONEY),
            "missing": list_of(TEXT),
            "why": list_of(TEXT),
            "questions": list_of(_QUESTION),
            "to_decide": list_of(TEXT),
            "repayments": list_of(_REPAYMENT),
            "is_overdue": YES_NO,
            "deadline": maybe(_DEADLINE),
        }
    ),
    "RecordedAnswer": thing(
        {
            "programme": TEXT,
            "position": NUMBER,
            "part": NUMBER,
            "event": named("RecordedEvent"),
            "decision": named("Decision"),
        }
    ),
    "Letter": thing(
        {
            "kind": one_of(LetterKind),
            "on": DAY,
            "issuer": TEXT,
            "programme": TEXT,
            "programme_name": TEXT,
            "cusip": TEXT,
            "note": TEXT,
            "request_id": TEXT,
            "received_on": DAY,
            **dict.fromkeys(("requested", "accepted", "paid", "carried_over", "not_accepted"), MONEY),
            "decided_again_on": maybe(DAY),
            "reasons": list_of(thing({"because": TEXT, "cite": TEXT})),
            "repayments": list_of(_REPAYMENT),
            "interest": maybe(MONEY),
            "missing": list_of(TEXT),
            "send_by": maybe(DAY),
            "settlement": TEXT,
            "edition": TEXT,
            "receipt": TEXT,
            "drafts": list_of(TEXT),
            "provisional": YES_NO,
            "text": TEXT,
            "html": TEXT,
        }
    ),
    "Note": thing(
        {
            "cusip": TEXT,
            "programme": TEXT,
            "title": TEXT,
            "series": TEXT,
            "kind": TEXT,
            "coupon": FIGURE,
            "frequency": TEXT,
            "issue_date": DAY,
            "maturity": DAY,
            "survivors_option": YES_NO,
            "state": one_of(("stands", "called", "redeemed", "matured", "accelerated")),
            "ends_on": DAY,
            "next_interest_on": maybe(DAY),
            "next_pay_on": maybe(DAY),
            "callable_from": maybe(DAY),
            "open_requests": NUMBER,
            "rules": TEXT,
            "provisional": YES_NO,
            "fault": TEXT,
        }
    ),
    "Schedule": thing(
        {
            "cusip": TEXT,
            "coupons": list_of(
                thing(
                    {
                        "n": NUMBER,
                        "accrual_start": DAY,
                        "due_on": DAY,
                        "pay_on": DAY,
                        "interest": maybe(MONEY),
                        "accrual_end": DAY,
                        "days": NUMBER,
                        "rate": maybe(FIGURE),
                        "record_on": maybe(DAY),
                    }
                )
            ),
            "redemptions": list_of(
                thing({"redeem_on": DAY, "pay_on": DAY, "price": maybe(FIGURE), "last_notice_on": maybe(DAY)})
            ),
            "maturity": thing({"due_on": DAY, "pay_on": DAY}),
            "redemption_known": YES_NO,
            "provisional": YES_NO,
            "drafts": list_of(TEXT),
            "made_by": named("RestsOn"),
        }
    ),
    "Programme": thing(
        {
            "programme": TEXT,
            "issuer": TEXT,
            "name": TEXT,
            "notes": NUMBER,
            "entries": NUMBER,
            "head": TEXT,
            "digest": TEXT,
            "rule_sets": list_of(named("RuleSet")),
            "faults": list_of(named("FileProblem")),
        }
    ),
    "FileProblem": _PROBLEM_IN_FILE,
    "RuleSet": _RULE_SET,
    "RuleSetText": thing({"digest": TEXT, "in_force": YES_NO, "text": TEXT, "shown": maybe({"type": "object"})}),
    "Cash": thing(
        {
            "pay_on": DAY,
            "due_on": DAY,
            "kind": one_of(PaymentKind),
            "programme": TEXT,
            "cusip": TEXT,
            "request_id": TEXT,
            "owner_ref": TEXT,
            "account_ref": TEXT,
            "principal": maybe(MONEY),
            "interest": maybe(MONEY),
            "total": maybe(MONEY),
            "per_1000": YES_NO,
            "to": TEXT,
            "settlement": TEXT,
            "is_overdue": YES_NO,
            "stopped": YES_NO,
            "provisional": YES_NO,
            "waits_for": TEXT,
        }
    ),
    "MayBeDue": thing(
        {
            "year": NUMBER,
            "programme": TEXT,
            "cusip": TEXT,
            "request_id": TEXT,
            "owner_ref": TEXT,
            "waiting": MONEY,
            "accepted": MONEY,
            "due_on": maybe(DAY),
            "pay_on": maybe(DAY),
            "interest": maybe(MONEY),
            "waits_for": TEXT,
        }
    ),
    "LimitRoom": thing(
        {
            "programme": TEXT,
            "limit": one_of(Limit),
            "covers": one_of(Covers),
            "name": TEXT,
            "year": NUMBER,
            "binds": one_of(("always", "elected", "not elected", "not yet said")),
            "amount": maybe(MONEY),
            "percentage": maybe(FIGURE),
            "base_day": maybe(DAY),
            "base": maybe(MONEY),
            **dict.fromkeys(("allowed", "used", "kept", "reserved", "left"), MONEY),
            "waiting": list_of(
                thing({"request_id": TEXT, "cusip": TEXT, "tendered_on": DAY, "waiting": MONEY, "fits": MONEY})
            ),
            "missing": list_of(TEXT),
            "notes": NUMBER,
        }
    ),
    "DayAhead": thing(
        {
            "on": DAY,
            "kind": one_of(DayKind),
            "what": TEXT,
            "programme": TEXT,
            "cusip": TEXT,
            "request_id": TEXT,
            "is_overdue": YES_NO,
        }
    ),
    "Draft": thing({"draft_id": TEXT, "title": TEXT, "by": TEXT, "issuers": list_of(TEXT)}),
    "DraftFile": thing({"path": TEXT, "bytes": NUMBER, "digest": TEXT}),
    "Job": thing(
        {
            "job_id": TEXT,
            "kind": TEXT,
            "about": TEXT,
            "by": TEXT,
            "state": one_of(JobState),
            "told": list_of(TEXT),
            "found_faults": YES_NO,
            "result": ANYTHING,
            "fault": TEXT,
        }
    ),
    "Webhook": thing(
        {
            "webhook_id": TEXT,
            "url": TEXT,
            "programme": maybe(TEXT),
            "outcomes": list_of(TEXT),
            "active": YES_NO,
            "by": TEXT,
        },
        optional={"secret": TEXT, "served_to": NUMBER},
    ),
    "Delivery": thing(
        {
            "number": NUMBER,
            "attempt": NUMBER,
            "at": {"type": "number"},
            "result": one_of(("delivered", "failed", "given up")),
            "status": maybe(NUMBER),
            "detail": TEXT,
        }
    ),
    "Receipt": thing({"receipt": TEXT, "adds_up": YES_NO, "on_ledger": YES_NO}),
    "Caller": thing({"name": TEXT, "roles": list_of(one_of(Role))}),
    "Health": thing({"status": one_of(("ready", "not ready")), "checks": {"type": "object"}}),
}
"""Every thing that the API answers with, by its name."""

CLOUD_EVENTS: Shape = {"type": "string", "description": "server-sent events, each a CloudEvent (structured mode)"}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that a call may be answered by."""
    return {
        status: {"description": TITLES[status], "content": {PROBLEM: {"schema": named("Problem")}}}
        for status in statuses
    }


def answers(
    shape: Shape | None, *refusals: int, status: int = 200, also: Mapping[str, Shape] | None = None, said: str = "done"
) -> dict[int | str, dict[str, Any]]:
    """Describe what a call is answered by: a thing as JSON, other forms of it, and problems."""
    content = {} if shape is None else {"application/json": {"schema": shape}}
    content |= {media_type: {"schema": other} for media_type, other in (also or {}).items()}
    described: dict[str, Any] = {"description": said}
    if content:
        described["content"] = content
    return {status: described, **problems(*dict.fromkeys((401, 403, 503, *refusals)))}
