"""Decimals worked out exactly, or rounded by name, whatever the context."""

from __future__ import annotations

import ast
import decimal
from decimal import Context, Decimal
from pathlib import Path

import pytest

from rules_engine.model.exact import hundredths, minus, plain, plain_text, plus, rounded_half_up, working_with
from rules_engine.model.notes import Floating
from tests.decimal_contexts import HOSTILE, in_another_thread, under

PACKAGE = Path(__file__).parent.parent.parent / "rules_engine"
LONG = Decimal("123456.123456789012345678901234567890")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("100", "100"),
        ("100.0", "100"),
        ("1E+2", "100"),
        ("3.500", "3.5"),
        ("0.000001", "0.000001"),
        ("0.00", "0"),
        ("-1.250", "-1.25"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.1"),
    ],
)
def test_a_number_has_one_plain_text(number: str, text: str) -> None:
    assert plain_text(Decimal(number)) == text
    assert str(plain(Decimal(number))) == text


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        ("101.9704", 3, "101.970"),
        ("101.97049999", 3, "101.970"),
        ("101.9705", 3, "101.971"),
        ("-101.9705", 3, "-101.971"),
        ("0.5", 0, "1"),
        ("99.9995", 3, "100.000"),
    ],
)
def test_halves_are_rounded_away_from_zero(number: str, places: int, rounded: str) -> None:
    assert str(rounded_half_up(Decimal(number), places)) == rounded


def test_minus_nothing_and_nothing_make_nothing() -> None:
    assert str(plus(Decimal("-0.00"), Decimal(0))) == "0.00"


def reckoned() -> list[str]:
    floating = Floating(from_on=None, index="", spread=Decimal("1.123456789012"), cap=Decimal(99))  # type: ignore[arg-type]
    with working_with(50):
        root = Decimal(2) ** (1 / Decimal(3))
    return [
        f"{number:f}"
        for number in (
            plus(LONG, Decimal("0.000000000000000000000000000001")),
            minus(LONG, Decimal("1E+5")),
            hundredths(123_456_789_012_345_678_901_234_567_890),
            hundredths(Decimal("12.5")),
            rounded_half_up(LONG, 10),
            plain(LONG),
            root,
            floating.rate(Decimal("4.123456")),
        )
    ] + [plain_text(LONG)]


def test_nothing_is_lost() -> None:
    assert reckoned() == [
        "123456.123456789012345678901234567891",
        "23456.123456789012345678901234567890",
        "1234567890123456789012345678.90",
        "0.125",
        "123456.1234567890",
        "123456.12345678901234567890123456789",
        "1.2599210498948731647672106072782283505702514647015",  # OEIS A002580
        "5.246912789012",
        "123456.12345678901234567890123456789",
    ]


@pytest.mark.parametrize("context", HOSTILE.values(), ids=HOSTILE)
def test_no_context_changes_what_is_worked_out(context: Context) -> None:
    expected = reckoned()
    assert under(context, reckoned) == expected
    assert in_another_thread(context, reckoned) == expected


def test_what_new_contexts_are_made_from_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = reckoned()
    monkeypatch.setattr(decimal.DefaultContext, "prec", 2)
    monkeypatch.setattr(decimal.DefaultContext, "rounding", decimal.ROUND_UP)
    monkeypatch.setattr(decimal.DefaultContext, "Emax", 3)
    assert in_another_thread(Context(), reckoned) == expected


def test_the_caller_keeps_its_context() -> None:
    with decimal.localcontext(Context(prec=3)) as context, working_with(50):
        pass
    assert context.prec == 3
    with decimal.localcontext(Context(prec=3)):
        with working_with(50):
            pass
        assert decimal.getcontext().prec == 3


ASKS_THE_CONTEXT = {"getcontext", "localcontext", "normalize", "quantize", "setcontext", "to_integral_value"}


def test_nothing_else_in_the_engine_rounds_or_shortens_a_decimal() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: `{name}`"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() != "model/exact.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.expr)
        for name in [getattr(node, "attr", getattr(node, "id", ""))]
        if name in ASKS_THE_CONTEXT and not _is_of_unicode(node)
    ]
    assert wrong == []


def _is_of_unicode(node: ast.AST) -> bool:
    """Tell whether it is texts that are normalised."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "unicodedata"
