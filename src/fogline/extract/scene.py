"""One document laid out for hearing: who speaks where in it, and which places, times and amounts it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fogline.extract.joined_times import Leads
from fogline.extract.naming import words
from fogline.extract.parse import Paragraph
from fogline.extract.quantities import Amount
from fogline.extract.speakers import UNNAMED, Setting, Voices, words_of
from fogline.extract.syntax import Stretch, Word
from fogline.extract.triggers import deeds
from fogline.extract.whereabouts import Whereabouts
from fogline.model import AttributionType, Document, Span, Speaker, SpeakerType
from fogline.timex import Timex

if TYPE_CHECKING:
    from fogline.extract.attribution import Speech

SAID_OF_WORDS = frozenset({"hold", "push", "press", "maintain", "target"})
"""Verbs of deeds that are speech only before "that": "he holds that ...", but "they hold the bank"."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that was found in one document before claims are put together."""

    document: Document
    speeches: Sequence[Speech]
    voices: Mapping[int, Voices]
    timexes: Sequence[Timex]
    amounts: Sequence[Amount]
    whereabouts: Whereabouts
    setting: Setting
    printed: tuple[Speaker, ...]
    """Who says what nobody else is named for."""
    leads: Leads
    """The dates that paragraphs stand under, in a chronology."""
    denied: frozenset[int]
    """The speeches (by index) whose cue denies or rejects what it is about."""
    judged: frozenset[int]
    """Those whose cue says what the speaker calls something: "called the clip a performance"."""
    near: tuple[int, ...] = ()
    """The speeches (by index) that touch the paragraph at hand."""

    def here(self) -> Iterator[tuple[int, Speech]]:
        """The speeches that touch the paragraph at hand, with their index."""
        return ((number, self.speeches[number]) for number in self.near)

    def within(self, paragraph: Paragraph) -> Scene:
        """The same scene for one paragraph, so that a long document is not gone through for every word."""
        span = Span(paragraph.start, max(paragraph.start, paragraph.end))
        near = tuple(
            number
            for number, speech in enumerate(self.speeches)
            if any(s.overlaps(span) for s in (*speech.content, *speech.source, *speech.cue))
        )
        return replace(
            self,
            near=near,
            timexes=[t for t in self.timexes if t.span.overlaps(span)],
            amounts=[a for a in self.amounts if a.span.overlaps(span)],
        )


def cued_by(name: str, speeches: Sequence[Speech], paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The speeches (by index) whose cue has a word of one of the lists about sources."""
    lemmas = [{token.lemma_.lower() for token in words_of(paragraphs, speech.cue)} for speech in speeches]
    return frozenset(number for number, own in enumerate(lemmas) if own & words(name))


def is_aside(token: Word) -> bool:
    """Whether a word stands in a relative clause behind a comma, which adds something: "the town, which fell in May"."""
    while token.head is not token and token.dep_ not in ("ccomp", "conj"):
        if token.dep_ == "relcl":
            before = token.left_edge.i - 1
            return before >= 0 and token.doc.words[before].text == ","
        token = token.head
    return False


NOBODY = frozenset({"nobody", "no one", "none", "neither", "none of them", "nothing"})
"""Who says nothing: "nobody can say that ..."."""

SEEMING = frozenset({"seem", "appear", "look", "tend", "happen", "mean", "design"})
"""Verbs by which whoever tells a thing says how it looks."""

_CALLS_FOR = re.compile(r"\s*(?:for|on|upon|to|off|up)\b")


def is_wish(speech: Speech, paragraphs: Sequence[Paragraph], text: str) -> bool:
    """Whether the cue reports what somebody wants, feels or does: its subject asserts nothing."""
    if speech.source and speech.source[0].of(text).lower() in NOBODY:
        return True
    if speech.type is AttributionType.DIRECT:
        return False
    said = words_of(paragraphs, speech.cue)
    own = all(token.pos_ in ("ADJ", "ADV") for token in said) or any(token.lemma_ in SEEMING for token in said)
    if not speech.source and said and own:
        return True  # "it is unlikely that", "it seems that": nobody else's view than that of whoever tells it
    lemmas = {token.lemma_.lower() for token in said if token.pos_ != "ADJ"}
    if lemmas & SAID_OF_WORDS:
        return not text[speech.content[0].start :].lower().startswith("that ")
    if "call" in lemmas and not _CALLS_FOR.match(text, speech.cue[-1].end):
        lemmas -= {"call"}  # "called the clip a performance"
    return bool(lemmas & (words("wishing") | deeds()))


def next_lead(scene: Scene, paragraph: Paragraph, sentence: Stretch, before: int | None) -> int | None:
    """The indirect speech that the next sentences of the paragraph go on with: that of this sentence, else the one before."""
    whole = paragraph.span(sentence.start_char, sentence.end_char)
    here = [n for n, speech in scene.here() if any(span.overlaps(whole) for span in speech.content)]
    if not here:
        return before
    outer = max(here, key=lambda n: sum(s.end - s.start for s in scene.speeches[n].content))
    voices = scene.voices[outer]
    person = (
        bool(voices.speakers) and voices.speakers[0].type is SpeakerType.PERSON and voices.speakers[0].name != UNNAMED
    )
    return outer if person and scene.speeches[outer].type is AttributionType.INDIRECT else None


def is_carried(sentence: Stretch) -> bool:
    """Whether a sentence can go on with the speech before it: it does not step back to tell ("This development ...")."""
    first = next((t for t in sentence if not t.is_punct and not t.is_space), None)
    return first is not None and first.lower_ not in ("this", "these", "such", "meanwhile", "despite", "however")


def in_frame(scene: Scene, position: int) -> bool:
    """Whether a word belongs to a source or a cue: these say who speaks, not what."""
    return any(
        span.start <= position < span.end for _, speech in scene.here() for span in (*speech.source, *speech.cue)
    )


def holds_other(scene: Scene, number: int, sentence: Span) -> bool:
    """Whether another speech stands inside this one in a sentence: what the outer one says is then that the other said so."""
    own = scene.speeches[number].content
    return any(
        other != number
        and speech.source
        and any(mine.covers(cue) for mine in own for cue in speech.cue if cue.overlaps(sentence))
        for other, speech in scene.here()
    )


def around(scene: Scene, position: int) -> tuple[int, ...]:
    """The speeches whose content covers a place in the text, innermost (shortest) first."""
    nest = [
        number for number, speech in scene.here() if any(span.start <= position < span.end for span in speech.content)
    ]
    size = {number: sum(s.end - s.start for s in scene.speeches[number].content) for number in nest}
    return tuple(sorted(nest, key=lambda number: (size[number], number)))


def stretch(scene: Scene, nest: tuple[int, ...], sentence: Span) -> Span | None:
    """The words a mouth says in a sentence: the innermost content within it, or the whole sentence."""
    if not nest:
        return sentence
    pieces = [span for span in scene.speeches[nest[0]].content if span.overlaps(sentence)]
    if not pieces:
        return None
    start = max(sentence.start, min(p.start for p in pieces))
    end = min(sentence.end, max(p.end for p in pieces))
    text = scene.document.text
    while start < end and (text[start].isspace() or text[start] in '"“”„«»,;:'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"“”„«»,;:'):
        end -= 1
    if text[start : start + 5].lower() == "that ":
        start += 5
    return Span(start, end) if end > start else None
