"""What `check --deep` found, told to people: findings with an example each, policies, and what time left out."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from rules_engine.workbench.analysis.deep import Analysis
from rules_engine.workbench.analysis.findings import Answered, Confirmed, Finding
from rules_engine.workbench.analysis.ties import solver

WIDTH = 80


def told(analysis: Analysis, examples: Path | None) -> Iterator[str]:
    """Give the lines that tell of an analysis."""
    for number, finding in enumerate(analysis.findings, start=1):
        yield f"{finding.kind}: {finding.problem}"
        yield from _programmes(finding.programmes)
        yield from _example(finding.confirmed, _file(examples, number, finding.kind))
    for _, same in groupby(analysis.answers, key=lambda each: each.place):
        yield from _policy(list(same), examples)
    whole = f"all {analysis.of}" if analysis.is_whole else f"{analysis.looked_at} of {analysis.of}"
    yield f"looked at {whole} rule sets that differ, for all cases, in {analysis.seconds:.1f} s"
    if not analysis.is_whole:
        yield "time was up before the others: give more with `--seconds`"
    if analysis.unconfirmed:
        yield f"{analysis.unconfirmed} more that the rules leave possible, and of which no event was found"
    if solver() is None:
        yield "days and periods were tried, not proved: install the extra `analysis` to have them proved"


def _programmes(programmes: tuple[str, ...]) -> Iterator[str]:
    if len(programmes) == 1:
        yield f"    in: {programmes[0]}"
    else:
        yield from textwrap.wrap(
            f"in {len(programmes)}: {', '.join(programmes)}",
            WIDTH,
            initial_indent="    ",
            subsequent_indent="        ",
            break_on_hyphens=False,
        )


def _example(confirmed: Confirmed, file: Path | None) -> Iterator[str]:
    rules = f", by {', '.join(f'`{rule}`' for rule in confirmed.rules)}" if confirmed.rules else ""
    note = " (on an imagined note)" if confirmed.imagined else ""
    said = f"for example: {confirmed.outcome}{rules}{note}"
    yield from textwrap.wrap(said, WIDTH, initial_indent="    ", subsequent_indent="        ", break_on_hyphens=False)
    if file:
        file.write_text("".join(f"{json.dumps(event)}\n" for event in confirmed.events), encoding="utf-8")
        yield f"        rules-engine decide {file}"
        return
    for event in confirmed.events:
        fields = ", ".join(f"{name}: {_value(value)}" for name, value in event.items())
        yield from textwrap.wrap(
            fields, WIDTH, initial_indent="        ", subsequent_indent="          ", break_on_hyphens=False
        )


def _value(value: object) -> str:
    if isinstance(value, list):
        return " + ".join(map(str, value)) or "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _policy(answers: list[Answered], examples: Path | None) -> Iterator[str]:
    """Tell what came of one policy, in all editions."""
    for answer in answers:
        if answer.verdict != "proved":
            yield from _answered(answer, examples)
    proved = sum(len(answer.programmes) for answer in answers if answer.verdict == "proved")
    if proved:
        others = "all" if all(answer.verdict == "proved" for answer in answers) else "the other"
        place = f"{answers[0].place.file}:{answers[0].place.line}"
        said = f"proved for {others} {proved} editions: {place}: {answers[0].policy}"
        yield from textwrap.wrap(said, WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _answered(answer: Answered, examples: Path | None) -> Iterator[str]:
    place = f"{answer.place.file}:{answer.place.line}"
    yield f"{answer.verdict}: {place}: {answer.policy}"
    yield from _programmes(answer.programmes)
    if answer.because:
        yield f"    {answer.because}"
    if answer.confirmed:
        name = f"policy-{answer.place.line}-{answer.programmes[0].replace('/', '-')}"
        yield from _example(answer.confirmed, examples / f"{name}.jsonl" if examples else None)


def _file(examples: Path | None, number: int, kind: str) -> Path | None:
    return examples / f"{number}-{kind.replace(' ', '-')}.jsonl" if examples else None


def findings_as_json(analysis: Analysis) -> list[dict[str, Any]]:
    """Give findings and answered policies as items of the list that `check --json` writes."""
    items = [_finding_as_json(each) for each in analysis.findings]
    for answer in analysis.answers:
        items.append(
            {
                **dataclasses.asdict(answer.place),
                "policy": answer.policy,
                "verdict": answer.verdict,
                "programmes": list(answer.programmes),
                **(_confirmed(answer.confirmed) if answer.confirmed else {}),
            }
        )
    return items


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    said = {"finding": finding.kind, "about": finding.about, "programmes": list(finding.programmes)}
    return {**dataclasses.asdict(finding.problem), **said, **_confirmed(finding.confirmed)}


def _confirmed(confirmed: Confirmed) -> dict[str, Any]:
    return {
        "events": list(confirmed.events),
        "outcome": confirmed.outcome,
        "rules": list(confirmed.rules),
        "imagined": confirmed.imagined,
    }
