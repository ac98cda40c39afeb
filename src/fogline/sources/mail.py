"""E-mail: letters (``.eml``) and boxes of them (``.mbox``), as newsletters come."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from fogline.errors import EmptyInput, InputError, NotText
from fogline.model import Article, Failure
from fogline.sources.fragments import text_of
from fogline.sources.making import made
from fogline.sources.opening import failure, load, shown

SUFFIXES = (".eml", ".mbox")
"""The endings that are read."""

_HINT = "Save the letter again as .eml, or its text as .txt."


class MailSource:
    """Reads ``.eml`` and ``.mbox`` files of at most ``max_bytes``: each letter an article.

    The outlet is the sender's name, else the domain; the title is the subject, the date that of the letter. Of a letter in
    two forms the plain one is read. Attachments are not.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the file's ending is one of those, in either case."""
        return path.suffix.lower() in SUFFIXES

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The articles in the order of the letters; a broken letter comes as a failure and the others go on."""
        name = shown(path.name)
        try:
            raw = load(path, self._max_bytes)
        except InputError as error:
            yield failure(name, error)
            return
        if path.suffix.lower() == ".eml":
            yield from letter(name, raw)
            return
        letters = boxed(raw)
        if not letters:
            yield failure(name, NotText(f"{name}: it is no mbox: no line begins with 'From '.", _HINT))
        for number, one in enumerate(letters, 1):
            yield from letter(f"{name}:{number}", one)


def boxed(raw: bytes) -> list[bytes]:
    """The letters in a box: each begins after a line "From ...", which in the text is written ">From " (mboxrd)."""
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    starts = [n for n, line in enumerate(lines) if line.startswith(b"From ") and (n == 0 or not lines[n - 1].strip())]
    ends = [*starts[1:], len(lines)] if starts else []
    return [b"\n".join(map(_unquoted, lines[start + 1 : end])) for start, end in zip(starts, ends, strict=True)]


def letter(name: str, raw: bytes) -> list[Article | Failure]:
    """The article of one letter's bytes, or a failure that says why there is none."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        if not isinstance(message, EmailMessage) or not message.keys():
            return [failure(name, NotText(f"{name}: it is no letter: it has no header.", _HINT))]
        text = _text(message)
        about = {"title": _header(message, "subject"), "outlet": _sender(message), "published": _sent(message)}
    except Exception as error:  # the parser's own faults on broken headers are of every kind
        return [failure(name, NotText(f"{name}: the letter cannot be parsed ({type(error).__name__}).", _HINT))]
    if not text.strip():
        return [failure(name, EmptyInput(f"{name}: the letter has no text of its own.", _HINT))]
    return made(name, text, about)


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    payload = body.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        text = raw.decode(body.get_content_charset("utf-8"), "replace")
    except LookupError:  # a charset that does not exist
        text = raw.decode("utf-8", "replace")
    return text_of(text) if body.get_content_type() == "text/html" else text.replace("\r\n", "\n")


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _sender(message: EmailMessage) -> str:
    shown_name, address = parseaddr(_header(message, "from"))
    return shown_name or address.rpartition("@")[2]


def _sent(message: EmailMessage) -> str:
    """The letter's date as ISO 8601; as it stands where it is none, so that it is reported."""
    text = _header(message, "date")
    try:
        return parsedate_to_datetime(text).isoformat() if text else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return text


def _unquoted(line: bytes) -> bytes:
    return line[1:] if line.lstrip(b">").startswith(b"From ") and line.startswith(b">") else line
