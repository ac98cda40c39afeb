"""What a page shows together: the sides and clock of a ledger, where a claim stands, who stands on each side of a dispute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, FastAPI, Path

from fogline.api import asking, shapes
from fogline.api.answers import Answers, dispute_rows
from fogline.api.asking import KnownBy, PlaceId
from fogline.api.known import Known
from fogline.api.problems import NotFound
from fogline.model import Asked, Certainty, Kind, Link, Relation
from fogline.publish import rows
from fogline.publish.rows import Row

Id = Annotated[str, Path(max_length=100)]
Wanted = Annotated[Asked, Depends(asking.asked)]

_COUNTS = 256
"""Counts of claims that are kept until the ledger changes: some 20 KB each."""
WIDEST = 60
"""Voices and matters of a matrix at most: what can be read on one page."""


def register(app: FastAPI, answers: Answers) -> None:
    """Add the addresses."""
    counted = lru_cache(_COUNTS)(lambda revision, asked: answers.ledger.counts(asked))
    at_a_glance = lru_cache(1)(lambda revision: overview_row(answers))
    by_month = lru_cache(_COUNTS)(lambda revision, asked: answers.ledger.months(asked))

    @app.get("/v1/overview", responses=shapes.one("overview"), response_model=None)
    def overview() -> Row:
        """The theatre with its sides, the words of the facets, the last day of publication, and the place most is said of."""
        return at_a_glance(answers.ledger.revision())

    @app.get("/v1/facets", responses=shapes.one("facets"), response_model=None)
    def facets(asked: Wanted, q: asking.Words = "") -> Row:
        """How many of the claims asked for have each kind, side, speaker, outlet and certainty; the most common 40 of each."""
        found = counted(answers.ledger.revision(), replace(asked, words=q))
        return {
            "total": sum(found["kind"].values()),
            **{name: [{"value": word, "claims": n} for word, n in words.items()] for name, words in found.items()},
        }

    @app.get("/v1/months", responses=shapes.one("months"), response_model=None)
    def months(asked: Wanted, q: asking.Words = "") -> Row:
        """How many of the claims asked for each side's speakers say in each month of publication; undated ones are not counted."""
        found = by_month(answers.ledger.revision(), replace(asked, words=q))
        return {"rows": [{"month": month, "sides": sides} for month, sides in found.items()]}

    @app.get("/v1/claims/{claim_id}/standing", responses=shapes.one("standing"), response_model=None)
    def standing(claim_id: Id, known_by: KnownBy = None) -> Row:
        """How credible a claim is and why, which claims are one voice with it, who says the same and who otherwise."""
        return answers.worded([standing_row(answers.known_of(Asked(known_by=known_by)), claim_id)])[0]

    @app.get("/v1/disputes/{dispute_id}", responses=shapes.one("clash"), response_model=None)
    def dispute(dispute_id: Id, known_by: KnownBy = None) -> Row:
        """Both claims of a contradiction, and who stands with each; the copies of one voice are folded under its first."""
        found = clash_row(answers.known_of(Asked(known_by=known_by)), dispute_id)
        return {**found, "dispute": answers.worded([found["dispute"]])[0]}

    @app.get("/v1/matrix", responses=shapes.one("matrix"), response_model=None)
    def matrix(geonameid: PlaceId = None, place: asking.Name = "", known_by: KnownBy = None) -> Row:
        """What each voice says to each question: the most answered questions, the voices that answer most of them."""
        known = answers.known_of(Asked(geonameid=geonameid, place=place, known_by=known_by))
        found = matrix_row(known, geonameid, place)
        return {**found, "matters": answers.worded(found["matters"])}


def overview_row(answers: Answers) -> Row:
    """See ``/v1/overview``."""
    theatre = answers.theatre
    last = answers.ledger.page(Asked(), limit=1).claims
    return {
        "theatre": theatre.name,
        "title": theatre.title or theatre.name,
        "sides": [{"code": side.code, "name": side.name} for side in theatre.sides],
        "kinds": [kind.value for kind in Kind],
        "certainties": [one.value for one in Certainty],
        "last": answers.published(last[0]) if last else None,
        "claims": answers.claims_in_all,
        "place": answers.foremost,
    }


def standing_row(known: Known, claim_id: str) -> Row:
    """See ``/v1/claims/ID/standing``; raises ``NotFound``."""
    if not known.claims([claim_id]):
        raise NotFound(f"There is no claim {claim_id!r} as known on that day.", "Look for it in /v1/claims.")
    grade, family = known.grade(claim_id), known.families([claim_id]).get(claim_id)
    links = known.links([claim_id])
    own = set(family.members) if family else {claim_id}
    by = {
        relation: {other(link, claim_id) for link in links if link.relation is relation} - own for relation in Relation
    }
    return {
        "claim": claim_id,
        "credibility": grade.credibility if grade else None,
        "reasons": [asdict(one) | {"claims": list(one.claims)} for one in grade.reasons] if grade else [],
        "family": _voices(known, own),
        "corroborated": _voices(known, by[Relation.CORROBORATES]),
        "contradicted": _voices(known, by[Relation.CONTRADICTS]),
        "disputes": [link.id for link in links if link.relation is Relation.CONTRADICTS],
    }


def clash_row(known: Known, dispute_id: str) -> Row:
    """See ``/v1/disputes/ID``; raises ``NotFound``."""
    link = known.link(dispute_id)
    ends = known.claims([link.a, link.b]) if link else {}
    if link is None or link.relation is not Relation.CONTRADICTS or len(ends) < 2:
        raise NotFound(f"There is no dispute {dispute_id!r} as known on that day.", "Look for it in /v1/disputes.")
    return {
        "dispute": dispute_rows(known, [link])[0],
        "documents": [ends[end].document_id for end in (link.a, link.b)],
        "a": _voices(known, _with(known, link, link.a)),
        "b": _voices(known, _with(known, link, link.b)),
    }


def matrix_row(known: Known, geonameid: int | None, place: str) -> Row:
    """See ``/v1/matrix``."""
    matters = sorted(
        known.matters_about(geonameid, place, WIDEST),
        key=lambda one: (-sum(len(answer.families) for answer in one.answers), one.question),
    )[:WIDEST]
    voices = known.voices({name for one in matters for answer in one.answers for name in answer.claims})
    names = [matter.id for matter in matters]
    answered = Counter(
        voice
        for matter in matters
        for voice in {voices[name] for answer in matter.answers for name in answer.claims if name in voices}
    )
    order = sorted(answered, key=lambda voice: (-answered[voice], voice))[:WIDEST]
    cells: dict[tuple[str, str], dict[str, dict[str, list[str]]]] = {voice: {} for voice in order}
    for matter_id, matter in zip(names, matters, strict=True):
        for answer in matter.answers:
            for name in answer.claims:
                if (voice := voices.get(name)) in cells:
                    cells[voice].setdefault(matter_id, {}).setdefault(answer.value, []).append(name)
    return {
        "matters": [
            {"id": matter_id, "question": m.question, "place": m.place, "aspect": m.aspect}
            for matter_id, m in zip(names, matters, strict=True)
        ],
        "voices": [
            {
                "name": voice[0],
                "side": voice[1],
                "cells": {
                    matter: [{"value": value, "claims": claims} for value, claims in said.items()]
                    for matter, said in cells[voice].items()
                },
            }
            for voice in order
        ],
    }


def other(link: Link, claim: str) -> str:
    """The other end of a link."""
    return link.b if link.a == claim else link.a


def _with(known: Known, link: Link, claim: str) -> set[str]:
    """The claims that give the same answer as this one, to any question that both ends of the dispute answer, or say so too."""
    found = {claim}
    for matter in known.matters([claim]):
        ours = next((answer for answer in matter.answers if claim in answer.claims), None)
        if ours and any(other(link, claim) in answer.claims for answer in matter.answers if answer is not ours):
            found |= set(ours.claims)
    for one in known.links([claim]):
        if one.relation is Relation.CORROBORATES:
            found.add(other(one, claim))
    return found - {other(link, claim)}


def _voices(known: Known, claims: Iterable[str]) -> list[Row]:
    """The claims by voice: the first of each, and how many of the reports asked about and in all repeat it."""
    family_of = known.families(claims := set(claims))
    documents = known.documents_of({*claims, *(name for one in family_of.values() for name in one.members)})
    found: dict[str, list[str]] = {}
    for name in claims & documents.keys():
        found.setdefault(family_of[name].id if name in family_of else name, []).append(name)
    made, roots = list[Row](), dict[str, str]()
    for family, own in sorted(found.items()):
        one = family_of.get(own[0])
        every = [name for name in (one.members if one else own) if name in documents]
        roots[family] = one.root if one and one.root in documents else own[0]
        made.append({"family": family, "reports": len({documents[name] for name in every}), "claims": every})
    firsts = known.claims(roots.values())
    heads = known.documents({claim.document_id for claim in firsts.values()})
    told = [
        row | {"first": rows.claim_row(first, heads[first.document_id], row["family"])}
        for row in made
        if (first := firsts.get(roots[row["family"]])) is not None
    ]
    return sorted(told, key=lambda row: (-row["reports"], row["first"]["id"]))
