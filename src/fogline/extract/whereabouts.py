"""Which of a document's places a clause speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fogline.extract.parse import Paragraph
from fogline.extract.syntax import Stretch, Word
from fogline.extract.triggers import Trigger, clause, members
from fogline.model import Kind, Place, PlacePrecision, Span

if TYPE_CHECKING:
    from fogline.extract.places import Toponym

SETTLED = frozenset({PlacePrecision.SETTLEMENT, PlacePrecision.NO_COORDINATES, PlacePrecision.NOT_FOUND})
NAMED = SETTLED | {PlacePrecision.NEAR, PlacePrecision.DIRECTION}
WIDE = frozenset({PlacePrecision.DISTRICT, PlacePrecision.REGION, PlacePrecision.COUNTRY})
LOCATING = re.compile(r"\b(?:in|from|near|towards?|into|across|at|within)\s+(?:the\s+)?(?:\w+\s+)?$")
COUNTRY = PlacePrecision.COUNTRY
PARTS = frozenset(
    {
        "square",
        "centre",
        "center",
        "north",
        "south",
        "east",
        "west",
        "street",
        "suburb",
        "district",
        "neighbourhood",
        "neighborhood",
        "part",
        "bank",
        "station",
    }
)
COMMON = frozenset({"city", "town", "village", "settlement", "hamlet"})
_SIZES = {"city": "large", "town": "large", "village": "small", "hamlet": "small"}
"""Words that point to a settlement of one size; "settlement" may be any."""

SHORTEST = 5
"""Letters of the shortest name that is taken for a settlement which no gazetteer has."""
SOON = 400
"""Characters within which the text calls it a village or the like."""
_SETTLEMENT = re.compile(r"\b(?:the|this) (?:village|settlement|town|hamlet|locality)\b")

BACK = 1200
"""Characters back within which "the city" is taken to mean the last settlement named; beyond it, the document's main one."""


class Whereabouts:
    """The places of one document, asked by clause."""

    def __init__(self, toponyms: Sequence[Toponym], text: str, frames: Iterable[Span] = ()) -> None:
        """Keep the mentions that are places of something: literal ones, and directions and areas.

        ``frames`` are the words that name who speaks: "the town" is none that they name ("the staff in Moscow said").
        """
        self._text = text
        self._every = tuple(toponyms)
        self._kinds: dict[str, frozenset[str]] = {}
        self._toponyms = sorted((t for t in toponyms if t.use == "literal"), key=lambda t: t.span)
        framed = tuple(frames)
        self._told = [t for t in self._toponyms if not any(span.covers(t.span) for span in framed)]
        listed = (PlacePrecision.NO_COORDINATES,)
        named = [t.place for t in self._toponyms if t.place.precision in NAMED]
        settled = [_at(p) for p in named if p.geonameid or p.precision in listed]
        counted = Counter(place.name for place in settled)
        top = counted.most_common(1)
        self.main = next((p for p in settled if top and p.name == top[0][0]), None)

    def of(self, words: Sequence[Word], paragraph: Paragraph, sentence: Stretch, trigger: Trigger) -> tuple[Place, ...]:
        """The places named in the words of a clause; else "the city" and the like, resolved; else none."""
        if trigger.kind is Kind.CONTROL:
            meant = self._argument(trigger.token, paragraph)
            if meant is not None:
                return (meant,)
        positions = sorted(paragraph.start + t.idx for t in words)
        named = [t for t in self._toponyms if _any_within(positions, t.span)]
        if not named and trigger.kind is not Kind.CONTROL:
            whole = paragraph.span(sentence.start_char, sentence.end_char)
            named = [t for t in self._toponyms if t.span.overlaps(whole)]
        if trigger.kind is Kind.CONTROL:
            named = [t for t in named if t.place.precision not in WIDE or not self._only_locates(t)]
            named = self._antecedent(trigger.token, paragraph) or [t for t in named if t.place.precision != COUNTRY]
        found = _distinct(
            (*(t.place for t in named), *self._unlisted(words, paragraph), *self._taken(trigger, paragraph))
        )
        if trigger.kind is Kind.CONTROL:
            settled = tuple(p for p in found if p.precision in SETTLED)
            if settled:
                return settled
            if of_settlement(trigger.token):
                near = _distinct(_at(p) for p in found if p.precision in NAMED)
                if near:
                    return near[:1]
        if trigger.kind is Kind.CONTROL and not found and trigger.token.dep_ == "conj":
            joined = replace(trigger, token=trigger.token.head)
            return self.of(members(clause(trigger.token.head)), paragraph, sentence, joined)
        back = self._definite(words, paragraph)
        if back is None and not found and trigger.kind is Kind.CONTROL:
            back = self._it(trigger.token, paragraph) or self._part(words, paragraph)
            if back is None and ("flag" in trigger.phrase or trigger.token.lower_ == "occupation"):
                back = self._last(paragraph.start + trigger.token.idx, paragraph)  # "the occupation lasted for months"
        if back and all(p.name != back.name for p in found):
            return (back, *found)
        return found

    def inside(self, span: Span) -> tuple[Place, ...]:
        """The places named in a stretch of the text."""
        return _distinct(t.place for t in self._toponyms if t.span.overlaps(span))

    def called(self, name: str) -> Place | None:
        """The settlement that the text mentions by that very name, where it is known which one that is."""
        return next((t.place for t in self._toponyms if t.text == name and t.place.precision in SETTLED), None)

    def _unlisted(self, words: Sequence[Word], paragraph: Paragraph) -> Iterator[Place]:
        """Settlements called so that no gazetteer has: "the village of Novokalynivske", without a point on the map."""
        for token in words:
            kind = token.head.head
            named = token.dep_ == "pobj" and token.pos_ == "PROPN" and token.head.lower_ == "of"
            if named and kind.lemma_.lower() in (*COMMON, "community") and kind.tag_ == "NN":
                first = next((c for c in token.children if c.dep_ == "compound"), token)
                start, end = paragraph.start + first.idx, paragraph.start + token.idx + len(token)
                if not any(t.span.start < end and start < t.span.end for t in self._every):
                    yield Place(name=self._text[start:end], text=self._text[start:end])

    def _taken(self, trigger: Trigger, paragraph: Paragraph) -> Iterator[Place]:
        """Names that no gazetteer has of what changes hands: beside a settlement, or where "the village" follows soon."""
        if trigger.kind is not Kind.CONTROL:
            return
        token = trigger.token.head if trigger.phrase else trigger.token
        things = [c for c in token.children if c.dep_ in (("nsubj",) if trigger.phrase else ("dobj", "nsubjpass"))]
        things += [o for c in token.children if c.lower_ == "of" and not trigger.phrase for o in c.children]
        for thing in [t for one in things for t in _conjoined(one)]:
            start, end = paragraph.start + thing.idx, paragraph.start + thing.idx + len(thing)
            plain = thing.pos_ == "PROPN" and thing.text.istitle() and len(thing) >= SHORTEST
            bare = plain and not any(c.dep_ in ("compound", "amod", "det", "poss", "nummod") for c in thing.children)
            if not bare or any(t.span.start < end and start < t.span.end for t in self._every):
                continue
            spans = [(paragraph.start + o.idx, o) for one in things for o in _conjoined(one) if o is not thing]
            settled = any(
                t.span.start == at and t.place.precision in SETTLED for at, _ in spans for t in self._toponyms
            )
            if settled or _SETTLEMENT.search(self._text, end, end + SOON):
                yield Place(name=thing.text, text=thing.text)

    def _is_called_otherwise(self, name: str, kind: str) -> bool:
        """Whether the text calls a settlement a town where a village is meant, or the other way round."""
        called = self._kinds.get(name)
        if called is None:
            spelt = {t.text for t in self._toponyms if t.place.name == name}
            of = re.compile(rf"\b({'|'.join(_SIZES)}) of (?:{'|'.join(map(re.escape, spelt))})\b") if spelt else None
            called = frozenset(_SIZES[m[1]] for m in of.finditer(self._text)) if of else frozenset()
            self._kinds[name] = called
        return bool(called) and kind in _SIZES and _SIZES[kind] not in called

    def _only_locates(self, toponym: Toponym) -> bool:
        """Whether a region is named to say where something lies ("a town in the region"), not as what is held."""
        before = self._text[max(0, toponym.span.start - 24) : toponym.span.start].lower()
        return LOCATING.search(before) is not None

    def _antecedent(self, token: Word, paragraph: Paragraph) -> list[Toponym]:
        """The settlement that a relative clause is about: "the village, which the army retook"."""
        if token.dep_ not in ("relcl", "acl") or any(c.dep_ == "dobj" and c.pos_ == "PROPN" for c in token.children):
            return []
        position = paragraph.start + token.head.idx
        return [t for t in self._toponyms if t.span.start <= position < t.span.end and t.place.precision in NAMED]

    def _definite(self, words: Sequence[Word], paragraph: Paragraph) -> Place | None:
        for token in words:
            if token.lemma_.lower() in COMMON and any(c.lower_ in ("the", "this", "that") for c in token.children):
                if any(c.pos_ == "PROPN" for c in token.subtree if c.dep_ in ("pobj", "appos", "compound")):
                    continue
                position = paragraph.start + token.idx
                return self._last(position, paragraph, token.lemma_.lower())
        return None

    def _argument(self, token: Word, paragraph: Paragraph) -> Place | None:
        """The settlement that is itself taken or held, where "the town" says so: others in the sentence are not meant."""
        taken = ("dobj", "nsubjpass", "nsubj") if token.lemma_ == "fall" else ("dobj", "nsubjpass")
        for thing in token.children:
            if thing.dep_ in taken and thing.tag_ == "NN" and thing.lemma_.lower() in COMMON:
                bare = not any(c.pos_ == "PROPN" or c.dep_ in ("prep", "relcl", "acl") for c in thing.children)
                if bare and any(c.lower_ in ("the", "this") for c in thing.children):
                    return self._last(paragraph.start + thing.idx, paragraph, thing.lemma_.lower())
        return None

    def _it(self, token: Word, paragraph: Paragraph) -> Place | None:
        """What "it" stands for as the thing held: the settlement last named."""
        things = [c for c in token.subtree if c.lower_ in ("it", "its", "there") and c.dep_ != "expl"]
        return self._last(paragraph.start + things[0].idx, paragraph) if things else None

    def _part(self, words: Sequence[Word], paragraph: Paragraph) -> Place | None:
        """The settlement that "the square" or "the northern part" belongs to, as an area of it and not the whole."""
        for token in words:
            if token.lemma_.lower() in PARTS and any(c.lower_ == "the" for c in token.children):
                whole = self._last(paragraph.start + token.idx, paragraph)
                return replace(whole, precision=PlacePrecision.AREA) if whole else None
        return None

    def _last(self, position: int, paragraph: Paragraph, kind: str = "") -> Place | None:
        """The settlement last named; where the sentence before names several, the one the document is mainly about.

        ``kind`` is the word that points back: "the village" is none that the text calls a town.
        """
        before = [t for t in self._told if t.span.start < position and t.place.precision in NAMED]
        if kind:
            before = [t for t in before if not self._is_called_otherwise(t.place.name, kind)]
            if before and self.main and self._is_called_otherwise(self.main.name, kind):
                return _at(before[-1].place)
        if not before or position - before[-1].span.start > BACK:
            return self.main
        if (
            not before[-1].span.start >= paragraph.start
            and self.main
            and any(t.place.name == self.main.name for t in before)
        ):
            return self.main
        starts = [
            paragraph.start + t.idx for t in paragraph.doc if t.is_sent_start and paragraph.start + t.idx <= position
        ]
        recent = [t.place for t in before if t.span.start >= (starts[-2] if len(starts) > 1 else paragraph.start)]
        if self.main and any(p.name == self.main.name for p in recent):
            return self.main
        return _at(before[-1].place)


def _conjoined(word: Word) -> Iterator[Word]:
    """A word and those joined to it by "and" or a comma."""
    yield word
    for child in word.children:
        if child.dep_ == "conj":
            yield from _conjoined(child)


def of_settlement(token: Word) -> bool:
    """Whether a trigger is about a "city" that stands for a name beside it: "around the town, a city liberated in May"."""
    things = [token.head, *(c for c in token.children if c.dep_ in ("dobj", "nsubjpass"))]
    return any(thing.lemma_.lower() in COMMON and thing.tag_ != "NNS" for thing in things)


def _any_within(positions: Sequence[int], span: Span) -> bool:
    """Whether one of the positions, in ascending order, lies in the span."""
    following = bisect_left(positions, span.start)
    return following < len(positions) and positions[following] < span.end


def _at(place: Place) -> Place:
    """The settlement itself, where it was named as near or as a direction."""
    known = place.lat is not None
    return replace(place, precision=PlacePrecision.SETTLEMENT if known else PlacePrecision.NO_COORDINATES)


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    seen: dict[tuple[str, int | None, str], Place] = {}
    for place in places:
        seen.setdefault((place.name, place.geonameid, place.precision), place)
    return tuple(seen.values())
