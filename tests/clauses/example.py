"""A fictitious issuer beside those that ship: notes with every kind of call, and the events that concern them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from rules_engine.clauses import CLAUSES
from rules_engine.hookspecs import hookimpl
from rules_engine.host import Host, shipped_rules
from rules_engine.model.decisions import Decision
from rules_engine.model.events import CallNoticed, CallRescinded, LotteryDrawn, OutstandingReported
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.model.money import Money
from rules_engine.plugging import Found, load_plugins
from rules_engine.workbench.verifying import Verification, proved, verify
from tests.acme import spell_out

ALLY, EXAMPLE, EDITION = "ally/term-notes-a", "example/notes", "2015-08-10"
NOTE = "30199AAA3"

REDEMPTION = """\
rule set: Redemption, Example Notes
status: draft
clause: redemption
based on: standard/redemption-of-any-kind
source: Prospectus of a fictitious issuer
notes issued from: 2015-08-10
terms:
  multiple:
    value: $1,000
    cite: Denominations
"""
PARTIAL_REDEMPTION = """\
rule set: Redemption in part, Example Notes
status: draft
clause: partial redemption
based on: standard/partial-redemption-of-any-kind
source: Prospectus of a fictitious issuer
notes issued from: 2015-08-10
terms:
  multiple:
    value: $1,000
    cite: Denominations
  largest position not parted:
    value: $1,000
    cite: Redemption
"""
SUPPLEMENT = """\
supplement: Pricing Supplement No. 1
source: A fictitious issuer
issue date: 2017-06-15
denominations:
  minimum: $1,000
  increment: $1,000
notes:
  - cusip: 30199AAA3
    coupon: 4 %
    type: fixed
    frequency: semi-annual
    maturity: 2027-06-15
    first coupon date: 2017-12-15
    last regular date: 2027-06-15
    survivors option: yes
"""
ANY_DAY = """\
    redemption:
      printed: Callable at any time from 2020-06-15.
      style: American
      first date: 2020-06-15
      on: any day
"""
"""A call on any day, whose price and notice a test adds."""


class ExamplePlugin:
    """The plugin of the fictitious issuer."""

    @hookimpl
    def issuers(self) -> Sequence[Issuer]:
        programmes = (Programme(code=EXAMPLE, name="Example Notes"),)
        return (Issuer(code="example", name="Example Corp.", programmes=programmes),)


def write_example(to: Path, redemption: str, *, terms: str = "", unconditional: str = "no") -> Path:
    """Copy what is standard of the rule book that ships, and add the fictitious issuer, its note and redemption.

    `terms` are added to the rule set on redemption; `unconditional` says whether any notice may be taken back.
    """
    root, shipped = to / "rules", shipped_rules()
    edition = root / EXAMPLE / EDITION
    for folder in ("standard", "calendars"):
        shutil.copytree(shipped / folder, root / folder)
    shutil.copytree(shipped / ALLY / EDITION, edition)
    spell_out(edition)
    without = [f"  - {name}\n" for name in ("minimum notice", "notice counted in") if name not in terms]
    left_out = "leaves out terms:\n" + "".join(without) if without else ""
    (edition / "redemption.yaml").write_text(REDEMPTION + terms + left_out)
    (edition / "partial-redemption.yaml").write_text(PARTIAL_REDEMPTION)
    rescission = (edition / "rescission.yaml").read_text()
    assert "value: no" in rescission
    (edition / "rescission.yaml").write_text(rescission.replace("value: no", f"value: {unconditional}"))
    (root / EXAMPLE / "supplements").mkdir()
    (root / EXAMPLE / "supplements" / "1.yaml").write_text(SUPPLEMENT + redemption)
    return root


def example_host(to: Path, redemption: str, **options: Any) -> Host:
    """Open a host on the rule book with the fictitious issuer's note."""
    root = write_example(to, redemption, **options)
    found = [Found(name="example", version="1.0", load=ExamplePlugin)]
    host = Host.open(root, plugins=load_plugins(found, [clause.words for clause in CLAUSES]))
    mine = [str(problem) for problem in host.book.problems if problem.file.startswith("example")]
    assert mine == []
    return host


def noticed(redeem_on: date, given_on: date, event_id: str = "call", **changes: Any) -> CallNoticed:
    """Make the notice of a whole call at par, given to holders and trustee and received the day it was given."""
    fields: dict[str, Any] = {
        "event_id": event_id,
        "notice_id": f"notice of {event_id}",
        "received_on": given_on,
        "notice_given_on": given_on,
        "cusip": NOTE,
        "redeem_on": redeem_on,
        "principal": "all",
        "price": Decimal(100),
        "notified": frozenset({"holders", "trustee"}),
    }
    return CallNoticed(**(fields | changes))


def rescinded(received_on: date, event_id: str = "rescission", notice_id: str = "notice of call") -> CallRescinded:
    return CallRescinded(event_id=event_id, received_on=received_on, notice_id=notice_id)


def drawn(selected: str, position: str = "5000", event_id: str = "lot", **changes: Any) -> LotteryDrawn:
    """Make a lottery's result for one position, each owner named by the event."""
    fields: dict[str, Any] = {
        "event_id": event_id,
        "received_on": date(2021, 5, 20),
        "notice_id": "notice of call",
        "cusip": NOTE,
        "owner_ref": f"owner of {event_id}",
        "position": Money.parse(position),
        "selected": Money.parse(selected),
    }
    return LotteryDrawn(**(fields | changes))


def outstanding(principal: str, as_of: date, event_id: str = "report") -> OutstandingReported:
    return OutstandingReported(
        event_id=event_id,
        received_on=as_of,
        programme=EXAMPLE,
        as_of=as_of,
        principal=Money.parse(principal),
        cusip=NOTE,
    )


def answer(host: Host, event: Any) -> Decision:
    """Answer an event and give the decision on the event itself."""
    return host.answer(event)[0]


def proved_on(host: Host) -> Verification:
    """Decide everything on a host's ledger again."""
    versions = host.plugins.versions
    return proved(verify(host.ledger, host.vocabulary, with_durable=host.with_durable, plugins=versions))


def spoken(decision: Decision) -> tuple[str, set[str]]:
    """Give the outcome, and the rules and remarks beside the one that accepts what nothing stands against."""
    usual = {"redeem as noticed", "redeem what was drawn", "notice is taken back"}
    return decision.outcome.word, {finding.name for finding in decision.findings} - usual
