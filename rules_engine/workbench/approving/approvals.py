"""Approvals of rule files, kept in `approvals.json` beside them: who, when, and the digests of what was approved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine.errors import RulesEngineError
from rules_engine.model.canonical import canonical_json, digest
from rules_engine.rulebook.books import Book
from rules_engine.workbench.approving.signatures import NEEDED, NotSigned, Signers, verify

APPROVALS_FILE = "approvals.json"


class NotApproved(RulesEngineError):
    """An approval cannot be given; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's approval of one file's rules, on a day; all else is by digest, empty where there was none.

    `rules` is over the rules as they are resolved, `quotes` over their quotes and the sources these stand in. `deep`,
    `acceptance` and `impact` are those of the reports that were before the person. `changed_by` made the last change.
    """

    file: str
    by: str
    on: str
    changed_by: str
    rules: str
    quotes: str
    deep: str = ""
    acceptance: str = ""
    impact: str = ""
    signature: str = field(default="", compare=False)

    @property
    def message(self) -> bytes:
        """The bytes that are signed: all of it but the signature."""
        given = asdict(self)
        del given["signature"]
        return canonical_json(given).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a file stands: its approvals that hold, those that lapsed or cannot be believed, each with why."""

    file: str
    rules: str
    holding: tuple[Approval, ...]
    lapsed: tuple[tuple[Approval, str], ...]

    @property
    def is_approved(self) -> bool:
        """Whether two people have approved it as it is, neither of whom made the last change."""
        return len({each.by for each in self.holding}) >= NEEDED


def digests_of(book: Book, file: str) -> tuple[str, str]:
    """Give the digests of a file's rules as they are resolved, and of their quotes with the sources these stand in.

    Raises NotApproved for a file that gives no rules, or has a fault.
    """
    files = [each for clauses in book.clause_files.values() for each in clauses if each.leaf.file == file]
    if not files:
        raise NotApproved(f"`{file}` gives no rules: name a rule file or a `prospectus.yaml` of an edition")
    if any(each.rule_set is None for each in files):
        raise NotApproved(f"`{file}` has a fault: `rules-engine check` names it")
    rule_sets = [each.rule_set for each in files if each.rule_set]
    quotes: list[object] = []
    for each in rule_sets:
        quotes += [[name, list(term.quotes)] for name, term in each.terms.items() if term.quotes]
        quotes += [[rule.name, list(rule.quotes)] for rule in each.rules if rule.quotes]
        quotes.append(list(each.payment_quotes))
    folder = book.folder_of(file)
    sources = sorted((folder.root / file).parent.parent.glob("sources/*.txt")) if folder else []
    quotes += [[source.name, digest_of_file(source)] for source in sources]
    return digest(canonical_json(sorted(each.digest for each in rule_sets))), digest(canonical_json(quotes))


def digest_of_file(file: Path) -> str:
    """Give the digest of a file's bytes."""
    return f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"


def approve(
    book: Book, file: str, *, by: str, on: date, changed_by: str, reports: Mapping[str, Path | None]
) -> Approval:
    """Make one person's approval of a file as it is; it is not kept yet.

    Raises NotApproved where whoever approves made the last change, and where the approval is given already.
    """
    if by == changed_by:
        raise NotApproved(f"`{by}` made the last change: two other people approve it")
    rules, quotes = digests_of(book, file)
    named = {name: digest_of_file(path) if path else "" for name, path in reports.items()}
    approval = Approval(
        file=file.rpartition("/")[2],
        by=by,
        on=on.isoformat(),
        changed_by=changed_by,
        rules=rules,
        quotes=quotes,
        **named,
    )
    for other in _read(_beside(book, file)):
        if (other.file, other.rules, other.quotes) == (approval.file, rules, quotes):
            if other.by == by:
                raise NotApproved(f"`{by}` has approved it as it is already, on {other.on}")
            if other.changed_by != changed_by:
                said = f"`{other.by}` approved it as changed by `{other.changed_by}`"
                raise NotApproved(f"{said}: one of the two is wrong")
    return approval


def keep(book: Book, file: str, approval: Approval) -> Path:
    """Keep an approval in the file beside the rules; those of other digests stay, as what was approved once."""
    path = _beside(book, file)
    kept = [*_read(path), approval]
    written = json.dumps([asdict(each) for each in kept], indent=2, ensure_ascii=False)
    path.write_text(f"{written}\n", encoding="utf-8")
    return path


def states(book: Book, signers: Signers) -> tuple[State, ...]:
    """Say of every file with approvals how it stands."""
    found = []
    for file in sorted({each.leaf.file for clauses in book.clause_files.values() for each in clauses}):
        approvals = [each for each in _read(_beside(book, file)) if each.file == file.rpartition("/")[2]]
        if approvals:
            found.append(_state(book, file, approvals, signers))
    return tuple(found)


def _state(book: Book, file: str, approvals: Iterable[Approval], signers: Signers) -> State:
    try:
        rules, quotes = digests_of(book, file)
    except NotApproved:
        rules = quotes = ""
    holding, lapsed = [], []
    for each in approvals:
        why = _why_not(each, rules, quotes, signers)
        if why:
            lapsed.append((each, why))
        else:
            holding.append(each)
    return State(file=file, rules=rules, holding=tuple(holding), lapsed=tuple(lapsed))


def _why_not(approval: Approval, rules: str, quotes: str, signers: Signers) -> str:
    """Say why an approval does not hold; nothing where it does."""
    if approval.rules != rules:
        return "the rules have changed since"
    if approval.quotes != quotes:
        return "a quote or a source has changed since"
    if approval.by == approval.changed_by:
        return "whoever approved it made the last change"
    if signers.why_not:
        return f"whose signatures count cannot be told: {signers.why_not}"
    if not signers.keys:
        return ""
    if not approval.signature:
        return "it is not signed, and signatures are asked for"
    if approval.by not in signers.keys:
        return f"`{approval.by}` is none of the signers"
    try:
        verify(approval.message, approval.signature, signers.keys[approval.by])
    except NotSigned as fault:
        return f"its signature does not hold: {fault}"
    return ""


def approved_digests(book: Book, signers: Signers) -> frozenset[str]:
    """Give the digests of the rule sets that two people have approved as they are."""
    files = {state.file for state in states(book, signers) if state.is_approved}
    return frozenset(
        each.rule_set.digest
        for clauses in book.clause_files.values()
        for each in clauses
        if each.rule_set and each.leaf.file in files
    )


def _beside(book: Book, file: str) -> Path:
    folder = book.folder_of(file)
    if folder is None:
        raise NotApproved(f"`{file}` is no file of the rule book")
    return (folder.root / file).parent / APPROVALS_FILE


def _read(path: Path) -> list[Approval]:
    if not path.is_file():
        return []
    try:
        given: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return [Approval(**each) for each in given]
    except (ValueError, TypeError) as fault:
        raise NotApproved(f"{path} is no list of approvals: {' '.join(str(fault).split())}") from fault
