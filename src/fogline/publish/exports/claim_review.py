"""schema.org Claim and ClaimReview as JSON-LD 1.1: who claims what, where it appears, and how credible it was found."""

from __future__ import annotations

import json

from fogline.model import Account, Claim, Place, SpeakerType
from fogline.model.grade import CREDIBILITY
from fogline.publish.exports import flat, speaking
from fogline.publish.rows import Row, iso

CANNOT_BE_JUDGED = 6
"""The Admiralty figure that is no point on a scale: such a claim gets words and no number."""
_TYPES = {SpeakerType.PERSON: "Person", SpeakerType.OUTLET: "NewsMediaOrganization"}


class ClaimReview:
    """A graph of claims, and of a review for each claim that has a grade; the review is fogline's, the claim is not."""

    ending, media_type = "jsonld", "application/ld+json"

    def write(self, account: Account) -> bytes:
        """The file's bytes, in the order of the ledger; 5 is the best rating, as 1 is the best Admiralty figure."""
        known = flat.weights(account)
        why = {grade.claim: " ".join(one.detail for one in grade.reasons) for grade in account.conclusions.grades}
        graph: list[Row] = []
        for claim in account.claims:
            graph.append(_claim(claim, account, known))
            if claim.id in known.credibility:
                graph.append(_review(claim, account, known.credibility[claim.id], why[claim.id]))
        # The vocabulary alone: reading it asks no outside host for a context.
        told = {"@context": {"@vocab": "https://schema.org/"}, "@graph": graph}
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _claim(claim: Claim, account: Account, known: flat.Weights) -> Row:
    document = account.documents[claim.document_id]
    row = flat.passage(claim, account, known)
    appearance: Row = {
        "@type": "NewsArticle",
        "@id": f"urn:fogline:{document.id}",
        "headline": document.title or document.name,
        "identifier": document.name,
        "publisher": {"@type": "NewsMediaOrganization", "name": document.outlet} if document.outlet else None,
        "datePublished": iso(document.published.start) if document.published.end else None,
        "url": document.url or None,
    }
    made: Row = {
        "@type": "Claim",
        "@id": f"urn:fogline:{claim.id}",
        "text": claim.quote,
        "author": _voice(claim),
        "appearance": _known(appearance),
        "about": [_place(place) for place in claim.places] or None,
        "temporalCoverage": claim.when.edtf or None,
        "creditText": flat.cited(row),
        "additionalType": f"{flat.STANDING_CLAIMED}: {claim.kind.value}",
        "keywords": [claim.polarity.value, claim.certainty.value, claim.modality.value, f"side:{claim.speaker.side}"],
        "isPartOf": f"urn:fogline:{row['family']}" if row["family"] else None,
    }
    return _known(made)


def _voice(claim: Claim) -> Row:
    voice = claim.speaker
    about = {"@type": _TYPES.get(voice.type, "Organization"), "name": voice.name, "description": voice.role or None}
    return _known({**about, "affiliation": voice.affiliation or None})


def _place(place: Place) -> Row:
    point = None
    if place.lat is not None and place.lon is not None:
        point = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return _known({"@type": "Place", "name": place.name, "geo": point})


def _review(claim: Claim, account: Account, credibility: int, why: str) -> Row:
    rating: Row = {"@type": "Rating", "alternateName": f"{credibility}: {CREDIBILITY[credibility]}", "worstRating": 1}
    rating |= {"bestRating": 5, "ratingExplanation": why or None}
    rating["ratingValue"] = None if credibility == CANNOT_BE_JUDGED else 6 - credibility
    return {
        "@type": "ClaimReview",
        "@id": f"urn:fogline:{claim.id}:review",
        "itemReviewed": {"@id": f"urn:fogline:{claim.id}"},
        "claimReviewed": claim.quote,
        "author": {"@type": "Organization", "name": "fogline"},
        "additionalType": flat.STANDING_ASSESSED,
        "datePublished": speaking.made_at(account).date().isoformat(),
        "reviewRating": _known(rating),
    }


def _known(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}
