"""`rules-engine letter`: the letter that answers a request."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, notice
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, KeptLedger, Rules
from rules_engine.desk.letter_content import letter_for
from rules_engine.desk.letter_writing import HTML, TEXT, letter_to_json, write_letter

RequestId = Annotated[str, typer.Argument(metavar="REQUEST", help="The request's id.", show_default=False)]
AsHtml = Annotated[bool, typer.Option("--html", help="Write HTML that prints on one page, instead of plain text.")]


def letter(
    request: RequestId, ledger: KeptLedger, html: AsHtml = False, rules: Rules = None, as_json: AsJson = False
) -> None:
    """Write the letter that answers a request as it stands: accepted, carried over, papers missing, refused.

    It gives the findings and clauses of the decision. One that rests on a draft says so across the page, and is not to
    be sent. A file of the same name in the `letters` folder of an issuer's rules takes the place of the layout.
    """
    if html and as_json:
        raise CommandWrong("--json has the letter in both layouts: leave out --html")
    with opened(rules, ledger, only_trying=True) as host:
        found = letter_for(host, request)
        if as_json:
            written = {"text": write_letter(host, found, TEXT), "html": write_letter(host, found, HTML)}
            print(json.dumps(letter_to_json(found, written)))
        else:
            print(write_letter(host, found, HTML if html else TEXT), end="")
    if found.is_provisional:
        notice(f"notice: provisional, not to be sent: it rests on drafts: {'; '.join(found.drafts)}")
