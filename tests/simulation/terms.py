"""The figures and days of the programme, read from its rule files; money is in whole cents."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

PROGRAMME = "ally/term-notes-a"
RULES = Path(__file__).parents[2] / "rules"
EDITION = RULES / PROGRAMME / "2015-08-10"
SUPPLEMENT = RULES / PROGRAMME / "supplements" / "123.yaml"
OPTION = (EDITION / "survivors-option.yaml", RULES / "standard" / "survivors-option.yaml")


def cents(money: str) -> int:
    """Read money as it stands in an event or a rule: `25000.00`, `$250,000`."""
    dollars, _, rest = money.replace("$", "").replace(",", "").partition(".")
    return int(dollars) * 100 + int((rest + "00")[:2])


def written(money: int) -> str:
    """Write cents as events and decisions do."""
    sign = "-" if money < 0 else ""
    return f"{sign}{abs(money) // 100}.{abs(money) % 100:02d}"


@dataclass(frozen=True)
class Terms:
    """What the rules on the survivor's option set in figures."""

    holding_months: int
    filing_months: int
    multiple: int
    least_left: int
    individual_limit: int
    annual_amount: int
    annual_percentage: Fraction
    days_after_acceptance: int

    def in_multiples(self, money: int) -> int:
        """Round down to what may be repaid."""
        return max(0, money) // self.multiple * self.multiple


@dataclass(frozen=True)
class Note:
    """One note: its days, and what it pays."""

    cusip: str
    issued_on: date
    first_interest_on: date
    matures_on: date
    first_call_on: date
    days_of_notice: int
    coupon: Fraction

    def pays_interest_on(self, day: date) -> bool:
        """Whether interest is scheduled for the day."""
        return day.day == self.first_interest_on.day and self.first_interest_on <= day <= self.matures_on

    def may_be_called_for(self, day: date) -> bool:
        """Whether the note may be redeemed on the day; maturity is no call date."""
        return self.pays_interest_on(day) and self.first_call_on <= day < self.matures_on

    def first_interest_from(self, day: date) -> date:
        """Find the first interest date on the day or after it, or the maturity date where that comes first."""
        if day >= self.matures_on:
            return self.matures_on
        found = max(day, self.first_interest_on)
        while not self.pays_interest_on(found):
            found += timedelta(days=1)
        return found

    def interest(self, principal: int, due_on: date) -> int:
        """Work out 30/360 interest for the period that ends with the day, rounded half up to the cent."""
        days = 30
        if due_on == self.first_interest_on:
            start = self.issued_on
            days = 360 * (due_on.year - start.year) + 30 * (due_on.month - start.month) + due_on.day - start.day
        exact = principal * self.coupon * days / 36_000
        return int(exact + Fraction(1, 2))


def months_later(day: date, months: int) -> date:
    """Find the corresponding day of a later month, or the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _term(name: str) -> str:
    """Find a figure: the programme's own where it gives one, else that of the standard wording."""
    for file in (*OPTION, EDITION / "prospectus.yaml"):
        found = re.search(rf"^    {re.escape(name)}: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return found[1]
    raise AssertionError(name)


@cache
def terms() -> Terms:
    """Read the terms of the programme's survivor's option."""
    text = OPTION[1].read_text(encoding="utf-8")
    days = re.search(r"^  days after acceptance: (\d+)$", text, re.MULTILINE)
    assert days
    return Terms(
        holding_months=int(_term("holding period").split()[0]),
        filing_months=int(_term("filing period").split()[0]),
        multiple=cents(_term("multiple")),
        least_left=cents(_term("least principal left")),
        individual_limit=cents(_term("individual limit")),
        annual_amount=cents(_term("annual limit amount")),
        annual_percentage=Fraction(_term("annual limit percentage").split()[0]),
        days_after_acceptance=int(days[1]),
    )


@cache
def notes() -> Mapping[str, Note]:
    """Read the two notes of the supplement."""
    text = SUPPLEMENT.read_text(encoding="utf-8")
    issued = re.search(r"^issue date: (\S+)$", text, re.MULTILINE)
    assert issued
    found = {}
    top, *rows = text.split("  - cusip: ")
    for row in rows:
        line = dict(re.findall(r"^ *([a-z ]+): (.+)$", f"{top}{row}", re.MULTILINE))
        cusip = row.split("\n", 1)[0].strip()
        found[cusip] = Note(
            cusip=cusip,
            issued_on=date.fromisoformat(issued[1]),
            first_interest_on=date.fromisoformat(line["first coupon date"]),
            matures_on=date.fromisoformat(line["maturity"]),
            first_call_on=date.fromisoformat(line["first date"]),
            days_of_notice=int(line["minimum"].split()[0]),
            coupon=Fraction(line["coupon"].split()[0]),
        )
    return found
