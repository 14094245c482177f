"""Plugins that do what no plugin should, each named for what it does."""

from __future__ import annotations

import decimal
import locale
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from rules_engine.authoring import (
    ClauseWords,
    Decision,
    Event,
    Issuer,
    Kind,
    Missing,
    Money,
    Programme,
    RequestSeen,
    TermWord,
    added_words,
    fact,
    from_days,
    hookimpl,
)
from tests.acme import ACME, AcmePlugin

HANGS = 60
"""Longer than any test waits."""

Does = Callable[[], Any]


class Unprintable(Exception):
    """An exception that raises another one when it is asked what it says."""

    def __str__(self) -> str:
        raise SystemExit("no words")


class Odd(BaseException):
    """Nothing that a program expects."""


def exits() -> NoReturn:
    sys.exit(0)


def interrupts() -> NoReturn:
    raise KeyboardInterrupt


def raises_something_odd() -> NoReturn:
    raise Odd("odd\nindeed")


def raises_what_cannot_be_told() -> NoReturn:
    raise Unprintable


def recurses() -> None:
    recurses()


def sleeps() -> None:
    time.sleep(HANGS)


def loops() -> None:
    end = time.monotonic() + HANGS
    while time.monotonic() < end:
        pass


def prints() -> None:
    print('{"outcome": "accepted"}')
    sys.stdout.write("{}\n")


def keeps_another_stream() -> None:
    sys.stdout = sys.stderr


def reads_the_events() -> None:
    assert sys.stdin.read() == ""


def rounds_otherwise() -> None:
    decimal.getcontext().prec = 2
    decimal.DefaultContext.prec = 2
    decimal.setcontext(decimal.Context(prec=1, rounding=decimal.ROUND_UP))


def speaks_german() -> None:
    locale.setlocale(locale.LC_ALL, "C.UTF-8" if locale.setlocale(locale.LC_ALL) == "C" else "C")


def sets_the_environment() -> None:
    os.environ["RULES_ENGINE_RULES"] = "elsewhere"
    os.environ.pop("PATH", None)


def goes_elsewhere() -> None:
    os.chdir("/")


def lets_nothing_recurse() -> None:
    sys.setrecursionlimit(sys.getrecursionlimit() + 500)


ENDS: dict[str, tuple[Does, str]] = {
    "exits": (exits, "SystemExit: 0"),
    "interrupts": (interrupts, "KeyboardInterrupt: "),
    "raises something odd": (raises_something_odd, "Odd: odd indeed"),
    "raises what cannot be told": (raises_what_cannot_be_told, "Unprintable: what it says of itself cannot be read"),
    "recurses": (recurses, "RecursionError: maximum recursion depth exceeded"),
}
"""What ends a plugin's work, with what is told of it."""

SLOW: dict[str, Does] = {"sleeps": sleeps, "loops": loops}
"""What does not come back."""

CHANGES: dict[str, tuple[Does, str]] = {
    "prints": (prints, "it wrote to standard output, which is for results"),
    "keeps another stream": (keeps_another_stream, ""),
    "reads the events": (reads_the_events, ""),
    "rounds otherwise": (rounds_otherwise, "it changed the decimal context of new threads"),
    "speaks German": (speaks_german, "it changed the locale"),
    "sets the environment": (sets_the_environment, "it changed the environment"),
    "goes elsewhere": (goes_elsewhere, "it changed the working folder"),
    "lets nothing recurse": (lets_nothing_recurse, "it changed how deep calls may go"),
}
"""What reaches beyond a plugin, with the remark that is made of it."""


def importing(does: Does) -> Callable[[], object]:
    """Make a plugin that does something while it is imported."""

    def load() -> object:
        does()
        return AcmePlugin()

    return load


def word(does: Does, gives: Any = 0, kind: Kind = Kind.DAYS, words: tuple[str, ...] = ()) -> type[AcmePlugin]:
    """Make a plugin whose fact `days of mourning` does something, and then gives something."""

    @fact("days of mourning", kind, words=words)
    def days_of_mourning(case: RequestSeen) -> Any:
        """Calendar days nobody asks for."""
        does()
        return gives(case) if callable(gives) else gives

    return declaring(words=lambda: [added_words("survivors option", facts=[days_of_mourning])])


def listening(does: Does) -> type[AcmePlugin]:
    """Make a plugin whose listener does something."""

    class Listening(AcmePlugin):
        @hookimpl
        def decision_recorded(self, event: Event, decision: Decision) -> None:
            does()
            object.__setattr__(event, "received_on", date(1999, 1, 1))
            object.__setattr__(decision, "accepted", Money.from_cents(1))
            decision.facts.clear()  # type: ignore[attr-defined]  # it may not

    return Listening


def declaring(**hooks: Callable[[], Any]) -> type[AcmePlugin]:
    """Make a plugin that declares what it should, but for what some hooks give."""
    methods = {name: hookimpl(lambda self, give=give: give()) for name, give in hooks.items()}
    return type("Declaring", (AcmePlugin,), methods)


def acme(**changes: Any) -> Issuer:
    issuer = Issuer(code="acme", name="Acme Corp.", programmes=(Programme(code=ACME, name="Acme Notes"),))
    return replace(issuer, **changes)


def programme(code: Any, name: Any = "Acme Notes") -> Callable[[], Sequence[Issuer]]:
    return lambda: [acme(programmes=(Programme(code=code, name=name),))]


def issuers_without_end() -> Iterator[Issuer]:
    while True:
        yield acme()


class TwoFaced(Issuer):
    """An issuer that is another one each time it is looked at."""

    __slots__ = ()


@fact("days held", Kind.DAYS)
def days_held(case: RequestSeen) -> int:
    """Days nobody asks for."""
    return 0


def days(**changes: Any) -> Callable[[], list[ClauseWords]]:
    """Declare the fact `days held`, otherwise than it should be."""
    changed = replace(days_held, **changes)
    return lambda: [ClauseWords(clause="survivors option", facts={changed.name: changed}, terms={}, payment={})]


def term(**changes: Any) -> Callable[[], list[ClauseWords]]:
    changed = replace(TermWord(name="wait", kind=Kind.DAYS, meaning="How long."), **changes)
    return lambda: [ClauseWords(clause="survivors option", facts={}, terms={changed.name: changed}, payment={})]


def calendar(**changes: Any) -> Callable[[], Any]:
    return lambda: [replace(from_days("ACME", [date(2017, 10, 16)], 2000, 2030, "a test"), **changes)]


class LaterContract(AcmePlugin):
    HOOK_CONTRACT = 2


class ContractInWords(AcmePlugin):
    HOOK_CONTRACT = "one"


class Wrapping(AcmePlugin):
    """Would stand around the hook of everybody, and give what it likes."""

    @hookimpl(wrapper=True, tryfirst=True)
    def issuers(self) -> Any:
        yield
        return [[acme(code="ally", programmes=())]]


SPEAKS_FOR_ANOTHER = "issuer `ally` is declared by plugin `ally`, which was plugged in first"
NO_PROGRAMME = "TypeError: hook `issuers` gave 'acme/notes-a', which is no Programme"

DECLARES: dict[str, tuple[type[AcmePlugin], str]] = {
    "nothing at all": (declaring(issuers=lambda: None), ""),
    "an issuer in words": (
        declaring(issuers=lambda: ["acme"]),
        "TypeError: hook `issuers` gave 'acme', which is no Issuer",
    ),
    "one text for a list": (
        declaring(issuers=lambda: "acme"),
        "TypeError: hook `issuers` gave 'acme', which is not a list",
    ),
    "a number for a list": (declaring(issuers=lambda: 7), "TypeError: 'int' object is not iterable"),
    "issuers without end": (
        declaring(issuers=issuers_without_end),
        "ValueError: hook `issuers` gave more than 1,000 things",
    ),
    "an issuer of two faces": (
        declaring(issuers=lambda: [TwoFaced(code="acme", name="Acme", programmes=())]),
        "which is no Issuer",
    ),
    "a programme in words": (declaring(issuers=lambda: [acme(programmes=(ACME,))]), NO_PROGRAMME),
    "programmes as one text": (
        declaring(issuers=lambda: [acme(programmes=ACME)]),
        "TypeError: the programmes of issuer `acme` are 'acme/notes-a', which is not a tuple",
    ),
    "no programmes": (
        declaring(issuers=lambda: [acme(programmes=None)]),
        "TypeError: the programmes of issuer `acme` are None, which is not a tuple",
    ),
    "an issuer twice": (declaring(issuers=lambda: [acme(), acme()]), "ValueError: it declares issuer `acme` twice"),
    "a code that leads elsewhere": (
        declaring(issuers=lambda: [acme(code="../ally")]),
        "ValueError: `../ally` cannot be an issuer's code",
    ),
    "a code of another kind": (
        declaring(issuers=lambda: [acme(code=7)]),
        "TypeError: an issuer's code is 7, which is not text",
    ),
    "the standard folder": (
        declaring(issuers=lambda: [acme(code="standard")]),
        "ValueError: `standard` cannot be an issuer's code",
    ),
    "a programme of another's": (
        declaring(issuers=programme("ally/term-notes-a")),
        "ValueError: `ally/term-notes-a` is not the code of a programme of issuer `acme`",
    ),
    "a programme without a code": (
        declaring(issuers=programme("acme/")),
        "ValueError: `acme/` is not the code of a programme of issuer `acme`",
    ),
    "a name with a hidden sign": (
        declaring(issuers=programme(ACME, "Acme\u200b Notes")),
        "the name of programme `acme/notes-a` has",
    ),
    "a name without end": (
        declaring(issuers=programme(ACME, "A" * 5000)),
        "ValueError: the name of programme `acme/notes-a` is longer than 2,000",
    ),
    "another's issuer": (declaring(issuers=lambda: [acme(code="ally", programmes=())]), SPEAKS_FOR_ANOTHER),
    "another's issuer, around its hook": (Wrapping, SPEAKS_FOR_ANOTHER),
    "another's calendar": (declaring(calendars=calendar(code="USNY")), "calendar `USNY` is given by the rule book"),
    "closed days in words": (
        declaring(calendars=calendar(closed=frozenset({"Monday"}))),
        "TypeError: the closed days of calendar `ACME`",
    ),
    "years that run backwards": (
        declaring(calendars=calendar(first_year=2031)),
        "ValueError: calendar `ACME` covers no year: 2031 to 2030",
    ),
    "a calendar's code in small letters": (
        declaring(calendars=calendar(code="acme/../usny")),
        "cannot be a calendar's code",
    ),
    "a word of the clause": (declaring(words=days(name="months held")), "ValueError: it declares `months held` again"),
    "a payment word of the clause": (declaring(words=days(name="price")), "ValueError: it declares `price` again"),
    "a word in braces": (declaring(words=days(name="days {held}")), "ValueError: `days {held}` cannot be a word"),
    "a word like a term": (declaring(words=days(name="the days")), "ValueError: `the days` cannot be a word"),
    "a kind in words": (
        declaring(words=days(kind="days")),
        "TypeError: the kind of `days held` is 'days', which is not a Kind",
    ),
    "words for a number": (
        declaring(words=days(words=("one",))),
        "ValueError: `days held` is of kind days and lists words",
    ),
    "no words for a word": (
        declaring(words=days(kind=Kind.WORD)),
        "ValueError: `days held` is of kind word and lists none",
    ),
    "a fact nothing works out": (
        declaring(words=days(work_out=None)),
        "TypeError: nothing works out the fact `days held`",
    ),
    "what is left of a limit": (
        declaring(words=days(limit="individual limit")),
        "ValueError: the fact `days held` is said to be left of a limit",
    ),
    "a fact about the world": (
        declaring(words=days(about="world")),
        "ValueError: the fact `days held` is about `world`",
    ),
    "a fact with no term of its": (
        declaring(words=days(terms=("nothing",))),
        "ValueError: `days held` is worked out with `nothing`",
    ),
    "a meaning of nothing": (
        declaring(words=days(meaning="")),
        "TypeError: the meaning of `days held` is '', which is not text",
    ),
    "words as a list": (
        declaring(
            words=lambda: [
                ClauseWords(clause="survivors option", facts=[], terms={}, payment={})  # type: ignore[arg-type]
            ]
        ),
        "TypeError: the facts that hook `words` gave are []",
    ),
    "a term every rule set needs": (declaring(words=term(required=True)), ""),
    "a folder that is not there": (
        declaring(rules=lambda: Path("nowhere")),
        "ValueError: hook `rules` gave `nowhere`, which is not a folder",
    ),
    "every folder there is": (declaring(rules=lambda: Path("/")), ""),
    "a later contract": (
        LaterContract,
        "ValueError: it is written for hook contract 2, and this host offers 1: install a later retail-note-rules",
    ),
    "a contract in words": (ContractInWords, "TypeError: `HOOK_CONTRACT` is 'one'"),
}
"""What a plugin declares, with why it is kept out; nothing where it is not."""

GIVES: dict[str, tuple[type[AcmePlugin], str]] = {
    "a fraction": (word(int, 7.5), "was worked out as another kind of value"),
    "a yes for a number": (word(int, True), "was worked out as another kind of value"),
    "none of its words": (word(int, "third", Kind.WORD, ("first", "second")), "`'third'`, which is none of its words"),
    "a list of other words": (word(int, frozenset({7}), Kind.WORDS, ("one",)), "`7`, which is none of its words"),
    "missing for no field": (word(int, Missing(())), "is missing, and names no field"),
    "missing for what is no list": (
        word(int, Missing("occurred_on")),  # type: ignore[arg-type]
        "is missing, and names no field",
    ),
    "more than can be compared": (word(int, 10**30), "cannot be"),
    "no number": (word(int, Decimal("NaN"), Kind.PERCENT), "was worked out as NaN, which is not a number"),
    "what others did": (
        word(int, lambda case: case.standing.at),
        "AttributeError: 'RequestSeen' object has no attribute 'standing'",
    ),
    "a term it does not have": (word(int, lambda case: case.term("nothing")), "raised KeyError: 'nothing'"),
}
"""What a plugin's fact gives that it should not, with what is told of it."""


def changing_the_event(case: RequestSeen) -> int:
    """Change what is seen of a request, and with it what would be recorded."""
    object.__setattr__(case.asked, "principal", Money.from_cents(100))
    object.__setattr__(case.event, "received_on", date(1999, 1, 1))
    return 40
