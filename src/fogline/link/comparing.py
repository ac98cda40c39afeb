"""Stage 4, compare: which claims are one voice, how the voices stand to each other, and what they answer.

Only claims of one block meet (see ``fogline.link.blocks``); never all pairs. A family meets others by its root alone, so
copies add no links but the one to their root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fogline.link import blocks, credit, explanation, facets, families, matters, overruling, polarity, quantity
from fogline.link.facets import Facet
from fogline.link.independent import owners_of
from fogline.link.wording import teller
from fogline.model import NO_RULINGS, Claim, Document, Family, Link, Matter, Reason, Relation, Rulings, Theatre


def compare(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    theatre: Theatre,
    rulings: Rulings = NO_RULINGS,
) -> tuple[tuple[Family, ...], tuple[Link, ...], tuple[Matter, ...]]:
    """Families (each claim in exactly one), links with aspect and reasons, and matters, for all claims of a ledger.

    ``documents`` are by id; ``rulings`` are what people say of voices and links. The order of the claims
    changes nothing. Links come in reading order.
    """
    read = facets.read_all(claims, documents, theatre)
    origins = credit.origins(documents.values(), theatre)
    found = families.find(read, documents, origins)
    found = overruling.regroup(found, rulings, read, lambda members: families.root_of(members, read, origins))
    links = link(read, found)
    if rulings.links:
        by_id = {facet.id: facet for facet in read}
        links = ordered(overruling.relate(links, found, rulings, by_id), by_id)
    return found, links, matters.gather(read, found, links, owners_of(theatre))


def link(read: Sequence[Facet], found: Sequence[Family]) -> tuple[Link, ...]:
    """The links of families and of their roots, in reading order."""
    by_id = {facet.id: facet for facet in read}
    links: blocks.Found = {}
    for one in repeats(found, by_id):
        links[one.a, one.b, one.aspect] = one
    for block, members in blocks.gather(by_id[family.root] for family in found).items():
        blocks.link(block, members, links)
    return ordered(links.values(), by_id)


def ordered(links: Iterable[Link], by_id: Mapping[str, Facet]) -> tuple[Link, ...]:
    """Links in reading order of their first claim, then their second, then by aspect."""
    return tuple(sorted(links, key=lambda one: (by_id[one.a].order, by_id[one.b].order, one.aspect)))


def relate(a: Claim, b: Claim, documents: Mapping[str, Document], theatre: Theatre) -> Link | None:
    """How two claims stand to each other by themselves; ``None`` where nothing ties them."""
    first, second = facets.read_all((a, b), documents, theatre)
    if len(families.find((first, second), documents, credit.origins(documents.values(), theatre))) == 1:
        return repeat(first, second)
    return next(iter(ties(first, second)), None)


def ties(a: Facet, b: Facet) -> tuple[Link, ...]:
    """All links of two claims that are not one voice, ``a`` before ``b`` in reading order, at most one in each aspect."""
    found: blocks.Found = {}
    if set(a.held) & set(b.held):
        blocks.tie(a, b, blocks.of_control(a, b, {}), found)
    if set(a.areas) & set(b.areas):
        for comparator in (quantity.compare, polarity.compare, explanation.compare):
            blocks.tie(a, b, comparator(a, b), found)
    return tuple(found.values())


def repeats(found: Iterable[Family], by_id: Mapping[str, Facet]) -> Iterable[Link]:
    """Each member of a family with its root."""
    for family in found:
        for member in family.members:
            if member != family.root:
                a, b = sorted((by_id[family.root], by_id[member]), key=lambda facet: facet.order)
                yield repeat(a, b)


def repeat(a: Facet, b: Facet) -> Link:
    """The link of two claims that are one voice."""
    detail = f"{teller(a)} and {teller(b)} are one voice."
    reason = Reason(name="one voice", detail=detail, claims=(a.id, b.id))
    return Link(a=a.id, b=b.id, relation=Relation.REPEATS, aspect=a.claim.kind.value, reasons=(reason,))
