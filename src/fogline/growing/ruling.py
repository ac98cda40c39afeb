"""Links around claims that came or went where people say how some voices stand to each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from fogline.growing import neighbourhood
from fogline.growing.loading import Loaded
from fogline.growing.neighbourhood import Around
from fogline.growing.voices import Regrouped, voices_after
from fogline.link import keys, matters, overruling
from fogline.model import Family, Link, LinkRuling, Placed, Relation, Rulings
from fogline.ports import KeepsGrounds

Pair = frozenset[str]


def links(
    ledger: KeepsGrounds, loaded: Loaded, regrouped: Regrouped, changed: Collection[str], rulings: Sequence[LinkRuling]
) -> tuple[list[Link], list[Placed]]:
    """The links around these claims as they were, and as they are.

    A ruling on two claims is one on the roots of their families. Where these have become others, or what is found between them has,
    it is applied again, to all that is found between the two.
    """
    was, now = _pairs(ledger, regrouped, rulings)
    turned = {pair for one, other in zip(was, now, strict=True) if one != other for pair in (one, other)}
    while True:
        names = {name for pair in turned for name in pair}
        found = neighbourhood.links(ledger, loaded, regrouped, {*changed, *names})
        moved = turned | found.moved()
        more = {pair for both in zip(was, now, strict=True) if not moved.isdisjoint(both) for pair in both} - turned
        if not more:
            break
        turned |= more
    ruled = [replace(one, a=min(p), b=max(p)) for one, p in zip(rulings, now, strict=True) if p and p in turned]
    return _before(ledger, found, set(was), turned), _after(loaded, found, ruled, set(now) - turned)


def _pairs(ledger: KeepsGrounds, regrouped: Regrouped, rulings: Sequence[LinkRuling]) -> tuple[list[Pair], list[Pair]]:
    """Of each ruling the two roots that it was on, and is on; one or none where it is on nothing."""
    names = {name for ruling in rulings for name in (ruling.a, ruling.b)}
    before = {name: root for name, (_, root, _) in ledger.voices_of(names).items()} if names else {}
    after = {name: root for name, (_, root) in voices_after(ledger, regrouped, names).items()} if names else {}
    return [_pair(one, before) for one in rulings], [_pair(one, after) for one in rulings]


def _pair(ruling: LinkRuling, root: Mapping[str, str]) -> Pair:
    pair = frozenset(root[name] for name in (ruling.a, ruling.b) if name in root)
    return pair if len(pair) == 2 else frozenset()


def _before(ledger: KeepsGrounds, found: Around, was: Collection[Pair], turned: Collection[Pair]) -> list[Link]:
    """The links as they were: those of ruled pairs as they are kept, where they are to be ruled again."""
    plain = [link for link in found.before if frozenset((link.a, link.b)) not in was]
    again = set(was) & set(turned)
    kept = ledger.links_with({name for pair in again for name in pair})
    return [
        *plain,
        *(one for one in kept if frozenset((one.a, one.b)) in again and one.relation is not Relation.REPEATS),
    ]


def _after(loaded: Loaded, found: Around, rulings: Sequence[LinkRuling], still: Collection[Pair]) -> list[Placed]:
    """The links as they are, with these rulings on roots applied; those of pairs ``still`` ruled as before are left out."""
    roots = {name for one in rulings for name in (one.a, one.b)}
    ends = {name for link in found.after for name in (link.a, link.b)} | roots
    by_id = {facet.id: facet for facet in loaded.facets(loaded.named(ends))}
    alone = [Family(root=root, members=(root,)) for root in sorted(roots)]
    placed = []
    for link in overruling.relate(found.after, alone, Rulings(links=tuple(rulings)), by_id):
        if frozenset((link.a, link.b)) not in still:
            group, block = matters.group_of(link, by_id), found.where.get((link.a, link.b, link.aspect))
            named = None if block is None else keys.of_block(block), None if group is None else keys.of_matter(group)
            placed.append(Placed(link=link, block=named[0], matter=named[1]))
    return placed
