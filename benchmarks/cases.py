"""Made-up requests on Ally's notes: mostly in order, each with a few things changed; the same ones every time."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

from rules_engine.host import Host, shipped_rules
from rules_engine.model import event_words
from rules_engine.model.event_words import Document
from rules_engine.model.events import Event, LimitsElected, OutstandingReported, SurvivorsOptionRequested
from rules_engine.model.money import Money

PROGRAMME = "ally/term-notes-a"
NOTES = ("02006DLF6", "02006DLG4")
COUNT = 2_000
TWENTY_FOUR = Path(__file__).parent / "twenty-four-rules.yaml"
ELECTED = {2017: (False, False), 2018: (False, True), 2019: (True, True)}
"""For each year, whether the issuer applies its annual limit, and its individual one."""

OUTSTANDING = Money.parse("50000000.00")
"""The principal outstanding at the end of every year."""

CHANGED_ONE_IN = 24
"""Each field is changed in one case of so many, and left out in as many more."""

PAPERS: frozenset[Document] = frozenset(
    {"death certificate", "letters of authority", "proof of ownership", "repayment request", "signature guarantee"}
)


def background() -> tuple[Event, ...]:
    """Elect limits year by year, and report the principal that the annual limit is a percentage of."""
    elected = [
        LimitsElected(
            event_id=f"limits {year}",
            received_on=date(year, 1, 3),
            programme=PROGRAMME,
            year=year,
            annual=annual,
            individual=individual,
        )
        for year, (annual, individual) in ELECTED.items()
    ]
    reported = [
        OutstandingReported(
            event_id=f"outstanding {year}",
            received_on=date(year, 1, 3),
            programme=PROGRAMME,
            as_of=date(year - 1, 12, 31),
            principal=OUTSTANDING,
        )
        for year in ELECTED
    ]
    return (*elected, *reported)


def host_with_background(*, with_durable: bool | None = None, rules: Path | None = None) -> Host:
    """Open a host on a rule book (by default the one that ships), with the limits of every year on its ledger."""
    host = Host.open(rules, with_durable=with_durable)
    for event in background():
        host.answer(event)
    return host


def with_twenty_four_rules(folder: Path) -> Path:
    """Copy the rule book that ships, with the twenty-four rules that were made up in the place of Ally's."""
    book = folder / "rules"
    shutil.copytree(shipped_rules(), book, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    shutil.copyfile(TWENTY_FOUR, book / PROGRAMME / "2015-08-10" / "survivors-option.yaml")
    return book


def requests(count: int = COUNT) -> list[SurvivorsOptionRequested]:
    """Make up so many requests; the same number gives the same requests."""
    chance = random.Random(20150810)
    return [_changed(_in_order(number, chance), chance) for number in range(count)]


def _in_order(number: int, chance: random.Random) -> SurvivorsOptionRequested:
    received_on = date(2017, 7, 1) + timedelta(days=chance.randrange(850))
    position = Money.from_cents(100_000 * chance.randint(1, 320))
    return SurvivorsOptionRequested(
        event_id=f"event {number}",
        received_on=received_on,
        request_id=f"request {number}",
        cusip=chance.choice(NOTES),
        principal=position,
        position=position,
        occurred_on=received_on - timedelta(days=chance.randint(1, 360)),
        owner_ref=f"owner {number}",
        acquired_on=date(2016, 12, 1),
        acquired="primary market",
        registration="sole owner",
        owner_at_death=True,
        held_in="estate account",
        representative="executor",
        documents=PAPERS,
    )


def _changed(request: SurvivorsOptionRequested, chance: random.Random) -> SurvivorsOptionRequested:
    changes: dict[str, Any] = {}
    for field, change in _CHANGES.items():
        drawn = chance.randrange(CHANGED_ONE_IN)
        if drawn == 0:
            changes[field] = change(request, chance)
        elif drawn == 1 and field not in _ALWAYS_GIVEN:
            changes[field] = None
    return replace(request, **changes)


def _another_day(request: SurvivorsOptionRequested, chance: random.Random) -> date:
    return request.received_on - timedelta(days=chance.randint(-3, 500))


_ALWAYS_GIVEN = ("principal", "trigger")
_Change = Callable[[SurvivorsOptionRequested, random.Random], Any]
_CHANGES: Mapping[str, _Change] = {
    "principal": lambda request, chance: Money.from_cents(50_000 * chance.randint(1, 900)),
    "position": lambda request, chance: Money.from_cents(50_000 * chance.randint(1, 900)),
    "trigger": lambda request, chance: chance.choice(get_args(event_words.Trigger)),
    "occurred_on": _another_day,
    "acquired_on": _another_day,
    "owner_ref": lambda request, chance: "owner of many",
    "registration": lambda request, chance: chance.choice(get_args(event_words.Registration)),
    "co_owner_is_spouse": lambda request, chance: chance.random() < 0.5,
    "deceased_share": lambda request, chance: Fraction(1, chance.randint(2, 4)),
    "substantially_all_beneficial_interest": lambda request, chance: chance.random() < 0.5,
    "owner_at_death": lambda request, chance: chance.choice([False, "in doubt"]),
    "held_in": lambda request, chance: chance.choice(get_args(event_words.HeldIn)),
    "representative": lambda request, chance: chance.choice(get_args(event_words.Representative)),
    "documents": lambda request, chance: frozenset(chance.sample(get_args(event_words.Document), 9)),
}
