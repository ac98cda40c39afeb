"""New claims in a ledger that is linked already: only the blocks they touch are worked out again.

A store that keeps the blocks of each family's root beside the claims (``blocks.of``) can ask for the members of the blocks
that a new document touches, and gets the links that comparing everything anew would give:

1. find the families with the new claims; ``changed`` are the claims that are new, became a root, or no longer are one;
2. ``touched(changed)`` names the blocks; the store hands over their members, the roots of today;
3. ``relink`` gives the links between roots; ``comparing.repeats`` those within the families that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fogline.link import blocks
from fogline.link.blocks import Block
from fogline.link.facets import Facet
from fogline.model import Link, Relation


def touched(changed: Iterable[Facet]) -> frozenset[Block]:
    """The blocks whose links may differ where these claims are new, became a root, or no longer are one."""
    return frozenset(block for facet in changed for block in blocks.of(facet))


def relink(
    before: Iterable[Link], facets: Iterable[Facet], roots: frozenset[str], again: frozenset[Block]
) -> list[Link]:
    """The links between roots after a change, in no order: those of untouched blocks as they were, the others anew.

    ``before`` are the links until now, ``again`` the touched blocks, ``roots`` the ids of today's roots. ``facets`` are the
    members of the touched blocks, of before and of today; links to any other claim are kept. Links within families
    ("repeats") are left out: they follow from the families.
    """
    by_id = {facet.id: facet for facet in facets}
    kept = [link for link in before if link.relation is not Relation.REPEATS and not again & _homes(link, by_id)]
    found: blocks.Found = {}
    for block, members in blocks.gather(facet for facet in by_id.values() if facet.id in roots).items():
        if block in again:
            blocks.link(block, members, found)
    return [*kept, *found.values()]


def _homes(link: Link, by_id: Mapping[str, Facet]) -> frozenset[Block]:
    """The blocks of which one gave this link; none where an end of it lies outside of what was touched."""
    if link.a not in by_id or link.b not in by_id:
        return frozenset()
    a, b = by_id[link.a], by_id[link.b]
    sort = {"quantity": blocks.AMOUNT, "explanation": blocks.PURPOSE}.get(link.aspect, blocks.ACT)
    if sort == blocks.ACT and a.states and b.states:
        sort = blocks.CONTROL
    shared = blocks.of(a) & blocks.of(b)
    return frozenset(block for block in shared if block[0] == sort and blocks.belongs(block, a, b))
