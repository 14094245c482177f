"""The standard wording: rule sets that others are based on, and bundles that name a set for each clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules_engine.rulebook.checking import check_standard
from rules_engine.rulebook.figures import STANDARD_WORDING, TERMS, GivenTerm, given_terms, typed
from rules_engine.rulebook.headings import BASED_ON
from rules_engine.rulebook.leaves import Leaf
from rules_engine.rulebook.places import Entries, Faults, Text, as_text, check_keys, items_of, meant, text_of
from rules_engine.rulebook.reading import Written, read_written
from rules_engine.rulebook.resolving import fits, lay_over
from rules_engine.rulebook.tree import STANDARD
from rules_engine.rulebook.vocabulary import Vocabulary

BUNDLE, CLAUSES = "standard", "clauses"
BUNDLE_KEYS = (BUNDLE, "source", BASED_ON, CLAUSES, TERMS)
_NO_SOURCE = "no source stands beside it: quote in a programme's own files"


@dataclass(slots=True, kw_only=True)
class Standard:
    """A standard rule set with its own base read into it, and its faults; `written` is None where it cannot be read."""

    written: Written | None
    faults: Faults


@dataclass(slots=True, kw_only=True)
class Bundle:
    """The standard set of each clause, by the clause's name, the terms given for all of them, and the bundle's faults.

    `based_on` is the bundle whose sets and terms it takes over.

    `unread` are the faults of sets that it lists and whose clause cannot be told.
    """

    sets: Mapping[str, str] = field(default_factory=dict)
    terms: tuple[GivenTerm, ...] = ()
    based_on: Text | None = None
    faults: Faults = field(default_factory=Faults)
    unread: Faults = field(default_factory=Faults)


@dataclass(slots=True, kw_only=True)
class Standards:
    """All standard wording, by the name a `based on` line gives it."""

    sets: Mapping[str, Standard]
    bundles: Mapping[str, Bundle]

    def named(self, name: Text, faults: Faults) -> Standard | None:
        """Find a standard set; None, with the fault noted, when there is none of the name."""
        found = self.sets.get(name.text)
        if found is None:
            hint = meant(name.text, self.sets, f"a rule set is based on a file in `{STANDARD}`")
            faults.at(name.place, f"there is no `{name.text}` to be based on", hint)
        return found

    def bundle(self, name: Text, faults: Faults) -> Bundle | None:
        """Find a bundle; None, with the fault noted, when there is none of the name."""
        found = self.bundles.get(name.text)
        if found is None and name.text in self.sets:
            message = f"`{name.text}` is the standard set of one clause, and a prospectus has several"
            faults.at(name.place, message, f"name a file of `{STANDARD}` that lists `{CLAUSES}`")
        elif found is None:
            hint = meant(
                name.text, self.bundles, f"a prospectus is based on a file of `{STANDARD}` that lists `{CLAUSES}`"
            )
            faults.at(name.place, f"there is no `{name.text}` to be based on", hint)
        return found


def read_standards(leaves: Iterable[Leaf], vocabulary: Vocabulary) -> Standards:
    """Read all standard wording; a set may be based on one that is based on nothing."""
    named = {f"{STANDARD}/{leaf.name}": leaf for leaf in leaves}
    listing = {name: leaf for name, leaf in named.items() if leaf.root and {BUNDLE, CLAUSES} & set(leaf.root.entries)}
    own = {
        name: Standard(written=_read(leaf, vocabulary), faults=leaf.faults)
        for name, leaf in named.items()
        if name not in listing
    }
    sets = {name: _on_its_base(standard, own) for name, standard in own.items()}
    bundles = {name: _read_bundle(leaf, sets, vocabulary) for name, leaf in listing.items()}
    return Standards(sets=sets, bundles={name: _on_its_bundle(each, bundles) for name, each in bundles.items()})


def _read(leaf: Leaf, vocabulary: Vocabulary) -> Written | None:
    return read_written(leaf.root, vocabulary, leaf.faults, standard=True) if leaf.root else None


def _on_its_base(standard: Standard, own: Mapping[str, Standard]) -> Standard:
    """Read a standard set's base into it; whoever is based on it has the faults of both."""
    written, faults = standard.written, standard.faults
    if written is None or faults:
        return standard
    base = _base_of(written, own, faults) if written.based_on else None
    base_faults = base.faults if base else ()
    if faults or base_faults or not fits(written, base.written if base else None, faults):
        return Standard(written=written, faults=Faults((*faults, *base_faults)))
    laid = lay_over(written, base.written if base else None, faults)
    _refuse_quotes(written, faults)
    if not faults:
        check_standard(written, laid.rules, faults)
    return Standard(written=laid, faults=faults)


def _refuse_quotes(written: Written, faults: Faults) -> None:
    quoting = [term.place for term in written.terms.values() if term.quotes]
    quoting += [rule.place for rule in written.rules if rule.quotes]
    quoting += [written.payment.place] if written.payment.where.quotes else []
    for place in quoting:
        faults.at(place or written.place, "a quote in a standard rule set", _NO_SOURCE)


def _base_of(written: Written, own: Mapping[str, Standard], faults: Faults) -> Standard | None:
    name = written.based_on
    assert name is not None
    base = own.get(name.text)
    if base is None:
        hint = meant(name.text, own, f"a standard set is based on another file in `{STANDARD}`")
        faults.at(name.place, f"there is no `{name.text}` to be based on", hint)
    elif base.written is written or (base.written and base.written.based_on):
        message = f"`{name.text}` is based on another set itself"
        faults.at(name.place, message, "one base below a standard set: base it on what that one is based on")
        return None
    return base


def _read_bundle(leaf: Leaf, sets: Mapping[str, Standard], vocabulary: Vocabulary) -> Bundle:
    """Read a file that lists a standard set for each clause, or is based on one that does, and gives terms for all."""
    root, faults = leaf.root, leaf.faults
    assert root is not None
    check_keys(root, BUNDLE_KEYS, faults)
    text_of(root, BUNDLE, faults, required=True)
    text_of(root, "source", faults)
    based_on = text_of(root, BASED_ON, faults)
    found: dict[str, str] = {}
    unread = Faults()
    for name in _names(root, faults, required=based_on is None):
        standard = sets.get(name.text)
        if standard is None:
            hint = meant(name.text, sets, f"name a file in `{STANDARD}`")
            faults.at(name.place, f"there is no `{name.text}` to be based on", hint)
            continue
        clause = standard.written.clause if standard.written else None
        if clause is None:
            unread.extend(standard.faults)
            continue
        if clause.clause in found:
            message = f"`{name.text}` is for the clause `{clause.clause}`, as `{found[clause.clause]}` is"
            faults.at(name.place, message, "one standard set for each clause")
        found.setdefault(clause.clause, name.text)
    return Bundle(
        sets=found, terms=_read_terms(root, vocabulary, faults), based_on=based_on, faults=faults, unread=unread
    )


def _read_terms(root: Entries, vocabulary: Vocabulary, faults: Faults) -> tuple[GivenTerm, ...]:
    """Read the terms given for all clauses; each is held against every clause that knows it."""
    terms = given_terms(root, faults, unmarked=STANDARD_WORDING)
    known = [word for clause in vocabulary.clauses.values() for word in clause.terms.values()]
    for given in terms:
        words = [word for word in known if word.name == given.name.text]
        if not words:
            faults.at(
                given.name.place,
                f"unknown term `{given.name.text}`",
                meant(given.name.text, {word.name for word in known}),
            )
        found = Faults()
        for word in words:
            typed(given, word, found)
        faults.extend(dict.fromkeys(found))
        if given.where.quotes:
            faults.at(given.name.place, "a quote in a standard file", _NO_SOURCE)
    return terms


def _on_its_bundle(bundle: Bundle, bundles: Mapping[str, Bundle]) -> Bundle:
    """Give a bundle what the one it is based on has, where it gives nothing itself, and the faults of both."""
    name = bundle.based_on
    if name is None:
        return bundle
    base = bundles.get(name.text)
    if base is None:
        hint = meant(name.text, bundles, f"name a file of `{STANDARD}` that lists `{CLAUSES}`")
        bundle.faults.at(name.place, f"there is no `{name.text}` to be based on", hint)
        return bundle
    if base.based_on:
        hint = "one base below a standard file: base it on what that one is based on"
        bundle.faults.at(name.place, f"`{name.text}` is based on another file itself", hint)
        return bundle
    own = {given.name.text for given in bundle.terms}
    return Bundle(
        sets={**base.sets, **bundle.sets},
        terms=(*(given for given in base.terms if given.name.text not in own), *bundle.terms),
        based_on=name,
        faults=Faults((*bundle.faults, *base.faults)) if base.faults else bundle.faults,
    )


def _names(root: Entries, faults: Faults, *, required: bool) -> list[Text]:
    names = (as_text(node, CLAUSES, faults) for node in items_of(root, CLAUSES, faults, required=required))
    return [name for name in names if name]
