"""Which claims are one voice.

Claims are joined pair by pair (``fogline.link.one_voice``), and whatever hangs together is a family. Every claim is in
exactly one family; alone, it is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from fogline.link.credit import NOWHERE, Origin
from fogline.link.facets import Facet, in_order
from fogline.link.groups import Groups
from fogline.link.one_voice import Tie, copied_documents, ties
from fogline.model import Document, Family, Reason
from fogline.ports import Translations


def find(
    facets: Sequence[Facet],
    documents: Mapping[str, Document],
    origins: Mapping[str, Origin] | None = None,
    translations: Iterable[Translations] = (),
) -> tuple[Family, ...]:
    """The families of all claims, by their first member in reading order.

    ``origins`` tell whom each document credits, by document id (see ``credit``); ``translations`` propose documents in two
    languages that may tell the same.
    """
    speaking = {facet.claim.document_id for facet in facets}
    told = sorted((documents[one] for one in speaking if one in documents), key=in_order)
    place = {document.id: n for n, document in enumerate(told)}
    proposed = {pair for one in translations for pair in one.propose(told)}
    translated = sorted(proposed, key=lambda pair: (place[pair[0]], place[pair[1]]))
    from_whom = origins or {}
    found = ties(facets, copied_documents(told), from_whom, translated=translated)
    return joined(facets, found, from_whom)


def joined(facets: Sequence[Facet], found: Iterable[Tie], from_whom: Mapping[str, Origin]) -> tuple[Family, ...]:
    """The families that ties make of claims in reading order, by their first member."""
    groups = Groups(len(facets))
    kept: list[Tie] = [tie for tie in found if groups.join(tie.a, tie.b)]
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for tie in kept:
        reasons[groups.root(tie.a)].append(tie.reason)
    return tuple(
        Family(
            root=facets[root_of(members, facets, from_whom)].id,
            members=tuple(facets[m].id for m in members),
            reasons=tuple(reasons[group]),
        )
        for group, members in groups.members()
    )


def root_of(members: Sequence[int], facets: Sequence[Facet], from_whom: Mapping[str, Origin]) -> int:
    """The member published by an outlet that other members credit, or else the earliest."""
    if len(members) == 1:
        return members[0]
    credited = {relay.name.casefold() for m in members for relay in facets[m].claim.attribution.chain[1:-1]}
    origin = {m: from_whom.get(facets[m].claim.document_id, NOWHERE) for m in members}
    credited |= {one.agency for one in origin.values() if one.agency}
    own = [
        m
        for m in members
        if credited & {facets[m].claim.outlet.name.casefold(), origin[m].outlet} and not origin[m].agency
    ]
    return min(own or members)
