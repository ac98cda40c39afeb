"""Which words of a text name places: capitalised words the gazetteer knows, weighed by what stands around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import exp

from fogline.extract.place_evidence import Mention, Tags, Use, evidence
from fogline.extract.place_words import words
from fogline.gazetteer import Entry, Feature, Gazetteer
from fogline.gazetteer.spelling import key
from fogline.model import Actor, Span, SpeakerType, Theatre

PEOPLE = "people or things of a country"

ACCEPTED = 0.5
"""The least score of a mention."""


def mentions(
    text: str,
    gazetteer: Gazetteer,
    theatre: Theatre,
    *,
    places: Sequence[Span] = (),
    persons: Sequence[Span] = (),
    organisations: Sequence[Span] = (),
    tagged: bool = False,
) -> tuple[Mention, ...]:
    """The place names in a text, in text order, none overlapping another.

    ``places``, ``persons`` and ``organisations`` are a tagger's spans; ``tagged`` says that it was asked for all three.
    """
    tags = Tags(asked=tagged, places=tuple(places), persons=tuple(persons), organisations=tuple(organisations))
    people = _people(text, theatre)
    candidates = [m for m in _candidates(text, gazetteer, tags) if not _is_body(m, text, theatre)]
    beside = {m.span.start: m for m in candidates if m.entries}
    drafts = [_weigh(text, m, tags, people, beside) for m in candidates]
    kept = _agree(text, drafts)
    kept += small_letters(text, kept)
    return tuple(sorted(kept, key=lambda mention: mention.span))


def _candidates(text: str, gazetteer: Gazetteer, tags: Tags) -> list[Mention]:
    found: list[Mention] = []
    for span, entries in gazetteer.scan(text):
        people_of = gazetteer.demonym(span.of(text))
        if people_of and gazetteer.exact(span.of(text))[:1] != people_of:
            found.append(Mention(span=span, entries=people_of, use=Use.OTHER, reasons=(PEOPLE,)))
        elif key(span.of(text)).replace(" ", "_") in words().institutions:
            continue
        elif meant := spelt_so(span.of(text), entries):
            found.append(_widened(text, Mention(span=span, entries=meant), gazetteer, tags))
    found = _apart(found)
    taken = [mention.span for mention in found]
    found += [
        Mention(span=span, entries=entries, use=Use.OTHER, reasons=(PEOPLE,))
        for span, entries in gazetteer.scan_demonyms(text)
        if not any(span.overlaps(other) for other in taken)
    ]
    taken = [mention.span for mention in found]
    for tagged in tags.places:
        span = _trimmed(text, tagged)
        if not any(span.overlaps(other) for other in taken) and span.of(text)[:1].isupper():
            found.append(Mention(span=span, entries=gazetteer.exact(span.of(text))))
    return found


def _is_body(mention: Mention, text: str, theatre: Theatre) -> bool:
    """Whether a name is that of a body of the theatre, and of a place in other countries alone: "Fano" in a report of Ethiopia."""
    there = any(entry.country in theatre.countries for entry in mention.entries)
    return not there and mention.span.of(text) in _bodies(theatre.actors)


@lru_cache(maxsize=16)
def _bodies(actors: tuple[Actor, ...]) -> frozenset[str]:
    return frozenset(name for actor in actors if actor.type is not SpeakerType.PERSON for name in actor.names)


_SHORT = 5
"""Letters of the longest short form of a unit's name: "Ariz.", "Wash.", "N.Mex."."""


def spelt_so(name: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The places that words spelt so can mean: a country or unit by its short form in capitals or with a full stop alone.

    "Miss" and "I'll" are no states, "Miss." and "IL" are; "Chad" and "Utah" are whole names.
    """
    letters = "".join(c for c in name if c.isalpha())
    if len(letters) > _SHORT or letters.isupper() or "." in name:
        return entries
    return tuple(e for e in entries if e.feature not in (Feature.COUNTRY, Feature.REGION) or _whole(letters, e))


def _whole(letters: str, entry: Entry) -> bool:
    """Whether it is more than a short form of the unit's name: the name, or another word for it."""
    name = "".join(c for c in entry.name.casefold() if c.isalpha())
    letters = letters.casefold()
    shortened = len(letters) < len(name) and letters[0] == name[0] and _in_order(letters, name)
    return not shortened or f" {letters} " in f" {entry.name.casefold()} "


def _in_order(letters: str, name: str) -> bool:
    """Whether the letters stand in the name in that order, others between them."""
    rest = iter(name)
    return all(letter in rest for letter in letters)


def _apart(found: Sequence[Mention]) -> list[Mention]:
    """The mentions, widest first, without those that overlap one that is kept; in text order."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span)):
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


_ARTICLE = re.compile(r"[Tt]he\s+")
_POSSESSIVE = re.compile(r"['’]s?$")


def _trimmed(text: str, span: Span) -> Span:
    """The tagger's span without an article before it and a possessive ending."""
    words = span.of(text)
    article, possessive = _ARTICLE.match(words), _POSSESSIVE.search(words)
    start, end = article.end() if article else 0, possessive.start() if possessive else len(words)
    return Span(span.start + start, span.start + max(start, end))


_JOINED = re.compile(r"[A-Z]-(?=[A-Z])")
"""A party before a state: "D-Ohio"."""
_KIND_OF = re.compile(r"(?:[Cc]ity|[Tt]own|[Vv]illage|[Cc]ounty|[Ss]tate|[Pp]rovince|[Bb]orough|[Tt]ownship) of$")


def _widened(text: str, mention: Mention, gazetteer: Gazetteer, tags: Tags) -> Mention:
    """The mention as wide as the tagger's name around it ("Ware" in "Ware Road"), where that is a place of its own."""
    for tagged in tags.places:
        span = _trimmed(text, tagged)
        if (
            span.covers(mention.span)
            and span != mention.span
            and "," not in span.of(text)
            and "\n" not in span.of(text)
        ):
            own = gazetteer.exact(span.of(text))
            if not own and _merely_said(text, mention, span):
                return mention
            landmark = key(span.of(text).split()[-1]) in words().landmarks
            return Mention(
                span=span, entries=own or mention.entries, use=Use.LITERAL, reasons=("a landmark",) if landmark else ()
            )
    return mention


def _merely_said(text: str, mention: Mention, wide: Span) -> bool:
    """Whether the words around the name make no place of their own: a side of it, its kind, a party, an office or house in it."""
    before, after = text[wide.start : mention.span.start].strip(), text[mention.span.end : wide.end].strip()
    unit = mention.entries[0].feature in (Feature.DISTRICT, Feature.REGION, Feature.COUNTRY)
    sides = all(key(word) in words().compass for word in re.split(r"[ -]", before) if word)
    last = key(after.split()[-1]) if after else ""
    return (
        bool(before and (sides or _KIND_OF.search(before) or _JOINED.fullmatch(text, wide.start, mention.span.start)))
        or after.startswith("-")
        or before.endswith("-")
        or (bool(after) and (last in words().organisations or (unit and last not in words().units)))
    )


def _weigh(text: str, mention: Mention, tags: Tags, people: Sequence[Span], beside: Mapping[int, Mention]) -> Mention:
    if mention.use is Use.OTHER:
        return mention
    span = mention.span
    if any(person.overlaps(span) for person in people):
        return replace(mention, score=0.0)
    use, weight, reasons = evidence(text, mention, words(), tags, beside)
    return replace(mention, use=use, score=1 / (1 + exp(-weight)), reasons=(*mention.reasons, *reasons))


_LETTERS = 5
"""Letters of the shortest name that is recognised when it is written small."""


def small_letters(text: str, kept: Sequence[Mention]) -> list[Mention]:
    """Names of settlements that the text also writes with a capital, where it writes them without."""
    surest: dict[str, Mention] = {}
    for mention in kept:
        name = mention.span.of(text)
        settled = mention.use is not Use.OTHER and any(e.feature is Feature.SETTLEMENT for e in mention.entries)
        if settled and mention.score >= 0.6 and len(name) >= _LETTERS and key(name) not in words().common:
            surest.setdefault(name.lower(), mention)
    found = []
    for small, mention in surest.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(small)}(?![\w-])", text):
            found.append(
                replace(
                    mention,
                    span=Span(match.start(), match.end()),
                    score=0.7 * mention.score,
                    reasons=("written small",),
                )
            )
    return found


@lru_cache(maxsize=16)
def _person_patterns(actors: tuple[Actor, ...]) -> dict[str, re.Pattern[str]]:
    """By the first word of people's full names, what finds those that begin with it: few words of a text are one."""
    persons = (actor for actor in actors if actor.type is SpeakerType.PERSON)
    names = {name for actor in persons for name in actor.names if " " in name}
    longest = sorted(names, key=lambda name: (-len(name), name))
    firsts = {name.split()[0] for name in longest}
    return {
        first: re.compile(rf"(?:{'|'.join(re.escape(name) for name in longest if name.split()[0] == first)})\b")
        for first in sorted(firsts)
    }


_FIRST_WORD = re.compile(r"\b[^\W\d_a-z]\S{0,63}(?= )")
"""What may be somebody's first name: nobody's is longer, and a word without end would be read through from each of its letters."""


def _people(text: str, theatre: Theatre) -> list[Span]:
    """Where the theatre's people are named in full."""
    patterns = _person_patterns(tuple(theatre.actors))
    found: list[Span] = []
    for word in _FIRST_WORD.finditer(text):
        pattern = patterns.get(word.group())
        match = pattern.match(text, word.start()) if pattern else None
        if match:
            found.append(Span(match.start(), match.end()))
    return found


def _agree(text: str, drafts: Iterable[Mention]) -> list[Mention]:
    """Keep the likely mentions, and the doubtful ones of a name that is surely a place elsewhere in the document."""
    by_name: Mapping[str, list[Mention]] = defaultdict(list)
    for draft in drafts:
        by_name[key(draft.span.of(text))].append(draft)
    kept: list[Mention] = []
    for same in by_name.values():
        surest = max(m.score for m in same)
        mean = sum(m.score for m in same) / len(same)
        for mention in same:
            shared = (
                mention.score if surest < 0.8 or mean < 0.35 else max(mention.score, min(0.6, mention.score + 0.35))
            )
            if shared >= ACCEPTED:
                kept.append(replace(mention, score=shared))
    return kept
