"""Which claims are one voice.

Claims are joined pair by pair (``fogline.link.one_voice``), and whatever hangs together is a family. Every claim is in
exactly one family; alone, it is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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

    def of(number: int) -> Published:
        return published(facets[number], from_whom)

    kept: list[Tie] = [tie for tie in found if groups.join(tie.a, tie.b)]
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for tie in kept:
        reasons[groups.root(tie.a)].append(tie.reason)
    return tuple(
        Family(
            root=facets[root_of(members, of)].id,
            members=tuple(facets[m].id for m in members),
            reasons=tuple(reasons[group]),
        )
        for group, members in groups.members()
    )


@dataclass(frozen=True, slots=True)
class Published:
    """By whom a claim is published (folded), through whom it was heard (folded), and whom its document credits."""

    outlet: str
    relays: tuple[str, ...]
    origin: Origin


def published(facet: Facet, from_whom: Mapping[str, Origin]) -> Published:
    """How a claim came to be read; ``from_whom`` tells whom each document credits."""
    claim = facet.claim
    relays = tuple(relay.name.casefold() for relay in claim.attribution.chain[1:-1])
    return Published(claim.outlet.name.casefold(), relays, from_whom.get(claim.document_id, NOWHERE))


def root_of(members: Sequence[int], of: Callable[[int], Published]) -> int:
    """The member published by an outlet that other members credit, or else the earliest; ``of`` tells how each was published."""
    if len(members) == 1:
        return members[0]
    told = {m: of(m) for m in members}
    credited = {relay for one in told.values() for relay in one.relays}
    credited |= {one.origin.agency for one in told.values() if one.origin.agency}
    own = [m for m, one in told.items() if credited & {one.outlet, one.origin.outlet} and not one.origin.agency]
    return min(own or members)
