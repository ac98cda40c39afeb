"""What a ledger holds as JSON lines sorted by id: two ledgers are the same where these are the same bytes.

The times at which it was read are left out; all else is there: articles, documents, claims and every conclusion.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from fogline.ports import Ledger
from fogline.store.encoding import to_json


def lines(ledger: Ledger) -> list[str]:
    """One line for each thing, sorted."""
    return sorted(_lines(ledger))


def digest(ledger: Ledger) -> str:
    """The SHA-256 of all lines."""
    return hashlib.sha256("\n".join(lines(ledger)).encode("utf-8", "surrogatepass")).hexdigest()


def _lines(ledger: Ledger) -> Iterator[str]:
    for document in ledger.documents():
        article = ledger.article(document.article_id)
        yield f"{article.id} {to_json(article)}"
        yield f"{document.id} {to_json(document)}"
    for claim in ledger.claims():
        yield f"{claim.id} {to_json(claim)}"
    concluded = ledger.conclusions()
    parts = (
        concluded.families,
        concluded.links,
        concluded.matters,
        concluded.sources,
        concluded.grades,
        concluded.control,
    )
    for part in parts:
        for one in part:
            yield f"{type(one).__name__} {to_json(one)}"
    for run, _ in ledger.runs():
        yield f"{run.id} {to_json(run)}"
