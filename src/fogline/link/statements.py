"""Two statements, each with all the claims heard in it: the one relation that says most of them.

A statement may hold several claims, and the claims of two statements may stand to each other in several ways. What
contradicts or updates is told before all else, as a reader needs it most; then that they are one voice, then what
qualifies, and what bears out last. Two statements say more of each other than two claims of a ledger: that a person put them
side by side. So a sentence that names neither place nor day speaks of those of its statement, and what is asked of
``progress`` and ``causes`` is asked of statements alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from fogline.link import causes, facets, families, progress, speakers
from fogline.link.blocks import Found, tie
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
    read = _in_context(facets.read_all((*a[1], *b[1]), documents, theatre, by_name=True))
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
    if _elsewhere(a, b):
        return ()
    found: Found = {(link.a, link.b, link.aspect): link for link in ties(a, b)}
    if set(a.areas) & set(b.areas):
        for comparator in (progress.compare, causes.compare):
            tie(a, b, comparator(a, b), found)
    if speakers.one_mouth(a, b) and (speakers.same_words(a, b) or _agree(found.values())):
        return (repeat(a, b),)
    return tuple(found.values())


def _agree(links: Collection[Link]) -> bool:
    """Whether all that ties two claims is that they say the same."""
    return bool(links) and all(link.relation is Relation.CORROBORATES for link in links)


def _in_context(read: Sequence[Facet]) -> tuple[Facet, ...]:
    """The facets, those that name neither place nor day with the places and the day of their statement."""
    placed = {f.claim.document_id: f for f in reversed(read) if f.areas}
    dated = {f.claim.document_id: f for f in reversed(read) if f.areas and f.dated}
    return tuple(
        facet
        if facet.areas
        else _placed(facet, placed.get(facet.claim.document_id), dated.get(facet.claim.document_id))
        for facet in read
    )


def _placed(facet: Facet, placed: Facet | None, dated: Facet | None) -> Facet:
    if placed is None:
        return facet
    there = replace(facet, areas=placed.areas, points=placed.points)
    if facet.dated or dated is None:
        return there
    return replace(there, start=dated.start, end=dated.end, dated=True)


def _elsewhere(a: Facet, b: Facet) -> bool:
    """Whether one name means two places: both are known to the gazetteer and differ, or they lie in different regions."""
    own, others = ({key for key in facet.areas if key.startswith("g")} for facet in (a, b))
    if own and others and not own & others:
        return True
    one, other = (set(_REGION.findall(facet.claim.quote)) for facet in (a, b))
    return bool(one and other) and not one & other
