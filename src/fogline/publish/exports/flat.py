"""An account as flat rows: a claim, a link or a stretch of control each, with everything it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fogline.model import Account, Claim, Control, Place, SourceGrade, SpeakerType, Stretch
from fogline.publish.rows import Row, families_by_claim, iso, published

STANDING_CLAIMED, STANDING_ASSESSED = "claimed", "assessed"


@dataclass(frozen=True)
class Weights:
    """The grades and families of an account's claims, by claim id and by voice."""

    credibility: Mapping[str, int]
    reliability: Mapping[tuple[str, SpeakerType], SourceGrade]
    family: Mapping[str, str]


def weights(account: Account) -> Weights:
    """What was concluded of each claim and each voice."""
    concluded = account.conclusions
    return Weights(
        credibility={grade.claim: grade.credibility for grade in concluded.grades},
        reliability={(grade.name, grade.type): grade for grade in concluded.sources},
        family=families_by_claim(concluded.families),
    )


def passage(claim: Claim, account: Account, known: Weights, prefix: str = "") -> Row:
    """A claim's words and where they stand, who says it through whom, its grades and its family."""
    document = account.documents[claim.document_id]
    speaker = claim.speaker
    grade = known.reliability.get((speaker.name, speaker.type))
    row: Row = {
        "quote": claim.quote,
        "document": document.name,
        "document_id": document.id,
        "sha256": account.hashes[document.id],
        "start": claim.span.start,
        "end": claim.span.end,
        "outlet": document.outlet or None,
        "published": published(document.published),
        "speaker": speaker.name,
        "side": speaker.side,
        "chain": [voice.name for voice in claim.attribution.chain],
        "reliability": grade.grade if grade else None,
        "credibility": known.credibility.get(claim.id),
        "family": known.family.get(claim.id),
    }
    return {f"{prefix}{name}": value for name, value in row.items()}


def claim_rows(account: Account) -> Iterator[Row]:
    """The claims asked for, in the ledger's order."""
    known = weights(account)
    for claim in account.claims:
        yield _claim_row(claim, account, known)


def _claim_row(claim: Claim, account: Account, known: Weights) -> Row:
    document = account.documents[claim.document_id]
    first = claim.places[0] if claim.places else None
    return {
        "id": claim.id,
        "standing": STANDING_CLAIMED,
        "kind": claim.kind.value,
        "holder": claim.holder or None,
        "actor": claim.actor or None,
        "target": claim.target or None,
        "polarity": claim.polarity.value,
        "certainty": claim.certainty.value,
        "modality": claim.modality.value,
        **passage(claim, account, known),
        "place": first.name if first else None,
        "geonameid": first.geonameid if first else None,
        "lat": first.lat if first else None,
        "lon": first.lon if first else None,
        "place_precision": first.precision.value if first else None,
        "places": [place.name for place in claim.places],
        "when": claim.when.edtf or None,
        "when_from": iso(claim.when.start),
        "when_to": iso(claim.when.end),
        "when_basis": claim.when.basis.value,
        "quantities": [quantity.text for quantity in claim.quantities],
        "plover": claim.codes.plover or None,
        "cameo": claim.codes.cameo or None,
        "acled": claim.codes.acled or None,
        "language": document.language or None,
        "title": document.title or None,
        "url": document.url or None,
        "extractor": f"{claim.extractor.name} {claim.extractor.version}",
    }


def link_rows(account: Account) -> Iterator[Row]:
    """The links of which an end is among the claims asked for, in the order of the links."""
    known = weights(account)
    kept = {claim.id for claim in account.claims}
    for link in account.conclusions.links:
        if not {link.a, link.b} & kept or not {link.a, link.b} <= account.every.keys():
            continue
        yield {
            "id": link.id,
            "relation": link.relation.value,
            "aspect": link.aspect,
            "reasons": [reason.detail for reason in link.reasons if reason.detail],
            "a": link.a,
            **passage(account.every[link.a], account, known, "a_"),
            "b": link.b,
            **passage(account.every[link.b], account, known, "b_"),
        }


def states_of(account: Account) -> tuple[str, ...]:
    """The states that control can have: those of the settlements there are, else of the theatre."""
    seen = dict.fromkeys(state for control in account.control for state in control.states)
    return tuple(seen) or (*account.theatre.codes, "contested")


def control_rows(account: Account) -> Iterator[Row]:
    """The stretches of assessed control, settlement by settlement, the oldest first."""
    known = weights(account)
    for control in account.control:
        for stretch in control.timeline:
            yield _stretch_row(control, stretch, account, known)


def _stretch_row(control: Control, stretch: Stretch, account: Account, known: Weights) -> Row:
    point = account.points.get(control.geonameid) if control.geonameid is not None else None
    claims = [account.every[name] for name in stretch.claims if name in account.every]
    passages = {claim.id: cited(passage(claim, account, known)) for claim in claims}
    return stretch_row(control, stretch, point, passages, known.family)


def stretch_row(
    control: Control, stretch: Stretch, point: Place | None, passages: Mapping[str, str], family: Mapping[str, str]
) -> Row:
    """A stretch of a settlement's control; ``passages`` are those of its claims that count, by id and as one line each."""
    return {
        "place": control.place,
        "geonameid": control.geonameid,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "standing": STANDING_ASSESSED,
        "valid_from": stretch.start.isoformat(),
        "valid_to": stretch.end.isoformat(),
        "status": stretch.status,
        "belief": {state: round(chance, 4) for state, chance in stretch.belief.items()},
        "doubt": round(1 - max(stretch.belief.values(), default=0.0), 4),
        "known_by": iso(control.known_by),
        "claims": list(passages),
        "voices": len({family.get(name, name) for name in passages}),
        "passages": list(passages.values()),
    }


def cited(row: Row) -> str:
    """A passage as one line of text.

    >>> cited({"chain": ["Oak", "Wire"], "quote": "We took it.", "document": "a.txt", "start": 3, "end": 14,
    ...     "published": "2025-03-01", "reliability": "D", "credibility": 4})
    'Oak > Wire: “We took it.” (a.txt, characters 3-14, published 2025-03-01, graded D4)'
    """
    grade = f"{row['reliability'] or '-'}{row['credibility'] or '-'}"
    dated = f"published {row['published']}" if row["published"] else "undated"
    where = f"{row['document']}, characters {row['start']}-{row['end']}, {dated}, graded {grade}"
    return f"{' > '.join(row['chain'])}: “{row['quote']}” ({where})"
