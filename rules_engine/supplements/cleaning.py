"""The signs of a sheet's text: quotes, dashes and blanks as a keyboard has them, boxes whatever drew them."""

from __future__ import annotations

import re

EMPTY, TICKED = "\u2610", "\u2612"
"""A box, and a box with a mark in it, as every way to draw them is read."""

_ESCAPED = re.compile(r"\\([$%*_#|\[\]()-])")
_TYPED_TICKED = re.compile(r"\|[xX]\||(?<![\w/])/[xX]/(?![\w/])|\{[xX]\}|<[xX]>")
_TYPED_EMPTY = re.compile(r"\|_{1,3}\||(?<![\w/])/_{0,3}[ ]{0,3}/(?![\w/])|\{[ _]{1,3}\}")
_BARE_EMPTY = re.compile(r"\| {1,3}\|")
"""Two pipes with nothing between are a box only where others stand in their line."""
_FRACTIONS = ("1/2", "1/4", "3/4", "1/8", "3/8", "5/8", "7/8")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u0060\u00b4\u0092", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff\u00ae\u2120\u2122", None),
        "\u2026": "...",
        "\u2044": "/",
        **{
            sign: f" {fraction}"
            for sign, fraction in zip("\u00bd\u00bc\u00be\u215b\u215c\u215d\u215e", _FRACTIONS, strict=True)
        },
        **dict.fromkeys("\u25a1\u25fb\u25fd\u2b1c\u2751\u274f\uf0a8\uf06f\uf071\u00a8", EMPTY),
        **dict.fromkeys(
            "\u2611\u2713\u2714\u2717\u2718\u2327\u2715\u2716\u25a0\u25fc\u2b1b\u00fe\u00fd\u00fc"
            "\uf0fe\uf0fd\uf0fc\uf0fb\uf078\uf052\uf053",
            TICKED,
        ),
    }
)
"""The thorn and accents of a page whose symbol font was lost stand for boxes: no sheet is written in Icelandic."""

_SYMBOLS = {
    "wingdings": {"\u00fe": TICKED, "\u00fd": TICKED, "\u00fc": TICKED, "\u00fb": TICKED, "x": TICKED}
    | {"\u00a8": EMPTY, "o": EMPTY, "q": EMPTY, "r": EMPTY, "n": TICKED, "\u00a3": EMPTY},
    "wingdings 2": {"R": TICKED, "S": TICKED, "T": TICKED, "P": TICKED, "O": TICKED, "Q": TICKED}
    | {"\u00a3": EMPTY, "*": EMPTY, "0": EMPTY},
    "webdings": {"a": TICKED, "r": TICKED, "g": TICKED, "c": EMPTY},
}
"""What the letters of a symbol font draw."""


def cleaned(text: str) -> str:
    """Take away what an extraction added and what no reader sees."""
    text = _ESCAPED.sub(r"\1", text.translate(_PLAIN)).replace("**", "")
    return "".join(sign for sign in text if sign.isprintable() or sign in "\t\n")


def boxed(line: str) -> str:
    """Read boxes that are made of other signs, `|X| Yes |_| No` or `/X/ Yes / / No`, before pipes part cells."""
    marked = _TYPED_TICKED.sub(f" {TICKED} ", line)
    marked = _TYPED_EMPTY.sub(f" {EMPTY} ", marked)
    return _BARE_EMPTY.sub(f" {EMPTY} ", marked) if marked != line else line


def drawn(text: str, font: str) -> str:
    """Give what letters draw in a font, where it is one of symbols."""
    signs = _SYMBOLS.get(font)
    return "".join(signs.get(sign, sign) for sign in text) if signs else text


def symbol_font(families: str) -> str:
    """Name the symbol font among a list of families; empty where there is none."""
    named = families.replace('"', " ").replace("'", " ").lower()
    return next((font for font in ("wingdings 2", "wingdings", "webdings") if font in named), "")
