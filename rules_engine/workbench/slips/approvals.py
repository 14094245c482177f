"""Approvals that hold no longer."""

from __future__ import annotations

from collections.abc import Iterator

from rules_engine.rulebook.listing import start_of
from rules_engine.workbench.approving.approvals import NotApproved, states
from rules_engine.workbench.approving.signatures import SIGNERS_FILE, Signers, read_signers
from rules_engine.workbench.slips.looking import Looking, Slip, slip

LAPSED = "approval lapsed"

KINDS = {LAPSED: "a file that was approved, and is not approved as it is now"}


def approvals_lapsed(looking: Looking) -> Iterator[Slip]:
    """Warn of files whose approval a change has ended, or whose signatures do not hold."""
    try:
        found = states(looking.book, _signers(looking))
    except NotApproved as fault:
        yield slip(start_of("approvals.json"), LAPSED, str(fault), "mend it, or approve the rules anew")
        return
    for state in found:
        if state.lapsed and not state.is_approved:
            who = "; ".join(f"{each.by} on {each.on}: {why}" for each, why in state.lapsed)
            hint = f"have two people approve it as it is: `rules-engine approve {state.file} --as ...`"
            yield slip(start_of(state.file), LAPSED, f"the approval has lapsed ({who})", hint)


def _signers(looking: Looking) -> Signers:
    roots = dict.fromkeys(folder.root for folder in looking.book.speaking.values())
    found = next((root / SIGNERS_FILE for root in roots if (root / SIGNERS_FILE).is_file()), None)
    return read_signers(found) if found else Signers(keys={})


CHECKS = (approvals_lapsed,)
