"""What the doors say of documents, changes and places: plain rows that only they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any

from fogline.assessing import belief_row, day_row
from fogline.model import Control, Document, Origins, PlaceClaims, Theatre
from fogline.publish import rows, told_rows
from fogline.publish.rows import Row
from fogline.publish.wording import named
from fogline.store.words import phrases, tokens

_ORIGINS = {field.name: getattr(Origins(), field.name).value for field in fields(Origins)}
"""How each thing about a document is known where nothing says so."""


def worded(row: Row, theatre: Theatre) -> Row:
    """The row with sides named in words in its reasons and question, where the ledger has their codes."""
    told = dict(row)
    if "reasons" in row:
        told["reasons"] = [{**one, "detail": named(one["detail"], theatre)} for one in row["reasons"]]
    if "question" in row:
        told["question"] = named(row["question"], theatre)
    return told


def document_row(document: Document) -> Row:
    """What a list says of a document."""
    return {
        "id": document.id,
        "name": document.name,
        "outlet": document.outlet or None,
        "title": document.title or None,
        "language": document.language or None,
        "published": rows.published(document.published),
        "url": document.url or None,
        "domain": document.domain or None,
        "outlet_known": document.outlet_known,
        "authors": list(document.authors),
        "modified": rows.published(document.modified),
        "known_from": {name: getattr(document.origins, name).value for name in _ORIGINS},
    }


def kept_document_row(name: str, told: Mapping[str, Any]) -> Row:
    """``document_row`` of a document as a ledger keeps it, which may lack what was added to the model later."""
    known = told.get("origins") or {}
    return {
        **told_rows.document_head(name, told),
        "url": told["url"] or None,
        "domain": told.get("domain") or None,
        "outlet_known": told.get("outlet_known", False),
        "authors": told.get("authors", []),
        "modified": told_rows.published(told["modified"]) if "modified" in told else None,
        "known_from": {one: known.get(one, unknown) for one, unknown in _ORIGINS.items()},
    }


def change_rows(control: Control) -> list[Row]:
    """The days on which the assessed status of a settlement changed, the latest first, with the belief of the day and its eve."""
    told = [(before, after) for before, after in pairwise(control.timeline) if before.status != after.status]
    return [
        {
            "place": control.place,
            "on": after.start.isoformat(),
            "before": before.status,
            "after": after.status,
            "belief_before": belief_row(control, before.end),
            "belief_after": belief_row(control, after.start),
            "claims": list(after.claims),
        }
        for before, after in reversed(told)
    ]


def foremost(places: Iterable[PlaceClaims], held: Mapping[int, Control]) -> str | None:
    """The name of the place most is said of, among those of which something is assessed where there are any."""

    def said(place: PlaceClaims) -> tuple[bool, int]:
        control = held.get(place.geonameid)
        return bool(control and control.timeline), place.claims

    found = max(places, key=said, default=None)
    return None if found is None else found.name


def feature(
    place: PlaceClaims,
    control: Control | None,
    on: date | None,
    names: Sequence[str] = (),
    claimed: Mapping[str, str] | None = None,
) -> Row:
    """A place as a GeoJSON feature (RFC 7946), with what is assessed of it on a day, or else on the last assessed day.

    ``claimed`` is what each side last claimed of it, by the side's code; ``names`` are its names in other letters.
    """
    point = None if place.lat is None or place.lon is None else [place.lon, place.lat]
    stretches = () if control is None else control.timeline
    there = [one for one in stretches if on is None or one.start <= on <= one.end]
    now = day_row(control, on or there[-1].end) if control and there else None
    return {
        "type": "Feature",
        "id": place.geonameid,
        "geometry": None if point is None else {"type": "Point", "coordinates": point},
        "properties": {
            "name": place.name,
            "names": list(names),
            "claims": place.claims,
            "claimed": dict(claimed or {}),
            "status": now["status"] if now else None,
            "belief": now["belief"] if now else {},
            "valid_from": there[-1].start.isoformat() if there else None,
            "valid_to": there[-1].end.isoformat() if there else None,
        },
    }


def highlights(quote: str, words: str) -> list[list[int]]:
    """Where the words asked for stand in a quotation, as [start, end] of runs of letters and digits.

    >>> highlights("The bridge, the BRIDGE.", "bridge"), highlights("A naïve plan", "Naive")
    ([[4, 10], [16, 22]], [[2, 7]])
    """
    wanted = {token for phrase in phrases(words) for token in phrase}
    return [[run.start(), run.end()] for run in re.finditer(r"[^\W_]+", quote) if _among(wanted, run.group())]


def _among(wanted: Set[str], run: str) -> bool:
    """Whether a run is one of the words; in plain letters it is its own token, which most are."""
    return run.lower() in wanted if run.isascii() else not wanted.isdisjoint(tokens(run))
