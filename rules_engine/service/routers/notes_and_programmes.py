"""Notes with their schedules; programmes with their rules, and what their requests may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from rules_engine.desk.day import latest_day
from rules_engine.desk.input_form import request_schema
from rules_engine.desk.note_list import NotesWanted, listed_note, note_list
from rules_engine.desk.presenting import to_json
from rules_engine.errors import RulesEngineError
from rules_engine.model.decisions import Finding
from rules_engine.rulebook.rules import RuleSet
from rules_engine.service.calls import READERS, At, Name, allowed, answer, apart
from rules_engine.service.problems import Refused, problems_in_files
from rules_engine.service.running import Running
from rules_engine.service.shapes import answers, listed, named
from rules_engine.workbench.showing import shown, shown_to_json
from rules_engine.workbench.timetable import timetable, timetable_to_json

router = APIRouter(tags=["notes and programmes"])


@router.get("/v1/notes", summary="Notes", responses=answers(listed(named("Note")), 422), **allowed(READERS))
async def notes(
    at: At,
    programme: str | None = None,
    search: str | None = None,
    survivors_option: bool | None = None,
    on_ledger: bool = False,
    on: date | None = None,
) -> Response:
    """List the notes of the rule book with their next days; `programme` takes a programme or an issuer."""
    wanted = NotesWanted(programme=programme, search=search, survivors_option=survivors_option, on_ledger=on_ledger)
    found = await apart(lambda: to_json(list(note_list(at.host, wanted, on=on))))
    return answer({"items": found, "made_by": at.made_by()})


@router.get(
    "/v1/notes/{cusip}/schedule",
    summary="A note's days and amounts",
    responses=answers(named("Schedule"), 404, 409),
    **allowed(READERS),
)
async def schedule(cusip: Name, at: At) -> Response:
    """List interest dates, pay dates and amounts per $1,000, and redemption dates with the last day for notice."""

    def work() -> dict[str, Any]:
        _known(at, cusip)
        scheduled = at.host.schedule(cusip)
        if isinstance(scheduled, Finding):
            raise Refused(409, scheduled.because)
        try:
            return timetable_to_json(timetable(scheduled)) | {"made_by": at.resting_on(cusip)}
        except RulesEngineError as fault:
            raise Refused(409, f"the days of the note cannot be worked out: {fault}") from fault

    return answer(await apart(work))


@router.get("/v1/notes/{cusip}", summary="A note", responses=answers(named("Note"), 404, 422), **allowed(READERS))
async def note(cusip: Name, at: At, on: date | None = None) -> Response:
    """Give a note as it stands, with its next days."""

    def work() -> Any:
        found = _known(at, cusip)
        if found is None:
            raise Refused(404, "the supplement of this note cannot be read: see the programme's faults")
        day = on or latest_day(at.host.ledger)
        with at.host.ledger.undisturbed():
            standing = at.host.ledger.standing(found.programme) if found.programme in at.host.ledger.heads() else None
            return to_json(listed_note(at.host, found, standing, day))

    return answer(await apart(work))


def _known(at: Running, cusip: str) -> Any:
    book = at.host.book
    if cusip not in book.notes and cusip not in book.faulty_notes:
        raise Refused(404, "no note in the rule book has this CUSIP")
    return book.note(cusip)


@router.get("/v1/programmes", summary="Programmes", responses=answers(listed(named("Programme"))), **allowed(READERS))
async def programmes(at: At) -> Response:
    """List the programmes of the rule book, with their editions, their faults, and where the ledger has them."""
    found = await apart(lambda: [_programme(at, code) for code in at.host.book.programmes])
    return answer({"items": found, "made_by": at.made_by()})


@router.get(
    "/v1/programmes/{issuer}/{name}",
    summary="A programme",
    responses=answers(named("Programme"), 404),
    **allowed(READERS),
)
async def programme(issuer: Name, name: Name, at: At) -> Response:
    """Give one programme, with its editions and its faults."""
    return answer(await apart(_programme, at, _code(at, issuer, name)))


@router.get(
    "/v1/programmes/{issuer}/{name}/input-schema",
    summary="What a request for a programme's notes may hold",
    responses=answers({"type": "object"}, 404),
    **allowed(READERS),
)
async def input_schema(issuer: Name, name: Name, at: At) -> Response:
    """Describe a request as JSON Schema, made from the rules in force.

    It has the words of the issuer and the CUSIPs of its notes; `x-looked-at-by` names the rules that look at a field.
    """
    return answer(await apart(request_schema, at.host, _code(at, issuer, name)))


@router.get(
    "/v1/programmes/{issuer}/{name}/rules",
    summary="A programme's rules in prose",
    responses=answers(listed({"type": "object"}), 404),
    **allowed(READERS),
)
async def rules(issuer: Name, name: Name, at: At) -> Response:
    """Show the resolved rules, figures filled in, each line with its file, mark, clause and quote."""
    code = _code(at, issuer, name)
    found = await apart(lambda: [shown_to_json(shown(each, _words(at, each))) for each in _rule_sets(at, code)])
    return answer({"items": found, "made_by": at.made_by()})


def _words(at: Running, rule_set: RuleSet) -> Any:
    return at.host.vocabulary.known_to(rule_set.edition).clauses[rule_set.clause]


def _code(at: Running, issuer: str, name: str) -> str:
    code = f"{issuer}/{name}"
    if code not in at.host.book.programmes:
        raise Refused(404, "the rule book has no such programme")
    return code


def _rule_sets(at: Running, code: str) -> Iterator[RuleSet]:
    return (each for each in at.host.book.rule_sets if each.edition.startswith(f"{code}/"))


def rule_set_to_json(rule_set: RuleSet) -> dict[str, Any]:
    """Write which rule set it is."""
    programme, _, _ = rule_set.edition.rpartition("/")
    return {
        "edition": rule_set.edition,
        "clause": rule_set.clause,
        "rule_set": rule_set.name,
        "programme": programme,
        "status": rule_set.status,
        "approved_by": rule_set.approved_by,
        "source": rule_set.source,
        "issued_from": to_json(rule_set.issued_from),
        "issued_until": to_json(rule_set.issued_until),
        "digest": rule_set.digest,
        "file": rule_set.file,
    }


def _programme(at: Running, code: str) -> dict[str, Any]:
    book = at.host.book
    entries, head = at.host.ledger.heads().get(code, (0, ""))
    return {
        "programme": code,
        "issuer": code.partition("/")[0],
        "name": _name(at, code),
        "notes": sum(each.programme == code for each in book.notes.values()),
        "entries": entries,
        "head": head,
        "digest": book.digest_of(code),
        "rule_sets": [rule_set_to_json(each) for each in _rule_sets(at, code)],
        "faults": problems_in_files(each for each in book.problems if each.file.startswith(f"{code}/")),
    }


def _name(at: Running, code: str) -> str:
    for issuer in at.host.plugins.issuers.values():
        for each in issuer.programmes:
            if each.code == code:
                return each.name
    return code
