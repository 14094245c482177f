"""The sentences of features: how they write amounts, days and names, and the function each sentence stands for.

A step is defined once, here, and run by two: `rules-engine accept`, and pytest-bdd.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

__all__ = ["STEPS", "TYPES", "Phrase", "Step", "Written", "given", "listed", "money_on_the_wire", "phrase", "then"]
__all__ += ["when", "whose"]

ActionT = TypeVar("ActionT", bound=Callable[..., None])

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


class Written:
    """One kind of value in a step: the pattern it is written in, and what it is read as."""

    def __init__(self, pattern: str, read: Callable[[str], Any] = str) -> None:
        self.pattern = pattern
        self._read = read

    def __call__(self, text: str) -> Any:
        """Read what the pattern found."""
        return self._read(text)


def money_on_the_wire(text: str) -> str:
    """Write `$25,000` as an event does, `25000.00`."""
    whole, _, cents = text.removeprefix("$").replace(",", "").partition(".")
    return f"{whole}.{cents or '00'}"


def listed(text: str) -> tuple[str, ...]:
    """Part `the tax waiver, the trust agreement and the death certificate` into its words."""
    parts = text.replace(" and ", ", ").split(", ")
    return tuple(part.removeprefix("the ").strip() for part in parts)


def _named(text: str) -> str:
    return text.strip().strip('"')


def whose(text: str) -> dict[str, str]:
    """Read `account "broker-1"` as the account it names, and `"owner-1"` as the owner."""
    field = "account_ref" if text.startswith("account ") else "owner_ref"
    return {field: _named(text.removeprefix("account "))}


def _without_article(text: str) -> str:
    return text.removeprefix("an ").removeprefix("a ")


TYPES: Mapping[str, Written] = {
    "Money": Written(r"\$[0-9][0-9,]*(?:\.[0-9]{2})?", money_on_the_wire),
    "Amount": Written(
        r"all|\$[0-9][0-9,]*(?:\.[0-9]{2})?", lambda text: text if text == "all" else money_on_the_wire(text)
    ),
    "Day": Written(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "Year": Written(r"[0-9]{4}", int),
    "Number": Written(r"[0-9]{1,3}", int),
    "Note": Written(r"[0-9A-Z*@#]{9}"),
    "Name": Written(r'"[^"]+"', _named),
    "Holder": Written(r'(?:account )?"[^"]+"', whose),
    "MaybeName": Written(r'(?: "[^"]+")?', _named),
    "Words": Written(r"[a-z' -]+"),
    "Listed": Written(r"the [a-z' ,-]+?", listed),
    "Capacity": Written(r"an? [a-z ]+", _without_article),
    "Price": Written(r"[0-9]+(?:\.[0-9]+)?"),
    "Share": Written(r"1|[0-9]+/[0-9]+"),
    "Programme": Written(r"[a-z0-9-]+/[a-z0-9-]+"),
    "Outcome": Written("accepted|carried over|pended|rejected|referred|recorded"),
    "Part": Written("accepted|carried over|pended|not accepted|taken back"),
    "Limits": Written(
        "the individual limit|the annual limit alone|the annual limit|the series limit|both limits|all limits|no limits"
    ),
    "PaymentKind": Written("interest|maturity|redemption|repayment"),
}


class Phrase:
    """A sentence with places in braces, `{name:Kind}`, of a kind in `TYPES`; a bare `{name}` takes any words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._kinds = {found[1]: TYPES[found[2]] if found[2] else Written(".+?") for found in _PLACE.finditer(text)}
        names = iter(self._kinds)
        parts = [re.escape(part) for part in re.split(r"\{\w+(?::\w+)?\}", text)]
        places = (f"(?P<{name}>{self._kinds[name].pattern})" for name in names)
        self._pattern = re.compile(
            parts[0] + "".join(f"{place}{part}" for place, part in zip(places, parts[1:], strict=True))
        )

    def is_matching(self, line: str) -> bool:
        """Tell whether a line of a scenario says this sentence."""
        return self._pattern.fullmatch(line) is not None

    def parse_arguments(self, line: str) -> dict[str, Any] | None:
        """Read what a line says in the places of the sentence; None where it says another one."""
        found = self._pattern.fullmatch(line)
        return {name: self._kinds[name](text) for name, text in found.groupdict().items()} if found else None


def phrase(text: str) -> Phrase:
    """Make the sentence of a step; its places are typed by the names in `TYPES`."""
    return Phrase(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A sentence after one keyword, `given`, `when` or `then`, and what it does to the desk of a scenario."""

    keyword: str
    phrase: Phrase
    action: Callable[..., None]

    @property
    def chapter(self) -> str:
        """The name of the module that defines it."""
        return self.action.__module__.rpartition(".")[2]


STEPS: list[Step] = []
"""Every step of the modules imported so far, in the order they are defined."""


def given(said: Phrase | str) -> Callable[[ActionT], ActionT]:
    """Define what a sentence does that follows `Given`."""
    return _defining("given", said)


def when(said: Phrase | str) -> Callable[[ActionT], ActionT]:
    """Define what a sentence does that follows `When`."""
    return _defining("when", said)


def then(said: Phrase | str) -> Callable[[ActionT], ActionT]:
    """Define what a sentence requires that follows `Then`."""
    return _defining("then", said)


def _defining(keyword: str, said: Phrase | str) -> Callable[[ActionT], ActionT]:
    def defined(action: ActionT) -> ActionT:
        known = said if isinstance(said, Phrase) else Phrase(said)
        place = len(STEPS)
        while place and STEPS[place - 1].action is action:
            place -= 1  # the decorators of one function are called from the last to the first
        STEPS.insert(place, Step(keyword=keyword, phrase=known, action=action))
        return action

    return defined
