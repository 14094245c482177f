"""What a service is set up by: the environment, read once, each setting with its name, its default and its bounds."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rules_engine.errors import RulesEngineError

KIB = 1024

NAMES: Mapping[str, str] = {
    "RULES_ENGINE_LEDGER": "the ledger, as `--ledger` takes it",
    "RULES_ENGINE_RULES": "working copies of the rule book, as `--rules` takes them",
    "RULES_ENGINE_HOST": "the address to listen at, as `--host` takes it",
    "RULES_ENGINE_PORT": "the port to listen at, as `--port` takes it",
    "RULES_ENGINE_API_KEYS": "a file of API keys, as `rules-engine keys new` writes it",
    "RULES_ENGINE_JWT_KEYS": "the key set that JWTs are checked against: a file, or an https address",
    "RULES_ENGINE_JWT_ISSUER": "the issuer a JWT must name; needed with a key set",
    "RULES_ENGINE_JWT_AUDIENCE": "the audience a JWT must name; needed with a key set",
    "RULES_ENGINE_JWT_ROLES": "the claim of a JWT that lists roles",
    "RULES_ENGINE_STATE": "a folder for drafts, webhooks and their delivery log",
    "RULES_ENGINE_FEATURES": "the folder of features that drafts are accepted and mutated by",
    "RULES_ENGINE_MAX_BODY": "the most KiB that a body may have",
    "RULES_ENGINE_MAX_WAITING": "how many calls may be at work or wait at once",
    "RULES_ENGINE_MAX_STREAMS": "how many event streams and batches may be open at once",
    "RULES_ENGINE_JOBS": "how many jobs run side by side",
    "RULES_ENGINE_JOB_SECONDS": "how many seconds a job may take",
    "RULES_ENGINE_WEBHOOK_HOSTS": "the hosts that webhooks may be sent to, with commas; all public ones if not given",
}
"""Every variable of the environment that is looked at, with what it says."""


class SettingWrong(RulesEngineError):
    """A setting cannot be what it is; the message names it and what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a service is run. `max_body` is in bytes, `job_seconds` in seconds; a state of None is gone with the process.

    Without API keys and without a key set nobody is asked who they are, and the service is for this machine alone.
    """

    api_keys: Path | None = None
    jwt_keys: str = ""
    jwt_issuer: str = ""
    jwt_audience: str = ""
    jwt_roles: str = "roles"
    state: Path | None = None
    features: Path | None = None
    max_body: int = 2 * KIB * KIB
    max_waiting: int = 100
    max_streams: int = 50
    jobs: int = 1
    job_seconds: int = 1800
    webhook_hosts: frozenset[str] = field(default_factory=frozenset)

    @property
    def asks_who(self) -> bool:
        """Whether callers have to say who they are."""
        return self.api_keys is not None or bool(self.jwt_keys)


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings; raise SettingWrong for one that cannot be, naming it."""
    keys, jwt_keys = environment.get("RULES_ENGINE_API_KEYS"), environment.get("RULES_ENGINE_JWT_KEYS", "")
    issuer, audience = (environment.get(f"RULES_ENGINE_JWT_{name}", "") for name in ("ISSUER", "AUDIENCE"))
    if jwt_keys and not (issuer and audience):
        raise SettingWrong(
            "RULES_ENGINE_JWT_KEYS needs RULES_ENGINE_JWT_ISSUER and RULES_ENGINE_JWT_AUDIENCE beside it"
        )
    if jwt_keys.startswith("http:"):
        raise SettingWrong(
            "RULES_ENGINE_JWT_KEYS is an address without https: anybody on the way could change the keys"
        )
    state = environment.get("RULES_ENGINE_STATE")
    features = environment.get("RULES_ENGINE_FEATURES")
    hosts = environment.get("RULES_ENGINE_WEBHOOK_HOSTS", "")
    usual = Settings()
    return Settings(
        api_keys=Path(keys) if keys else None,
        jwt_keys=jwt_keys,
        jwt_issuer=issuer,
        jwt_audience=audience,
        jwt_roles=environment.get("RULES_ENGINE_JWT_ROLES") or usual.jwt_roles,
        state=Path(state) if state else None,
        features=Path(features).resolve() if features else None,
        max_body=_number(environment, "RULES_ENGINE_MAX_BODY", usual.max_body // KIB, most=64 * KIB) * KIB,
        max_waiting=_number(environment, "RULES_ENGINE_MAX_WAITING", usual.max_waiting, most=10_000),
        max_streams=_number(environment, "RULES_ENGINE_MAX_STREAMS", usual.max_streams, most=10_000),
        jobs=_number(environment, "RULES_ENGINE_JOBS", usual.jobs, most=64),
        job_seconds=_number(environment, "RULES_ENGINE_JOB_SECONDS", usual.job_seconds, most=24 * 3600),
        webhook_hosts=frozenset(filter(None, (host.strip().lower() for host in hosts.split(",")))),
    )


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _number(environment: Mapping[str, str], name: str, usual: int, *, most: int) -> int:
    given = environment.get(name, "").strip()
    if not given:
        return usual
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= most):
        raise SettingWrong(f"{name} is `{given}`: it must be a whole number from 1 to {most:,}")
    return int(given)
