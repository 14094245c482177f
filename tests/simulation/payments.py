"""What falls due, what is paid and what comes back."""

from __future__ import annotations

from datetime import date

from .expected import DONE, LEFT_OPEN, Expected, Json, any_code, one_of
from .issuers import lot_position
from .refusing import Refusal, Unsettled
from .requests import claim_of, day_of
from .standing import Call, PositionKey, Standing, note_of
from .terms import cents

REFERRED = one_of("referred")


def answer_question(standing: Standing, event: Json) -> Expected:
    """Answer what falls due on a day, and change nothing."""
    note = note_of(event["cusip"])
    if note is None:
        return Expected(outcomes=REFERRED, asked_for=None)
    due_on, kind = date.fromisoformat(event["due_on"]), event["kind"]
    principal = cents(event["principal"]) if event.get("principal") else 0
    called_for = standing.called_for(note.cusip)
    fits_the_kind = {
        "interest": note.pays_interest_on(due_on),
        "maturity": due_on == note.matures_on,
        "redemption": note.may_be_called_for(due_on),
        "repayment": note.pays_interest_on(due_on),
    }
    if not fits_the_kind[kind] or (called_for is not None and called_for < due_on):
        return Expected(outcomes=one_of("rejected", "referred"), asked_for=None)
    if kind != "repayment":
        paid_back = 0 if kind == "interest" else principal
        return Expected(
            outcomes=one_of("accepted"), asked_for=paid_back, total=paid_back + note.interest(principal, due_on)
        )
    due = _due(standing, event, due_on)
    if not due:
        return Expected(outcomes=one_of("rejected", "referred"), asked_for=None)
    if principal and principal != due:
        return Expected(outcomes=REFERRED, asked_for=None)
    return Expected(outcomes=one_of("accepted"), asked_for=due, total=due + _interest(standing, event, due_on))


def _due_claims(standing: Standing, event: Json, due_on: date) -> dict[str, int]:
    return {
        claim.request_id: standing.payable(claim, due_on)
        for claim in standing.open_claims(event["cusip"])
        if event.get("request_id") in (None, claim.request_id) and claim.state != "referred"
    }


def _due(standing: Standing, event: Json, due_on: date) -> int:
    return sum(_due_claims(standing, event, due_on).values())


def _interest(standing: Standing, event: Json, due_on: date) -> int:
    note = note_of(event["cusip"])
    assert note
    return sum(note.interest(due, due_on) for due in _due_claims(standing, event, due_on).values())


def refuse_payment(standing: Standing, event: Json) -> Refusal | None:
    """Refer what is not due, more than is due, what was paid already, and what a question stops."""
    if event["kind"] == "repayment":
        return _refuse_repayment(standing, event)
    note, due_on = note_of(event["cusip"]), date.fromisoformat(event["due_on"])
    if note is None:
        return Refusal(REFERRED)
    if event["kind"] == "interest":
        return Refusal(LEFT_OUT)
    if day_of(event) < due_on:
        if event.get("owner_ref") or event.get("account_ref"):
            raise Unsettled("the redemption of a position is paid before its day")
        return Refusal(LEFT_OUT)
    if note.cusip in standing.paid_off:
        return Refusal(REFERRED)
    if event["kind"] == "maturity":
        return Refusal() if due_on != note.matures_on else None
    if not note.may_be_called_for(due_on):
        return Refusal()
    if event.get("owner_ref") or event.get("account_ref"):
        return _refuse_redemption_of_a_position(standing, event, due_on)
    calls = [call for call in standing.calls.values() if call.cusip == note.cusip and call.whole and not call.rescinded]
    return None if any(call.redeem_on == due_on for call in calls) else Refusal(LEFT_OUT)


LEFT_OUT: frozenset[str] = frozenset({"accepted", "recorded", "rejected", "referred", "pended"})
"""The event changes nothing that the model keeps, and the texts do not say how it is answered."""


def _refuse_repayment(standing: Standing, event: Json) -> Refusal | None:
    claim = claim_of(standing, event)
    if claim is None or claim.note.cusip != event["cusip"]:
        return Refusal(REFERRED)
    due_on, principal = date.fromisoformat(event["due_on"]), cents(event["principal"])
    payable, paid = standing.payable(claim, due_on), claim.payments.get(due_on, 0)
    if claim.state == "referred" and claim.acceptances:
        return Refusal(REFERRED, any_code("payment_stopped", "nothing_is_due", "already_paid", "more_than_is_due"))
    if not payable:
        codes = (
            any_code("already_paid", "more_than_is_due")
            if paid
            else any_code("nothing_is_due", "redeemed_with_the_note")
        )
        return Refusal(REFERRED, codes)
    if principal > payable:
        return Refusal(REFERRED, any_code("more_than_is_due"))
    if day_of(event) < due_on:
        raise Unsettled("a repayment is paid before its day")
    return None


def _lots(standing: Standing, event: Json, due_on: date) -> tuple[PositionKey, list[Call]]:
    calls = [call for call in standing.calls.values() if call.cusip == event["cusip"] and call.redeem_on == due_on]
    return lot_position(event), [call for call in calls if not call.rescinded]


def _refuse_redemption_of_a_position(standing: Standing, event: Json, due_on: date) -> Refusal | None:
    key, calls = _lots(standing, event, due_on)
    if any(call.whole for call in calls):
        raise Unsettled("the redemption of one position under a call of the whole note")
    position = standing.at(key)
    drawn = sum(position.lots.get(call.notice_id, 0) for call in calls)
    redeemed = sum(position.redeemed.get(call.notice_id, 0) for call in calls)
    if cents(event["principal"]) > drawn - redeemed:
        return Refusal(REFERRED)
    return None


def take_payment(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Settle a repayment, take a redemption off its position, or end what is open on a note that is paid off."""
    due_on, principal = date.fromisoformat(event["due_on"]), cents(event["principal"])
    today = day_of(event)
    if event["kind"] == "repayment":
        claim = claim_of(standing, event)
        assert claim is not None
        if claim.position is None:
            raise Unsettled("what told the position of a paid request is taken back")
        claim.payments[due_on] = claim.payments.get(due_on, 0) + principal
        claim.paid_on.append((due_on, today))
        standing.at(claim.position).paid.append((today, principal))
        return [Expected(claim.request_id, DONE)]
    if event["kind"] == "redemption" and (event.get("owner_ref") or event.get("account_ref")):
        key, calls = _lots(standing, event, due_on)
        position = standing.at(key)
        for call in calls:
            paid = min(principal, position.lots.get(call.notice_id, 0) - position.redeemed.get(call.notice_id, 0))
            position.redeemed[call.notice_id] = position.redeemed.get(call.notice_id, 0) + paid
            principal -= paid
            position.paid.append((today, paid))
        return [Expected(outcomes=DONE)]
    ended = "matured" if event["kind"] == "maturity" else "redeemed"
    expected = [Expected(outcomes=DONE)]
    for claim in standing.open_claims(event["cusip"]):
        if any(each.due_on < due_on and claim.unpaid for each in claim.acceptances):
            raise Unsettled("a note is paid off while a repayment due before that is open")
        claim.ended = ended
        claim.questions.clear()
        # What an answer says of the amounts of a request that ends so is left open.
        expected.append(Expected(claim.request_id, accepted=LEFT_OPEN))
    standing.paid_off.setdefault(event["cusip"], ended)
    return expected


def refuse_return(standing: Standing, event: Json) -> Refusal | None:
    """Refer what was never paid."""
    claim = claim_of(standing, event)
    if claim is None or event["kind"] != "repayment" or claim.note.cusip != event["cusip"]:
        return Refusal()
    paid = claim.payments.get(date.fromisoformat(event["due_on"]), 0)
    if cents(event["principal"]) > paid:
        return Refusal(REFERRED)
    if claim.note.cusip in standing.paid_off or standing.called_for(claim.note.cusip):
        raise Unsettled("a repayment comes back after the note was called or paid off")
    return None


def take_return(standing: Standing, event: Json, place: int) -> list[Expected]:
    """Open again what came back."""
    claim = claim_of(standing, event)
    assert claim is not None
    if claim.position is None:
        raise Unsettled("what told the position of a paid request is taken back")
    due_on, principal = date.fromisoformat(event["due_on"]), cents(event["principal"])
    claim.payments[due_on] = claim.payments.get(due_on, 0) - principal
    if claim.verdict == "rejected":
        claim.questions.update(claim.asked_when_rejected)
        claim.verdict = "accepted"
    # A return dated before the payment it brings back counts from the later day.
    counts_from = max([day_of(event), *(day for due, day in claim.paid_on if due == due_on)])
    standing.at(claim.position).paid.append((counts_from, -principal))
    return [Expected(claim.request_id, one_of("recorded"))]
