"""`rules-engine accept`: exit codes, what is told of a scenario, and the files it writes."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.acceptance.features import EVERY_FORM, FAILS, ON_TIME, written
from tests.cli.running import ROOT, run, run_apart

IMAGINED = ROOT / "features" / "slm"


def test_ends_with_0_where_all_pass(tmp_path: Path) -> None:
    done = run("accept", written(tmp_path, a=ON_TIME))
    assert done.exit_code == 0
    assert "2 passed, 0 failed, 0 could not be read" in done.stdout


def test_ends_with_1_where_one_fails_and_says_why(tmp_path: Path) -> None:
    done = run("accept", written(tmp_path, a=ON_TIME, b=FAILS))
    assert done.exit_code == 1
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert "b.feature:7: A day too late, and accepted" in lines
    assert "expected: Then it is accepted" in lines
    assert "decided: it is referred, not accepted" in lines
    assert "why:      referred" in lines
    assert any(line.startswith("referred: asked too late: ") and "Survivor's option" in line for line in lines)
    assert "Traceback" not in done.output


def test_ends_with_2_where_one_cannot_be_read_and_names_the_nearest_sentences(tmp_path: Path) -> None:
    text = ON_TIME.replace("the owner died on", "the owner dyed on", 1)
    done = run("accept", written(tmp_path, a=text, b=FAILS))
    assert done.exit_code == 2
    assert "a.feature:5:1: unknown sentence `And the owner dyed on 2017-06-10`" in done.stdout
    assert "Given the owner died on {day:Day}" in done.stdout
    assert "1 passed, 1 failed, 1 could not be read" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--issuer", "aly"], "there is no issuer `aly`: did you mean `ally`?"),
        (["--issuer", "dow"], "no scenario to run in"),
    ],
)
def test_ends_with_2_where_there_is_nothing_to_run(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run("accept", written(tmp_path, a=ON_TIME), *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_without_a_folder_the_one_named_features_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    none = run("accept")
    assert none.exit_code == 2
    assert "there is no folder `features` here" in none.stderr
    written(tmp_path / "features", a=ON_TIME)
    assert run("accept").exit_code == 0


def test_answers_are_the_same_as_json(tmp_path: Path) -> None:
    done = run("accept", written(tmp_path, a=ON_TIME, b=FAILS), "--json")
    found = json.loads(done.stdout)
    assert (found["accepted"], found["passed"], found["failed"], found["unread"]) == (False, 2, 1, 0)
    (failed,) = (each for each in found["scenarios"] if each["failure"])
    assert failed["failure"]["expected"] == "Then it is accepted"
    assert failed["rules"] == [{"edition": "ally/term-notes-a/2015-08-10", "clause": "survivors option"}]


def test_a_working_copy_is_what_the_features_are_run_on(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    file = rules / "standard" / "survivors-option.yaml"
    file.write_text(file.read_text().replace("filing period: 12 months", "filing period: 11 months"))
    done = run("accept", written(tmp_path / "features", a=ON_TIME), "--rules", rules)
    assert done.exit_code == 1
    assert "decided: it is referred, not accepted" in done.stdout


def test_a_rule_book_with_a_fault_ends_with_1_though_all_pass(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    file = rules / "gmac" / "smartnotes" / "2002-12-06" / "prospectus.yaml"
    file.write_text(file.read_text().replace("multiple: $1,000", "multiple: 1,000 dollars"))
    done = run("accept", written(tmp_path / "features", a=ON_TIME), "--rules", rules)
    assert done.exit_code == 1
    assert "gmac/smartnotes/2002-12-06/prospectus.yaml:" in done.stderr
    assert "2 passed, 0 failed" in done.stdout


def test_notes_imagined_beside_the_features_are_there_and_no_copy_is_touched(tmp_path: Path) -> None:
    features = Path(shutil.copytree(IMAGINED, tmp_path / "features" / "slm")).parent
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    before = {path: path.read_bytes() for path in rules.rglob("*.yaml")}
    assert run("accept", features).exit_code == 0
    assert run("accept", features, "--rules", rules).exit_code == 0
    assert {path: path.read_bytes() for path in rules.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (("slm", "nobody"), "the features imagine notes of `nobody`, and the rule book has no rules of it"),
        (("slm/imagined", "slm/rules"), "the rule book has rules of `slm` already: rename the folder"),
    ],
)
def test_notes_that_have_no_place_are_told(tmp_path: Path, move: tuple[str, str], said: str) -> None:
    features = Path(shutil.copytree(IMAGINED, tmp_path / "features" / "slm")).parent
    (features / move[0]).rename(features / move[1])
    done = run("accept", features)
    assert done.exit_code == 2
    assert said in done.stderr


class Page(HTMLParser):
    """Reads a page: what is marked as what, what is linked to, and what would be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.fetched: list[str] = []
        self.classes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        self.classes.append(given.get("class", ""))
        if tag == "a":
            self.links.add(given["href"].removeprefix("#"))
        self.fetched += [value for name, value in given.items() if name == "src" or tag in ("link", "script")]


def test_the_page_to_sign_needs_nothing_else_and_says_what_is_signed(tmp_path: Path) -> None:
    folder, report = written(tmp_path / "features", **{"ally/a": ON_TIME, "ally/b": FAILS}), tmp_path / "report.html"
    done = run("accept", folder, "--issuer", "ally", "--report", report)
    assert done.exit_code == 1
    text = report.read_text()
    page = Page()
    page.feed(text)
    assert page.fetched == []
    assert page.links <= page.ids, "every link leads to a place on the page"
    assert "Not accepted" in text
    assert "draft" in page.classes
    digests = re.findall(r"sha256:[0-9a-f]{64}", text)
    assert len(set(digests)) >= 7, "one over all, and one for each clause of the programme"
    assert "A day too late, and accepted" in text
    assert re.search(
        r"filing period: 12 months</td><td>standard/survivors-option.yaml:\d+</td><td>13 months</td>", text
    )
    assert re.search(r"filing period: 12 months</td><td>[^<]*</td><td>11 months</td><td><a href=\"#ally/a", text)
    assert "holding period: 6 months</td>" in text
    assert '<span class="lacking">no scenario</span>' in text


def test_what_is_signed_has_the_same_digest_on_another_day(tmp_path: Path) -> None:
    folder = written(tmp_path / "features", **{"ally/a": ON_TIME})
    digests: list[str] = []
    for name, text in (("one", ON_TIME), ("two", ON_TIME), ("three", ON_TIME.replace("A day later", "One day later"))):
        written(folder, **{"ally/a": text})
        report = tmp_path / f"{name}.html"
        run("accept", folder, "--issuer", "ally", "--report", report)
        digests += re.findall(r"This acceptance: <code[^>]*>(sha256:\w+)", report.read_text())
    assert digests[0] == digests[1] != digests[2]


def test_the_results_are_written_as_junit_has_them(tmp_path: Path) -> None:
    broken = ON_TIME.replace("it is referred", "it is sent back")
    file = tmp_path / "results.xml"
    run("accept", written(tmp_path / "features", a=FAILS, b=EVERY_FORM, c=broken), "--junit", file)
    suites = ElementTree.parse(file).getroot()
    assert {key: suites.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "12", "failures": "6", "errors": "1",
    }  # fmt: skip
    (case,) = suites.findall("testsuite[@name='a.feature']/testcase")
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("message") == "it is referred, not accepted"
    assert "expected: Then it is accepted" in str(failure.text)
    assert suites.find("testsuite[@name='c.feature']/testcase/error") is not None


def test_the_results_are_written_as_cucumber_messages(tmp_path: Path) -> None:
    file = tmp_path / "results.ndjson"
    run("accept", written(tmp_path / "features", a=FAILS, b=EVERY_FORM), "--messages", file)
    messages = [json.loads(line) for line in file.read_text().splitlines()]
    kinds = [kind for message in messages for kind in message]
    assert kinds[0] == "meta"
    assert kinds[-1] == "testRunFinished"
    by_kind = {kind: [message[kind] for message in messages if kind in message] for kind in set(kinds)}
    assert not by_kind["testRunFinished"][0]["success"]
    pickles = {pickle["id"]: pickle for pickle in by_kind["pickle"]}
    cases = {case["id"]: case for case in by_kind["testCase"]}
    started = {each["id"]: each["testCaseId"] for each in by_kind["testCaseStarted"]}
    assert len(pickles) == len(cases) == len(started) == len(by_kind["testCaseFinished"]) == 10
    steps = {step["id"]: step["pickleStepId"] for case in cases.values() for step in case["testSteps"]}
    known = {step["id"] for pickle in pickles.values() for step in pickle["steps"]}
    assert set(steps.values()) <= known
    statuses: dict[str, list[str]] = {}
    for each in by_kind["testStepFinished"]:
        statuses.setdefault(started[each["testCaseStartedId"]], []).append(each["testStepResult"]["status"])
    failed = [found for found in statuses.values() if "FAILED" in found]
    assert len(failed) == 6
    assert all(re.fullmatch("(PASSED )*FAILED( SKIPPED)*", " ".join(found)) for found in failed)


def test_a_command_line_of_80_columns_shows_a_failure_whole(tmp_path: Path) -> None:
    done = run_apart("accept", written(tmp_path, a=ON_TIME, b=FAILS))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    table = [line for line in done.stdout.splitlines() if line.startswith(("issuer", "ally"))]
    assert table == ["issuer  passed  failed", "ally         2       1"]
