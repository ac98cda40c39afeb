"""What the words around a place name say: how something stands to the place, and whether a place is meant at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fogline.extract.place_evidence import Use
from fogline.gazetteer import Entry, Feature
from fogline.model import PlacePrecision, Span

_BEFORE, _AFTER = 60, 40
"""Characters of context that the patterns look at."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How something stands to the place: the relation's words, and the precision they leave (``None``: at it)."""

    words: str = ""
    precision: PlacePrecision | None = None


_KIND = (
    r"(?:the\s+)?(?:(?:strategic|key|embattled|occupied|besieged|front-?line|eastern|northern|southern|western|Ukrainian|Russian|"
    r"nearby|small|important|major)\s+){0,3}"
    r"(?:(?:city|town|village|settlement|hamlet|region|area|port|hub|outskirts|suburbs?|edge|centre|center)s?\s+(?:of\s+)?)?"
    r"(?:the\s+)?"
)
_COMPASS = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern|ward|wards)?"
_LENGTH = r"(?:kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|km\.)"

_NEAR_BEFORE = re.compile(
    r"(?P<words>\b(?:near|nearby|outside|around|close to|closer to|not far from|in the vicinity of|vicinity of|next to|"
    r"beyond|(?:on |to |at |in |reached |reach )?the (?:outskirts|edge|edges|approaches|suburbs|gates) (?:of|to)|"
    r"outskirts of|suburbs of|approaches to|"
    rf"(?:\d[\d.,–-]*\s*)?{_LENGTH}(?: away)?(?: to the {_COMPASS})?(?: {_COMPASS})? (?:from|of)|"
    rf"(?:just |immediately |directly )?{_COMPASS} (?:of|from)|"
    r"біля|під|поблизу|неподалік(?: від)?|недалеко від|поруч із|на околицях|на околиці|кілометр\w* від|км від|"
    r"північніше|південніше|східніше|західніше|возле|около|под|вблизи|рядом с|недалеко от|неподалеку от|на окраинах|"
    rf"на окраине|километр\w* от|км от|севернее|южнее|восточнее|западнее)\s+){_KIND}$",
    re.IGNORECASE,
)
_TOWARD_BEFORE = re.compile(
    r"(?P<words>\b(?:towards?|in the direction of|direction of|on the road to|on the way to|у напрямку|"
    rf"в напрямку|в напрямі|у напрямі|в сторону|в направлении|у бік|в бік)\s+){_KIND}$",
    re.IGNORECASE,
)
_AREA_BEFORE = re.compile(
    r"(?P<words>\b(?:(?:left|right|east(?:ern)?|west(?:ern)?|both) banks? of|(?:area|areas|district) (?:of|around)|"
    r"(?:north|south|east|west)(?:ern)? (?:part|parts) of|(?:в|у) районі|в районе|лівому березі|правому березі|"
    r"левом берегу|правом берегу)\s+)(?:the\s+)?$",
    re.IGNORECASE,
)
_HYPHENATED = r"(?:\s?[-–‑]\s?[A-Z][\w'’]+){0,2}"
_DIRECTION_AFTER = re.compile(
    rf"{_HYPHENATED}\s+(?:operational\s+|strategic\s+)?(?P<words>direction|directions|axis|axes|sector|sectors|front|fronts|"
    r"frontline|front line|line of contact|напрямку|напрямок|напрямі|напрямках|направлении|направление|направлениях)\b"
)
_AREA_AFTER = re.compile(
    r"(?:\s?[-–‑]\s?[A-Z][\w'’]+)?\s+"
    r"(?P<words>bridgehead|salient|pocket|area|agglomeration|metropolitan area|suburbs?)\b"
)
_NEAR_AFTER = re.compile(r"['’]s?\s+(?:[\w-]+\s+)?(?P<words>outskirts|suburbs|approaches)\b")


def stance_of(text: str, span: Span) -> Stance:
    """How the words about the mention put something in relation to the place.

    >>> stance_of("fighting 7 km from Kupiansk", Span(19, 27)).words
    '7 km from'
    """
    before, after = text[max(0, span.start - _BEFORE) : span.start], text[span.end : span.end + _AFTER]
    for pattern, context, precision in (
        (_DIRECTION_AFTER, after, PlacePrecision.DIRECTION),
        (_AREA_AFTER, after, PlacePrecision.AREA),
        (_NEAR_AFTER, after, PlacePrecision.NEAR),
    ):
        if match := pattern.match(context):
            return Stance(match["words"].strip(), precision)
    for pattern, precision in (
        (_AREA_BEFORE, PlacePrecision.AREA),
        (_NEAR_BEFORE, PlacePrecision.NEAR),
        (_TOWARD_BEFORE, PlacePrecision.DIRECTION),
    ):
        if match := pattern.search(before):
            return Stance(match["words"].strip(), precision)
    return Stance()


_OF_FEATURE = {
    Feature.SETTLEMENT: PlacePrecision.SETTLEMENT,
    Feature.PART: PlacePrecision.SETTLEMENT,
    Feature.DISTRICT: PlacePrecision.DISTRICT,
    Feature.REGION: PlacePrecision.REGION,
    Feature.COUNTRY: PlacePrecision.COUNTRY,
    Feature.WATER: PlacePrecision.FEATURE,
    Feature.AREA: PlacePrecision.AREA,
}


def precision_of(feature: Feature, stance: Stance) -> PlacePrecision:
    """How finely the mention places something: by the relation for settlements, else by what is named."""
    if feature in (Feature.SETTLEMENT, Feature.PART) and stance.precision is not None:
        return stance.precision
    return _OF_FEATURE[feature]


_AT = re.compile(
    r"\b(?:in|at|near|from|across|inside|outside|into|through|throughout|around|towards?|reach(?:ed|ing)?|within|over|via|"
    r"enter(?:ed)?|left|leave|leaving|visit(?:ed|ing)?|(?:re)?captur(?:e|ed|ing)|seiz(?:e|ed|ing)|liberat(?:e|ed|ing)|"
    r"occup(?:y|ied|ying)|retak(?:e|en|ing)|took|shell(?:ed|ing)|attack(?:ed|ing)?|bomb(?:ed|ing)?|invad(?:e|ed|ing)|"
    r"invasion of|parts? of|city of|region of|capital of|border of|border with|city,)\s+(?:the\s+)?"
    r"(?:\w+ern\s+|central\s+)?$",
    re.IGNORECASE,
)
_OWN_PLACE = (
    r"(?:\w+\s+)?(?:city|town|region|regions|border|borders|territory|airport|streets?|capital|coast|outskirts|suburbs|population|"
    r"largest|longest|highest|oldest|biggest|deepest|second-largest|snow|"
    r"weather|climate|air|rivers?|skyline|cent(?:er|re)|railway|metro|power (?:plant|grid)|residents|"
    r"east|south|north|west|[\w-]+ern|[A-Z]\w+)\b"
)
_DONE = (
    r"says?|said|claim(?:s|ed)?|den(?:y|ies|ied)|insist(?:s|ed)?|accus\w+|wants?|wanted|seeks?|sought|tries|tried|hopes?|hoped|"
    r"plans?|planned|agree[sd]?|refus\w+|reject\w*|warn\w*|vow\w*|announc\w+|demand\w*|launch\w*|continu\w+|struggl\w+|"
    r"fac(?:es|ed)|maintain\w*|regain\w*|advanc(?:es|ed)|lost|loses|needs?|offer\w*|propos\w+|support\w*|condemn\w*|"
    r"respond\w*|attempt\w*|intend\w*|invad\w+|use[sd]?|deploy\w*|sent|sends|relies|depends|contends|remains?|aims?|urg(?:es|ed)|"
    r"sign(?:s|ed)|closes|closed|open(?:s|ed)|call(?:s|ed)|ask(?:s|ed)|pledg\w+|promised|promises|threaten\w*|broke|breaks|imposed?|"
    r"report(?:s|ed)?|confirm(?:s|ed)?|admit(?:s|ted)?|acknowledg\w+|expel\w*|recall\w*|summon\w*|host(?:s|ed)|approv\w+|"
    r"suspend\w*|resum\w+|stopped|halt\w*|bans|banned|block(?:s|ed)|back(?:s|ed)|prais\w+|welcom\w+|dismiss\w*|believes?d?|thinks?|"
    r"considers?|knows?|expects?|fears?|"
    r"froze|let|took|gave|made|kept|held|met|put|set|cut|won|drew|began|chose|spoke|sought|withdrew|struck|bought|sold|built|lent|went|"
    r"got|found|led|paid|spent|swore|stood|threw|wrote|"
    r"(?!(?:need|shak|wak|cover|flood|locat|situat|divid|remain|border|stretch|burn)ed)[a-z]{3,}ed"
)
"""Verbs by which whoever governs a place acts; nearly any past tense behind a capital's or state's name is one."""
_STATE = (
    r"(?:(?:has|have|had|is|was|were|are|will|would|could|can|may|might|must|should)"
    r"(?! (?:\d|a city|located|left (?:without|in)|without|empty|home to|in |at |on |near|under (?:fire|shelling|attack|curfew)|calm|"
    r"quiet|"
    r"hit\b|struck|shelled|bombed|attacked|flooded|plunged|covered|divided|cut off|the (?:capital|largest))))|also|itself"
)
_OFFICE = (
    r"(?:General|Defen[cs]e|Foreign|Interior|Finance|President|Prime|Air|Navy|Army|Armed|Security|Parliament|Ministry|Minister|"
    r"Supreme|Central|Chancellor|Senate|Congress|State|Federal)\b"
)
_ACTS = re.compile(
    rf"(?:['’]s?\s+{_OFFICE}|['’]s?\s+(?!{_OWN_PLACE})[a-z]|[-‑](?:backed|led|installed|appointed|controlled|aligned|funded|sponsored)\b|"
    rf"(?:,? and (?:[A-Z]\w+|its \w+))?\s+(?:{_STATE}|(?:{_DONE})\b))"
)
_GOVERNED = re.compile(
    r"\b(?:of|to|on|for|about|between|from|in|at|near|around|through|into|toward|towards|across|via|over|outside|inside|beyond|under)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
"""A word before the name that makes something else the subject of what follows."""
_ACTED_ON = re.compile(
    r"\b(?:with|against|by|forc(?:e|es|ed|ing)|prompting|urg(?:e|ed|ing)|tell|told|accus(?:e|ed|es|ing)|warn(?:ed|ing)?|"
    r"ask(?:ed|ing)?|allow(?:ed|ing|s)?|help(?:ed|ing)?|arm(?:ed|ing)?|support(?:s|ed|ing)?|punish|pressur(?:e|ed|ing)|"
    r"push(?:ed|ing)?|persuade[ds]?|leverage for|backing for|allies of|"
    r"government of|and|if|that|while|because|as|although|whether|when)\s+$",
    re.IGNORECASE,
)
_TOWARD_STATE = re.compile(
    r"\b(?:according to|(?:pressure|demands?|signals?|orders?|aid|assistance|help|money|support|reply|answer|word) (?:from|to|for)|"
    r"(?:sanctions|pressure|embargo|restrictions) (?:on|against)|(?:war|aggression|offensive|campaign) against|"
    r"(?:relations|ties|talks|negotiations|deal|agreement|treaty|contacts|war|tensions|conflict|border dispute) (?:with|between)|"
    r"(?:negotiators?|officials?|diplomats?|delegations?|envoys?|representatives?) (?:from|of)|"
    r"(?:sen[dt]\w*|hand\w*|giv\w+|gave|sell\w*|sold|suppl\w+|deliver\w*|transfer\w*|ship\w*)\b[^.,;:]{1,40}\bto|"
    r"(?:close|loyal|weapons|concessions|hostile|sympathetic|beholden) to)\s+$",
    re.IGNORECASE,
)


def use_of(text: str, span: Span, entry: Entry | None) -> Use:
    """Whether the name stands for the place or, as names of states and capitals do, for those who govern it.

    >>> use_of("Paris said so", Span(0, 5), Entry(name="Paris", feature=Feature.SETTLEMENT, number=0, capital=True))
    <Use.METONYMIC: 'metonymic'>
    """
    if entry is None or not (entry.capital or entry.feature is Feature.COUNTRY):
        return Use.LITERAL
    before, after = text[max(0, span.start - _BEFORE) : span.start], text[span.end : span.end + _AFTER]
    if _TOWARD_STATE.search(before):
        return Use.METONYMIC
    if _AT.search(before):
        return Use.LITERAL
    acts = _ACTS.match(after) is not None and (after[:1] in "'’-" or _GOVERNED.search(before) is None)
    acted_on = _ACTED_ON.search(before) is not None and entry.capital
    return Use.METONYMIC if acts or acted_on else Use.LITERAL
