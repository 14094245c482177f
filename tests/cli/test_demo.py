from __future__ import annotations

from pathlib import Path

from .running import rows, run, run_apart


def test_tells_the_main_job_with_nothing_to_prepare() -> None:
    done = run_apart("demo")
    assert done.returncode == 0
    assert done.stderr == ""
    for figure in ("$4.28", "$5.19", "$25,072.92", "$40,116.67", "$1,002.92", "2018-01-16"):
        assert figure in done.stdout
    assert "durable_rules" in done.stdout or "the plain matcher" in done.stdout
    assert "rules that did not apply" in done.stdout
    assert "WHERE TO GO NEXT" in done.stdout


def test_its_events_can_be_taken_along_and_answered(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(run("demo", "--events").stdout)
    answers = rows(run("decide", events, "--json"))
    assert [(each["event_id"], each["outcome"]) for each in answers] == [
        ("coupon-3.500", "accepted"),
        ("coupon-4.250", "accepted"),
        ("held-too-briefly", "rejected"),
        ("in-order", "accepted"),
        ("no-certificate", "pended"),
        ("tenants-in-common", "accepted"),
        ("certificate-arrives", "accepted"),
        ("call-in-time", "accepted"),
        ("call-a-day-late", "rejected"),
        ("call-next-month", "accepted"),
    ]
    # a third of $30,000
    assert {each["event_id"]: each["accepted"] for each in answers}["tenants-in-common"] == "10000.00"


def test_the_commands_it_points_to_work(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(run("demo", "--events").stdout)
    pointed = [
        line.split("  ")[0] for line in run("demo").stdout.split("WHERE TO GO NEXT")[1].split("\n  ") if line.strip()
    ]
    assert len(pointed) == 7
    for command in pointed:
        name, *arguments = command.removeprefix("rules-engine ").split(" > ")[0].split()
        assert run(name, *(str(events) if each == "events.jsonl" else each for each in arguments)).exit_code == 0
