"""Places: every mention in a document, what use is made of it, and which place of the gazetteer it is.

The whole document is read at once: places named together lie together. Mentions come from the gazetteer, which knows
front-line names that statistical taggers mistype; a tagger's spans may be given and then add and confirm mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fogline.extract import place_resolution as resolution
from fogline.extract.place_context import Stance, precision_of, stance_of, use_of
from fogline.extract.place_evidence import Mention, Use
from fogline.extract.place_mentions import mentions
from fogline.extract.place_resolution import Choice
from fogline.extract.place_setting import homes
from fogline.gazetteer import Entry, Feature, Gazetteer
from fogline.model import Document, Place, PlacePrecision, Span, Theatre

__all__ = ["Toponym", "Use", "find", "heard", "located", "toponyms"]


UNTAGGED = frozenset({"uk", "ru"})
"""Languages that the English tagger knows nothing of."""


class _Label(StrEnum):
    """The entity labels (OntoNotes) that matter to places."""

    GPE = "GPE"
    LOC = "LOC"
    FAC = "FAC"
    PERSON = "PERSON"
    ORG = "ORG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place mentioned: where and in which words, in what use, which place it is, and how surely.

    ``relation`` is the word or two that put something near or toward the place ("near", "7 km from", "direction");
    ``score`` from 0 to 1 is how surely the mention is a place, and this place. A place with the precision "not found"
    was left open; ``reasons`` say why, as they do for a choice.
    """

    span: Span
    text: str
    use: Use
    place: Place
    relation: str = ""
    score: float = 1.0
    reasons: tuple[str, ...] = ()


def find(
    document: Document, gazetteer: Gazetteer, theatre: Theatre, entities: Sequence[Span] = ()
) -> tuple[Toponym, ...]:
    """Every place mentioned in the document, in text order.

    ``entities`` are spans that a tagger calls a place; without them, capitals and context decide.
    """
    found = mentions(document.text, gazetteer, theatre, places=entities)
    return _placed(document.text, found, resolution.resolve(document.text, found, gazetteer, theatre))


def toponyms(documents: Sequence[Document], gazetteer: Gazetteer, theatre: Theatre) -> tuple[tuple[Toponym, ...], ...]:
    """The places of several documents, with the entity tagger's help, which is slow: not for the path to claims.

    Where documents have the same outlet, what its other documents name helps to tell places of one name apart: local
    news speaks of the same few places. Raises ``MissingModel`` where no English pipeline is installed.
    """
    return located(documents, [heard(document, gazetteer, theatre) for document in documents], gazetteer, theatre)


def located(
    documents: Sequence[Document], found: Sequence[Sequence[Mention]], gazetteer: Gazetteer, theatre: Theatre
) -> tuple[tuple[Toponym, ...], ...]:
    """The mentions found in each document, put at their places, an outlet's documents with the help of each other."""
    pairs = list(zip(documents, found, strict=True))
    read = [resolution.read(document.text, own, gazetteer, theatre) for document, own in pairs]
    for numbers in _by_outlet(documents):
        at_home = homes([[one.reading for one in read[number]] for number in numbers])
        for number, home in zip(numbers, at_home, strict=True):
            read[number] = resolution.read(documents[number].text, found[number], gazetteer, theatre, home)
    return tuple(
        _placed(document.text, own, resolution.choices(resolved, len(own)))
        for (document, own), resolved in zip(pairs, read, strict=True)
    )


def _by_outlet(documents: Sequence[Document]) -> list[list[int]]:
    """The numbers of the documents of each outlet that has several."""
    found: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        if document.outlet:
            found.setdefault(document.outlet.casefold(), []).append(number)
    return [numbers for numbers in found.values() if len(numbers) > 1]


def heard(document: Document, gazetteer: Gazetteer, theatre: Theatre) -> tuple[Mention, ...]:
    """The place names in one document, found with the entity tagger's help where the document is in its language."""
    if document.language in UNTAGGED:
        return mentions(document.text, gazetteer, theatre)
    tagged = _tagged(document.text)
    places = sorted(span for label in (_Label.GPE, _Label.LOC, _Label.FAC) for span in tagged.get(label, ()))
    return mentions(
        document.text, gazetteer, theatre, places=places, persons=tagged.get(_Label.PERSON, ()),
        organisations=tagged.get(_Label.ORG, ()), tagged=True,
    )  # fmt: skip


def _tagged(text: str) -> dict[str, list[Span]]:
    """The entity tagger's spans by label."""
    from fogline.extract.parse import paragraphs, pipeline

    spans = paragraphs(text)
    docs = pipeline(entities=True).pipe(
        (span.of(text) for span in spans), batch_size=32, disable=["parser", "lemmatizer", "attribute_ruler"]
    )
    tagged: dict[str, list[Span]] = {}
    for span, doc in zip(spans, docs, strict=True):
        for entity in doc.ents:
            tagged.setdefault(entity.label_, []).append(
                Span(span.start + entity.start_char, span.start + entity.end_char)
            )
    return tagged


def _placed(text: str, found: Sequence[Mention], choices: Sequence[Choice]) -> tuple[Toponym, ...]:
    return tuple(_toponym(text, mention, choice) for mention, choice in zip(found, choices, strict=True))


def _toponym(text: str, mention: Mention, choice: Choice) -> Toponym:
    words = mention.span.of(text)
    stance = stance_of(text, mention.span)
    entry = choice.entry
    use = mention.use if mention.use is not Use.LITERAL else use_of(text, mention.span, entry)
    return Toponym(
        span=mention.span, text=words, use=use, place=_place(words, entry, stance), relation=stance.words,
        score=round(mention.score * choice.score, 3), reasons=(*mention.reasons, *choice.reasons),
    )  # fmt: skip


def placed(entry: Entry) -> Place:
    """A place that a person names: at the gazetteer's entry itself, in its own spelling, with no coordinates where it has none."""
    return _place(entry.name, entry, Stance())


def _place(words: str, entry: Entry | None, stance: Stance) -> Place:
    if entry is None:
        return Place(name=words, text=words)
    return Place(
        name=entry.name, text=words, geonameid=entry.geonameid, lat=entry.lat, lon=entry.lon,
        precision=_precision(entry, stance),
    )  # fmt: skip


def _precision(entry: Entry, stance: Stance) -> PlacePrecision:
    if entry.feature in (Feature.SETTLEMENT, Feature.PART) and not entry.located:
        return PlacePrecision.NO_COORDINATES
    return precision_of(entry.feature, stance)
