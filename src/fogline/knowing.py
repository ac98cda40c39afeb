"""What is known on a day: by all of a ledger, or by its part about one settlement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from fogline.concluding import conclude
from fogline.excerpt import Excerpt
from fogline.model import Claim, Conclusions, Control, Document, Theatre, was_out
from fogline.ports import Ledger

if TYPE_CHECKING:
    from fogline.publish.evidence import Rest


class Knows(Protocol):
    """Tells what is known on a day, and what is to be known beside it to tell of it."""

    def known(self, theatre: Theatre, day: date | None) -> tuple[tuple[Claim, ...], dict[str, Document], Conclusions]:
        """The claims that count, their documents by id, and what is concluded, as known on ``day`` (``None``: all)."""

    def hashes_of(self, documents: Mapping[str, Document]) -> Mapping[str, str]:
        """The SHA-256 of the stored bytes of these documents by id."""

    def concluded(self, geonameid: int | None, day: date | None) -> tuple[Control, ...] | None:
        """The control of a settlement as it was concluded of all; ``None`` where it has to be worked out from what is known."""

    @property
    def texts(self) -> Mapping[str, Document] | None:
        """The documents by id with their text, where those that ``known`` gives may lack it."""

    @property
    def rest(self) -> Rest | None:
        """What is to be known of the rest of a ledger of which only a part is at hand."""


def knows(ledger: Ledger) -> Knows:
    """A ledger, or a part of one, as what tells of what is known."""
    return ledger if isinstance(ledger, Excerpt) else Whole(ledger)


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a ledger."""

    ledger: Ledger

    def known(self, theatre: Theatre, day: date | None) -> tuple[tuple[Claim, ...], dict[str, Document], Conclusions]:
        """See ``Knows``: of a past day it is concluded from what had been published by then."""
        from fogline.review.deciding import counted

        judgements = self.ledger.judgements()
        # A build may add between the questions: asked for last, documents lack none that the claims are of, and the rest waits.
        heard = counted(self.ledger.claims(), judgements)
        documents = {document.id: document for document in self.ledger.documents()}
        claims = tuple(claim for claim in heard if claim.document_id in documents)
        if day is None:
            return claims, documents, self.ledger.conclusions()
        documents = {name: document for name, document in documents.items() if was_out(document, day)}
        claims = tuple(claim for claim in claims if claim.document_id in documents)
        return claims, documents, conclude(claims, documents, theatre, judgements=judgements)

    def hashes_of(self, documents: Mapping[str, Document]) -> Mapping[str, str]:
        """See ``Knows``."""
        return Hashes(self.ledger, documents)

    def concluded(self, geonameid: int | None, day: date | None) -> None:
        """See ``Knows``: all from which it follows is at hand."""

    @property
    def texts(self) -> None:
        """See ``Knows``."""

    @property
    def rest(self) -> None:
        """See ``Knows``."""


class Hashes(Mapping[str, str]):
    """The SHA-256 of the stored bytes by document id: an article is read when its hash is asked for, and not before."""

    def __init__(self, ledger: Ledger, documents: Mapping[str, Document]) -> None:
        self._ledger, self._documents = ledger, documents

    def __getitem__(self, document_id: str) -> str:
        return self._ledger.article(self._documents[document_id].article_id).sha256

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
