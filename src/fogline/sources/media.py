"""What a ``Content-Type`` says."""

from __future__ import annotations

import re

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]{1,40})""", re.IGNORECASE)


def kind(stated: str) -> str:
    """The media type in lower case, without its parameters."""
    return stated.partition(";")[0].strip().lower()


def charset(stated: str) -> str:
    """The charset in lower case, where one is stated that is another than UTF-8; that one needs no saying.

    >>> charset('text/html; Charset="Windows-1251"'), charset("text/html; charset=UTF-8")
    ('windows-1251', '')
    """
    match = _CHARSET.search(stated)
    named = match[1].lower() if match else ""
    return "" if named in ("utf-8", "utf8") else named


def with_charset(media_type: str, stated: str) -> str:
    """A media type with the charset that a ``Content-Type`` states, as an article bears it."""
    named = charset(stated)
    return f"{media_type}; charset={named}" if named else media_type
