"""The desk: what a scenario has prepared so far, what it has sent to the host, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rules_engine.acceptance.expecting import WrongScenario

if TYPE_CHECKING:
    from rules_engine.acceptance.trials import Trial
    from rules_engine.host import Host
    from rules_engine.model.decisions import Decision

Draft = dict[str, Any]
"""An event being prepared, as the JSON object it will be sent as."""

COMPLETE: Draft = {
    "trigger": "death",
    "occurred_on": "2017-06-10",
    "acquired_on": "2016-12-01",
    "registration": "sole owner",
    "owner_at_death": True,
    "held_in": "deceased account",
    "representative": "executor",
    "documents": [
        "death certificate",
        "letters of authority",
        "proof of ownership",
        "repayment request",
        "signature guarantee",
    ],
}
"""A request with nothing missing: the executor of a sole owner, with every paper an executor has to bring."""


class Desk:
    """Prepares a scenario's events, hands them to one host, and keeps the answers.

    `answer` is the decision a scenario looks at: the one on the last event, until it turns to a
    request which that event had answered again.
    """

    def __init__(self, host: Host | Trial, observe: Callable[[Decision], None]) -> None:
        self._host = host
        self._observe = observe
        self._requests: dict[str, Draft] = {}
        self._call: Draft | None = None
        self._in_hand = ""
        self._sent: list[Draft] = []
        self._answers: list[tuple[Decision, ...]] = []
        self._answer: Decision | None = None
        self.programme = ""

    @property
    def request(self) -> Draft:
        """The request in hand."""
        if not self._in_hand:
            raise WrongScenario("no request is in hand: begin with `Given a complete request for ...`")
        return self._requests[self._in_hand]

    @property
    def call(self) -> Draft:
        """The call in hand."""
        if self._call is None:
            raise WrongScenario("no call is in hand: begin with `Given a call at par of ...`")
        return self._call

    @property
    def answer(self) -> Decision:
        """The decision looked at."""
        if self._answer is None:
            raise WrongScenario("nothing has been answered yet")
        return self._answer

    @property
    def answers(self) -> tuple[Decision, ...]:
        """Every decision on the last event: its own, and those on requests answered again."""
        if not self._answers:
            raise WrongScenario("nothing has been answered yet")
        return self._answers[-1]

    @property
    def answers_before(self) -> tuple[Decision, ...]:
        """Every decision on the event before the last."""
        if not len(self._answers) > 1:
            raise WrongScenario("only one event has been answered yet")
        return self._answers[-2]

    @property
    def every_answer(self) -> tuple[Decision, ...]:
        """Every decision there is so far; an event that was sent again adds none."""
        return tuple({answer.decision_id: answer for answers in self._answers for answer in answers}.values())

    @property
    def events(self) -> tuple[Draft, ...]:
        """Every event that was sent, in order."""
        return tuple(self._sent)

    @property
    def sent(self) -> int:
        """How many events were sent."""
        return len(self._sent)

    def event_id(self, place: int) -> str:
        """Give the id of an event by its place among those sent, from 1."""
        if not 1 <= place <= len(self._sent):
            raise WrongScenario(f"only {len(self._sent)} events were sent")
        return str(self._sent[place - 1]["event_id"])

    def event_of_request(self, request_id: str) -> str:
        """Give the id of the event that made a request."""
        made = [
            event
            for event in self._sent
            if event["type"] == "survivors_option_requested" and event["request_id"] == request_id
        ]
        if not made:
            raise WrongScenario(f"no request of this scenario named `{request_id}` was sent")
        return str(made[-1]["event_id"])

    def prepare_request(self, name: str, **fields: Any) -> None:
        """Take a new request in hand, complete but for what a scenario goes on to say."""
        name = name or f"request {len(self._requests) + 1}"
        documents = list(COMPLETE["documents"])
        self._in_hand = name
        self._requests[name] = {
            "type": "survivors_option_requested",
            "request_id": name,
            **COMPLETE,
            "documents": documents,
            "position": fields["principal"],
            "owner_ref": f"owner of {name}",
            **fields,
        }

    def request_named(self, name: str) -> Draft:
        """Give a request of this scenario, and take it in hand."""
        if name not in self._requests:
            raise WrongScenario(f"no request of this scenario is named `{name}`")
        self._in_hand = name
        return self._requests[name]

    def prepare_call(self, **fields: Any) -> None:
        """Take a new notice of a call in hand, at par and given to holders and trustee."""
        self._call = {
            "type": "call_noticed",
            "notice_id": f"notice {len(self._sent) + 1}",
            "price": "100",
            "notified": ["holders", "trustee"],
            **fields,
        }

    def send(self, event: Draft) -> None:
        """Send an event to the host under an id of its own."""
        self._hand_in({"event_id": f"event {len(self._sent) + 1}", **event})

    def send_again(self) -> None:
        """Send the last event once more, just as it was."""
        if not self._sent:
            raise WrongScenario("nothing has been sent yet")
        self._hand_in(self._sent[-1])

    def look_at(self, request_id: str) -> None:
        """Turn to the decision by which the last event answered a request again."""
        again = [answer for answer in self.answers[1:] if answer.request_id == request_id]
        if not again:
            raise WrongScenario(f"request `{request_id}` was not answered again")
        (self._answer,) = again

    def _hand_in(self, event: Draft) -> None:
        self._sent.append(event)
        answers = self._host.answer(self._host.read_event(json.dumps(event)))
        for answer in answers:
            self._observe(answer)
        self._answers.append(answers)
        self._answer = answers[0]
