"""Drafts of rules: copied from what is in force, edited file by file, and tried by jobs that tell how far they are."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from rules_engine.service.callers import Caller
from rules_engine.service.calls import (
    READERS,
    WRITERS,
    At,
    Name,
    allowed,
    answer,
    apart,
    caller,
    json_object,
    refuse_other_kind,
    with_body,
)
from rules_engine.service.drafts import Draft
from rules_engine.service.jobs import OVER, Job, command, offered
from rules_engine.service.problems import Refused
from rules_engine.service.running import Running
from rules_engine.service.shapes import TEXT, answers, list_of, listed, named, one_of, thing

router = APIRouter(tags=["drafts"])

KINDS: Mapping[str, tuple[str, ...]] = {
    "check": ("check", "{rules}", "--json"),
    "deep check": ("check", "{rules}", "--deep", "--json"),
    "compare": ("compare", "{rules}", "--json"),
    "accept": ("accept", "{features}", "--rules", "{rules}", "--json"),
    "mutate": ("mutate", "{programme}", "--features", "{features}", "--rules", "{rules}", "--json"),
}
"""What a draft can be tried by, and the command that does it; what an installation does not have is not offered."""

NEEDS_LEDGER, NEEDS_FEATURES = frozenset({"compare"}), frozenset({"accept", "mutate"})
ABOUT = {"issuers": list, "title": str}
STREAM = "text/event-stream"
QUIET = 10.0

Who = Annotated[Caller, Depends(caller)]
IfMatch = Annotated[str | None, Header(description="The digest of the file that you read, as its `ETag` gave it.")]

_OFFERED: dict[str, bool] = {}


def is_offered(kind: str) -> bool:
    """Tell whether this installation has the command for a kind of job; asked once of each."""
    if kind not in _OFFERED:
        name, *more = KINDS[kind]
        _OFFERED[kind] = offered([name, *(word for word in more if word.startswith("--"))])
    return _OFFERED[kind]


def _draft(at: Running, draft_id: str) -> Draft:
    found = at.drafts.find(draft_id)
    if found is None:
        raise Refused(404, "there is no such draft")
    return found


@router.get("/v1/drafts", summary="Drafts", responses=answers(listed(named("Draft"))), **allowed(READERS))
async def drafts(at: At) -> Response:
    """List drafts."""
    return answer({"items": [each.to_json() for each in await apart(at.drafts.all)], "made_by": at.made_by()})


@router.post(
    "/v1/drafts",
    summary="Begin a draft",
    status_code=201,
    responses=answers(named("Draft"), 400, 409, 413, 415, 422, status=201, said="begun"),
    **with_body(WRITERS, thing({"issuers": list_of(TEXT)}, optional={"title": TEXT})),
)
async def begin(request: Request, at: At, who: Who) -> Response:
    """Copy the rules of some issuers, as they are in force, to edit them; nothing in force changes by it."""
    given = await json_object(request, ABOUT, "issuers")
    issuers = given["issuers"]
    if not issuers or not all(isinstance(each, str) for each in issuers):
        raise Refused(422, "`issuers` names the issuers whose rules are copied, as `ally`")
    title = str(given.get("title") or "")[:200]
    made = await apart(at.drafts.make, at.host.book, issuers=tuple(sorted(set(issuers))), title=title, by=who.name)
    return answer(made.to_json(), 201, {"Location": f"/v1/drafts/{made.draft_id}"})


@router.get("/v1/drafts/{draft_id}", summary="A draft", responses=answers(named("Draft"), 404), **allowed(READERS))
async def draft(draft_id: Name, at: At) -> Response:
    """Give a draft."""
    return answer(_draft(at, draft_id).to_json())


@router.delete(
    "/v1/drafts/{draft_id}",
    summary="Take a draft away",
    status_code=204,
    responses=answers(None, 404, status=204, said="gone"),
    **allowed(WRITERS),
)
async def take_away(draft_id: Name, at: At) -> Response:
    """Take a draft away, with everything in it."""
    await apart(at.drafts.take_away, _draft(at, draft_id))
    return Response(status_code=204)


@router.get(
    "/v1/drafts/{draft_id}/files",
    summary="A draft's files",
    responses=answers(listed(named("DraftFile")), 404),
    **allowed(READERS),
)
async def files(draft_id: Name, at: At) -> Response:
    """List a draft's files, each with the digest that `If-Match` takes."""
    found = await apart(lambda: list(at.drafts.files(_draft(at, draft_id))))
    return answer({"items": found, "made_by": at.made_by()})


@router.get(
    "/v1/drafts/{draft_id}/files/{path:path}",
    summary="A file of a draft",
    responses=answers(None, 404, 422, also={"text/plain": TEXT}),
    **allowed(READERS),
)
async def read_file(draft_id: Name, path: Name, at: At) -> Response:
    """Give a file's text; its digest is its `ETag`."""
    from rules_engine.service.drafts import digest_of

    data = await apart(lambda: at.drafts.read(_draft(at, draft_id), path))
    return PlainTextResponse(data, headers={"ETag": f'"{digest_of(data)}"'})


@router.put(
    "/v1/drafts/{draft_id}/files/{path:path}",
    summary="Write a file of a draft",
    responses=answers(thing({"path": TEXT, "digest": TEXT}), 404, 412, 413, 415, 422),
    **with_body(WRITERS, TEXT, "text/plain"),
)
async def write_file(draft_id: Name, path: Name, request: Request, at: At, if_match: IfMatch = None) -> Response:
    """Write a file whole. With `If-Match` it is written only over what you read; 412 where somebody was quicker."""
    refuse_other_kind(request, "text/plain", "application/yaml")
    data = await request.body()
    was = None if if_match in (None, "*") else str(if_match).strip('"')
    digest = await apart(lambda: at.drafts.write(_draft(at, draft_id), path, data, was=was))
    return answer({"path": path, "digest": digest}, headers={"ETag": f'"{digest}"'})


@router.delete(
    "/v1/drafts/{draft_id}/files/{path:path}",
    summary="Take a file out of a draft",
    status_code=204,
    responses=answers(None, 404, 412, 422, status=204, said="gone"),
    **allowed(WRITERS),
)
async def remove_file(draft_id: Name, path: Name, at: At, if_match: IfMatch = None) -> Response:
    """Take a file out of a draft."""
    was = None if if_match in (None, "*") else str(if_match).strip('"')
    await apart(lambda: at.drafts.remove(_draft(at, draft_id), path, was=was))
    return Response(status_code=204)


@router.post(
    "/v1/drafts/{draft_id}/jobs",
    summary="Try a draft",
    status_code=202,
    responses=answers(named("Job"), 400, 404, 409, 413, 415, 422, status=202, said="taken on"),
    **with_body(WRITERS, thing({"kind": one_of(KINDS)}, optional={"programme": TEXT})),
)
async def try_draft(draft_id: Name, request: Request, at: At, who: Who) -> Response:
    """Check a draft, compare it with what is in force on what was recorded, run its scenarios, or mutate it.

    It runs as a job: see `/v1/jobs/ID`. 409 where this installation, or a ledger in memory, cannot do it.
    """
    given = await json_object(request, {"kind": str, "programme": str}, "kind")
    found, kind = _draft(at, draft_id), given["kind"]
    if kind not in KINDS:
        raise Refused(422, f"a draft is tried by {', '.join(KINDS)}")
    if kind in NEEDS_LEDGER and not at.ledger_url:
        raise Refused(409, "the ledger is in memory, where another program cannot read it")
    if kind in NEEDS_FEATURES and at.settings.features is None:
        raise Refused(409, "no folder of features is named in RULES_ENGINE_FEATURES")
    programme = given.get("programme") or ""
    if kind == "mutate" and (programme not in at.host.book.programmes or _issuer(programme) not in found.issuers):
        raise Refused(422, f"`programme` names a programme of {', '.join(found.issuers)}")
    if not await apart(is_offered, kind):
        raise Refused(409, f"this installation cannot {kind}")
    places = {"rules": found.folder, "features": at.settings.features, "programme": programme}
    arguments = [each.format(**places) for each in KINDS[kind]]
    if kind == "accept":
        arguments += [word for issuer in found.issuers for word in ("--issuer", issuer)]
    environment = {"RULES_ENGINE_LEDGER": at.ledger_url} if at.ledger_url else {}
    job = at.jobs.add(kind, found.draft_id, who.name, command(arguments, environment))
    return answer(job.to_json(), 202, {"Location": f"/v1/jobs/{job.job_id}"})


def _issuer(programme: str) -> str:
    return programme.partition("/")[0]


# Jobs


def _job(at: Running, job_id: str) -> Job:
    found = at.jobs.find(job_id)
    if found is None:
        raise Refused(404, "there is no such job, or it was forgotten")
    return found


@router.get("/v1/jobs", summary="Jobs", responses=answers(listed(named("Job"))), tags=["jobs"], **allowed(READERS))
async def jobs(at: At) -> Response:
    """List the jobs that are remembered, the newest first, without their results."""
    found = [{**each.to_json(), "result": None, "told": []} for each in at.jobs.all()]
    return answer({"items": found, "made_by": at.made_by()})


@router.get(
    "/v1/jobs/{job_id}", summary="A job", responses=answers(named("Job"), 404), tags=["jobs"], **allowed(READERS)
)
async def job(job_id: Name, at: At) -> Response:
    """Give a job: where it is, what it has told, and what came of it."""
    return answer(_job(at, job_id).to_json())


@router.get(
    "/v1/jobs/{job_id}/progress",
    summary="A job as it goes on",
    responses=answers(None, 404, also={STREAM: TEXT}),
    tags=["jobs"],
    **allowed(READERS),
)
async def progress(job_id: Name, request: Request, at: At) -> Response:
    """Tell a job's progress by server-sent events: `progress` for each line, and `over` with the job at its end."""
    found = _job(at, job_id)
    at.streams.refuse_if_full()
    if hasattr(request.state, "place"):
        request.state.place.give_up()
    return StreamingResponse(_told(found, request, at), media_type=STREAM, headers={"Cache-Control": "no-store"})


async def _told(found: Job, request: Request, at: Running) -> AsyncIterator[str]:
    with at.streams.one():
        seen = 0
        while not (at.streams.ending or await request.is_disconnected()):
            told, state = await apart(found.news, seen, QUIET)
            for number, line in enumerate(told, start=seen + 1):
                yield f"id: {number}\nevent: progress\ndata: {json.dumps({'line': line})}\n\n"
            seen += len(told)
            if state in OVER and seen == len(found.told):
                yield f"event: over\ndata: {json.dumps(found.to_json())}\n\n"
                return
            if not told:
                yield ": still at it\n\n"


@router.delete(
    "/v1/jobs/{job_id}",
    summary="Stop a job",
    responses=answers(named("Job"), 404),
    tags=["jobs"],
    **allowed(WRITERS),
)
async def stop(job_id: Name, at: At) -> Response:
    """Stop a job; one that is over stays as it is."""
    found = _job(at, job_id)
    await apart(at.jobs.cancel, found)
    return answer(found.to_json())
