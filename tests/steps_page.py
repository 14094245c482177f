"""The page of every step a feature may use, written from the steps: `python -m tests.steps_page`.

Each step stands with what it does and an example, which is a line of a scenario that is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pytest_bdd.parser import FeatureParser, Scenario

from rules_engine.acceptance.phrases import phrase
from rules_engine.acceptance.sentences import CHAPTERS, Sentence, sentences

ROOT = Path(__file__).parent.parent
FEATURES, PAGE = ROOT / "features", ROOT / "docs" / "steps.md"
PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")

KINDS = {
    "Money": "dollars, with cents where there are any: `$25,000`, `$1,002.92`",
    "Amount": "dollars, or `all`",
    "Day": "a day: `2017-08-01`",
    "Year": "a year: `2017`",
    "Number": "a whole number",
    "Note": "a note's CUSIP",
    "Name": 'a name in quotes, of a request, an owner, an account: `"R-1"`',
    "Holder": 'an owner\'s name, or an account\'s: `"owner-1"`, `account "broker-1"`',
    "MaybeName": "a name in quotes, or nothing",
    "Words": "words in small letters",
    "Listed": "things with `the` before each: `the tax waiver and the trust agreement`",
    "Capacity": "a capacity with its article: `an executor`",
    "Price": "a number, as a price in per cent",
    "Share": "a share: `1/3`, or `1` for the whole",
    "Programme": "a programme: `ally/term-notes-a`",
    "Outcome": "`accepted`, `carried over`, `pended`, `rejected`, `referred` or `recorded`",
    "Part": "`accepted`, `carried over`, `pended`, `not accepted` or `taken back`",
    "Limits": "limits: `the individual limit`, `the annual limit`, `both limits`, `no limits` and the like",
    "PaymentKind": "`interest`, `maturity`, `redemption` or `repayment`",
}
"""What may stand in a place of each kind."""

HEAD = """\
# The steps of features

Every sentence that a scenario may use, with what it does and an example out of a scenario that is run. This page is
made from the steps themselves by `make docs`. `rules-engine words --sentences` prints the sentences.

A scenario prepares events (`Given`), sends the last one (`When`), and says what the answer has to be (`Then`). Where a
sentence may follow `Given` and `When`, the event is sent either way. `And` stands for the word before it.

What stands between `<` and `>` is for you to say:

| place | what to write |
|---|---|
"""


class Examples:
    """Lines of scenarios, each with the scenario it stands in; the shortest scenario that has a step shows it."""

    def __init__(self, features: Iterable[Path]) -> None:
        self._lines = sorted(
            (len(scenario.steps), step.type.title(), step.name.partition("\n")[0])
            for path in sorted(features)
            for scenario in _scenarios(path)
            for step in scenario.steps
        )

    def of(self, sentence: Sentence) -> str:
        """Give a line of a scenario that says the sentence; empty where none does."""
        parser = phrase(sentence.text)
        return next(
            (
                f"{keyword} {line}"
                for _, keyword, line in self._lines
                if keyword in sentence.keywords and parser.is_matching(line)
            ),
            "",
        )


def _scenarios(path: Path) -> Iterator[Scenario]:
    """Give the scenarios of a feature as they are run; of an outline, the one of its first example."""
    feature = FeatureParser(str(path.parent), path.name).parse()
    for template in feature.scenarios.values():
        contexts = [context for examples in template.examples for context in examples.as_contexts()]
        yield template.render(contexts[0] if contexts else {})


def page() -> str:
    """Write the page."""
    examples = Examples(FEATURES.rglob("*.feature"))
    lines = [HEAD + "".join(f"| {_kind(kind)} | {meaning} |\n" for kind, meaning in KINDS.items())]
    for chapter, title in CHAPTERS.items():
        lines.append(f"## {title}\n")
        for sentence in sentences():
            if sentence.chapter == chapter:
                lines.append(_entry(sentence, examples))
    return "\n".join(lines)


def _entry(sentence: Sentence, examples: Examples) -> str:
    text = PLACE.sub(lambda found: f"<{_kind(found[2])}>" if found[2] else f"<{found[1]}>", sentence.text)
    entry = f"**{' or '.join(sentence.keywords)}** `{text}`\n{sentence.meaning}\n"
    example = examples.of(sentence)
    assert example, f"no scenario says `{sentence.text}`"
    return f"{entry}\n```gherkin\n{example}\n```\n"


def _kind(kind: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind).lower()


if __name__ == "__main__":
    PAGE.write_text(page())
