"""The engine, the model and the invariants over random histories: small ones by Hypothesis, long ones by the author.

Runs of a million events are `make simulate`; here a bounded number is answered, the same ones each time.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from .engine import knows
from .examples import ALL_PAPERS, F6, G4, called, decided, elected, lot, opened, paid, papers, request, told, voided
from .histories import Author, Event, history
from .model import Model
from .simulate import Trial, explain, seeds, simulate

EVENTS_EACH = 4_000
RUNS = 4

needs_the_engine = pytest.mark.skipif(
    not (knows("payment_made") and knows("event_voided")), reason="the engine does not read these events yet"
)


@needs_the_engine
@pytest.mark.parametrize("number", range(RUNS))
def test_engine_and_model_agree_on_random_histories(number: int) -> None:
    answered = 0
    for seed in seeds(number):
        outcome = simulate(seed)
        assert not outcome.faults, "\n".join([f"history {seed}: make simulate HISTORY={seed}", *outcome.faults])
        answered += outcome.events
        if answered >= EVENTS_EACH:
            return


def test_a_seed_gives_the_same_history_every_time() -> None:
    assert history(11) == history(11)
    assert history(11) != history(12)


def test_histories_hold_every_kind_of_event_and_most_of_them_are_compared_to_their_end() -> None:
    kinds: set[str] = set()
    left_open = 0
    for seed in range(60):
        author = Author(seed)
        for _ in range(40):
            event, _ = author.write()
            kinds.add(event["type"])
        left_open += bool(author.model.left_open)
    assert {"survivors_option_requested", "person_decided", "event_voided", "payment_returned"} <= kinds
    assert {"lottery_drawn", "position_reported", "issuer_waived", "call_rescinded", "year_opened"} <= kinds
    assert left_open < 36


def test_what_fails_is_told_with_what_was_expected_and_given() -> None:
    lines = list(explain([request("A", 10)]))
    assert lines[1] == "expected:"
    assert '"outcome": "accepted"' in lines[2]
    assert lines[3] == "got:"


OWNERS = st.sampled_from(("owner-1", "owner-2"))
THOUSANDS = st.sampled_from((1, 10, 100, 200, 250, 251, 400))
DAYS_LATER = st.integers(min_value=0, max_value=70)


class LifeOfRequests(RuleBasedStateMachine):
    """A ledger, the model beside it, and everything that can happen to a few requests, one thing after another."""

    requests = Bundle("requests")
    calls = Bundle("calls")
    sent = Bundle("sent")

    @initialize(limits=st.booleans())
    def start(self, limits: bool) -> None:
        self.trial = Trial(Model())
        self.today = date(2017, 6, 15)
        self.events: list[Event] = []
        self.years: dict[int, bool] = {}
        if limits:
            self.send(elected(2017, "2017-01-02"))

    def send(self, event: Event) -> str:
        """Send an event under an id of its own, and hold every answer against the model and the invariants."""
        event = event | {"event_id": f"e{len(self.events) + 1}"}
        self.events.append(event)
        found = self.trial.faults_after(event, self.trial.model.answer(event))
        assert not found, "\n".join([*found, *explain(self.events)])
        return str(event["event_id"])

    def on(self, days: int) -> str:
        """Let some days pass."""
        self.today += timedelta(days=days)
        return str(self.today)

    @rule(
        target=requests,
        asked=THOUSANDS,
        more=st.sampled_from((0, 0, 50)),
        cusip=st.sampled_from((F6, G4)),
        owner=OWNERS,
        account=st.sampled_from((None, "joint", "own")),
        missing=st.sampled_from((None, None, "death certificate")),
        share=st.sampled_from((None, "1/2", "1/3")),
        days=DAYS_LATER,
    )
    def asks(
        self, asked: int, more: int, cusip: str, owner: str, account: str | None, missing: str, share: str, days: int
    ) -> Any:
        common = {"registration": "tenants in common", "co_owner_is_spouse": False, "deceased_share": share}
        request_id = f"R{len(self.events)}"
        event = request(
            request_id,
            asked,
            self.on(days),
            position=f"{asked + more}000.00",
            cusip=cusip,
            owner_ref=owner,
            account_ref=account,
            documents=[paper for paper in ALL_PAPERS if paper != missing],
            **(common if share else {}),
        )
        self.send(event)
        return request_id

    @rule(request_id=requests, days=DAYS_LATER, back=st.sampled_from((0, 0, 0, 200)))
    def papers_come(self, request_id: str, days: int, back: int) -> None:
        day = self.on(days)
        self.send(papers(request_id, str(date.fromisoformat(day) - timedelta(days=back)), "death certificate"))

    @rule(request_id=requests, days=DAYS_LATER, owned=st.sampled_from((True, False, "in doubt")))
    def it_is_told_who_owned(self, request_id: str, days: int, owned: Any) -> None:
        self.send(told(request_id, self.on(days), owner_at_death=owned))

    @rule(request_id=requests, days=DAYS_LATER, answer=st.sampled_from(("go on", "reject")))
    def a_person_decides(self, request_id: str, days: int, answer: str) -> None:
        self.send(decided(request_id, self.on(days), answer))

    @rule(request_id=requests, part=st.sampled_from((1, 2)), days=st.integers(0, 10))
    def it_is_paid(self, request_id: str, part: int, days: int) -> None:
        claim = self.trial.model.standing.claims.get(request_id)
        if claim is None or not claim.acceptances:
            return
        due_on = claim.acceptances[0].due_on
        self.today = max(self.today, due_on)
        thousands = max(1, claim.due(due_on) // 100_000 // part)
        self.send(paid(request_id, thousands, str(due_on), self.on(days), claim.note.cusip))

    @rule(days=DAYS_LATER, ahead=st.integers(1, 3), whole=st.booleans(), target=calls)
    def it_is_called(self, days: int, ahead: int, whole: bool) -> Any:
        day = date.fromisoformat(self.on(days))
        first = max(day + timedelta(days=30 * ahead), date(2017, 12, 1))
        redeem_on = first.replace(day=15) if first.day <= 15 else (first.replace(day=28) + timedelta(9)).replace(day=15)
        notice_id = f"N{len(self.events)}"
        self.send(called(notice_id, str(redeem_on), str(day), "all" if whole else "50000.00", conditional=whole))
        return notice_id

    @rule(notice_id=calls, days=st.integers(0, 30))
    def the_call_is_taken_back(self, notice_id: str, days: int) -> None:
        event = {"type": "call_rescinded", "received_on": self.on(days), "notice_id": notice_id}
        self.send(event)

    @rule(notice_id=calls, owner=OWNERS, of=THOUSANDS, part=st.sampled_from((1, 2)), days=st.integers(0, 10))
    def a_lot_is_drawn(self, notice_id: str, owner: str, of: int, part: int, days: int) -> None:
        self.send(lot(notice_id, max(1, of // part), of, self.on(days), owner))

    @rule(limits=st.sampled_from((True, True, False)))
    def the_year_turns(self, limits: bool) -> None:
        year = self.today.year + 1
        self.today = date(year, 1, 2)
        if limits:
            self.send(elected(year, str(self.today)))
        self.send(opened(year, str(self.today)))

    @rule(data=st.data(), days=st.integers(0, 30))
    def an_event_is_taken_back(self, data: st.DataObject, days: int) -> None:
        if self.events:
            event = data.draw(st.sampled_from(self.events))
            self.send(voided(event["event_id"], self.on(days)))

    @rule(cusip=st.sampled_from((F6, G4)), months=st.integers(0, 3))
    def somebody_asks_what_is_due(self, cusip: str, months: int) -> None:
        due_on = (self.today.replace(day=15) + timedelta(days=31 * months)).replace(day=15)
        event = {"type": "payment_due", "cusip": cusip, "due_on": str(due_on), "kind": "repayment"}
        self.send(event | {"received_on": str(self.today)})


LifeOfRequests.TestCase.settings = settings(max_examples=150, stateful_step_count=20, derandomize=True)


TestLifeOfRequests = needs_the_engine(LifeOfRequests.TestCase)
