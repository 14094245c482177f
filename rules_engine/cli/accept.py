"""`rules-engine accept`: features run against a rule book, without pytest."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.acceptance.accepted_clauses import acceptance_report
from rules_engine.acceptance.accepted_page import accepted_page
from rules_engine.acceptance.accepting import accept as run_features
from rules_engine.acceptance.accepting import issuers_of
from rules_engine.acceptance.coverage import Coverage
from rules_engine.acceptance.feature_files import read_features
from rules_engine.acceptance.imagined import WithImagined, with_imagined
from rules_engine.acceptance.mutants import Change
from rules_engine.acceptance.mutating import Mutation, mutation_of
from rules_engine.acceptance.result_files import cucumber_messages
from rules_engine.acceptance.result_files import junit as junit_text
from rules_engine.acceptance.results import Acceptance, Ran, Verdict, acceptance_to_json
from rules_engine.acceptance.trials import trial_ground_of
from rules_engine.cli.ending import WRONG, CommandWrong, did_you_mean, faulty, notice
from rules_engine.cli.opening import tell_of_empty_folders, tell_of_plugins
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.page import Column, Page
from rules_engine.cli.progress import counted
from rules_engine.host import Host
from rules_engine.matching import durable
from rules_engine.rulebook.places import listed

DEFAULT = Path("features")

FeaturesPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FEATURES]",
        exists=True,
        readable=True,
        help="The folder of features, or one file of it. [default: features]",
        show_default=False,
    ),
]
IssuerCodes = Annotated[
    list[str] | None,
    typer.Option("--issuer", metavar="CODE", help="Run the scenarios of this issuer alone; may be given again."),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="How many processes run them. [default: one a processor]", show_default=False),
]
Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE.html", help="Write a page of what was accepted, to be signed.")
]
JUnit = Annotated[Path | None, typer.Option("--junit", metavar="FILE.xml", help="Write the results as JUnit does.")]
Messages = Annotated[
    Path | None, typer.Option("--messages", metavar="FILE.ndjson", help="Write the results as Cucumber messages.")
]


def accept(
    features: FeaturesPath = None,
    rules: Rules = None,
    issuer: IssuerCodes = None,
    report: Report = None,
    junit: JUnit = None,
    messages: Messages = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
) -> None:
    """Run features, and tell of each scenario that fails what it expects, what was decided, and why.

    FEATURES may have notes and issuers of their own beside them, in folders `imagined` and `rules`.

    Ends with 0 when all scenarios pass, with 1 when one fails, with 2 when one cannot be read.
    """
    folder = features_folder(features)
    read = read_features(folder)
    with features_host(folder, rules) as (host, beside):
        _refuse_unknown(issuer or (), host)
        coverage = Coverage(host.book.rule_sets, host.vocabulary) if report else None
        ground, processes = trial_ground_of(host), jobs or os.cpu_count() or 1
        accepted = run_features(read, ground, issuers=issuer or (), jobs=processes, coverage=coverage, watch=_watched)
        mutation = mutation_of(host.plugins, beside, read.scenarios) if report and accepted.ran else None
    if not (accepted.ran or accepted.unread):
        raise CommandWrong(f"no scenario to run in {folder}{f' for {listed(issuer)}' if issuer else ''}")
    if report and coverage and mutation:
        _write(report, _page(accepted, coverage, mutation, issuer or (), processes))
    if junit:
        _write(junit, junit_text(accepted))
    if messages:
        _write(messages, "".join(f"{line}\n" for line in cucumber_messages(accepted, read, on=date.today())))
    if as_json:
        print(json.dumps(acceptance_to_json(accepted)))
    else:
        _print(Page(), accepted, host)
    if accepted.unread:
        raise typer.Exit(WRONG)
    if accepted.failed or host.book.own_problems:
        faulty()


def features_folder(given: Path | None) -> Path:
    """Give the features that are meant: those named, or the folder `features` here."""
    if given is not None:
        return given
    if not DEFAULT.is_dir():
        raise CommandWrong("there is no folder `features` here: name the folder of the features")
    return DEFAULT


@contextmanager
def features_host(features: Path, rules: Sequence[Path] | None) -> Iterator[tuple[Host, WithImagined]]:
    """Open the rule book that features are run on, telling every fault of it."""
    folder = features if features.is_dir() else features.parent
    with with_imagined(folder, rules) as beside:
        host = Host.open(beside.copies)
        for problem in host.book.problems:
            notice(str(problem))
        tell_of_plugins(host)
        tell_of_empty_folders(host, rules)
        if not host.with_durable:
            notice(f"notice: the plain matcher answers alone; {durable.why_unavailable()}")
        yield host, beside


def _page(accepted: Acceptance, coverage: Coverage, mutation: Mutation, issuers: Sequence[str], processes: int) -> str:
    """Write the page of what was accepted, each figure of the rules changed a step each way."""
    figures = [each for each in mutation.mutants(with_notes=False) if each.change is Change.FIGURE]
    if issuers:
        figures = [each for each in figures if mutation.reaches(each) & set(issuers)]
    tried = counted(mutation.try_all(figures, jobs=processes), "changing figures", total=len(figures))
    rule_sets = [
        each
        for each in mutation.book.rule_sets
        if (issuer := each.edition.partition("/")[0]) not in mutation.made_up and (not issuers or issuer in issuers)
    ]
    return accepted_page(acceptance_report(accepted, rule_sets, coverage, tried), on=date.today())


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    notice(f"notice: written: {file}")


def _watched(ran: Iterable[Ran], total: int) -> Iterable[Ran]:
    return counted(ran, "running scenarios", total=total)


def _refuse_unknown(issuers: Iterable[str], host: Host) -> None:
    known = sorted({programme.partition("/")[0] for programme in host.book.programmes})
    for code in issuers:
        if code not in known:
            raise CommandWrong(f"there is no issuer `{code}`{did_you_mean(code, known)}")


def _print(page: Page, accepted: Acceptance, host: Host) -> None:
    """Print what cannot be read, what failed and why, and how many there are of each issuer."""
    for problem in accepted.problems:
        page.say(str(problem))
    for ran in accepted.failed:
        page.say("")
        _print_failure(page, ran)
    counts = Counter((issuer, ran.verdict) for ran in accepted.ran for issuer in issuers_of(ran.scenario, host.book))
    issuers = sorted({issuer for issuer, _ in counts})
    page.say("")
    page.table(
        [Column("issuer"), Column("passed", is_amount=True), Column("failed", is_amount=True)],
        [(each, f"{counts[each, Verdict.PASSED]:,}", f"{counts[each, Verdict.FAILED]:,}") for each in issuers],
    )
    page.say("")
    passed, failed = accepted.counts[Verdict.PASSED], accepted.counts[Verdict.FAILED]
    page.say(f"{passed:,} passed, {failed:,} failed, {accepted.unread:,} could not be read")


def _print_failure(page: Page, ran: Ran) -> None:
    scenario, failure = ran.scenario, ran.failure
    assert failure is not None
    page.say(f"{scenario.file}:{failure.number}: {scenario.name}", style="bold")
    page.say(f"expected: {failure.expected}", indent=4)
    page.say(f"{'cannot be run' if failure.is_wrong else 'decided'}: {failure.decided}", indent=4)
    for number, why in enumerate(failure.why):
        page.say(f"{'why:     ' if not number else '         '} {why}", indent=4)
