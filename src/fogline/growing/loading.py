"""What an amendment has read of a ledger so far: claims as people let them stand, their documents' ends, facets of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from fogline.link.credit import Crediting, Origin
from fogline.link.facets import Facet, Reader
from fogline.model import BEFORE_ALL, BEHIND_ALL, Claim, Document, Growth, Judgement, Theatre
from fogline.ports import KeepsGrounds
from fogline.review.deciding import counted


class Loaded:
    """The claims that were asked for, each read once; what is gone, or does not count, is left out."""

    def __init__(self, ledger: KeepsGrounds, theatre: Theatre, judgements: Sequence[Judgement], growth: Growth) -> None:
        self._ledger, self._theatre, self._judgements = ledger, theatre, judgements
        self._reader = Reader(theatre, keep=True)
        self.claims: dict[str, Claim] = {}
        self._left_out: set[str] = set()
        self.documents: dict[str, Document] = {}
        self.origins = _Origins(self.documents, theatre)
        self.gone = counted(growth.gone, judgements)
        """Claims that were concluded and no longer are there; those heard again, in a new reading, among them."""
        self.gone_ids = {claim.id for claim in growth.gone} - {claim.id for claim in growth.added}
        self.added = self.take(growth.added)
        """Claims that count and are not concluded yet."""
        self._documented(self.gone)

    def take(self, claims: Iterable[Claim]) -> list[Claim]:
        """Those of the claims that count, kept with their documents."""
        found = [claim for claim in counted(claims, self._judgements) if claim.id not in self.gone_ids]
        self.claims |= {claim.id: claim for claim in found}
        self._documented(found)
        return found

    def near(self, keys: Collection[int]) -> list[Claim]:
        """Concluded claims that have any of these names."""
        return self.named(self._ledger.near([(key, BEFORE_ALL, BEHIND_ALL) for key in keys]))

    def named(self, ids: Collection[str]) -> list[Claim]:
        """The claims of these ids that count."""
        missing = set(ids) - self.claims.keys() - self._left_out
        self._left_out |= missing - {claim.id for claim in self.take(self._ledger.claims_named(missing))}
        return [self.claims[name] for name in sorted(ids) if name in self.claims]

    def facets(self, claims: Iterable[Claim]) -> tuple[Facet, ...]:
        """The facets of these claims, each once, in reading order."""
        return self._reader.read({claim.id: claim for claim in claims}.values(), self.documents)

    def _documented(self, claims: Iterable[Claim]) -> None:
        missing = {claim.document_id for claim in claims} - self.documents.keys()
        fresh: Mapping[str, Document] = self._ledger.ends_of(missing) if missing else {}
        self.documents.update(fresh)


class _Origins(Mapping[str, Origin]):
    """The origins of documents that were read, each told once it is asked for: most are read for their day alone."""

    def __init__(self, documents: Mapping[str, Document], theatre: Theatre) -> None:
        self._documents = documents
        self._crediting = Crediting(theatre)
        self._told: dict[str, Origin] = {}

    def __getitem__(self, name: str) -> Origin:
        if name not in self._told:
            self._told[name] = self._crediting.origin(self._documents[name])
        return self._told[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
