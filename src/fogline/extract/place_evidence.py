"""How far the words around a name speak for a place: evidence for and against, in log-odds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fogline.extract.place_words import Words
from fogline.gazetteer import Entry, Feature
from fogline.gazetteer.spelling import is_cyrillic, key
from fogline.model import Span


class Use(StrEnum):
    """What a name is used for: the place itself, those who govern it, or part of another name or word."""

    LITERAL = "literal"
    METONYMIC = "metonymic"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text taken for a place name, and the places that bear it; ``entries`` may be empty."""

    span: Span
    entries: tuple[Entry, ...]
    use: Use = Use.LITERAL
    score: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What an entity tagger said, if one was asked."""

    asked: bool = False
    places: tuple[Span, ...] = ()
    persons: tuple[Span, ...] = ()
    organisations: tuple[Span, ...] = ()


ORGANISATION = "in the name of an organisation"

_GAINED = (
    "(?:re)?captured?|seized?|liberated?|occupied|entered|retook|retaken|taking|seizing|capturing|liberating|visited"
)
_KINDS = "city|town|village|settlement|villages|towns|cities|settlements|capital|hamlet|suburb"
_LOCATIVE = re.compile(
    rf"(?:\b(?:in|near|at|from|around|outside|inside|toward|towards|into|across|throughout|leaving|reach|reached|of|to|"
    rf"between|and|for|via|on|over|against|region|oblast|district|{_GAINED}|{_KINDS}|"
    r"на|по|над|за|для|та|и|і|й|с|з|із|зі|от|від)|[(,–—-])[ \u00a0\n]?(?:the )?$",
    re.IGNORECASE,
)
_STRONG = re.compile(
    rf"\b(?:in|near|at|from|outside|inside|toward|towards|into|across|throughout|{_GAINED}|(?:{_KINDS})(?: of)?|"
    r"(?:km|miles|kilomet(?:er|re)s|north|south|east|west) (?:from|of)|"
    r"у|в|во|біля|під|поблизу|неподалік|до|між|через|возле|под|около|вблизи|близ|между|из|к|"
    r"міст[аоіу]\w{0,2}|сел[аоіу]\w{0,2}|селищ\w+|город\w{0,3}|пос[её]л\w+|смт|пгт|с\.|м\.|г\.)[ \u00a0\n](?:the )?$",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:•\n\"“”«»‘]|\.\s?\)|[-–—]\s)\s*[\"“'‘«(•*-]*\s*$")
_CAPITALISED_BEFORE = re.compile(r"([^\W\d_][\w'’-]*\.?)[ \u00a0]$")
_CAPITALISED_AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*)")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]{2,3}")
"""Initials of a name, which are no word: "U.S.", "US"."""
_ABBREVIATION = re.compile(r"[A-Z]{2}|[A-Z][a-z]{1,4}\.|(?:[A-Z]\.\s?){2,3}")
_HELD = re.compile(
    r"\b(?:takes?|took|holds?|held|holding|los(?:es?|t|ing)|defend(?:s|ed|ing)?|shell(?:s|ed|ing)|bomb(?:s|ed|ing)|storm(?:s|ed|ing)|"
    r"besieg(?:es?|ed|ing)|encircl(?:es?|ed|ing)|surround(?:s|ed|ing)?|evacuat(?:es?|ed|ing)|control(?:s|led|ling)?|"
    r"enter(?:s|ing)?|abandon(?:s|ed|ing)?|attack(?:s|ed|ing)|struck|hit)[ \u00a0\n](?:the )?$"
)
_BEFALLEN = re.compile(
    r" (?:(?:was|were|is|are|has been|have been|had been|being|been|came|comes|remain(?:s|ed)?|stay(?:s|ed)?)"
    r"(?: \w+ly| also| now| still| again)? "
    r"(?:shelled|(?:re)?captured|occupied|liberated|struck|hit|attacked|bombed|bombarded|seized|taken|retaken|cut off|encircled|"
    r"surrounded|besieged|stormed|evacuated|destroyed|razed|under|contested|in (?:the )?hands|lost|freed|cleared|abandoned|without)|"
    r"(?:fell|falls|had fallen|has fallen) (?:to|on|in|under|after|into)|changed hands|lies|sits)\b"
)
_DATELINE = re.compile(r"(?:, [^\n]{1,30}?)?(?: \([^)\n]{2,20}\))? ?(?:--?|[—–])[ \n]")
_OF_TOWN = re.compile(
    r" (?:(?:city |town |village |county |school )?(?:police|council|councill?ors?|man|woman|men|women|teenager|residents?|native|"
    r"firefighters?|mayor|officials?|area|suburb|neighbou?rhood|district|region|outskirts|garrison))\b"
)
_SAID = re.compile(r",? (?:said|says|told|added|noted|explained|stated|wrote|argued|who|was born|, \d\d,)\b")


def evidence(
    text: str, mention: Mention, lexicon: Words, tags: Tags, beside: Mapping[int, Mention]
) -> tuple[Use, float, tuple[str, ...]]:
    """Log-odds that the words name a place. The weights are set by judgement and were checked on TR-News and LGL."""
    span, entries = mention.span, mention.entries
    name = span.of(text)
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 40]
    single = " " not in name and "-" not in name
    starts = _SENTENCE_START.search(before) is not None
    use, found = Use.LITERAL, list(_of_name(name, before, starts, single, entries, lexicon))
    strong = _STRONG.search(before) is not None or _is_dateline(text, span)
    if strong:
        found.append((2.5, "after a word of place"))
    elif _HELD.search(before):
        found.append((1.5, "after a verb of taking or holding"))
    elif _LOCATIVE.search(before) and not starts:
        found.append((0.7, "after a preposition"))
    follower = beside.get(span.end + 1)
    if follower is not None and _wider(follower) and not _wider(mention):
        found.append((2.0, "before the wider place it lies in"))
    elif not _headline(text, span):
        use, value, why = _company(before, after, lexicon, single, entries)
        found.append((value, why))
        if starts and single and not _known(entries):
            found.append((-0.7, "at the start of a sentence"))
        if _OF_TOWN.match(after):
            found.append((1.5, "before who or what is there"))
        if _BEFALLEN.match(after):
            found.append((2.0, "before what befell it"))
        if _SAID.match(after) and single and not _known(entries):
            found.append((-1.5, "speaks"))
    if tags.asked:
        value, why = _tagged(span, tags, strong) if not is_cyrillic(name) else (0.0, "")
        if why == ORGANISATION:
            use = Use.OTHER
            value = value if _known(entries) or any(e.feature is Feature.REGION for e in entries) else value - 1.5
        found.append((value, why))
    elif any(place.overlaps(span) for place in tags.places):
        found.append((2.0, "called a place by the tagger"))
    weight = sum(value for value, _ in found)
    return use, weight, tuple(why for value, why in found if value and why)


def _is_dateline(text: str, span: Span) -> bool:
    """Whether it opens a line in capitals, as the place a report comes from does: "RIDNA — ", "RIDNA, Ohio (AP)"."""
    return (
        span.of(text).isupper()
        and (span.start == 0 or text[span.start - 1] == "\n")
        and _DATELINE.match(text, span.end) is not None
    )


def _wider(mention: Mention) -> bool:
    """Whether the name is that of a country, region or district."""
    units = (Feature.COUNTRY, Feature.REGION, Feature.DISTRICT)
    return mention.use is not Use.OTHER and bool(mention.entries) and mention.entries[0].feature in units


def _of_name(
    name: str, before: str, starts: bool, single: bool, entries: Sequence[Entry], lexicon: Words
) -> Iterable[tuple[float, str]]:
    """What the name itself says for and against a place."""
    yield (0.0 if single else 1.0, "")
    if not entries:
        yield (-0.5 if single else 1.0, "not in the gazetteer")
        return
    if not single and key(name.split()[-1]) in lexicon.organisations:
        yield (-2.0, "named like a house or an office")
    word = key(name)
    everyday = single and word in lexicon.common and not _INITIALS.fullmatch(name)
    yield (min(_renown(entries), 0.5) if everyday else _renown(entries), "")
    if everyday:
        yield (-9.0 if word in lexicon.compass else -6.0 if starts else -4.0, "an everyday word")
    if single and word in lexicon.given_names:
        yield (-3.0, "a given name")
    if _ABBREVIATION.fullmatch(name) and not any(e.feature is Feature.COUNTRY for e in entries):
        yield (1.0 if re.search(r"[A-Za-z], ?$", before) else -4.0, "an abbreviation")
    elif len(name) <= 3 and _renown(entries) < 2:
        yield (-1.0, "a short word")


def _tagged(span: Span, tags: Tags, strong: bool) -> tuple[float, str]:
    if any(place.overlaps(span) for place in tags.places):
        return 3.0, "called a place by the tagger"
    if any(person.overlaps(span) for person in tags.persons):
        return -2.0 if strong else -3.0, "called a person by the tagger"
    if any(organisation.overlaps(span) for organisation in tags.organisations):
        whole = any(organisation == span for organisation in tags.organisations)
        return 0.0, "called an organisation by the tagger" if whole and strong else ORGANISATION
    return -0.5, "called nothing by the tagger"


def _known(entries: Sequence[Entry]) -> bool:
    return any(e.feature is Feature.COUNTRY or e.capital or e.population >= 500_000 for e in entries)


def _renown(entries: Sequence[Entry]) -> float:
    """How readily the name is taken for a place without any context."""
    best = entries[0] if entries else None
    if best is None:
        return 0.0
    if any(e.feature is Feature.COUNTRY or e.capital for e in entries):
        return 3.0
    if any(e.feature is Feature.REGION for e in entries) or any(e.population >= 300_000 for e in entries):
        return 2.0
    if any(e.front or e.feature in (Feature.WATER, Feature.AREA, Feature.DISTRICT) for e in entries):
        return 1.2
    return 0.8 if any(e.population >= 15_000 for e in entries) else 0.2


def _company(before: str, after: str, lexicon: Words, single: bool, entries: Sequence[Entry]) -> tuple[Use, float, str]:
    """What the capitalised words that stand directly beside the name make of it."""
    left, right = _CAPITALISED_BEFORE.search(before), _CAPITALISED_AFTER.match(after)
    if right and right[1][0].isupper():
        word = key(right[1])
        if word in lexicon.organisations:
            return Use.OTHER, 0.5, "part of an organisation's name"
        if word in lexicon.landmarks:
            return Use.OTHER, 0.5, "part of a landmark's name"
        if word in lexicon.titles or word in lexicon.calendar or word in lexicon.units:
            return Use.LITERAL, 0.5, "before a title or a day"
        if single and not _known(entries) and word not in lexicon.common:
            return Use.LITERAL, -3.0, "before a further name"
    if left and left[1][0].isupper():
        word = key(left[1])
        if word in lexicon.given_names or word in lexicon.titles:
            return Use.LITERAL, -4.0, "after a given name or a title"
        if single and not _known(entries) and word not in lexicon.common and not _sentence_word(before, left):
            return Use.LITERAL, -1.5, "after a further name"
    elif left and key(left[1]) in lexicon.titles and left[1] not in ("by", "major", "general", "private"):
        return Use.LITERAL, -2.0, "after a title"
    return Use.LITERAL, 0.0, ""


def _sentence_word(before: str, left: re.Match[str]) -> bool:
    return _SENTENCE_START.search(before[: left.start()]) is not None


def _headline(text: str, span: Span) -> bool:
    """Whether the line is written in capitals or title case, so that capitals say nothing."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    if len(line) > 200:
        return False
    longer = re.findall(r"[^\W\d_]{4,}", line)
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= 0.75 * len(longer)
