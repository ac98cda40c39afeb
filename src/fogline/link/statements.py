"""Two statements, each with all the claims heard in it: the one relation that says most of them.

A statement may hold several claims, and the claims of two statements may stand to each other in several ways. What
contradicts or updates is told before all else, as a reader needs it most; then that they are one voice, then what
qualifies, and what bears out last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fogline.link import facets, families
from fogline.link.comparing import repeat, ties
from fogline.link.credit import Origin, origins
from fogline.link.facets import Facet
from fogline.model import Claim, Document, Link, Relation, Theatre

_FIRST = (Relation.CONTRADICTS, Relation.UPDATES, Relation.REPEATS, Relation.QUALIFIES, Relation.CORROBORATES)
"""Which relation is told where several hold."""
_REGION = re.compile(r"\bin (?:the )?([A-Z][\w’' -]*?) (?:region|oblast|province|state|district)\b")


def compare(
    a: tuple[Document, Sequence[Claim]], b: tuple[Document, Sequence[Claim]], theatre: Theatre
) -> tuple[Link, ...]:
    """All links between the claims of two statements, the one that says most of the pair first; empty: unrelated.

    Which of the two is given first changes no relation.
    """
    documents = {document.id: document for document, _ in (a, b)}
    read = facets.read_all((*a[1], *b[1]), documents, theatre, by_name=True)
    found: list[Link] = []
    own = a[0].id
    voices = _voices(read, documents, origins(documents.values(), theatre))
    for n, first in enumerate(read):
        for second in read[n + 1 :]:
            if (first.claim.document_id == own) is (second.claim.document_id == own):
                continue
            found += _of(first, second, voices)
    return tuple(sorted(found, key=lambda link: _FIRST.index(link.relation)))


def why_unrelated(a: tuple[Document, Sequence[Claim]], b: tuple[Document, Sequence[Claim]]) -> str:
    """A sentence that says why nothing ties two statements."""
    for letter, (_, claims) in zip("ab", (a, b), strict=True):
        if not claims:
            return f"No claim about the conflict was heard in {letter}."
    one, other = (sorted({p.name for claim in claims for p in claim.places}) for _, claims in (a, b))
    if one and other and not set(one) & set(other):
        return f"They speak of different places: {', '.join(one)}; {', '.join(other)}."
    return "Nothing that one says of the place and the time confirms, denies, narrows or follows what the other says."


def _voices(
    read: Sequence[Facet], documents: Mapping[str, Document], by_whom: Mapping[str, Origin]
) -> Mapping[str, str]:
    found = families.find(read, documents, by_whom)
    return {member: family.id for family in found for member in family.members}


def _of(a: Facet, b: Facet, voices: Mapping[str, str]) -> tuple[Link, ...]:
    if voices[a.id] == voices[b.id]:
        return (repeat(a, b),)
    return () if _elsewhere(a, b) else ties(a, b)


def _elsewhere(a: Facet, b: Facet) -> bool:
    """Whether one name means two places: both are known to the gazetteer and differ, or they lie in different regions."""
    own, others = ({key for key in facet.areas if key.startswith("g")} for facet in (a, b))
    if own and others and not own & others:
        return True
    one, other = (set(_REGION.findall(facet.claim.quote)) for facet in (a, b))
    return bool(one and other) and not one & other
