"""What docs/service.md and docs/desk.md say, held against the service."""

from __future__ import annotations

import re
from pathlib import Path

from rules_engine.desk.days_ahead import DayKind
from rules_engine.desk.letter_content import LetterKind
from rules_engine.service.callers import Role
from rules_engine.service.routers.drafts_and_jobs import KINDS
from rules_engine.service.settings import KIB, NAMES, Settings
from tests.service.serving import serving

DOCS = Path(__file__).parent.parent.parent / "docs"
SERVICE, DESK = (DOCS / "service.md").read_text(), (DOCS / "desk.md").read_text()


def test_every_setting_is_in_the_table_with_what_it_says_and_its_default() -> None:
    rows = {
        name: (says, usual) for name, says, usual in re.findall(r"^\| `(RULES_\w+)` \| (.*) \| (.*) \|$", SERVICE, re.M)
    }
    assert {name: says for name, (says, _) in rows.items()} == dict(NAMES)
    usual = Settings()
    assert rows["RULES_ENGINE_MAX_BODY"][1] == f"`{usual.max_body // KIB}`"
    for name in ("MAX_WAITING", "MAX_STREAMS", "JOBS", "JOB_SECONDS", "JWT_ROLES"):
        assert rows[f"RULES_ENGINE_{name}"][1] == f"`{getattr(usual, name.lower())}`"


def test_every_setting_is_read() -> None:
    read = {path: path.read_text() for path in (DOCS.parent / "rules_engine").rglob("*.py") if path.name != "shapes.py"}
    for name in NAMES:
        assert sum(f'"{name}"' in text for text in read.values()) >= 1, name


def test_every_role_is_explained() -> None:
    assert set(re.findall(r"^\| `(\w+)` \| read", SERVICE, re.M)) == {role.value for role in Role}


def test_every_address_is_listed() -> None:
    with serving() as client:
        described = client.get("/openapi.json").json()["paths"]
    for path in described:
        start = "/".join(path.split("{")[0].rstrip("/").split("/")[:3])
        assert start in SERVICE, path


def test_every_kind_of_job_of_day_and_of_letter_is_named() -> None:
    assert all(f"`{kind}`" in SERVICE for kind in KINDS)
    assert all(f"`{kind.value}`" in DESK for kind in DayKind)
    assert all(f"`{kind.value}`" in DESK for kind in LetterKind)
