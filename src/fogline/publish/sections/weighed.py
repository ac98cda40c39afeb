"""What stands together, what clashes, what stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fogline.model import Answer, Claim, Kind, Link, Matter, Relation
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Block, Clash, Listing, Prose, Section, Sentence, Stance, Standing, empty, note
from fogline.publish.sections.assessing import copies

CLASHES = 8
"""Clashes shown; the rest are counted."""

AGREED = 8
"""Corroborated answers shown."""

VOICES = 3
"""Voices quoted for one corroborated answer."""

ALONE = 8
"""Single-source claims shown."""

ASPECTS = ("control", "date", "polarity", "quantity", "explanation", "scope")
"""The order in which clashes are told: who holds it first."""

WEIGHTY = (Kind.CONTROL, Kind.ADVANCE, Kind.WITHDRAWAL, Kind.LOSSES, Kind.STRIKE, Kind.BATTLE)
"""Kinds for which standing alone is worth a warning, the weightiest first."""


@dataclass(frozen=True, slots=True)
class _Opposed:
    """Two answers that clash, the link that shows it best, and who stands with each."""

    link: Link
    left: tuple[Claim, ...]
    right: tuple[Claim, ...]


def corroborated(evidence: Evidence, citations: Citations) -> Section:
    """Answers that two or more independent voices give."""
    about = {claim.id: claim for claim in evidence.claims}
    found = [
        (matter, answer, own)
        for matter in evidence.conclusions.matters
        for answer in matter.answers
        if (own := _own(about, answer.claims)) and evidence.voices(own)[1] > 1
    ]
    found.sort(key=lambda one: ASPECTS.index(one[0].aspect) if one[0].aspect in ASPECTS else len(ASPECTS))
    blocks: list[Block] = [_agreed(evidence, citations, *one) for one in found[:AGREED]]
    if len(found) > AGREED:
        blocks.append(Prose(sentences=(note(f"{len(found) - AGREED} more in the ledger."),)))
    return Section(
        key="corroborated",
        title="Corroborated",
        blocks=tuple(blocks) or empty("No two independent voices in the ledger say the same about the place."),
        lead="Said by two or more independent voices. Copies of one text, and repeats by one speaker, count once.",
    )


def disputed(evidence: Evidence, citations: Citations) -> Section:
    """Passages that cannot both hold, side by side."""
    clashes = _clashes(evidence)
    blocks: list[Block] = [_clash(evidence, citations, one) for one in clashes[:CLASHES]]
    if len(clashes) > CLASHES:
        blocks.append(Prose(sentences=(note(f"{len(clashes) - CLASHES} more in the ledger."),)))
    return Section(
        key="disputed",
        title="Disputed",
        blocks=tuple(blocks) or empty("No two claims about the place were found to contradict each other."),
        lead="Each pair cannot both hold. Which one the evidence favours is said under “Assessed”, not here.",
    )


def single(evidence: Evidence, citations: Citations) -> Section:
    """Claims of weight that one voice alone makes and nobody contradicts."""
    met = _met(evidence)
    alone = [claim for claim in evidence.claims if claim.kind in WEIGHTY and evidence.voice(claim) not in met]
    alone.sort(key=lambda claim: WEIGHTY.index(claim.kind))
    folded = list(evidence.folded(alone))
    items = tuple(
        citations.told(claim, after=copies(evidence, same), others=same[:VOICES]) for claim, same in folded[:ALONE]
    )
    listing = Listing(items=items, more=max(0, len(folded) - ALONE))
    return Section(
        key="single-source",
        title="Single-source",
        blocks=(listing,) if items else empty("No claim of weight rests on one voice alone."),
        lead="One voice alone, neither confirmed nor contradicted by another in the ledger.",
    )


def _own(own: Mapping[str, Claim], names: Iterable[str]) -> tuple[Claim, ...]:
    """The claims of these that are about the settlement and in the period."""
    return tuple(own[name] for name in names if name in own)


def _agreed(
    evidence: Evidence, citations: Citations, matter: Matter, answer: Answer, own: tuple[Claim, ...]
) -> Listing:
    reports, voices = evidence.voices(own)
    rivals = [other for other in matter.answers if other is not answer]
    doubt = " Others answer differently: see “Disputed”." if rivals else ""
    value = wording.named(answer.value, evidence.theatre)
    text = f"{_question(matter)}: {value} ({wording.reports_and_voices(reports, voices)}).{doubt}"
    cited = citations.numbers(own[: 2 * VOICES])
    lead = Sentence(parts=(text,), standing=Standing.CLAIMED, citations=cited)
    folded = list(evidence.folded(own))
    told = tuple(citations.told(claim, after=copies(evidence, same)) for claim, same in folded[:VOICES])
    return Listing(lead=lead, items=told, more=max(0, len(folded) - VOICES))


def _question(matter: Matter) -> str:
    return matter.question[:1].upper() + matter.question[1:].rstrip("?")


def _met(evidence: Evidence) -> frozenset[str]:
    """The voices that another voice bears out or contradicts."""
    links = [
        (link.a, link.b)
        for link in evidence.conclusions.links
        if link.relation in (Relation.CORROBORATES, Relation.CONTRADICTS)
    ]
    matters = [
        name
        for matter in evidence.conclusions.matters
        if len({family for answer in matter.answers for family in answer.families}) > 1
        for answer in matter.answers
        for name in answer.claims
    ]
    names = (*matters, *(name for pair in links for name in pair))
    return frozenset(evidence.voice(evidence.known[name]) for name in names if name in evidence.known)


def _clashes(evidence: Evidence) -> list[_Opposed]:
    """The contradictions about the settlement, one for each pair of opposed answers."""
    own = {claim.id for claim in evidence.claims}
    behind = _behind_each(evidence)
    groups: dict[tuple[object, ...], _Opposed] = {}
    for link in evidence.conclusions.links:
        about = link.relation is Relation.CONTRADICTS and (link.a in own or link.b in own)
        if not about or link.a not in evidence.known or link.b not in evidence.known:
            continue
        left, right = behind[link.a], behind[link.b]
        key = (link.aspect, frozenset((left[0].id, right[0].id)))
        groups.setdefault(key, _Opposed(link, left, right))
    order = {aspect: number for number, aspect in enumerate(ASPECTS)}
    return sorted(
        groups.values(),
        key=lambda one: (order.get(one.link.aspect, len(order)), -len(one.left) - len(one.right)),
    )


def _behind_each(evidence: Evidence) -> dict[str, tuple[Claim, ...]]:
    """For each claim those that stand with it: that give the same answer, or else that are one voice with it."""
    known = evidence.known
    behind: dict[str, tuple[Claim, ...]] = {name: (claim,) for name, claim in known.items()}
    voices = [family.members for family in evidence.conclusions.families]
    answers = [answer.claims for matter in evidence.conclusions.matters for answer in matter.answers]
    for group in (*voices, *answers):
        claims = tuple(known[name] for name in group if name in known)
        behind |= {claim.id: claims for claim in claims}
    return behind


def _clash(evidence: Evidence, citations: Citations, one: _Opposed) -> Clash:
    a, b = evidence.known[one.link.a], evidence.known[one.link.b]
    details = dict.fromkeys(reason.detail.rstrip(".") for reason in one.link.reasons if reason.detail)
    why = wording.named("; ".join(details), evidence.theatre)
    text = f"{why[:1].upper()}{why[1:]}." if why else f"They give different answers on {one.link.aspect}."
    cited = citations.numbers((a, b))
    return Clash(
        aspect=one.link.aspect,
        why=Sentence(parts=(text,), standing=Standing.CLAIMED, citations=cited),
        left=Stance(sentence=citations.told(a, others=one.left[:VOICES]), behind=_standing(evidence, one.left)),
        right=Stance(sentence=citations.told(b, others=one.right[:VOICES]), behind=_standing(evidence, one.right)),
    )


def _standing(evidence: Evidence, claims: tuple[Claim, ...]) -> str:
    return wording.reports_and_voices(*evidence.voices(claims))
