"""Bytes made by coverage-guided mutation, cleaned as a page, as Markdown and as text: ``python -m tests.fuzz.cleaning
-runs=100000``. No exception but ours may escape, and every mark must lie in the text.
"""

from __future__ import annotations

import logging
import sys

import atheris

with atheris.instrument_imports(include=["fogline.clean"]):
    from fogline.clean.cleaning import clean

from fogline.errors import InputError
from fogline.model import Article, Theatre

KINDS = ("text/html", "text/markdown", "text/plain")
THEATRE = Theatre(name="world")


def once(raw: bytes) -> None:
    """Clean the bytes behind the first, which says as what."""
    kind = KINDS[raw[0] % len(KINDS)] if raw else KINDS[0]
    try:
        document = clean(Article(name="fuzzed", raw=raw[1:], media_type=kind), THEATRE)
    except InputError:
        return
    ends = [0]
    for piece in document.furniture:
        assert ends[-1] <= piece.span.start < piece.span.end <= len(document.text), piece
        ends.append(piece.span.end)
    assert all(part.span.end <= len(document.text) for part in document.parts)
    for told in (document.text, document.title, document.outlet, *document.authors):
        told.encode()


if __name__ == "__main__":
    logging.disable()
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()
