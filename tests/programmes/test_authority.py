"""No request is accepted on papers none of which shows that whoever asks may act for the owner of notes so registered.

Who may ask for what, by which paper, is written here once more, from the prospectuses' words and not from the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast, get_args

import pytest

from rules_engine.dates.months import add_months
from rules_engine.host import Host
from rules_engine.model import event_words
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Outcome
from rules_engine.model.event_words import Document
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.notes import Note
from rules_engine.rulebook.rules import Rule, RuleSet
from tests.acme import found, loaded
from tests.example import ExamplePlugin, book_with_imagined_notes

TAKEN = frozenset({Outcome.ACCEPTED, Outcome.CARRIED_OVER})
EVERYBODY = get_args(event_words.Representative)
REGISTRATIONS = get_args(event_words.Registration)
PAPERS = frozenset(get_args(event_words.Document))

# Who may ask, and for what

TO_A_BENEFICIARY = frozenset({"transfer on death", "individual retirement account"})
IN_THE_ESTATE = frozenset(REGISTRATIONS) - TO_A_BENEFICIARY
TO_THE_SURVIVOR = frozenset({"joint tenants", "tenants by the entirety", "community property"})


class May(NamedTuple):
    """Somebody may ask for notes of some registrations, after some events, as a paper shows."""

    paper: str
    registrations: frozenset[str]
    after: frozenset[str] = frozenset({"death"})


INCOMPETENCE = frozenset({"adjudicated incompetent"})
WHATEVER_HAPPENED = INCOMPETENCE | {"death"}
TABLE: Mapping[str, May] = {
    "executor": May("letters of authority", IN_THE_ESTATE),
    "administrator": May("letters of authority", IN_THE_ESTATE),
    "small estate affiant": May("small estate affidavit", IN_THE_ESTATE),
    "surviving joint owner": May("proof of ownership", TO_THE_SURVIVOR),
    "beneficiary": May("beneficiary designation", TO_A_BENEFICIARY),
    "trustee": May("trust agreement", frozenset({"trust"}), WHATEVER_HAPPENED),
    "custodian": May("proof of custodianship", frozenset({"custodian"}), WHATEVER_HAPPENED),
    "guardian": May("order of adjudication", frozenset(REGISTRATIONS), INCOMPETENCE),
}
"""Nobody else may: a power of attorney given in life ends with it, and who holds no office has none to show."""

SHOWING_AUTHORITY = frozenset(may.paper for may in TABLE.values())


FIELDS = {
    "representative": "representative",
    "registration": "registration",
    "trigger": "trigger",
    "spouse": "co_owner_is_spouse",
    "entitled": "substantially_all_beneficial_interest",
}
"""The event's field for each thing that may matter."""


class Asked(NamedTuple):
    """Who asks for notes registered how, after what, and what else may matter."""

    representative: str
    registration: str
    trigger: str
    spouse: bool
    entitled: bool

    def shown_by(self) -> frozenset[str]:
        """Give the papers each of which shows that this person may ask; none where nothing shows it."""
        may = TABLE.get(self.representative)
        if may is None or self.trigger not in may.after:
            return frozenset()
        of_the_spouse = {"tenants in common"} if self.representative == "surviving joint owner" and self.spouse else {}
        return frozenset({may.paper}) if self.registration in may.registrations.union(of_the_spouse) else frozenset()

    def on(self, base: SurvivorsOptionRequested, papers: frozenset[str]) -> SurvivorsOptionRequested:
        """Give a request of this person's, otherwise as another, with some papers."""
        asked: dict[str, Any] = self._asdict()
        return replace(
            base,
            **{field: asked[name] for name, field in FIELDS.items()},
            documents=cast(frozenset[Document], papers),
        )


def everybody(triggers: Iterable[str], facts: Iterable[tuple[bool, bool]]) -> Iterator[Asked]:
    """Walk through everybody who might ask, for notes however registered."""
    for who, registered, trigger, (spouse, entitled) in product(EVERYBODY, REGISTRATIONS, triggers, facts):
        yield Asked(who, registered, trigger, spouse, entitled)


# Which notes


@cache
def host() -> Host:
    """Open the book that the features are run on."""
    with TemporaryDirectory() as folder:
        plugins = loaded(found("example", ExamplePlugin))
        return Host.open(book_with_imagined_notes(Path(folder)), plugins=plugins, with_durable=False)


def rules_of(note: Note) -> RuleSet:
    """Give the rules on the survivor's option that a note was sold under."""
    rule_set = host().book.rule_set(note.programme, "survivors option", note.issue_date)
    assert rule_set is not None
    return rule_set


def kind_of(note: Note) -> str:
    """Name what a note is, and how it pays."""
    changing = "floating" if note.floating else "stepping up" if note.coupon_steps else "fixed"
    pays = "no interest" if note.pays_no_interest else f"{changing} interest, {note.frequency}"
    return f"{note.kind} with {pays}{', discounted' if note.original_issue_discount else ''}"


def notes() -> Mapping[str, Note]:
    """Give one note of each kind of each edition, those with the option, by a name for the two."""
    carrying = [note for cusip in sorted(host().book.notes) if (note := host().book.note(cusip))]
    return {f"{rules_of(note).edition}: {kind_of(note)}": note for note in carrying if note.survivors_option}


NOTES = notes()
ENDED = "slm/ednotes/2004-01-01"
OFFERING = {name: note for name, note in NOTES.items() if rules_of(note).edition != ENDED}


def has_a_day(note: Note) -> bool:
    """Tell whether a day of repayment was read: an interest date, or what the prospectus says where there is none."""
    return not note.pays_no_interest or "repaid without interest dates on" in rules_of(note).payment


HEARD = {name: note for name, note in OFFERING.items() if has_a_day(note)}
WITHOUT_A_DAY = {name: note for name, note in OFFERING.items() if not has_a_day(note)}


def complete(note: Note) -> SurvivorsOptionRequested:
    """Make a request for a note against which nothing stands but what is said of who asks, and the papers."""
    position = Money.parse("2000.00")
    return SurvivorsOptionRequested(
        event_id="event",
        received_on=add_months(note.issue_date, 13) + timedelta(days=1),
        request_id="request",
        cusip=note.cusip,
        principal=position,
        position=position,
        occurred_on=add_months(note.issue_date, 12),
        owner_ref="owner",
        acquired_on=note.issue_date,
        acquired="primary market",
        deceased_share=Fraction(1, 2),
        owner_at_death=True,
        held_in="deceased account",
    )


# What is tried


def subsets(papers: frozenset[str]) -> Iterator[frozenset[str]]:
    """Walk through every set of some papers, the empty one among them."""
    listed = sorted(papers)
    chosen = chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1))
    return map(frozenset, chosen)


def accepted(note: Note, tried: Iterable[tuple[Asked, frozenset[str]]]) -> list[tuple[Asked, frozenset[str]]]:
    """List what is accepted, or carried over, of what is tried on a note."""
    preview, base = host().preview, complete(note)
    return [(asked, papers) for asked, papers in tried if preview(asked.on(base, papers))[0].outcome in TAKEN]


def about_authority(rule: Rule) -> bool:
    """Tell whether a rule looks at who asks, how notes are registered, what alone happened, or at such a paper."""
    looked_at = {condition.fact for condition in rule.conditions}
    papers = set(chain.from_iterable(condition.values for condition in rule.conditions)) & SHOWING_AUTHORITY
    return bool(papers or looked_at & {"representative", "registration"} or looked_at == {"trigger"})


def wording(note: Note) -> tuple[Any, ...]:
    """Give the rules of a note that are about authority, without their names and reasons."""
    return tuple((rule.conditions, rule.ruling) for rule in rules_of(note).rules if about_authority(rule))


BY_WORDING = {wording(note): name for name, note in reversed(OFFERING.items())}
"""One note for each wording of the rules about authority: programmes whose figures alone differ have one wording."""

BOTH = (True, False)
TRIGGERS = ("death", "adjudicated incompetent")


def test_every_programme_and_edition_is_tried() -> None:
    editions = {each.edition for each in host().book.rule_sets if each.clause == "survivors option"}
    assert {rules_of(note).edition for note in NOTES.values()} == editions
    assert len(NOTES) > len(editions) >= 20


@pytest.mark.parametrize("name", NOTES)
def test_with_every_paper_but_those_that_show_it_and_with_none_at_all_nothing_is_accepted(name: str) -> None:
    without = ((asked, PAPERS - asked.shown_by()) for asked in everybody(TRIGGERS, product(BOTH, BOTH)))
    none = ((asked, frozenset[str]()) for asked in everybody(TRIGGERS, [(True, True)]))
    assert accepted(NOTES[name], chain(without, none)) == []


@pytest.mark.parametrize("name", BY_WORDING.values())
def test_whichever_other_papers_are_there_nothing_is_accepted_without_one_that_shows_authority(name: str) -> None:
    note = NOTES[name]
    named = {value for rule in rules_of(note).rules for each in rule.conditions for value in each.values}
    tried = (
        (asked, (PAPERS - SHOWING_AUTHORITY) | papers)
        for asked in everybody(TRIGGERS, zip(BOTH, BOTH, strict=True))
        for papers in subsets(SHOWING_AUTHORITY & named - asked.shown_by())
    )
    assert accepted(note, tried) == []


def who_may_ask(note: Note) -> list[Asked]:
    """List everybody who may ask for a note, whatever it is registered as."""
    triggers = TRIGGERS if note.kind == "certificate of deposit" else ("death",)
    return [asked for asked in everybody(triggers, [(True, True)]) if asked.shown_by()]


@pytest.mark.parametrize("name", HEARD)
def test_with_every_paper_whoever_may_ask_is_heard(name: str) -> None:
    may = [(asked, PAPERS) for asked in who_may_ask(HEARD[name])]
    assert accepted(HEARD[name], may) == may


@pytest.mark.parametrize("name", WITHOUT_A_DAY)
def test_whoever_may_ask_waits_for_a_person_where_no_day_of_repayment_was_read(name: str) -> None:
    note = WITHOUT_A_DAY[name]
    answers = [host().preview(asked.on(complete(note), PAPERS))[0] for asked in who_may_ask(note)]
    assert {(answer.outcome, answer.codes) for answer in answers} == {
        (Outcome.REFERRED, frozenset({Code.NO_DAY_OF_REPAYMENT}))
    }
