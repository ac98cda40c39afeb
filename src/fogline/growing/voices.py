"""Which families a report touches: the ties that came or went decide, and the families that hang on them are found anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.growing import around
from fogline.growing.copies import Copies
from fogline.growing.loading import Loaded
from fogline.growing.translations import Translated
from fogline.link import families, keys, one_voice, overruling
from fogline.link.facets import Facet
from fogline.link.one_voice import Bucket
from fogline.model import Claim, Family, Rulings, VoiceRuling
from fogline.ports import KeepsGrounds


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The families that were, and that are in their place; ``touched`` are claims that came, went, or changed their family."""

    before: tuple[Family, ...]
    after: tuple[Family, ...]
    touched: frozenset[str]

    @property
    def moved(self) -> frozenset[str]:
        """The claims whose family was or is another one."""
        return frozenset(member for family in (*self.before, *self.after) for member in family.members)

    @property
    def roots_before(self) -> frozenset[str]:
        """The roots of the families that were."""
        return frozenset(family.root for family in self.before)

    @property
    def roots_after(self) -> frozenset[str]:
        """The roots of those in their place."""
        return frozenset(family.root for family in self.after)


def regroup(
    ledger: KeepsGrounds, loaded: Loaded, copies: Copies, translated: Translated, rulings: Sequence[VoiceRuling] = ()
) -> Regrouped:
    """The families that change where the added claims come and the gone ones go, as people rule them."""
    added = {claim.id for claim in loaded.added}
    gone = {claim.id for claim in loaded.gone}
    turned = copies.around({*copies.names, *copies.beside_gone()})
    turned |= copies.around(copies.turned)
    turned |= translated.turned()
    core = [*loaded.added, *loaded.take(ledger.claims_in(turned - copies.names.keys()))]
    changed = {claim.id for claim in core} | gone | _retied(ledger, loaded, core)
    old = ledger.families_of(changed)
    members = changed | {member for family in old for member in family.members}
    while True:
        found = _found(ledger, loaded, copies, translated, members - loaded.gone_ids)
        more = _hanging_on(found, members, rulings)
        if not more:
            break
        old = ledger.families_of(members | more)
        members |= more | {member for family in old for member in family.members}
    found = _ruled(loaded, found, rulings)
    kept = set(old) & set(found)
    before = tuple(family for family in old if family not in kept)
    after = tuple(family for family in found if family not in kept)
    touched = {member for family in (*before, *after) for member in family.members}
    return Regrouped(before, after, frozenset(touched | added | gone))


def _hanging_on(found: Iterable[Family], members: Collection[str], rulings: Iterable[VoiceRuling]) -> set[str]:
    """What has to be found with these claims: the members of their families, and whoever a ruling names beside one of them."""
    told = {member for family in found for member in family.members}.union(members)
    for ruling in rulings:
        if not told.isdisjoint(ruling.claims):
            told.update(ruling.claims)
    return told - set(members)


def _ruled(loaded: Loaded, found: list[Family], rulings: Sequence[VoiceRuling]) -> list[Family]:
    read = loaded.facets(loaded.named({member for family in found for member in family.members}))
    ruled = overruling.regroup(
        found,
        Rulings(voices=tuple(rulings)),
        read,
        lambda members: families.root_of(members, lambda n: families.published(read[n], loaded.origins)),
    )
    return list(ruled)


def _found(
    ledger: KeepsGrounds, loaded: Loaded, copies: Copies, translated: Translated, names: Collection[str]
) -> list[Family]:
    """The families of these claims, found among the claims that stand close to one of them in a bucket."""
    core = loaded.named(names)
    read = loaded.facets(core)
    only = _buckets(loaded, read)
    documents = {claim.document_id for claim in core}
    pairs = translated.pairs(documents)
    whole = loaded.take(ledger.claims_in({name for pair in pairs for name in pair}))
    read = loaded.facets([*core, *_beside(ledger, loaded, read), *loaded.added, *whole])
    ties = one_voice.ties(read, copies.pairs(documents), loaded.origins, only, pairs)
    return [
        family for family in families.joined(read, ties, loaded.origins) if not set(family.members).isdisjoint(names)
    ]


def _beside(ledger: KeepsGrounds, loaded: Loaded, read: Sequence[Facet]) -> list[Claim]:
    """Concluded claims that stand so close to one of these in a bucket that they may be tied, before or now.

    What stands further off is compared with neither, and what is read of it for the sake of another is the same before and now.
    """
    moved = loaded.facets([*loaded.added, *loaded.gone])
    crowd = around.crowding([keys.of_bucket(b) for b in one_voice.buckets(f, loaded.origins)] for f in moved)
    marks = {
        (keys.of_bucket(bucket), one_voice.day_in(bucket, facet))
        for facet in read
        for bucket in one_voice.buckets(facet, loaded.origins)
    }
    return around.beside(ledger, loaded, marks, one_voice.PASSAGES_BACK + 1 + crowd)


def _retied(ledger: KeepsGrounds, loaded: Loaded, core: Sequence[Claim]) -> set[str]:
    """The claims whose ties by words or by voice came or went."""
    read = loaded.facets([*core, *loaded.gone])
    only = _buckets(loaded, read)
    near = _beside(ledger, loaded, read)
    gone, added = {claim.id for claim in loaded.gone}, {claim.id for claim in loaded.added}
    before = [*(claim for claim in near if claim.id not in added), *loaded.gone]
    ties = [_told(loaded, loaded.facets(some), only) for some in (before, [*near, *loaded.added])]
    return {name for a, b, *_ in ties[0] ^ ties[1] for name in (a, b)} | gone


def _told(loaded: Loaded, read: Sequence[Facet], only: Collection[Bucket]) -> set[tuple[str, str, str]]:
    return {(read[tie.a].id, read[tie.b].id, tie.reason.name) for tie in one_voice.ties(read, (), loaded.origins, only)}


def _buckets(loaded: Loaded, read: Iterable[Facet]) -> set[Bucket]:
    return {bucket for facet in read for bucket in one_voice.buckets(facet, loaded.origins)}


def voices_after(ledger: KeepsGrounds, regrouped: Regrouped, claims: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Of each of these claims the id of its family and its root, as they are now."""
    moved = regrouped.moved
    found = {name: (own, root) for name, (own, root, _) in ledger.voices_of(claims).items() if name not in moved}
    for family in regrouped.after:
        found |= {member: (family.id, family.root) for member in family.members if member in claims}
    return found
