"""What a letter that answers a request says, before it is laid out: worked out from its findings and clauses alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules_engine.desk.day import standings
from rules_engine.desk.recorded_answers import answers_on
from rules_engine.desk.work_queue import DeskRepayment, DeskRequest, request_at_desk
from rules_engine.errors import RulesEngineError
from rules_engine.host import Host
from rules_engine.model.decisions import Decision, Finding, Outcome
from rules_engine.model.money import Money
from rules_engine.standing.requests import RequestState


class LetterKind(StrEnum):
    """Which letter it is; the value is the name of its template."""

    ACCEPTED = "accepted"
    CARRIED_OVER = "carried-over"
    PAPERS_MISSING = "papers-missing"
    REFUSED = "refused"
    UNDER_REVIEW = "under-review"


_KIND_OF = {
    RequestState.ACCEPTED: LetterKind.ACCEPTED,
    RequestState.PAID: LetterKind.ACCEPTED,
    RequestState.CARRIED_OVER: LetterKind.CARRIED_OVER,
    RequestState.PENDED: LetterKind.PAPERS_MISSING,
    RequestState.REJECTED: LetterKind.REFUSED,
    RequestState.REFERRED: LetterKind.UNDER_REVIEW,
}


class NoLetter(RulesEngineError):
    """No letter answers a request as it stands; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, and where that is written."""

    because: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that answers a request, worked out and not laid out.

    `on` is the day of the answer. `reasons` are what decided it, `repayments` what is repaid on which day, `missing`
    what is still to be sent, `send_by` the last day for the next repayment. `drafts` names the rule sets that are not
    approved yet; the letter is then provisional and must not be sent.
    """

    kind: LetterKind
    on: date
    issuer: str
    programme: str
    programme_name: str
    cusip: str
    note: str
    request_id: str
    received_on: date
    requested: Money
    accepted: Money
    paid: Money
    carried_over: Money
    not_accepted: Money
    decided_again_on: date | None
    reasons: tuple[Reason, ...]
    repayments: tuple[DeskRepayment, ...]
    interest: Money | None
    missing: tuple[str, ...]
    send_by: date | None
    settlement: str
    edition: str
    receipt: str
    drafts: tuple[str, ...]

    @property
    def is_provisional(self) -> bool:
        """Whether it rests on rules that nobody has approved yet."""
        return bool(self.drafts)


def letter_for(host: Host, request_id: str) -> Letter:
    """Work out the letter that answers a request as it stands; raise NoLetter where none does."""
    programme = host.stands_under(request_id)
    answers = answers_on(host.ledger, request_id)
    if programme is None or not answers:
        raise NoLetter(f"no request `{request_id}` is on the ledger")
    (standing,) = standings(host, programme)
    with host.ledger.undisturbed():
        request = standing.requests[request_id]
        kind = _KIND_OF.get(request.state)
        if kind is None:
            raise NoLetter(f"request `{request_id}` is {request.state.value}: no letter answers that")
        day = answers[-1].event.received_on
        listed = request_at_desk(host, request, standing, day)
    last = answers[-1].decision
    return _letter(host, kind, day, listed, last, tuple(each.decision for each in answers))


def _letter(
    host: Host, kind: LetterKind, day: date, listed: DeskRequest, last: Decision, decisions: tuple[Decision, ...]
) -> Letter:
    note = host.book.note(listed.cusip)
    issuer, programme_name = _names(host, listed.programme)
    paying = [each for each in decisions if each.payment and not _taken_back(each, decisions)]
    waits = kind is LetterKind.CARRIED_OVER or listed.carried_over.cents
    accounted = listed.accepted.cents + listed.waiting.cents
    return Letter(
        kind=kind,
        on=day,
        issuer=issuer,
        programme=listed.programme,
        programme_name=programme_name,
        cusip=listed.cusip,
        note=note.title if note else "",
        request_id=listed.request_id,
        received_on=listed.received_on,
        requested=listed.requested,
        accepted=listed.accepted,
        paid=listed.paid,
        carried_over=listed.carried_over,
        not_accepted=Money.from_cents(max(0, listed.requested.cents - accounted)),
        decided_again_on=listed.deadline.on if waits and listed.deadline and not listed.unpaid.cents else None,
        reasons=tuple(_reasons(kind, last, decisions)),
        repayments=listed.repayments,
        interest=_interest(paying),
        missing=listed.missing,
        send_by=listed.deadline.on if listed.deadline and listed.deadline.papers else None,
        settlement=next((each.payment.settlement for each in paying if each.payment), ""),
        edition=last.edition,
        receipt=last.receipt,
        drafts=last.drafts,
    )


def _names(host: Host, code: str) -> tuple[str, str]:
    """Give the names of a programme's issuer and of the programme; its code where no plugin declares it."""
    for status in host.plugins.working:
        for issuer in status.issuers:
            for programme in issuer.programmes:
                if programme.code == code:
                    return issuer.name, programme.name
    return code.partition("/")[0], code


def _taken_back(decision: Decision, decisions: tuple[Decision, ...]) -> bool:
    """Tell whether a later answer replaces what an answer accepted."""
    later = decisions[decisions.index(decision) + 1 :]
    return any(each.anew or each.taken_back for each in later)


def _interest(paying: list[Decision]) -> Money | None:
    amounts = [each.payment.interest for each in paying if each.payment and each.payment.interest is not None]
    return Money.from_cents(sum(each.cents for each in amounts)) if amounts else None


def _reasons(kind: LetterKind, last: Decision, decisions: tuple[Decision, ...]) -> list[Reason]:
    """Choose the findings a letter gives as its reasons, each once."""
    if kind is LetterKind.UNDER_REVIEW:
        return []
    wanted: tuple[Outcome, ...] = {
        LetterKind.ACCEPTED: (Outcome.ENTITLED, Outcome.ACCEPTED),
        LetterKind.CARRIED_OVER: (Outcome.CARRIED_OVER, Outcome.ACCEPTED),
        LetterKind.PAPERS_MISSING: (Outcome.PENDED,),
        LetterKind.REFUSED: (Outcome.REJECTED,),
    }[kind]
    found = [each for each in last.findings if each.outcome in wanted]
    if not found:
        earlier = (each for decision in reversed(decisions) for each in decision.findings if each.outcome in wanted)
        found = list(earlier)
    if kind is LetterKind.CARRIED_OVER:
        found = [each for each in found if each.limit or each.at_most is not None] or found
    return [Reason(because=because, cite=cite) for because, cite in dict.fromkeys(map(_said, found))]


def _said(finding: Finding) -> tuple[str, str]:
    return finding.because, finding.cite
