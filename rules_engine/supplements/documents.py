"""What a file holds: text, a web page or a PDF, and which document of a submission is the supplement."""

from __future__ import annotations

import codecs
import re

from rules_engine.errors import RulesEngineError

MAX_BYTES = 8 * 1024 * 1024
"""A filing with its whole prospectus behind it is smaller."""

_KINDS = {
    b"PK\x03\x04": "a Word or Excel file, or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "a rich text file (RTF)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
}
"""How files start that are no text, and what a clerk calls them."""
_DOCUMENT = re.compile(r"^<DOCUMENT>[ \t]*$", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(r"^<TYPE>([^\n<]{1,40})", re.IGNORECASE | re.MULTILINE)
_SUPPLEMENT = re.compile(r"424B|FWP", re.IGNORECASE)
_PAGE = re.compile(r"<(?:t[dr]|p|div|br|body|pre|html)\b", re.IGNORECASE)


class UnreadableSupplement(RulesEngineError):
    """A file is no text a supplement could be read from; the message says what to do."""


def is_pdf(data: bytes) -> bool:
    """Tell whether a file is a PDF."""
    return data.startswith(b"%PDF")


def is_page(text: str) -> bool:
    """Tell whether a text is a web page; the tags of a plain filing, `<PAGE>` or `<TABLE>`, make none."""
    return bool(_PAGE.search(text))


def check_size(data: bytes) -> None:
    """Refuse a file that is larger than any filing."""
    if len(data) > MAX_BYTES:
        raise UnreadableSupplement(f"the file is larger than {MAX_BYTES:,} bytes: cut the supplement out of it")


def decode(data: bytes) -> str:
    """Decode a file's text, its lines ended alike; raise UnreadableSupplement where it is none."""
    if not data.strip():
        raise UnreadableSupplement("the file is empty")
    kind = next((name for start, name in _KINDS.items() if data.startswith(start)), "")
    if kind:
        raise UnreadableSupplement(f"this is {kind}: save the supplement as text or HTML, and read that")
    check_size(data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _ended_alike(data.decode("utf-16", errors="replace"))
    if b"\0" in data:
        raise UnreadableSupplement("this is not text: save the supplement as text or HTML, and read that")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # older filings are in the Windows code page; five bytes of it stand for nothing
        text = data.decode("cp1252", errors="replace")
    return _ended_alike(text)


def _ended_alike(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def supplement_in(text: str) -> str:
    """Keep, of a submission of several documents, the supplement; the lines of the others are left empty.

    Pictures and exhibits follow a supplement in its submission, and what they print is not its own.
    """
    starts = [found.start() for found in _DOCUMENT.finditer(text)]
    if not starts:
        return text
    kept = [text[: starts[0]]]
    documents = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    types = [found[1] if (found := _TYPE.search(each)) else "" for each in documents]
    wanted = [bool(_SUPPLEMENT.search(each)) for each in types]
    if not any(wanted):
        wanted[0] = True
    for document, is_wanted in zip(documents, wanted, strict=True):
        kept.append(document if is_wanted else "\n" * document.count("\n"))
    return "".join(kept)
