"""Which claims are one voice.

Claims are joined pair by pair, each pair with a named reason, and whatever hangs together is a family (union-find).
Pairs come from five places: copied passages, the same named speaker saying the same, the same relay crediting the same speaker,
two reports that credit one agency, and one document repeating itself. Every claim is in exactly one family; alone, it is its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fogline.link.credit import NOWHERE, Origin
from fogline.link.facets import Facet, gap
from fogline.link.near_duplicates import akin, containment, shingles, words
from fogline.link.quantity import disagree
from fogline.link.wording import teller
from fogline.model import Document, Family, Kind, Reason

FEW_DAYS = 3
"""Within so many days the same words of the same speaker are one statement, told again."""
_REPRINTED, _UNMISTAKABLE = 14, 30
"""Beyond so many days a passage of fewer words is told anew of another day, unless it bears a date of its own."""
_FINE = 31
"""A date of at most so many days is fine enough to name one event whenever it is told."""
_DOCUMENT_SHINGLE, _PASSAGE_SHINGLE = 5, 3
_DOCUMENT_ALIKE, _DOCUMENT_CARRIED, _DOCUMENT_SMALLEST = 0.5, 0.55, 20
_PASSAGE_ALIKE, _PASSAGE_WORDS = 0.65, 12
"""Two people may well write the same eight words; a dozen nearly the same are copied."""
_PASSAGE_IN_COPY = 0.5
_SAME_WORDS = 0.35
_TELLING = re.compile(
    r"(?<![.!?…\n”\"] )(?<!^)(?<!\n)\b[A-Z][\w’'-]+|\b\d[\d.,]*"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundred|thousand|million)\b"
)
_KEPT = 0.5
"""A copy has so many of the numbers and names of the shorter text."""
_LOOK_BACK = 8
CREDITED = "credited wire copy"
"""The name of the reason where two reports are from one agency by their own word."""


@dataclass(frozen=True, slots=True)
class _Tie:
    a: int
    b: int
    reason: Reason


def find(
    facets: Sequence[Facet], documents: Mapping[str, Document], origins: Mapping[str, Origin] | None = None
) -> tuple[Family, ...]:
    """The families of all claims, by their first member in reading order.

    ``origins`` tell whom each document credits, by document id (see ``credit``).
    """
    from_whom = origins or {}
    ties = [
        *_copied_passages(facets, from_whom),
        *_passages_of_copied_documents(facets, documents, from_whom),
        *_same_speaker(facets, from_whom),
    ]
    groups = _Groups(len(facets))
    kept: list[_Tie] = [tie for tie in ties if groups.join(tie.a, tie.b)]
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for tie in kept:
        reasons[groups.root(tie.a)].append(tie.reason)
    return tuple(
        Family(
            root=facets[_root(members, facets, from_whom)].id,
            members=tuple(facets[m].id for m in members),
            reasons=tuple(reasons[group]),
        )
        for group, members in groups.members()
    )


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


def _copied_passages(facets: Sequence[Facet], from_whom: Mapping[str, Origin]) -> Iterator[_Tie]:
    """Long passages of different documents in nearly the same words."""
    quotes = sorted({f.claim.quote for f in facets if len(words(f.claim.quote)) >= _PASSAGE_WORDS})
    own: dict[str, int] = {quote: i for i, quote in enumerate(quotes)}
    groups = _Groups(len(quotes))
    scores: dict[tuple[int, int], float] = {}
    for (i, j), score in akin(quotes, _PASSAGE_SHINGLE, whole=_PASSAGE_ALIKE).alike.items():
        groups.join(i, j)
        scores[i, j] = score
    cells: dict[int, list[int]] = defaultdict(list)
    for n, facet in enumerate(facets):
        if facet.claim.quote in own:
            cells[groups.root(own[facet.claim.quote])].append(n)
    for members in cells.values():
        for at, b in enumerate(members):
            for a in reversed(members[:at]):
                if facets[a].claim.document_id != facets[b].claim.document_id and same_telling(facets[a], facets[b]):
                    i, j = sorted((own[facets[a].claim.quote], own[facets[b].claim.quote]))
                    score = 1.0 if i == j else scores.get((i, j), _PASSAGE_ALIKE)
                    how = f"in nearly the same words. {_first(facets[a], facets[b], from_whom)}"
                    yield _tie(facets, a, b, "near-duplicate passage", how, score)
                    break


def _passages_of_copied_documents(
    facets: Sequence[Facet], documents: Mapping[str, Document], from_whom: Mapping[str, Origin]
) -> Iterator[_Tie]:
    """Passages, short ones too, that stand in two documents of which one is a copy or carries the other."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for n, facet in enumerate(facets):
        by_document[facet.claim.document_id].append(n)
    ids = [i for i in by_document if i in documents]
    pairs = copies([documents[i].text for i in ids])
    for i, j in sorted(pairs):
        for a in by_document[ids[i]]:
            for b in by_document[ids[j]]:
                if not same_telling(facets[a], facets[b]):
                    continue
                score = containment(*(shingles(facets[n].claim.quote, _PASSAGE_SHINGLE) for n in (a, b)))
                if score >= _PASSAGE_IN_COPY:
                    how = f"in a text that copies or carries the other. {_first(facets[a], facets[b], from_whom)}"
                    yield _tie(facets, a, b, "copied document", how, score)


def copies(texts: Sequence[str]) -> Mapping[tuple[int, int], float]:
    """Which texts are copies of one another, or carry one another: pairs ``(i, j)``, ``i < j``, with the share in common.

    A copy keeps the numbers and the names of what it copies: a bulletin of the same form with others is another bulletin.
    """
    near = akin(texts, _DOCUMENT_SHINGLE, whole=_DOCUMENT_ALIKE, part=_DOCUMENT_CARRIED, smallest=_DOCUMENT_SMALLEST)
    names = lru_cache(maxsize=None)(lambda n: frozenset(_TELLING.findall(texts[n])))
    found = {pair: score for pair, score in near.carried.items() if _keeps(names, pair)}
    for pair, score in near.alike.items():
        found[pair] = max(score, found.get(pair, 0.0))
    other = {pair for pair in near.alike if not _keeps(names, pair)}
    groups = _Groups(len(texts))
    members: dict[int, list[int]] = {}
    kept: dict[tuple[int, int], float] = {}
    for (i, j), score in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        one, two = groups.root(i), groups.root(j)
        own, others = members.get(one, [one]), members.get(two, [two])
        if (i, j) in other or (one != two and any((min(a, b), max(a, b)) in other for a in own for b in others)):
            continue  # a part that both have does not make one of two bulletins
        groups.join(i, j)
        members[groups.root(i)] = own if one == two else [*own, *others]
        kept[i, j] = score
    return dict(sorted(kept.items()))


def _keeps(names: Callable[[int], frozenset[str]], pair: tuple[int, int]) -> bool:
    one, other = names(pair[0]), names(pair[1])
    return not one or not other or containment(one, other) >= _KEPT


def _same_speaker(facets: Sequence[Facet], from_whom: Mapping[str, Origin]) -> Iterator[_Tie]:
    """The same voice saying the same: a named speaker anywhere, an unnamed one through one relay or in one document.

    What an outlet tells in its own words in a report that it credits to an agency is that agency's.
    """
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, facet in enumerate(facets):
        claim = facet.claim
        subject = (claim.kind.value, claim.holder, claim.polarity.value, claim.modality.value)
        for voice, name in _voices(facet, from_whom):
            for place in facet.areas or ("",):
                buckets[(name, voice, place, *subject)].append(n)
    for (name, *_), members in buckets.items():
        members.sort(key=lambda n: (facets[n].start or facets[n].said or 0, n))
        for at, b in enumerate(members):
            for a in reversed(members[max(0, at - _LOOK_BACK) : at]):
                if same_statement(facets[a], facets[b]):
                    one, two = facets[min(a, b)], facets[max(a, b)]
                    how = f"by one agency. {_first(one, two, from_whom)}" if name == CREDITED else "by the same voice"
                    yield _tie(facets, min(a, b), max(a, b), name, how, 1.0)
                    break


def _voices(facet: Facet, from_whom: Mapping[str, Origin]) -> Iterator[tuple[str, str]]:
    chain = facet.claim.attribution.chain
    name = facet.claim.speaker.name.casefold()
    yield f"{facet.claim.document_id}/{name}", "same document"
    if facet.voice:
        yield facet.voice, "same speaker"
    for relay in chain[1:-1]:
        yield f"{name}/{relay.name.casefold()}", "same relay"
    origin = from_whom.get(facet.claim.document_id, NOWHERE)
    if len(chain) == 1 and origin.first:
        yield f"/{origin.first}", CREDITED


def _first(a: Facet, b: Facet, from_whom: Mapping[str, Origin]) -> str:
    """Who had it from whom, where a credit or the days tell; else empty."""
    for giver, taker in ((a, b), (b, a)):
        if _credits(taker, giver, from_whom):
            return f"{taker.claim.outlet.name or 'The report'} credits {giver.claim.outlet.name}."
    own, other = a.claim.outlet.name, b.claim.outlet.name
    if own and other and own != other and a.said is not None and b.said is not None and a.said != b.said:
        days = abs(a.said - b.said)
        earlier, later = (own, other) if a.said < b.said else (other, own)
        return f"{earlier} had it {days} day{'' if days == 1 else 's'} before {later}."
    return ""


def _credits(taker: Facet, giver: Facet, from_whom: Mapping[str, Origin]) -> bool:
    """Whether one says that it has it from the outlet of the other: as a relay of the speech, or for the whole report."""
    outlet = from_whom.get(giver.claim.document_id, NOWHERE).outlet
    relays = {relay.name.casefold() for relay in taker.claim.attribution.chain[1:-1]}
    own = from_whom.get(taker.claim.document_id, NOWHERE)
    return (
        bool(outlet) and outlet != own.outlet and (outlet == own.agency or giver.claim.outlet.name.casefold() in relays)
    )


def _tie(facets: Sequence[Facet], a: int, b: int, name: str, how: str, score: float) -> _Tie:
    first, second = facets[a], facets[b]
    detail = f"{teller(first)} and {teller(second)} say this {how.strip().rstrip('.')}."
    return _Tie(a, b, Reason(name=name, detail=detail, weight=round(score, 6), claims=(first.id, second.id)))


def _root(members: Sequence[int], facets: Sequence[Facet], from_whom: Mapping[str, Origin]) -> int:
    """The member published by an outlet that other members credit, or else the earliest."""
    if len(members) == 1:
        return members[0]
    credited = {relay.name.casefold() for m in members for relay in facets[m].claim.attribution.chain[1:-1]}
    origin = {m: from_whom.get(facets[m].claim.document_id, NOWHERE) for m in members}
    credited |= {one.agency for one in origin.values() if one.agency}
    own = [
        m
        for m in members
        if credited & {facets[m].claim.outlet.name.casefold(), origin[m].outlet} and not origin[m].agency
    ]
    return min(own or members)


class _Groups:
    """Union-find over ``size`` numbers; the smallest number of a group is its root."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, one: int) -> int:
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, a: int, b: int) -> bool:
        """Join two groups; ``False`` where they were one already."""
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low
        return low != high

    def members(self) -> Iterator[tuple[int, list[int]]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for one in range(len(self._parent)):
            groups[self.root(one)].append(one)
        return iter(groups.items())
