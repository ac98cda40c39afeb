"""Rival explanations of what happens at a place, drafted from a ledger and weighed as competing hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fogline import flow
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.model import Claim
from fogline.ports import Ledger
from fogline.review.deciding import standing

if TYPE_CHECKING:
    from fogline.foresee.hypotheses import Matrix


def draft(ledger: Ledger, place: str, settings: Settings, day: date | None = None) -> Matrix:
    """The matrix of the rival explanations that reports on a place give, as known by ``day``.

    Raises ``UsageError`` where fewer than two are given.
    """
    from fogline.foresee.judged import rated
    from fogline.foresee.rival_explanations import draft as drafted
    from fogline.link.explanation import purposes

    theatre = flow.theatre_of(settings, (), ledger)
    claims, _, conclusions = flow.known_by(ledger, theatre, day)
    entry = flow.place_meant(place, claims, theatre)
    families = {member: one.root for one in conclusions.families for member in one.members}
    about = _about(claims, entry.geonameid)
    found = drafted(entry.name, about, families, lambda claim: purposes(claim.quote))
    found = rated(found, standing(ledger.judgements()))
    if len(found.hypotheses) < 2:
        raise UsageError(
            f"Reports on {entry.name} give {len(found.hypotheses)} explanations of known classes; a matrix needs two.",
            "Read more reports, or write the file yourself: see docs/looking-ahead.md.",
        )
    return found


def _about(claims: Sequence[Claim], geonameid: int | None) -> tuple[Claim, ...]:
    """The claims of reports that speak of a place, less those on other settlements alone: an explanation seldom names the town."""
    reports = {c.document_id for c in claims if any(p.geonameid == geonameid for p in c.places)}
    return tuple(
        c
        for c in claims
        if c.document_id in reports
        and (
            any(p.geonameid == geonameid for p in c.places)
            or not any(p.precision in ("settlement", "near") for p in c.places)
        )
    )


def weighed(ledger: Ledger, file: Path, settings: Settings, day: date | None = None) -> Matrix:
    """The matrix of a file, its voices counted as known by ``day``, with people's letters. Raises ``BadScenario``."""
    from fogline.foresee.located import text_of

    return weighed_from(str(file), text_of(file), ledger, settings, day)


def weighed_from(name: str, text: str, ledger: Ledger, settings: Settings, day: date | None = None) -> Matrix:
    """The same of a text; ``name`` is what errors call it."""
    from fogline.foresee.hypothesis_files import matrix
    from fogline.foresee.judged import rated

    theatre = flow.theatre_of(settings, (), ledger)
    claims, _, conclusions = flow.known_by(ledger, theatre, day)
    families = {member: one.root for one in conclusions.families for member in one.members}
    every = {claim.id for claim in ledger.claims()}
    by = {claim.id: claim for claim in claims}

    def voices(ids: Sequence[str]) -> int | None:
        if any(name not in every for name in ids):
            return None
        known = [by[name] for name in ids if name in by]
        speakers = {c.speaker.name for c in known}
        return min(len({families.get(c.id, c.id) for c in known}), len(speakers)) if known else 0

    return rated(matrix(name, text, voices), standing(ledger.judgements()))
