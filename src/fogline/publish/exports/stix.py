"""STIX 2.1 (OASIS Standard, 10 June 2021): voices, places, reports, claims as notes, and how claims stand to each other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID, uuid5

from fogline.model import Account, Claim, SpeakerType
from fogline.publish.exports import flat, speaking
from fogline.publish.rows import Row

SPACE = UUID("b1ed1a68-5c1f-5f43-9a5c-7d7a3f0f1f5b")
"""The namespace of the ids: an object has the same id in every bundle (UUID version 5, of what it is named by)."""

CLASSES = {
    SpeakerType.PERSON: "individual",
    SpeakerType.ORGANISATION: "organization",
    SpeakerType.GROUP: "group",
    SpeakerType.OUTLET: "organization",
}
_MAKER = ("identity", "fogline")
_EXTENSION = ("extension-definition", "fogline-claim-1")


def stix_id(kind: str, name: str) -> str:
    """The id of an object."""
    return f"{kind}--{uuid5(SPACE, f'{kind}|{name}')}"


class Stix:
    """A bundle whose claims are notes by their speakers; control is notes by fogline, each marked as assessed."""

    ending, media_type = "json", "application/stix+json;version=2.1"

    def write(self, account: Account) -> bytes:
        """The file's bytes, the objects sorted by id."""
        objects = {one["id"]: one for one in _objects(account)}
        listed = [objects[name] for name in sorted(objects)]
        name = "|".join(f"{one['id']}@{one['modified']}" for one in listed)
        bundle = {"type": "bundle", "id": stix_id("bundle", name), "objects": listed}
        return (json.dumps(bundle, ensure_ascii=False, indent=1) + "\n").encode()


def _objects(account: Account) -> list[Row]:
    at = speaking.made_at(account)
    documents, claims = speaking.shown_documents(account), speaking.shown_claims(account)
    found = [_object(*_MAKER, at, name="fogline", identity_class="system"), _extension(at)]
    for key, voice in speaking.voices(account).items():
        about = {"roles": [voice.role]} if voice.role else {}
        label = {"labels": [f"side:{voice.side}"]}
        found.append(
            _object("identity", key, at, name=voice.name, identity_class=CLASSES[voice.type], **about, **label)
        )
    for key, place in speaking.places(account).items():
        point: Row = {} if place.lat is None or place.lon is None else {"latitude": place.lat, "longitude": place.lon}
        # STIX asks for a region, a country or a point: a place without coordinates has its name alone.
        where = point or {"administrative_area": place.name, "country": "XZ"}
        found.append(_object("location", key, at, name=place.name, **where))
    known = flat.weights(account)
    for claim in claims.values():
        found += _claim(claim, account, known)
    for document in documents.values():
        inside = [stix_id("note", claim.id) for claim in claims.values() if claim.document_id == document.id]
        told = speaking.midnight(document.published.start) or at
        reference = {"source_name": document.outlet or document.name, "description": document.name}
        reference["hashes"] = {"SHA-256": account.hashes[document.id]}  # type: ignore[assignment]
        found.append(
            _object(
                "report",
                document.id,
                told,
                name=document.title or document.name,
                report_types=["observed-data"],
                published=_time(told),
                object_refs=inside,
                external_references=[reference],
            )
        )
    for name, relation, aspect, a, b in speaking.links(account):
        ends = {"source_ref": stix_id("note", a), "target_ref": stix_id("note", b)}
        found.append(_object("relationship", name, at, relationship_type=relation, description=aspect, **ends))
    return found + _control(account, at)


def _claim(claim: Claim, account: Account, known: flat.Weights) -> list[Row]:
    document = account.documents[claim.document_id]
    at = speaking.midnight(document.published.start) or speaking.made_at(account)
    row = flat.passage(claim, account, known)
    speaker = stix_id("identity", speaking.voice_key(claim.speaker))
    there = [stix_id("location", speaking.place_key(place)) for place in claim.places]
    about = {
        "extension_type": "property-extension",
        "standing": flat.STANDING_CLAIMED,
        "kind": claim.kind.value,
        "holder": claim.holder,
        "polarity": claim.polarity.value,
        "certainty": claim.certainty.value,
        "modality": claim.modality.value,
        "when": claim.when.edtf,
        **{name: value for name, value in row.items() if name != "quote"},
    }
    note = _object(
        "note",
        claim.id,
        at,
        abstract=f"Claimed by {claim.speaker.name}",
        content=claim.quote,
        authors=row["chain"],
        object_refs=list(dict.fromkeys([speaker, *there])),
        extensions={stix_id(*_EXTENSION): {name: value for name, value in about.items() if value not in (None, "")}},
    )
    said = _object(
        "relationship", f"{claim.id}|said", at, relationship_type="asserts", source_ref=speaker, target_ref=note["id"]
    )
    return [note, said]


def _control(account: Account, at: datetime) -> list[Row]:
    found = []
    for row in flat.control_rows(account):
        place = speaking.held(account, row["place"], row["geonameid"])
        days = f"{row['valid_from']} to {row['valid_to']}"
        about = {"extension_type": "property-extension"} | {
            name: row[name]
            for name in ("standing", "status", "belief", "doubt", "valid_from", "valid_to", "known_by", "claims")
            if row[name] is not None
        }
        refs = [stix_id("location", speaking.place_key(place)), *(stix_id("note", name) for name in row["claims"])]
        found.append(
            _object(
                "note",
                f"control|{row['geonameid'] or row['place']}|{days}|{row['known_by']}",
                at,
                abstract=f"Assessed control of {row['place']}, {days}",
                content=f"Assessed: {row['status']}; the status may be wrong by {row['doubt']}.",
                object_refs=refs,
                extensions={stix_id(*_EXTENSION): about},
            )
        )
    return found


def _extension(at: datetime) -> Row:
    return _object(
        *_EXTENSION,
        at,
        name="fogline claims and control",
        version="1.0.0",
        extension_types=["property-extension"],
        schema="https://docs.oasis-open.org/cti/stix/v2.1/",
        description="A claim's reading, passage and grades; a control's belief, doubt and days.",
    )


def _object(kind: str, key: str, at: datetime, /, **about: object) -> Row:
    head: Row = {"type": kind, "spec_version": "2.1", "id": stix_id(kind, key)}
    if (kind, key) != _MAKER:
        head["created_by_ref"] = stix_id(*_MAKER)
    return head | {"created": _time(at), "modified": _time(at)} | about


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
