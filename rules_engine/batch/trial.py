"""Answering line by line beside the columns: for real, on a standing of its own, and recorded nowhere."""

from __future__ import annotations

from rules_engine.host import Host
from rules_engine.host.answered import Answered
from rules_engine.host.in_use import InUse
from rules_engine.host.read_only import ReadOnly
from rules_engine.ledger.trial import TrialLedger
from rules_engine.model.events import Event


class LineByLine(ReadOnly):
    """Answers events one after the other as a host would that recorded them, and goes on from each answer.

    Its ledger starts where the host's stands and is gone at the end. Nobody is told of its answers.
    """

    def __init__(self, host: Host) -> None:
        trial = TrialLedger(host.ledger)
        in_use = InUse.of(host.book, host.plugins, host.vocabulary, trial, with_durable=host.with_durable)
        super().__init__(trial, in_use)

    def answer(self, event: Event) -> Answered:
        """Decide an event and go on from the answer.

        Raises EventIdReused when its `event_id` was used with other content, and EventError for a word that the issuer
        of its note does not have.
        """
        if first := self.recorded(event):
            return first
        programme = self.programme_of(event)
        self._hold_to_words(event, programme)
        answers = self.decide(event, self.ledger.standing(programme))
        first_answer = answers[0].decision
        self.ledger.record(first_answer.programme, first_answer.standing_at, answers, {})
        return Answered((answer.decision for answer in answers), is_new=True)
