"""Random histories: well-formed events over a few owners and accounts, in which interesting things collide.

An author writes one event after another and looks at the model to find what is worth doing next: whom to pay, what is
missing, which question is open. The same seed gives the same history on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .expected import Expected
from .model import Model
from .standing import Claim, PositionKey
from .terms import PROGRAMME, notes, terms, written

Event = dict[str, Any]

CUSIPS = tuple(sorted(notes(), reverse=True))
PAPERS = ("death certificate", "letters of authority", "proof of ownership", "repayment request", "signature guarantee")
THOUSAND = 100_000
SIZES = (1, 2, 5, 10, 25, 40, 60, 120, 200, 249, 250, 251, 300, 500, 600, 2_200)
"""How many thousand dollars stand in an account: small, near the limit of one owner, near that of the programme."""

TOGETHER = ("joint tenants", "tenants by the entirety", "community property")


@dataclass
class Holding:
    """Notes in one account, as they really stand; what the events say of them may differ."""

    cusip: str
    account: str | None
    owners: tuple[str, ...]
    principal: int
    registration: str
    shares: dict[str, str]


class Author:
    """Writes one history, and keeps the model beside it."""

    def __init__(self, seed: int, kinds: Callable[[str], bool] = lambda kind: True) -> None:
        self.random = random.Random(seed)
        self.model = Model()
        self.events: list[Event] = []
        self._knows = kinds
        self._today = date(2017, 1, 2) + timedelta(days=self.random.randrange(200))
        self._last_year = self._today.year
        self._days_between = self.random.choice((8, 25, 25, 60))
        self._owners = [f"owner-{number}" for number in range(1, self.random.randint(3, 5))]
        self._died = {owner: self._today + timedelta(days=self.random.randrange(-20, 300)) for owner in self._owners}
        self._limits = self.random.choice(("none", "individual", "individual", "individual", "annual", "both"))
        self._holdings = [self._holding(number) for number in range(self.random.randint(3, 6))]
        self._ahead: list[Event] = []
        self._numbers = {"R": 0, "N": 0, "owner-": len(self._owners)}
        if self._some(0.9):
            self._ahead += self._new_year(self._today.year)

    # What there is

    def _holding(self, number: int) -> Holding:
        owners = tuple(self.random.sample(self._owners, 1))
        registration, shares = "sole owner", {owners[0]: "1"}
        kind = self.random.random()
        if kind < 0.45 and len(self._owners) > 1:
            owners = tuple(self.random.sample(self._owners, 2))
            registration = self.random.choice(TOGETHER) if kind < 0.2 else "tenants in common"
            one = self.random.choice(("1/2", "1/3", "2/3", "1/4"))
            other = {"1/2": "1/2", "1/3": "2/3", "2/3": "1/3", "1/4": "3/4"}[one]
            shares = {owners[0]: one, owners[1]: other}
        account = f"account-{number}" if len(owners) > 1 or self.random.random() < 0.5 else None
        sizes = {"none": SIZES[:12], "individual": SIZES[3:-1]}.get(self._limits, SIZES[3:])
        return Holding(
            self.random.choice(CUSIPS), account, owners, self.random.choice(sizes) * THOUSAND, registration, shares
        )

    def _renew(self) -> None:
        """Let other owners hold the notes of those whose death is long past, so that requests stay in time."""
        for old in [owner for owner in self._owners if (self._today - self._died[owner]).days > 270]:
            new = self._number("owner-")
            self._owners[self._owners.index(old)] = new
            self._died[new] = self._today + timedelta(days=self.random.randrange(-20, 200))
            for holding in self._holdings:
                if old in holding.owners:
                    holding.owners = tuple(new if owner == old else owner for owner in holding.owners)
                    holding.shares[new] = holding.shares.pop(old)

    # One event after another

    def write(self) -> tuple[Event, list[Expected]]:
        """Write the next event, and give it with the answers the model expects."""
        event = self._ahead.pop(0) if self._ahead else self._next()
        event = {name: value for name, value in event.items() if value is not None}
        self.events.append(event)
        return event, self.model.answer(event)

    def _next(self) -> Event:
        self._advance()
        if self._today.year > self._last_year:
            self._last_year = self._today.year
            self._renew()
            self._ahead += self._new_year(self._today.year)
            if self._ahead:
                return self._ahead.pop(0)
        while True:
            ways, weights = zip(*self._ways().items(), strict=True)
            event: Event | None = self.random.choices(ways, weights)[0]()
            if event is not None and self._knows(event["type"]):
                return event

    def _ways(self) -> dict[Callable[[], Event | None], float]:
        return {
            self._request: 26,
            self._papers: 14,
            self._particulars: 8,
            self._decision: 10,
            self._payment: 18,
            self._return: 3,
            self._question: 6,
            self._call: 2,
            self._rescission: 1,
            self._lot: 4,
            self._redemption: 5,
            self._maturity: 2,
            self._outstanding: 2,
            self._election: 3,
            self._opening: 2,
            self._report: 3,
            self._void: 2,
            self._again: 2,
            self._withdrawal: 1,
            self._waiver: 1,
            self._acceleration: 0.3,
        }

    def _advance(self) -> None:
        if self.random.random() < 0.55:
            self._today += timedelta(days=int(self.random.expovariate(1 / self._days_between)))

    def _event(self, kind: str, day: date | None = None, /, **fields: Any) -> Event:
        """Make an event of today; now and then it is dated back."""
        received_on = day or self._today
        if day is None and self.random.random() < 0.05:
            received_on -= timedelta(days=self.random.randrange(1, 150))
        number = len(self.events) + len(self._ahead) + 1
        return {"type": kind, "event_id": f"e{number}", "received_on": str(received_on)} | fields

    def _number(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"

    def _some(self, chance: float) -> bool:
        return self.random.random() < chance

    # The turn of the year

    def _new_year(self, year: int) -> list[Event]:
        first = self._today
        written_ahead: list[Event] = []

        def add(kind: str, **fields: Any) -> None:
            event = self._event(kind, first, programme=PROGRAMME, **fields)
            event["event_id"] = f"{event['event_id']}-{kind}"
            written_ahead.append(event)

        if self._some(0.5):
            add("outstanding_reported", as_of=f"{year - 1}-12-31", principal=self._outstanding_principal())
        if self._some(0.75):
            add("limits_elected", year=year, **self._binding())
        if self.events and self._some(0.85 if self.model.standing.opened else 0.97):
            add("year_opened", year=year)
        if self._some(0.15):
            self.random.shuffle(written_ahead)
        return written_ahead

    def _binding(self) -> dict[str, bool]:
        return {"annual": self._limits in ("annual", "both"), "individual": self._limits in ("individual", "both")}

    def _outstanding_principal(self) -> str:
        return written(self.random.choice((85_000, 100_000, 100_025, 120_000, 150_000)) * THOUSAND)

    def _outstanding(self) -> Event:
        as_of = f"{self._today.year - 1}-12-31" if self._some(0.9) else f"{self._today.year - 1}-09-30"
        return self._event(
            "outstanding_reported", programme=PROGRAMME, as_of=as_of, principal=self._outstanding_principal()
        )

    def _election(self) -> Event | None:
        more: dict[str, Any] = {}
        elections = self.model.standing.elections
        known = self._today.year in elections
        if known and elections[self._today.year].individual_amount:
            return None
        if known and self._limits in ("individual", "both") and self._some(0.8):
            more["individual_amount"] = written(terms().individual_limit + self.random.choice((50, 100)) * THOUSAND)
            if self._some(0.7):
                more["owner_ref"] = self.random.choice(self._owners)
        elif known and self._limits in ("annual", "both"):
            more["annual_amount"] = written(4_000 * THOUSAND)
        return self._event("limits_elected", programme=PROGRAMME, year=self._today.year, **self._binding(), **more)

    def _opening(self) -> Event:
        year = self._today.year + self.random.choice((0, 0, 0, 0, 1, -1, 90))
        return self._event("year_opened", programme=PROGRAMME, year=year)

    # Requests

    def _request(self) -> Event | None:
        holding = self.random.choice(self._holdings)
        if self._left(holding) <= 0 and self._some(0.8):
            return None
        owner = self.random.choice(holding.owners)
        if self._died[owner] > self._today:
            return None
        event = self._event("survivors_option_requested", request_id=self._request_id(), cusip=holding.cusip)
        event |= {
            "trigger": "hardship" if self._some(0.005) else None,
            "principal": written(self._asked(holding)),
            "position": self._position(holding),
            "occurred_on": str(self._died[owner]),
            "owner_ref": owner if self._some(0.96) else None,
            "account_ref": holding.account if self._some(0.95) else None,
            "acquired_on": "2016-12-01",
            "registration": holding.registration,
            "owner_at_death": True,
            "held_in": self.random.choice(("estate account", "deceased account")),
            "representative": "executor",
            "documents": list(PAPERS),
        }
        if holding.registration == "tenants in common":
            event |= {"co_owner_is_spouse": self._some(0.03), "deceased_share": holding.shares[owner]}
        elif holding.registration in TOGETHER and self._some(0.3):
            event |= {"representative": "surviving joint owner"}
        self._spoil(event)
        return event

    def _request_id(self) -> str:
        made = list(self.model.standing.claims)
        return self.random.choice(made) if made and self._some(0.03) else self._number("R")

    def _key(self, holding: Holding) -> PositionKey:
        if holding.account:
            return (holding.cusip, "account", holding.account)
        return (holding.cusip, "owner", holding.owners[0])

    def _left(self, holding: Holding) -> int:
        """What the model has left of a holding, all that other requests ask for set aside."""
        standing = self.model.standing
        key = self._key(holding)
        position = standing.positions.get(key)
        if position is None or position.figure is None:
            return 0 if holding.cusip in standing.paid_off else holding.principal
        return standing.left(key) - sum(claim.waiting for claim in standing.on(key) if claim.is_open)

    def _asked(self, holding: Holding) -> int:
        left = self._left(holding) if self._some(0.8) else holding.principal
        most = max(left, THOUSAND)
        way = self.random.random()
        if way < 0.45:
            return most
        if way < 0.9:
            return max(THOUSAND, int(most * self.random.choice((0.25, 0.5, 0.75))) // THOUSAND * THOUSAND)
        return most + self.random.choice((1, 5)) * THOUSAND if way < 0.97 else most + THOUSAND // 2

    def _position(self, holding: Holding) -> str | None:
        standing = self.model.standing
        key = self._key(holding)
        figure = holding.principal
        if key in standing.positions and standing.positions[key].figure is not None and self._some(0.93):
            figure = standing.positions[key].held if self._some(0.6) else standing.left(key)
        if self._some(0.03):
            return None
        if self._some(0.04):
            figure += self.random.choice((-1, 1, 10)) * THOUSAND
        return written(max(figure, THOUSAND))

    def _spoil(self, event: Event) -> None:
        """Leave something out, or say something that stands against the request."""
        if self._some(0.3):
            missing = self.random.sample(PAPERS, self.random.choice((1, 1, 2)))
            event["documents"] = [paper for paper in event["documents"] if paper not in missing]
        if self._some(0.08):
            event[self.random.choice(("registration", "acquired_on", "occurred_on", "owner_at_death", "held_in"))] = (
                None
            )
        if self._some(0.08):
            later = date.fromisoformat(event["received_on"]) - timedelta(days=self.random.randrange(-5, 190))
            name, value = self.random.choice(
                (
                    ("owner_at_death", "in doubt"),
                    ("owner_at_death", False),
                    ("held_in", "transferred"),
                    ("representative", "guardian"),
                    ("acquired_on", str(later)),
                    ("occurred_on", str(later - timedelta(days=370))),
                    ("deceased_share", "1/5"),
                    ("registration", "joint tenants"),
                )
            )
            event[name] = value

    # What comes later

    def _claim(self, *states: str) -> Claim | None:
        claims = [claim for claim in self.model.standing.claims.values() if not states or claim.state in states]
        return self.random.choice(claims) if claims else None

    def _papers(self) -> Event | None:
        claim = self._claim("pended", "referred") if self._some(0.85) else self._claim()
        if claim is None:
            return None
        missing = [paper for paper in PAPERS if paper not in (claim.papers or ())]
        if not missing or self._some(0.1):
            missing = [self.random.choice((*PAPERS, "tax waiver"))]
        if self._some(0.2):
            missing = missing[:1]
        request_id = claim.request_id if self._some(0.98) else "R-nobody"
        return self._event("documents_received", request_id=request_id, documents=missing)

    def _particulars(self) -> Event | None:
        claim = self._claim("pended", "referred") if self._some(0.6) else self._claim()
        if claim is None:
            return None
        return self._event("particulars_received", request_id=claim.request_id, **self._news(claim, 0.35))

    def _news(self, claim: Claim, other: float) -> dict[str, Any]:
        """Particulars for a request: what it lacks, or now and then something else than it said."""
        owner = claim.told.get("owner_ref") or self.random.choice(self._owners)
        full = {
            "position": claim.told.get("position") or written(claim.asked),
            "occurred_on": str(self._died[owner]),
            "owner_ref": owner,
            "acquired_on": "2016-12-01",
            "registration": "sole owner",
            "owner_at_death": True,
            "held_in": "estate account",
            "representative": "executor",
        }
        missing = {name: value for name, value in full.items() if name not in claim.told}
        if missing and not self._some(other):
            return missing
        if "account_ref" not in claim.told and claim.state == "pended" and self._some(0.5):
            return {
                "account_ref": self.random.choice(
                    [holding.account for holding in self._holdings if holding.account] or ["x"]
                )
            }
        different: Sequence[tuple[str, Any]] = (
            ("occurred_on", str(self._died[owner] - timedelta(days=self.random.choice((1, 400))))),
            ("acquired_on", "2017-02-01"),
            ("owner_at_death", self.random.choice((False, "in doubt"))),
            ("held_in", self.random.choice(("transferred", "estate account"))),
            ("registration", self.random.choice(("joint tenants", "sole owner"))),
            ("deceased_share", self.random.choice(("1/2", "1/3"))),
            ("acquired", "primary market"),
            ("trigger", "death"),
            *full.items(),
        )
        name, value = self.random.choice(different)
        return {name: value}

    def _decision(self) -> Event | None:
        claim = self._claim("referred") if self._some(0.85) else self._claim()
        if claim is None or (claim.state == "accepted" and any(day.due_on < self._today for day in claim.acceptances)):
            return None
        answer = "go on" if self._some(0.75) else "reject"
        stands: dict[str, Any] = {}
        if answer == "go on":
            owner = claim.told.get("owner_ref")
            died = str(min(self._died[owner], claim.received_on)) if owner in self._died else None
            # Days that contradict each other are always put right: nothing may be due before the death.
            if claim.told.get("occurred_on") not in (None, died):
                stands["occurred_on"] = died
            if (claim.told.get("acquired_on") or "2016-12-01") != "2016-12-01" and self._some(0.9):
                stands["acquired_on"] = "2016-12-01"
            if claim.told.get("owner_at_death") != True and self._some(0.5):  # noqa: E712 - it may be a word
                stands["owner_at_death"] = True
            known = claim.position and not self.model.standing.at(claim.position).paid
            if "position_contradicted" in claim.questions and claim.position and known and self._some(0.5):
                stands["position"] = written(max(THOUSAND, self.model.standing.at(claim.position).held))
        return self._event(
            "person_decided", request_id=claim.request_id, answer=answer, decided_by="desk-7", because="looked at"
        ) | {name: value for name, value in stands.items() if value is not None}

    # Money

    def _payment(self) -> Event | None:
        claim = (
            self._claim("accepted") if self._some(0.9) else self._claim("accepted", "referred", "paid", "carried over")
        )
        if claim is None or not (claim.acceptances or claim.payments):
            return None
        due_on = self.random.choice([each.due_on for each in claim.acceptances] or list(claim.payments))
        if due_on > self._today:
            if (due_on - self._today).days > 120:
                return None
            self._today = due_on
            if due_on.year > self._last_year:
                return None
        payable = self.model.standing.payable(claim, due_on) or claim.due(due_on) or THOUSAND
        way = self.random.random()
        principal = payable
        if way < 0.15:
            principal = max(THOUSAND, payable // 2 // THOUSAND * THOUSAND)
        elif way < 0.18:
            principal = payable + THOUSAND
        day = self._today if self._some(0.3) else due_on
        return self._event(
            "payment_made",
            max(day, due_on),
            cusip=claim.note.cusip,
            due_on=str(due_on),
            kind="repayment",
            principal=written(principal),
            request_id=claim.request_id,
        )

    def _return(self) -> Event | None:
        claim = self._claim("paid", "accepted", "carried over")
        if claim is None or not claim.payments or self.model.standing.called_for(claim.note.cusip):
            return None
        due_on, paid = self.random.choice(list(claim.payments.items()))
        principal = paid if self._some(0.7) else max(THOUSAND, paid // 2 // THOUSAND * THOUSAND)
        if self._some(0.1) or not principal:
            principal += THOUSAND
        return self._event(
            "payment_returned",
            cusip=claim.note.cusip,
            due_on=str(due_on),
            kind="repayment",
            principal=written(principal),
            request_id=claim.request_id,
            because="account closed",
        )

    def _question(self) -> Event:
        note = notes()[self.random.choice(CUSIPS)]
        claim = self._claim("accepted", "referred", "paid")
        kind = self.random.choice(("repayment",) * 4 + ("interest", "maturity", "redemption"))
        due_on = note.first_interest_from(self._today + timedelta(days=self.random.choice((0, 0, 30))))
        principal = written(10 * THOUSAND)
        if kind == "maturity":
            due_on = note.matures_on
        if kind == "repayment":
            principal = written(self.random.randint(1, 60) * THOUSAND) if self._some(0.2) else None  # type: ignore[assignment]
            if claim and claim.acceptances and self._some(0.8):
                note, due_on = claim.note, self.random.choice(claim.acceptances).due_on
        return self._event(
            "payment_due",
            cusip=note.cusip,
            due_on=str(due_on),
            kind=kind,
            principal=principal,
            request_id=claim.request_id if claim and kind == "repayment" and self._some(0.3) else None,
        )

    # Calls and lots

    def _call(self) -> Event | None:
        note = notes()[self.random.choice(CUSIPS)]
        given_on = self._today
        first = max(given_on + timedelta(days=note.days_of_notice), note.first_call_on)
        redeem_on = note.first_interest_from(first + timedelta(days=self.random.choice((0, 0, 31, 62))))
        if self._some(0.08):
            redeem_on = note.first_interest_from(given_on + timedelta(days=5))
        whole = self._some(0.3)
        day = given_on + timedelta(days=400) if self._some(0.04) else None
        return self._event(
            "call_noticed",
            day,
            notice_id=self._number("N"),
            cusip=note.cusip,
            notice_given_on=str(given_on),
            redeem_on=str(redeem_on),
            principal="all" if whole else written(self.random.choice((5, 50, 300)) * THOUSAND),
            price="100" if self._some(0.97) else None,
            notified=["holders", "trustee"],
            conditional=whole and self._some(0.4),
        )

    def _rescission(self) -> Event | None:
        calls = [call for call in self.model.standing.calls.values() if call.whole]
        if not calls:
            return None
        return self._event("call_rescinded", notice_id=self.random.choice(calls).notice_id)

    def _lot(self) -> Event | None:
        calls = [call for call in self.model.standing.calls.values() if call.redeem_on >= self._today]
        calls = [call for call in calls if not call.conditional or call.rescinded]
        if not calls:
            return None
        call = self.random.choice(calls)
        holdings = [holding for holding in self._holdings if holding.cusip == call.cusip]
        if not holdings:
            return None
        holding = self.random.choice(holdings)
        standing = self.model.standing
        position = standing.positions.get(self._key(holding))
        held = holding.principal if position is None or position.figure is None else position.held
        if held <= 0:
            return None
        selected = max(1, held // THOUSAND // self.random.choice((1, 2, 5))) * THOUSAND
        selected = min(selected, max(call.principal, THOUSAND))
        if self._some(0.1):
            selected = self.random.choice((0, held + THOUSAND, THOUSAND // 2))
        return self._event(
            "lottery_drawn",
            notice_id=call.notice_id,
            cusip=call.cusip,
            owner_ref=holding.owners[0],
            account_ref=holding.account,
            position=written(held),
            selected=written(selected),
        )

    def _redemption(self) -> Event | None:
        calls = [call for call in self.model.standing.calls.values() if not call.rescinded]
        if not calls:
            return None
        call = self.random.choice(calls)
        if call.redeem_on > self._today:
            if not self._some(0.5) or call.redeem_on.year > self._last_year:
                return None
            self._today = call.redeem_on
        fields: dict[str, Any] = {"cusip": call.cusip, "due_on": str(call.redeem_on), "kind": "redemption"}
        if call.whole:
            day = call.redeem_on - timedelta(days=3) if self._some(0.1) else None
            return self._event("payment_made", day or self._today, principal=written(500 * THOUSAND), **fields)
        drawn = [(key, owner, amount) for (key, owner), amount in call.drawn.items() if amount]
        if not drawn:
            return None
        key, owner, amount = self.random.choice(drawn)
        return self._event(
            "payment_made",
            self._today,
            principal=written(amount if self._some(0.9) else amount + THOUSAND),
            owner_ref=owner,
            account_ref=key[2] if key[1] == "account" else None,
            **fields,
        )

    def _maturity(self) -> Event | None:
        note = notes()[self.random.choice(CUSIPS)]
        early = self._today < note.matures_on
        if early and not self._some(0.1):
            return None
        return self._event(
            "payment_made",
            self._today,
            cusip=note.cusip,
            due_on=str(note.matures_on),
            kind="maturity",
            principal=written(500 * THOUSAND),
        )

    def _report(self) -> Event | None:
        holding = self.random.choice(self._holdings)
        position = self.model.standing.positions.get(self._key(holding))
        if holding.cusip in self.model.standing.paid_off:
            return None
        held = holding.principal if position is None or position.figure is None else position.held
        more = self.random.choice((0, 0, 10, 50)) if self._some(0.95) else -1
        if any(claim.is_open for claim in self.model.standing.on(self._key(holding))) and self._some(0.9):
            return None
        event = self._event(
            "position_reported",
            cusip=holding.cusip,
            account_ref=holding.account,
            owner_ref=None if holding.account else holding.owners[0],
            principal=written(max(0, held + more * THOUSAND)),
        )
        as_of = date.fromisoformat(event["received_on"]) - timedelta(days=self.random.choice((0, 0, 0, 30)))
        return event | {"as_of": str(as_of)}

    # What should not happen

    def _void(self) -> Event | None:
        if not self.events:
            return None
        chosen = self.random.choice(self.events[-12:])
        if chosen["type"] == "limits_elected" and self._some(0.8):
            return None  # of several elections for a year the texts leave much open
        voided = chosen["event_id"] if self._some(0.95) else "e-nobody"
        return self._event("event_voided", voids=voided, decided_by="desk-7", because="entered by mistake")

    def _again(self) -> Event | None:
        if not self.events:
            return None
        event = dict(self.random.choice(self.events))
        if self._some(0.3):
            event["received_on"] = str(date.fromisoformat(event["received_on"]) + timedelta(days=1))
        return event

    def _withdrawal(self) -> Event | None:
        claim = self._claim()
        return self._event("withdrawal_requested", request_id=claim.request_id) if claim else None

    def _waiver(self) -> Event | None:
        claim = self._claim()
        if claim is None or (claim.acceptances and self._some(0.8)):
            return None
        way = {"rule": "held too briefly"} if self._some(0.9) else {"limit": "individual limit", "amount": "400000.00"}
        return self._event(
            "issuer_waived", request_id=claim.request_id, waived_by="issuer-2", because="asked for", **way
        )

    def _acceleration(self) -> Event:
        return self._event("notes_accelerated", cusip=self.random.choice(CUSIPS), declared_on=str(self._today))


def history(seed: int, length: int = 40, kinds: Callable[[str], bool] = lambda kind: True) -> list[Event]:
    """Write a whole history; it ends a few events after the point from which the texts leave things open."""
    author = Author(seed, kinds)
    after = 0
    while len(author.events) < length and after < 3:
        author.write()
        after += bool(author.model.left_open)
    return author.events
