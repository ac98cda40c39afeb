"""Which grades and which assessments of control a report touches, by what was learned of the sources before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from fogline.appraise.reliability import NOT_WEIGHED, newcomers
from fogline.appraise.weighing import weigh_as_learned
from fogline.control.inferring import infer_heard, ranks
from fogline.control.observations import settlements
from fogline.control.reach import TELLING, WIDE, units_of
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.growing.linking import Relinked
from fogline.growing.loading import Loaded
from fogline.growing.voices import Regrouped
from fogline.link.facets import in_ledger_order
from fogline.model import (
    Amendment,
    Claim,
    Family,
    Judgement,
    Link,
    Relation,
    SourceGrade,
    SpeakerType,
    Theatre,
)
from fogline.ports import KeepsGrounds
from fogline.review.deciding import graded_anew, overruled

_SPEAKING = (Relation.CORROBORATES, Relation.CONTRADICTS, Relation.QUALIFIES)
_Key = tuple[str, SpeakerType]


def count_sources(
    ledger: KeepsGrounds, loaded: Loaded, theatre: Theatre, judgements: Sequence[Judgement], amendment: Amendment
) -> None:
    """Sources as they were learned, with how many claims they have now; those not heard before by their standing alone."""
    moved: Counter[_Key] = Counter()
    for claims, one in ((loaded.added, 1), (loaded.gone, -1)):
        for claim in claims:
            for key in {(s.name, s.type) for s in (claim.speaker, claim.outlet)}:
                moved[key] += one
    known = {(one.name, one.type): one for one in ledger.sources_named({name for name, _ in moved})}
    fresh = {key for key in moved if key not in known or any(why.name == NOT_WEIGHED for why in known[key].reasons)}
    counted = [
        replace(known[key], claims=known[key].claims + by) for key, by in moved.items() if key not in fresh and by
    ]
    heard = [*loaded.take(ledger.claims_by({name for name, _ in fresh})), *loaded.added]
    new = newcomers({claim.id: claim for claim in heard}.values(), fresh, theatre)
    left = fresh - {(one.name, one.type) for one in new} | {(one.name, one.type) for one in counted if not one.claims}
    amendment.sources += sorted(
        (one for one in (*counted, *overruled(new, judgements)) if one.claims), key=lambda one: (one.name, one.type)
    )
    amendment.sources_off |= {(name, sort.value) for name, sort in left & known.keys()}


def grade(
    ledger: KeepsGrounds,
    loaded: Loaded,
    theatre: Theatre,
    regrouped: Regrouped,
    relinked: Relinked,
    judgements: Sequence[Judgement],
    amendment: Amendment,
) -> None:
    """Put into the amendment the grades of all claims of families that changed, or to which another voice speaks now."""
    ends = relinked.ends - loaded.gone_ids - regrouped.moved
    families = [*regrouped.after, *ledger.families_of(ends)]
    asked = {family.root for family in families}
    links = _spoken(ledger, relinked, asked)
    others = {name for link in links for name in (link.a, link.b)} - asked
    beside = [Family(root=name, members=(name,)) for name in sorted(others)]
    claims = loaded.named(asked | others)
    names = {claim.speaker.name for claim in claims}
    grades = weigh_as_learned(
        claims,
        loaded.documents,
        [*families, *beside],
        links,
        theatre,
        _sources(ledger, amendment, names),
        ledger.lessons(names),
    )
    graded = {member for family in families for member in family.members}
    amendment.grades += graded_anew((one for one in grades if one.claim in graded), judgements)
    amendment.grades_off |= graded | regrouped.moved | loaded.gone_ids


def _spoken(ledger: KeepsGrounds, relinked: Relinked, roots: Collection[str]) -> list[Link]:
    """The links by which others speak to these roots, as they are now."""
    now = relinked.after(ledger.links_with(roots)) | relinked.on
    speaking = (link for link in now.values() if link.relation in _SPEAKING)
    return [link for link in speaking if link.a in roots or link.b in roots]


def _sources(ledger: KeepsGrounds, amendment: Amendment, names: Collection[str]) -> list[SourceGrade]:
    found = {(one.name, one.type): one for one in ledger.sources_named(names, reasons=False)}
    return list((found | {(one.name, one.type): one for one in amendment.sources}).values())


def conclude(
    ledger: KeepsGrounds, loaded: Loaded, theatre: Theatre, regrouped: Regrouped, amendment: Amendment
) -> None:
    """Put into the amendment who held the settlements of which anything touched tells."""
    touched = [*loaded.named(regrouped.touched - loaded.gone_ids), *loaded.gone]
    telling = [claim for claim in touched if claim.kind in TELLING]
    entry = gazetteer_of(theatre).entry
    wide = {p.name for claim in telling for p in claim.places if p.name and p.precision in WIDE}
    places = {place for claim in telling for place in settlements(claim)}
    if wide:
        concluded = ((place, entry(place)) for place in ledger.places_concluded())
        places |= {place for place, known in concluded if known and wide & {known.district, known.region}}
    if not places:
        return
    units, moved = units_of(places, entry), regrouped.moved
    told = [*loaded.named(ledger.speaking_of(places, units.keys(), TELLING)), *_of_kind(loaded.added)]
    claims = in_ledger_order(told, loaded.documents)
    before = ledger.voices_of({claim.id for claim in claims} - moved)
    voices = {name: (root, rank) for name, (_, root, rank) in before.items()} | ranks(regrouped.after)
    amendment.control_off |= places
    amendment.control += infer_heard(
        claims,
        loaded.documents,
        voices,
        _sources(ledger, amendment, {claim.speaker.name for claim in claims}),
        theatre,
        places=places,
        within=units,
    )


def _of_kind(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.kind in TELLING]
