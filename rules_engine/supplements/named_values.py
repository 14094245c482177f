"""What a name on a sheet names: the one figure of its kind that stands right after it, or why none is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rules_engine.model.money import Money
from rules_engine.supplements.aligning import KINDS
from rules_engine.supplements.cells import Sheet
from rules_engine.supplements.figures import CUSIP_SHAPE, ISIN_SHAPE, PARTED_CUSIP, PRICES, Figure, figures_in
from rules_engine.supplements.labels import CUSIP
from rules_engine.supplements.marks import choose, has_boxes
from rules_engine.supplements.naming import Label, pieces
from rules_engine.supplements.patterns import one_line, pattern, shortened
from rules_engine.supplements.tables import cusip_figure

_LEAD = pattern(
    r"(?:[ \t\n]|on or about|on|is|of|at|approximately|expected to be|expected|t~\+~\d{1,2}~[;,:]?"
    r"|\(t~\+~\d{1,2}\)|the|US|\$1,000(?:\.00)?(?: per note)?~\(?|\$|payable|paid|pays?|each|[:;,*=-]"
    r"|\(\d{1,2}\)){0,8}$"
)
"""What may stand between a name and its figure, and says nothing."""
_YES_NO = re.compile(
    r"(?<![\w/])(?P<no>not\s{1,2}applicable|not\s{1,2}available|none|n/a|no)(?![\w/])"
    r"|(?<![\w/])(?P<yes>applicable|available|yes)(?![\w/])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\W{0,2}([YN])\W{0,2}$")
_BETWEEN = re.compile(r"(?:[^A-Za-z]|[A-Za-z](?![A-Za-z])|or(?![A-Za-z])){0,40}$")
"""Between two answers that belong together stand no words, but perhaps a letter that is a mark."""
_NOT_GIVEN = re.compile(r"\W{0,3}(?:n/a|not\s{1,2}applicable|none)\W{0,3}$", re.IGNORECASE)
_CUSIPS = re.compile(rf"{PARTED_CUSIP}|{CUSIP_SHAPE}|{ISIN_SHAPE}")
_YES_NO_FIELDS = frozenset(("survivors option", "callable", "discount"))


@dataclass(frozen=True, slots=True)
class Named:
    """What stands after a name: the figures it names, in order, one or a type and its rate; or why it cannot be read.

    `is_blank` says that nothing stands there. `words` are those that do.
    """

    figures: tuple[tuple[str, Figure], ...] = ()
    doubt: str = ""
    words: str = ""
    is_blank: bool = False


def named_value(sheet: Sheet, fields: Sequence[str], start: int, end: int) -> Named:
    """Read what a name names, whose fields and place are given; the figure has to stand right after it."""
    parts = pieces(sheet, start, end)
    if not parts:
        return Named(is_blank=True)
    (first, until), *following = parts
    if not _YES_NO_FIELDS & set(fields) and _NOT_GIVEN.match(sheet.text[first:until]):
        return Named(is_blank=True)
    for place, close in following:
        if not _goes_on(sheet.text, fields, place, close):
            break
        until = close
    words = one_line(sheet.text[first:until])
    figures = list(figures_for(sheet.text, fields, first, until))
    boxed = has_boxes(sheet.text[first:until])
    if not figures or not (boxed or _LEAD.match(sheet.text[first : figures[0].start])):
        return Named(words=words)
    if fields[0] == "coupon" and not boxed:
        return _rate(fields, figures, words)
    choice = choose(sheet.text, first, until, figures)
    if choice.figure is None:
        return Named(doubt=f'"{shortened(words)}": {choice.doubt}', words=words)
    return Named(figures=((_field_of(fields, choice.figure), choice.figure),), words=words)


def without_mixed_lines(sheet: Sheet, labels: Sequence[Label]) -> list[Label]:
    """Leave of lines of names, with their figures in the line below, only those whose figures are of their kinds."""
    mixed = {label.row for label in labels if label.row >= 0 and _is_another(sheet, label)}
    return [replace(label, value=label.until) if label.row in mixed else label for label in labels]


def _is_another(sheet: Sheet, label: Label) -> bool:
    value = named_value(sheet, label.fields, label.value, label.until)
    return set(label.fields) <= set(KINDS) and not value.figures and not value.is_blank


def _rate(fields: Sequence[str], figures: Sequence[Figure], words: str) -> Named:
    """Read `5.25%`, `Fixed` or `Fixed, 5.25%`; of several rates none is taken, and none that is added to an index."""
    kinds = [figure for figure in figures if "type" in figure.kinds]
    rates = [figure for figure in figures if "rate" in figure.kinds]
    found = [("type", each) for each in kinds[:1]] if "type" in fields else []
    if len({each.value for each in kinds}) > 1 or len({each.value for each in rates}) > 1:
        return Named(doubt=f'"{shortened(words)}": several are named, and no mark says which holds', words=words)
    if rates and (not kinds or kinds[0].value == "fixed"):
        found.append(("coupon", rates[0]))
    return Named(figures=tuple(found), words=words)


def _goes_on(text: str, fields: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a cell after the first belongs to what is named: it starts with a figure of the kind, or a box."""
    if has_boxes(text[start:end]):
        return not text[start:end].rstrip().endswith(":")  # a box before the name of what follows is another form's
    figures = list(figures_for(text, fields, start, end))
    return bool(figures) and bool(_LEAD.match(text[start : figures[0].start]))


def figures_for(text: str, fields: Sequence[str], start: int, end: int) -> Iterator[Figure]:
    """Find the figures of the fields' kinds between two places."""
    if CUSIP in fields:
        yield from cusips_in(text, start, end)
        return
    if _YES_NO_FIELDS & set(fields):
        yield from yes_or_no(text, start, end)
    kinds = {kind for name in fields for kind in KINDS.get(name, ()) if kind != "yes or no"}
    for figure in figures_in(text, start, end):
        if figure.kinds & kinds:
            yield figure
        elif "price" in kinds and isinstance(figure.value, Money) and figure.value.cents // 100 in PRICES:
            # so many dollars for each hundred
            yield replace(figure, kinds=frozenset({"price"}), value=Decimal(figure.value.wire))


def cusips_in(text: str, start: int, end: int) -> Iterator[Figure]:
    """Find the CUSIPs between two places, in whatever parts they are printed; an ISIN of one of them is no other."""
    for found in _CUSIPS.finditer(text, start, end):
        if found[1] is None:
            yield cusip_figure(found)


def yes_or_no(text: str, start: int, end: int) -> Iterator[Figure]:
    """Find the words for yes and no that stand between two places, up to where others go on, or among boxes."""
    if letter := _LETTER.match(text[start:end]):
        at = start + letter.start(1)
        yield Figure(letter[1], at, at + 1, frozenset({"yes or no"}), letter[1] == "Y")
        return
    boxed = has_boxes(text[start:end])
    last: int | None = None
    for found in _YES_NO.finditer(text, start, end):
        if last is not None and not boxed and not _BETWEEN.match(text[last : found.start()]):
            return
        last = found.end()
        yield Figure(one_line(found[0]), found.start(), found.end(), frozenset({"yes or no"}), found["yes"] is not None)


def _field_of(fields: Sequence[str], figure: Figure) -> str:
    return next((name for name in fields if KINDS.get(name, frozenset()) & figure.kinds), fields[0])
