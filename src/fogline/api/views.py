"""What a page shows together: the sides and clock of a ledger, where a claim stands, who stands on each side of a dispute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Annotated

import orjson
from fastapi import Depends, FastAPI, Path, Query

from fogline.api import asking, shapes
from fogline.api.answers import Answers
from fogline.api.asking import KnownBy, PlaceId
from fogline.api.known import Known
from fogline.api.problems import NotFound
from fogline.api.responding import written
from fogline.model import Asked, Certainty, Family, Kind, Link, Relation, TablePart, ToldTable
from fogline.publish.rows import Row

Id = Annotated[str, Path(max_length=100)]
Passed = Annotated[int, Query(ge=0, le=100_000)]
Wanted = Annotated[Asked, Depends(asking.asked)]

_COUNTS = 256
"""Counts of claims that are kept until the ledger changes: some 20 KB each."""
AGREEING = (Relation.CORROBORATES, Relation.CONTRADICTS)
"""How another voice may stand to a claim."""
WIDEST = 60
"""Voices and matters of a matrix at most: what can be read on one page."""
_MATRICES = 64
"""Matrices that are kept as they are written until the ledger changes: 40 KB of a usual place, 150 KB of a busy one."""


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
        return answers.worded([standing_row(answers, answers.known_of(Asked(known_by=known_by)), claim_id)])[0]

    @app.get("/v1/disputes/{dispute_id}", responses=shapes.one("clash"), response_model=None)
    def dispute(dispute_id: Id, known_by: KnownBy = None) -> Row:
        """Both claims of a contradiction, and who stands with each; the copies of one voice are folded under its first."""
        return clash_row(answers, answers.known_of(Asked(known_by=known_by)), dispute_id)

    @app.get("/v1/matrix", responses=shapes.one("matrix"), response_model=None)
    def matrix(
        geonameid: PlaceId = None,
        place: asking.Name = "",
        known_by: KnownBy = None,
        questions: Passed = 0,
        voices: Passed = 0,
    ) -> Row:
        """What each voice says to each question: the most answered questions, the voices that answer most of them.

        ``questions`` and ``voices`` pass over so many of each; ``more`` tells whether there are others behind.
        """
        asked = Asked(geonameid=geonameid, place=place, known_by=known_by)
        part = TablePart(most=WIDEST, matters=questions, voices=voices)
        return table(answers.ledger.revision(), asked, part)

    @lru_cache(_MATRICES)
    def table(revision: str, asked: Asked, part: TablePart) -> Row:
        found = answers.known_of(asked).tabled(asked, part)
        more = dict(zip(("questions", "voices"), found.more, strict=True))
        heads = [dict(zip(("id", "question", "place", "aspect"), one, strict=True)) for one in found.matters]
        told = orjson.Fragment(written(voice_rows(found)))
        return {"more": more, "matters": answers.worded(heads), "voices": told}


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


def standing_row(answers: Answers, known: Known, claim_id: str) -> Row:
    """See ``/v1/claims/ID/standing``; raises ``NotFound``."""
    if not known.documents_of([claim_id]):
        raise NotFound(f"There is no claim {claim_id!r} as known on that day.", "Look for it in /v1/claims.")
    grade, links = known.grade(claim_id), known.links(claim_id)
    by = {relation: {other(link, claim_id) for link in links if link.relation is relation} for relation in AGREEING}
    families = _families(known, {claim_id}.union(*by.values()))
    own = set(families[claim_id].members) if claim_id in families else {claim_id}
    family, corroborated, contradicted = _voices(
        answers, known, families, [own, *(by[relation] - own for relation in AGREEING)]
    )
    return {
        "claim": claim_id,
        "credibility": grade.credibility if grade else None,
        "reasons": [asdict(one) | {"claims": list(one.claims)} for one in grade.reasons] if grade else [],
        "family": family,
        "corroborated": corroborated,
        "contradicted": contradicted,
        "disputes": [link.id for link in links if link.relation is Relation.CONTRADICTS],
    }


def clash_row(answers: Answers, known: Known, dispute_id: str) -> Row:
    """See ``/v1/disputes/ID``; raises ``NotFound``."""
    found = answers.dispute(known, dispute_id)
    if found is None:
        raise NotFound(f"There is no dispute {dispute_id!r} as known on that day.", "Look for it in /v1/disputes.")
    row, documents = found
    one, another = row["a"]["id"], row["b"]["id"]
    groups = [_with(known, one, another), _with(known, another, one)]
    a, b = _voices(answers, known, _families(known, set().union(*groups)), groups)
    return {"dispute": row, "documents": documents, "a": a, "b": b}


def voice_rows(table: ToldTable) -> list[Row]:
    """The voices of ``/v1/matrix``."""
    names = [name for name, *_ in table.matters]
    found: list[Row] = []
    for voice, side, said in table.voices:
        cells: dict[str, dict[str, list[str]]] = {}
        for matter, value, claim in said:
            cells.setdefault(names[matter], {}).setdefault(value, []).append(claim)
        told = {
            name: [{"value": value, "claims": claims} for value, claims in answers.items()]
            for name, answers in cells.items()
        }
        found.append({"name": voice, "side": side, "cells": told})
    return found


def other(link: Link, claim: str) -> str:
    """The other end of a link."""
    return link.b if link.a == claim else link.a


def _with(known: Known, claim: str, opposed: str) -> set[str]:
    """The claims that give the same answer as this one, to any question that both ends of the dispute answer, or say so too."""
    saying = {other(link, claim) for link in known.links(claim) if link.relation is Relation.CORROBORATES}
    return ({claim} | known.alike(claim, opposed) | saying) - {opposed}


def _families(known: Known, claims: Iterable[str]) -> dict[str, Family]:
    """The families of claims, by each of their members."""
    return {name: one for one in known.families(claims).values() for name in one.members}


def _voices(
    answers: Answers, known: Known, families: Mapping[str, Family], groups: Sequence[Collection[str]]
) -> list[list[Row]]:
    """Groups of claims by voice: the first of each, and how many of the reports asked about and in all repeat it.

    The same words of one report are one voice, however many claims and families were made of them.
    """
    documents = known.documents_of({*families, *(name for claims in groups for name in claims)})
    made = [_by_words(known, _voices_of(claims, families, documents), documents) for claims in groups]
    firsts = answers.firsts(known, {root: row["family"] for rows in made for root, row in rows})
    told = ([(root, row | {"first": firsts[root]}) for root, row in rows if root in firsts] for rows in made)
    return [[row for _, row in sorted(rows, key=lambda one: (-one[1]["reports"], one[0]))] for rows in told]


def _voices_of(
    claims: Collection[str], families: Mapping[str, Family], documents: Mapping[str, str]
) -> list[tuple[str, Row]]:
    """The first claim of each voice, and what is told of the voice."""
    found: dict[str, list[str]] = {}
    ids: dict[str, str] = {}
    for name in claims:
        if name in documents:
            one = families.get(name)
            family = name if one is None else ids.setdefault(one.root, one.id)
            found.setdefault(family, []).append(name)
    made = list[tuple[str, Row]]()
    for family, own in found.items():
        one = families.get(own[0])
        every = [name for name in (one.members if one else own) if name in documents]
        root = one.root if one and one.root in documents else own[0]
        made.append((root, {"family": family, "reports": len({documents[name] for name in every}), "claims": every}))
    return made


def _by_words(known: Known, made: Sequence[tuple[str, Row]], documents: Mapping[str, str]) -> list[tuple[str, Row]]:
    """The voices, with those that begin with the same words of one speaker as one."""
    told = Counter(documents[root] for root, _ in made)
    beside = known.claims([root for root, _ in made if told[documents[root]] > 1])
    found: dict[object, list[tuple[str, Row]]] = {}
    for root, row in sorted(made, key=lambda one: str(one[1]["family"])):
        first = beside.get(root)
        words = (first.document_id, first.span, first.speaker) if first else root
        found.setdefault(words, []).append((root, row))
    return [(same[0][0], _one([row for _, row in same], documents)) for same in found.values()]


def _one(same: Sequence[Row], documents: Mapping[str, str]) -> Row:
    claims = list(dict.fromkeys(name for row in same for name in row["claims"]))
    return {"family": same[0]["family"], "reports": len({documents[name] for name in claims}), "claims": claims}
