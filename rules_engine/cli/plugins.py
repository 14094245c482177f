"""`rules-engine plugins`: what is plugged in, what could not be, and which matchers answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from rules_engine.cli.ending import CommandWrong, did_you_mean, faulty, notice
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.page import Page
from rules_engine.host.bookshelf import installed_plugins
from rules_engine.matching import durable
from rules_engine.plugging import PluginStatus, Rank
from rules_engine.workbench.conformance import Promise, conformance
from rules_engine.workbench.new_plugin import NewPlugin, write_plugin

plugins = typer.Typer(rich_markup_mode=None)

UNREAD = datetime(2000, 1, 1)
"""The date of a prospectus that nobody has read yet: its folder is to be renamed."""


@plugins.callback(invoke_without_command=True, epilog="Example: rules-engine plugins")
def list_plugins(context: typer.Context, rules: Rules = None, as_json: AsJson = False) -> None:
    """List each plugin, its issuers, and what is wrong with it.

    Issuers that a working copy declares in files are among them. Also says whether durable_rules matches beside the
    plain matcher, or why not. Ends with 1 when a plugin is broken.
    """
    if context.invoked_subcommand is None:
        _list(rules, as_json=as_json)


Name = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...", help="Plugins, by name. [default: all but those that ship]", show_default=False
    ),
]


@plugins.command(epilog="Example: rules-engine plugins check acme-power")
def check(names: Name = None, rules: Rules = None, as_json: AsJson = False) -> None:
    """Hold plugins against the contract, promise by promise.

    Each is tried on a ledger in memory, beside every other plugin and without it. Its listener is told of answers that
    are made up, so do not try one here that writes to people. Ends with 1 where a promise is not kept.
    """
    loaded = installed_plugins(rules)
    known = {status.name for status in loaded.statuses}
    for name in names or ():
        if name not in known:
            raise CommandWrong(f"no plugin is named `{name}`{did_you_mean(name, known)}")
    chosen = [each for each in loaded.statuses if (each.name in names if names else each.rank is not Rank.SHIPPED)]
    if not chosen:
        raise CommandWrong("no plugin is installed but those that ship: name the ones to check")
    told = [(status, list(conformance(status, loaded, rules))) for status in chosen]
    if as_json:
        print(json.dumps([_conformance_written(status, promises) for status, promises in told]))
    else:
        page = Page()
        for status, promises in told:
            page.say(f"plugin {status.name} {status.version}", style="bold")
            for each in promises:
                page.say(f"not kept: {each.promise}: {each.fault}" if each.fault else f"kept: {each.promise}", indent=2)
    if any(each.fault for _, promises in told for each in promises):
        faulty()


Code = Annotated[str, typer.Argument(metavar="CODE", help="The issuer's code, as `acme-power`.", show_default=False)]
Called = Annotated[
    str, typer.Option("--name", metavar="NAME", help="The issuer's name. [default: from CODE]", show_default=False)
]
Prospectus = Annotated[
    datetime,
    typer.Option("--prospectus", formats=["%Y-%m-%d"], metavar="DATE", help="The date of the prospectus."),
]
To = Annotated[
    Path | None,
    typer.Option("--to", metavar="DIR", help="The folder to make. [default: CODE]", show_default=False),
]


@plugins.command(epilog='Example: rules-engine plugins new acme-power --name "Acme Power Company"')
def new(code: Code, name: Called = "", prospectus: Prospectus = UNREAD, to: To = None) -> None:
    """Write the package of a new issuer: its plugin, its rules, and scenarios that pass.

    Its rules are the standard wording, marked as such, and drafts: nobody has read its prospectus yet.
    """
    about = NewPlugin(code=code, name=name or " ".join(code.split("-")).title(), prospectus=prospectus.date())
    folder = to or Path(code)
    for path in write_plugin(about, folder):
        print(path)
    package = str(folder) if folder.is_absolute() else f"./{folder}"
    notice(f"next: pip install '{package}[test]'; rules-engine plugins check {code}; pytest {folder}")


def _conformance_written(status: PluginStatus, promises: Sequence[Promise]) -> dict[str, Any]:
    return {
        "name": status.name,
        "version": status.version,
        "promises": [{"promise": each.promise, "kept": not each.fault, "fault": each.fault} for each in promises],
    }


def _list(rules: Sequence[Path] | None, *, as_json: bool) -> None:
    statuses = installed_plugins(rules).statuses
    if as_json:
        print(json.dumps({"plugins": [_written(status) for status in statuses], "matchers": _matchers()}))
    else:
        page = Page()
        for status in statuses:
            _print(page, status)
        if not statuses:
            page.say("no plugin is installed")
        for matcher in _matchers():
            page.say(f"matcher {matcher['name']}: {'answers' if matcher['answers'] else matcher['why']}")
    if any(status.cause for status in statuses):
        faulty()


def _print(page: Page, status: PluginStatus) -> None:
    page.say(f"plugin {status.name} {status.version}", style="bold")
    if status.cause:
        page.say(f"could not be loaded: {status.cause}", indent=2, style="red")
    for issuer in status.issuers:
        page.say(f"issuer {issuer.code}: {issuer.name}", indent=2)
        for programme in issuer.programmes:
            page.say(f"programme {programme.code}: {programme.name}", indent=4)
    if status.rules:
        page.say(f"rules: {status.rules}", indent=2)
    for calendar in status.calendars:
        page.say(f"calendar {calendar.code}: {calendar.source}", indent=2)
    for added in status.words:
        page.say(f"words for {added.clause}: {', '.join((*added.facts, *added.terms))}", indent=2)
    for remark in status.remarks:
        page.say(f"while it was loaded {remark}", indent=2)


def _written(status: PluginStatus) -> dict[str, Any]:
    return {
        "name": status.name,
        "version": status.version,
        "issuers": [
            {
                "code": issuer.code,
                "name": issuer.name,
                "programmes": [{"code": programme.code, "name": programme.name} for programme in issuer.programmes],
            }
            for issuer in status.issuers
        ],
        "distribution": status.distribution,
        "hook_contract": status.contract,
        "rules": str(status.rules) if status.rules else None,
        "calendars": [*(calendar.code for calendar in status.calendars), *status.calendar_files],
        "words": [{"clause": added.clause, "words": [*added.facts, *added.terms]} for added in status.words],
        "cause": status.cause,
        "remarks": list(status.remarks),
    }


def _matchers() -> list[dict[str, Any]]:
    return [
        {"name": "plain", "answers": True, "why": ""},
        {"name": "durable_rules", "answers": durable.available(), "why": durable.why_unavailable()},
    ]
