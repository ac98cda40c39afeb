"""Two statements, each with all the claims heard in it: the one relation that says most of them.

A statement may hold several claims, and the claims of two statements may stand to each other in several ways. What
contradicts or updates is told before all else, as a reader needs it most; then that they are one voice, then what
qualifies, and what bears out last. Two statements say more of each other than two claims of a ledger: that a person put them
side by side. So a sentence that names neither place nor day speaks of those of its statement, and what is asked of
``progress``, ``later`` and ``causes`` is asked of statements alone. Beside what the comparators say stands what the two
statements lean to, all in all: see ``leaning``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from fogline.link import (
    causes,
    control,
    explanation,
    facets,
    families,
    later,
    leaning,
    progress,
    quantity,
    retold,
    speakers,
    statement,
    worded,
)
from fogline.link.blocks import Found, tie
from fogline.link.comparing import repeat, ties
from fogline.link.credit import Origin, origins
from fogline.link.facets import Facet, place_key
from fogline.link.quantity import both_count
from fogline.link.verdict import Verdict
from fogline.link.wording import teller
from fogline.model import Claim, Document, Kind, Link, Modality, PlacePrecision, Reason, Relation, Theatre

_FIRST = (Relation.CONTRADICTS, Relation.UPDATES, Relation.REPEATS, Relation.QUALIFIES, Relation.CORROBORATES)
"""Which relation is told where several hold."""
_LANDMARKS = tuple(
    re.compile(rf"\b(?!The\b|A\b)([A-Z][\w’-]+)(?:['’]s)? (?:\w+ )?{noun}\b")
    for noun in (
        "[Hh]ospital",
        "[Ss]chool",
        "[Mm]osque",
        "[Cc]hurch",
        "[Mm]arket",
        "[Rr]efinery",
        "[Bb]ridge",
        "[Cc]rossing",
    )
)
"""Two of a sort by their names: "the Saudi hospital", "the South Hospital"."""
_QUESTIONS = ("control", "date", "quantity", "scope", "explanation", "polarity")
"""Of two relations alike the one that answers a question is told, before one of a kind of act."""
_KINDS = frozenset(kind.value for kind in (Kind.LOSSES, Kind.FORCES, Kind.ADVANCE, Kind.HUMANITARIAN))
"""Kinds under which such questions are answered."""
_BESIDE = re.compile(r"\bnear (?:the )?(?:town of |city of )?([A-Z][\w’-]+)")
_REGION = re.compile(r"\b(?:in|of) (?:the )?([A-Z][\w’' -]*?) (?:region|oblast|province|state|district)\b")


Heard = tuple[Document, Sequence[Claim]]
"""A statement with the claims that were heard in it."""


def relate(a: Heard, b: Heard, theatre: Theatre) -> Verdict:
    """The one relation that says most of two statements, its aspect, and why; unrelated has no aspect.

    Which of the two is given first changes nothing.
    """
    read = _read(a, b, theatre)
    links = _links(a, b, theatre, read)
    told = (
        Verdict(links[0].relation, links[0].aspect, links[0].reasons)
        if links
        else Verdict(Relation.UNRELATED, "", (Reason(name="nothing ties them", detail=_why_unrelated(a, b)),))
    )
    return leaning.settle(told, *_weighed(a, b, read))


def weighed(a: Heard, b: Heard, theatre: Theatre) -> tuple[statement.Statement, statement.Statement]:
    """Two statements as they are weighed."""
    return _weighed(a, b, _read(a, b, theatre))


def _weighed(a: Heard, b: Heard, read: Sequence[Facet]) -> tuple[statement.Statement, statement.Statement]:
    one, other = (
        statement.read(document, [f for f in read if f.claim.document_id == document.id]) for document, _ in (a, b)
    )
    return one, other


def _read(a: Heard, b: Heard, theatre: Theatre) -> tuple[Facet, ...]:
    documents = {document.id: document for document, _ in (a, b)}
    return _in_context(facets.read_all((*a[1], *b[1]), documents, theatre, by_name=True))


def _links(a: Heard, b: Heard, theatre: Theatre, read: Sequence[Facet]) -> tuple[Link, ...]:
    """All links that the comparators find between two statements, the one that says most of the pair first."""
    documents = {document.id: document for document, _ in (a, b)}
    found: list[Link] = []
    own = a[0].id
    voices = _voices(read, documents, origins(documents.values(), theatre))
    for n, first in enumerate(read):
        for second in read[n + 1 :]:
            if (first.claim.document_id == own) is (second.claim.document_id == own):
                continue
            found += _of(first, second, voices)
    found += _explained(read, (a[0], b[0]), found)
    found += _retold(read, (a[0], b[0]), found)
    if not found:
        found += _worded(read, own)
    by_id = {facet.id: facet for facet in read}
    return tuple(sorted((_asked(link, by_id[link.a], by_id[link.b]) for link in found), key=_telling_most))


def _explained(read: Sequence[Facet], documents: tuple[Document, Document], found: Sequence[Link]) -> tuple[Link, ...]:
    """That the statements, each as a whole, give rival causes for one side's leaving of one place."""
    own, others = (tuple(f for f in read if f.claim.document_id == document.id) for document in documents)
    meeting = [(x, y) for x in own for y in others if set(x.areas) & set(y.areas) and explanation.told_together(x, y)]
    if (
        any(link.relation is Relation.CONTRADICTS for link in found)
        or not meeting
        or not causes.of_leaving(documents[0].text, documents[1].text)
    ):
        return ()
    x, y = next(((x, y) for x, y in meeting if Kind.WITHDRAWAL in (x.claim.kind, y.claim.kind)), meeting[0])
    if speakers.one_mouth(x, y):
        return ()
    detail = (
        f"{teller(x)} and {teller(y)} tell of one side's leaving, one as of its free will, the other as under force."
    )
    reason = Reason(name="rival causes", detail=detail, claims=(x.id, y.id))
    return (Link(a=x.id, b=y.id, relation=Relation.CONTRADICTS, aspect=causes.ASPECT, reasons=(reason,)),)


def _worded(read: Sequence[Facet], own: str) -> tuple[Link, ...]:
    """What the words alone tell of two statements of one place."""
    found: Found = {}
    for n, first in enumerate(read):
        for second in read[n + 1 :]:
            apart = (first.claim.document_id == own) is not (second.claim.document_id == own)
            if apart and set(first.areas) & set(second.areas) and not _elsewhere(first, second):
                tie(first, second, worded.compare(first, second), found)
    return tuple(found.values())


def _retold(read: Sequence[Facet], documents: tuple[Document, Document], found: Sequence[Link]) -> tuple[Link, ...]:
    """That the two are one statement, where nothing sets them against each other."""
    if any(link.relation in (Relation.CONTRADICTS, Relation.UPDATES) for link in found):
        return ()
    own, others = (tuple(f for f in read if f.claim.document_id == document.id) for document in documents)
    if not retold.is_retold(own, others, documents):
        return ()
    alike = ((x, y) for x in own for y in others if x.claim.kind is y.claim.kind)
    return (repeat(*next(alike, (own[0], others[0]))),)


def _asked(link: Link, a: Facet, b: Facet) -> Link:
    """A link whose aspect is a mere kind, by the question that both claims answer: who holds a place, or how many."""
    if link.aspect in _QUESTIONS or link.aspect not in _KINDS:
        return link
    if a.states and b.states:
        return replace(link, aspect="control")
    counted = link.relation is not Relation.REPEATS and both_count(a, b)
    return replace(link, aspect="quantity") if counted else link


def _telling_most(link: Link) -> tuple[int, int]:
    return _FIRST.index(link.relation), _QUESTIONS.index(link.aspect) if link.aspect in _QUESTIONS else len(_QUESTIONS)


def _why_unrelated(a: Heard, b: Heard) -> str:
    """A sentence that says why nothing ties two statements."""
    for letter, (_, claims) in zip("ab", (a, b), strict=True):
        if not claims:
            return f"No claim about the conflict was heard in {letter}."
    one, other = (sorted({p.name for claim in claims for p in claim.places}) for _, claims in (a, b))
    if one and other and not set(one) & set(other):
        return f"They speak of different places: {', '.join(one)}; {', '.join(other)}."
    return "Nothing that one says of the place and the time confirms, denies, narrows or follows what the other says."


def _voices(
    read: Sequence[Facet], documents: Mapping[str, Document], by_whom: Mapping[str, Origin]
) -> Mapping[str, str]:
    found = families.find(read, documents, by_whom)
    return {member: family.id for family in found for member in family.members}


def _of(a: Facet, b: Facet, voices: Mapping[str, str]) -> tuple[Link, ...]:
    if voices[a.id] == voices[b.id]:
        return (repeat(a, b),)
    if _elsewhere(a, b):
        return ()
    limited: Found = {}
    if set(a.held) & set(b.held):
        tie(a, b, control.rest_held(a, b), limited)
    if limited:
        return tuple(limited.values())
    found: Found = {
        (link.a, link.b, link.aspect): link
        for link in ties(a, b)
        if not (link.aspect == quantity.ASPECT and _apart(a, b))
    }
    if set(a.areas) & set(b.areas):
        for comparator in (progress.compare, later.compare, causes.compare):
            tie(a, b, comparator(a, b), found)
    if speakers.one_mouth(a, b) and (speakers.same_words(a, b) or _agree(found.values())):
        return (repeat(a, b),)
    return tuple(found.values())


def _apart(a: Facet, b: Facet) -> bool:
    """Whether each of two counts names a place that the other does not, beside one that both name."""
    own, others = ({key for key in facet.areas if key.startswith("n")} for facet in (a, b))
    return bool(own - others and others - own)


def _agree(links: Collection[Link]) -> bool:
    """Whether all that ties two claims is that they say the same."""
    return bool(links) and all(link.relation is Relation.CORROBORATES for link in links)


def _in_context(read: Sequence[Facet]) -> tuple[Facet, ...]:
    """The facets, those that name neither place nor day with the places and the day of their statement."""
    read = tuple(map(_clipped, map(_in_country, read)))
    placed = {f.claim.document_id: f for f in reversed(read) if f.areas}
    dated = {f.claim.document_id: f for f in reversed(read) if f.areas and f.dated}
    return tuple(
        facet
        if facet.areas
        else _placed(facet, placed.get(facet.claim.document_id), dated.get(facet.claim.document_id))
        for facet in read
    )


def _in_country(facet: Facet) -> Facet:
    """A facet whose passage names no place but a country speaks of that country."""
    quote = facet.claim.quote
    near = [p for p in facet.claim.places if p.text in quote]
    if not near or any(p.precision is not PlacePrecision.COUNTRY for p in near):
        return facet
    countries = tuple(sorted({place_key(p) for p in near}))
    return replace(facet, areas=(*facet.areas, *countries), points=(*facet.points, *countries))


def _clipped(facet: Facet) -> Facet:
    """A facet that tells of what has been, with no day behind that on which it came out: "this week" is so far."""
    if facet.modality is not Modality.ACTUAL or None in (facet.start, facet.end, facet.said):
        return facet
    start, end, said = facet.start or 0, facet.end or 0, facet.said or 0
    return replace(facet, end=said) if start <= said < end else facet


def _placed(facet: Facet, placed: Facet | None, dated: Facet | None) -> Facet:
    if placed is None:
        return facet
    there = replace(facet, areas=placed.areas, points=placed.points)
    if facet.dated or dated is None:
        return there
    return replace(there, start=dated.start, end=dated.end, dated=True)


def _elsewhere(a: Facet, b: Facet) -> bool:
    """Whether one name means two places: both are known to the gazetteer and differ, or they lie in different regions."""
    own, others = ({key for key in facet.areas if key.startswith("g")} for facet in (a, b))
    named = {key for key in a.areas if key.startswith("n")} & set(b.areas)
    if own and others and not own & others and not named:
        return True
    beside = (
        (set(pattern.findall(a.claim.quote)), set(pattern.findall(b.claim.quote)))
        for pattern in (_REGION, _BESIDE, *_LANDMARKS)
    )
    return any(one and other and not one & other for one, other in beside)
