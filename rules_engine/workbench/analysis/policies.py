"""Policy questions, as operations write them: what must never be answered so, whatever a programme's rules say.

```yaml
# policies.yaml, beside the issuers' folders or in one of them
clause: survivors option
policies:
  - never accept without one of death certificate, order of adjudication
  - policy: never accept
    when:
      representative: one of guardian, none
    because: Nobody acts for the deceased.
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules_engine.rulebook.folders import in_order
from rules_engine.rulebook.literals import split_words
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.phrases import read_condition
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    Node,
    Text,
    as_entries,
    as_text,
    check_keys,
    entries_of,
    items_of,
    listed,
    meant,
    text_of,
)
from rules_engine.rulebook.rules import Condition, Place
from rules_engine.rulebook.tree import POLICIES_FILE
from rules_engine.rulebook.vocabulary import ClauseWords, Comparison, Ruling, Vocabulary
from rules_engine.workbench.analysis.wording import condition_in_words
from rules_engine.workbench.slips.looking import Looking

_NEVER, _WITHOUT = "never ", " without "
_PAPERS, _ON_FILE = "documents", "papers for the registration"
"""Papers that came with a request, and those that came with any of the owner's for the same registration."""
FORBIDDEN: Mapping[str, tuple[Ruling, ...]] = {
    "accept": (Ruling.ENTITLE, Ruling.ACCEPT, Ruling.ACCEPT_AT_MOST),
    "pend": (Ruling.PEND,),
    "reject": (Ruling.REJECT,),
    "refer": (Ruling.REFER,),
}
"""What a policy may forbid, and the rulings that would do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy: for a clause of an issuer, or of all (empty), an answer that is not given where all tests hold."""

    text: str
    clause: str
    issuer: str
    never: str
    conditions: tuple[Condition, ...]
    place: Place
    because: str = ""


def read_policies(looking: Looking, vocabulary: Vocabulary, faults: Faults) -> tuple[Policy, ...]:
    """Read every policy of a book's folders; what cannot be read is noted."""
    found: list[Policy] = []
    read: set[str] = set()
    for folder in in_order(dict.fromkeys(looking.book.speaking.values())):
        issuers = [code for code, speaks in looking.book.speaking.items() if "/" not in code and speaks == folder]
        for issuer in ("", *issuers):
            path = folder.root / issuer / POLICIES_FILE
            file = path.relative_to(folder.root).as_posix()
            if file not in read and path.is_file():
                read.add(file)  # a working copy's goes before the one that ships
                entries = read_nodes(path.read_bytes(), file, faults)
                if entries:
                    found += _read(entries, issuer, vocabulary.known_to(issuer) if issuer else vocabulary, faults)
    return tuple(found)


def _read(root: Entries, issuer: str, vocabulary: Vocabulary, faults: Faults) -> Iterator[Policy]:
    check_keys(root, ("clause", "policies", "notes"), faults)
    clause = text_of(root, "clause", faults, required=True)
    words = vocabulary.clauses.get(clause.text) if clause else None
    if clause and words is None:
        faults.at(clause.place, f"unknown clause `{clause.text}`", meant(clause.text, vocabulary.clauses))
    for node in items_of(root, "policies", faults, required=True):
        policy = _policy(node, issuer, words, faults) if words else None
        if policy:
            yield policy


def _policy(node: Node, issuer: str, words: ClauseWords, faults: Faults) -> Policy | None:
    before = len(faults)
    because = ""
    conditions: list[Condition] = []
    if isinstance(node, Text):
        said: Text | None = node
    else:
        given = as_entries(node, "a policy", faults)
        if given is None:
            return None
        check_keys(given, ("policy", "when", "because"), faults)
        said = text_of(given, "policy", faults, required=True)
        reason = text_of(given, "because", faults)
        because = reason.text if reason else ""
        conditions += _when(given, words, faults)
    if said is None:
        return None
    never, papers = _parted(said, words, faults)
    if len(faults) > before:
        return None
    own = len(conditions)
    conditions += [
        Condition(fact=fact, comparison=Comparison.WITHOUT, values=(paper,), place=said.place)
        for paper in papers
        for fact in (_PAPERS, _ON_FILE)
        if fact in words.facts
    ]
    if not conditions:
        hint = "add `without one of ...`, or lines under `when`"
        faults.at(said.place, "the policy does not say when", hint)
        return None
    return Policy(
        text=_in_words(said.text, conditions[:own]),
        clause=words.clause,
        issuer=issuer,
        never=never,
        conditions=tuple(conditions),
        place=said.place,
        because=because,
    )


def _in_words(said: str, when: list[Condition]) -> str:
    if not when:
        return said
    return f"{said} when {' and '.join(condition_in_words(each) for each in when)}"


def _when(given: Entries, words: ClauseWords, faults: Faults) -> Iterator[Condition]:
    when = entries_of(given, "when", faults)
    for entry in when.entries.values() if when else ():
        fact = words.facts.get(entry.key.text)
        if fact is None:
            faults.at(entry.key.place, f"unknown fact `{entry.key.text}`", meant(entry.key.text, words.facts))
            continue
        text = as_text(entry.value, fact.name, faults)
        condition = read_condition(fact, text, words, faults) if text else None
        if condition and condition.term:
            message = f"`the {condition.term}` in a policy: a policy holds for all programmes"
            faults.at(entry.value.place, message, "write the figure")
        elif condition:
            yield condition


def _parted(said: Text, words: ClauseWords, faults: Faults) -> tuple[str, tuple[str, ...]]:
    """Part `never accept without one of a, b and c` into what is forbidden and the papers; note what is neither."""
    if not said.text.startswith(_NEVER):
        hint = "write `never accept without one of ...`, or `never accept` with lines under `when`"
        faults.at(said.place, f"a policy starts with `{_NEVER.strip()}`", hint)
        return "", ()
    never, _, papers = said.text.removeprefix(_NEVER).partition(_WITHOUT)
    if never not in FORBIDDEN:
        faults.at(said.place, f"a policy cannot forbid to `{never}`", meant(never, FORBIDDEN))
        return "", ()
    if not papers:
        return never, ()
    fact = words.facts.get(_PAPERS)
    if fact is None:
        faults.at(said.place, f"`{words.clause}` knows no papers", "say under `when` what the policy is about")
        return never, ()
    named = split_words(papers.removeprefix("one of "), fact.words)
    for paper in named:
        if paper not in fact.words:
            faults.at(said.place, f"`{fact.name}` is never `{paper}`", meant(paper, fact.words))
    if len(named) > 1 and not papers.startswith("one of "):
        faults.at(said.place, f"{listed(named, 'and')} without `one of`", f"write `{_WITHOUT.strip()} one of {papers}`")
    return never, named
