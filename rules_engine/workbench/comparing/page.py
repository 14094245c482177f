"""A comparison as one HTML page that needs nothing else: what changes in the rules, in dollars, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from rules_engine.model.money import Money
from rules_engine.workbench.comparing.answers import Stands
from rules_engine.workbench.comparing.impact import Changed, How, Impact
from rules_engine.workbench.comparing.meaning import Change

MOST_ROWS = 5_000
"""How many rows a page lists; a browser shows no more with ease."""

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; color: #1b1b1b; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d8d8d8; vertical-align: top; }
td.amount, th.amount { text-align: right; font-variant-numeric: tabular-nums; }
.before { fill: #8fa8bf; } .after { fill: #1f5f8b; }
svg text { font: 12px system-ui, sans-serif; fill: #1b1b1b; }
"""
_BAR, _GAP, _WIDTH, _LABEL, _FIGURE = 16, 14, 900, 230, 120


def page(title: str, changes: Sequence[Change], impact: Impact | None) -> str:
    """Write the page."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *_meaning(changes),
            *(_impact(impact) if impact else ()),
            "</body></html>\n",
        ]
    )


def _meaning(changes: Sequence[Change]) -> Iterator[str]:
    yield "<h2>What the rules say otherwise</h2>"
    if not changes:
        yield "<p>Nothing: both rule books mean the same.</p>"
        return
    heads = ("programme", "clause", "notes", "what", "before", "after")
    rows = ((each.programme, each.clause, each.notes, each.what, each.before, each.after) for each in changes)
    yield from _table(heads, rows)


def _impact(impact: Impact) -> Iterator[str]:
    yield "<h2>What it changes</h2>"
    yield f"<p>{escape(summary(impact))}</p>"
    if impact.dollars:
        yield "<h2>Principal accepted, by year</h2>"
        yield _chart(impact)
        rows = (
            (programme, str(year), _money(before), _money(after), _signed(after - before))
            for (programme, year), (before, after) in impact.dollars.items()
        )
        yield from _table(("programme", "year", "before", "after", "difference"), rows, amounts=(2, 3, 4))
    for how in How:
        changed = [each for each in impact.changed if each.how is how]
        if changed:
            yield f"<h2>Answered otherwise {escape(how)}: {len(changed):,}</h2>"
            if len(changed) > MOST_ROWS:
                yield f"<p>The first {MOST_ROWS:,}; `--json` lists all.</p>"
            heads = ("request or event", "note", "since", "before", "after", "why")
            yield from _table(heads, (_row(each) for each in changed[:MOST_ROWS]))
    if impact.unread:
        yield f"<h2>Not read: {len(impact.unread):,}</h2>"
        yield from _table(("event", "why"), impact.unread[:MOST_ROWS])


def summary(impact: Impact) -> str:
    """Say in one sentence how much of a history is answered otherwise."""
    said = (
        f"{impact.events:,} events, {impact.decided:,} of them of programmes that the books do not answer alike: "
        f"{impact.count(How.DIRECTLY):,} requests and events are answered otherwise directly, "
        f"{impact.count(How.BEHIND):,} behind others, {impact.count(How.REASON):,} in reason only"
    )
    return f"{said}; {len(impact.unread):,} could not be read" if impact.unread else f"{said}."


def _row(changed: Changed) -> tuple[str, ...]:
    since = f"{changed.received_on} ({changed.event_id})"
    return (changed.name, changed.cusip, since, stands(changed.before), stands(changed.after), why(changed))


def stands(found: Stands) -> str:
    """Say how something stands: `accepted $25,000 on 2017-09-15`."""
    said = found.outcome
    if found.accepted:
        said = f"{said} {_money(found.accepted)}"
    if found.waiting:
        said = f"{said}, {_money(found.waiting)} waiting"
    return f"{said}, paid {found.pays_on}" if found.pays_on and found.accepted else said


def why(changed: Changed) -> str:
    """Say why something is answered otherwise: the cause where it stands behind others, else what decides it."""
    if changed.cause:
        return changed.cause
    before, after = (", ".join(each.by) for each in (changed.before, changed.after))
    return f"{before} -> {after}" if before != after else after


def _chart(impact: Impact) -> str:
    """Draw two bars for each programme and year."""
    most = max((cents for pair in impact.dollars.values() for cents in pair), default=0) or 1
    room = _WIDTH - _LABEL - _FIGURE
    height = len(impact.dollars) * (2 * _BAR + _GAP) + _GAP
    drawn = [f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" width="100%">']
    drawn.append("<title>Principal accepted before and after, by programme and year</title>")
    for place, ((programme, year), pair) in enumerate(impact.dollars.items()):
        top = _GAP + place * (2 * _BAR + _GAP)
        drawn.append(f'<text x="0" y="{top + _BAR + 4}">{escape(programme)} {year}</text>')
        for row, (name, cents) in enumerate(zip(("before", "after"), pair, strict=True)):
            y, width = top + row * _BAR, cents * room // most
            drawn.append(f'<rect class="{name}" x="{_LABEL}" y="{y}" width="{width}" height="{_BAR - 3}"/>')
            drawn.append(f'<text x="{_LABEL + width + 6}" y="{y + _BAR - 5}">{_money(cents)} {name}</text>')
    return "".join([*drawn, "</svg>"])


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, amounts: Sequence[int] = ()) -> Iterator[str]:
    def cell(tag: str, place: int, text: str) -> str:
        kind = ' class="amount"' if place in amounts else ""
        return f"<{tag}{kind}>{escape(text)}</{tag}>"

    yield "<table><thead><tr>"
    yield "".join(cell("th", place, head) for place, head in enumerate(heads))
    yield "</tr></thead><tbody>"
    for row in rows:
        yield f"<tr>{''.join(cell('td', place, text) for place, text in enumerate(row))}</tr>"
    yield "</tbody></table>"


def _money(cents: int) -> str:
    return str(Money.from_cents(cents))


def _signed(cents: int) -> str:
    return f"+{_money(cents)}" if cents > 0 else f"-{_money(-cents)}" if cents < 0 else "$0"
