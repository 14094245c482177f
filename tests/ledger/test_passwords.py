"""No message, traceback or log shows the password of an address, however it is written."""

from __future__ import annotations

import logging
import time
import traceback

import psycopg
import pytest
from sqlalchemy import make_url

from rules_engine.errors import LedgerError
from rules_engine.intake import read_event
from rules_engine.ledger.opening import open_ledger
from rules_engine.ledger.passwords import without_passwords
from rules_engine.ledger.sql_postgresql import Postgresql
from tests.cli.running import run, run_apart
from tests.ledger.server import Server

SECRET = "hunter2"
NOWHERE = "127.0.0.1:1"

ADDRESSES = [
    f"postgresql://clerk:{SECRET}@{NOWHERE}/ledger",
    f"postgresql://:{SECRET}@{NOWHERE}/ledger",
    f"postgresql+psycopg://clerk:{SECRET}@{NOWHERE}/ledger",
    f"postgresql://clerk:a@{SECRET}@{NOWHERE}/ledger",
    f"postgresql://clerk:{SECRET}@b@{NOWHERE}/ledger",
    f"postgresql://clerk:a/{SECRET}@{NOWHERE}/ledger",
    f"postgresql://clerk:{SECRET}/a@{NOWHERE}/ledger",
    f"postgresql://clerk:{SECRET}?a@{NOWHERE}/ledger",
    f"postgresql://clerk:{SECRET}",
    f"postgresql://clerk:{SECRET}/ledger",
    f"postgresql://clerk:{SECRET}@{NOWHERE}x/ledger",
    f"postgresql://clerk:{SECRET}@h:99999/ledger",
    f"postgresql://clerk:{SECRET}@h..x/ledger",
    f"postgresql://{NOWHERE}/ledger?user=clerk&password={SECRET}",
    f"postgresql://{NOWHERE}/ledger?password={SECRET}&user=clerk",
    f"postgresql://{NOWHERE}/ledger?PassWord={SECRET}",
    f"postgresql://{NOWHERE}/ledger?p%61ssword={SECRET}",
    f"postgresql://{NOWHERE}/ledger?password=other&password={SECRET}",
    f"postgresql://{NOWHERE}/ledger?passwd={SECRET}",
    f"postgresql://{NOWHERE}/ledger?sslpassword={SECRET}",
    f"postgresql://clerk:other@{NOWHERE}/ledger?sslpassword={SECRET}&bogus=1",
    f"postgresql://clerk:{SECRET}@{NOWHERE}/ledger?port=abc",
    f"postgres://clerk:{SECRET}@{NOWHERE}/ledger",
    f"postgresql//clerk:{SECRET}@{NOWHERE}/ledger",
    f"postgresql:{SECRET}",
    f"sqlite://clerk:{SECRET}@host/ledger.db",
    f"sqlite:///ledger.db?password={SECRET}",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_nothing_that_can_be_read_of_a_fault_shows_it(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LedgerError) as fault:
        open_ledger(url, read_event, patience=1)
    each: BaseException | None = fault.value
    while each is not None:
        assert SECRET not in "".join(traceback.format_exception_only(each))
        each = each.__cause__ or each.__context__
    assert SECRET not in caplog.text


def test_a_password_written_with_percent_signs_is_masked_as_written_and_as_meant(server: Server, database: str) -> None:
    url = server.url(database, password="se%63ret%40%2F")
    with pytest.raises(LedgerError) as fault:
        open_ledger(url, read_event)
    assert "does not accept the password" in str(fault.value)
    assert "secret" not in str(fault.value)
    assert "se%63ret" not in str(fault.value)


def test_a_driver_that_quotes_it_is_masked_whether_it_was_given_in_the_address_or_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGPASSWORD", "of the environment")
    url = make_url(f"postgresql://clerk:a%20b@{NOWHERE}/ledger?sslpassword=c%2Fd")
    quoting = psycopg.ProgrammingError('missing "=" after "a b", "a%20b", "c/d", "c%2Fd" and "of the environment"')
    told = str(Postgresql(url, patience=1).explain(quoting, lost=False))
    assert told.endswith('cannot be used: missing "=" after "***", "***", "***", "***" and "***"')


def test_a_password_among_the_parameters_lets_in(server: Server, database: str) -> None:
    url = f"postgresql://127.0.0.1:{server.port}/{database}?user=ledger&password=only%20for%20this%20run"
    ledger = open_ledger(url, read_event)
    assert list(ledger.entries()) == []
    assert "only for this run" not in repr(vars(ledger._database)["_engine"])  # type: ignore[attr-defined]
    ledger.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cannot use postgresql://u:p@h/x: no", "cannot use postgresql://u:***@h/x: no"),
        ("postgresql:/u:p@h/x", "postgresql:/u:***@h/x"),
        ("postgresql://u:p w'`\"@h/x", "postgresql://u:***@h/x"),
        ("host=h password=p q user=u", "host=h password=***"),
        ("host=h passwd = 'p q'", "host=h passwd = ***"),
        ("?a=b&sslpassword=p&c=d", "?a=b&sslpassword=***&c=d"),
        ("PGPASSWORD=p", "PGPASSWORD=***"),
        ("no such option: --password=p", "no such option: --password=***"),
        ("?%70assword=p&c=d", "?%70assword=***&c=d"),
        ("postgresql://u@h:5432/x", "postgresql://u@h:5432/x"),
        ("?passfile=/etc/pgpass&c=d", "?passfile=/etc/pgpass&c=d"),
        ("line 7: principal: money is written in quotes", "line 7: principal: money is written in quotes"),
    ],
)
def test_text_is_shown_without_passwords(text: str, shown: str) -> None:
    assert without_passwords(text) == shown


def test_long_text_is_looked_through_quickly() -> None:
    long = "a" * 1_000_000
    began = time.monotonic()
    assert without_passwords(f"{long}:/{long}=") == f"{long}:/{long}="
    assert time.monotonic() - began < 2


def test_a_password_that_is_known_is_masked_in_every_spelling() -> None:
    assert without_passwords("a b/c, a%20b/c, a%20b%2Fc and a+b%2Fc", ["a b/c"]) == "***, ***, *** and ***"
    assert without_passwords("nothing is masked", [""]) == "nothing is masked"


COMMANDS = [
    ["verify", "--ledger", "{}"],
    ["decide", "-", "--ledger", "{}"],
    ["decide", "{}"],
    ["verify", "{}"],
    ["verify", "--ledger", "memory:", "--rules", "{}"],
    ["{}"],
    ["--{}"],
    ["verify", "--{}"],
    ["schedule", "{}"],
    ["read-supplement", "{}"],
]


URLS = [f"postgresql://clerk:{SECRET}@{NOWHERE}/ledger", f"postgresql://{NOWHERE}/ledger?password={SECRET}"]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("url", URLS)
def test_no_command_shows_it_wherever_the_address_is_given(arguments: list[str], url: str) -> None:
    ended = run(*(each.format(url) for each in arguments))
    assert ended.exit_code == 2
    assert SECRET not in ended.stdout + ended.stderr


@pytest.mark.parametrize("url", URLS)
def test_a_command_of_its_own_process_ends_without_showing_where_in_the_code_it_was(url: str) -> None:
    ended = run_apart("verify", "--ledger", url)
    assert ended.returncode == 2
    assert SECRET not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
