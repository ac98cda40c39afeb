"""All that a ledger holds and concludes, as known by a day: what an export is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fogline.model.claim import Claim
from fogline.model.control import Control
from fogline.model.document import Document
from fogline.model.place import Place
from fogline.model.run import Conclusions, Run
from fogline.model.theatre import Theatre


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The claims asked for, the documents they stand in, and what is concluded from all that was known by the day.

    ``hashes`` is the SHA-256 of the stored bytes by document id; ``control`` that of the settlements asked for; ``points``
    a place by GeoNames id; ``every`` all claims known by the day, because a link may lead out of ``claims``.
    """

    claims: tuple[Claim, ...]
    every: Mapping[str, Claim]
    documents: Mapping[str, Document]
    hashes: Mapping[str, str]
    conclusions: Conclusions
    control: tuple[Control, ...]
    points: Mapping[int, Place]
    runs: tuple[tuple[Run, datetime], ...]
    theatre: Theatre
    place: str = ""
    known_by: date | None = None
    version: str = ""
