"""Families and links as people rule them: applied to what was found, so that without a ruling all is as it was found.

A ruling names claims, never families: a family's name changes with each new copy, a claim's does not. A claim that no
longer counts is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fogline.link.facets import Facet
from fogline.model import Family, Link, LinkRuling, Reason, Relation, Rulings, VoiceRuling


@dataclass(slots=True)
class _Group:
    members: set[str]
    reasons: list[Reason] = field(default_factory=list)


def regroup(
    found: Sequence[Family],
    rulings: Rulings,
    facets: Sequence[Facet],
    root_of: Callable[[Sequence[int]], int],
) -> tuple[Family, ...]:
    """The families after the rulings, oldest first; those that none touches are the very same.

    ``root_of`` picks the root among members, given by their place in ``facets``.
    """
    if not rulings.voices:
        return tuple(found)
    place = {facet.id: n for n, facet in enumerate(facets)}
    own: dict[str, _Group] = {}
    for family in found:
        group = _Group(set(family.members), list(family.reasons))
        own.update((member, group) for member in family.members)
    touched: set[str] = set()
    for ruling in rulings.voices:
        touched |= _rule(ruling, own, place)
    kept = [family for family in found if not touched.intersection(family.members)]
    groups = {id(own[name]): own[name] for name in sorted(touched)}
    return tuple(
        sorted(
            [*kept, *(_family(group, place, facets, root_of) for group in groups.values())],
            key=lambda family: place[family.members[0]],
        )
    )


def relate(
    links: Sequence[Link], found: Sequence[Family], rulings: Rulings, by_id: Mapping[str, Facet]
) -> tuple[Link, ...]:
    """The links after the rulings, in no order: of two rulings on the same voices the later holds.

    A family meets others by its root, so a ruling on any of its claims is one on its root. Links within families stay.
    """
    if not rulings.links:
        return tuple(links)
    root = {member: family.root for family in found for member in family.members}
    ruled: dict[frozenset[str], LinkRuling] = {}
    for ruling in rulings.links:
        pair = frozenset(root[name] for name in (ruling.a, ruling.b) if name in root)
        if len(pair) == 2:
            ruled[pair] = ruling
    of_pair: dict[frozenset[str], list[Link]] = {pair: [] for pair in ruled}
    kept: list[Link] = []
    for link in links:
        of_pair.get(frozenset((link.a, link.b)), kept).append(link)
    for pair, ruling in ruled.items():
        a, b = sorted((by_id[name] for name in pair), key=lambda facet: facet.order)
        kept.extend(_ruled(a, b, ruling, of_pair[pair]))
    return tuple(kept)


def _rule(ruling: VoiceRuling, own: dict[str, _Group], place: Mapping[str, int]) -> set[str]:
    """Apply one ruling; returns the claims of the families that it changed."""
    claims = [name for name in ruling.claims if name in place]
    reason = replace(ruling.reason, claims=tuple(claims))
    if ruling.joined:
        return _joined(claims, reason, own)
    parted: set[str] = set()
    for group in {id(own[name]): own[name] for name in claims}.values():
        out = group.members.intersection(claims)
        if out != group.members:
            parted |= group.members
            _part(group, out, reason, own)
    return parted


def _joined(claims: Sequence[str], reason: Reason, own: dict[str, _Group]) -> set[str]:
    groups = list({id(own[name]): own[name] for name in claims}.values())
    if len(groups) < 2:
        return set()
    one = _Group(
        set().union(*(group.members for group in groups)), [*(r for group in groups for r in group.reasons), reason]
    )
    own.update((name, one) for name in one.members)
    return one.members


def _part(group: _Group, out: set[str], reason: Reason, own: dict[str, _Group]) -> None:
    """Part a family in two; each keeps the reasons that speak of its own claims alone."""
    for members in (group.members - out, out):
        kept = [one for one in group.reasons if members.issuperset(one.claims)]
        part = _Group(members, [*kept, reason])
        own.update((name, part) for name in members)


def _family(
    group: _Group, place: Mapping[str, int], facets: Sequence[Facet], root_of: Callable[[Sequence[int]], int]
) -> Family:
    members = sorted(place[name] for name in group.members)
    return Family(
        root=facets[root_of(members)].id, members=tuple(facets[n].id for n in members), reasons=tuple(group.reasons)
    )


def _ruled(a: Facet, b: Facet, ruling: LinkRuling, was: Sequence[Link]) -> Iterable[Link]:
    """The links of two voices as ruled: in the aspects found with that relation, or else in one."""
    if ruling.relation is Relation.UNRELATED:
        return
    agreed = [link for link in was if link.relation is ruling.relation]
    before = ", ".join(f"{link.relation} ({link.aspect})" for link in was) or Relation.UNRELATED.value
    reason = replace(ruling.reason, detail=f"{ruling.reason.detail} It was read as: {before}.", claims=(a.id, b.id))
    if agreed:
        yield from (replace(link, reasons=(reason, *link.reasons)) for link in agreed)
        return
    aspect = min((link.aspect for link in was), default=a.claim.kind.value)
    yield Link(a=a.id, b=b.id, relation=ruling.relation, aspect=aspect, reasons=(reason,))
