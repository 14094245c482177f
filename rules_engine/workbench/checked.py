"""What there is to say of a rule book as it is written: faults, and apart from them what to be warned of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rules_engine.errors import Problem
from rules_engine.host import Host
from rules_engine.plugging import Plugins
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.places import Faults
from rules_engine.workbench.analysis.deep import SECONDS, Analysis, analyse
from rules_engine.workbench.analysis.findings import DEEP_KINDS, Finding
from rules_engine.workbench.analysis.policies import read_policies
from rules_engine.workbench.slips import Looking, Slip, slips_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The faults of a book, and its warnings: what was noted as it was read, and slips, each by its name.

    `analysis` is None where none was asked for; its findings that are switched off are not in it.
    """

    faults: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    slips: tuple[Slip, ...]
    analysis: Analysis | None = None


def check_book(book: Book, plugins: Plugins, *, hidden: Iterable[Path] = ()) -> Checked:
    """Check a book that was read; `hidden` are the folders that its working copies go before."""
    return _checked(Looking.at(book, plugins, hidden), None, Faults())


def check_deeply(
    host: Host,
    *,
    hidden: Iterable[Path] = (),
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Checked:
    """Check a host's book, look at its rules for all cases, and answer its policy questions; stop when time is up."""
    looking, faults = Looking.at(host.book, host.plugins, hidden), Faults()
    policies = read_policies(looking, host.vocabulary, faults)
    return _checked(looking, analyse(host, policies, seconds=seconds, progress=progress), faults)


def _checked(looking: Looking, analysis: Analysis | None, faults: Faults) -> Checked:
    # only here: the words of redemptions are long in loading, and nothing else needs them
    from rules_engine.supplements.holding import contradicted

    book = looking.book
    deep = None if analysis is None else [_as_slip(each) for each in analysis.findings]
    slips = slips_of(looking, deep, DEEP_KINDS)
    if analysis is not None:
        analysis.findings = [each for each in analysis.findings if _as_slip(each) in slips.deep]
    return Checked(
        faults=tuple(sorted({*book.problems, *contradicted(book), *slips.faults, *faults})),
        warnings=book.warnings,
        slips=slips.found,
        analysis=analysis,
    )


def _as_slip(finding: Finding) -> Slip:
    return Slip(problem=finding.problem, name=finding.kind, about=finding.about)
