"""The rows of ``rows`` from claims at hand as the JSON objects that a ledger keeps.

Nothing is checked and no value made: a page of many rows is told several times faster. They are for claims in which nobody
has corrected anything; a test holds both ways to one answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fogline.model import Relation, ToldLink, ToldMatter
from fogline.publish.rows import Row


def claim_row(name: str, told: Mapping[str, Any], document: Row, family: str | None) -> Row:
    """``rows.claim_row``; ``document`` is the claim's ``rows.document_head``."""
    said, when, ahead = told["attribution"], told["when"], told.get("ahead")
    codes = told.get("codes") or {}
    return {
        "id": name,
        "document": document,
        "start": told["span"][0],
        "end": told["span"][1],
        "quote": told["quote"],
        "kind": told["kind"],
        "holder": told["holder"] or None,
        "actor": told["actor"] or None,
        "target": told["target"] or None,
        "polarity": told["polarity"],
        "certainty": told["certainty"],
        "modality": told["modality"],
        "attribution": {
            "type": said["type"],
            "source": said["source"],
            "cue": said["cue"],
            "content": said["content"],
            "chain": [
                {
                    "name": voice["name"],
                    "role": voice["role"] or None,
                    "affiliation": voice["affiliation"] or None,
                    "side": voice["side"],
                    "type": voice["type"],
                }
                for voice in said["chain"]
            ],
        },
        "places": told["places"],
        "when": {
            "start": when["start"],
            "end": when["end"],
            "edtf": when["edtf"] or None,
            "precision": when["precision"],
            "text": when["text"] or None,
            "basis": when["basis"],
        },
        "quantities": [{**amount, "of": amount["of"] or None} for amount in told["quantities"]],
        "codes": {
            "plover": codes.get("plover") or None, "cameo": codes.get("cameo") or None, "acled": codes.get("acled") or None,
        },
        "ahead": ahead
        and {
            "event": ahead["event"],
            "likelihood": ahead["likelihood"],
            "words": ahead["words"] or None,
            "condition": ahead["condition"] or None,
        },
        "family": family,
        "extractor": told["extractor"],
        "corrections": [],
    }  # fmt: skip


def document_head(name: str, told: Mapping[str, Any]) -> Row:
    """``rows.document_head`` of a document of that id."""
    return {
        "id": name,
        "name": told["name"],
        "outlet": told["outlet"] or None,
        "title": told["title"] or None,
        "language": told["language"] or None,
        "published": published(told["published"]),
    }


def published(when: Mapping[str, Any]) -> str | None:
    """``rows.published``."""
    start, end = when["start"], when["end"]
    if when["edtf"] or not (start or end):
        return when["edtf"] or None
    return start if start == end else f"{start or '..'}/{end or '..'}"


def dispute_row(
    link: ToldLink,
    reasons: Iterable[Mapping[str, Any]],
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    documents: Mapping[str, Row],
) -> Row:
    """``rows.dispute_row`` of a contradiction whose reasons and ends are told; ``documents`` are the ``document_head`` of each."""
    return {
        "a": _end(link.a.id, a, documents),
        "b": _end(link.b.id, b, documents),
        "relation": Relation.CONTRADICTS.value,
        "aspect": link.aspect,
        "reasons": [
            {
                "name": one["name"],
                "detail": one["detail"],
                "weight": round(one.get("weight", 0.0), 4),
                "claims": one.get("claims", []),
            }
            for one in reasons
        ],
        "places": sorted({place["name"] for end in (a, b) for place in end["places"]}),
        "id": link.id,
    }


def passage(
    told: Mapping[str, Any], document: Row, grades: Mapping[tuple[str, str], str], credibility: int | None
) -> Row:
    """What ``exports.flat.cited`` takes of a passage; ``grades`` are the letters of voices by name and type."""
    chain = told["attribution"]["chain"]
    return {
        "quote": told["quote"],
        "document": document["name"],
        "start": told["span"][0],
        "end": told["span"][1],
        "published": document["published"],
        "chain": [voice["name"] for voice in chain],
        "reliability": grades.get((chain[0]["name"], chain[0]["type"])),
        "credibility": credibility,
    }


def matter_row(matter: ToldMatter, answers: Iterable[Mapping[str, Any]]) -> Row:
    """``rows.matter_row`` of a matter whose answers are told."""
    reports = dict(enumerate(matter.reports))
    return {
        "id": matter.id,
        "question": matter.question,
        "place": matter.place,
        "aspect": matter.aspect,
        "answers": [
            {
                "value": one["value"],
                "reports": reports.get(n, 0),
                "voices": sum(sides.values()) if (sides := dict(one.get("sides", ()))) else len(one["families"]),
                "sides": sides,
                "first": one.get("first"),
                "last": one.get("last"),
                "claims": one["claims"],
                "families": one["families"],
            }
            for n, one in enumerate(answers)
        ],
    }


def _end(name: str, told: Mapping[str, Any], documents: Mapping[str, Row]) -> Row:
    document, speaker = documents[told["document_id"]], told["attribution"]["chain"][0]
    return {
        "id": name,
        "quote": told["quote"],
        "speaker": speaker["name"],
        "side": speaker["side"],
        "outlet": document["outlet"],
        "document": document["name"],
        "published": document["published"],
        "start": told["span"][0],
        "end": told["span"][1],
    }
