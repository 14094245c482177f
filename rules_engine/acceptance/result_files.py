"""What came of a run, written for other programs: as JUnit has it, and as Cucumber messages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from rules_engine import __version__
from rules_engine.acceptance.results import Acceptance, Failure, Ran
from rules_engine.acceptance.scenarios import Features

PROTOCOL = "27.0.0"
"""The version of the Cucumber messages that are written."""

_MEDIA = "text/x.cucumber.gherkin+plain"


def junit(accepted: Acceptance) -> str:
    """Write a suite for each feature file, with a case for each scenario; a file that cannot be read is an error."""
    suites = ElementTree.Element("testsuites", name="features", tests=f"{len(accepted.ran) + accepted.unread}")
    suites.set("failures", str(len(accepted.failed)))
    suites.set("errors", str(accepted.unread))
    for file, group in groupby(accepted.ran, key=lambda ran: ran.scenario.file):
        ran = list(group)
        failed = sum(each.failure is not None for each in ran)
        suite = ElementTree.SubElement(suites, "testsuite", name=file, tests=f"{len(ran)}", failures=f"{failed}")
        for each in ran:
            _case(suite, each)
    for file, problems in groupby(accepted.problems, key=lambda problem: problem.file):
        suite = ElementTree.SubElement(suites, "testsuite", name=file, tests="1", errors="1")
        case = ElementTree.SubElement(suite, "testcase", classname=file, name="cannot be read")
        said = "\n".join(map(str, problems))
        ElementTree.SubElement(case, "error", message=said.partition("\n")[0]).text = said
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ElementTree.Element, ran: Ran) -> None:
    scenario = ran.scenario
    case = ElementTree.SubElement(suite, "testcase", classname=scenario.file, name=scenario.name)
    case.set("file", scenario.file)
    case.set("line", str(scenario.number))
    if ran.failure:
        failure = ElementTree.SubElement(case, "failure", message=ran.failure.decided)
        failure.text = _told(ran.failure, scenario.file)


def _told(failure: Failure, file: str) -> str:
    lines = [f"{file}:{failure.number}", f"expected: {failure.expected}", f"decided: {failure.decided}"]
    return "\n".join([*lines, *(f"    {why}" for why in failure.why)])


def cucumber_messages(accepted: Acceptance, features: Features, *, on: date) -> Iterator[str]:
    """Write a run as Cucumber messages, a line each; no time is measured, and every message is of the day given."""
    ids = IdGenerator()
    stamp = {"seconds": (on - date(1970, 1, 1)) // timedelta(seconds=1), "nanos": 0}
    yield _line(meta=_meta())
    ran = {(each.scenario.file, each.scenario.number): each for each in accepted.ran}
    cases: list[tuple[str, Any, Ran]] = []
    for file in dict.fromkeys(each.scenario.file for each in accepted.ran):
        text = features.texts[file]
        yield _line(source={"uri": file, "data": text, "mediaType": _MEDIA})
        document = {**Parser(AstBuilder(ids)).parse(text), "uri": file}
        yield _line(gherkinDocument=document)
        for pickle in Compiler(ids).compile(document):  # type: ignore[arg-type]  # the parser's own document
            yield _line(pickle=pickle)
            found = ran.get((file, pickle["location"]["line"]))
            if found is not None:
                cases.append((ids.get_next_id(), pickle, found))
    run = ids.get_next_id()
    yield _line(testRunStarted={"id": run, "timestamp": stamp})
    for case, pickle, each in cases:
        yield from _run(case, pickle, each, run, ids, stamp)
    yield _line(testRunFinished={"testRunStartedId": run, "success": accepted.is_accepted, "timestamp": stamp})


def _meta() -> Mapping[str, Any]:
    nothing = {"name": "", "version": ""}
    return {
        "protocolVersion": PROTOCOL,
        "implementation": {"name": "rules-engine", "version": __version__},
        "runtime": {**nothing, "name": "python"},
        "os": nothing,
        "cpu": {"name": ""},
    }


def _run(case: str, pickle: Any, ran: Ran, run: str, ids: IdGenerator, stamp: Mapping[str, int]) -> Iterator[str]:
    """Write one case: its steps in order, of which those after the one that failed are skipped."""
    steps = [(ids.get_next_id(), step["id"]) for step in pickle["steps"]]
    yield _line(
        testCase={
            "id": case,
            "pickleId": pickle["id"],
            "testRunStartedId": run,
            "testSteps": [{"id": step, "pickleStepId": of, "stepDefinitionIds": []} for step, of in steps],
        }
    )
    started = ids.get_next_id()
    yield _line(testCaseStarted={"id": started, "testCaseId": case, "attempt": 0, "timestamp": stamp})
    for (step, _), result in zip(steps, _results(ran), strict=True):
        about = {"testCaseStartedId": started, "testStepId": step, "timestamp": stamp}
        yield _line(testStepStarted=about)
        yield _line(testStepFinished={**about, "testStepResult": result})
    yield _line(testCaseFinished={"testCaseStartedId": started, "willBeRetried": False, "timestamp": stamp})


def _results(ran: Ran) -> Sequence[Mapping[str, Any]]:
    took = {"duration": {"seconds": 0, "nanos": 0}}
    if ran.failure is None:
        return [{"status": "PASSED", **took} for _ in ran.scenario.lines]
    failed = next(n for n, line in enumerate(ran.scenario.lines) if line.number == ran.failure.number)
    told = _told(ran.failure, ran.scenario.file)
    return [
        {"status": "PASSED", **took}
        if n < failed
        else {"status": "FAILED", "message": told, **took}
        if n == failed
        else {"status": "SKIPPED", **took}
        for n in range(len(ran.scenario.lines))
    ]


def _line(**envelope: Any) -> str:
    return json.dumps(envelope, ensure_ascii=False)
