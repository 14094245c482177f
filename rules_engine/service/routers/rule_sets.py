"""Rule sets: those in force, each as it was used under its digest, and who approved which."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from rules_engine.service.calls import READERS, At, Name, allowed, answer, apart
from rules_engine.service.problems import Refused
from rules_engine.service.routers.notes_and_programmes import rule_set_to_json
from rules_engine.service.shapes import answers, listed, named
from rules_engine.workbench.showing import shown, shown_to_json

router = APIRouter(tags=["rule sets"])


@router.get(
    "/v1/rule-sets", summary="The rule sets in force", responses=answers(listed(named("RuleSet"))), **allowed(READERS)
)
async def rule_sets(at: At) -> Response:
    """List the rule sets of the rule book in use."""
    found = [rule_set_to_json(each) for each in at.host.book.rule_sets]
    return answer({"items": found, "made_by": at.made_by()})


@router.get(
    "/v1/rule-sets/{digest}",
    summary="A rule set as it was used",
    responses=answers(named("RuleSetText"), 404),
    **allowed(READERS),
)
async def rule_set(digest: Name, at: At) -> Response:
    """Give the text that stands behind a digest a decision names: a rule set, a note or a calendar.

    It is given as it was used, also where the rule book has moved on; one in force is shown in prose besides.
    """

    def work() -> dict[str, Any]:
        in_force = next((each for each in at.host.book.rule_sets if each.digest == digest), None)
        text = in_force.text if in_force else at.host.ledger.text(digest)
        if text is None:
            raise Refused(404, "no decision on the ledger and no rule set in force has this digest")
        words = at.host.vocabulary.known_to(in_force.edition).clauses[in_force.clause] if in_force else None
        prose = shown_to_json(shown(in_force, words)) if in_force and words else None
        return {"digest": digest, "in_force": in_force is not None, "text": text, "shown": prose}

    return answer(await apart(work))


@router.get(
    "/v1/approvals", summary="Who approved which rules", responses=answers(listed(named("RuleSet"))), **allowed(READERS)
)
async def approvals(at: At) -> Response:
    """List the rule sets in force with their status, their digest, and who approved them."""
    found = sorted(at.host.book.rule_sets, key=lambda each: (each.status == "draft", each.edition, each.clause))
    return answer({"items": list(map(rule_set_to_json, found)), "made_by": at.made_by()})
