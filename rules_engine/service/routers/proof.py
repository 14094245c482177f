"""Proof: the whole ledger decided again, and one receipt worked out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from rules_engine.deciding.receipt import receipt_of
from rules_engine.model.wire import decision_from_json
from rules_engine.service.callers import Caller
from rules_engine.service.calls import PROVERS, READERS, At, allowed, answer, apart, caller, json_object, with_body
from rules_engine.service.jobs import Job
from rules_engine.service.problems import Refused
from rules_engine.service.running import Running
from rules_engine.service.shapes import answers, named, thing
from rules_engine.workbench.verifying import Verification, moved_on, verify

router = APIRouter(tags=["proof"])

EVERY = 1_000
"""After how many entries a verification tells how far it is."""


@router.post(
    "/v1/verifications",
    summary="Prove the ledger",
    status_code=202,
    responses=answers(named("Job"), status=202, said="taken on"),
    **allowed(PROVERS),
)
async def prove(at: At, who: Annotated[Caller, Depends(caller)]) -> Response:
    """Decide every recorded event again and compare byte for byte, as a job: see `/v1/jobs/ID`.

    Its result has the head of each programme: keep it elsewhere, and nobody can cut off an end unseen.
    """
    job = at.jobs.add("verify", "ledger", who.name, lambda job: _proved(at, job))
    return answer(job.to_json(), 202, {"Location": f"/v1/jobs/{job.job_id}"})


def _proved(at: Running, job: Job) -> dict[str, Any]:
    host = at.host
    done, told = Verification(), 0
    for done in verify(host.ledger, host.vocabulary, with_durable=host.with_durable, plugins=host.plugins.versions):
        if done.entries >= told + EVERY:
            told = done.entries
            job.tell(f"{done.entries:,} entries so far")
    job.found_faults = bool(done.differences)
    return {
        "entries": done.entries,
        "decided_again": done.decided_again,
        "receipts_only": done.receipts_only,
        "texts": done.texts,
        "changed_since": asdict(moved_on(done, host.book)),
        "heads": {code: {"position": position, "digest": end} for code, (position, end) in done.heads.items()},
        "differences": [asdict(each) for each in done.differences],
    }


@router.post(
    "/v1/receipts",
    summary="Check a receipt",
    responses=answers(named("Receipt"), 400, 413, 415, 422),
    **with_body(READERS, thing({"event": {"type": "object"}, "decision": {"type": "object"}})),
)
async def check_receipt(request: Request, at: At) -> Response:
    """Work out the receipt of a decision from it and its event alone; say whether it adds up, and is on the ledger."""
    given = await json_object(request, {"event": dict, "decision": dict}, "event", "decision")

    def work() -> dict[str, Any]:
        try:
            decision = decision_from_json(given["decision"])
            receipt = receipt_of(decision, given["event"])
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as fault:
            raise Refused(422, "that is no decision as it is written here, with its event") from fault
        recorded = at.host.recorded(decision.event_id) if isinstance(decision.event_id, str) else ()
        return {
            "receipt": receipt,
            "adds_up": receipt == decision.receipt,
            "on_ledger": any(each.receipt == receipt for each in recorded),
        }

    return answer(await apart(work))
