"""Measures, in one run, what a decision costs beside other ways to the same answer; prints a table.

python -m benchmarks.run            prints the table
python -m benchmarks.run --write    also puts it into docs/benchmarks.md
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import cold_start, memory
from benchmarks.by_hand import ByHand, answer_of
from benchmarks.cases import ELECTED, OUTSTANDING, host_with_background, requests
from benchmarks.page import Measured, written
from benchmarks.timing import Timed, Way, timed
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.deciding.establishing import CaseFacts, establish
from rules_engine.host import Host
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import Preparing
from rules_engine.intake import event_to_json, read_event
from rules_engine.matching import durable
from rules_engine.matching.durable import DurableMatcher
from rules_engine.matching.plain import compile_rules
from rules_engine.model.canonical import canonical_json
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.wire import decision_to_json

ROUNDS = 15
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def ways(host: Host, asked: list[SurvivorsOptionRequested]) -> dict[str, Way]:
    """Lay out the ways to be timed, each proved to give the same on every case before."""
    opened = opening(host)
    cases = [opened(each) for each in asked]
    plan = cases[0].plan
    facts = [establish(case.case, plan) for case in cases]
    plain = compile_rules(plan.compared.rules, plan.compared.facts)
    by_hand = ByHand(host.book.calendar("USNY").closed, ELECTED, OUTSTANDING.cents)
    lines = [json.dumps(event_to_json(each)) for each in asked]
    for each in asked:
        assert by_hand.answer(each) == answer_of(host.preview(each)[0]), each.event_id
    found: dict[str, Way] = {
        "by hand": (by_hand.answer, asked),
        "plain": (plain.match, facts),
        "decide": (host.preview, asked),
        "read": (read_event, lines),
        "line": (lambda line: canonical_json(decision_to_json(host.preview(read_event(line))[0])), lines),
    }
    if durable.available():
        from benchmarks.as_documented import AsDocumented

        held = DurableMatcher(plan.compared.rules, plan.compared.facts)
        documented = AsDocumented(plan.compared.rules, plan.compared.facts)
        for case in facts:
            meant = frozenset(plain.match(case).matched)
            assert held.match(case) == documented.match(case) == meant
        found |= {
            "held": (held.match, facts),
            "documented": (documented.match, facts),
            "matched": (lambda each: documented.match(_facts(opened(each))), asked),
        }
    return found


def opening(host: Host) -> Callable[[SurvivorsOptionRequested], Opened]:
    """Make what opens the case of a request, on the standing that a host's ledger has."""
    opener = CaseOpener(Preparing(host.book, host.plugins, host.vocabulary, with_durable=host.with_durable))

    def opened(asked: SurvivorsOptionRequested) -> Opened:
        asking = Asking(asked=asked, principal=asked.principal, on=asked.received_on)
        standing = host.ledger.standing(host.programme_of(asked))
        case = opener.request(asked, asking, standing, NOTHING_BESIDES)
        assert isinstance(case, Opened)
        return case

    return opened


def _facts(case: Opened) -> CaseFacts:
    """Work out the facts of a request from nothing, as anybody has to who gives them to an engine."""
    return establish(case.case, case.plan)


def measure(rounds: int) -> Measured:
    """Measure everything, once."""
    best: dict[str, Timed] = timed(ways(host_with_background(), requests()), rounds)
    with tempfile.TemporaryDirectory() as folder:
        seconds = cold_start.measured(Path(folder))
    return Measured(best=best, megabytes=memory.measured(), seconds=seconds)


def main() -> None:
    """Measure, print, and write the page if asked."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.run", description="What a decision costs.")
    options.add_argument("--write", action="store_true", help=f"put the table into docs/{PAGE.name}")
    options.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way is timed over all cases")
    given = options.parse_args()
    text = written(measure(given.rounds))
    print(text)
    if given.write:
        head, mark, _ = PAGE.read_text().partition("<!-- measured -->\n")
        PAGE.write_text(f"{head}{mark}\n{text}\n")


if __name__ == "__main__":
    main()
