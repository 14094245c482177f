"""A request in each state of its life, made by events as they come, and events of every kind that may come next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rules_engine.host import Host
from rules_engine.intake import read_event
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.standing.requests import RequestState
from tests.acme import ACME, ACME_NOTE, AcmePlugin, found, host_on, loaded, replaced, rule_file, rules_with_acme
from tests.clauses.coupon_notes import CLOSED_IN_AUGUST, FLOATING, SUPPLEMENT
from tests.ledger.events import PAPERS

Json = dict[str, Any]

OWN_RULES = """
rules:
  - rule: held too briefly
    when:
      months held: less than the holding period
    then: reject
    may be waived: yes
    because: The notes were held {months held} before the request.
    cite: Holding period
  - rule: individual limit
    when:
      issuer applies the individual limit: yes
    then: accept at most the individual limit remaining
    rest: carried over
    may be waived: yes
    because: At most {individual limit remaining} is left for this owner this year.
    cite: Limits
  - rule: declared due
    when:
      notes were declared due: yes
    then: reject
    because: The notes were declared due.
    cite: Acceleration

terms:
"""
MAY_BE_WITHDRAWN = """\
rule set: Withdrawal of a request, Acme Notes
status: draft
clause: withdrawal
source: Prospectus dated August 10, 2015
notes issued from: 2015-08-10
rules:
  - rule: may be withdrawn
    then: accept
    because: A request may be withdrawn.
    cite: Withdrawal
"""


def book(folder: Path) -> Path:
    """Write a rule book whose option may be withdrawn from and waived, ends when notes are declared due, and floats."""
    root = rules_with_acme(folder)
    replaced(rule_file(root), "\nterms:\n", OWN_RULES)
    rule_file(root, "withdrawal").write_text(MAY_BE_WITHDRAWN)
    (root / ACME / "supplements" / "2.yaml").write_text(SUPPLEMENT)
    (root / "calendars" / "acme.yaml").write_text(CLOSED_IN_AUGUST)
    return root


def opened(root: Path, ledger: Ledger | None = None) -> Host:
    host = host_on(root, loaded(found("acme", AcmePlugin)), ledger, with_durable=False)
    assert [str(problem) for problem in host.book.problems if problem.file.startswith("acme")] == []
    return host


def beside(host: Host) -> Host:
    """Open a host of the same kind on a ledger of its own; what the other has compiled of its rules is compiled."""
    other = Host(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False)
    other._in_use.preparing._plans = host._in_use.preparing._plans
    return other


def send(host: Host, *events: Json) -> None:
    for event in events:
        host.answer(read_event(json.dumps(event)))


# The events


def request(name: str = "r", **changes: Any) -> Json:
    event = {
        "type": "survivors_option_requested",
        "event_id": f"request {name}",
        "request_id": name,
        "received_on": "2017-09-01",
        "cusip": ACME_NOTE,
        "principal": "25000.00",
        "position": "25000.00",
        "occurred_on": "2017-08-01",
        "owner_ref": "owner-1",
        "acquired_on": "2016-12-01",
        "acquired": "primary market",
        "registration": "sole owner",
        "owner_at_death": True,
        "held_in": "estate account",
        "representative": "executor",
        "documents": list(PAPERS),
    }
    return {name: value for name, value in (event | changes).items() if value is not None}


def about(type_: str, event_id: str, on: str = "2017-11-01", **fields: Any) -> Json:
    return {"type": type_, "event_id": event_id, "received_on": on, "request_id": "r"} | fields


def papers(event_id: str, *documents: str, on: str = "2017-11-01") -> Json:
    return about("documents_received", event_id, on, documents=list(documents or PAPERS))


WHO = {"decided_by": "clerk-1", "because": "it was seen"}


def person(event_id: str, answer: str = "go on", on: str = "2017-11-01", **told: Any) -> Json:
    return about("person_decided", event_id, on, answer=answer, **WHO, **told)


def payment(event_id: str, principal: str = "25000.00", on: str = "2017-10-16", **fields: Any) -> Json:
    event = {"cusip": ACME_NOTE, "due_on": "2017-10-15", "kind": "repayment", "principal": principal}
    return about("payment_made", event_id, on, **event | fields)


def of_the_note(event: Json) -> Json:
    return {name: value for name, value in event.items() if name != "request_id"}


def elects(year: int, *, annual: bool = False, individual: bool = True, **fields: Any) -> Json:
    event = {"type": "limits_elected", "event_id": f"limits {year} {annual} {fields}", "received_on": f"{year}-01-03"}
    return event | {"programme": ACME, "year": year, "annual": annual, "individual": individual} | fields


def year(number: int, on: str = "") -> Json:
    event = {"type": "year_opened", "event_id": f"year {number}", "received_on": on or f"{number}-01-02"}
    return event | {"programme": ACME, "year": number}


def call(event_id: str, redeem_on: str, given_on: str = "2017-11-01", **fields: Any) -> Json:
    event = {"type": "call_noticed", "event_id": event_id, "notice_id": event_id, "received_on": given_on}
    event |= {"cusip": ACME_NOTE, "notice_given_on": given_on, "redeem_on": redeem_on, "principal": "all"}
    return event | {"price": "100", "notified": ["holders", "trustee"], "conditional": True} | fields


CALLED = call("call", "2017-12-15")
REDEMPTION_PAID = of_the_note(payment("redemption", "1000000.00", "2017-12-15", kind="redemption", due_on="2017-12-15"))
MATURITY_PAID = of_the_note(payment("maturity", "1000000.00", "2019-12-16", kind="maturity", due_on="2019-12-15"))
VOID = {"type": "event_voided", "received_on": "2017-11-01", **WHO}
LARGE = {"principal": "300000.00", "position": "300000.00"}
OTHER = request("other", owner_ref="owner-2", principal="2000000.00", position="2000000.00")

STATES: dict[str, tuple[RequestState, Sequence[Json]]] = {
    "pended for papers": (RequestState.PENDED, [request(documents=["death certificate"])]),
    "pended for its owner": (RequestState.PENDED, [request(owner_ref=None)]),
    "pended for a report": (
        RequestState.PENDED,
        [elects(2017, annual=True, individual=False), OTHER, request(cusip="00499AAB1")],
    ),
    "pended for a rate": (
        RequestState.PENDED,
        [request(cusip=FLOATING, acquired_on="2017-03-30", received_on="2018-06-15", occurred_on="2018-01-02")],
    ),
    "referred by a rule": (RequestState.REFERRED, [request(owner_at_death="in doubt")]),
    "referred and accepted": (
        RequestState.REFERRED,
        [request(), about("particulars_received", "told", "2017-09-04", held_in="deceased account")],
    ),
    "accepted": (RequestState.ACCEPTED, [request()]),
    "accepted in part": (RequestState.ACCEPTED, [elects(2017), elects(2018), request(**LARGE)]),
    "accepted and paid in part": (RequestState.ACCEPTED, [request(), payment("a part", "10000.00")]),
    "accepted and called": (RequestState.ACCEPTED, [request(received_on="2017-11-25"), CALLED]),
    "carried over": (
        RequestState.CARRIED_OVER,
        [
            elects(2017),
            elects(2018),
            request("first", cusip="00499AAB1", principal="250000.00", position="250000.00"),
            request(),
        ],
    ),
    "paid and carried over": (
        RequestState.CARRIED_OVER,
        [elects(2017), elects(2018), request(**LARGE), payment("the whole", "250000.00")],
    ),
    "rejected by a rule": (RequestState.REJECTED, [request(acquired_on="2017-05-01")]),
    "rejected by a person": (RequestState.REJECTED, [request(), person("no", "reject", "2017-09-04")]),
    "rejected for a call": (RequestState.REJECTED, [CALLED, request(received_on="2017-12-01")]),
    "withdrawn": (RequestState.WITHDRAWN, [request(), about("withdrawal_requested", "withdrawn", "2017-09-04")]),
    "withdrawn when pended": (
        RequestState.WITHDRAWN,
        [request(documents=None), about("withdrawal_requested", "withdrawn", "2017-09-04")],
    ),
    "paid": (RequestState.PAID, [request(), payment("the whole")]),
    "redeemed": (RequestState.REDEEMED, [request(received_on="2017-11-25"), CALLED, REDEMPTION_PAID]),
    "matured": (RequestState.MATURED, [request(documents=None), MATURITY_PAID]),
    "voided": (
        RequestState.VOIDED,
        [request(), VOID | {"event_id": "void", "received_on": "2017-09-04", "voids": "request r"}],
    ),
}
"""Events that bring the request `r` into a state, in more than one way where ways differ."""


def next_events(made: Sequence[Json]) -> Iterator[tuple[str, Json]]:
    """Give events of every kind that might come next, with a name for each."""
    yield "the request again", request(event_id="again")
    yield "the request again for less", request(event_id="again", principal="1000.00")
    yield "another request on the position", request("second", received_on="2017-11-01", principal="5000.00")
    yield "another owner's request", request("third", received_on="2017-11-01", owner_ref="owner-3")
    yield "every paper", papers("papers")
    yield "a paper nobody asks for", papers("papers", "tax waiver")
    yield "papers before the request", papers("papers", on="2017-08-01")
    for name, told in {
        "its owner": {"owner_ref": "owner-1"},
        "another owner": {"owner_ref": "owner-9"},
        "the same again": {"representative": "executor"},
        "another day of purchase": {"acquired_on": "2017-06-01"},
        "an account": {"account_ref": "account-1"},
        "another position": {"position": "26000.00"},
        "an impossible position": {"position": "0.00"},
    }.items():
        yield f"particulars: {name}", about("particulars_received", "particulars", **told)
    yield "a withdrawal", about("withdrawal_requested", "withdrawal")
    yield "a person: go on", person("person")
    yield "a person: go on, owned", person("person", owner_at_death=True, owner_ref="owner-1")
    yield "a person: go on, bought later", person("person", acquired_on="2017-06-01")
    yield "a person: go on, bought earlier", person("person", acquired_on="2016-12-01")
    yield "a person: go on, held elsewhere", person("person", held_in="transferred")
    yield "a person: go on, another position", person("person", position="5000.00")
    yield "a person: in doubt", person("person", owner_at_death="in doubt")
    yield "a person: reject", person("person", "reject")
    waiver = about("issuer_waived", "waiver", waived_by="issuer-1", because="hardship")
    yield "a rule waived", waiver | {"rule": "held too briefly"}
    yield "a rule that may not be waived", waiver | {"rule": "not a death"}
    yield "a rule nobody knows", waiver | {"rule": "no such rule"}
    yield "a limit waived", waiver | {"limit": "individual limit", "amount": "290000.00"}
    yield "a limit waived for more than all", waiver | {"limit": "individual limit", "amount": "900000.00"}
    yield "a call before the repayment", call("another call", "2018-01-15", "2017-09-05")
    yield "a call of the note", call("another call", "2017-12-15", "2017-10-01")
    yield "a call in part", call("another call", "2017-12-15", principal="1000.00")
    yield "a call for a day past", call("another call", "2017-12-15", received_on="2017-12-20")
    yield (
        "a rescission",
        {"type": "call_rescinded", "event_id": "rescission", "received_on": "2017-11-05", "notice_id": "call"},
    )
    lot = {
        "type": "lottery_drawn",
        "event_id": "lot",
        "received_on": "2017-11-05",
        "notice_id": "call",
        "cusip": ACME_NOTE,
    }
    yield "a lot under no notice", lot | {"owner_ref": "owner-1", "position": "25000.00", "selected": "5000.00"}
    due = {"type": "payment_due", "event_id": "due", "received_on": "2017-10-10", "cusip": ACME_NOTE}
    yield "what is due", due | {"due_on": "2017-10-15", "kind": "repayment"}
    yield "what is due to it", due | {"due_on": "2017-10-15", "kind": "repayment", "request_id": "r"}
    yield "interest due", due | {"due_on": "2017-10-15", "kind": "interest", "principal": "1000.00"}
    yield "its payment", payment("payment")
    yield "a part of its payment", payment("payment", "1000.00")
    yield "too large a payment", payment("payment", "99000.00")
    yield "the payment of the rest", payment("payment", "15000.00")
    yield "a payment of another day", payment("payment", due_on="2017-11-15")
    yield (
        "a redemption of the position",
        of_the_note(payment("payment", kind="redemption", due_on="2017-12-15", on="2017-12-15"))
        | {"owner_ref": "owner-1"},
    )
    redemption, maturity = REDEMPTION_PAID | {"event_id": "payment"}, MATURITY_PAID | {"event_id": "payment"}
    yield "the redemption", redemption
    yield "the redemption too early", redemption | {"received_on": "2017-12-14"}
    yield "the maturity", maturity
    yield "the maturity too early", maturity | {"received_on": "2019-12-14"}
    yield "a payment that came back", payment("returned", type="payment_returned", because="the account is closed")
    yield "a part that came back", payment("returned", "1000.00", type="payment_returned", because="a mistake")
    rate = {"type": "rate_reset", "event_id": "rate", "received_on": "2018-07-02", "cusip": FLOATING}
    yield "a rate", rate | {"period_start": "2018-06-30", "index_rate": "2"}
    yield "a rate of another period", rate | {"period_start": "2018-03-30", "index_rate": "2"}
    report = {"type": "outstanding_reported", "event_id": "outstanding", "received_on": "2017-11-01", "programme": ACME}
    yield "the principal outstanding", report | {"as_of": "2016-12-31", "principal": "900000000.00"}
    yield "little principal outstanding", report | {"as_of": "2016-12-31", "principal": "1000.00"}
    yield "a greater amount", elects(2017, individual_amount="290000.00", received_on="2017-11-01")
    yield "an amount for its owner", elects(2017, individual_amount="290000.00", owner_ref="owner-1")
    yield "limits of the next year", elects(2018, individual_amount="270000.00")
    yield "the next year", year(2018)
    yield "the year after next", year(2019)
    declared = {
        "type": "notes_accelerated",
        "event_id": "declared",
        "received_on": "2017-11-01",
        "declared_on": "2017-10-31",
    }
    yield "the note declared due", declared | {"cusip": ACME_NOTE}
    yield "all notes declared due", declared | {"programme": ACME}
    stands = {"type": "position_reported", "event_id": "position", "received_on": "2017-11-01", "cusip": ACME_NOTE}
    stands |= {"owner_ref": "owner-1", "as_of": "2017-10-31"}
    for amount in ("0.00", "10000.00", "25000.00", "900000.00"):
        yield f"a position of {amount}", stands | {"principal": amount}
    for number, event in enumerate(made):
        yield (
            f"a void of event {number}",
            VOID | {"event_id": "a void", "received_on": "2019-12-20", "voids": event["event_id"]},
        )
    yield "a void of nothing", VOID | {"event_id": "a void", "voids": "nothing"}
    yield (
        "a fault mended",
        {"type": "fault_mended", "event_id": "mended", "received_on": "2017-11-01", "mends": "request r"},
    )
