"""What is done with a notice of a call accepted earlier: which notice an event names, and why it cannot be acted on."""

from __future__ import annotations

from rules_engine.deciding.unruled import referred
from rules_engine.model.decisions import Finding
from rules_engine.model.events import CallNoticed, CallRescinded, LotteryDrawn
from rules_engine.model.standing import Standing


def notice_named(event: CallRescinded | LotteryDrawn, standing: Standing) -> CallNoticed | Finding:
    """Find the accepted notice that a rescission or a lottery result names, or say that there is none."""
    notice = standing.notices.get(event.notice_id)
    if notice is None:
        because = (
            f"No accepted notice of a call `{event.notice_id}` is on the ledger, or more than one programme has it."
        )
        return referred("notice not known", because)
    if isinstance(event, LotteryDrawn) and event.cusip != notice.cusip:
        because = f"Notice `{event.notice_id}` calls note {notice.cusip}, not {event.cusip}."
        return referred("notice of another note", because)
    return notice


def notice_id_used(event: CallNoticed, standing: Standing) -> Finding | None:
    """Give the finding for a notice whose id an accepted one has; None where it is new."""
    if event.notice_id not in standing.notices:
        return None
    because = f"Another event already gave notice `{event.notice_id}`; a new notice needs an id of its own."
    return referred("notice id used before", because)
