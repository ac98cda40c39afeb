"""FollowTheMoney (schema of version 4): reports, voices, places and events, as Aleph and OpenAleph take them."""

from __future__ import annotations

import json

from fogline.model import Account, Claim, Place, Speaker, SpeakerType
from fogline.publish.exports import flat, speaking
from fogline.publish.rows import Row, iso

SCHEMATA = {
    SpeakerType.PERSON: "Person",
    SpeakerType.ORGANISATION: "Organization",
    SpeakerType.GROUP: "LegalEntity",
    SpeakerType.OUTLET: "Organization",
}
ASSERTS = "asserts"


class FollowTheMoney:
    """One object a line: a claim is an event that its report is proof of; links between claims are unknown links."""

    ending, media_type = "ftm.jsonl", "application/jsonl"

    def write(self, account: Account) -> bytes:
        """The file's bytes, sorted by id."""
        found = [*_voices(account), *_places(account), *_articles(account), *_claims(account), *_links(account)]
        found.sort(key=lambda row: str(row["id"]))
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()


def _thing(key: str, schema: str, /, **properties: str | int | float | list[str] | None) -> Row:
    """An object in FollowTheMoney's form: every property a list of texts, empty ones left out."""
    told = {name: value for name, value in properties.items() if value not in (None, "", [])}
    held = {name: value if isinstance(value, list) else [str(value)] for name, value in told.items()}
    return {"id": key, "schema": schema, "properties": dict(sorted(held.items()))}


def _voices(account: Account) -> list[Row]:
    return [_voice(key, voice) for key, voice in speaking.voices(account).items()]


def _voice(key: str, voice: Speaker) -> Row:
    told = "; ".join(filter(None, (voice.role, voice.affiliation, f"side: {voice.side}")))
    return _thing(key, SCHEMATA[voice.type], name=voice.name, summary=told)


def _places(account: Account) -> list[Row]:
    return [_place(key, place) for key, place in speaking.places(account).items()]


def _place(key: str, place: Place) -> Row:
    return _thing(key, "Address", full=place.name, name=place.name, latitude=place.lat, longitude=place.lon)


def _articles(account: Account) -> list[Row]:
    return [
        _thing(
            document.id,
            "Article",
            title=document.title or document.name,
            fileName=document.name,
            publishedAt=iso(document.published.start),
            publisher=document.outlet,
            bodyText=document.text,
            sourceUrl=document.url if document.url.startswith(("http://", "https://")) else "",
        )
        for document in speaking.shown_documents(account).values()
    ]


def _claims(account: Account) -> list[Row]:
    known = flat.weights(account)
    return [row for claim in speaking.shown_claims(account).values() for row in _claim(claim, account, known)]


def _claim(claim: Claim, account: Account, known: flat.Weights) -> list[Row]:
    row = flat.passage(claim, account, known)
    speaker = speaking.voice_key(claim.speaker)
    reading = [claim.kind, claim.holder, claim.polarity, claim.certainty, claim.modality]
    event = _thing(
        claim.id,
        "Event",
        name=f"Claimed by {claim.speaker.name}",
        summary=claim.quote,
        description="; ".join(
            (flat.STANDING_CLAIMED, ", ".join(filter(None, reading)), flat.cited(row), f"voice {row['family'] or '-'}")
        ),
        startDate=iso(claim.when.start),
        endDate=iso(claim.when.end),
        recordId=claim.id,
        addressEntity=[speaking.place_key(place) for place in claim.places],
        location=[place.name for place in claim.places],
        proof=row["document_id"],
    )
    said = _thing(
        f"{claim.id}-said",
        "UnknownLink",
        subject=speaker,
        object=claim.id,
        role=ASSERTS,
        date=iso(account.documents[claim.document_id].published.start),
        proof=row["document_id"],
    )
    return [event, said]


def _links(account: Account) -> list[Row]:
    return [
        _thing(name, "UnknownLink", subject=a, object=b, role=f"{relation} ({aspect})")
        for name, relation, aspect, a, b in speaking.links(account)
    ]
