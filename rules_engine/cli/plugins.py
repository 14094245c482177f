"""`rules-engine plugins`: what is plugged in, what could not be, and which matchers answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from rules_engine.cli.ending import faulty
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.page import Page
from rules_engine.host.bookshelf import installed_plugins
from rules_engine.matching import durable
from rules_engine.plugging import PluginStatus

plugins = typer.Typer(rich_markup_mode=None)


@plugins.callback(invoke_without_command=True, epilog="Example: rules-engine plugins")
def list_plugins(context: typer.Context, rules: Rules = None, as_json: AsJson = False) -> None:
    """List each plugin, its issuers, and what is wrong with it.

    Issuers that a working copy declares in files are among them. Also says whether durable_rules matches beside the
    plain matcher, or why not. Ends with 1 when a plugin is broken.
    """
    if context.invoked_subcommand is None:
        _list(rules, as_json=as_json)


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
