"""Notes whose interest steps, floats, is none but a discount, or accrues from before they were issued."""

from __future__ import annotations

import shutil
from pathlib import Path

from rules_engine.host import Host
from tests.acme import ACME, AcmePlugin, found, host_on, loaded, replaced, rule_file, rules_with_acme

STEPPING, FLOATING, DISCOUNT, ZERO, REOPENED = "00499AAC9", "00499AAD7", "00499AAE5", "00499AAF2", "00499AAG0"
SUPPLEMENT = f"""\
supplement: Pricing Supplement No. 2
source: Made up, but for the steps of 44181EVJ4 and the first coupon of 74348YMA6
issue date: 2017-03-30
denominations:
  minimum: $1,000
  increment: $1,000
notes:
  - cusip: {STEPPING}
    type: step-up
    coupon: 4.250 %
    coupon steps:
      - from: 2018-07-15
        coupon: 4.85 %
    frequency: monthly
    first coupon date: 2017-04-15
    last regular date: 2020-07-15
    maturity: 2020-07-15
    survivors option: yes
    redemption:
      printed: Callable at 100% on 7/15/2018 and every coupon date thereafter with 30 Calendar Days Notice.
      style: Bermudan
      first date: 2018-07-15
      on: coupon date
      price: 100 %
      notice:
        minimum: 30 days
    payment days:
      record date: 15 days before
  - cusip: {FLOATING}
    type: fixed to floating
    coupon: 3 %
    floating:
      from: 2018-03-30
      index: Three-month rate
      spread: 1.25 %
      cap: 5 %
      floor: 1 %
    frequency: quarterly
    first coupon date: 2017-06-30
    last regular date: 2019-03-30
    interest day: 30
    maturity: 2019-03-30
    survivors option: yes
    redemption:
      printed: Callable at 100% on 9/30/2018 and every coupon date thereafter with 30 Calendar Days Notice.
      style: Bermudan
      first date: 2018-09-30
      on: coupon date
      price: 100 %
      notice:
        minimum: 30 days
    payment days:
      floating interest convention: modified following
      floating accrual: adjusted
      floating day count: actual/360
      accrual at maturity: unadjusted
      record date: 1 business day before
  - cusip: {DISCOUNT}
    type: original issue discount
    coupon: 6 %
    issue price: 93.057851239669 %
    frequency: semi-annual
    first coupon date: 2017-09-30
    last regular date: 2019-03-30
    interest day: 30
    maturity: 2019-03-30
    survivors option: yes
    redemption:
      printed: Callable at 100% on 3/30/2018 and every coupon date thereafter with 30 Calendar Days Notice.
      style: Bermudan
      first date: 2018-03-30
      on: coupon date
      price: 100 %
      notice:
        minimum: 30 days
    payment days:
      amortised face compounds: annual
  - cusip: {ZERO}
    type: zero coupon
    issue price: 25 %
    maturity: 2019-03-30
    survivors option: yes
    redemption:
      printed: Callable at its amortised face on 3/30/2018 only, with 30 Calendar Days Notice.
      style: European
      first date: 2018-03-30
      on: once
      price: 100 %
      notice:
        minimum: 30 days
    payment days:
      amortised face compounds: annual
      record date: 15 days before
  - cusip: {REOPENED}
    type: fixed
    coupon: 4.750 %
    frequency: semi-annual
    interest accrues from: 2017-02-19
    first coupon date: 2017-08-15
    last regular date: 2022-08-15
    maturity: 2022-08-15
    first coupon amount: $23.22
    survivors option: yes
    payment days:
      calendar: ACME
      record date: 1 February and 1 August
"""

CLOSED_IN_AUGUST = """\
calendar: ACME
based on: USNY
closures:
  - date: 2017-08-15
    because: The prospectus closes on Assumption Day.
"""


def host_of_coupons(folder: Path, supplement: str = SUPPLEMENT, *, payment: str = "") -> Host:
    """Open a host on a copied book to which these notes are added, and a line of `payment` terms of their option."""
    root = rules_with_acme(folder)
    replaced(rule_file(root), "\npayment:\n", f"\npayment:\n{payment}")
    shutil.rmtree(root / "ally")
    (root / ACME / "supplements" / "2.yaml").write_text(supplement)
    (root / "calendars" / "acme.yaml").write_text(CLOSED_IN_AUGUST)
    host = host_on(root, loaded(found("acme", AcmePlugin)))
    assert [str(problem) for problem in host.book.problems] == []
    return host
