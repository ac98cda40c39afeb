"""What a ledger says about one settlement, laid out for telling: who is one voice, who said what when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fogline.model import (
    CONTESTED,
    Claim,
    Conclusions,
    Control,
    Document,
    Extent,
    Kind,
    Modality,
    PlacePrecision,
    Stretch,
    Theatre,
    extent_of,
)

AT = frozenset({PlacePrecision.SETTLEMENT, PlacePrecision.NO_COORDINATES, PlacePrecision.NOT_FOUND})
"""Words that put something in the settlement itself, not near it or on the way to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The claims about a settlement with all that telling them needs.

    ``claims`` name the settlement and lie in the period asked for; ``around`` adds those that name no place in reports
    whose main place it is. ``family`` maps a claim to its voice. ``today`` is the day spoken of: the one asked for, else the
    last assessed day, as in every other view. ``known_on`` is the day up to which reports count (``None`` where the newest
    ones are undated). ``extent`` is that of all reports that count, and not of ``documents`` alone.
    """

    place: str
    geonameid: int | None
    claims: tuple[Claim, ...]
    around: tuple[Claim, ...]
    known: Mapping[str, Claim]
    documents: Mapping[str, Document]
    family: Mapping[str, str]
    conclusions: Conclusions
    control: Control
    theatre: Theatre
    start: date | None
    end: date | None
    today: date | None
    known_on: date | None
    reached: date | None
    extent: Extent

    def is_at(self, claim: Claim) -> bool:
        """Whether the claim puts what it says in the settlement, not near it or toward it."""
        return any(
            p.precision in AT and is_place(p.name, p.geonameid, self.place, self.geonameid) for p in claim.places
        )

    def voice(self, claim: Claim) -> str:
        """The voice a claim belongs to; a claim of no family is a voice of its own."""
        return self.family.get(claim.id, claim.id)

    def voices(self, claims: Iterable[Claim]) -> tuple[int, int]:
        """How many reports and how many independent voices the claims are."""
        claims = tuple(claims)
        return len({claim.document_id for claim in claims}), len({self.voice(claim) for claim in claims})

    def day(self, claim: Claim) -> date | None:
        """The day a claim is told under: of what it speaks of, else of its report; ``None`` where neither is known."""
        return claim.when.start or claim.when.end or self.said(claim)

    def said(self, claim: Claim) -> date | None:
        """The day a claim was published; of an undated report the earliest it can be."""
        published = self.documents[claim.document_id].published
        return published.start or published.end

    def dated(self, claim: Claim) -> date | None:
        """The last day a claim can speak of; ``None`` where it is open, as in a report that bears no date."""
        when = claim.when if claim.when.known else self.documents[claim.document_id].published
        return when.end

    def holding(self) -> tuple[Claim, ...]:
        """The claims that say who does or does not hold the settlement, as fact, oldest first."""
        told = [
            claim
            for claim in self.claims
            if claim.kind is Kind.CONTROL
            and (claim.holder == CONTESTED or self.theatre.side(claim.holder) is not None)
            and claim.modality in (Modality.ACTUAL, Modality.UNVERIFIED)
            and self.is_at(claim)
        ]
        return tuple(sorted(told, key=lambda c: (self.day(c) or date.min, self.said(c) or date.min)))

    def folded(self, claims: Iterable[Claim]) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
        """The claims by voice and passage: for each the one to show (the first given) and all that say the same."""
        groups: dict[str, list[Claim]] = {}
        shown: dict[tuple[str, int, int], str] = {}
        for claim in claims:
            passage = (claim.document_id, claim.span.start, claim.span.end)
            key = shown.get(passage) or self.voice(claim)
            shown[passage] = key
            groups.setdefault(key, []).append(claim)
        for group in groups.values():
            yield group[0], tuple(group)

    def stretches(self) -> tuple[Stretch, ...]:
        """The control timeline with neighbours of one status joined, cut to the period asked for."""
        wanted = [
            stretch
            for stretch in self.control.timeline
            if (self.end is None or stretch.start <= self.end) and (self.start is None or stretch.end >= self.start)
        ]
        return joined(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a brief tells of a ledger of which only a settlement's part is at hand: how far all reports reach, and those (by id)
    that name the settlement at least as often as any other.
    """

    extent: Extent
    chief: frozenset[str]


def is_place(name: str, geonameid: int | None, wanted: str, wanted_id: int | None) -> bool:
    """Whether a place is the wanted one: by GeoNames id where both have one, else by name."""
    if geonameid is not None and wanted_id is not None:
        return geonameid == wanted_id
    return name.casefold() == wanted.casefold()


def joined(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Stretches with neighbours of one status made one: their days together, belief by the share of days."""
    merged: list[Stretch] = []
    for stretch in stretches:
        if not merged or merged[-1].status != stretch.status:
            merged.append(stretch)
            continue
        before = merged[-1]
        first, second = (before.end - before.start).days + 1, (stretch.end - stretch.start).days + 1
        belief = {
            state: (before.belief.get(state, 0.0) * first + stretch.belief.get(state, 0.0) * second) / (first + second)
            for state in stretch.belief
        }
        claims = tuple(dict.fromkeys((*before.claims, *stretch.claims)))
        merged[-1] = Stretch(start=before.start, end=stretch.end, belief=belief, status=stretch.status, claims=claims)
    return tuple(merged)


def gather(
    place: str,
    geonameid: int | None,
    *,
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    conclusions: Conclusions,
    control: Control,
    theatre: Theatre,
    start: date | None,
    end: date | None,
    known_by: date | None,
    rest: Rest | None = None,
) -> Evidence:
    """The evidence on a settlement from all that the ledger holds; ``rest`` where only the settlement's part is given."""
    family = {member: one.id for one in conclusions.families for member in one.members}

    def within(claim: Claim) -> bool:
        published = documents[claim.document_id].published
        first = claim.when.start or claim.when.end or published.start or published.end
        last = claim.when.end or claim.when.start or published.end or published.start
        return (start is None or last is None or last >= start) and (end is None or first is None or first <= end)

    def names(claim: Claim) -> bool:
        return any(is_place(p.name, p.geonameid, place, geonameid) for p in claim.places)

    about = chief(claims, place, geonameid) if rest is None else rest.chief
    own = tuple(claim for claim in claims if names(claim) and within(claim))
    placeless = {claim.id for claim in claims if not claim.places and claim.document_id in about and within(claim)}
    wanted = {claim.id for claim in own} | placeless
    extent = extent_of(documents.values()) if rest is None else rest.extent
    return Evidence(
        place=place,
        geonameid=geonameid,
        claims=own,
        around=tuple(claim for claim in claims if claim.id in wanted),
        known={claim.id: claim for claim in claims},
        documents=documents,
        family=family,
        conclusions=conclusions,
        control=control,
        theatre=theatre,
        start=start,
        end=end,
        today=end or known_by or (control.timeline[-1].end if control.timeline else extent.reached),
        known_on=known_by or extent.last,
        reached=end or known_by or extent.reached,
        extent=extent,
    )


def chief(claims: Sequence[Claim], place: str, geonameid: int | None) -> frozenset[str]:
    """The documents that name the settlement at least as often as any other place."""
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        own = counts.setdefault(claim.document_id, Counter())
        for p in claim.places:
            wanted = is_place(p.name, p.geonameid, place, geonameid)
            own["" if wanted else str(p.geonameid or p.name.casefold())] += 1
    return frozenset(name for name, own in counts.items() if own[""] and own[""] == max(own.values()))
