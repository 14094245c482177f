"""The states of a request as a picture, drawn from the table of event kinds; run, it puts it on its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rules_engine.model.events import EventVoided
from rules_engine.standing.kinds import KINDS, OPEN, EventKind
from rules_engine.standing.requests import RequestState

PAGE = Path(__file__).parents[2] / "docs" / "life-of-a-request.md"
BEGINS, ENDS = "<!-- states -->", "<!-- end of states -->"

ANSWERED = (*OPEN, RequestState.REJECTED)
"""The states a first answer may lead to; one of a request that was paid in part may lead to `paid` besides."""

ANSWER, OPEN_ONES, BEFORE = "answer", "open", "[*]"
WORDS_IN_A_LINE = 2

Arrow = tuple[str, str]


def drawn() -> str:
    """Draw the picture.

    What an event has decided by the rules goes through `answer`, whatever comes of it. Ways back, by a void, are left
    out, and so is what a mended fault does in the place of the event it mends.
    """
    labels: dict[Arrow, list[str]] = {}
    for event_class, kind in KINDS.items():
        for arrow in dict.fromkeys(_arrows(kind, only_ending=event_class is EventVoided)):
            labels.setdefault(arrow, []).append(kind.words)
    answers = [f"    {ANSWER} --> {_name(state)}" for state in ANSWERED]
    answers += [f"    {ANSWER} --> {_name(RequestState.PAID)} : some of it was paid before"]
    lines = [f"    {source} --> {target} : {_label(words)}" for (source, target), words in labels.items()]
    inner = [_inside(state) for state in OPEN]
    return "\n".join(
        [
            "```mermaid",
            "stateDiagram-v2",
            f"    {ANSWER} : decided by the rules",
            f"    state {OPEN_ONES} {{",
            *inner,
            "    }",
            *lines,
            *answers,
            "```",
        ]
    )


def _arrows(kind: EventKind, *, only_ending: bool) -> Iterator[Arrow]:
    """Walk through the arrows of one kind of event; those out of each open state are one."""
    for source, targets in kind.moves.items():
        if not only_ending and targets.union({source}).issuperset(ANSWERED):
            yield _name(source), ANSWER
            continue
        for target in RequestState:
            if target not in targets or target is source or (only_ending and target is not RequestState.VOIDED):
                continue
            from_all = all(target in kind.moves.get(state, ()) for state in OPEN)
            yield OPEN_ONES if from_all and source in OPEN else _name(source), _name(target)


def _name(state: RequestState | None) -> str:
    """Name a state as Mermaid's identifiers are written; None is before a request was made."""
    return BEFORE if state is None else state.value.replace(" ", "_")


def _inside(state: RequestState) -> str:
    """Write a state, with its word where its name is another."""
    return f"        {_name(state)}" + ("" if _name(state) == state.value else f" : {state.value}")


def _label(words: list[str]) -> str:
    lines = (words[first : first + WORDS_IN_A_LINE] for first in range(0, len(words), WORDS_IN_A_LINE))
    return ",<br/>".join(", ".join(line) for line in lines)


def with_picture(page: str) -> str:
    """Put the picture on its page; raise ValueError for a page without the two marks."""
    before, _, rest = page.partition(BEGINS)
    _, mark, after = rest.partition(ENDS)
    if not mark:
        raise ValueError(f"the page has no `{BEGINS}` with `{ENDS}` after it")
    return f"{before}{BEGINS}\n\n{drawn()}\n\n{ENDS}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_picture(PAGE.read_text()))
