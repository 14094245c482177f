"""The page of what was accepted, to be read and signed: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from itertools import groupby

from rules_engine import __version__
from rules_engine.acceptance.accepted_clauses import AcceptanceReport, ClauseAccepted, FigureShown
from rules_engine.acceptance.coverage import RuleCovered
from rules_engine.acceptance.results import Ran, Verdict

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { border-bottom: 2px solid; margin-top: 3rem; } h3 { margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #8884; }
code, pre { font: 13px/1.45 ui-monospace, monospace; } pre { overflow-x: auto; padding: .6rem; background: #8881; }
.digest { word-break: break-all; }
.draft { background: #b45309; color: #fff; border-radius: .3rem; padding: .1rem .45rem; font-size: .8rem; }
.approved { background: #15803d; color: #fff; border-radius: .3rem; padding: .1rem .45rem; font-size: .8rem; }
.passed { color: #15803d; } .failed, .lacking { color: #b91c1c; }
.verdict { font-size: 1.2rem; font-weight: bold; }
.sign td { height: 2.4rem; }
@media print { details { display: block; } details > * { display: block; } }
"""


def accepted_page(report: AcceptanceReport, *, on: date, engine: str = __version__) -> str:
    """Write the page; `on` is the day the features were run."""
    verdict = "Accepted" if report.is_accepted else "Not accepted"
    body = [
        "<h1>Acceptance of the rule book</h1>",
        f'<p class="verdict {"passed" if report.is_accepted else "failed"}">{verdict}</p>',
        f"<p>{report.passed:,} scenarios passed, {report.failed:,} failed, {report.unread:,} could not be read. "
        f"Run on {on.isoformat()} by rules-engine {escape(engine)}.</p>",
        *_signed(report),
        *(line for clause, each in groupby(report.clauses, key=lambda c: c.clause) for line in _clause(clause, each)),
        "<h2>Scenarios</h2>",
        *(line for ran in report.ran for line in _scenario(ran)),
    ]
    head = f'<meta charset="utf-8"><title>Acceptance of the rule book, {on.isoformat()}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n' + "\n".join(body) + "\n</body></html>\n"


def _signed(report: AcceptanceReport) -> Iterator[str]:
    drafts = sum(each.is_draft for each in report.clauses)
    yield "<h2>What is signed</h2>"
    yield f'<p>This acceptance: <code class="digest">{report.digest}</code></p>'
    if drafts:
        yield f"<p>{_badge(is_draft=True)} {drafts} of {len(report.clauses)} rule sets are drafts.</p>"
    yield "<table><tr><th>clause</th><th>edition</th><th></th><th>digest of the resolved rules</th></tr>"
    for each in report.clauses:
        name = f'<a href="#{_anchor(each)}">{escape(each.clause)}</a>'
        yield (
            f"<tr><td>{name}</td><td>{escape(each.edition)}</td><td>{_badge(is_draft=each.is_draft)}</td>"
            f'<td><code class="digest">{each.digest}</code></td></tr>'
        )
    yield "</table>"
    yield '<table class="sign"><tr><th>name</th><th>date</th><th>signature</th></tr>'
    yield "<tr><td></td><td></td><td></td></tr>" * 2 + "</table>"


def _clause(clause: str, each: Iterable[ClauseAccepted]) -> Iterator[str]:
    yield f"<h2>{escape(clause.capitalize())}</h2>"
    for accepted in each:
        yield f'<h3 id="{_anchor(accepted)}">{escape(accepted.edition)} {_badge(is_draft=accepted.is_draft)}</h3>'
        yield f'<p>{escape(accepted.name)}<br><code class="digest">{accepted.digest}</code></p>'
        yield f"<details><summary>The rules, resolved</summary><pre>{escape(accepted.text)}</pre></details>"
        yield from _figures(accepted.figures)
        yield from _rules(accepted.rules)
        failed = sum(ran.verdict is Verdict.FAILED for ran in accepted.scenarios)
        told = f"{len(accepted.scenarios):,} scenarios, {failed:,} failed"
        yield f"<details><summary>{told}</summary><ul>"
        for ran in accepted.scenarios:
            yield f'<li class="{ran.verdict.value}">{_link(ran.scenario.place)} {escape(ran.scenario.name)}</li>'
        yield "</ul></details>"


def _figures(figures: Iterable[FigureShown]) -> Iterator[str]:
    """Show on both sides of each figure which scenario notices a step."""
    rows = list(figures)
    if not rows:
        return
    yield "<table><tr><th>figure</th><th>stands in</th><th>a step away</th><th>noticed by</th></tr>"
    for each in rows:
        by = _link(each.noticed_by) if each.noticed_by else '<span class="lacking">no scenario</span>'
        noticed = "<code>check</code>" if each.refused else by
        yield (
            f"<tr><td>{escape(each.what)}: {escape(each.figure)}</td><td>{escape(each.file)}:{each.line}</td>"
            f"<td>{escape(each.changed_to)}</td><td>{noticed}</td></tr>"
        )
    yield "</table>"


def _rules(rules: Iterable[RuleCovered]) -> Iterator[str]:
    """Show of each rule how many scenarios stand on either side of it, and of each of its tests."""
    yield "<table><tr><th>rule</th><th>speaks in</th><th>kept silent by this test alone</th><th>in</th></tr>"
    for rule in rules:
        tests = [*rule.kept_silent.items()] or [("", ())]
        for number, (test, silent) in enumerate(tests):
            first = f"<td>{escape(rule.rule)}</td><td>{_many(rule.spoke)}</td>" if not number else "<td></td><td></td>"
            kept = _many(silent) if test else ""
            yield f"<tr>{first}<td>{escape(test)}</td><td>{kept}</td></tr>"
    yield "</table>"
    lacking = [f"<li>`{escape(rule.rule)}`: {escape(lack)}</li>" for rule in rules for lack in rule.lacking]
    if lacking:
        yield f'<details><summary class="lacking">{len(lacking)} sides that no scenario stands on</summary><ul>'
        yield from lacking
        yield "</ul></details>"


def _scenario(ran: Ran) -> Iterator[str]:
    scenario = ran.scenario
    verdict = f'<span class="{ran.verdict.value}">{ran.verdict.value}</span>'
    opened = " open" if ran.failure else ""
    yield f'<details id="{escape(scenario.place)}"{opened}><summary>{verdict} {escape(scenario.name)}</summary>'
    yield f"<p>{escape(scenario.feature)}<br><code>{escape(scenario.place)}</code></p><pre>"
    for line in scenario.lines:
        under = [line.docstring] if line.docstring else [" | ".join(row) for row in line.datatable or ()]
        yield escape("\n".join([str(line), *(f"    {each}" for each in under)]))
    yield "</pre>"
    if ran.failure:
        expected, decided = escape(ran.failure.expected), escape(ran.failure.decided)
        yield f'<p class="failed">expected: {expected}<br>decided: {decided}</p>'
        yield "<ul>" + "".join(f"<li>{escape(why)}</li>" for why in ran.failure.why) + "</ul>"
    yield "</details>"


def _many(places: tuple[str, ...]) -> str:
    if not places:
        return '<span class="lacking">none</span>'
    return f"{_link(places[0])}{f' and {len(places) - 1:,} more' if len(places) > 1 else ''}"


def _link(place: str) -> str:
    return f'<a href="#{escape(place)}">{escape(place)}</a>'


def _anchor(each: ClauseAccepted) -> str:
    return escape(f"{each.edition}/{each.clause}".replace(" ", "-"))


def _badge(*, is_draft: bool) -> str:
    return '<span class="draft">draft</span>' if is_draft else '<span class="approved">approved</span>'
