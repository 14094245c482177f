"""Who calls: roles from JWTs checked against a key set, or from API keys kept hashed."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import jwt

from rules_engine.errors import RulesEngineError
from rules_engine.service.problems import Refused
from rules_engine.service.settings import KIB, Settings

PREFIX = "rek_"
"""What an API key begins with, so that one that leaks is recognised."""

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a pair of keys only: whoever checks a token must not be able to make one."""

LEEWAY = 30
"""Seconds that two clocks may differ by."""

FRESH = 300
"""Seconds for which a key set is kept; one with an unknown key is looked at again after `SOONEST`."""

SOONEST = 30
SECONDS_FOR_KEYS = 10
LARGEST_KEY_SET = KIB * KIB


class Role(StrEnum):
    """What a caller may do; the value is the word in a token or a key file."""

    PLATFORM = "platform"
    """Sends what holders and issuers make happen, and reads decisions."""
    CLERK = "clerk"
    """Works the queue: sends what a person decides, writes letters, edits drafts."""
    APPROVER = "approver"
    """Approves rule sets, and edits drafts."""
    AUDITOR = "auditor"
    """Reads everything, proves the ledger, and changes nothing."""


EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who calls: an opaque name, and roles."""

    name: str
    roles: frozenset[Role]


LOCAL = Caller(name="local", roles=EVERYBODY)
"""Whoever is on this machine, where nobody is asked."""


class KeyFileWrong(RulesEngineError):
    """A file of keys cannot be used; the message names the line."""


class ApiKeys:
    """API keys from a file, one a line: `NAME ROLE[,ROLE] sha256:DIGEST`. The file is read again when it changes.

    A key is 256 bits of chance, so that its plain digest cannot be guessed back.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._read_at: tuple[int, int] | None = None
        self._callers: dict[str, Caller] = {}
        self._refresh()

    def caller(self, key: str) -> Caller | None:
        """Find whose key it is."""
        self._refresh()
        found, given = None, digest_of_key(key)
        for known, caller in self._callers.items():  # all of them, so that time tells nothing
            if hmac.compare_digest(known, given):
                found = caller
        return found

    def _refresh(self) -> None:
        try:
            seen = self._file.stat()
            with self._lock:
                if self._read_at != (seen.st_mtime_ns, seen.st_size):
                    self._callers = read_keys(self._file.read_text(encoding="utf-8"), self._file.name)
                    self._read_at = (seen.st_mtime_ns, seen.st_size)
        except OSError as fault:
            raise KeyFileWrong(f"the API keys in `{self._file.name}` cannot be read: {fault.strerror}") from fault


def new_key() -> str:
    """Make a key that nobody can guess."""
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def digest_of_key(key: str) -> str:
    """Give what is kept of a key."""
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def key_line(name: str, roles: frozenset[Role], key: str) -> str:
    """Write the line of a key file."""
    return f"{name} {','.join(sorted(roles))} {digest_of_key(key)}"


def read_keys(text: str, file: str) -> dict[str, Caller]:
    """Read a key file: callers by the digest of their key; raise KeyFileWrong naming the first line that is wrong."""
    found: dict[str, Caller] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if not parts or line.lstrip().startswith("#"):
            continue
        if len(parts) != 3 or not _is_digest(parts[2]):
            raise KeyFileWrong(f"{file}:{number}:1: a line reads `NAME ROLE[,ROLE] sha256:DIGEST`")
        found[parts[2]] = Caller(name=parts[0], roles=_roles(parts[1].split(","), f"{file}:{number}:1"))
    return found


def _is_digest(text: str) -> bool:
    kind, _, digits = text.partition(":")
    return kind == "sha256" and len(digits) == 64 and not set(digits) - set("0123456789abcdef")


def _roles(words: list[str], where: str) -> frozenset[Role]:
    known = {role.value for role in Role}
    for word in words:
        if word not in known:
            raise KeyFileWrong(f"{where}: `{word}` is no role: there are {', '.join(sorted(known))}")
    return frozenset(map(Role, words))


class KeySet:
    """The keys that tokens are signed with: a JWKS from a file or an address, fetched again when it grows old."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._keys: Mapping[str, Any] = {}
        self._read_at = -float(FRESH)

    def caller(self, token: str) -> Caller:
        """Read a token; raise Refused where it cannot be believed."""
        settings = self._settings
        try:
            key_id = jwt.get_unverified_header(token).get("kid", "")
            key = self._key(str(key_id))
            if key is None:
                raise _not_believed("it is signed with a key that is not in the key set")
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=settings.jwt_audience,
                issuer=settings.jwt_issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as fault:
            raise _not_believed(str(fault)) from fault
        named = claims.get(settings.jwt_roles, [])
        words = named.split() if isinstance(named, str) else named if isinstance(named, list) else []
        known = {role.value for role in Role}
        return Caller(name=str(claims["sub"]), roles=frozenset(Role(word) for word in words if word in known))

    def _key(self, key_id: str) -> Any:
        age = time.monotonic() - self._read_at
        with self._lock:
            if age > FRESH or (key_id not in self._keys and age > SOONEST):
                try:
                    self._keys = {str(key.key_id or ""): key for key in jwt.PyJWKSet.from_json(self._text()).keys}
                except (OSError, ValueError, jwt.PyJWTError) as fault:
                    if not self._keys:
                        raise Refused(503, "the key set that tokens are checked against cannot be read") from fault
                self._read_at = time.monotonic()
            return self._keys.get(key_id)

    def _text(self) -> str:
        where = self._settings.jwt_keys
        if not where.startswith("https:"):
            return Path(where).read_text(encoding="utf-8")
        with urllib.request.urlopen(where, timeout=SECONDS_FOR_KEYS) as answer:
            return bytes(answer.read(LARGEST_KEY_SET)).decode()


class Callers:
    """Finds out who calls, in whatever way the settings ask for."""

    def __init__(self, settings: Settings) -> None:
        self._asks = settings.asks_who
        self._keys = ApiKeys(settings.api_keys) if settings.api_keys else None
        self._key_set = KeySet(settings) if settings.jwt_keys else None

    @property
    def asks(self) -> bool:
        """Whether anybody has to say who they are."""
        return self._asks

    def find(self, headers: Mapping[str, str]) -> Caller:
        """Say who calls; raise Refused for nobody, and for somebody who is not known."""
        if not self._asks:
            return LOCAL
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        given = headers.get("x-api-key", "") or (bearer.strip() if scheme.lower() == "bearer" else "")
        if not given:
            raise _not_believed("no key and no token was given")
        if self._keys is not None and given.startswith(PREFIX):
            caller = self._keys.caller(given)
            if caller is None:
                raise _not_believed("the key is not known")
            return caller
        if self._key_set is None:
            raise _not_believed("it is no key of this service")
        return self._key_set.caller(given)


def _not_believed(why: str) -> Refused:
    return Refused(401, why, headers={"WWW-Authenticate": 'Bearer realm="rules-engine"'})


def key_set_text(keys: list[dict[str, Any]]) -> str:
    """Write a key set, as files of one are written."""
    return json.dumps({"keys": keys})
