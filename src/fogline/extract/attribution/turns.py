"""Interviews printed as turns: who is asked speaks every answer, though no verb says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fogline.extract.attribution.speech import Speech
from fogline.model import AttributionType, Span, Spans

if TYPE_CHECKING:
    from fogline.extract.parse import Paragraph

_DASHED = re.compile(r"\s*[-–—]\s+(?=\S)")
_LETTERED = re.compile(
    r"\s*(?:(?P<ask>Q|Question|Interviewer|Journalist|Reporter|Correspondent|Host)|(?P<tell>A|Answer))\s?[:.]\s+"
)
_LEAST_QUESTIONS = 2
"""Questions that make an interview of a text: one may be anybody's, in a report."""

_LONGEST_QUESTION = 400
"""Characters of a question that stands between paragraphs without a mark of its own."""

_OWN_VIEW = re.compile(
    r"\b(?:I(?: am|['’]m| think| believe| would| have| do|['’]ve|['’]d)?|we|our|us|in my (?:view|opinion)|my)\b(?! Corps)"
)
_FULL_NAME = re.compile(r"\b[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){1,3}")


def answers(
    text: str, paragraphs: Sequence[Span], parsed: Sequence[Paragraph], found: Sequence[Speech]
) -> tuple[Speech, ...]:
    """A speech for each paragraph that answers a question, by the person whom the text names before the first one.

    ``paragraphs`` are all those of the text, ``parsed`` those that were parsed, ``found`` its other attributions. Turns
    begin with a dash or with "Q:" and "A:", or the questions stand alone between paragraphs told in the first person;
    of a report with a question or two in it, nothing is an answer.
    """
    told = _dashed(text, paragraphs) or _lettered(text, paragraphs) or _plain(text, paragraphs)
    if not told:
        return ()
    source = _asked(text, told[0].start, parsed, found)
    taken = [span for speech in found if speech.type is not AttributionType.INDIRECT for span in speech.content]
    return tuple(
        Speech(AttributionType.DIRECT, source, (), (span,))
        for span in told
        if source
        and not any(other.overlaps(span) and other.end - other.start > (span.end - span.start) // 2 for other in taken)
    )


def _dashed(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    turns = [span for span in paragraphs if _DASHED.match(text, span.start, span.end)]
    questions = [number for number, span in enumerate(turns) if _asks(text, span)]
    if len(questions) < _LEAST_QUESTIONS or not _own_views(text, turns):
        return []
    if all(number % 2 == 0 for number in questions):
        replies = turns[1::2]
    else:
        replies = [span for number, span in enumerate(turns) if number - 1 in questions and number not in questions]
    return [Span(_after(_DASHED, text, span), span.end) for span in _going_on(replies, turns, paragraphs)]


def _lettered(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    marked = [(span, match) for span in paragraphs if (match := _LETTERED.match(text, span.start, span.end))]
    asked = [span for span, match in marked if match["ask"]]
    replies = [span for span, match in marked if match["tell"]]
    if len(asked) < _LEAST_QUESTIONS or not replies:
        return []
    turns = [span for span, _ in marked]
    return [Span(_after(_LETTERED, text, span), span.end) for span in _going_on(replies, turns, paragraphs)]


def _plain(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Paragraphs after questions that stand alone, where most of them speak in the first person."""
    asked = [n for n, span in enumerate(paragraphs) if _asks(text, span) and span.end - span.start <= _LONGEST_QUESTION]
    asked = [n for n in asked if text[paragraphs[n].start] not in '"“”„«']
    if len(asked) < _LEAST_QUESTIONS + 1:
        return []
    replies = [span for n, span in enumerate(paragraphs) if n > asked[0] and n not in asked]
    if len(replies) > 6 * len(asked) or not _own_views(text, replies):
        return []
    return replies


def _own_views(text: str, turns: Sequence[Span]) -> bool:
    speaking = sum(_OWN_VIEW.search(text, span.start, span.end) is not None for span in turns)
    return speaking * 4 >= len(turns)


def _asks(text: str, span: Span) -> bool:
    return span.of(text).rstrip('"”»’* \n').endswith("?")


def _going_on(replies: Sequence[Span], turns: Sequence[Span], paragraphs: Sequence[Span]) -> list[Span]:
    """The replies with the unmarked paragraphs behind each; behind the last one the report itself may go on."""
    found: list[Span] = []
    replying = False
    for span in paragraphs:
        if span in turns:
            replying = span in replies
        if replying and (span in turns or span.start < turns[-1].start):
            found.append(span)
    return found


def _after(mark: re.Pattern[str], text: str, span: Span) -> int:
    match = mark.match(text, span.start, span.end)
    return match.end() if match else span.start


def _asked(text: str, before: int, parsed: Sequence[Paragraph], found: Sequence[Speech]) -> Spans:
    """The words that name who is asked: a full name that speaks before the first answer, else one that is a subject there."""
    for speech in found:
        if speech.source and speech.source[0].end <= before and _FULL_NAME.search(speech.source[0].of(text)):
            return speech.source
    subjects = ("nsubj", "nsubjpass", "appos", "ROOT")
    for paragraph in parsed:
        for word in paragraph.doc:
            span = paragraph.span(word.left_edge.idx, word.idx + len(word))
            if (
                word.pos_ == "PROPN"
                and word.dep_ in subjects
                and span.end < before
                and _FULL_NAME.search(span.of(text))
            ):
                return (span,)
    return ()
