"""A survivor's option request as it stands: what was asked, reported, accepted and paid, and what is in question."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from rules_engine.model.codes import Code
from rules_engine.model.decisions import Question
from rules_engine.model.event_words import AddedWord, Document
from rules_engine.model.events import DocumentsReceived, Event, Particulars, PersonDecided, SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.model.replacing import replace

NOTHING = Money.from_cents(0)


class RequestState(enum.Enum):
    """Where a request is in its life; the value is the word operations use."""

    PENDED = "pended"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    CARRIED_OVER = "carried over"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    REDEEMED = "redeemed"
    MATURED = "matured"
    VOIDED = "voided"


OPEN_STATES = frozenset({RequestState.PENDED, RequestState.REFERRED, RequestState.ACCEPTED, RequestState.CARRIED_OVER})
"""States in which something is still to happen to a request."""

SHARED_PAPERS = "papers for the registration"
"""The fact that counts papers once for a registration."""

OVER = frozenset({RequestState.WITHDRAWN, RequestState.REDEEMED, RequestState.MATURED, RequestState.VOIDED})
"""States that nothing about the request itself leads out of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """Principal of a repayment that was paid, or (less than nothing) came back, by which event, on which day."""

    event_id: str
    on: date
    principal: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """Principal accepted, as of which day, when it is due, and what of it was paid; `by` is the event that did it.

    One of which all that was paid came back, and which was decided anew since, is kept with no principal.
    """

    by: str
    accepted_on: date
    due_on: date
    principal: Money
    payments: tuple[Paid, ...] = ()

    @property
    def paid(self) -> Money:
        """What was paid of it and has not come back."""
        return Money.from_cents(sum(each.principal.cents for each in self.payments))

    @property
    def open(self) -> Money:
        """What is still to be paid of it."""
        return self.principal - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What came about a request later: papers, particulars, or a person's decision; `day` is the day it counts from."""

    event: DocumentsReceived | Particulars
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """What the issuer waived for a request: a rule, or (with an amount) a limit; `by` is the event."""

    by: str
    rule: str = ""
    limit: str = ""
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A question a person has closed; `by` is the event that did."""

    by: str
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What ended a request from outside: a withdrawal, a redemption, the maturity or a person; `by` is the event.

    `paid` is what had been paid of the request by then.
    """

    by: str
    state: RequestState
    paid: Money = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; everything but `made` and `tendered` follows from the answers to it and the events about it.

    `asked` is the request as it reads now, `made` as it was made. `tendered` is its place in the order of receipt: the
    day received, then the ledger position of its first answer. `counts_from` is its own day. `answered` is the state
    by its last answer, which an ending overrides. `waiting` is principal that limits keep out, of the year
    `kept_out_in` and by the limits `kept_out_by`; `pended` is principal that waits for a report. `missing` names what
    the last answer waits for. `openers` names the event that opened each question it ever had; `stopping` are those of
    them that came after principal was accepted, or kept out. `overruled` are endings that a person took back, each with
    the event that did.

    `turned_away` says that the last answer rejected it while a call of the whole note, or an acceleration, stood;
    `ours` that it was referred for a fault of ours; `cut` that a lot took some of what it was accepted for;
    `shares_papers` that its rules count papers once for a registration; `vouches` that what is believed of its position
    agrees with what it says, or is what it rests on. `answered_at` is the ledger position of the last answer for which
    the rules were asked, `claims_less_since` of the last one after which it claimed less of its position than before.
    `revived` are the events that had it decided again after the rules had rejected it.
    """

    made: SurvivorsOptionRequested
    asked: SurvivorsOptionRequested
    tendered: tuple[date, int]
    series: str
    first_on: date
    answered: RequestState
    waiting: Money = NOTHING
    pended: Money = NOTHING
    kept_out_in: int = 0
    kept_out_by: frozenset[str] = frozenset()
    repayments: tuple[Repayment, ...] = ()
    missing: tuple[str, ...] = ()
    reported: tuple[Reported, ...] = ()
    waited: frozenset[str] = frozenset()
    shared: tuple[tuple[str, date], ...] = ()
    questions: tuple[Question, ...] = ()
    openers: tuple[tuple[Question, str], ...] = ()
    stopping: frozenset[Question] = frozenset()
    closed: tuple[Closed, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    ending: Ending | None = None
    overruled: tuple[tuple[str, Ending], ...] = ()
    turned_away: bool = False
    ours: bool = False
    cut: bool = False
    shares_papers: bool = False
    vouches: bool = False
    answered_at: int = 0
    claims_less_since: int = 0
    revived: tuple[str, ...] = ()

    @property
    def request_id(self) -> str:
        """The request's id."""
        return self.asked.request_id

    @property
    def cusip(self) -> str:
        """The note it asks for."""
        return self.asked.cusip

    @property
    def state(self) -> RequestState:
        """Where it is in its life."""
        return self.ending.state if self.ending else self.answered

    @property
    def counts_from(self) -> date:
        """Its own day: the first it may count from, or that of the last paper or particular it had waited for."""
        day = max((on for _, on in self.shared), default=self.first_on)
        day, asked = max(day, self.first_on), self.made
        for reported in self.reported:
            if self.waited.intersection(brought(asked, reported.event)):
                day = max(day, reported.day)
            asked = completed(asked, reported.event)
        return day

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen to it."""
        return self.ending is None and self.answered in OPEN_STATES

    @property
    def is_stopped(self) -> bool:
        """Whether it keeps what it was accepted for until a person decides: all open questions came after that."""
        is_open = self.ending is None and self.is_settled_in_part
        return is_open and bool(self.questions) and self.stopping.issuperset(self.questions)

    @property
    def is_settled_in_part(self) -> bool:
        """Whether an answer has accepted, carried over or pended some of its principal."""
        return bool(self.accepted.cents or self.waiting.cents or self.pended.cents)

    @property
    def unpaid(self) -> tuple[Repayment, ...]:
        """The repayments of which something is still to be paid; none once the request is over."""
        if self.ending is not None:
            return ()
        return tuple(repayment for repayment in self.repayments if repayment.open.cents)

    @property
    def accepted(self) -> Money:
        """The principal it stands accepted for, paid or not."""
        return Money.from_cents(sum(repayment.principal.cents for repayment in self.repayments))

    @property
    def paid(self) -> Money:
        """The principal paid so far."""
        return Money.from_cents(sum(repayment.paid.cents for repayment in self.repayments))

    @property
    def to_be_paid(self) -> Money:
        """The principal accepted and still to be paid."""
        return Money.from_cents(sum(repayment.open.cents for repayment in self.unpaid))

    @property
    def asks(self) -> int:
        """What it still asks for in cents, paid parts left out; nothing once it is over."""
        if not self.is_open:
            return 0
        if not self.is_settled_in_part:
            return self.asked.principal.cents
        return self.to_be_paid.cents + self.waiting.cents + self.pended.cents

    @property
    def stands(self) -> int:
        """What it was accepted for and still is, or was paid, in cents."""
        return self.paid.cents if self.ending else self.accepted.cents

    @property
    def claims(self) -> int:
        """What it claims of its owner's principal in cents: what it asks for and was paid, or once over, stands for."""
        return self.asks + self.paid.cents if self.is_open else self.stands

    @property
    def speaks(self) -> bool:
        """Whether what it says of its position counts: it is open, or was accepted for principal that it keeps."""
        return self.is_open or self.stands > 0

    @property
    def undecided(self) -> Money:
        """The principal it asks for that no answer has accepted, kept out or paid yet."""
        return self.asked.principal - self.paid

    @property
    def is_decided(self) -> bool:
        """Whether nothing of it waits for anything but its payment: no paper, no person, no limit, no report."""
        waits = self.waiting.cents or self.pended.cents or self.questions
        return not waits and self.answered in (RequestState.ACCEPTED, RequestState.PAID, RequestState.REJECTED)

    def was_answered_while_more_was_claimed_by(self, other: Request) -> bool:
        """Tell whether its last answer was given while another request claimed more than that one does now."""
        return other.tendered[1] < self.answered_at < other.claims_less_since

    def with_revival(self, by: str) -> Request:
        """Give a request that an event has decided again, noted where the rules had rejected it."""
        is_rejected = self.ending is None and self.answered is RequestState.REJECTED
        return replace(self, revived=(*self.revived, by)) if is_rejected else self

    def opened_by(self, event_id: str) -> frozenset[Question]:
        """Give the questions an event opened."""
        return frozenset(question for question, by in self.openers if by == event_id)

    def has_closed(self, question: Question) -> bool:
        """Tell whether a person has closed a question."""
        return any(closed.question == question for closed in self.closed)


PARTICULARS = tuple(
    field.name for field in fields(Particulars) if field.name not in {field.name for field in fields(Event)}
)
"""The fields that tell of a holding, its owner and who asks."""


def particulars_of(event: Particulars) -> dict[str, object]:
    """Give the particulars an event reports, by field."""
    return {name: value for name in PARTICULARS if (value := getattr(event, name)) is not None}


def told_by(asked: SurvivorsOptionRequested, event: Event) -> frozenset[str]:
    """Name the particulars an event reports that a request does not have yet."""
    if not isinstance(event, Particulars):
        return frozenset()
    return frozenset(name for name in particulars_of(event) if getattr(asked, name) is None)


def contradicted(asked: SurvivorsOptionRequested, event: Particulars) -> tuple[str, ...]:
    """Name the particulars that an event reports otherwise than a request has them."""
    return tuple(name for name, value in particulars_of(event).items() if getattr(asked, name) not in (None, value))


def told_otherwise(asked: SurvivorsOptionRequested, event: Particulars) -> tuple[Question, ...]:
    """Ask about each particular that an event reports otherwise than a request has it."""
    return tuple(
        Question(
            code=Code.TOLD_OTHERWISE, field=name, values=(aloud(getattr(asked, name)), aloud(getattr(event, name)))
        )
        for name in contradicted(asked, event)
    )


def aloud(value: object) -> str:
    """Write a particular as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def told_otherwise_since(made: SurvivorsOptionRequested, reported: tuple[Reported, ...]) -> frozenset[Question]:
    """Give the questions that what came about a request raises by itself, and no person has closed since."""
    asked, open_questions = made, set[Question]()
    for each in reported:
        if isinstance(each.event, PersonDecided):
            open_questions.clear()
        elif isinstance(each.event, Particulars):
            open_questions.update(told_otherwise(asked, each.event))
        asked = completed(asked, each.event)
    return frozenset(open_questions)


def completed(asked: SurvivorsOptionRequested, event: DocumentsReceived | Particulars) -> SurvivorsOptionRequested:
    """Give a request as it reads with what came: what it had stands, but a person's word stands against it."""
    if isinstance(event, DocumentsReceived):
        return with_documents(asked, event.documents)
    news = particulars_of(event)
    if not isinstance(event, PersonDecided):
        news = {name: value for name, value in news.items() if getattr(asked, name) is None}
    return replace(asked, **news) if news else asked  # type: ignore[arg-type]  # fields of one class, by name


def brought(asked: SurvivorsOptionRequested, event: DocumentsReceived | Particulars) -> Iterable[str]:
    """Name the papers and fields an event brings that a request did not have, as answers name what they wait for.

    A request that names neither its owner nor its account waits for `owner_ref`; either of them will do.
    """
    if isinstance(event, DocumentsReceived):
        if asked.documents is None:
            return ("documents", *event.documents)
        return event.documents - asked.documents
    found = [name for name in particulars_of(event) if getattr(asked, name) is None]
    if "account_ref" in found and asked.owner_ref is None:
        found.append("owner_ref")
    return found


def with_documents(
    asked: SurvivorsOptionRequested, documents: frozenset[Document | AddedWord]
) -> SurvivorsOptionRequested:
    """Give a request as it reads once these further papers are in."""
    return replace(asked, documents=(asked.documents or frozenset()) | documents)


def as_it_reads(made: SurvivorsOptionRequested, reported: tuple[Reported, ...]) -> SurvivorsOptionRequested:
    """Give a request with everything that came since, in the order it came."""
    asked = made
    for each in reported:
        asked = completed(asked, each.event)
    return asked


def without_payments(request: Request) -> Request:
    """Give a request as if nothing of it had been paid yet."""
    unpaid = tuple(replace(each, payments=()) for each in request.repayments)
    return settled(replace(request, repayments=unpaid), request.answered)


def with_ending(request: Request, ending: Ending) -> Request:
    """Give a request ended; what had ended it before is kept, for the case that this is taken back."""
    overruled = () if request.ending is None else ((ending.by, request.ending),)
    return replace(request, ending=ending, overruled=(*request.overruled, *overruled))


def with_questions(request: Request, questions: tuple[Question, ...], by: str, *, stops: bool) -> Request:
    """Give a request with the questions that are open now; those it never had were opened `by` an event.

    `stops` says that principal had been accepted, or kept out, when they came.
    """
    known = {question for question, _ in request.openers}
    new = tuple((question, by) for question in questions if question not in known)
    came = frozenset(questions).difference(request.questions)
    stopping = request.stopping | came if stops else request.stopping - came
    return replace(request, questions=questions, openers=(*request.openers, *new), stopping=stopping)


def without_questions(request: Request, by: str) -> Request:
    """Give a request as if an event had opened no question of it."""
    opened = request.opened_by(by)
    return replace(
        request,
        questions=tuple(each for each in request.questions if each not in opened),
        openers=tuple(each for each in request.openers if each[1] != by),
    )


def settled(request: Request, answered: RequestState) -> Request:
    """Give a request the state that follows from an answer and from what is still unpaid, kept out or pended."""
    waits = request.waiting.cents or request.pended.cents
    if request.questions or answered is RequestState.REFERRED:
        state = RequestState.REFERRED
    elif request.unpaid:
        state = RequestState.ACCEPTED
    elif waits:
        state = RequestState.PENDED if request.pended.cents or request.missing else RequestState.CARRIED_OVER
    else:
        state = RequestState.PAID if request.paid.cents else answered
    return replace(request, answered=state)
