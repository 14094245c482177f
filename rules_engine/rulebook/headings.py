"""What a folder's `prospectus.yaml` says for all of its clauses: the paper, the days of issue, the base, shared terms.

A clause of the base that has no file of its own in the folder is the standard wording, with these terms in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules_engine.rulebook.figures import TERMS, GivenTerm, date_of, given_terms, typed
from rules_engine.rulebook.places import Entries, Faults, Text, check_keys, choice_of, meant, text_of
from rules_engine.rulebook.rules import Place, Term
from rules_engine.rulebook.vocabulary import ClauseWords, Vocabulary

PROSPECTUS = "prospectus"
"""The name of the file, and its first key."""

STATUSES = ("draft", "approved")
FROM, UNTIL = "notes issued from", "notes issued until"
BASED_ON = "based on"
KEYS = (PROSPECTUS, "status", "approved by", "source", "notes", FROM, UNTIL, BASED_ON, TERMS)


@dataclass(slots=True, kw_only=True)
class Heading:
    """What is given once for all clauses of an edition; what could not be read is empty or None.

    `sets` names the standard set of each clause, where the edition is based on a bundle of them, and `standard` are the
    terms that the bundle gives; those `given` here go before them.
    `unread` are the faults of sets whose clause cannot be told.
    """

    place: Place
    name: str = ""
    status: str = ""
    approved_by: str = ""
    source: str = ""
    issued_from: date | None = None
    issued_until: date | None = None
    based_on: Text | None = None
    sets: Mapping[str, str] = field(default_factory=dict)
    unread: Faults = field(default_factory=Faults)
    given: tuple[GivenTerm, ...] = ()
    standard: tuple[GivenTerm, ...] = ()

    def take_over(self, sets: Mapping[str, str], terms: Iterable[GivenTerm]) -> None:
        """Take over what the bundle has that the edition is based on."""
        own = {given.name.text for given in self.given}
        self.sets, self.standard = sets, tuple(given for given in terms if given.name.text not in own)

    def terms_for(self, clause: ClauseWords, faults: Faults) -> dict[str, Term]:
        """Give the shared terms that are words of a clause; one that cannot be read is noted, once for all clauses."""
        found = Faults()
        words = ((given, clause.terms.get(given.name.text)) for given in (*self.standard, *self.given))
        read = [typed(given, word, found) for given, word in words if word]
        faults.extend(fault for fault in found if fault not in faults)
        return {term.name: term for term in read if term}


def read_heading(root: Entries, vocabulary: Vocabulary, faults: Faults) -> Heading:
    """Read a `prospectus.yaml`; every fault in it is noted."""
    check_keys(root, KEYS, faults)
    name, source = (text_of(root, key, faults, required=True) for key in (PROSPECTUS, "source"))
    text_of(root, "notes", faults)
    status, approved_by = read_status(root, faults, required=True)
    heading = Heading(
        place=root.place,
        name=name.text if name else "",
        status=status,
        approved_by=approved_by,
        source=source.text if source else "",
        based_on=text_of(root, BASED_ON, faults),
        given=given_terms(root, faults),
    )
    heading.issued_from, heading.issued_until = read_days_of_issue(root, faults, required=True)
    known = {term for clause in vocabulary.clauses.values() for term in clause.terms}
    for given in heading.given:
        if given.name.text not in known:
            faults.at(given.name.place, f"unknown term `{given.name.text}`", meant(given.name.text, known))
    return heading


def read_status(root: Entries, faults: Faults, *, required: bool) -> tuple[str, str]:
    """Read whether a paper is a draft or approved, and by whom; approved by nobody is a fault."""
    status = choice_of(root, "status", STATUSES, faults, required=required)
    approved_by = text_of(root, "approved by", faults)
    if status and status.text == "approved" and not approved_by:
        faults.at(
            status.place, "approved by nobody", "name the second reader in `approved by`, or set it back to draft"
        )
    return status.text if status else "", approved_by.text if approved_by else ""


def read_days_of_issue(root: Entries, faults: Faults, *, required: bool) -> tuple[date | None, date | None]:
    """Read from and until which day of issue notes are meant; both days are included."""
    first, last = date_of(root, FROM, faults, required=required), date_of(root, UNTIL, faults)
    check_order(first, last, root, faults)
    return first, last


def check_order(first: date | None, last: date | None, root: Entries, faults: Faults) -> None:
    """Note a last day of issue that lies before the first one."""
    if first and last and last < first:
        hint = f"notes are issued from {first}; both days are included"
        faults.at(root.entries[UNTIL].value.place, f"`{UNTIL}` lies before `{FROM}`", hint)


def note_unused(heading: Heading, used: Iterable[str], faults: Faults) -> None:
    """Note shared terms that no clause of the edition uses."""
    names = set(used)
    for given in heading.given:
        if given.name.text not in names:
            hint = "no rule of any clause names it, and no fact that a rule uses needs it"
            faults.at(given.name.place, f"the term `{given.name.text}` is never used", hint)
