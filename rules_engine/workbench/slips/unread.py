"""Files that nobody reads, or that are there no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise

from rules_engine.rulebook.listing import start_of
from rules_engine.rulebook.tree import CALENDARS, STANDARD
from rules_engine.workbench.approving.approvals import APPROVALS_FILE
from rules_engine.workbench.slips.looking import Looking, Slip, slip

FILE_NOT_READ, FILE_DROPPED, CLAUSE_WITHOUT_RULES = "file not read", "file dropped", "clause without rules"

KINDS = {
    FILE_NOT_READ: "a file in the folder of a programme that is no YAML file, and no source's text",
    FILE_DROPPED: "a file that stands in what a working copy goes before, and not in the working copy",
    CLAUSE_WITHOUT_RULES: "a clause that an edition no longer has a file for while the one before has, or whose rules "
    "end while those of other clauses go on",
}

_FOR_PEOPLE = ("README", "LICENSE", "NOTICE", "CHANGELOG")
_OF_THE_PACKAGE = (".py", ".pyi", ".toml")


def files_not_read(looking: Looking) -> Iterator[Slip]:
    """Warn of files that lie in the book and say nothing to it."""
    for file in looking.unread:
        name = file.rpartition("/")[2]
        if name == APPROVALS_FILE or name.startswith(_FOR_PEOPLE) or name.endswith(_OF_THE_PACKAGE):
            continue
        what = "name it with the ending `.yaml` if it is to count, or keep it outside the rule book"
        yield slip(start_of(file), FILE_NOT_READ, "the file is not read", what, about=name)


def files_dropped(looking: Looking) -> Iterator[Slip]:
    """Warn of files that a working copy lost: it speaks for its issuers alone, and what it has not is gone."""
    for issuer, folder in looking.book.speaking.items():
        if "/" in issuer or issuer in (STANDARD, CALENDARS):
            continue
        for root in looking.hidden:
            other = root / issuer
            if root == folder.root or not other.is_dir():
                continue
            for path in sorted(other.rglob("*.yaml")):
                file = path.relative_to(root).as_posix()
                if file not in looking.files and not any(part.startswith((".", "_")) for part in file.split("/")):
                    where = "the rules that this working copy goes before have the file, and it has not"
                    hint = "copy it back, or say why it is gone in a file of its folder"
                    yield slip(start_of(file), FILE_DROPPED, where, hint, about=path.stem)


def clauses_without_rules(looking: Looking) -> Iterator[Slip]:
    """Warn of clauses that an edition lost."""
    for programme, clauses in looking.book.clause_files.items():
        known = [each for each in clauses if each.clause]
        own = [each for each in known if each.leaf.name != "prospectus"]
        folders = [
            (folder, list(group))
            for folder, group in groupby(sorted(own, key=lambda each: each.leaf.folder), lambda each: each.leaf.folder)
        ]
        for (before, earlier), (folder, later) in pairwise(folders):
            bundled = {each.clause for each in known if each.leaf.folder == folder and each not in own}
            for gone in earlier:
                if gone.clause in bundled and gone.clause not in {each.clause for each in later}:
                    message = f"no file here is for `{gone.clause}`, as `{before}/{gone.leaf.name}.yaml` is"
                    hint = "its notes get the standard wording there: give the file, or say why there is none"
                    where = start_of(f"{programme}/{folder}/prospectus.yaml")
                    yield slip(where, CLAUSE_WITHOUT_RULES, message, hint, about=gone.clause)
        last = {each.clause: max(file.ends_on for file in known if file.clause == each.clause) for each in known}
        furthest = max(last.values(), default=date.max)
        for clause, ends_on in last.items():
            if ends_on < furthest:
                final = max((each for each in known if each.clause == clause), key=lambda each: each.ends_on)
                message = f"no edition has rules on `{clause}` for notes issued from {ends_on + timedelta(days=1)} on"
                place = final.place_of("notes issued until")
                hint = "other clauses have some: give an edition of this one, or say why there is none"
                yield slip(place, CLAUSE_WITHOUT_RULES, message, hint, about=clause)


CHECKS = (files_not_read, files_dropped, clauses_without_rules)
