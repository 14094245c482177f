"""Work that takes longer than a call: done side by side with others, bounded in number and time, told as it goes on."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rules_engine.errors import RulesEngineError
from rules_engine.service.problems import Refused
from rules_engine.service.settings import KIB

MOST_WAITING = 16
KEPT = 100
"""How many jobs that are over are remembered."""

KEPT_LINES = 500
LARGEST_RESULT = 16 * KIB * KIB


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(slots=True)
class Job:
    """One piece of work: what it is, whose, how far it has come, and what came of it.

    `found_faults` says that it was done and found something wrong in what it looked at.
    """

    job_id: str
    kind: str
    about: str
    by: str
    work: Callable[[Job], Any] = field(repr=False)
    state: JobState = JobState.WAITING
    told: list[str] = field(default_factory=list)
    result: Any = None
    found_faults: bool = False
    fault: str = ""
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def tell(self, line: str) -> None:
        """Tell how far it has come."""
        with self.changed:
            if len(self.told) < KEPT_LINES:
                self.told.append(line)
            self.changed.notify_all()

    def becomes(self, state: JobState) -> None:
        """Move to another state; one that is over stays as it is."""
        with self.changed:
            if self.state not in OVER:
                self.state = state
            self.changed.notify_all()

    def news(self, seen: int, seconds: float) -> tuple[list[str], JobState]:
        """Wait until something is told after so many lines, or the job is over; give that, and where it is."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.told) > seen or self.state in OVER, timeout=seconds)
            return self.told[seen:], self.state

    def to_json(self) -> dict[str, Any]:
        """Write a job as it crosses a border."""
        return {
            "job_id": self.job_id,
            "kind": self.kind,
            "about": self.about,
            "by": self.by,
            "state": self.state.value,
            "told": list(self.told),
            "found_faults": self.found_faults,
            "result": self.result,
            "fault": self.fault,
        }


class Jobs:
    """Does jobs in the order they came, a few side by side; all are forgotten with the process."""

    def __init__(self, *, side_by_side: int, seconds: int) -> None:
        self._seconds = seconds
        self._waiting: queue.Queue[Job | None] = queue.Queue()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, name=f"job-{number}", daemon=True)
            for number in range(1, side_by_side + 1)
        ]
        self._started = False

    def add(self, kind: str, about: str, by: str, work: Callable[[Job], Any]) -> Job:
        """Take on a job; raise Refused where too many wait already."""
        with self._lock:
            if sum(job.state not in OVER for job in self._jobs.values()) >= MOST_WAITING:
                raise Refused(503, f"{MOST_WAITING} jobs wait already")
            job = Job(job_id=f"job-{next(self._numbers)}", kind=kind, about=about, by=by, work=work)
            self._jobs[job.job_id] = job
            over = [each.job_id for each in self._jobs.values() if each.state in OVER]
            for job_id in over[: max(0, len(over) - KEPT)]:
                del self._jobs[job_id]
            if not self._started:
                self._started = True
                for thread in self._threads:
                    thread.start()
        self._waiting.put(job)
        return job

    def all(self) -> list[Job]:
        """List the jobs that are remembered, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def find(self, job_id: str) -> Job | None:
        """Find a job."""
        with self._lock:
            return self._jobs.get(job_id)

    @property
    def open(self) -> int:
        """How many wait or run."""
        with self._lock:
            return sum(job.state not in OVER for job in self._jobs.values())

    def cancel(self, job: Job) -> None:
        """Stop a job, wherever it is."""
        job.becomes(JobState.CANCELLED)
        process = job.process
        if process is not None:
            _end(process)

    def end(self) -> None:
        """Stop every job."""
        for job in self.all():
            if job.state not in OVER:
                self.cancel(job)
        for _ in self._threads:
            self._waiting.put(None)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            if job.state in OVER:
                continue
            job.becomes(JobState.RUNNING)
            # a job that takes too long is ended, so that those behind it come to their turn
            timer = threading.Timer(self._seconds, self._too_long, [job])
            timer.daemon = True
            timer.start()
            try:
                job.result = job.work(job)
                job.becomes(JobState.DONE)
            except (RulesEngineError, Refused, OSError, ValueError, LookupError) as fault:
                job.fault = job.fault or str(fault)
                job.becomes(JobState.FAILED)
            finally:
                timer.cancel()

    def _too_long(self, job: Job) -> None:
        job.fault = f"it took more than {self._seconds:,} seconds"
        job.becomes(JobState.FAILED)
        if job.process is not None:
            _end(job.process)


class CommandFailed(RulesEngineError):
    """A command of ours could not do what it was asked; the message is what it said."""


def command(arguments: list[str], environment: Mapping[str, str]) -> Callable[[Job], Any]:
    """Give the work of running one of our commands: what it says of its progress is told, what it prints is the result.

    A ledger's address goes by the environment, where nobody else sees its password.
    """

    def work(job: Job) -> Any:
        process = subprocess.Popen(
            [sys.executable, "-m", "rules_engine", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
            env={**os.environ, **environment},
        )
        job.process = process
        if job.state in OVER:
            _end(process)
        listener = threading.Thread(target=_listen, args=(process, job), daemon=True)
        listener.start()
        assert process.stdout is not None
        written = process.stdout.read(LARGEST_RESULT + 1)
        if len(written) > LARGEST_RESULT:
            _end(process)
            raise CommandFailed("it printed more than can be kept")
        code = process.wait()
        listener.join(timeout=5)
        job.process = None
        if code not in (0, 1):
            raise CommandFailed(" ".join(job.told[-3:]) or f"it ended with {code}")
        job.found_faults = code == 1
        return read_result(written)

    return work


def read_result(written: str) -> Any:
    """Read what a command printed: one JSON document, a list of JSON lines, or plain lines."""
    with contextlib.suppress(ValueError):
        return json.loads(written)
    lines = written.splitlines()
    with contextlib.suppress(ValueError):
        return [json.loads(line) for line in lines]
    return lines


def _listen(process: subprocess.Popen[str], job: Job) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip():
            job.tell(line.rstrip())


def _end(process: subprocess.Popen[str]) -> None:
    """End a command with everything it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def offered(words: list[str]) -> bool:
    """Tell whether our commands have one of a name, with an option where one is given besides."""
    name, *options = words
    done = subprocess.run(
        [sys.executable, "-m", "rules_engine", name, "--help"], capture_output=True, text=True, check=False
    )
    return done.returncode == 0 and all(option in done.stdout for option in options)


def until_over(job: Job, seconds: float) -> Iterator[str]:
    """Give what a job tells until it is over, or so many seconds have gone by."""
    seen, ends_at = 0, time.monotonic() + seconds
    while True:
        told, state = job.news(seen, max(0.0, ends_at - time.monotonic()))
        yield from told
        seen += len(told)
        if state in OVER or time.monotonic() >= ends_at:
            return
