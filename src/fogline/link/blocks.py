"""Which claims meet at all: blocks of claims of one place, sort and stretch of time, and the links within one block.

A block is named by what its claims share, so that a ledger can keep the names beside the claims and ask for the blocks
that new claims touch. Every pair of claims belongs to exactly one block, the first that both are in: the links of all
blocks together are the links from scratch, whichever blocks are worked out again.

The number of pairs compared grows with the number of claims and no faster: a claim is compared with no more than
``NEIGHBOURS`` that follow it in time in each of its blocks, and claims that assert the very same are compared once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fogline.link import act, control, date, explanation, polarity, quantity
from fogline.link.facets import Facet, gap
from fogline.link.verdict import Verdict
from fogline.model import Link, Relation

NEIGHBOURS = 24
"""In a crowded block a claim is compared with so many of the next ones in time."""
FURTHEST = 4 * NEIGHBOURS
"""The next change of control is looked for among so many of the next states told."""
LIMIT = 8
"""One claim is linked to at most so many claims that all assert the same."""
CONTROL, ACT, AMOUNT, PURPOSE = "control", "act", "amount", "purpose"
_SPANS = {CONTROL: 400, ACT: 61, AMOUNT: 151, PURPOSE: 61}
"""How many days a block spans; what is further apart than that never meets."""

Block = tuple[str, str, str, int]
"""Sort of block, place, what else is shared (a class of act, a thing counted, a document), and stretch of time."""
Found = dict[tuple[str, str, str], Link]
Compared = dict[tuple[str, str, bool], Verdict | None]
"""What was found of two claims of control (ids), and whether later states were asked for: it hangs on the two alone."""
_Lost = Mapping[str, tuple[int, ...]]
_UNDATED = -1


def of(facet: Facet) -> frozenset[Block]:
    """The blocks a claim is in: for each place and each thing it says, the stretch its time is in and the next one."""
    found: set[Block] = set()
    if facet.states:
        found.update(_timed(CONTROL, facet, facet.held, ("",)))
    elif facet.claim.kind in polarity.EVENTS:
        found.update(_timed(ACT, facet, facet.areas, _acts(facet)))
    if facet.claim.quantities or act.read(facet.claim.quote).toll is not None:
        found.update(_timed(AMOUNT, facet, facet.areas, quantity.things(facet)))
    if explanation.speaks(facet):
        found.update(_timed(PURPOSE, facet, facet.areas, ("",)))
    return frozenset(found)


def _acts(facet: Facet) -> frozenset[str]:
    kind = facet.claim.kind
    classes = act.read(facet.claim.quote).classes
    return classes | {f"[{kind.value}]"} if kind in polarity.ONE_MOVE or not classes else classes


def _timed(sort: str, facet: Facet, places: Iterable[str], shared: Iterable[str]) -> Iterator[Block]:
    start, end = (facet.said, facet.said) if sort == PURPOSE else (facet.start, facet.end)
    span = _SPANS[sort]
    for place in places:
        for what in shared:
            if start is None or end is None:
                if sort != AMOUNT:
                    yield sort, place, f"{what}/{facet.claim.document_id}", _UNDATED
            else:
                yield from ((sort, place, what, stretch) for stretch in {start // span, start // span + 1})


def gather(facets: Iterable[Facet], least: int = 2) -> Mapping[Block, list[Facet]]:
    """All blocks of these claims with at least so many members, each in the order given."""
    blocks: dict[Block, list[Facet]] = defaultdict(list)
    for facet in facets:
        for block in of(facet):
            blocks[block].append(facet)
    return {block: members for block, members in blocks.items() if len(members) >= least}


@dataclass(frozen=True, slots=True)
class Part:
    """Of a block only a part: links from claims that stand from ``since`` to ``until`` (days) to those behind them.

    From before ``since`` the next change of control alone. ``takings`` are further claims of the block, which may say when a side
    took the place. ``compared`` keeps what was found, where most of the same claims are compared again; ``None``: it is not kept.
    """

    since: int
    until: int
    takings: tuple[Facet, ...] = ()
    compared: Compared | None = None


WHOLE = Part(since=-(2**31), until=2**31 - 1)


def link(block: Block, members: Sequence[Facet], found: Found, part: Part = WHOLE) -> None:
    """Add the links of one block, or of a part of it, to those found."""
    if block[0] == CONTROL:
        _Control(block, members, found, part).link()
        return
    comparator = {ACT: polarity.compare, AMOUNT: quantity.compare, PURPOSE: explanation.compare}[block[0]]
    window = _window(block)
    ordered = sorted(members, key=lambda facet: (day_in(block, facet), facet.order))
    for i, facet in enumerate(ordered):
        if not part.since <= day_in(block, facet) <= part.until:
            continue
        reach = day_in(block, facet) + facet.width + window
        for other in ordered[i + 1 : i + 1 + NEIGHBOURS]:
            if day_in(block, other) > reach:
                break
            if belongs(block, facet, other):
                a, b = (facet, other) if facet.order < other.order else (other, facet)
                tie(a, b, comparator(a, b), found)


def _window(block: Block) -> int:
    """How many days after the end of one claim another may start and still say something of it."""
    if block[0] == ACT:
        return polarity.REACH if block[2] == polarity.LASTING else polarity.WINDOW
    return quantity.WINDOW if block[0] == AMOUNT else explanation.WINDOW


def belongs(block: Block, a: Facet, b: Facet) -> bool:
    """Whether this is the block of the pair: the first of its sort that both are in."""
    sort, place, what, stretch = block
    if stretch != _UNDATED and stretch != max(day_in(block, a), day_in(block, b)) // _SPANS[sort]:
        return False
    own, other = (a.held, b.held) if sort == CONTROL else (a.areas, b.areas)
    if len(own) > 1 and len(other) > 1 and place != min(set(own) & set(other)):
        return False
    if sort == ACT:
        return stretch == _UNDATED or what == min(_acts(a) & _acts(b))
    return sort != AMOUNT or what == min(quantity.things(a) & quantity.things(b))


def day_in(block: Block, facet: Facet) -> int:
    """The day at which a claim stands in a block: its claims are compared in this order."""
    return (facet.said if block[0] == PURPOSE else facet.start) or 0


def taken_on(block: Block, facet: Facet) -> int | None:
    """The day on which a side is said to have taken the place, in a block of control: it parts captures by another side."""
    if block[0] != CONTROL or not (facet.takes and facet.dated and facet.start and facet.end):
        return None
    return (facet.start + facet.end) // 2


def tie(a: Facet, b: Facet, verdict: Verdict | None, found: Found) -> None:
    """Keep the link of two claims in each aspect; nobody bears himself out, and no sentence contradicts itself."""
    if verdict is None or (verdict.relation is Relation.CORROBORATES and _one_voice(a, b)) or _one_passage(a, b):
        return
    found[a.id, b.id, verdict.aspect] = Link(
        a=a.id, b=b.id, relation=verdict.relation, aspect=verdict.aspect, reasons=verdict.reasons
    )


def _one_passage(a: Facet, b: Facet) -> bool:
    """Whether one mouth says both in one breath: what stands in a sentence together is meant together."""
    x, y = a.claim, b.claim
    return x.document_id == y.document_id and x.span.overlaps(y.span)


def _one_voice(a: Facet, b: Facet) -> bool:
    if a.voice and a.voice == b.voice:
        return True
    return a.claim.document_id == b.claim.document_id and a.claim.speaker == b.claim.speaker


def of_control(
    a: Facet, b: Facet, lost: _Lost, *, updates: bool = True, compared: Compared | None = None
) -> Verdict | None:
    """The relation of two claims of who holds a place, or when it was taken."""
    if a.takes and b.takes and a.dated and b.dated and a.holder == b.holder and a.extent.part == b.extent.part:
        return date.compare(a, b, lost.get(a.holder, ()))
    if compared is None:
        return control.compare(a, b, updates=updates)
    pair = a.id, b.id, updates
    if pair not in compared:
        compared[pair] = control.compare(a, b, updates=updates)
    return compared[pair]


class _Control:
    """The links of one block of claims of control, by cells of claims that assert the very same."""

    def __init__(self, block: Block, members: Sequence[Facet], found: Found, part: Part) -> None:
        self._block, self._members, self._found, self._part = block, members, found, part
        self._lost = _lost(block, (*members, *part.takings))

    def link(self) -> None:
        cells: dict[tuple[object, ...], list[Facet]] = defaultdict(list)
        for facet in sorted(self._members, key=lambda facet: facet.order):
            cells[signature(facet)].append(facet)
        ordered = sorted(cells.values(), key=lambda cell: (cell[0].start or 0, cell[0].order))
        for i, cell in enumerate(ordered):
            day = cell[0].start or 0
            if day > self._part.until:
                break
            if day >= self._part.since:
                self._cells(cell, cell)
                self._following(
                    cell, ordered[i + 1 :] if cell[0].start is None else ordered[i + 1 : i + 1 + NEIGHBOURS]
                )
            self._next_change(cell, ordered, i + 1)

    def _following(self, cell: Sequence[Facet], others: Sequence[Sequence[Facet]]) -> None:
        for other in others:
            if (gap(cell[0], other[0]) or 0) > date.APART:
                break
            if len(cell) == len(other) == 1:
                self._pair(cell[0], other[0], updates=False)
            elif self._compare(*_in_order(cell[0], other[0]), updates=False) is not None:
                self._cells(cell, other)

    def _next_change(self, cell: Sequence[Facet], ordered: Sequence[Sequence[Facet]], at: int) -> None:
        """The next state that is another one: a cell updates no more than one, however far off."""
        for other in ordered[at : at + FURTHEST]:
            if not cell[0].states & other[0].states or other[0].holder != cell[0].holder:
                sample = self._compare(*_in_order(cell[0], other[0]))
                if sample is not None and sample.relation is Relation.UPDATES:
                    self._cells(cell, other)
                    return

    def _cells(self, cell: Sequence[Facet], other: Sequence[Facet]) -> None:
        """Link the claims of two cells, or of one with itself: each to no more than ``LIMIT`` of the other."""
        within = cell is other
        for i, facet in enumerate(cell):
            for partner in cell[i + 1 : i + 1 + LIMIT] if within else other[:LIMIT]:
                self._pair(facet, partner)
        if not within:
            for partner in other[LIMIT:]:
                for facet in cell[:LIMIT]:
                    self._pair(facet, partner)

    def _pair(self, one: Facet, other: Facet, *, updates: bool = True) -> None:
        if belongs(self._block, one, other):
            a, b = _in_order(one, other)
            tie(a, b, self._compare(a, b, updates=updates), self._found)

    def _compare(self, a: Facet, b: Facet, *, updates: bool = True) -> Verdict | None:
        return of_control(a, b, self._lost, updates=updates, compared=self._part.compared)


def _in_order(one: Facet, other: Facet) -> tuple[Facet, Facet]:
    return (one, other) if one.order < other.order else (other, one)


def _lost(block: Block, told: Iterable[Facet]) -> _Lost:
    """For each holder, the days on which another side is said to have taken the place."""
    taken = {(f.holder, day) for f in told if (day := taken_on(block, f)) is not None}
    holders = {holder for holder, _ in taken}
    return {one: tuple(sorted({day for holder, day in taken if holder != one})) for one in holders}


def signature(facet: Facet) -> tuple[object, ...]:
    """All that the comparators of control and date look at, voices apart."""
    claim = facet.claim
    return (
        facet.states,
        facet.holder,
        facet.denied,
        facet.partial,
        facet.extent,
        facet.takes,
        facet.dated,
        facet.start,
        facet.end,
        facet.modality,
        claim.certainty,
        facet.held,
        "" if facet.start is not None else (claim.document_id, claim.speaker.name),
    )
