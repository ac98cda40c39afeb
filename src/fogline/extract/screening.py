"""What cannot hold a claim is not parsed, since the parse is most of the work: told from the words alone, in one pass.

In a theatre with sides a document counts that names a side, one of its people, or a place in its countries. A paragraph
counts that holds a word for a deed or a thing of war, a quotation mark, or a word of saying. What is left out holds
neither a trigger nor a speech, so no claim is lost; only a person introduced there is not known further down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from fogline.extract.attribution.weights import cue_lemmas
from fogline.extract.lexicon import read
from fogline.extract.naming import words
from fogline.gazetteer import Entry, Gazetteer
from fogline.model import Document, Spans, SpeakerType, Theatre

LEAST_RATE = 0.2
"""The share of its sightings in which a lemma must have been a cue, in some frame, to count as a word of saying; well
under every threshold at which a cue is taken, so that none is lost here."""

LEAST_LETTERS = 4
"""Letters of the shortest place name that shows what a document is about: shorter ones are too often other words."""

LEAST_PEOPLE = 5_000
"""People of a place that a report may mean though a namesake elsewhere is larger: Pokrovsk, Alexandria."""

QUOTED = re.compile("[\"“”„«»‘]|(?<!\\w)['’]")
INTRODUCED = re.compile(
    r"(?<!\w)[^\W\d_a-z]\w+ [^\W\d_a-z]\w+, (?:an?|the|who|head|chief|former|director|commander|spokes\w+)\b"
)
"""Somebody named and told of ("Petro Bondar, a military analyst"), who may speak by his family name further down. It is looked
for at the beginnings of words alone: at each letter of a very long word it would take the square of its length."""

WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Screen:
    """Which paragraphs of a document are worth parsing, in one theatre."""

    def __init__(self, theatre: Theatre, gazetteer: Gazetteer) -> None:
        """Screen for the sides, people and countries of this theatre and the places of this gazetteer."""
        self._speaks = _speaks(theatre, gazetteer) if theatre.sides else _always
        self._sides = bool(theatre.sides)

    def __call__(self, document: Document, paragraphs: Spans) -> Spans:
        """The paragraphs that can hold a claim, and those before a quotation, which tell whose it is."""
        if not self._speaks(document.text):
            return ()
        texts = [span.of(document.text) for span in paragraphs]
        quoted = [QUOTED.search(text) is not None for text in texts]
        after = [*quoted[1:], False][: len(quoted)]  # there may be no paragraph at all
        return tuple(
            span
            for span, text, marks, follow in zip(paragraphs, texts, quoted, after, strict=True)
            if marks or follow or INTRODUCED.search(text) or self._tells(text)
        )

    def _tells(self, text: str) -> bool:
        return not _told(self._sides).isdisjoint(WORD.findall(text.lower())) or _phrases().search(text) is not None


def _always(_: str) -> bool:
    return True


def _speaks(theatre: Theatre, gazetteer: Gazetteer) -> Callable[[str], bool]:
    names = {n for s in theatre.sides for n in (s.name, s.capital, *s.names, *s.demonyms) if n}
    parties = [actor for actor in theatre.actors if theatre.is_party(actor.side)]
    names |= {n for actor in parties for n in actor.names if " " in n or actor.type is not SpeakerType.PERSON}
    named = re.compile("|".join(rf"\b{re.escape(name)}" for name in sorted(names, key=lambda n: (-len(n), n))))
    countries = frozenset(theatre.countries)

    def speaks(text: str) -> bool:
        if named.search(text):
            return True
        names = (span.of(text) for span, _ in gazetteer.scan(text))
        return any(_meant(gazetteer.exact(name), countries) for name in names if len(name) >= LEAST_LETTERS)

    return speaks


def _meant(entries: Sequence[Entry], countries: frozenset[str]) -> bool:
    """Whether a name may mean a place in the countries: its likeliest place is there, or a place that reports speak of."""
    there = [entry for entry in entries if entry.country in countries]
    return bool(there) and (there[0] is entries[0] or any(e.front or e.population >= LEAST_PEOPLE for e in there))


@cache
def _told(sides: bool) -> frozenset[str]:
    """The words that can make a claim; what somebody merely says is one in a theatre with sides alone."""
    return _forms() | _said() if sides else _forms()


@cache
def _forms() -> frozenset[str]:
    """Every form of every word that shows a kind, and of the nouns and verbs by which something is denied."""
    lemmas: set[str] = set(words("denying")) | set(words("sayings"))
    for lists in read("kinds").values():
        for name, entries in lists.items():
            if name not in ("phrases", "holding_patterns"):
                lemmas |= {entry for entry in entries if WORD.fullmatch(entry)}
    for nouns in read("presence").values():
        lemmas |= set(nouns)
    return frozenset(form for lemma in lemmas for form in inflected(lemma))


@cache
def _said() -> frozenset[str]:
    """Every form of the words of saying, thinking and wishing."""
    return frozenset(form for lemma in cue_lemmas(LEAST_RATE) for form in inflected(lemma))


@cache
def _phrases() -> re.Pattern[str]:
    found = list(read("kinds")["control"]["holding_patterns"])
    for lists in read("kinds").values():
        several = [e for name, entries in lists.items() if name != "holding_patterns" for e in entries]
        found += [rf"\b{re.escape(e)}" for e in several if not WORD.fullmatch(e)]
    return re.compile("|".join(found), re.IGNORECASE)


def inflected(lemma: str) -> Iterable[str]:
    """The forms that English gives a verb, noun or adjective, and some that it does not; irregular ones by the lemmatizer.

    >>> sorted(inflected("take") & {"took", "taken", "taking", "takes"})
    ['taken', 'takes', 'taking', 'took']
    """
    found = {lemma, *(lemma + ending for ending in ("s", "es", "d", "ed", "ing", "r", "er"))}
    found |= {lemma + lemma[-1] + ending for ending in ("ed", "ing", "er")}
    if lemma.endswith("e"):
        found.add(lemma[:-1] + "ing")
    if lemma.endswith("ie"):
        found.add(lemma[:-2] + "ying")
    if lemma.endswith("y"):
        found |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    return found | _irregular().get(lemma, frozenset())


@cache
def _irregular() -> dict[str, frozenset[str]]:
    from fogline.extract.parse import irregular_forms

    return irregular_forms()
