"""What is said of a coupon that changes: the steps it takes, and the index it follows later."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from rules_engine.model.exact import hundredths
from rules_engine.model.notes import CouponStep, Floating
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.values import DATE, PERCENT, read_date, read_percent, said


@dataclass(slots=True)
class CouponNotes:
    """The first rate, the steps after it and the index, as far as they are said; `words` are those they come from."""

    initial: Decimal | None = None
    steps: tuple[CouponStep, ...] = ()
    floating: Floating | None = None
    words: str = ""
    doubts: list[str] = field(default_factory=list)


_ON = r"(?:on|from(?:\s+and\s+including)?|beginning(?:\s+on)?|starting(?:\s+on)?|effective)"
_STEPS = re.compile(
    rf"(?:\*+[^*\n]{{0,60}}\*+\s*)?(?:(?:the\s+)?initial\s+coupon(?:\s+rate)?\s*(?:is|of|:)?\s*(?P<first>{PERCENT})\s*,?\s*)?"
    rf"(?:(?:and|then|the\s+coupon)\s+)?(?:steps?|will\s+step|increases?|stepping)\s*(?:up\s+)?to\s+"
    rf"(?P<steps>{PERCENT}\s+{_ON}\s+{DATE}(?:\s*,?\s*(?:(?:and|then|to)\s+)*{PERCENT}\s+{_ON}\s+{DATE})*)"
    r"(?:\s+and\s+thereafter)?(?:\s*,?\s*unless\s+(?:previously\s+)?called)?",
    re.IGNORECASE,
)
_STEP = re.compile(rf"(?P<rate>{PERCENT})\s+{_ON}\s+(?P<date>{DATE})", re.IGNORECASE)
_PERIOD = re.compile(
    rf"(?P<rate>{PERCENT})(?:\s+per\s+annum)?\s*,?\s*from\s+and\s+including\s+"
    rf"(?:the\s+)?(?:(?P<issue>(?:original\s+)?(?:issue|settlement)\s+date)|(?P<date>{DATE}))\s*,?\s*"
    rf"to\s*,?\s*but\s+excluding\s*,?\s*(?:the\s+)?(?:(?:stated\s+)?maturity\s+date|{DATE})\s*;?\s*(?:and\s+)?",
    re.IGNORECASE,
)
_INDEX = (
    r"(?P<index>(?:\d{1,2}\s*-?\s*(?:month|day|year)\s+)?(?:us\s+|u\.s\.\s+)?(?:(?:treasury|T)\s*-?\s*bills?(?:\s+rate)?"
    r"|compounded\s+SOFR|term\s+SOFR|SOFR|LIBOR|CPI(?:-U)?|prime(?:\s+rate)?|CMT(?:\s+rate)?|federal\s+funds(?:\s+rate)?))"
)
_FLOATING = re.compile(
    rf"(?:(?:the\s+notes?\s+(?:will\s+)?)?float(?:s|ing)?(?:\s+rate)?\s*)?(?:{_ON}\s+(?P<date>{DATE})\s*,?\s*(?:at\s+)?)?"
    rf"(?:at\s+|:\s*)?{_INDEX}\s*(?:plus|\+)\s*(?:a\s+spread\s+of\s+)?"
    rf"(?:(?P<points>\d{{1,4}}(?:\.\d{{1,3}})?)\s*(?:basis\s+points|bps?)|(?P<spread>{PERCENT}))"
    rf"(?:\s*,?\s*(?:with\s+)?(?:a\s+)?(?:cap(?:ped)?|maximum(?:\s+interest)?(?:\s+rate)?)\s*(?:of|at|:)?\s*(?P<cap>{PERCENT}))?"
    rf"(?:\s*,?\s*(?:and\s+)?(?:with\s+)?(?:a\s+)?(?:floor(?:ed)?|minimum(?:\s+interest)?(?:\s+rate)?)\s*(?:of|at|:)?\s*(?P<floor>{PERCENT}))?",
    re.IGNORECASE,
)


def take_coupon_notes(clipping: Clipping) -> CouponNotes:
    """Clip what is said of a changing coupon out of a text."""
    notes = CouponNotes()
    if found := clipping.take(_STEPS):
        notes.initial = read_percent(found["first"]) if found["first"] else None
        notes.words = said(found[0])
        steps = [(read_date(step["date"]), read_percent(step["rate"])) for step in _STEP.finditer(found["steps"])]
        _keep_steps(notes, steps)
    periods = []
    while found := clipping.take(_PERIOD):
        periods.append(found)
    if len(periods) > 1:
        first, *later = periods
        notes.words = said(" ".join(each[0] for each in periods))
        notes.initial = read_percent(first["rate"])
        _keep_steps(notes, [(read_date(each["date"] or ""), read_percent(each["rate"])) for each in later])
    if found := clipping.take(_FLOATING):
        notes.words = said(found[0])
        _keep_floating(notes, found)
    return notes


def _keep_steps(notes: CouponNotes, steps: list[tuple[date | None, Decimal]]) -> None:
    dated = [CouponStep(from_on=on, coupon=rate) for on, rate in steps if on]
    in_order = all(earlier.from_on < later.from_on for earlier, later in pairwise(dated))
    if len(dated) == len(steps) and in_order:
        notes.steps = tuple(dated)
    else:
        notes.doubts.append(f'the coupon\'s steps are not understood: "{notes.words}"')


def _keep_floating(notes: CouponNotes, found: re.Match[str]) -> None:
    from_on = read_date(found["date"]) if found["date"] else None
    if from_on is None:
        notes.doubts.append(f'it is not said from which day the coupon floats: "{notes.words}"')
        return
    notes.floating = Floating(
        from_on=from_on,
        index=" ".join(found["index"].split()),
        spread=hundredths(Decimal(found["points"])) if found["points"] else read_percent(found["spread"]),
        cap=read_percent(found["cap"]) if found["cap"] else None,
        floor=read_percent(found["floor"]) if found["floor"] else None,
    )
