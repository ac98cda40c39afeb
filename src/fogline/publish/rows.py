"""The ledger's values as plain rows, in the published shapes (``schemas/*.schema.json``).

Where something is not known a row holds null; lists and objects are always there. Every function is pure and gives
its keys in one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from fogline.model import (
    Ahead,
    Claim,
    Conclusions,
    Control,
    Correction,
    Document,
    Family,
    Link,
    Matter,
    Place,
    Quantity,
    Reason,
    Relation,
    SourceGrade,
    Span,
    Speaker,
    Stretch,
    When,
)

Row = dict[str, Any]
"""One JSON object."""

SCHEMAS = (
    "claim",
    "dispute",
    "source",
    "control",
    "matter",
    "attribution",
    "toponym",
    "timex",
    "quantity",
    "comparison",
    "brief",
)
"""The published schemas, by what they describe."""


@cache
def schema(name: str) -> Row:
    """The JSON Schema (2020-12) of one kind of row."""
    import json

    text = (files("fogline.publish") / "schemas" / f"{name}.schema.json").read_text("utf-8")
    loaded: Row = json.loads(text)
    return loaded


def families_by_claim(families: Iterable[Family]) -> dict[str, str]:
    """Claim id to the id of its family."""
    return {member: family.id for family in families for member in family.members}


def claim_row(claim: Claim, document: Document, family: str | None = None) -> Row:
    """One claim; ``family`` is the id of the claims it is one voice with, null where nothing was compared yet."""
    codes = claim.codes
    return {
        "id": claim.id,
        "document": document_head(document),
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "holder": claim.holder or None,
        "actor": claim.actor or None,
        "target": claim.target or None,
        "polarity": claim.polarity.value,
        "certainty": claim.certainty.value,
        "modality": claim.modality.value,
        "attribution": {
            "type": claim.attribution.type.value,
            "source": spans(claim.attribution.source),
            "cue": spans(claim.attribution.cue),
            "content": spans(claim.attribution.content),
            "chain": [_speaker(voice) for voice in claim.attribution.chain],
        },
        "places": [_place(place) for place in claim.places],
        "when": _when(claim.when),
        "quantities": [_quantity(quantity) for quantity in claim.quantities],
        "codes": {"plover": codes.plover or None, "cameo": codes.cameo or None, "acled": codes.acled or None},
        "ahead": _ahead(claim.ahead),
        "family": family,
        "extractor": {"name": claim.extractor.name, "version": claim.extractor.version},
        "corrections": [_correction(one) for one in claim.corrected],
    }


def _correction(one: Correction) -> Row:
    return {
        "field": one.field,
        "was": one.was or None,
        "now": one.now or None,
        "by": one.person,
        "reason": one.reason,
        "on": one.day.isoformat(),
        "judgement": one.judgement,
    }


def _ahead(ahead: Ahead | None) -> Row | None:
    if ahead is None:
        return None
    return {
        "event": ahead.event,
        "likelihood": ahead.likelihood.value,
        "words": ahead.words or None,
        "condition": ahead.condition or None,
    }


def claim_rows(
    claims: Iterable[Claim], documents: Mapping[str, Document], families: Iterable[Family] = ()
) -> Iterator[Row]:
    """The claims, in the order given."""
    family = families_by_claim(families)
    for claim in claims:
        yield claim_row(claim, documents[claim.document_id], family.get(claim.id))


def dispute_row(link: Link, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Row:
    """Two claims that contradict each other, each with its words, and why."""
    return {
        "a": _end(claims[link.a], documents),
        "b": _end(claims[link.b], documents),
        "relation": link.relation.value,
        "aspect": link.aspect,
        "reasons": reasons(link.reasons),
        "places": sorted({place.name for end in (link.a, link.b) for place in claims[end].places}),
        "id": link.id,
    }


def dispute_rows(
    conclusions: Conclusions, claims: Sequence[Claim], documents: Mapping[str, Document], keep: Sequence[Claim]
) -> Iterator[Row]:
    """The contradictions of which at least one end is among the claims to ``keep``, in the order of the links."""
    known = {claim.id: claim for claim in claims}
    wanted = {claim.id for claim in keep}
    for link in conclusions.links:
        ours = link.relation is Relation.CONTRADICTS and (link.a in wanted or link.b in wanted)
        if ours and link.a in known and link.b in known:
            yield dispute_row(link, known, documents)


def comparison_row(pair: str, relation: Relation, aspect: str, why: Iterable[Reason]) -> Row:
    """How the two statements of a pair stand to each other, and why; no aspect where nothing ties them."""
    return {"id": pair, "relation": relation.value, "aspect": aspect or None, "reasons": reasons(why)}


def matter_row(matter: Matter, documents: Mapping[str, str]) -> Row:
    """The claims that answer one question, by answer; ``documents`` maps claim to document, to count the reports."""
    return {
        "id": matter.id,
        "question": matter.question,
        "place": matter.place,
        "aspect": matter.aspect,
        "answers": [
            {
                "value": answer.value,
                "reports": len({documents[name] for name in answer.claims if name in documents}),
                "voices": answer.voices,
                "sides": dict(answer.sides),
                "first": iso(answer.first),
                "last": iso(answer.last),
                "claims": list(answer.claims),
                "families": list(answer.families),
            }
            for answer in matter.answers
        ],
    }


def matter_rows(conclusions: Conclusions, claims: Sequence[Claim], keep: Sequence[Claim]) -> Iterator[Row]:
    """The matters to which at least one of the claims to ``keep`` is an answer."""
    documents = {claim.id: claim.document_id for claim in claims}
    wanted = {claim.id for claim in keep}
    for matter in conclusions.matters:
        if any(name in wanted for answer in matter.answers for name in answer.claims):
            yield matter_row(matter, documents)


def source_row(grade: SourceGrade, track: Mapping[str, Any] | None = None) -> Row:
    """One source with its grade and the reasons for it; ``track`` is the track record of its forecasts, if it made any."""
    return {
        "name": grade.name,
        "type": grade.type.value,
        "side": grade.side,
        "claims": grade.claims,
        "reliability": round(grade.reliability, 4),
        "grade": grade.grade,
        "reasons": reasons(grade.reasons),
        "forecasts": None
        if track is None
        else {
            "made": track["forecasts"],
            "scored": track["scored"],
            "brier": track["brier"],
            "skill_half": track["skill_half"],
        },
    }


def control_row(control: Control) -> Row:
    """Who held a settlement when: the whole timeline, ``place`` by name."""
    return {
        "place": control.place,
        "known_by": iso(control.known_by),
        "timeline": [_stretch(stretch) for stretch in control.timeline],
    }


def document_head(document: Document) -> Row:
    """What a row of something in a document says of it."""
    return {
        "id": document.id,
        "name": document.name,
        "outlet": document.outlet or None,
        "title": document.title or None,
        "language": document.language or None,
        "published": published(document.published),
    }


def published(when: When) -> str | None:
    """A publication time: the ISO day, else an EDTF interval, else null.

    >>> published(When(start=date(2023, 10, 9), end=date(2023, 10, 9)))
    '2023-10-09'
    >>> published(When(start=date(2022, 9, 10)))
    '2022-09-10/..'
    """
    if when.edtf or not when.known:
        return when.edtf or None
    if when.start == when.end and when.start is not None:
        return when.start.isoformat()
    return f"{when.start or '..'}/{when.end or '..'}"


def _end(claim: Claim, documents: Mapping[str, Document]) -> Row:
    document = documents[claim.document_id]
    return {
        "id": claim.id,
        "quote": claim.quote,
        "speaker": claim.speaker.name,
        "side": claim.speaker.side,
        "outlet": document.outlet or None,
        "document": document.name,
        "published": published(document.published),
        "start": claim.span.start,
        "end": claim.span.end,
    }


def _stretch(stretch: Stretch) -> Row:
    return {
        "from": stretch.start.isoformat(),
        "to": stretch.end.isoformat(),
        "belief": {state: round(chance, 4) for state, chance in stretch.belief.items()},
        "status": stretch.status,
        "claims": list(stretch.claims),
    }


def spans(stretches: Iterable[Span]) -> list[list[int]]:
    """Stretches of a text as [start, end] pairs."""
    return [[one.start, one.end] for one in stretches]


def _speaker(voice: Speaker) -> Row:
    return {
        "name": voice.name,
        "role": voice.role or None,
        "affiliation": voice.affiliation or None,
        "side": voice.side,
        "type": voice.type.value,
    }


def _place(place: Place) -> Row:
    return {
        "name": place.name,
        "text": place.text,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision.value,
    }


def _when(when: When) -> Row:
    return {
        "start": iso(when.start),
        "end": iso(when.end),
        "edtf": when.edtf or None,
        "precision": when.precision.value,
        "text": when.text or None,
        "basis": when.basis.value,
    }


def _quantity(quantity: Quantity) -> Row:
    return {
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "of": quantity.of or None,
        "approximate": quantity.approximate,
        "text": quantity.text,
    }


def reasons(told: Iterable[Reason]) -> list[Row]:
    """Reasons, in their order."""
    return [
        {"name": one.name, "detail": one.detail, "weight": round(one.weight, 4), "claims": list(one.claims)}
        for one in told
    ]


def iso(day: date | None) -> str | None:
    """A day in ISO 8601, or null."""
    return day.isoformat() if day else None
