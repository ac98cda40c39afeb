"""Stage 4, compare: which claims are one voice, how the voices stand to each other, and what they answer.

Only claims of one place and kind that are near in time meet (blocking); never all pairs. A family meets others by its
root alone, so copies add no links but the one to their root. Where many claims assert the very same, they are compared
once as a cell, and each is linked to no more than ``LIMIT`` of the other cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from fogline.link import control, date, explanation, facets, families, matters, polarity, quantity
from fogline.link.facets import Facet
from fogline.link.verdict import Verdict
from fogline.link.wording import teller
from fogline.model import Claim, Document, Family, Link, Matter, Reason, Relation, Theatre

LIMIT = 8
"""One claim is linked to at most so many claims that all assert the same."""
_NEIGHBOURS = 60
"""In a crowded block a claim is compared with so many of the next ones in time."""

_Found = dict[tuple[str, str, str], Link]
_Lost = Mapping[str, tuple[int, ...]]
_Comparator = Callable[[Facet, Facet], Verdict | None]


def compare(
    claims: Iterable[Claim], documents: Mapping[str, Document], theatre: Theatre
) -> tuple[tuple[Family, ...], tuple[Link, ...], tuple[Matter, ...]]:
    """Families (each claim in exactly one), links with aspect and reasons, and matters, for all claims of a ledger.

    ``documents`` are by id. The order of the claims changes nothing. Links come in reading order.
    """
    read = facets.read_all(claims, documents, theatre)
    found = families.find(read, documents)
    by_id = {facet.id: facet for facet in read}
    links: _Found = {}
    _repeats(found, by_id, links)
    roots = sorted((by_id[family.root] for family in found), key=lambda facet: facet.order)
    _link_control(roots, links)
    _link_others(roots, links)
    ordered = sorted(links.values(), key=lambda link: (by_id[link.a].order, by_id[link.b].order, link.aspect))
    return found, tuple(ordered), matters.gather(read, found, ordered)


def relate(a: Claim, b: Claim, documents: Mapping[str, Document], theatre: Theatre) -> Link | None:
    """How two claims stand to each other by themselves; ``None`` where nothing ties them."""
    first, second = facets.read_all((a, b), documents, theatre)
    if len(families.find((first, second), documents)) == 1:
        return repeat(first, second)
    return next(iter(ties(first, second)), None)


def ties(a: Facet, b: Facet) -> tuple[Link, ...]:
    """All links of two claims that are not one voice, ``a`` before ``b`` in reading order, at most one in each aspect."""
    found: _Found = {}
    if not set(a.areas) & set(b.areas) and not set(a.held) & set(b.held):
        return ()
    if set(a.held) & set(b.held):
        _tie(a, b, _of_control(a, b, {}), found)
    for comparator in (quantity.compare, polarity.compare, explanation.compare):
        _tie(a, b, comparator(a, b), found)
    return tuple(found.values())


def _repeats(found: Iterable[Family], by_id: Mapping[str, Facet], links: _Found) -> None:
    for family in found:
        for member in family.members:
            if member != family.root:
                a, b = sorted((by_id[family.root], by_id[member]), key=lambda facet: facet.order)
                links[a.id, b.id, a.claim.kind.value] = repeat(a, b)


def repeat(a: Facet, b: Facet) -> Link:
    """The link of two claims that are one voice."""
    detail = f"{teller(a)} and {teller(b)} are one voice."
    reason = Reason(name="one voice", detail=detail, claims=(a.id, b.id))
    return Link(a=a.id, b=b.id, relation=Relation.REPEATS, aspect=a.claim.kind.value, reasons=(reason,))


def _link_control(roots: Iterable[Facet], links: _Found) -> None:
    blocks: dict[str, list[Facet]] = defaultdict(list)
    for facet in roots:
        if facet.states:
            for place in facet.held:
                blocks[place].append(facet)
    for place in sorted(blocks):
        _link_block_of_control(blocks[place], links)


def _link_block_of_control(block: Sequence[Facet], links: _Found) -> None:
    cells: dict[tuple[object, ...], list[Facet]] = defaultdict(list)
    for facet in block:
        cells[_signature(facet)].append(facet)
    lost = _lost(block)
    for members in cells.values():
        _link_cells(members, members, lost, links)
    dated = sorted((c for c in cells.values() if c[0].start is not None), key=lambda c: (c[0].start or 0, c[0].order))
    for i, cell in enumerate(dated):
        horizon = (cell[0].end or 0) + control.NEAR
        updated = False
        for j in range(i + 1, len(dated)):
            other = dated[j]
            start = other[0].start or 0
            if start > horizon:
                break
            far = start - (cell[0].end or 0) > control.REPORTED
            if far and updated and not (cell[0].takes and other[0].takes):
                continue  # so far apart only another date of one capture is of interest
            relation = _link_cells(cell, other, lost, links, updates=not updated)
            updated = updated or relation is Relation.UPDATES
    by_document: dict[str, list[list[Facet]]] = defaultdict(list)
    for cell in cells.values():
        if cell[0].start is None:
            by_document[cell[0].claim.document_id].append(cell)
    for undated in by_document.values():
        for i, cell in enumerate(undated):
            for other in undated[i + 1 :]:
                _link_cells(cell, other, lost, links)


def _lost(block: Iterable[Facet]) -> _Lost:
    """For each holder, the days on which another side is said to have taken the place."""
    taken = [(f.holder, (f.start + f.end) // 2) for f in block if f.takes and f.dated and f.start and f.end]
    holders = {holder for holder, _ in taken}
    return {one: tuple(sorted({day for holder, day in taken if holder != one})) for one in holders}


def _signature(facet: Facet) -> tuple[object, ...]:
    """All that the comparators of control and date look at, voices apart."""
    claim = facet.claim
    return (
        tuple(sorted(facet.states)),
        facet.holder,
        facet.denied,
        facet.partial,
        facet.extent,
        facet.takes,
        facet.dated,
        facet.start,
        facet.end,
        claim.modality,
        claim.certainty,
        "" if facet.start is not None else (claim.document_id, claim.speaker.name),
    )


def _link_cells(
    cell: Sequence[Facet],
    other: Sequence[Facet],
    lost: _Lost,
    links: _Found,
    *,
    updates: bool = True,
) -> Relation | None:
    """Link the claims of two cells (or of one with itself) by what their first claims say of each other."""
    within = cell is other
    if within and len(cell) < 2:
        return None
    sample = _of_control(cell[0], cell[1] if within else other[0], lost)
    if sample is None or (sample.relation is Relation.UPDATES and not updates):
        return None
    for i, facet in enumerate(cell):
        partners = cell[i + 1 : i + 1 + LIMIT] if within else other[:LIMIT]
        for partner in partners:
            _link_pair(facet, partner, lost, links)
    if not within:
        for partner in other[LIMIT:]:
            for facet in cell[:LIMIT]:
                _link_pair(facet, partner, lost, links)
    return sample.relation


def _link_pair(a: Facet, b: Facet, lost: _Lost, links: _Found) -> None:
    first, second = (a, b) if a.order < b.order else (b, a)
    _tie(first, second, _of_control(first, second, lost), links)


def _of_control(a: Facet, b: Facet, lost: _Lost) -> Verdict | None:
    if a.takes and b.takes and a.dated and b.dated and a.holder == b.holder and a.extent.part == b.extent.part:
        return date.compare(a, b, lost.get(a.holder, ()))
    return control.compare(a, b)


def _link_others(roots: Sequence[Facet], links: _Found) -> None:
    acts: dict[tuple[str, ...], list[Facet]] = defaultdict(list)
    amounts: dict[tuple[str, ...], list[Facet]] = defaultdict(list)
    purposes: dict[tuple[str, ...], list[Facet]] = defaultdict(list)
    for facet in roots:
        claim = facet.claim
        undated = "" if facet.start is not None else claim.document_id
        for place in facet.areas:
            if claim.actor:
                acts[(place, claim.kind.value, claim.actor, undated)].append(facet)
            if explanation.speaks(facet):
                purposes[(place,)].append(facet)
            if claim.quantities and facet.start is not None:
                amounts[(place, claim.kind.value)].append(facet)
    for block in acts.values():
        _link_near(block, polarity.compare, polarity.WINDOW, links, lambda facet: facet.start or 0)
    for block in amounts.values():
        _link_near(block, quantity.compare, quantity.WINDOW, links, lambda facet: facet.start or 0)
    for block in purposes.values():
        _link_near(block, explanation.compare, explanation.WINDOW, links, lambda facet: facet.said or 0)


def _link_near(
    block: Sequence[Facet], comparator: _Comparator, window: int, links: _Found, day: Callable[[Facet], int]
) -> None:
    ordered = sorted(block, key=lambda facet: (day(facet), facet.order))
    for i, facet in enumerate(ordered):
        reach = day(facet) + facet.width + window
        for other in ordered[i + 1 : i + 1 + _NEIGHBOURS]:
            if day(other) > reach:
                break
            a, b = (facet, other) if facet.order < other.order else (other, facet)
            _tie(a, b, comparator(a, b), links)


def _tie(a: Facet, b: Facet, verdict: Verdict | None, links: _Found) -> None:
    """Keep the first link of two claims in each aspect."""
    if verdict is None or (verdict.relation is Relation.CORROBORATES and _one_voice(a, b)):
        return
    key = (a.id, b.id, verdict.aspect)
    if key not in links:
        links[key] = _link(a, b, verdict)


def _one_voice(a: Facet, b: Facet) -> bool:
    """Whether one speaker says both: nobody bears himself out."""
    if a.voice and a.voice == b.voice:
        return True
    return a.claim.document_id == b.claim.document_id and a.claim.speaker == b.claim.speaker


def _link(a: Facet, b: Facet, verdict: Verdict) -> Link:
    return Link(a=a.id, b=b.id, relation=verdict.relation, aspect=verdict.aspect, reasons=verdict.reasons)
