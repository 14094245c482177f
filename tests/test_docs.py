"""What the documentation shows is what happens: its files are read, its programs run, its answers compared."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import shutil
import subprocess
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest

from rules_engine.dates.months import months_between
from rules_engine.host import Host, shipped_rules
from rules_engine.intake import read_event
from rules_engine.model.codes import OURS, Code
from rules_engine.model.decisions import Outcome
from rules_engine.model.events import EVENT_TYPES, Event, FaultMended, SurvivorsOptionRequested
from rules_engine.model.wire import decision_to_json
from rules_engine.plugging import GROUP, Plugins
from rules_engine.rulebook.books import Book
from rules_engine.standing.requests import OPEN_STATES, PARTICULARS, RequestState
from tests.acme import ACME, ACME_NOTE, ALLY_NOTE, AcmePlugin, found, host_on, loaded, requested
from tests.cli import running
from tests.test_architecture import ROOMS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
README, CHANGELOG = ROOT / "README.md", ROOT / "CHANGELOG.md"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
PATH = re.compile(r"# (\S+\.yaml)\n")


def blocks(page: str, language: str) -> list[str]:
    """List the blocks of one language on a page."""
    return [text for found, text in BLOCK.findall((DOCS / page).read_text()) if found == language]


def table(page: str, heading: str) -> Iterator[list[str]]:
    """Walk through the rows of the table that starts with a heading."""
    _, _, rest = (DOCS / page).read_text().partition(f"| {heading} |")
    for row in rest.partition("\n\n")[0].splitlines()[2:]:
        yield [cell.strip().strip("`") for cell in row.strip("|").split("|")]


def book_of(page: str, root: Path) -> tuple[Path, list[str]]:
    """Write the files a page shows beside the standard sets and calendars; give the blocks that are no files."""
    for folder in ("standard", "calendars"):
        shutil.copytree(shipped_rules() / folder, root / folder)
    fragments = []
    for text in blocks(page, "yaml"):
        named = PATH.match(text)
        if not named:
            fragments.append(text)
            continue
        path = root / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root, fragments


def executed(source: str) -> types.ModuleType:
    """Run a program of a page as a module."""
    module = types.ModuleType("example")
    exec(compile(source, "example", "exec"), vars(module))
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", sorted(DOCS.glob("why/*.md")), ids=lambda page: page.stem)
def test_every_reason_is_in_the_index_of_reasons(page: Path) -> None:
    index = (DOCS / "why" / "README.md").read_text()
    assert page.name == "README.md" or f"({page.name})" in index


# Commands, on whatever page


def run(command: list[str], folder: Path) -> str:
    """Run a command line as it stands in a folder; give what it writes to standard output."""
    program, *arguments = command
    assert program == "rules-engine"
    with contextlib.chdir(folder):
        done = running.run(*arguments)
    assert done.exit_code in (0, 1), done.stderr
    return done.stdout


def written_by(line: str, folder: Path) -> str:
    """Run a line of a page in a folder, and give what it shows; what it writes into a file is there then."""
    command, _, to = line.partition(" > ")
    written = run(shlex.split(command), folder)
    if not to:
        return written
    (folder / to).write_text(written)
    return ""


def test_every_command_named_on_a_page_exists(tmp_path: Path) -> None:
    commands = set(re.findall(r"^  ([a-z][a-z-]+)  ", run(["rules-engine", "--help"], tmp_path), re.MULTILINE))
    assert {"decide", "check", "demo"} <= commands
    for page in PAGES:
        named = set(re.findall(r"rules-engine\s+([a-z][a-z-]+)\b", page.read_text()))
        assert named <= commands, page.name


def test_every_target_named_on_a_page_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        text = page.read_text()
        shells = [text for language, text in BLOCK.findall(text) if language == "sh"]
        named = [*re.findall(r"`make ([a-z]+)`", text), *re.findall(r"^make ([a-z]+)", "".join(shells), re.MULTILINE)]
        assert set(named) <= targets, page.name


def test_the_tour_shows_what_its_commands_write(tmp_path: Path) -> None:
    for block in (text for language, text in BLOCK.findall(README.read_text()) if language == "console"):
        for shown in block.split("$ ")[1:]:
            line, *expected = shown.rstrip("\n").split("\n")
            written = written_by(line, tmp_path)
            assert follows(expected, written.splitlines()), f"{line}\n{written}"


def test_the_tutorial_shows_what_its_commands_write(tmp_path: Path) -> None:
    """The commands of its page, in a copy of what they are given; nothing else of the clone is there."""
    page = (DOCS / "tutorial.md").read_text()
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "tests" / "supplements" / "texts", tmp_path / "tests" / "supplements" / "texts")
    for name, text in zip(("request.jsonl", "paper.jsonl"), blocks("tutorial.md", "json"), strict=True):
        (tmp_path / name).write_text(text)
    for block in (text for language, text in BLOCK.findall(page) if language == "console"):
        for shown in block.split("$ ")[1:]:
            line, *expected = shown.rstrip("\n").split("\n")
            if line.startswith("rules-engine "):
                written = written_by(line, tmp_path)
            else:
                done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
                written = done.stdout
            assert follows(expected, written.splitlines()), f"{line}\n{written}"


def test_the_picture_of_rooms_has_every_room_in_its_order() -> None:
    rooms = [row[0] for row in table("architecture.md", "room | holds")]
    assert rooms == list(ROOMS)
    _, picture = blocks("architecture.md", "mermaid")
    assert all(re.search(rf"\b{room}\b", picture) for room in rooms)


def test_the_words_of_the_project_are_in_their_order() -> None:
    words = [row[0] for row in table("glossary.md", "word | means")]
    assert words == sorted(words)
    assert {outcome.word for outcome in Outcome} - {"recorded", "rejected"} <= set(words)


def follows(shown: list[str], written: list[str]) -> bool:
    """Tell whether lines are those shown: `...` is any number of lines, and at a line's end the rest of it."""
    if not shown:
        return not written
    first, *rest = shown
    if first == "...":
        return any(follows(rest, written[skipped:]) for skipped in range(len(written) + 1))
    if not written:
        return False
    same = written[0].startswith(first[:-3]) if first.endswith("...") else written[0].rstrip() == first
    return same and follows(rest, written[1:])


def test_the_embedding_shown_prints_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = BLOCK.findall(README.read_text())
    (program,) = (text for language, text in found if language == "python")
    (shown,) = (text for language, text in found if language == "text")
    executed(program)
    assert capsys.readouterr().out == shown


def test_the_changelog_tells_of_the_version_that_is_built() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"## [{version}]" in CHANGELOG.read_text()


# docs/rules.md


@pytest.fixture
def rules_page(tmp_path: Path) -> tuple[Path, list[str]]:
    return book_of("rules.md", tmp_path)


def put_in(path: Path, fragment: str) -> None:
    """Add a fragment's terms and rules to those of a rule file."""
    if fragment.startswith("- "):
        fragment = "rules:\n" + "".join(f"  {line}".rstrip(" ") for line in fragment.splitlines(keepends=True))
    terms, _, rules = fragment.partition("rules:\n")
    text = path.read_text().replace("\nterms:\n", "\nterms:\n" + terms.removeprefix("terms:\n"))
    path.write_text(text.replace("\npayment:\n", f"\n{rules}\npayment:\n"))


def problems(root: Path, plugins: Plugins | None = None) -> tuple[str, ...]:
    host = host_on(root, plugins or loaded(found("acme", AcmePlugin)))
    return tuple(str(problem) for problem in host.book.problems)


def test_the_rule_files_shown_are_read_without_fault(rules_page: tuple[Path, list[str]]) -> None:
    root, _ = rules_page
    assert len(list((root / ACME).rglob("*.yaml"))) == 6
    assert problems(root) == ()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_rules_shown_by_themselves_are_read_without_fault(place: int, rules_page: tuple[Path, list[str]]) -> None:
    root, fragments = rules_page
    assert len(fragments) == 3
    put_in(root / ACME / "2015-08-10" / "survivors-option.yaml", fragments[place])
    assert problems(root) == ()
    of_the_page = (each for each in opened(root).rule_sets if each.edition.startswith(f"{ACME}/"))
    (rule_set,) = (each for each in of_the_page if each.clause == "survivors option")
    names = [name.strip() for name in re.findall(r"- rule: (.*)", fragments[place])]
    assert [rule.name for rule in rule_set.rules][-len(names) :] == names


def opened(root: Path) -> Book:
    return host_on(root, loaded(found("acme", AcmePlugin))).book


def test_a_note_is_decided_by_the_edition_shown_for_its_day_of_issue(rules_page: tuple[Path, list[str]]) -> None:
    book = opened(rules_page[0])
    for day, edition in ((date(2015, 8, 9), "2012-03-01"), (date(2015, 8, 10), "2015-08-10")):
        rule_set = book.rule_set(ACME, "withdrawal", day)
        assert rule_set is not None
        assert rule_set.edition == f"{ACME}/{edition}"
    assert book.rule_set(ACME, "withdrawal", date(2012, 2, 29)) is None


def test_the_fault_shown_is_what_check_says(rules_page: tuple[Path, list[str]]) -> None:
    root, _ = rules_page
    path = root / ACME / "2015-08-10" / "survivors-option.yaml"
    path.write_text(path.read_text().replace("months held: less", "months hold: less"))
    (shown,) = blocks("rules.md", "text")
    assert problems(root) == (shown.rstrip("\n"),)


@pytest.mark.parametrize(
    ("start", "comparison"), [(date(2016, 8, 10), "more than 12 months"), (date(2016, 12, 1), "less than 6 months")]
)
def test_periods_are_counted_as_shown(start: date, comparison: str) -> None:
    rows = list(table("rules.md", f"received on | completed | begun | `{comparison}`"))
    assert len(rows) >= 2
    for received_on, completed, begun, holds in rows:
        span = months_between(start, date.fromisoformat(received_on))
        assert (span.completed, span.begun) == (int(completed), int(begun))
        dates: dict[str, Any] = (
            {"occurred_on": start} if "more" in comparison else {"acquired_on": start, "occurred_on": date(2017, 5, 1)}
        )
        host = Host.open()
        decision = host.preview(requested(received_on=date.fromisoformat(received_on), **dates))[0]
        rule = "asked too late" if "more" in comparison else "held too briefly"
        assert (rule in [finding.name for finding in decision.findings]) is (holds == "yes")


# docs/plugins.md


def test_the_plugin_shown_decides_by_the_rules_shown(tmp_path: Path) -> None:
    root, fragments = book_of("plugins.md", tmp_path)
    assert fragments == []
    (source,) = blocks("plugins.md", "python")
    plugins = loaded(found("acme", executed(source)))
    assert "acme" in plugins.issuers
    assert [status.cause for status in plugins.statuses if status.cause] == []
    assert problems(root, plugins) == ()
    host = host_on(root, plugins)
    issued_on = date(2016, 12, 1)
    for days, outcome in ((179, Outcome.REJECTED), (180, Outcome.ACCEPTED)):
        decision = host.preview(requested(cusip=ACME_NOTE, occurred_on=issued_on + timedelta(days=days)))[0]
        assert decision.outcome is outcome
        assert decision.facts["days from issue to death"] == days
    pended = host.preview(requested(cusip=ACME_NOTE, occurred_on=None))[0]
    assert (pended.outcome, pended.findings[0].missing) == (Outcome.PENDED, ("occurred_on",))


def test_the_entry_point_shown_is_in_the_group_that_is_searched() -> None:
    (shown,) = blocks("plugins.md", "toml")
    assert list(tomllib.loads(shown)["project"]["entry-points"]) == [GROUP]


def test_a_plugin_is_about_thirty_lines() -> None:
    (source,) = blocks("plugins.md", "python")
    assert len(source.splitlines()) <= 36


# docs/events.md


EVENTS_PAGE = (DOCS / "events.md").read_text()


def section(event_class: type[Event]) -> str:
    """Give what the page says of one type of event."""
    _, _, rest = EVENTS_PAGE.partition(f"\n### `{event_class.type}`\n")
    return re.split(r"^##", rest, maxsplit=1, flags=re.MULTILINE)[0]


def words_of(hint: Any) -> set[str]:
    """List the words a field may hold, those of a list included."""
    if typing.get_origin(hint) is Literal:
        return set(typing.get_args(hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {word.value for word in hint}
    return set().union(*map(words_of, typing.get_args(hint)))


def test_every_type_of_event_is_shown_once() -> None:
    shown = re.findall(r"^### `(\w+)`$", EVENTS_PAGE, re.MULTILINE)
    assert sorted(shown) == sorted(event_class.type for event_class in EVENT_TYPES)


@pytest.mark.parametrize("event_class", EVENT_TYPES, ids=lambda event_class: event_class.type)
def test_every_field_of_an_event_is_shown_with_whether_it_is_needed(event_class: type[Event]) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| ", section(event_class), re.MULTILINE)
    own = [each for each in fields(event_class) if each.name not in ("event_id", "received_on")]
    assert dict(rows) == {each.name: "yes" if each.default is MISSING else "" for each in own}


def test_every_word_an_event_may_hold_is_shown() -> None:
    for event_class in EVENT_TYPES:
        for name, hint in typing.get_type_hints(event_class).items():
            # the words of a particular are shown once, with the request
            where = SurvivorsOptionRequested if name in PARTICULARS else event_class
            (row,) = re.findall(rf"^\| `{name}` \|.*$", section(where), re.MULTILINE) or [""]
            shown = DOCUMENT_WORDS if name == "documents" else set(re.findall("`([^`]+)`", row)) - {name}
            missing = words_of(hint) - shown
            assert not missing, f"{event_class.type}: {name}"


DOCUMENT_WORDS = {
    " ".join(word.split())
    for word in re.findall("`([^`]+)`", EVENTS_PAGE.partition("\nDocument words: ")[2].partition("\n\n")[0])
}


def test_the_events_shown_are_read_and_those_of_the_seed_answered() -> None:
    shown = [read_event(text) for text in blocks("events.md", "json")]
    assert {type(event) for event in shown} == set(EVENT_TYPES)
    host = Host.open()
    for event in shown:
        outcome = host.answer(event)[0].outcome
        # no fault of ours is among the events shown, so one that says it is mended has nothing to decide again
        assert (outcome is Outcome.REFERRED) is isinstance(event, FaultMended), event.event_id


# docs/decisions.md


def shown_within(shown: Any, actual: Any) -> bool:
    """Tell whether what is shown is what is there, as far as it is shown: digests and ends of lists may be left out."""
    if isinstance(shown, Mapping):
        return isinstance(actual, Mapping) and all(
            name in actual and shown_within(value, actual[name]) for name, value in shown.items()
        )
    if isinstance(shown, list):
        return len(shown) <= len(actual) and all(map(shown_within, shown, actual))
    return bool(shown == actual or (shown == "sha256:..." and DIGEST.fullmatch(actual)))


def answered(event: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answer an event on a new ledger; give the event as recorded, and the decision."""
    host = Host.open()
    (decision,) = host.answer(read_event(json.dumps(event)))
    (entry,) = host.ledger.entries()
    assert json.loads(entry.decision) == decision_to_json(decision)
    return json.loads(entry.event), json.loads(entry.decision)


EVENT, DECISION, QUESTION, IN_PARTS, PAYMENT_MADE, WHOLE_CALL = (
    json.loads(text) for text in blocks("decisions.md", "json")
)
"""What the page shows, in its order."""


def test_the_event_shown_is_answered_as_shown() -> None:
    _, decision = answered(EVENT)
    assert shown_within(DECISION, decision)
    assert decision.keys() - DECISION.keys() == {"facts"}
    assert len(decision["findings"]) == len(DECISION["findings"])
    assert len(decision["near_misses"]) > 1


def test_the_programs_shown_answer_a_file_of_events_and_read_the_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program, follows_the_feed, _ = blocks("decisions.md", "python")
    monkeypatch.chdir(tmp_path)
    Path("events.jsonl").write_text(json.dumps(EVENT) + "\n" + json.dumps({"type": "payment_due"}) + "\n")
    executed(program)
    (line,) = Path("decisions.jsonl").read_text().splitlines()
    assert shown_within(DECISION, json.loads(line))
    capsys.readouterr()
    executed(follows_the_feed)
    assert capsys.readouterr().out == "1 e-1 rejected\n"


CALLED = {
    "type": "call_noticed",
    "event_id": "call-1",
    "received_on": "2017-11-10",
    "notice_id": "n-1",
    "cusip": ALLY_NOTE,
    "notice_given_on": "2017-11-10",
    "redeem_on": "2017-12-15",
    "principal": "all",
    "price": "100.00",
    "notified": ["trustee", "holders"],
}


def test_an_auditor_works_out_the_receipt_with_the_program_shown() -> None:
    *_, program = blocks("decisions.md", "python")
    assert len(program.splitlines()) < 30
    receipt = executed(program).receipt
    for each in (EVENT, CALLED, EVENT | {"cusip": "037833AK6", "event_id": "Erbschaft-ü"}):
        recorded, decision = answered(each)
        assert receipt(recorded, decision) == decision["receipt"]
        decision["facts"]["due date"] = "2017-01-16"
        assert receipt(recorded, decision) != decision["receipt"]


def test_a_whole_call_pays_each_1000_as_shown() -> None:
    _, decision = answered(CALLED)
    assert decision["payment"] == WHOLE_CALL
    money = ("requested", "accepted", "carried_over", "pended", "not_accepted")
    assert [decision[name] for name in money] == [None] * 5


def repaid(number: int, principal: str) -> dict[str, Any]:
    """Ask for a repayment that falls due on 15 October 2017."""
    asked = {"event_id": f"asked-{number}", "request_id": f"r-{number}", "owner_ref": f"owner-{number}"}
    money = {"principal": principal, "position": principal}
    return {**EVENT, **asked, **money, "cusip": ALLY_NOTE, "received_on": "2017-09-20", "occurred_on": "2017-09-01"}


def answers_to(*events: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Answer events on a new ledger, and give the decision on each."""
    host = Host.open()
    return [decision_to_json(host.answer(read_event(json.dumps(event)))[0]) for event in events]


def due(**fields: str) -> dict[str, Any]:
    return {"type": "payment_due", "event_id": "due-1", "received_on": "2017-10-10", "cusip": ALLY_NOTE} | fields


def test_payments_that_fall_due_are_as_shown() -> None:
    rows = list(table("decisions.md", "`kind` | `due_on` | principal | interest | total | `pay_on`"))
    assert {kind for kind, *_ in rows} == {"interest", "repayment", "redemption", "maturity"}
    for kind, due_on, principal, interest, total, pay_on in rows:
        _, decision = answers_to(repaid(1, "1000.00"), due(due_on=due_on, kind=kind, principal="1000.00"))
        payment = decision["payment"]
        assert (payment["principal"], payment["interest"], payment["total"]) == (principal, interest, total)
        assert (payment["due_on"], payment["pay_on"]) == (due_on, pay_on)


def test_repayments_of_one_day_are_answered_in_the_parts_shown() -> None:
    *_, decision = answers_to(
        repaid(1, "1000.00"), repaid(2, "2000.00"), due(due_on=IN_PARTS["due_on"], kind="repayment")
    )
    assert decision["payment"] == IN_PARTS


def test_the_payment_shown_settles_once() -> None:
    again, more = PAYMENT_MADE | {"event_id": "m-2"}, PAYMENT_MADE | {"event_id": "m-3", "request_id": "r-2"}
    *_, made, twice, other = answers_to(repaid(1, "1000.00"), repaid(2, "500000.00"), PAYMENT_MADE, again, more)
    assert (made["outcome"], made["findings"][0]["code"]) == ("recorded", "payment_recorded")
    assert (twice["outcome"], twice["findings"][0]["code"]) == ("referred", "already_paid")
    assert (other["outcome"], other["findings"][0]["code"]) == ("recorded", "payment_recorded")


def test_the_question_shown_is_asked_where_two_shares_are_reported() -> None:
    first, second = QUESTION["values"]
    shared = repaid(1, "1000.00") | {"registration": "tenants in common", "co_owner_is_spouse": False}
    told = {"type": "particulars_received", "event_id": "p-1", "received_on": "2017-09-21", "request_id": "r-1"}
    *_, decision = answers_to(
        shared | {"position": "6000.00", "deceased_share": first}, told | {"deceased_share": second}
    )
    assert (decision["outcome"], decision["questions"]) == ("referred", [QUESTION])


def test_every_code_is_on_its_page_once_with_what_it_says() -> None:
    rows = list(table("codes.md", "code | ours | says"))
    assert [code for code, *_ in rows] == [code.value for code in Code]
    assert {Code(code) for code, ours, _ in rows if ours} == OURS
    said = [says for *_, says in rows]
    assert all(said)
    assert len(set(said)) == len(said), "each code means one thing"


def test_every_outcome_is_explained() -> None:
    rows = [row[0] for row in table("decisions.md", "outcome | means | what to do")]
    assert rows == [outcome.word for outcome in Outcome]


# docs/life-of-a-request.md


def test_every_state_of_a_request_is_explained_the_open_ones_first() -> None:
    rows = [row[0] for row in table("life-of-a-request.md", "state | means | what moves it on")]
    assert set(rows) == {state.value for state in RequestState}
    assert len(rows) == len(set(rows))
    assert set(rows[: len(OPEN_STATES)]) == {state.value for state in OPEN_STATES}
