"""What every adapter does with one entry: make an article of its text, or say why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fogline.errors import BadMetadata, EmptyInput, NotReadable
from fogline.model import Article, Failure
from fogline.sources.metadata import understand
from fogline.sources.opening import failure

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def made(name: str, text: str, about: Mapping[str, Any]) -> list[Article | Failure]:
    """The article of an entry's text, its bytes that text in UTF-8, after a failure for each value that cannot be used.

    It is named by its URL where it has one. An entry without text is a failure.
    """
    if not text.strip():
        return [failure(name, EmptyInput(f"{name}: its text is empty.", "Leave it out, or give it a text."))]
    given, problems = understand(about)
    remedy = "Correct it and run again, or give the value in meta.csv."
    found: list[Article | Failure] = [
        failure(name, BadMetadata(f"{name}: {problem}; read without it.", remedy)) for problem in problems
    ]
    # Half a surrogate pair is no character and has no UTF-8: it becomes U+FFFD, as in any decoder.
    raw = _LONE_SURROGATE.sub("\ufffd", text).encode("utf-8")
    return [*found, Article(name=given.url or name, raw=raw, given=given)]


def needs(package: str, what: str) -> NotReadable:
    """The error where a part that is not installed is needed; raise it from the ``ImportError``."""
    return NotReadable(
        f"{what} needs the package {package}, which is not installed.", 'Install it with: pip install "fogline[web]"'
    )
