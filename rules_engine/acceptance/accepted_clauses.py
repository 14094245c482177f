"""What is signed when features are accepted: each clause with its digest, its scenarios, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rules_engine.acceptance.coverage import Coverage, RuleCovered
from rules_engine.acceptance.mutants import Change
from rules_engine.acceptance.mutating import Fate, Tried
from rules_engine.acceptance.results import Acceptance, Ran
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.rulebook.rules import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShown:
    """A figure of a rule file changed by a step, and the scenario that noticed; empty where none did.

    `rule` names the rule it stands in, and is empty for a term or a line under `payment`. `refused` says that `check`
    finds a fault in the changed file, so that it never comes to be used.
    """

    file: str
    line: int
    what: str
    figure: str
    changed_to: str
    noticed_by: str
    refused: bool
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseAccepted:
    """One clause of one edition as it was accepted: `text` is the resolved rule set that `digest` is of."""

    edition: str
    clause: str
    name: str
    is_draft: bool
    digest: str
    text: str
    scenarios: tuple[Ran, ...]
    rules: tuple[RuleCovered, ...]
    figures: tuple[FigureShown, ...]

    @property
    def lacking(self) -> Sequence[str]:
        """What no scenario shows of its rules, a sentence each."""
        return [f"`{rule.rule}`: {lack}" for rule in self.rules for lack in rule.lacking]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceReport:
    """What a run of features showed, clause by clause; `digest` is over all that is signed, and not over the day."""

    is_accepted: bool
    passed: int
    failed: int
    unread: int
    clauses: tuple[ClauseAccepted, ...]
    ran: tuple[Ran, ...]
    digest: str


def acceptance_report(
    accepted: Acceptance,
    rule_sets: Iterable[RuleSet],
    coverage: Coverage,
    figures: Iterable[Tried] = (),
) -> AcceptanceReport:
    """Gather what a run showed of some rule sets; `figures` are what became of mutants of their figures."""
    covered: dict[tuple[str, str], list[RuleCovered]] = {}
    for rule in coverage.covered():
        covered.setdefault((rule.edition, rule.clause), []).append(rule)
    shown: dict[str, list[FigureShown]] = {}
    for tried in figures:
        if tried.mutant.change is Change.FIGURE and tried.fate is not Fate.MEANS_NOTHING:
            shown.setdefault(tried.mutant.file, []).append(_shown(tried))
    decided: dict[str, list[Ran]] = {}
    for ran in accepted.ran:
        for ruled in ran.ruled:
            decided.setdefault(ruled.digest, []).append(ran)
    clauses = tuple(
        ClauseAccepted(
            edition=each.edition,
            clause=each.clause,
            name=each.name,
            is_draft=each.status == "draft",
            digest=each.digest,
            text=each.text,
            scenarios=tuple(decided.get(each.digest, ())),
            rules=tuple(covered.get((each.edition, each.clause), ())),
            figures=_of_rule_set(each, shown),
        )
        for each in sorted(rule_sets, key=lambda each: (each.clause, each.edition))
    )
    report = AcceptanceReport(
        is_accepted=accepted.is_accepted,
        passed=len(accepted.ran) - len(accepted.failed),
        failed=len(accepted.failed),
        unread=accepted.unread,
        clauses=clauses,
        ran=accepted.ran,
        digest="",
    )
    return _digested(report)


def _digested(report: AcceptanceReport) -> AcceptanceReport:
    signed = {
        "accepted": report.is_accepted,
        "clauses": [[each.edition, each.clause, each.digest, list(each.lacking)] for each in report.clauses],
        "scenarios": sorted([ran.scenario.digest, ran.verdict.value] for ran in report.ran),
        "figures": sorted(
            [f.file, f.what, f.changed_to, bool(f.noticed_by)] for c in report.clauses for f in c.figures
        ),
    }
    values: dict[str, Any] = {name: getattr(report, name) for name in AcceptanceReport.__slots__}
    return AcceptanceReport(**{**values, "digest": digest(canonical_json(signed))})


def _of_rule_set(rule_set: RuleSet, shown: Mapping[str, Sequence[FigureShown]]) -> tuple[FigureShown, ...]:
    """Give the figures a rule set stands by: its own, and those of the wording it rests on where it has none."""
    placed = {name: term.place for name, term in rule_set.terms.items()}
    placed |= {f"payment, {name}": line.place for name, line in rule_set.payment_lines.items()}
    rules = {rule.name: rule.place for rule in rule_set.rules}
    files = {place.file for place in (*placed.values(), *rules.values()) if place}
    found: list[FigureShown] = []
    for file in sorted(files):
        for figure in shown.get(file, ()):
            place = rules.get(figure.rule) if figure.rule else placed.get(figure.what)
            if place and place.file == file:
                found.append(figure)
    return tuple(found)


def _shown(tried: Tried) -> FigureShown:
    mutant = tried.mutant
    return FigureShown(
        file=mutant.file,
        line=mutant.line,
        what=mutant.what,
        figure=mutant.before,
        changed_to=mutant.after,
        noticed_by=tried.by,
        refused=tried.fate is Fate.REFUSED,
        rule=mutant.rule,
    )


def report_to_json(report: AcceptanceReport) -> Mapping[str, Any]:
    """Give what is signed as JSON has it."""
    return {
        "accepted": report.is_accepted,
        "digest": report.digest,
        "passed": report.passed,
        "failed": report.failed,
        "unread": report.unread,
        "clauses": [
            {
                "edition": each.edition,
                "clause": each.clause,
                "draft": each.is_draft,
                "digest": each.digest,
                "scenarios": [ran.scenario.place for ran in each.scenarios],
                "lacking": list(each.lacking),
                "figures": [asdict(figure) for figure in each.figures],
            }
            for each in report.clauses
        ],
    }
