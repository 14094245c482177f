"""`rules-engine show`: a programme's rules, whole, with where each line comes from."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, did_you_mean, faulty
from rules_engine.cli.opening import opened
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.page import Page
from rules_engine.host import Host
from rules_engine.rulebook.rules import RuleSet
from rules_engine.workbench.showing import Figure, RuleSetShown, RuleShown, Written, shown, shown_to_json

Programme = Annotated[
    str,
    typer.Argument(metavar="PROGRAMME", help="The programme, as `ally/term-notes-a`.", show_default=False),
]
Clause = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CLAUSE]", help="One clause only, as `payment days`.", show_default=False),
]


def show(programme: Programme, clause: Clause = None, rules: Rules = None, as_json: AsJson = False) -> None:
    """Print the rules of a programme as they are resolved.

    What its own papers say stands there together with the standard wording, the figures filled in; each line
    with its file, how sure we are of it, where it was read and in which words.
    """
    with opened(rules) as host:
        found = [
            shown(each, host.vocabulary.known_to(each.edition).clauses[each.clause])
            for each in _asked_for(host, programme, " ".join(clause or ()))
        ]
        if as_json:
            print(json.dumps([shown_to_json(each) for each in found]))
        else:
            page = Page()
            for each in found:
                print_rule_set(page, each)
        if host.book.faulty_programmes.get(programme):
            faulty()


def _asked_for(host: Host, programme: str, clause: str) -> list[RuleSet]:
    book, clauses = host.book, host.vocabulary.clauses
    if programme not in book.programmes:
        raise CommandWrong(f"the rule book has no programme `{programme}`{did_you_mean(programme, book.programmes)}")
    if clause and clause not in clauses:
        raise CommandWrong(f"there is no clause `{clause}`{did_you_mean(clause, clauses)}")
    files = book.clause_files[programme]
    return [each.rule_set for each in files if each.rule_set and clause in ("", each.clause)]


def print_rule_set(page: Page, found: RuleSetShown) -> None:
    """Print one clause of one edition."""
    page.heading(found.rule_set)
    until = f" until {found.issued_until}" if found.issued_until else ""
    page.say(f"{found.clause}; {found.edition}, for notes issued from {found.issued_from}{until}", indent=2)
    page.say(f"source: {found.source}", indent=2)
    approved = f" by {found.approved_by}" if found.approved_by else ""
    counted = ", ".join(f"{count} {mark or 'not marked'}" for mark, count in found.marks.items())
    page.say(f"{found.status}{approved}; {counted}", indent=2)
    _print_figures(page, "terms", found.terms)
    if found.rules:
        page.heading(f"{found.clause}: rules")
    for rule in found.rules:
        _print_rule(page, rule)
    _print_figures(page, "payment", found.payment, found.clause)


def _print_figures(page: Page, title: str, figures: tuple[Figure, ...], clause: str = "") -> None:
    if figures:
        page.heading(f"{clause}: {title}" if clause else title)
    for figure in figures:
        page.say(f"{figure.name}: {figure.value}", indent=2)
        _print_written(page, figure.written)


def _print_rule(page: Page, rule: RuleShown) -> None:
    page.say(rule.rule, indent=2, style="bold")
    for number, test in enumerate(rule.when):
        page.say(f"{'and' if number else 'when'} {test}", indent=6)
    waived = "; the issuer may waive it" if rule.may_be_waived else ""
    page.say(f"{'then' if rule.when else 'always'} {rule.then}{waived}", indent=6)
    page.say(f"because {rule.because}", indent=6)
    _print_written(page, rule.written)


def _print_written(page: Page, written: Written) -> None:
    page.say(f"{written.mark or 'not marked'}: {written.cite} [{written.file}:{written.line}]", indent=6)
    for quote in written.quotes:
        page.say(f'"{quote}"', indent=6)
    if written.signed_by:
        page.say(f"signed for by {written.signed_by}", indent=6)
