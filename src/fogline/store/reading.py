"""What a reading must be to be stored, whichever store keeps it."""

from __future__ import annotations

from fogline.errors import LedgerError
from fogline.model import Claim, Reading


def check(reading: Reading) -> None:
    """Raise ``LedgerError`` for a reading whose article, document and claims do not belong together."""
    if reading.document.article_id != reading.article.id:
        raise LedgerError(
            f"{reading.article.name}: the document {reading.document.id} is of the article "
            f"{reading.document.article_id}, not of {reading.article.id}.",
            "Store a document with the article it was made from.",
        )
    stray = next((claim for claim in reading.claims if claim.document_id != reading.document.id), None)
    if stray is not None:
        raise LedgerError(
            f"{reading.article.name}: the claim {stray.id} is of the document {stray.document_id}, not of "
            f"{reading.document.id}.",
            "Store claims with the document they were heard in.",
        )


def distinct(reading: Reading) -> list[Claim]:
    """The claims in the order of the text, then by id; of two that bear one id the first."""
    kept = {claim.id: claim for claim in reversed(reading.claims)}
    return sorted(kept.values(), key=lambda claim: (claim.span, claim.id))
