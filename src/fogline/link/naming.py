"""Names in a passage: of places that no gazetteer knows, and of whoever holds one, in the words of the passage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from fogline.link.near_duplicates import words
from fogline.model import Theatre

_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:(?: (?:al|el|de|of)[ -]|[ -])[A-Z][\w’'-]+)*")
_THERE = re.compile(r"\b(?:in|on|at|near) \Z")
_IS = re.compile(r" (?:(?:city|town|village) )?(?:is|was|has|had|remains?|fell|falls|holds)\b")
_NO_PLACES = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *(
            "november",
            "december",
            "there",
            "it",
            "this",
            "that",
            "these",
            "those",
            "they",
            "nobody",
            "reuters",
            "president",
            "general",
            "minister",
            "ministry",
            "defence",
            "staff",
        ),
    }
)

_OWNED = re.compile(r"['’]s? ")
"""Between a place and what lies in it: "El Fasher's Daraja"."""
_SHARE = re.compile(
    r"^(?:All|Most|Much|Half|Part|Parts|Some|Every(?:thing)?|Only|Central|Northern|Southern|Eastern|Western)(?: of)? (?=[A-Z])"
)
_ARTICLES = frozenset({"al", "el", "the", "of"})
"""Words of many names, of places as of people."""


@lru_cache(maxsize=1 << 14)
def named(text: str, party: frozenset[str]) -> tuple[str, ...]:
    """Keys of the proper names in a passage that are no side's, no day's and no office's, in order and once each.

    >>> named("Drones struck a depot in Toropets on Monday.", frozenset())
    ('ntoropets',)
    """
    kept: set[str] = set()
    for match in _NAME.finditer(text):
        name = _SHARE.sub("", match.group().removeprefix("The "))
        opens = (match.start() == 0 or text[match.start() - 2] in ".!?:") and name == match.group()
        if opens and " " not in name and "-" not in name and not _IS.match(text, match.end()):
            continue  # any word may open a sentence with a capital letter
        there = _THERE.search(text, 0, match.start()) is not None  # a capital stands for its side, but not in "in Kyiv"
        for part in _OWNED.split(name):
            own = set(words(part)) - _ARTICLES
            if own and not own & _NO_PLACES and (there or not (own <= party if len(own) > 1 else own & party)):
                kept.add(f"n{part.casefold()}")
    return tuple(sorted(kept))


def side_words(theatre: Theatre) -> frozenset[str]:
    """The words of the sides' names and adjectives, in lower case; without those that names of places have as well ("al")."""
    return frozenset(word for name in side_names(theatre) for word in words(name)) - _PARTICLES


_PARTICLES = frozenset({"al", "el", "an", "ad", "ar", "as", "of", "in", "for", "the", "and", "bin", "ibn"})


def side_names(theatre: Theatre) -> Mapping[str, str]:
    """Each side's code by every name and adjective it goes by, in lower case and without "the"."""
    return {
        name.casefold().removeprefix("the "): side.code
        for side in theatre.sides
        for name in (side.name, *side.names, *side.demonyms)
    }


def side_pattern(names: Mapping[str, str]) -> re.Pattern[str] | None:
    """What finds the sides' names in a passage in lower case, the longest first; ``None`` where there are no sides."""
    listed = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in listed) + r")(?=s?\b)") if listed else None


_VERB = (
    r"(?:re)?captur(?:e|es|ed)|seiz(?:e|es|ed)|took|take|taken|hold|holds|held|controls?|controlled|retook|retaken"
    r"|liberat(?:e|es|ed)|occup(?:y|ies|ied)|regained|conquered|overr[au]n"
)
_ACTIVE = re.compile(
    rf"^(?:the )?(?P<who>[\w’' -]{{3,40}}?) (?:(?:have|has|had|now|still|fully|also|did|do|does|not|never) )*(?:{_VERB})\b"
)
_PASSIVE = re.compile(
    r"\b(?:by|under (?:the )?(?:\w+ )?control of|in the hands of|fell to|fallen to|lost to|handed (?:over "
    r"|back )?to|passed to) (?:the )?(?P<who>[\w’' -]{3,40})"
)
_HANDS = re.compile(r"\b(?:back )?in (?:the )?(?P<who>[\w’'-]+(?: [\w’'-]+)?) (?:hands|possession)\b")
_IN_CONTROL = re.compile(
    r"^(?:the )?(?P<who>[\w’' -]{3,40}?) (?:is|are|was|were|remains?|remained) (?:still |now "
    r"|again )?(?:in (?:full )?(?:control|possession|charge)|masters?) (?:of|in)\b"
)
_SELF = frozenset({"it", "they", "we", "our", "its", "their", "us", "his", "her"})
_STOP = re.compile(r" (?:on|in|at|after|during|since|last|early|late|by|near)\b| \d")
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_DULL = frozenset({"forces", "troops", "fighters", "the", "units", "soldiers", "army", "group", "local", "and"})


@lru_cache(maxsize=1 << 14)
def worded_holder(text: str, speaker: str = "") -> str:
    """Whoever a passage says has a place, in its own words, for a theatre whose sides are not known; "" where none is named.

    "We" and "our soldiers" are the ``speaker``'s; "it" and "they" too, as what is told of them is told by them.

    >>> worded_holder("The M23 rebels have captured Goma.")
    '~m23 rebels'
    """
    folded = text.casefold()
    found = _PASSIVE.search(folded) or _HANDS.search(folded) or _ACTIVE.search(folded) or _IN_CONTROL.search(folded)
    if not found:
        return ""
    named = words(_STOP.split(found["who"])[0])
    if found.re is _ACTIVE and set(named) & _BE:
        return ""  # "the town was liberated": by whom is not said
    if set(named) & _SELF:
        named = words(speaker)
    told = [word for word in named if word not in _DULL] or list(named)
    return f"~{' '.join(told[:3])}" if told else ""
