"""Stage 4, compare: which claims are one voice, how the voices stand to each other, and what they answer.

Only claims of one block meet (see ``fogline.link.blocks``); never all pairs. A family meets others by its root alone, so
copies add no links but the one to their root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.link import blocks, credit, explanation, facets, families, matters, overruling, polarity, quantity
from fogline.link.blocks import WHOLE, Block, Part
from fogline.link.facets import Facet
from fogline.link.independent import owners_of
from fogline.link.matters import Origin
from fogline.link.one_voice import Origins
from fogline.link.wording import teller
from fogline.model import NO_RULINGS, Claim, Document, Family, Kind, Link, Matter, Reason, Relation, Rulings, Theatre
from fogline.ports import Translations

ALL_WHOLE: Mapping[Block, Part] = {}
Ends = tuple[str, str, str]
"""What a link is found by: its two claims and its aspect."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing gives, and what it rests on: facets, whom documents credit, what each matter follows from, and the block
    that each link was found in.
    """

    facets: tuple[Facet, ...]
    origins: Origins
    families: tuple[Family, ...]
    links: tuple[Link, ...]
    matters: tuple[Matter, ...]
    asked: tuple[Origin, ...]
    blocks: Mapping[Ends, Block]


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
    found = compare_all(claims, documents, theatre, rulings)
    return found.families, found.links, found.matters


def compare_all(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    theatre: Theatre,
    rulings: Rulings = NO_RULINGS,
    translations: Iterable[Translations] = (),
) -> Compared:
    """``compare``, with what it rests on; ``translations`` propose documents in two languages that may tell the same."""
    read = facets.read_all(claims, documents, theatre)
    origins = credit.origins(documents.values(), theatre)
    found = families.find(read, documents, origins, translations)
    found = overruling.regroup(
        found, rulings, read, lambda members: families.root_of(members, lambda n: families.published(read[n], origins))
    )
    by_id = {facet.id: facet for facet in read}
    roots = (by_id[family.root] for family in found)
    of_roots, where = linked(blocks.gather(roots))
    links = ordered((*repeats(found, by_id), *of_roots), by_id)
    if rulings.links:
        links = ordered(overruling.relate(links, found, rulings, by_id), by_id)
    told = matters.gather(read, found, links, owners_of(theatre))
    asked = tuple(origin for _, origin in told)
    return Compared(read, origins, found, links, tuple(matter for matter, _ in told), asked, where)


def linked(
    gathered: Mapping[Block, Sequence[Facet]], parts: Mapping[Block, Part] = ALL_WHOLE
) -> tuple[Iterable[Link], Mapping[Ends, Block]]:
    """The links of some blocks of roots, or of parts of them, and the block of each."""
    links: blocks.Found = {}
    where: dict[Ends, Block] = {}
    for block, members in gathered.items():
        own: blocks.Found = {}
        blocks.link(block, members, own, parts.get(block, WHOLE))
        links |= own
        where |= dict.fromkeys(own, block)
    return links.values(), where


def link(read: Sequence[Facet], found: Sequence[Family]) -> tuple[Link, ...]:
    """The links of families and of their roots, in reading order."""
    by_id = {facet.id: facet for facet in read}
    of_roots, _ = linked(blocks.gather(by_id[family.root] for family in found))
    return ordered((*repeats(found, by_id), *of_roots), by_id)


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
    return repeated((a.id, b.id), (teller(a), teller(b)), a.claim.kind)


def repeated(ends: tuple[str, str], tellers: tuple[str, str], kind: Kind) -> Link:
    """The link of two claims that are one voice, by who tells them (``wording.teller``) and the kind of the first."""
    detail = f"{tellers[0]} and {tellers[1]} are one voice."
    reason = Reason(name="one voice", detail=detail, claims=ends)
    return Link(a=ends[0], b=ends[1], relation=Relation.REPEATS, aspect=kind.value, reasons=(reason,))
