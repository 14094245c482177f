"""Printed rows laid out in the ways pricing supplements are found in public filings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]

ROWS: list[Row] = json.loads((Path(__file__).parents[1] / "oracles" / "pricing_rows.json").read_text(encoding="utf-8"))[
    "rows"
]

SUBMISSION = """\
0001234567-08-001234.txt : 20080602
0001234567-08-001234.hdr.sgml : 20080602
ACCESSION NUMBER:\t\t0001234567-08-001234
CONFORMED SUBMISSION TYPE:\t424B2
PUBLIC DOCUMENT COUNT:\t\t1
FILED AS OF DATE:\t\t20080602
FILER:
\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tAN ISSUER INC
\t\tCENTRAL INDEX KEY:\t\t\t0000029915
\t\tFILM NUMBER:\t\t08874442
"""
REOPENED_SETTLING = {"74348YMA6": date(2014, 3, 11)}  # the row's accrual starts with the first issue
FREQUENCIES = {"MONTHLY": "Monthly", "QUARTERLY": "Quarterly", "SEMI_ANNUAL": "Semi-Annual"}


def slashed(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day:%m/%d/%Y}"


def short(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.month}/{day.day}/{day.year}"


def named(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"


def settling(row: Row) -> date:
    return REOPENED_SETTLING.get(row["cusip"], date.fromisoformat(row["accrual_start"]))


def stepping(row: Row) -> bool:
    return "Step-Up" in (row["redemption_information"] or "")


def sheet(row: Row, *, settle: str = "Settle Date") -> str:
    """What stands below the notes: dates, denominations, the business-day sentence."""
    settles = settling(row)
    trades = settles - timedelta(days=3)
    reopened = ""
    if row["cusip"] in REOPENED_SETTLING:
        accrues = date.fromisoformat(row["accrual_start"])
        reopened = f"The date from which interest shall accrue on the Notes is {named(accrues)}.\n"
    return f"""\
{row["issuer"]}
Offering Dates: {named(trades - timedelta(days=7))} through {named(trades)}
Trade Date: {named(trades)} @ 12:00 PM ET
{settle}: {named(settles)}
Minimum Denomination/Increments: $1,000.00/$1,000.00
Initial trades settle flat and clear SDFS: DTC Book Entry only
DTC Number 0235 via RBC Dain Rauscher Inc
{reopened}
If the maturity date or an interest payment date for any note is not a business day, payment is made on the next one.
"""


def title(row: Row) -> str:
    trades = settling(row) - timedelta(days=3)
    return f"""\
Filed under Rule 424(b)(2), Registration Statement No. 333-123456
Pricing Supplement No. 57 - Dated {named(trades)} (To: Prospectus Dated January 2, 2002)
"""


def fees(rows: Sequence[Row]) -> list[list[str]]:
    """The registration-fee table's rows."""
    offered = [["Title of Each Class of Securities Offered", "Maximum Aggregate Offering Price", "Amount of Fee(1)"]]
    for row in rows:
        due = date.fromisoformat(row["maturity_date"])
        rate = f"{row['coupon_rate_pct']}% Notes Due {due:%B} {due.day}, {due.year}"
        offered.append([rate, "$1,682,000", "$218.32"])
    return [*offered, ["(1) Calculated in accordance with Rule 457(r) under the Securities Act of 1933."]]


HEADINGS = (
    *("CUSIP Number", "Principal Amount", "Selling Price", "Gross Concession", "Net Proceeds", "Coupon Type"),
    *("Coupon Rate", "Coupon Frequency", "Maturity Date", "1st Coupon Date", "1st Coupon Amount", "Survivor's Option"),
    "Product Ranking",
)


def cells(row: Row, *, concession: str = "1.250%", slash: Callable[[str], str] = slashed) -> list[str]:
    return [
        row["cusip"],
        "$1,682,000.00",
        "100.000%",
        concession,
        "$1,660,975.00",
        "Step" if stepping(row) else "Fixed",
        "4.25% to 4.85%" if stepping(row) else f"{row['coupon_rate_pct']}%",
        FREQUENCIES[row["frequency"]],
        slash(row["maturity_date"]),
        slash(row["first_coupon_date"]),
        f"${row['first_coupon_amount_published']}",
        row["survivors_option"],
        "Senior Unsecured Notes",
    ]


def sentence(row: Row) -> str:
    return row["redemption_information"] or ""


def headings_for_each(rows: Sequence[Row]) -> str:
    """Tabs between cells, a heading row for every note."""
    notes = ["\t".join(HEADINGS) + "\n" + "\t".join(cells(row)) + f"\n\n{sentence(row)}\n" for row in rows]
    return title(rows[0]) + "\n" + "\n".join(notes) + "\n" + sheet(rows[0])


def one_heading_for_all(rows: Sequence[Row]) -> str:
    """Bold marks, escapes and blank cells an extraction left; one heading row; later rows of words only."""
    first, *later = rows
    head = [*cells(first, slash=short)]
    head[1], head[4], head[10] = "100.00", "", "\\" + head[10]
    text = title(first) + "\n" + "\t".join(HEADINGS) + "\n" + "\t".join(head) + f"\n\n**{sentence(first)}**\n"
    for row in later:
        given = cells(row, slash=short)
        words = [given[2].replace("%", " %"), given[3], *given[5:10], "\\" + given[10], *given[11:]]
        text += f"\n**{given[0]}** {' '.join(words)}\n**{sentence(row)}**\n"
    return text + "\n" + sheet(first)


def cell_a_line(rows: Sequence[Row]) -> str:
    """One cell a line between pipes, `$` and `%` as cells of their own, words split over lines."""
    text = SUBMISSION + "".join(f"|\n{cell}\n" for each in fees(rows) for cell in each) + title(rows[0])
    for row in rows:
        given = cells(row, concession=".625%")
        # this layout has no column of types
        given = [*given[:5], *given[6:]]
        headings = [*HEADINGS[:5], *HEADINGS[6:]]
        text += "".join(f"|\n{heading.replace(' ', chr(10), 1)}\n" for heading in headings)
        for cell in given:
            cell = cell.upper().replace("SEMI-ANNUAL", "SEMI-\nANNUAL") if "nual" in cell else cell
            parts = ["$", cell[1:]] if cell.startswith("$") else [cell]
            if cell.endswith("%") and "to" not in cell:
                parts = [cell[:-1], "%"]
            text += "".join(f"|\n{part}\n" for part in parts)
        text += f"|\n{sentence(row)}\n|\nJoint Lead Managers and Lead Agents: One Securities LLC, Another, LLC\n"
    return text + "|\n" + sheet(rows[0])


STACKED = (
    *(("CUSIP", "Number"), ("Aggregate", "Principal Amount"), ("Price to", "Public"), ("Gross", "Concession")),
    *(("Net", "Proceeds"), ("Coupon", "Type"), ("Coupon", "Rate"), ("Coupon", "Frequency"), ("Maturity", "Date")),
    *(("1st Coupon", "Date"), ("1st Coupon", "Amount"), ("Survivors", "Option"), ("Product", "Ranking")),
)


def stacked_headings(rows: Sequence[Row]) -> str:
    """Rows between pipes with empty cells behind them, headings on two lines, blanks in brackets, a long form."""
    bar, rest = " | ", " | ||||||||||||||\n"
    text = title(rows[0]) + bar.join(top for top, _ in STACKED) + rest + bar.join(below for _, below in STACKED) + rest
    for row in rows:
        given = [cell.upper() if cell in ("Fixed", "Monthly", "Semi-Annual", "Yes") else cell for cell in cells(row)]
        given[1], given[4] = "[$]", "[$]"
        text += bar.join(given) + rest + "||||||||||||||||\n"
        text += f"{sentence(row)}{rest}" if sentence(row) else ""
        text += f"Joint Lead Managers and Lead Agents: One Securities LLC{rest}"
    return text + sheet(rows[0], settle="Settlement Date")


def html_table(rows: Sequence[Row]) -> str:
    """A web page: cells with breaks in them, spacer columns, `$` and `%` apart, a fee table above."""

    def line(texts: Sequence[str], tag: str = "td") -> str:
        return "<tr>" + "<td>&nbsp;</td>".join(f"<{tag}><p>{text}</p></{tag}>" for text in texts) + "</tr>\n"

    text = "<html><head><title>424B2</title><style>td {color: #000}</style></head><body>\n<table>"
    text += "".join(line(each) for each in fees(rows)) + "</table>\n"
    text += "".join(f"<p>{each}</p>\n" for each in title(rows[0]).splitlines())
    for row in rows:
        given = []
        for cell in cells(row):
            apart = [cell[:-1], "%"] if cell.endswith("%") and "to" not in cell else [cell]
            given += ["$", cell[1:]] if cell.startswith("$") else apart
        heads = [heading.replace(" ", "<br>\n").replace("'", "&#8217;") for heading in HEADINGS]
        text += "<table>\n" + line(heads, "th") + line([cell.replace("Semi-", "Semi-<br>") for cell in given])
        text += f'<tr><td colspan="13"><b>{sentence(row)}</b></td></tr></table>\n'
    return text + "".join(f"<div>{each}</div>\n" for each in sheet(rows[0]).splitlines()) + "</body></html>\n"


def columns(rows: Sequence[Row]) -> str:
    """Columns by white space alone, headings and words wrapped inside their columns."""
    widths = (12, 17, 11, 13, 16, 9, 18, 12, 13, 13, 13, 13, 12)

    def line(texts: Sequence[str]) -> str:
        return "".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip() + "\n"

    text = SUBMISSION + title(rows[0])
    text += line([top for top, _ in STACKED]) + line([below for _, below in STACKED]) + "\n"
    for row in rows:
        given = cells(row)
        wrapped = given[7] == "Semi-Annual"
        given[7], given[12] = "SEMI-" if wrapped else given[7].upper(), "Senior"
        text += line(given)
        text += line([""] * 7 + ["ANNUAL" if wrapped else ""] + [""] * 4 + ["Unsecured"])
        text += line([""] * 12 + ["Notes"])
        text += f"\n{sentence(row)}\n\n"
    return text + sheet(rows[0], settle="Settlement Date")


def two_headings(rows: Sequence[Row]) -> str:
    """Two heading rows for each note, the first figures between them, headings cut short, no price."""
    text = title(rows[0])
    for row in rows:
        given = cells(row)
        upper = ("CUSIP", "Principle", "Gross", "Net", "Coupon", "Coupon", "Coupon", "Day Count")
        lower = ("Maturity", "1st Coupon", "1st Coupon", "Survivors", "Product", "Moody's", "S & P Rating")
        text += "".join(f"|\n{each}\n" for each in upper)
        text += "".join(f"|\n{each}\n" for each in [given[0], given[1], given[3], *given[4:8], "30/360"])
        text += "".join(f"|\n{each}\n" for each in lower)
        text += "".join(f"|\n{each}\n" for each in [*given[8:], "A1", "A"])
        text += f"|\n{sentence(row)}\n|\n"
    return text + sheet(rows[0], settle="Settlement Date")


def named_lines(rows: Sequence[Row]) -> str:
    """A term a line, its name before a colon; for one note only."""
    (row,) = rows
    given = cells(row, slash=lambda iso: f"{date.fromisoformat(iso):%B %d, %Y}")
    names: tuple[str, ...] = (
        "CUSIP",
        "Principal Amount",
        "Issue Price",
        "Agent's Discount or Commission",
        "Net Proceeds to Issuer",
    )
    names = (*names, "Coupon Type", "Coupon Rate", "Interest Payment Frequency", "Stated Maturity Date")
    names = (*names, "First Interest Payment Date", "First Coupon Amount", "Survivor's Option")
    text = title(row) + "".join(f"{name}:   {cell}\n" for name, cell in zip(names, given[:12], strict=True))
    return text + f"{sentence(row)}\n\n" + sheet(row, settle="Original Issue Date")


LAYOUTS = {
    each.__name__: each
    for each in (
        *(headings_for_each, one_heading_for_all, cell_a_line, stacked_headings),
        *(html_table, columns, two_headings, named_lines),
    )
}
