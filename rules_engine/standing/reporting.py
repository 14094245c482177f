"""What events report of a position, and what of it is believed."""

from __future__ import annotations

from rules_engine.model.events import Event
from rules_engine.standing.positions import PositionKey, Report, believed, position_key
from rules_engine.standing.requests import Request
from rules_engine.standing.standing import Standing


def report(standing: Standing, key: PositionKey, said: Report) -> None:
    """Take in what was reported of a position.

    What was not made to say so changes nothing that is believed already, unless only requests without any principal
    reported it.
    """
    reports = standing.reports.get(key, ())
    if said.firm:
        _believe(standing, key, (*reports, said))
    elif standing.position(key).held is None or is_free_to_be_told(key, standing, None):
        _believe(standing, key, (said,))


def is_free_to_be_told(key: PositionKey, standing: Standing, own: Request | None) -> bool:
    """Tell whether what is believed of a position rests on nothing but requests without any principal.

    What a request of its `own` claims there does not count.
    """
    claims = standing.claims_on.of(key) - (own.claims if own else 0)
    touched = claims or standing.lots_of.count(key) or standing.moves.count(key)
    return not (touched or standing.position(key).firm)


def report_of(standing: Standing, before: Request | None, request: Request, event: Event) -> None:
    """Believe what a request reports of its position, where an event tells which position that is, or what it holds.

    A request that turns out to be about another position no longer reports the one it was taken to be about.
    """
    key, held = position_key(request.cusip, request.asked), request.asked.position
    old_key = position_key(before.cusip, before.asked) if before else None
    if before and old_key and old_key != key:
        take_off_reports_of(standing, old_key, before)
    if key is None or held is None or (before and old_key == key and before.asked.position is not None):
        return
    said = Report(event_id=event.event_id, as_of=event.received_on, principal=held, firm=False)
    if before and old_key == key and is_free_to_be_told(key, standing, before):
        _believe(standing, key, (said,))
    else:
        report(standing, key, said)


def take_off_reports_of(standing: Standing, key: PositionKey, request: Request) -> None:
    """Believe a position as if a request, and what came about it, had not reported it."""
    for event_id in (request.made.event_id, *(reported.event.event_id for reported in request.reported)):
        take_off_report(standing, key, event_id)


def take_off_report(standing: Standing, key: PositionKey, by: str) -> None:
    """Believe a position as if an event had not reported it; the first request that still does is then believed."""
    said = standing.reports.get(key, ())
    left = tuple(report for report in said if report.event_id != by)
    if left == said:
        return
    if not left:
        live = standing.in_order(standing.on_position.of(key))
        left = tuple(
            Report(event_id=each.made.event_id, as_of=each.made.received_on, principal=each.asked.position, firm=False)
            for each in live
            if each.asked.position is not None and each.made.event_id != by
        )[:1]
    _believe(standing, key, left)


def _believe(standing: Standing, key: PositionKey, reports: tuple[Report, ...]) -> None:
    standing.reports.put(key, reports)
    standing.positions.put(key, believed(reports, standing.moves.of(key)))
