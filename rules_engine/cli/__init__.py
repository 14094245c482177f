"""The command line, `rules-engine`: one module for each command, with nothing to decide in any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from rules_engine import __version__
from rules_engine.cli.accept import accept
from rules_engine.cli.approve import approvals, approve_file
from rules_engine.cli.batch import batch
from rules_engine.cli.book import book
from rules_engine.cli.check import check
from rules_engine.cli.compare import compare
from rules_engine.cli.deadlines import deadlines
from rules_engine.cli.decide import decide
from rules_engine.cli.decide_again import decide_again
from rules_engine.cli.decisions import decisions
from rules_engine.cli.demo import demo
from rules_engine.cli.ending import Commands
from rules_engine.cli.explain import explain
from rules_engine.cli.export import export
from rules_engine.cli.format_file import format_files
from rules_engine.cli.keys import keys
from rules_engine.cli.letter import letter
from rules_engine.cli.limits import limits
from rules_engine.cli.mutate import mutate
from rules_engine.cli.notes import notes
from rules_engine.cli.pays import pays
from rules_engine.cli.plugins import plugins
from rules_engine.cli.read_supplement import read_supplement
from rules_engine.cli.requests import requests
from rules_engine.cli.schedule import schedule
from rules_engine.cli.schema import schema
from rules_engine.cli.serve import serve
from rules_engine.cli.show import show
from rules_engine.cli.streams import streams_kept_for_results
from rules_engine.cli.verify import verify_ledger
from rules_engine.cli.words import words

HELP = """Answer survivor's options, calls and payments of retail notes from the prospectus, rule by rule.

Results go to standard output, everything else to standard error. A command ends with 0 when all is
answered (a rejection is an answer), with 1 when some line or rule file was faulty and the rest was
done, and with 2 when the command itself was wrong.

\b
Start here:
  rules-engine demo
"""

app = typer.Typer(
    name="rules-engine",
    cls=Commands,
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

EXAMPLES: dict[Callable[..., None], str] = {
    decide: "rules-engine decide events.jsonl --json > decisions.jsonl",
    decide_again: "rules-engine decide-again --ledger sqlite:///ledger.db",
    explain: "rules-engine explain events.jsonl --event call-a-day-late",
    schedule: "rules-engine schedule 02006DLF6",
    check: "rules-engine check rules/",
    compare: "rules-engine compare my-rules --ledger sqlite:///ledger.db --html impact.html",
    words: "rules-engine words | less",
    accept: "rules-engine accept features --issuer ally",
    mutate: "rules-engine mutate ally/term-notes-a",
    show: "rules-engine show ally/term-notes-a payment days",
    requests: "rules-engine requests --ledger sqlite:///ledger.db",
    pays: "rules-engine pays --ledger sqlite:///ledger.db --from 2017-09-01 --until 2017-09-30",
    limits: "rules-engine limits --ledger sqlite:///ledger.db",
    notes: "rules-engine notes --programme ally",
    deadlines: "rules-engine deadlines --ledger sqlite:///ledger.db --ics deadlines.ics",
    letter: "rules-engine letter R-2 --ledger sqlite:///ledger.db --html > R-2.html",
    decisions: "rules-engine decisions --ledger sqlite:///ledger.db --after 0",
    verify_ledger: "rules-engine verify --ledger sqlite:///ledger.db",
    export: "rules-engine export --ledger sqlite:///ledger.db > events.jsonl",
    approve_file: "rules-engine approve my-rules/acme/notes/2015-08-10/redemption.yaml --as jd --changed-by km",
    approvals: "rules-engine approvals my-rules",
    schema: "rules-engine schema schemas/",
    format_files: "rules-engine format my-rules/ally/term-notes-a/2015-08-10/survivors-option.yaml",
    read_supplement: "rules-engine read-supplement supplement.txt --programme ally/term-notes-a > 123.yaml",
    serve: "rules-engine serve --ledger sqlite:///ledger.db --port 8000",
    demo: "rules-engine demo",
}
"""The commands in the order they are listed, each with an example of its use."""

for command, example in EXAMPLES.items():
    app.command(name=example.split()[1], epilog=f"Example: {example}")(command)

for name, group in {"batch": batch, "book": book, "keys": keys, "plugins": plugins}.items():
    app.add_typer(group, name=name)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"rules-engine {__version__}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and stop.")
    ] = False,
) -> None:
    """Take the options that stand before any command."""
    del show_version  # its callback has printed it already


def main() -> None:
    """Run the command line."""
    with streams_kept_for_results():
        app()
