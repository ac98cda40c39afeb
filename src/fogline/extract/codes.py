"""A claim's kind in the words of event coders."""

from __future__ import annotations

from fogline.extract.lexicon import read
from fogline.model import Codes, Kind


def codes(kind: Kind, holder: str = "", home: str = "") -> Codes:
    """PLOVER event type, CAMEO root code and ACLED sub-event type of a kind (names only; none of their data is used).

    ``home`` is the side in whose country the place lies: ACLED names a capture by it "Government regains territory".

    >>> codes(Kind.WITHDRAWAL).plover
    'RETREAT'
    """
    entry = read("codes").get(kind.value)
    if entry is None:
        return Codes()
    acled = entry["acled"]
    if kind is Kind.CONTROL and holder and holder == home:
        acled = "Government regains territory"
    return Codes(plover=entry["plover"], cameo=entry["cameo"], acled=acled)
