"""Text that may quote the address of a ledger, shown without the passwords in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus, unquote, unquote_plus

MASK = "***"

NAMES = frozenset({"password", "passwd", "sslpassword", "pgpassword"})
"""What a password is called in an address, a connection string or the environment; a `passfile` is only a path."""

# Both take too much rather than too little: a password may hold blanks, quotes and signs that should have been encoded.
_BEFORE_A_HOST = re.compile(r"(?<![a-z0-9+.-])(-*[a-z][a-z0-9+.-]*:/{1,2}[^\s:/?#@]*):[^\n]*@", re.IGNORECASE)
_GIVEN = re.compile(r"(?<![\w%.+-])([\w%.+-]+)\s*=\s*")
_END = re.compile(r"[\n&]|$")


def without_passwords(text: str, known: Iterable[str] = ()) -> str:
    """Mask what follows a user's name before a host, what a password's name gives, and every password that is known."""
    for secret in sorted({spelling for password in known for spelling in _spellings(password)}, key=len, reverse=True):
        text = text.replace(secret, MASK)
    text = _BEFORE_A_HOST.sub(rf"\1:{MASK}@", text)
    shown, place = "", 0
    for name in _GIVEN.finditer(text):
        if place <= name.start() and is_secret(name[1]):
            shown += text[place : name.end()] + MASK
            end = _END.search(text, name.end())
            place = end.start() if end else len(text)
    return shown + text[place:]


def is_secret(name: str) -> bool:
    """Tell whether a name is that of a password, however it is spelled."""
    return unquote(name).lower().lstrip("-") in NAMES


def _spellings(password: str) -> Iterable[str]:
    """Spell a password in every way an address or a driver may; nothing is no password."""
    spellings = (password, quote(password), quote(password, safe=""), quote_plus(password))
    return filter(None, (*spellings, unquote(password), unquote_plus(password)))
