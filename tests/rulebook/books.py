"""Small rule books for tests, written to a folder of their own."""

from __future__ import annotations

from pathlib import Path

PROGRAMME = "acme/notes-a"
EDITION = f"{PROGRAMME}/2015-08-10"

WITHDRAWAL = """\
rule set: Withdrawal, Acme Notes
status: draft
clause: withdrawal
source: Prospectus dated August 10, 2015
notes issued from: 2015-08-10
rules:
  - rule: not withdrawn
    then: reject
    because: A request cannot be taken back.
    cite: Survivor's Option, para. 5
  - rule: settled
    when:
      state of the request: one of paid, redeemed
    then: refer
    because: The request is {state of the request}.
    cite: Survivor's Option, para. 6
"""

REDEMPTION = """\
rule set: Redemption, Acme Notes
status: draft
clause: redemption
source: Prospectus dated August 10, 2015
notes issued from: 2015-08-10
rules:
  - rule: called
    then: accept
    because: The note is called.
    cite: Redemption
"""

SUPPLEMENT = """\
supplement: Pricing Supplement No. 1
source: Form 424B2
issue date: 2016-12-01
denominations:
  minimum: $1,000
  increment: $1,000
notes:
  - cusip: 02006DLF6
    coupon: 3.500 %
    type: fixed
    frequency: monthly
    maturity: 2019-12-15
    first coupon date: 2017-01-15
    last regular date: 2019-12-15
    survivors option: yes
"""


def write_book(root: Path, files: dict[str, str]) -> Path:
    """Write files, by their path in the book, and give the book's folder."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root
