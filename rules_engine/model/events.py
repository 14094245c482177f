"""What holders, issuers and calendars make happen: one class for each type of event.

`received_on` is the business date that counts. A field whose default is None may be left out; it
is then unknown, never false. No field holds a person's name: `owner_ref` is opaque.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from rules_engine.model.event_words import (
    Acquired,
    AddedWord,
    Basis,
    Document,
    HeldIn,
    Notified,
    PaymentKind,
    PersonsAnswer,
    Registration,
    Representative,
    Trigger,
)
from rules_engine.model.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Anything that is answered: its own id, and the business date it was received on."""

    type: ClassVar[str] = ""
    event_id: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars(Event):
    """What an event reports of a holding, its owner and who asks; each may be left out, and reported later.

    `account_ref` is opaque: the account in which the principal stands.
    """

    trigger: Trigger | AddedWord | None = None
    position: Money | None = None
    occurred_on: date | None = None
    owner_ref: str | None = None
    account_ref: str | None = None
    acquired_on: date | None = None
    acquired: Acquired | AddedWord | None = None
    registration: Registration | AddedWord | None = None
    co_owner_is_spouse: bool | None = None
    deceased_share: Fraction | None = None
    substantially_all_beneficial_interest: bool | None = None
    owner_at_death: bool | Literal["in doubt"] | None = None
    held_in: HeldIn | AddedWord | None = None
    representative: Representative | AddedWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivorsOptionRequested(Particulars):
    """A representative asks for a note's principal because its owner died (or lost capacity)."""

    type: ClassVar[str] = "survivors_option_requested"
    request_id: str
    cusip: str
    principal: Money
    trigger: Trigger | AddedWord = "death"
    documents: frozenset[Document | AddedWord] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsReceived(Particulars):
    """What a request made earlier left out is reported now; what it reported already stands."""

    type: ClassVar[str] = "particulars_received"
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsReceived(Event):
    """Papers arrive for a request made earlier."""

    type: ClassVar[str] = "documents_received"
    request_id: str
    documents: frozenset[Document | AddedWord]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRequested(Event):
    """A representative asks to take a request back."""

    type: ClassVar[str] = "withdrawal_requested"
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNoticed(Event):
    """The issuer gives notice that it redeems a note, all of it or so much principal.

    `price` is in per cent of principal. `event_on` is the day the event behind a call on that `basis`
    happened. `treasury_yield`, in per cent a year, is what a make-whole price is worked out from. A
    notice that is `conditional` may be rescinded until the redemption date.
    """

    type: ClassVar[str] = "call_noticed"
    notice_id: str
    cusip: str
    notice_given_on: date
    redeem_on: date
    principal: Money | Literal["all"]
    price: Decimal | None = None
    notified: frozenset[Notified] | None = None
    basis: Basis = "issuer's choice"
    event_on: date | None = None
    treasury_yield: Decimal | None = None
    conditional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRescinded(Event):
    """The issuer takes back the notice of a call."""

    type: ClassVar[str] = "call_rescinded"
    notice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LotteryDrawn(Event):
    """A lottery among the holders of a note called in part says how much of one position is redeemed.

    `selected` is nothing where the lot passed the position by.
    """

    type: ClassVar[str] = "lottery_drawn"
    notice_id: str
    cusip: str
    owner_ref: str
    position: Money
    selected: Money
    account_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDue(Event):
    """A payment falls due: when does cash move, and how much? A question, which changes nothing.

    `principal` is what the payment is worked out on; a repayment may leave it to the ledger, and
    `request_id` then narrows it to one request.
    """

    type: ClassVar[str] = "payment_due"
    cusip: str
    due_on: date
    kind: PaymentKind
    principal: Money | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMade(Event):
    """Principal that fell due was paid: of one request, of one position redeemed, or of a whole note."""

    type: ClassVar[str] = "payment_made"
    cusip: str
    due_on: date
    kind: PaymentKind
    principal: Money
    request_id: str | None = None
    owner_ref: str | None = None
    account_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReturned(Event):
    """Principal that was paid came back, and is open again."""

    type: ClassVar[str] = "payment_returned"
    cusip: str
    due_on: date
    kind: PaymentKind
    principal: Money
    because: str
    request_id: str | None = None
    owner_ref: str | None = None
    account_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateReset(Event):
    """The index of a floating note is set for one interest period.

    `period_start` is the scheduled start of the period, before any move for a holiday. `index_rate`
    is the index's own figure in per cent a year, before spread, cap and floor; it may be negative.
    """

    type: ClassVar[str] = "rate_reset"
    cusip: str
    period_start: date
    index_rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OutstandingReported(Event):
    """The principal outstanding at the end of a day; a limit's base.

    It is that of the whole programme, or of one `series` or one note (`cusip`) where that is named.
    """

    type: ClassVar[str] = "outstanding_reported"
    programme: str
    as_of: date
    principal: Money
    series: str | None = None
    cusip: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsElected(Event):
    """The issuer says which of its discretionary limits it applies in a year, and where it allows more.

    `annual` speaks for every limit on more than one owner; `series_limit` and `issue_limit` say otherwise
    for those on a series or one note. With `owner_ref`, `individual_amount` is for that owner alone.
    """

    type: ClassVar[str] = "limits_elected"
    programme: str
    year: int
    annual: bool
    individual: bool
    annual_amount: Money | None = None
    individual_amount: Money | None = None
    owner_ref: str | None = None
    series_limit: bool | None = None
    series_amount: Money | None = None
    issue_limit: bool | None = None
    issue_amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOpened(Event):
    """A calendar year begins: what limits kept out is decided again, in the order first tendered."""

    type: ClassVar[str] = "year_opened"
    programme: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReported(Event):
    """What stands in an account on a day, as after a purchase, a transfer or a correction."""

    type: ClassVar[str] = "position_reported"
    cusip: str
    as_of: date
    principal: Money
    account_ref: str | None = None
    owner_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesAccelerated(Event):
    """A programme's notes, or one note, were declared due after an event of default."""

    type: ClassVar[str] = "notes_accelerated"
    declared_on: date
    programme: str | None = None
    cusip: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDecided(Particulars):
    """A person closes the questions of a request: it goes on, with what stands from now on, or is rejected."""

    type: ClassVar[str] = "person_decided"
    request_id: str
    answer: PersonsAnswer
    decided_by: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerWaived(Event):
    """The issuer lifts one rule, or allows more than one limit, for a request.

    `rule` and `limit` are names, of which one is given; `amount` is what the limit is then taken to
    be, unless it is more already.
    """

    type: ClassVar[str] = "issuer_waived"
    request_id: str
    waived_by: str
    because: str
    rule: str | None = None
    limit: str | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventVoided(Event):
    """An event entered by mistake is taken back; `voids` is its id."""

    type: ClassVar[str] = "event_voided"
    voids: str
    decided_by: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultMended(Event):
    """A fault of ours that kept an event from being decided is mended; `mends` is that event's id."""

    type: ClassVar[str] = "fault_mended"
    mends: str


AboutARequest = DocumentsReceived | ParticularsReceived | WithdrawalRequested | PersonDecided | IssuerWaived
"""Events that name one request made earlier, and are nothing without it."""

EVENT_TYPES: tuple[type[Event], ...] = (
    SurvivorsOptionRequested,
    DocumentsReceived,
    ParticularsReceived,
    WithdrawalRequested,
    PersonDecided,
    IssuerWaived,
    CallNoticed,
    CallRescinded,
    LotteryDrawn,
    OutstandingReported,
    LimitsElected,
    NotesAccelerated,
    PaymentDue,
    PaymentMade,
    PaymentReturned,
    PositionReported,
    RateReset,
    YearOpened,
    EventVoided,
    FaultMended,
)
