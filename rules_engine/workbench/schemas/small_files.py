"""The schemas of supplements, calendars, issuers, words and policies."""

from __future__ import annotations

from rules_engine.model.note_words import CallAmount, CallDay, CallStyle, Frequency, PartChosen
from rules_engine.model.values import Kind
from rules_engine.rulebook import calendars, note_rows, supplements
from rules_engine.rulebook.calls import CALL_KEYS, EVENTS, NOT_READ
from rules_engine.rulebook.issuer_files import LISTED
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.workbench.schemas.shapes import (
    SCALAR,
    TEXTS,
    YES_NO,
    Schema,
    document,
    keys,
    mapping,
    value_of,
    words_of,
)

_DATE, _MONEY, _PERCENT = value_of(Kind.DATE), value_of(Kind.MONEY), value_of(Kind.PERCENT)
_NOTICE = mapping(keys(("minimum", "maximum")))


def supplement_schema() -> Schema:
    """Make the schema of pricing supplements."""
    shared = {
        **keys(note_rows.SHARED, kind=words_of(note_rows.KINDS), frequency=words_of(Frequency)),
        "survivors option": YES_NO,
        "denominations": mapping({"minimum": _MONEY, "increment": _MONEY}, required=("minimum", "increment")),
        "redemption": _redemption(),
        "event calls": {"type": "array", "items": _event_call()},
        **dict.fromkeys(("issue date", "trade date", "maturity", "first coupon date", "last regular date"), _DATE),
        **dict.fromkeys(("coupon", "issue price", "gross concession"), _PERCENT),
        "first coupon amount": _MONEY,
    }
    row = mapping({**keys(note_rows.ROW), **shared, "quote": TEXTS, "inferred": TEXTS}, required=("cusip",))
    top = {**keys(supplements.TOP), **shared, "quote": TEXTS, "inferred": TEXTS}
    top |= {"notes": {"type": "array", "items": row}, "dated": _DATE, "prospectus dated": _DATE}
    return document("Pricing supplement", mapping(top, required=("source",)))


def _redemption() -> Schema:
    given = keys(
        CALL_KEYS,
        style=words_of(CallStyle),
        on=words_of(CallDay),
        amount=words_of(CallAmount),
        part_chosen=words_of(PartChosen),
        price=_PERCENT,
        notice=_NOTICE,
        first_date=_DATE,
    )
    call = mapping(given, required=("printed", "first date", "on", "price"))
    return {"if": {"type": "object"}, "then": call, "else": {"enum": [NOT_READ]}}


def _event_call() -> Schema:
    given = {"kind": words_of(EVENTS), "price": _PERCENT, "within": value_of(Kind.DAYS), "notice": _NOTICE}
    return mapping(given, required=("kind", "price"))


def calendar_schema() -> Schema:
    """Make the schema of calendars."""
    closure = mapping({"date": _DATE, "because": SCALAR, "cite": SCALAR}, required=("date", "because"))
    known = keys((*calendars.KEYS, calendars.BASED_ON, calendars.JOINT_OF), years_covered=_years())
    given = {**known, "closures": {"type": "array", "items": closure}}
    return document("Calendar", mapping(given, required=("calendar",)))


def _years() -> Schema:
    return {"type": "string", "pattern": r"^\d{4} to \d{4}$"}


def issuer_schema() -> Schema:
    """Make the schema of the file that says who an issuer is."""
    code = "^[a-z0-9]+(-[a-z0-9]+)*$"
    programmes = {"type": "object", "propertyNames": {"pattern": code}, "additionalProperties": SCALAR}
    given = {"issuer": SCALAR, "programmes": programmes, "notes": SCALAR}
    return document("Issuer", mapping(given, required=("issuer", "programmes")))


def words_schema() -> Schema:
    """Make the schema of the words that an issuer adds to lists."""
    added = {"type": "object", "additionalProperties": SCALAR}
    return document("Words of an issuer", mapping(dict.fromkeys(LISTED, added)))


def policies_schema(vocabulary: Vocabulary) -> Schema:
    """Make the schema of policies."""
    line = {"type": "string", "pattern": "^never (accept|pend|reject|refer)( without .+)?$"}
    whole = mapping({"policy": line, "when": {"type": "object"}, "because": SCALAR}, required=("policy",))
    given = {
        "clause": words_of(vocabulary.clauses),
        "policies": {"type": "array", "items": {"if": {"type": "object"}, "then": whole, "else": line}},
        "notes": SCALAR,
    }
    return document("Policies", mapping(given, required=("clause", "policies")))
