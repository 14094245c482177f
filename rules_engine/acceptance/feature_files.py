"""Feature files: every scenario of a folder, each line with its place, and whatever keeps one from being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from rules_engine.acceptance.phrases import Step
from rules_engine.acceptance.scenarios import Features, Line, Scenario
from rules_engine.acceptance.sentences import nearest_sentences, step_of
from rules_engine.errors import Problem

_KEYWORDS = {"Context": "given", "Action": "when", "Outcome": "then"}
_ANY = ("given", "when", "then")


def read_features(root: Path, *, only: Iterable[Path] | None = None) -> Features:
    """Read every `.feature` file of a folder, or the one file that is named; faults are gathered, never raised."""
    is_file = root.is_file()
    features = Features(root=root.parent if is_file else root)
    files = [root] if is_file else sorted(only if only is not None else root.rglob("*.feature"))
    for path in files:
        _read_file(path, path.relative_to(features.root).as_posix(), features)
    return features


def _read_file(path: Path, file: str, features: Features) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        features.problems.append(_problem(file, 1, 1, "the file is not UTF-8 text", "save it as UTF-8"))
        features.unread[file] += 1
        return
    features.texts[file] = text
    try:
        document = Parser().parse(text)
    except CompositeParserException as fault:
        features.problems += [_unread(file, each) for each in fault.errors]
        features.unread[file] += 1
        return
    feature: Any = document.get("feature")
    if feature is None:
        features.problems.append(_problem(file, 1, 1, "the file has no feature", "begin it with `Feature: ...`"))
        features.unread[file] += 1
        return
    written = _Written.of(feature)
    pickles = Compiler().compile({**document, "uri": file})
    if not pickles:
        features.problems.append(_problem(file, 1, 1, "the feature has no scenario", "add one, or delete the file"))
        features.unread[file] += 1
    seen: dict[str, int] = {}
    for pickle in pickles:
        _add(_scenario(file, written, pickle), written, pickle, seen, features)


def _add(scenario: Scenario, written: _Written, pickle: Any, seen: dict[str, int], features: Features) -> None:
    """Add a scenario to those that are run, or what keeps it from being run to what is wrong."""
    problems = list(_faults(scenario))
    template = pickle["astNodeIds"][0]
    number = written.numbers[template]
    first = seen.setdefault(written.names[template], number)
    if first != number:
        message = f"two scenarios are named `{written.names[template]}`"
        hint = f"the first stands in line {first}: name them apart"
        problems.append(_problem(scenario.file, number, 1, message, hint))
    if problems:
        features.problems += [problem for problem in problems if problem not in features.problems]
        features.unread[scenario.file] += 1
    else:
        features.scenarios.append(scenario)


def _faults(scenario: Scenario) -> Iterable[Problem]:
    if not any(line.keyword == "then" for line in scenario.lines):
        hint = "say with `Then ...` what the answer has to be"
        yield _problem(scenario.file, scenario.number, 1, f"the scenario `{scenario.name}` expects nothing", hint)
    for line in scenario.lines:
        step = line.step
        if not line.keyword:
            hint = "begin the first one with `Given` or `When`, and those that follow with `And`"
            yield _problem(scenario.file, line.number, 1, f"`{line.word}` does not say what kind of step it is", hint)
        elif step is None:
            yield _problem(scenario.file, line.number, 1, f"unknown sentence `{line}`", _meant(line))
        elif wrong := _wrong_under(line, step):
            yield _problem(scenario.file, line.number, 1, *wrong)


def _wrong_under(line: Line, step: Step) -> tuple[str, str] | None:
    """Say what stands under a line and must not, or what must and does not."""
    wanted = step.action.__annotations__.keys() & {"docstring", "datatable"}
    for what, name, given in (("docstring", "text", line.docstring), ("datatable", "table", line.datatable)):
        if what in wanted and given is None:
            return f"`{line}` needs a {name} under it", "see `rules-engine words --sentences`"
        if what not in wanted and given is not None:
            return f"`{line}` takes no {name} under it", "delete it"
    return None


def _meant(line: Line) -> str:
    other = [keyword for keyword in _ANY if keyword != line.keyword and step_of(keyword, line.text)]
    if other:
        return f"it follows `{other[0].title()}`, not `{line.keyword.title()}`"
    near = nearest_sentences(line.text)
    if not near:
        return "`rules-engine words --sentences` lists every sentence"
    return "\n          ".join(["the nearest are:", *near])


def _scenario(file: str, written: _Written, pickle: Any) -> Scenario:
    return Scenario(
        file=file,
        feature=written.title,
        name=pickle["name"],
        number=pickle["location"]["line"],
        lines=tuple(_line(written, step) for step in pickle["steps"]),
        is_example=len(pickle["astNodeIds"]) > 1,
        tags=tuple(tag["name"] for tag in pickle["tags"]),
    )


def _line(written: _Written, step: Any) -> Line:
    first = step["astNodeIds"][0]
    under = step.get("argument") or {}
    table = under.get("dataTable")
    return Line(
        number=written.numbers[first],
        word=written.names[first],
        keyword=_KEYWORDS.get(step["type"], ""),
        text=step["text"],
        docstring=under["docString"]["content"] if "docString" in under else None,
        datatable=tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"]) if table else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What a file writes, by the ids the parser gives: the line of everything, the words of steps and scenarios."""

    title: str
    numbers: Mapping[str, int]
    names: Mapping[str, str]

    @classmethod
    def of(cls, feature: Any) -> _Written:
        numbers: dict[str, int] = {}
        names: dict[str, str] = {}
        for child in _children(feature["children"]):
            if "id" in child:
                numbers[child["id"]] = child["location"]["line"]
                names[child["id"]] = child.get("name", "")
            for step in child["steps"]:
                numbers[step["id"]] = step["location"]["line"]
                names[step["id"]] = step["keyword"].strip()
        return cls(title=feature["name"], numbers=numbers, names=names)


def _children(children: Sequence[Any]) -> Iterable[Any]:
    for child in children:
        if "rule" in child:
            yield from _children(child["rule"]["children"])
        else:
            yield child.get("scenario") or child["background"]


def _unread(file: str, fault: Any) -> Problem:
    """Say what the parser stumbled over, in a feature's words."""
    at: Mapping[str, int] = fault.location or {}
    said = str(fault).partition(": ")[2] or str(fault)
    expected, _, got = said.partition(", got ")
    if expected.startswith("expected: ") and got:
        message = f"`{got.strip(chr(39))}` cannot stand here"
        hint = "is a keyword missing before it, as `Given`, `And` or `Scenario:`?"
    else:
        message, hint = said[:1].lower() + said[1:], "docs/acceptance.md says how a feature is laid out"
    return _problem(file, at.get("line", 1), at.get("column", 1), message, hint)


def _problem(file: str, line: int, column: int, message: str, hint: str) -> Problem:
    return Problem(file=file, line=line, column=column, message=message, help=hint)
