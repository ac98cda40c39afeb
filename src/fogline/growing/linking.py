"""Which links and matters a report touches: those of the blocks and the questions of claims that came, went or changed roots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.growing import ruling
from fogline.growing.loading import Loaded
from fogline.growing.voices import Regrouped, voices_after
from fogline.link import comparing, keys, matters
from fogline.link.facets import Facet
from fogline.link.independent import Voices
from fogline.model import Amendment, Link, LinkRuling, Placed, Relation
from fogline.ports import KeepsGrounds


@dataclass(frozen=True, slots=True)
class Relinked:
    """The links that went and those that came; a link that is as it was is in neither."""

    off: dict[str, Link]
    on: dict[str, Link]

    @property
    def ends(self) -> frozenset[str]:
        """The claims that lost or gained a link."""
        return frozenset(name for link in (*self.off.values(), *self.on.values()) for name in (link.a, link.b))

    def after(self, before: Iterable[Link]) -> dict[str, Link]:
        """Links of the ledger as they are now; those that came are added by the caller's own choice."""
        return {link.id: link for link in before if link.id not in self.off}


def relink(
    ledger: KeepsGrounds, loaded: Loaded, regrouped: Regrouped, rulings: Sequence[LinkRuling], amendment: Amendment
) -> Relinked:
    """The links that change, as people rule them, put into the amendment."""
    was, now = regrouped.roots_before, regrouped.roots_after
    anew = {claim.id for claim in (*loaded.added, *loaded.gone)}
    changed = (was ^ now) | (anew & (was | now))
    before, after = ruling.links(ledger, loaded, regrouped, changed, rulings)
    off = {link.id: link for link in (*before, *ledger.links_in({keys.of_voice(root) for root in was}))}
    on = {one.link.id: one for one in (*after, *_within(loaded, regrouped))}
    same = {name for name, one in on.items() if off.get(name) == one.link}
    amendment.links_off |= off.keys() - same
    amendment.links += [one for name, one in sorted(on.items()) if name not in same]
    return Relinked(
        {name: link for name, link in off.items() if name not in same},
        {name: one.link for name, one in on.items() if name not in same},
    )


def _within(loaded: Loaded, regrouped: Regrouped) -> Iterable[Placed]:
    """The links of each family that changed with its root."""
    members = {member for family in regrouped.after for member in family.members}
    by_id = {facet.id: facet for facet in loaded.facets(loaded.named(members))}
    root_of = {member: family.root for family in regrouped.after for member in family.members}
    for link in comparing.repeats(regrouped.after, by_id):
        yield Placed(link=link, block=keys.of_voice(root_of[link.a]))


def reask(
    ledger: KeepsGrounds,
    loaded: Loaded,
    regrouped: Regrouped,
    relinked: Relinked,
    owners: Mapping[str, str],
    amendment: Amendment,
) -> None:
    """Put into the amendment the matters of all that is touched, in the place of those that were."""
    told = loaded.facets([*loaded.named(regrouped.touched - loaded.gone_ids), *loaded.gone])
    places = {place for facet in told for place in matters.asks(facet)}
    amendment.matters_off |= set(map(keys.of_matter, places))
    near = loaded.near(amendment.matters_off)
    asked = loaded.facets([*near, *loaded.added])
    voices = _voices(ledger, loaded, regrouped, asked, owners)
    for place in sorted(places):
        block = [facet for facet in asked if place in matters.asks(facet)]
        for matter in matters.of_place(place, block, voices) if block else ():
            amendment.matters.append((matter, keys.of_matter(place)))
    _regroup(ledger, loaded, regrouped, relinked, owners, amendment)


def _regroup(
    ledger: KeepsGrounds,
    loaded: Loaded,
    regrouped: Regrouped,
    relinked: Relinked,
    owners: Mapping[str, str],
    amendment: Amendment,
) -> None:
    """The matters of number and purpose whose links came or went, or whose claims have another family."""
    standing = relinked.after(ledger.links_with(regrouped.touched)) | relinked.on
    turned = {**standing, **relinked.off}
    by_id = _ends(loaded, turned.values())
    groups = {group for link in turned.values() if (group := matters.group_of(link, by_id)) is not None}
    named = set(map(keys.of_matter, groups))
    amendment.matters_off |= named
    links = relinked.after(ledger.links_in(named)) | relinked.on
    by_id = _ends(loaded, links.values())
    voices = _voices(ledger, loaded, regrouped, by_id.values(), owners)
    for group, own in sorted(matters.grouped(links.values(), by_id).items()):
        if group in groups:
            amendment.matters.append((matters.of_group(group, own, by_id, voices), keys.of_matter(group)))


def _ends(loaded: Loaded, links: Iterable[Link]) -> dict[str, Facet]:
    """The facets of the claims of links of number and purpose; of claims that are gone too."""
    names = {
        name
        for link in links
        if link.relation is not Relation.REPEATS and link.aspect in ("quantity", "explanation")
        for name in (link.a, link.b)
    }
    left = [claim for claim in loaded.gone if claim.id in names]
    return {facet.id: facet for facet in loaded.facets([*left, *loaded.named(names)])}


def _voices(
    ledger: KeepsGrounds, loaded: Loaded, regrouped: Regrouped, read: Iterable[Facet], owners: Mapping[str, str]
) -> Voices:
    by_id = {facet.id: facet for facet in read}
    told = voices_after(ledger, regrouped, by_id.keys())
    family = {name: own for name, (own, _) in told.items()}
    roots = {root: own for own, root in told.values()}
    by_id |= {facet.id: facet for facet in loaded.facets(loaded.named(roots.keys() - by_id.keys()))}
    return Voices.told(family, {own: by_id[root] for root, own in roots.items() if root in by_id}, owners)
