"""Pairs of claims that are one voice, each with a named reason.

Pairs come from six places: copied passages, translations, the same named speaker saying the same, the same relay crediting
the same speaker, two reports that credit one agency, and one document repeating itself. Claims meet in buckets, which are
named by what their claims share (``buckets``); a bucket's pairs depend on its own claims alone, so that a ledger which keeps the
names beside the claims can ask for what a new claim may touch. Passages of copied documents come beside them, by document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fogline.link.copied import copies
from fogline.link.credit import NOWHERE, Origin
from fogline.link.facets import NO_DAY, Facet, gap, in_order
from fogline.link.near_duplicates import containment, jaccard, shingles, sketch, words
from fogline.link.quantity import disagree
from fogline.link.wording import teller
from fogline.model import Document, Kind, Reason

FEW_DAYS = 3
"""Within so many days the same words of the same speaker are one statement, told again."""
_REPRINTED, _UNMISTAKABLE = 14, 30
"""Beyond so many days a passage of fewer words is told anew of another day, unless it bears a date of its own."""
_FINE = 31
"""A date of at most so many days is fine enough to name one event whenever it is told."""
_SHINGLE = 3
_PASSAGE_ALIKE, _PASSAGE_WORDS = 0.65, 12
"""Two people may well write the same eight words; a dozen nearly the same are copied."""
_SKETCH = 4
"""A passage is looked for by its so many smallest checksums of three words: of two that share .65 of theirs, 98 in 100
have one of them in common."""
_PASSAGE_IN_COPY = 0.5
_SAME_WORDS = 0.35
LOOK_BACK, PASSAGES_BACK = 8, 32
"""A saying is compared with so many before it in its bucket, a passage with so many."""
CREDITED = "credited wire copy"
"""The name of the reason where two reports are from one agency by their own word."""
_SAYINGS = ("same document", "same speaker", "same relay", CREDITED)
COPIED, COPIED_DOCUMENT, TRANSLATION = "near-duplicate passage", "copied document", "translation"
_TRANSLATED = 0.5
"""A translation tells at least so much of what the text that tells less does."""

Bucket = tuple[str, ...]
"""Why claims may be one voice, and what they share."""
Origins = Mapping[str, Origin]
Rank = tuple[int, int, int, int]
"""The place of a tie: the step that finds it, the later of its claims and the earlier, or the pair of their documents and where in it,
and why they are one voice. It does not hang on which other claims there are.
"""
Pair = tuple[int, str, str]
"""Two documents (ids) with the number of their pair among all."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two claims (by number) that are one voice, and why; ``rank`` is its place among all ties, wherever they are found."""

    a: int
    b: int
    reason: Reason
    rank: Rank


def ties(
    facets: Sequence[Facet],
    copied: Iterable[tuple[str, str]],
    origins: Origins,
    only: Container[Bucket] | None = None,
    translated: Iterable[tuple[str, str]] = (),
) -> Iterator[Tie]:
    """All ties of claims in reading order, or those of ``only`` these buckets.

    ``copied`` are pairs of documents (ids), in reading order, of which one is a copy of the other or carries it; ``translated``
    those of which one is proposed to be a translation of the other.
    """
    yield from _copied_passages(facets, origins, only)
    yield from of_copied_documents(facets, ((n, *pair) for n, pair in enumerate(copied)), origins)
    yield from _same_speaker(facets, origins, only)
    yield from of_translations(facets, ((n, *pair) for n, pair in enumerate(translated)), origins)


def in_buckets(facets: Sequence[Facet], origins: Origins, only: Container[Bucket]) -> Iterator[Tie]:
    """The ties of these buckets; ``facets`` are in reading order all claims that are in one of them."""
    yield from _copied_passages(facets, origins, only)
    yield from _same_speaker(facets, origins, only)


def place_of(bucket: Bucket) -> tuple[str, str]:
    """The place of which the claims of a bucket speak (empty: of none), and their kind."""
    return (bucket[3], bucket[1]) if bucket[0] == COPIED else (bucket[2], bucket[3])


def copied_documents(documents: Iterable[Document], common: Container[str] = ()) -> list[tuple[str, str]]:
    """Pairs of documents (ids), in reading order, of which one is a copy of the other or carries it.

    ``common`` are runs of words that are boilerplate among more documents than these.
    """
    ordered = sorted(documents, key=in_order)
    return [(ordered[i].id, ordered[j].id) for i, j in sorted(copies([one.text for one in ordered], common))]


def buckets(facet: Facet, origins: Origins) -> Iterator[Bucket]:
    """The buckets in which a claim may meet its own voice, documents apart."""
    yield from _passages(facet)
    yield from _sayings(facet, origins)


def day_in(bucket: Bucket, facet: Facet) -> int:
    """The day at which a claim stands in a bucket: each is compared with some that stand before it."""
    if bucket[0] == COPIED:
        return NO_DAY if facet.said is None else facet.said
    return facet.start or facet.said or 0


def _gather(of: Iterable[Iterable[Bucket]], only: Container[Bucket] | None) -> Iterator[tuple[Bucket, list[int]]]:
    """The buckets, or those of ``only``, each with its claims in reading order."""
    found: dict[Bucket, list[int]] = defaultdict(list)
    for n, own in enumerate(of):
        for bucket in own:
            if only is None or bucket in only:
                found[bucket].append(n)
    return ((bucket, members) for bucket, members in found.items() if len(members) > 1)


def same_reading(a: Facet, b: Facet) -> bool:
    """Whether both assert the same of the same place, the time and the amounts apart."""
    x, y = a.claim, b.claim
    return (
        x.kind is y.kind
        and a.denied is b.denied
        and x.modality is y.modality
        and a.holder == b.holder
        and a.states == b.states
        and (a.actor == b.actor or not a.actor or not b.actor)
        and (a.areas == b.areas or bool(set(a.areas) & set(b.areas)))
    )


def same_telling(a: Facet, b: Facet) -> bool:
    """Whether a copied passage still tells the same: its amounts are kept, and so is the day it names."""
    apart = gap(a, b)
    moved = a.dated and b.dated and apart is not None and apart > 1
    later = (
        not (a.dated and b.dated) and a.said is not None and b.said is not None and abs(a.said - b.said) > _REPRINTED
    )
    if moved or (later and min(len(words(f.claim.quote)) for f in (a, b)) < _UNMISTAKABLE):
        return False
    return same_reading(a, b) and not disagree(a, b)


def same_statement(a: Facet, b: Facet) -> bool:
    """Whether two claims of one voice are one statement: the same of the same place and time, said together."""
    if not same_reading(a, b) or disagree(a, b):
        return False
    if a.claim.kind is not Kind.CONTROL and not _same_words(a, b):
        return False
    apart = gap(a, b)
    if a.dated and b.dated and apart is not None:
        return apart <= 0 and (max(a.width, b.width) <= _FINE or _told_together(a, b))
    return _told_together(a, b) and (apart is None or apart <= FEW_DAYS)


def _told_together(a: Facet, b: Facet) -> bool:
    if a.claim.document_id == b.claim.document_id:
        return True
    return a.said is not None and b.said is not None and abs(a.said - b.said) <= FEW_DAYS


def _same_words(a: Facet, b: Facet) -> bool:
    if a.claim.document_id == b.claim.document_id and a.claim.span == b.claim.span:
        return True
    x, y = set(words(a.claim.quote)), set(words(b.claim.quote))
    return len(x & y) >= _SAME_WORDS * len(x | y)


def _passages(facet: Facet) -> Iterator[Bucket]:
    """What a long passage is found by: who says what of where in it apart, a few of its runs of three words."""
    quote = facet.claim.quote
    for mark in _marks(quote):
        for place in facet.areas or ("",):
            yield COPIED, facet.claim.kind.value, facet.holder, place, mark


@lru_cache(maxsize=1 << 12)
def _marks(quote: str) -> tuple[str, ...]:
    return sketch(_shingled(quote), _SKETCH) if len(words(quote)) >= _PASSAGE_WORDS else ()


@lru_cache(maxsize=1 << 14)
def _shingled(quote: str) -> frozenset[str]:
    return shingles(quote, _SHINGLE)


def _copied_passages(facets: Sequence[Facet], origins: Origins, only: Container[Bucket] | None) -> Iterator[Tie]:
    """Long passages of different documents in nearly the same words: each with the last before it in each bucket."""
    met: dict[int, dict[int, float]] = defaultdict(dict)
    for _, members in _gather(map(_passages, facets), only):
        for at, b in enumerate(members):
            for a in reversed(members[max(0, at - PASSAGES_BACK) : at]):
                if a in met[b]:
                    break
                score = _alike(facets[a], facets[b])
                if score:
                    met[b][a] = score
                    break
    for b, before in sorted(met.items()):
        for a, score in sorted(before.items()):
            how = f"in nearly the same words. {_first(facets[a], facets[b], origins)}"
            yield _tie(facets, a, b, (0, facets[b].order, facets[a].order, 0), COPIED, how, score)


def _alike(a: Facet, b: Facet) -> float:
    """How much two passages of different documents share, where they tell the same; else nothing."""
    one, other = a.claim.quote, b.claim.quote
    score = 1.0 if one == other else jaccard(_shingled(one), _shingled(other))
    if score < _PASSAGE_ALIKE or a.claim.document_id == b.claim.document_id or not same_telling(a, b):
        return 0.0
    return score


def of_copied_documents(facets: Sequence[Facet], copied: Iterable[Pair], origins: Origins) -> Iterator[Tie]:
    """Passages, short ones too, that stand in two documents of which one is a copy or carries the other."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for n, facet in enumerate(facets):
        by_document[facet.claim.document_id].append(n)
    for number, one, other in copied:
        for a in by_document.get(one, ()):
            for b in by_document.get(other, ()):
                if not same_telling(facets[a], facets[b]):
                    continue
                score = containment(*(shingles(facets[n].claim.quote, _SHINGLE) for n in (a, b)))
                if score >= _PASSAGE_IN_COPY:
                    how = f"in a text that copies or carries the other. {_first(facets[a], facets[b], origins)}"
                    rank = (1, number, facets[a].order, facets[b].order)
                    yield _tie(facets, a, b, rank, COPIED_DOCUMENT, how, score)


def of_translations(facets: Sequence[Facet], translated: Iterable[Pair], origins: Origins) -> Iterator[Tie]:
    """What two documents tell alike, out of the same mouths, where that is most of what one of them tells.

    A proposal is no more than that: the claims decide.
    """
    by_document: dict[str, list[int]] = defaultdict(list)
    for n, facet in enumerate(facets):
        by_document[facet.claim.document_id].append(n)
    for number, one, other in translated:
        own, others = by_document.get(one, []), by_document.get(other, [])
        alike = [(a, b) for b in others for a in own if _same_mouth(facets[a], facets[b])]
        if len({b for _, b in alike}) >= _TRANSLATED * min(len(own), len(others)) and alike:
            for at, (a, b) in enumerate(alike):
                how = f"in texts of which one is a translation. {_first(facets[a], facets[b], origins)}"
                yield _tie(facets, min(a, b), max(a, b), (3, number, at, 0), TRANSLATION, how, 1.0)


def _same_mouth(a: Facet, b: Facet) -> bool:
    """Whether both tell the same as the word of one speaker, or as their outlets' own."""
    own = len(a.claim.attribution.chain) == len(b.claim.attribution.chain) == 1
    return (own or bool(a.voice and a.voice == b.voice)) and same_telling(a, b)


def _sayings(facet: Facet, origins: Origins) -> Iterator[Bucket]:
    claim = facet.claim
    subject = (claim.kind.value, claim.holder, claim.polarity.value, claim.modality.value)
    for voice, name in _voices(facet, origins):
        for place in facet.areas or ("",):
            yield name, voice, place, *subject


def _same_speaker(facets: Sequence[Facet], origins: Origins, only: Container[Bucket] | None) -> Iterator[Tie]:
    """The same voice saying the same: a named speaker anywhere, an unnamed one through one relay or in one document.

    What an outlet tells in its own words in a report that it credits to an agency is that agency's.
    """
    met: set[tuple[int, int, int]] = set()
    for bucket, members in _gather((_sayings(facet, origins) for facet in facets), only):
        members.sort(key=lambda n: (day_in(bucket, facets[n]), n))
        for at, b in enumerate(members):
            for a in reversed(members[max(0, at - LOOK_BACK) : at]):
                if same_statement(facets[a], facets[b]):
                    met.add((max(a, b), min(a, b), _SAYINGS.index(bucket[0])))
                    break
    for b, a, which in sorted(met):
        name = _SAYINGS[which]
        how = f"by one agency. {_first(facets[a], facets[b], origins)}" if name == CREDITED else "by the same voice"
        yield _tie(facets, a, b, (2, facets[b].order, facets[a].order, which), name, how, 1.0)


def _voices(facet: Facet, origins: Origins) -> Iterator[tuple[str, str]]:
    chain = facet.claim.attribution.chain
    name = facet.claim.speaker.name.casefold()
    yield f"{facet.claim.document_id}/{name}", "same document"
    if facet.voice:
        yield facet.voice, "same speaker"
    for relay in chain[1:-1]:
        yield f"{name}/{relay.name.casefold()}", "same relay"
    origin = origins.get(facet.claim.document_id, NOWHERE)
    if len(chain) == 1 and origin.first:
        yield f"/{origin.first}", CREDITED


def _first(a: Facet, b: Facet, origins: Origins) -> str:
    """Who had it from whom, where a credit or the days tell; else empty."""
    for giver, taker in ((a, b), (b, a)):
        if _credits(taker, giver, origins):
            return f"{taker.claim.outlet.name or 'The report'} credits {giver.claim.outlet.name}."
    own, other = a.claim.outlet.name, b.claim.outlet.name
    if own and other and own != other and a.said is not None and b.said is not None and a.said != b.said:
        days = abs(a.said - b.said)
        earlier, later = (own, other) if a.said < b.said else (other, own)
        return f"{earlier} had it {days} day{'' if days == 1 else 's'} before {later}."
    return ""


def _credits(taker: Facet, giver: Facet, origins: Origins) -> bool:
    """Whether one says that it has it from the outlet of the other: as a relay of the speech, or for the whole report."""
    outlet = origins.get(giver.claim.document_id, NOWHERE).outlet
    relays = {relay.name.casefold() for relay in taker.claim.attribution.chain[1:-1]}
    own = origins.get(taker.claim.document_id, NOWHERE)
    return (
        bool(outlet) and outlet != own.outlet and (outlet == own.agency or giver.claim.outlet.name.casefold() in relays)
    )


def _tie(facets: Sequence[Facet], a: int, b: int, rank: Rank, name: str, how: str, score: float) -> Tie:
    first, second = facets[a], facets[b]
    detail = f"{teller(first)} and {teller(second)} say this {how.strip().rstrip('.')}."
    return Tie(a, b, Reason(name=name, detail=detail, weight=round(score, 6), claims=(first.id, second.id)), rank)
