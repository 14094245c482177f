"""`rules-engine approve` and `approvals`: who approved what, and what lapsed."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, faulty, notice
from rules_engine.cli.options import RULES_VARIABLE, AsJson
from rules_engine.host import Host
from rules_engine.workbench.approving.approvals import NotApproved, State, approve, keep, states
from rules_engine.workbench.approving.signatures import SIGNERS_FILE, NotSigned, Signers, read_signers, signed

RuleFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", exists=True, dir_okay=False, help="A rule file of a working copy.", show_default=False
    ),
]
As = Annotated[str, typer.Option("--as", metavar="REF", help="Who approves: an opaque reference.", show_default=False)]
ChangedBy = Annotated[
    str, typer.Option("--changed-by", metavar="REF", help="Who made the last change.", show_default=False)
]
On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="The day. [default: today]", show_default=False),
]
Report = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", show_default=False)]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="Sign with this SSH key, by `ssh-keygen -Y sign`.", show_default=False),
]
Folder = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DIR]...", exists=True, file_okay=False, envvar=RULES_VARIABLE, show_default=False),
]


def approve_file(
    file: RuleFile,
    by: As,
    changed_by: ChangedBy,
    on: On = None,
    deep: Report = None,
    acceptance: Report = None,
    impact: Report = None,
    key: Key = None,
) -> None:
    """Record one person's approval of a file's rules as they are, by digest.

    It takes two people, neither of whom made the last change. `--deep`, `--acceptance` and `--impact` name the reports
    that the person has read: `check --deep --json`, `accept --report`, `compare --html`.
    """
    root = _root_of(file)
    host = Host.open(root, with_durable=False)
    named = file.resolve().relative_to(root).as_posix()
    try:
        day = on.date() if on else date.today()
        reports = {"deep": deep, "acceptance": acceptance, "impact": impact}
        approval = approve(host.book, named, by=by, on=day, changed_by=changed_by, reports=reports)
        if key:
            approval = replace(approval, signature=signed(approval.message, key))
        kept = keep(host.book, named, approval)
    except (NotApproved, NotSigned) as fault:
        raise CommandWrong(str(fault)) from fault
    (state,) = [each for each in states(host.book, read_signers(root / SIGNERS_FILE)) if each.file == named]
    print(f"{named}: approved by {by}{'' if key else ', unsigned'}; kept in {kept}")
    print(_whole(state))
    for name, report in reports.items():
        if report is None:
            notice(f"notice: no report was named by --{name}")


def approvals(folders: Folder = None, as_json: AsJson = False) -> None:
    """List who approved what, and what lapsed, and why."""
    host = Host.open(folders, with_durable=False)
    signers = signers_of(folders)
    if signers.why_not:
        notice(f"notice: {SIGNERS_FILE} cannot be believed: {signers.why_not}")
    elif not signers.keys:
        notice(f"notice: there is no {SIGNERS_FILE}, so approvals are not held against signatures")
    try:
        found = states(host.book, signers)
    except NotApproved as fault:
        raise CommandWrong(str(fault)) from fault
    if as_json:
        print(json.dumps([{**asdict(each), "approved": each.is_approved} for each in found]))
    for state in () if as_json else found:
        print(_whole(state))
        for each in state.holding:
            print(f"  {each.by} on {each.on}, {'signed' if each.signature else 'unsigned'}")
        for each, why in state.lapsed:
            print(f"  lapsed: {each.by} on {each.on}: {why}")
    if not found and not as_json:
        print("nothing is approved")
    if any(state.lapsed and not state.is_approved for state in found) or signers.why_not:
        faulty()


def signers_of(folders: list[Path] | None) -> Signers:
    """Read who may sign: in the first working copy that says."""
    for folder in folders or ():
        if (folder / SIGNERS_FILE).is_file():
            return read_signers(folder / SIGNERS_FILE)
    return Signers(keys={})


def _whole(state: State) -> str:
    people = len({each.by for each in state.holding})
    return f"{state.file}: {'approved' if state.is_approved else f'{people} of 2 people have approved it as it is'}"


def _root_of(file: Path) -> Path:
    """Find the folder of the working copy that a file of an edition stands in: three folders up."""
    parents = file.resolve().parents
    if len(parents) < 4:
        raise CommandWrong(f"{file} is in no edition of a working copy")
    return parents[3]
