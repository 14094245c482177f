"""How a command ends: 0 for all answered, 1 for something faulty, 2 for a wrong command; never with a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from rules_engine.errors import RulesEngineError, nearest
from rules_engine.ledger.passwords import without_passwords

FAULTY, WRONG = 1, 2
READER_LEFT = 141
"""What a shell reports of any program whose reader has gone, as after `| head`."""

_WrongUse: Any = typer.BadParameter.__base__
"""What typer raises for any wrong use of a command; of the classes of this kind it exports only one."""


class CommandWrong(RulesEngineError):
    """The command itself is wrong; the message says what to give instead."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Ask whether a known word was meant, where one is near; otherwise say nothing."""
    meant = nearest(word, known)
    return f": did you mean `{meant}`?" if meant else ""


def faulty() -> NoReturn:
    """End with 1: some line or rule file was faulty, and the rest was done."""
    raise typer.Exit(FAULTY)


def notice(text: str) -> None:
    """Tell the operator something that is no result, without the password of an address that it may quote."""
    typer.echo(without_passwords(text), err=True)


class Commands(TyperGroup):
    """The commands, each ending with a plain sentence where the world does not let it go on."""

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Read what is asked for."""
        with _without_passwords():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run the command asked for."""
        try:
            try:
                with _without_passwords():
                    return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            _let_go_of_the_reader()
            raise typer.Exit(READER_LEFT) from None
        except OSError as fault:
            file = f": {fault.filename}" if fault.filename else ""
            notice(f"rules-engine: {fault.strerror or fault}{file}")
        except RulesEngineError as fault:
            notice(f"rules-engine: {fault}")
        raise typer.Exit(WRONG)


@contextmanager
def _without_passwords() -> Iterator[None]:
    """Mask the passwords in what typer says of a wrong use, which quotes the words it does not understand."""
    try:
        yield
    except _WrongUse as fault:
        fault.message = without_passwords(fault.message)
        raise


def _let_go_of_the_reader() -> None:
    """Point both streams to nowhere, so that what they still hold is not written when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
