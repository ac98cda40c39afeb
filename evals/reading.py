"""What the claim sets share: run the path on a folder of reports, hold it against gold, show what was missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from evals.matching import FIELDS, Gold, Match, Names, match_all, score, share
from fogline.config import Settings
from fogline.model import Failure, Place, Reading


def hear(paths: Sequence[Path]) -> tuple[Reading, ...]:
    """The reports at the paths as fogline reads them, once for all sets; raises ``ValueError`` naming those that it could not read."""
    return _heard(tuple(paths))


@cache
def _heard(paths: tuple[Path, ...]) -> tuple[Reading, ...]:
    from fogline.flow import hear as run

    outcomes = list(run(paths, Settings(workers=1)))
    failed = [outcome.problem for outcome in outcomes if isinstance(outcome, Failure)]
    if failed:
        raise ValueError(f"reports of a gold set could not be read: {'; '.join(failed)}")
    return tuple(outcome for outcome in outcomes if isinstance(outcome, Reading))


@cache
def gazetteer_names(theatre: str = "ukraine") -> Names:
    """The GeoNames ids behind a name, by the theatre's gazetteer."""
    from fogline.gazetteer.loading import load as gazetteer_of
    from fogline.theatres.loading import load

    gazetteer = gazetteer_of(load(theatre))

    def names(name: str) -> frozenset[int]:
        entries = (entry.geonameid for entry in gazetteer.candidates(name))
        return frozenset(number for number in entries if number is not None)

    return names


def measure(name: str, golds: Sequence[Gold], readings: Sequence[Reading], verbose: bool) -> dict[str, float]:
    """The figures of a claim set: recall, fields right, each field, and the share of claims that stand in prose."""
    matches = match_all(golds, readings, gazetteer_names())
    result = score(matches)
    claims = [(reading, claim) for reading in readings for claim in reading.claims]
    inside = sum(reading.document.is_furniture(claim.span) for reading, claim in claims)
    words = sum(len(reading.document.text.split()) for reading in readings)
    print(
        f"{name}: {len(claims)} claims in {len(readings)} reports, {1000 * share(len(claims), words):.0f} a 1000 words"
    )
    found = sum(match.claim is not None for match in matches)
    print(f"{name}: {inside} claims in furniture; {found} of {len(golds)} gold claims found")
    if verbose:
        show(matches)
    return {
        "recall": result.recall,
        "fields": result.fields,
        "prose": in_prose(readings),
        **result.by_field,
    }


def in_prose(readings: Sequence[Reading]) -> float:
    """The share of all claims that touch no page furniture."""
    claims = [(reading, claim) for reading in readings for claim in reading.claims]
    return share(sum(not reading.document.is_furniture(claim.span) for reading, claim in claims), len(claims))


def show(matches: Sequence[Match]) -> None:
    """Print what was missed: gold claims not found, then found ones with a field wrong, as asked and as read."""
    for missed in (m for m in matches if m.claim is None):
        print(f"  {missed.gold.id:8} NOT FOUND  {missed.gold.anchor}")
    for match in matches:
        wrong = [name for name, right in match.right.items() if not right]
        if wrong:
            print(f"  {match.gold.id:8} {match.gold.anchor}")
        for name in wrong:
            print(f"  {'':8}   {name:9} asked {_asked(match, name)}  read {_read(match, name)}")


def _asked(match: Match, name: str) -> str:
    value = getattr(match.gold, name)
    return " | ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _read(match: Match, name: str) -> str:
    claim = match.claim
    if claim is None:
        return "nothing"
    chain = claim.attribution.chain
    shown: dict[str, Callable[[], object]] = {
        "kind": lambda: claim.kind,
        "speaker": lambda: f"{claim.speaker.name!r} ({claim.attribution.type}, {claim.speaker.type})",
        "side": lambda: f"{claim.speaker.side} ({claim.speaker.name!r})",
        "places": lambda: _places(claim.places),
        "date": lambda: f"{claim.when.edtf or '?'} ({claim.when.basis}) {claim.when.text!r}",
        "holder": lambda: f"{claim.holder!r} ({claim.kind})",
        "quantity": lambda: [(q.low, q.high, q.unit, q.of) for q in claim.quantities],
        "via": lambda: " < ".join(speaker.name for speaker in chain),
        "negated": lambda: claim.polarity,
    }
    assert set(shown) == set(FIELDS)
    return str(shown[name]())


def _places(places: Sequence[Place]) -> str:
    return ", ".join(f"{place.name} [{place.geonameid}]" for place in places) or "none"
