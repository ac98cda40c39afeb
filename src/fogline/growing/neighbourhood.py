"""The links around claims that came or went: in each of their blocks among the claims next to them in time, before and now.

A claim is compared with a few that follow it (``link.blocks``), so that beyond these nothing changes. The same neighbourhood is
worked out as it was and as it is; what is cut off at its rim is cut off in both, and what differs is what came and went.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.growing import around
from fogline.growing.around import Span
from fogline.growing.loading import Loaded
from fogline.growing.voices import Regrouped, voices_after
from fogline.link import blocks, comparing, keys
from fogline.link.blocks import Block, Compared, Part
from fogline.link.facets import Facet
from fogline.model import BEFORE_ALL, BEHIND_ALL, Link
from fogline.ports import KeepsGrounds


@dataclass(frozen=True, slots=True)
class _Roots:
    """Claims by which families meet others, before and now."""

    before: frozenset[str]
    now: frozenset[str]

    @property
    def either(self) -> frozenset[str]:
        return self.before | self.now


@dataclass(frozen=True, slots=True)
class _Days:
    """What is read around the claims that changed: the days of each block, and from and to where its links are worked out again."""

    spans: set[Span]
    since: dict[int, int]
    until: dict[int, int]


@dataclass(frozen=True, slots=True)
class Around:
    """The links between roots around some claims as they were, and as they are; the block of each of these."""

    before: tuple[Link, ...]
    after: tuple[Link, ...]
    where: Mapping[comparing.Ends, Block]

    def moved(self) -> set[frozenset[str]]:
        """The pairs of claims of which a link came or went."""
        before, after = ({(link.id, link) for link in some} for some in (self.before, self.after))
        return {frozenset((link.a, link.b)) for _, link in before ^ after}


def links(ledger: KeepsGrounds, loaded: Loaded, regrouped: Regrouped, changed: Collection[str]) -> Around:
    """What is around the claims of these ids, as nobody rules it."""
    left = [claim for claim in loaded.gone if claim.id in changed]
    told = loaded.facets([*left, *loaded.named(set(changed) - loaded.gone_ids)])
    touched = {keys.of_block(block): block for facet in told for block in blocks.of(facet)}
    read = _around(ledger, loaded, regrouped, told, touched)
    members, roots = _members(ledger, loaded, regrouped, around.merged(read.spans))
    days = [
        (keys.of_taking(touched[k]), first, last) for k, first, last in read.spans if touched[k][0] == blocks.CONTROL
    ]
    takings, others = _members(ledger, loaded, regrouped, around.merged(days))
    compared: Compared = {}
    before, _ = _linked(members, takings, roots.before | others.before, touched, read, compared)
    after, where = _linked(members, takings, roots.now | others.now, touched, read, compared)
    return Around(tuple(before), tuple(after), where)


def _linked(
    members: Iterable[Facet],
    takings: Iterable[Facet],
    roots: Collection[str],
    touched: Mapping[int, Block],
    read: _Days,
    compared: Compared,
) -> tuple[Iterable[Link], Mapping[comparing.Ends, Block]]:
    met = blocks.gather(facet for facet in members if facet.id in roots)
    told = blocks.gather((facet for facet in takings if facet.id in roots), least=1)
    parts = {
        block: Part(read.since[key], read.until[key], tuple(told.get(block, ())), compared)
        for key, block in touched.items()
    }
    return comparing.linked({block: found for block, found in met.items() if block in parts}, parts)


def _members(
    ledger: KeepsGrounds, loaded: Loaded, regrouped: Regrouped, spans: Collection[Span]
) -> tuple[tuple[Facet, ...], _Roots]:
    """The claims of these names and days, those that came and those that went, as far as they are or were roots."""
    names = {*ledger.near(spans), *(claim.id for claim in (*loaded.added, *loaded.gone))}
    roots = _roots(ledger, regrouped, loaded, names)
    left = [claim for claim in loaded.gone if claim.id in roots.before]
    return loaded.facets([*left, *loaded.named(roots.either - loaded.gone_ids)]), roots


def _roots(ledger: KeepsGrounds, regrouped: Regrouped, loaded: Loaded, names: Collection[str]) -> _Roots:
    before = frozenset(name for name, (_, root, _) in ledger.voices_of(names).items() if name == root)
    now = voices_after(ledger, regrouped, names).items()
    return _Roots(before, frozenset(name for name, (_, root) in now if name == root) - loaded.gone_ids)


def _around(
    ledger: KeepsGrounds,
    loaded: Loaded,
    regrouped: Regrouped,
    changed: Sequence[Facet],
    touched: Mapping[int, Block],
) -> _Days:
    """Of each block the days around the claims that changed, wide enough that all which is compared with them is in it."""
    asked = {_span(block, facet) for facet in changed for block in blocks.of(facet)}
    until = {key: max(last for _, _, last in own) for key, own in around.by_name(asked).items()}
    found = _Days(set(), dict.fromkeys(touched, BEFORE_ALL), until)
    if len(asked) > around.CROWD:
        found.spans.update((key, BEFORE_ALL, BEHIND_ALL) for key in touched)
        return found
    crowd = around.crowding([keys.of_block(block) for block in blocks.of(facet)] for facet in changed)
    close = crowd + 1 + blocks.NEIGHBOURS
    since: dict[int, list[int]] = {key: [] for key in touched}
    for control in (True, False):
        need = crowd + 1 + blocks.FURTHEST if control else close
        left = {span for span in asked if (touched[span[0]][0] == blocks.CONTROL) is control}
        many = need
        while left:
            wide = around.widened(ledger, left, many)
            said = _said(ledger, loaded, regrouped, wide, touched)
            few = {span for span in left if _too_few(span, wide[span], said[span[0]], need)}
            for span in left - few:
                found.spans.add(wide[span])
                before = sorted((day for day, _ in said[span[0]] if day < span[1]), reverse=True)
                since[span[0]].append(before[close - 1] if len(before) >= close else BEFORE_ALL)
            left, many = few, 2 * many
    found.since.update((key, min(days)) for key, days in since.items() if days)
    return found


def _span(block: Block, facet: Facet) -> Span:
    """The days of a block on which a claim bears; a taking dated to many days parts others on the day in their middle."""
    day, taken = blocks.day_in(block, facet), blocks.taken_on(block, facet)
    return keys.of_block(block), day, day if taken is None else max(day, taken)


def _said(
    ledger: KeepsGrounds, loaded: Loaded, regrouped: Regrouped, wide: Mapping[Span, Span], touched: Mapping[int, Block]
) -> dict[int, set[tuple[int, object]]]:
    """By block what roots that are there before and now say on which day: each cell of claims of control once."""
    members, roots = _members(ledger, loaded, regrouped, around.merged(wide.values()))
    said: dict[int, set[tuple[int, object]]] = {key: set() for key in touched}
    for facet in members:
        if facet.id in roots.before & roots.now:
            for block in blocks.of(facet):
                if (key := keys.of_block(block)) in said:
                    thing = blocks.signature(facet) if block[0] == blocks.CONTROL else facet.id
                    said[key].add((blocks.day_in(block, facet), thing))
    return said


def _too_few(span: Span, wide: Span, said: Collection[tuple[int, object]], need: int) -> bool:
    """Whether fewer than ``need`` things are said before the span or behind it, though there may be more."""
    _, first, last = wide
    before = sum(first <= day < span[1] for day, _ in said)
    behind = sum(span[2] < day <= last for day, _ in said)
    return (before < need and first > BEFORE_ALL) or (behind < need and last < BEHIND_ALL)
