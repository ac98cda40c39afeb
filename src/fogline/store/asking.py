"""Pages of claims and counts of places over plain values: the meaning that every store gives to ``ports.PagesClaims``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from fogline.model import MOST_COUNTED, Asked, Claim, Document, Mark, Page, Place, PlaceClaims
from fogline.store.words import ranked

Dated = tuple[Claim, Document]
"""A claim with the document it was heard in."""


def counts(dated: Iterable[Dated], asked: Asked) -> dict[str, dict[str, int]]:
    """See ``ports.PagesClaims.counts``."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "side", "speaker", "outlet", "certainty")}
    for claim, _ in _matching([pair for pair in dated if wanted(*pair, asked)], asked.words):
        chain = claim.attribution.chain
        found["kind"][claim.kind.value] += 1
        found["certainty"][claim.certainty.value] += 1
        found["side"][chain[0].side if chain else ""] += 1
        found["speaker"][chain[0].name if chain else ""] += 1
        found["outlet"][chain[-1].name if chain else ""] += 1
    return {
        name: dict(sorted(((w, n) for w, n in words.items() if w), key=lambda one: (-one[1], one[0]))[:MOST_COUNTED])
        for name, words in found.items()
    }


def months(dated: Iterable[Dated], asked: Asked) -> dict[str, dict[str, int]]:
    """See ``ports.PagesClaims.months``."""
    kept = _matching([pair for pair in dated if wanted(*pair, asked)], asked.words)
    found = Counter(
        (document.published.start.isoformat()[:7], claim.attribution.chain[0].side if claim.attribution.chain else "")
        for claim, document in kept
        if document.published.start is not None
    )
    return nested((month, side, many) for (month, side), many in found.items())


def nested(counted: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """Counts of months and sides, as ``ports.PagesClaims.months`` has them."""
    found: dict[str, dict[str, int]] = {}
    for month, side, many in sorted(counted):
        own = found.setdefault(month, {})
        own[side] = own.get(side, 0) + many
    return found


def _matching(kept: list[Dated], words: str) -> list[Dated]:
    if not words:
        return kept
    found = set(ranked(words, [claim.quote for claim, _ in kept]))
    return [pair for n, pair in enumerate(kept) if n in found]


def page(dated: Iterable[Dated], asked: Asked, after: Mark | None, limit: int) -> Page:
    """See ``ports.PagesClaims.page``."""
    kept = [pair for pair in dated if wanted(*pair, asked)]
    kept = _matching(kept, asked.words)
    marks = sorted(((mark(*pair), pair[0]) for pair in kept), key=lambda one: _order(one[0]), reverse=True)
    if after is not None:
        marks = [one for one in marks if _order(one[0]) < _order(after)]
    shown = marks[:limit]
    return Page(claims=tuple(claim for _, claim in shown), after=shown[-1][0] if len(marks) > limit else None)


def mark(claim: Claim, document: Document) -> Mark:
    """Where a page that ends with the claim goes on."""
    return Mark(document.published.start, claim.id)


def _order(at: Mark) -> tuple[date, str]:
    return (at.published or date.min, at.claim)


def wanted(claim: Claim, document: Document, asked: Asked) -> bool:
    """Whether the claim is asked for, words apart."""
    chain = claim.attribution.chain
    plain = (
        (asked.kind, claim.kind),
        (asked.side, chain[0].side if chain else ""),
        (asked.speaker, chain[0].name if chain else ""),
        (asked.outlet, chain[-1].name if chain else ""),
        (asked.certainty, claim.certainty.value),
        (asked.document_id, claim.document_id),
    )
    return (
        all(not want or want == have for want, have in plain)
        and _there(claim.places, asked)
        and _known_by(document, asked.known_by)
        and _within(claim, document, asked.since, asked.until)
    )


def places(dated: Iterable[Dated], known_by: date | None) -> tuple[PlaceClaims, ...]:
    """See ``ports.PagesClaims.places``."""
    names: dict[int, list[Place]] = {}
    counts: dict[int, set[str]] = {}
    for claim, document in dated:
        if _known_by(document, known_by):
            for place in claim.places:
                if place.geonameid is not None:
                    names.setdefault(place.geonameid, []).append(place)
                    counts.setdefault(place.geonameid, set()).add(claim.id)
    return tuple(
        PlaceClaims(
            geonameid=number,
            name=min(place.name for place in found),
            lat=min((place.lat for place in found if place.lat is not None), default=None),
            lon=min((place.lon for place in found if place.lon is not None), default=None),
            claims=len(counts[number]),
        )
        for number, found in sorted(names.items())
    )


def _there(found: Iterable[Place], asked: Asked) -> bool:
    if asked.geonameid is None and not asked.place:
        return True
    return any(
        (asked.geonameid is None or place.geonameid == asked.geonameid)
        and (not asked.place or asked.place in (place.name, place.text))
        for place in found
    )


def _known_by(document: Document, day: date | None) -> bool:
    start = document.published.start
    return day is None or (start is not None and start <= day)


def _within(claim: Claim, document: Document, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    when = claim.when if claim.when.start or claim.when.end else document.published
    if when.start is None and when.end is None:
        return False
    return (since is None or when.end is None or when.end >= since) and (
        until is None or when.start is None or when.start <= until
    )
