"""How a feature file writes amounts, days and names, and how an event writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

try:
    from pytest_bdd import given, parsers, then, when
except ImportError as fault:
    raise ImportError("the steps of rules_engine.acceptance need pytest-bdd: pip install pytest-bdd") from fault

__all__ = ["TYPES", "Written", "given", "listed", "money_on_the_wire", "phrase", "then", "when", "whose"]


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


TYPES: Mapping[str, Any] = {
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


def phrase(pattern: str) -> parsers.parse:
    """Make the parser of a step; its places are typed by the names in `TYPES`."""
    return parsers.parse(pattern, extra_types=dict(TYPES))
