from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rules_engine.service.jobs import MOST_WAITING, Job, Jobs, JobState, command, until_over
from rules_engine.service.problems import Refused
from tests.example import FEATURES
from tests.service.serving import serving

FILE = "ally/term-notes-a/2015-08-10/survivors-option.yaml"
PLAIN = {"content-type": "text/plain"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with serving(state=tmp_path) as client:
        yield client


@pytest.fixture
def draft(client: TestClient) -> str:
    made = client.post("/v1/drafts", json={"issuers": ["ally"], "title": "a second reading"})
    assert made.status_code == 201
    return str(made.headers["location"])


def finished(client: TestClient, job: Any) -> Any:
    assert job.status_code == 202, job.text
    with client.stream("GET", f"{job.headers['location']}/progress") as stream:
        assert "event: over" in "\n".join(stream.iter_lines())
    return client.get(job.headers["location"]).json()


def test_a_draft_is_edited_file_by_file_and_checked(client: TestClient, draft: str) -> None:
    assert FILE in [each["path"] for each in client.get(f"{draft}/files").json()["items"]]
    read = client.get(f"{draft}/files/{FILE}")
    assert finished(client, client.post(f"{draft}/jobs", json={"kind": "check"}))["result"] == []
    wrong = read.text.replace("clause: survivors option", "clause: survivors opinion")
    assert wrong != read.text
    written = client.put(f"{draft}/files/{FILE}", content=wrong, headers=PLAIN | {"if-match": read.headers["etag"]})
    assert written.status_code == 200
    done = finished(client, client.post(f"{draft}/jobs", json={"kind": "check"}))
    assert (done["state"], done["found_faults"]) == ("done", True)
    (fault,) = [each for each in done["result"] if each["file"] == FILE][:1]
    assert "survivors opinion" in fault["message"]
    assert fault["line"] > 0
    # what is in force is as it was
    assert client.get("/health/ready").json()["checks"]["rule_book"]["faults"] == 0


def test_what_somebody_else_changed_meanwhile_is_not_written_over(client: TestClient, draft: str) -> None:
    read = client.get(f"{draft}/files/{FILE}")
    path = f"{draft}/files/{FILE}"
    assert client.put(path, content="one", headers=PLAIN | {"if-match": read.headers["etag"]}).status_code == 200
    assert client.put(path, content="two", headers=PLAIN | {"if-match": read.headers["etag"]}).status_code == 412
    assert client.delete(path, headers={"if-match": read.headers["etag"]}).status_code == 412
    assert client.get(path).text == "one"
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../draft.json",
        "ally/../../x.yaml",
        "ally/x.py",
        "x.yaml",
        "cit/x.yaml",
        "ally/.hidden.yaml",
        "ally//x.yaml",
        "%2e%2e/x.yaml",
        "ally/a%00b.yaml",
    ],
)
def test_a_file_is_written_nowhere_but_in_its_draft(client: TestClient, draft: str, name: str, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*"))
    response = client.put(f"{draft}/files/{name}", content="x: y", headers=PLAIN)
    assert response.status_code in (404, 405, 422)
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_link_in_a_draft_is_not_followed(client: TestClient, draft: str, tmp_path: Path) -> None:
    (rules,) = tmp_path.glob("drafts/*/rules/ally")
    secret = tmp_path / "secret.yaml"
    secret.write_text("secret")
    (rules / "leads-out.yaml").symlink_to(secret)
    assert client.get(f"{draft}/files/ally/leads-out.yaml").status_code == 422
    assert client.put(f"{draft}/files/ally/leads-out.yaml", content="x", headers=PLAIN).status_code == 422
    assert secret.read_text() == "secret"


def test_a_draft_of_an_issuer_that_is_not_there_and_an_unknown_draft_are_refused(client: TestClient) -> None:
    assert client.post("/v1/drafts", json={"issuers": ["nobody"]}).status_code == 422
    assert client.post("/v1/drafts", json={"issuers": []}).status_code == 422
    assert client.post("/v1/drafts", json={"issuer": ["ally"]}).status_code == 422
    assert client.get("/v1/drafts").json()["items"] == []
    for path in ("", "/files", f"/files/{FILE}"):
        assert client.get(f"/v1/drafts/draft-000000000000{path}").status_code == 404


def test_a_draft_that_is_taken_away_is_gone(client: TestClient, draft: str, tmp_path: Path) -> None:
    assert client.delete(draft).status_code == 204
    assert client.get(draft).status_code == 404
    assert list((tmp_path / "drafts").iterdir()) == []


def test_what_an_installation_cannot_do_and_what_needs_a_kept_ledger_is_said(client: TestClient, draft: str) -> None:
    assert client.post(f"{draft}/jobs", json={"kind": "guess"}).status_code == 422
    compared = client.post(f"{draft}/jobs", json={"kind": "compare"})
    assert (compared.status_code, "in memory" in compared.json()["detail"]) == (409, True)


def test_a_draft_is_accepted_by_the_features_of_its_issuers(tmp_path: Path) -> None:
    features = tmp_path / "features" / "caterpillar"
    features.mkdir(parents=True)
    for name in ("redemption.feature", "imagined"):
        there = FEATURES / "caterpillar" / name
        (shutil.copytree if there.is_dir() else shutil.copy)(there, features / name)
    with serving(state=tmp_path / "state", features=tmp_path / "features") as client:
        draft = client.post("/v1/drafts", json={"issuers": ["caterpillar"]}).headers["location"]
        done = finished(client, client.post(f"{draft}/jobs", json={"kind": "accept"}))
        assert (done["state"], done["found_faults"], done["fault"]) == ("done", False, "")
        assert done["result"]
        assert client.post(f"{draft}/jobs", json={"kind": "mutate", "programme": "ally/x"}).status_code == 422
    with serving(state=tmp_path / "state") as client:
        assert client.post(f"{draft}/jobs", json={"kind": "accept"}).status_code == 409


# The runner


def test_a_job_tells_what_a_command_says_and_gives_what_it_prints() -> None:
    jobs = Jobs(side_by_side=1, seconds=60)
    job = jobs.add("schedule", "note", "me", command(["schedule", "02006DLF6", "--json"], {}))
    list(until_over(job, 60))
    assert (job.state, job.result["cusip"]) == (JobState.DONE, "02006DLF6")
    wrong = jobs.add("schedule", "note", "me", command(["schedule", "none"], {}))
    told = list(until_over(wrong, 60))
    assert any("no note in the rule book" in line for line in told)
    assert (wrong.state, "no note in the rule book" in wrong.fault) == (JobState.FAILED, True)
    jobs.end()


def test_a_job_that_takes_too_long_is_ended_with_its_command(tmp_path: Path) -> None:
    pipe = tmp_path / "events"
    os.mkfifo(pipe)  # nobody ever writes into it, so the command waits for ever
    jobs = Jobs(side_by_side=1, seconds=2)
    late = jobs.add("decide", "", "me", command(["decide", str(pipe)], {}))
    list(until_over(late, 60))
    assert (late.state, late.fault) == (JobState.FAILED, "it took more than 2 seconds")
    assert late.process is None or late.process.wait(timeout=20) != 0
    after = jobs.add("schedule", "", "me", lambda _: "its turn")
    list(until_over(after, 60))
    assert after.result == "its turn"
    jobs.end()


def test_too_many_jobs_are_refused_and_those_that_wait_can_be_stopped() -> None:
    jobs = Jobs(side_by_side=1, seconds=60)
    go = threading.Event()

    def work(job: Job) -> str:
        job.tell("begun")
        go.wait(30)
        return "done"

    taken = [jobs.add("wait", "", "me", work) for _ in range(MOST_WAITING)]
    with pytest.raises(Refused, match="jobs wait already"):
        jobs.add("wait", "", "me", work)
    jobs.cancel(taken[-1])
    assert taken[-1].state is JobState.CANCELLED
    go.set()
    for job in taken[:-1]:
        list(until_over(job, 60))
        assert (job.state, job.result) == (JobState.DONE, "done")
    time.sleep(0.05)
    assert taken[-1].result is None
    jobs.end()
