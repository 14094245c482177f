"""Signatures that `ssh-keygen -Y sign` makes, and whose keys count.

The format is OpenSSH's PROTOCOL.sshsig. Keys are ed25519, ECDSA or RSA; whoever's key it is stands in `signers.json`.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules_engine.errors import RulesEngineError
from rules_engine.model.canonical import canonical_json

NAMESPACE = "rulebook-approval"
SIGNERS_FILE = "signers.json"
NEEDED = 2
"""How many people an approval, and a change of the signers, takes."""

_MAGIC, _VERSION = b"SSHSIG", 1
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_RSA = {b"rsa-sha2-256": "SHA256", b"rsa-sha2-512": "SHA512"}
_CURVES = {b"ecdsa-sha2-nistp256": "SHA256", b"ecdsa-sha2-nistp384": "SHA384", b"ecdsa-sha2-nistp521": "SHA512"}


class NotSigned(RulesEngineError):
    """A signature cannot be made or does not hold; the message says why."""


def signed(message: bytes, key: Path) -> str:
    """Sign a message with `ssh-keygen`, which may ask for a passphrase; raise NotSigned where that fails."""
    command = ["ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", str(key)]
    try:
        done = subprocess.run(command, input=message, capture_output=True, check=False)
    except OSError as fault:
        raise NotSigned("ssh-keygen is not there: it comes with OpenSSH") from fault
    if done.returncode:
        raise NotSigned(f"ssh-keygen did not sign: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


def verify(message: bytes, signature: str, public_key: str) -> None:
    """Hold a signature against a message and a public key as OpenSSH writes it; raise NotSigned where it fails."""
    try:
        serialization = importlib.import_module("cryptography.hazmat.primitives.serialization")
    except ImportError as fault:
        raise NotSigned("signatures are verified with the extra `approvals`: install it") from fault
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    key_blob, namespace, algorithm, blob, hashed = _parts(signature, message)
    try:
        expected = base64.b64decode(public_key.split()[1], validate=True)
        key = serialization.load_ssh_public_key(public_key.encode())
    except (ValueError, IndexError, UnsupportedAlgorithm) as fault:
        raise NotSigned("the signer's public key cannot be read: `ssh-ed25519 AAAA...` is wanted") from fault
    if key_blob != expected:
        raise NotSigned("it was made with another key than the signer's")
    if namespace != NAMESPACE.encode():
        raise NotSigned(f"it was made for another purpose than `{NAMESPACE}`")
    try:
        _held(key, algorithm, blob, hashed)
    except InvalidSignature as fault:
        raise NotSigned("it is of other words than these") from fault


def _parts(signature: str, message: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """Take a signature apart: its key, namespace, algorithm and bytes, and what was really signed."""
    lines = [line.strip() for line in signature.strip().splitlines()]
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        raise NotSigned("it is no SSH signature")
    try:
        data = base64.b64decode("".join(lines[1:-1]), validate=True)
        if data[:6] != _MAGIC or int.from_bytes(data[6:10], "big") != _VERSION:
            raise NotSigned("it is no SSH signature of version 1")
        (key, namespace, reserved, hash_name, inner), rest = _strings(data[10:], 5)
        (algorithm, blob), more = _strings(inner, 2)
    except ValueError as fault:
        raise NotSigned("it is no SSH signature: it is cut off or damaged") from fault
    if rest or more or hash_name not in (b"sha256", b"sha512"):
        raise NotSigned("it is no SSH signature of a kind that is known")
    digest = hashlib.new(hash_name.decode(), message).digest()
    hashed = _MAGIC + b"".join(_string(each) for each in (namespace, reserved, hash_name, digest))
    return key, namespace, algorithm, blob, hashed


def _held(key: Any, algorithm: bytes, blob: bytes, hashed: bytes) -> None:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

    match key:
        case ed25519.Ed25519PublicKey() if algorithm == b"ssh-ed25519":
            key.verify(blob, hashed)
        case ec.EllipticCurvePublicKey() if algorithm in _CURVES:
            (r, s), _ = _strings(blob, 2)
            whole = utils.encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
            key.verify(whole, hashed, ec.ECDSA(getattr(hashes, _CURVES[algorithm])()))
        case rsa.RSAPublicKey() if algorithm in _RSA:
            key.verify(blob, hashed, padding.PKCS1v15(), getattr(hashes, _RSA[algorithm])())
        case _:
            raise NotSigned(f"keys of the kind `{algorithm.decode(errors='replace')}` do not count")


def _strings(data: bytes, count: int) -> tuple[tuple[bytes, ...], bytes]:
    found = []
    for _ in range(count):
        length = int.from_bytes(data[:4], "big")
        if len(data) < 4 + length:
            raise ValueError("cut off")
        found.append(data[4 : 4 + length])
        data = data[4 + length :]
    return tuple(found), data


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """Whose keys count, by reference; none where there is no file. `why_not` says why a file cannot be believed."""

    keys: Mapping[str, str]
    why_not: str = ""


def read_signers(file: Path) -> Signers:
    """Read who may sign: the last list of a file in which each list is signed by two people of the one before it."""
    if not file.is_file():
        return Signers(keys={})
    try:
        lists = json.loads(file.read_text(encoding="utf-8"))["lists"]
        keys = {str(who): str(key) for who, key in lists[0]["signers"].items()}
        for number, following in enumerate(lists[1:], start=2):
            signers = {str(who): str(key) for who, key in following["signers"].items()}
            held = [who for who, made in following["signatures"].items() if _holds(signers, made, keys.get(who))]
            if len({keys[who] for who in held}) < NEEDED:
                return Signers(keys={}, why_not=f"list {number} is not signed by two people of the list before it")
            keys = signers
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Signers(keys={}, why_not='it is not `{"lists": [{"signers": {...}, "signatures": {...}}]}`')
    return Signers(keys=keys)


def signers_message(signers: Mapping[str, str]) -> bytes:
    """Give the bytes that people sign to have a list of signers count."""
    return canonical_json({"signers": dict(signers)}).encode()


def _holds(signers: Mapping[str, str], signature: str, key: str | None) -> bool:
    if key is None:
        return False
    try:
        verify(signers_message(signers), signature, key)
    except NotSigned:
        return False
    return True
