from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .running import call, interest, lines, request, run

EARLY = request("early", received_on="2017-05-31", occurred_on="2017-03-10", held_in="estate account")


def explained(given: bytes, event_id: str, *more: str) -> dict[str, Any]:
    return dict(json.loads(run("explain", "-", "--event", event_id, "--json", *more, given=given).stdout))


def test_tells_every_rule_by_what_it_missed() -> None:
    found = explained(lines(EARLY), "early")
    rules = {rule["rule"]: rule for rule in found["rules"]}
    assert found["decision"]["outcome"] == "rejected"
    assert rules["repay at par"]["state"] == "matched"
    assert rules["held too briefly"]["state"] == "matched"
    assert rules["held too briefly"]["tests"] == [
        {"fact": "months held", "observed": "5 months and 30 days", "required": "less than 6 months", "holds": True}
    ]
    late = rules["asked too late"]
    assert late["state"] == "did not apply"
    # 10 March to 31 May
    assert late["tests"] == [
        {
            "fact": "months since death",
            "observed": "2 months and 21 days",
            "required": "more than 12 months",
            "holds": False,
        }
    ]
    assert late["cite"]


def test_tells_what_is_missing_where_a_rule_cannot_be_told() -> None:
    found = explained(lines(request("a", acquired_on=None)), "a")
    told = {rule["rule"]: rule for rule in found["rules"]}["held too briefly"]
    assert (told["state"], told["missing"], told["tests"][0]["holds"]) == ("cannot be told", ["acquired_on"], None)


def test_tells_a_person_how_money_and_days_came_about() -> None:
    given = lines(request("a", received_on="2017-09-01", principal="40000.00"))
    told = run("explain", "-", "--event", "a", given=given).stdout
    assert "Accepted as of Friday 2017-09-01; 20 calendar days later is Thursday 2017-09-21." in told
    assert "The repayment is due on Sunday 2017-10-15, the first interest date on or after that day." in told
    assert "cash moves on Monday 2017-10-16; no interest accrues for the delay." in told
    assert "30 days of 30/360 at 3.5 per cent a year on $40,000 is $116.67." in told
    assert "In all: $40,000 at 100 per cent, and $116.67 interest: $40,116.67." in told


def test_tells_a_person_by_how_much_a_threshold_was_missed() -> None:
    told = run("explain", "-", "--event", "early", given=lines(EARLY)).stdout
    assert "months held: 5 months and 30 days; needed: at least 6 months; short by 1 day" in told
    assert "months since death: 2 months and 21 days; applies when: more than 12 months" in told


def test_answers_the_events_before_it_first() -> None:
    papers = {"type": "documents_received", "event_id": "papers", "received_on": "2017-09-01"}
    asked = request("a", received_on="2017-08-15", documents=[])
    given = lines(asked, papers | {"request_id": asked["request_id"], "documents": ["death certificate"]})
    found = explained(given, "papers")
    assert found["decision"]["outcome"] == "pended"
    assert {rule["rule"]: rule["state"] for rule in found["rules"]}["proof of death"] == "did not apply"


def test_what_stands_after_it_in_the_file_is_not_read() -> None:
    result = run("explain", "-", "--event", "a", given=lines(interest("a"), "nonsense"))
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_faulty_line_before_it_is_told_and_the_event_explained_all_the_same() -> None:
    result = run("explain", "-", "--event", "a", given=lines("nonsense", interest("a")))
    assert result.exit_code == 1
    assert result.stderr == "line 1: the line stops being JSON at character 1\n"
    assert "outcome: accepted" in result.stdout


def test_asks_whether_another_event_was_meant() -> None:
    result = run("explain", "-", "--event", "coupon-2", given=lines(interest("coupon-1")))
    assert result.exit_code == 2
    assert "did you mean `coupon-1`?" in result.stderr


def test_an_event_on_the_ledger_is_explained_as_things_stood_and_nothing_is_written(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    url = f"sqlite:///{ledger}"
    first = call("first", noticed="2017-11-01", redeem_on="2017-12-15", principal="all")
    second = call("second", noticed="2017-11-02", redeem_on="2018-01-15")
    answers = run("decide", "-", "--json", "--ledger", url, given=lines(first, second)).stdout.splitlines()
    before = ledger.read_bytes()
    found = explained(lines(first), "first", "--ledger", url)
    # the note was not called yet when the first notice came, though it is now
    assert {rule["rule"]: rule["state"] for rule in found["rules"]}["already called"] == "did not apply"
    assert found["decision"] == json.loads(answers[0])
    assert found["recorded"] is None
    third = call("third", noticed="2017-11-03", redeem_on="2018-02-15")
    assert explained(lines(third), "third", "--ledger", url)["decision"]["standing_at"] == 2
    assert ledger.read_bytes() == before


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    assert run("explain", "-", "--event", "a", "--ledger", url, given=lines(interest("a"))).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_other_content_under_an_id_on_the_ledger_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    run("decide", "-", "--ledger", url, given=lines(interest("a")))
    given = lines(interest("a", principal="2000.00"))
    result = run("explain", "-", "--event", "a", "--ledger", url, given=given)
    assert result.exit_code == 1
    assert "`a` was already used for another event" in result.stderr
