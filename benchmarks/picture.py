"""The picture of docs/benchmarks.md: bars of what each way takes, drawn from the figures of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from benchmarks.page import Best
from benchmarks.timing import Timed
from benchmarks.ways import ALLY, SETS, TWENTY_FOUR

BARS = {
    "line plain": "a decision, one matcher",
    "line both": "a decision, both matchers",
    "event zen trace": "Zen with trace, same event",
    "line zen trace": "Zen with trace, facts given",
    "line zen": "Zen, facts given",
    "line business-rules": "business-rules, facts given",
}
TITLES = {TWENTY_FOUR: "24 rules", ALLY: "Ally's 41 rules"}
OURS, THEIRS = "#2f6f9f", "#b9c4cc"
WIDTH, LEFT, BAR, GAP = 720, 230, 18, 8


def drawn(best: Best) -> str:
    """Draw a line of JSON to a line of JSON in microseconds, for each rule set."""
    longest = max(best[each][name].mean for each in SETS for name in BARS if name in best[each])
    lines, top = [], 8
    for each in SETS:
        lines += [_text(8, top + 16, TITLES[each], weight="bold")]
        top += 26
        for line in _bars(best[each], top, longest):
            lines.append(line)
        top += len([name for name in BARS if name in best[each]]) * (BAR + GAP) + 14
    note = "microseconds from a line of JSON to a line of JSON; shorter is quicker"
    lines.append(_text(8, top + 6, note, colour="#555"))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 20}" '
            'font-family="sans-serif" font-size="13" role="img">',
            f"<title>{escape(note)}</title>",
            '<rect width="100%" height="100%" fill="white"/>',
            *lines,
            "</svg>",
            "",
        ]
    )


def _bars(best: Mapping[str, Timed], top: int, longest: float) -> Iterator[str]:
    for name, told in BARS.items():
        if name not in best:
            continue
        mean = best[name].mean
        width = round(mean / longest * (WIDTH - LEFT - 60))
        colour = OURS if name in ("line plain", "line both") else THEIRS
        yield _text(8, top + 14, told)
        yield f'<rect x="{LEFT}" y="{top}" width="{width}" height="{BAR}" fill="{colour}"/>'
        yield _text(LEFT + width + 6, top + 14, f"{mean:.0f}")
        top += BAR + GAP


def _text(x: int, y: int, text: str, *, weight: str = "normal", colour: str = "#111") -> str:
    return f'<text x="{x}" y="{y}" font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
