"""Lots held against the ledger: whether the position holds what a lot draws of it."""

from __future__ import annotations

from collections.abc import Iterator

from rules_engine.deciding.unruled import referred
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Finding
from rules_engine.model.events import LotteryDrawn
from rules_engine.model.money import Money
from rules_engine.standing.positions import position_key
from rules_engine.standing.reporting import is_free_to_be_told, left_of
from rules_engine.standing.standing import OfOwner, Standing


def lot_findings(event: LotteryDrawn, standing: Standing) -> Iterator[Finding]:
    """Refer a lot whose position is not the one on the ledger, or that draws what others are to be paid before."""
    key = position_key(event.cusip, event)
    notice = standing.notices.get(event.notice_id)
    if key is None or notice is None:
        return
    named = standing.named.get(OfOwner(event.cusip, event.owner_ref))
    if not event.account_ref and named is not None and named.all():
        because = f"Owner `{event.owner_ref}` has principal in accounts that are named; the lot names none."
        yield referred(Code.ACCOUNT_UNCLEAR, because)
    position = standing.position(key)
    if position.held is None or is_free_to_be_told(key, standing, None):
        return
    left = left_of(key, position, standing)
    if not left <= event.position.cents <= position.held.cents:
        because = f"The lot reports a position of {event.position}; by the ledger {position.held} stands there."
        yield referred(Code.POSITION_CONTRADICTED, because)
    if event.selected.cents > left:
        left += sum(
            each.open.cents
            for name in standing.on_position.of(key)
            for each in standing.requests[name].unpaid
            if each.due_on >= notice.redeem_on
        )
    if event.selected.cents > left:
        because = (
            f"The lot draws {event.selected}; only {Money.from_cents(max(0, left))} of the position is left "
            f"by {notice.redeem_on}, the rest is repaid or drawn before."
        )
        yield referred(Code.MORE_THAN_IS_LEFT, because)
