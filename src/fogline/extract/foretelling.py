"""Whether a trigger is foretold, how likely in the speaker's words, and on what condition.

Read from the words of the trigger's own stretch of the sentence, since the parse loses its way in "there is an even chance of
taking the town by winter". Bands are those of ICD 203; ``lexicon/likelihood.toml`` says which words mean which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fogline.extract.headed import PATH
from fogline.extract.lexicon import read
from fogline.model import Ahead, Kind, Likelihood, Modality, Polarity, Span, likelihood_of

CONDITION = re.compile(
    r"\b(?:(?:only |even )?if|unless|provided(?: that)?|providing(?: that)?|as long as|so long as|as soon as|the moment|in case"
    r"|in the event|in the absence of|assuming(?: that)?|on condition|once|given|depending on|barring|without"
    r"|with (?:the )?(?:normal|continued|sustained|more|enough|"
    r"sufficient|further|adequate|proper|new|timely|less|fewer|no))\b|(?:(?<=^)|(?<=[.:,;“\"] )|(?<=[“\"]))(?:should|were|had)"
    r"(?= (?!have\b)[\w’'-]+(?: [\w’'-]+){0,5})|(?:(?<=^)|(?<=, ))(?:the )?[\w’'-]+ permitting\b",
    re.IGNORECASE,
)
"""What opens a condition: a conjunction, a preposition of means, or an inverted auxiliary at the head of a clause."""

MODAL = re.compile(r"\b(?:will|would|could|may|might|can|shall|won.t|is|are|’ll)\b", re.IGNORECASE)
BORDER = re.compile(
    r"[,;][’”\"]? (?:and|but|so|while|whereas|although|though|yet)\b|;|[–—]"
    r"|\b(?:and|but|yet) (?=(?:is|are|will|won.t|may|might|could|would|can|cannot|should|do|does|has|have)\b)"
)
_SHARE = r"(?P<low{0}>\d{{1,3}})(?:\s?[-–]\s?|%? to )?(?P<high{0}>(?<=\D)\d{{1,3}})?\s?(?:%|per ?cent)"
NUMBERED = re.compile(
    rf"\b{_SHARE.format(1)}(?: (?:chance|probability|likelihood|certain|sure|likely|odds))"
    rf"|\b(?:chances?|odds|probability|likelihood)\b[^.;:]{{0,90}}?\b(?:of|at|is|are|as|about|around|roughly|over|under)"
    rf" {_SHARE.format(2)}",
    re.IGNORECASE,
)
FRACTION = re.compile(
    r"\b(?P<part>one|two|three|four|\d{1,2})[- ](?:in|out of)[- ]"
    r"(?P<whole>two|three|four|five|six|seven|eight|nine|ten|twenty|\d{1,3})\b"
    r"(?=[- ](?:chance|probability|likelihood|odds))",
    re.IGNORECASE,
)
COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20,
}  # fmt: skip
MEANS = re.compile(
    r" (?:\S+ ){0,3}(?:aid|support|help|assistance|supplies|deliveries|reinforcements?|reserves?|ammunition|weapons?|fuel|money"
    r"|funding|drones|shells|missiles|crossings?|bridges?|infantry|troops|soldiers|air (?:defence|defense|cover)|intelligence)\b"
)
"""What has to be there for something else: what nobody can do "without"."""
CLOSED = re.compile(r"[,;:.”\"]|\s[–—]\s|$")
TOLD = re.compile(
    r"\b(?:said|told|claimed|announced|promised|vowed|insisted|warned|predicted|wrote|stated|declared|assured|believed|thought|argued"
    r"|added|noted|boasted|pledged|feared|hoped)\b",
    re.IGNORECASE,
)
"""Words of saying in the past, after which "would" is a "will" told back; elsewhere it is a consequence, and less sure."""
EVENTLESS = frozenset({Kind.FORECAST, Kind.ASSESSMENT, Kind.BACKGROUND, Kind.INDICATOR})
"""Kinds of words that name no event of their own."""


@dataclass(frozen=True, slots=True)
class Context:
    """A trigger in its sentence: where it stands in the text, its kind, its firmness by the parse, and whether it is reported."""

    text: str
    at: int
    kind: Kind
    polarity: Polarity
    modality: Modality
    reported: bool
    subject_of_would: bool = False
    done: bool = False
    ends: int = -1
    """Where the speech ends in the text; what stands behind is its frame ("..., the general forecast"). -1: at the end."""


def foretold(context: Context) -> Ahead | None:
    """What is foretold at the trigger, or ``None`` where nothing is: a plan, an aim, a report of the past, a condition."""
    condition = condition_in(context.text, context.at)
    if (condition and condition.start <= context.at < condition.end) or context.subject_of_would or context.done:
        return None
    own = stretch(context.text, context.at)
    if context.modality in (Modality.PREDICTED, Modality.CONDITIONAL) and not _marked(own.of(context.text)):
        own = Span(0, len(context.text))  # the parse finds the future outside: "will, after heavy losses, ..."
    if own.start < context.ends < own.end:
        own = Span(own.start, context.ends)
    said = own.of(context.text)
    if condition:
        said = _without(said, own, condition)
    if not _is_ahead(said, context):
        return None
    words, likelihood = _likelihood(said, context, bool(condition))
    return Ahead(
        event="other" if context.kind in EVENTLESS else context.kind.value,
        likelihood=likelihood,
        words=words,
        condition=condition.of(context.text).strip(" ,;") if condition else "",
    )


def stretch(text: str, at: int) -> Span:
    """The part of a sentence around a place in it that has a future of its own: "..., and in spring we will ..." is another."""
    start, end = 0, len(text)
    for border in _borders(text):
        if border.end <= at:
            start = border.end
        elif border.start > at:
            end = border.start
            break
    return Span(start, end)


@lru_cache(maxsize=64)
def _borders(text: str) -> tuple[Span, ...]:
    """Every word of a sentence is asked for its stretch: what parts them is looked for once."""
    return tuple(Span(*border.span()) for border in BORDER.finditer(text))


@lru_cache(maxsize=64)
def _conditions(text: str) -> tuple[re.Match[str], ...]:
    return tuple(match for match in CONDITION.finditer(text) if not _is_idle(text, match))


def condition_in(text: str, at: int) -> Span | None:
    """The condition that a sentence puts for what stands at a place in it: of its own stretch, the nearest."""
    own = stretch(text, at)
    found = [m for m in _conditions(text) if own.start <= m.start() < own.end]
    spans = [Span(m.start(), _closed(text, m, own.end)) for m in found]
    return min(spans, key=lambda span: abs(span.start - at), default=None)


def _is_idle(text: str, match: re.Match[str]) -> bool:
    """For words that put no condition here: "once more", "given the", "as if", "without a fight"."""
    before, after = text[: match.start()].lower(), text[match.end() :].lower()
    opener = match.group().lower()
    if opener == "once":
        return (
            re.match(r" (?:more|again|upon|a|an|every|per|in|home|considered|known|called|\w+ed)\b", after) is not None
            or "," in before[-2:]
        )
    if opener == "without":
        if before.strip() and match.group()[0].isupper():
            return True  # a name: "Doctors Without Borders"
        leads = not before.rstrip() or before.rstrip()[-1] in ',;:.“"—–'
        return re.match(r" (?:a fight|doubt|any doubt|a doubt|resistance|\w+ing)\b", after) is not None or not (
            leads or MEANS.match(after)
        )
    if opener == "if":
        return before.endswith(("as ", "what ", "doubts ", "doubt ", "unclear ", "asked "))
    return (
        opener == "given"
        and re.match(r" (?:enough|sufficient|adequate|time|more|continued|proper|the right)\b", after) is None
    )


def _closed(text: str, match: re.Match[str], end: int) -> int:
    """Where a condition ends: before the clause with the modal that it stands for, or at the next mark or speech."""
    if match.start() < _first_modal(text, match):
        for modal in MODAL.finditer(text, match.end(), end):
            comma = max(text.rfind(",", match.end(), modal.start()), text.rfind("-R", match.end(), modal.start()))
            if comma >= 0:
                return comma
            if match.group().lower().startswith("only "):
                return modal.start()  # "only if it commits reserves will it be able ..."
    stop = CLOSED.search(text, match.end(), end)
    return stop.start() if stop else end


def _first_modal(text: str, match: re.Match[str]) -> int:
    """Where the first future outside the condition stands: a condition before it leads, one after it trails."""
    before = MODAL.search(text, 0, match.start())
    return -1 if before and before.group().lower() not in ("is", "are") else len(text)


def _without(said: str, own: Span, condition: Span) -> str:
    start, end = max(0, condition.start - own.start), max(0, condition.end - own.start)
    return said[:start] + " " + said[end:]


@cache
def _marks(name: str) -> re.Pattern[str]:
    # "may" is a month only with a capital inside a sentence, and then with a day or a year beside it.
    return re.compile("|".join(read("likelihood")["marks"][name]), re.IGNORECASE)


def _marked(text: str) -> bool:
    return _marks("ahead").search(_unmonthed(text)) is not None


def _unmonthed(text: str) -> str:
    """The text without the month of May, the noun "will", and the head of its section ("Risk path:")."""
    text = PATH.sub("---", text)
    return re.sub(r"(?<=[a-z\d,] )May\b|\bMay(?= \d)|\b(?:the|a|their|political|strong|no) will\b", "---", text)


def _is_ahead(said: str, context: Context) -> bool:
    plain = _unmonthed(said)
    if _marks("undone").search(plain):
        return False
    if _marks("past").search(plain) and not context.reported:
        return False
    if not _marks("ahead").search(plain):
        return False
    if context.kind is Kind.INTENT and context.modality not in (Modality.PREDICTED, Modality.CONDITIONAL):
        return False  # "may serve both, aiming to ...": an aim
    if context.modality in (Modality.PREDICTED, Modality.CONDITIONAL):
        return context.kind not in EVENTLESS or re.search(r"\bcould\b(?! be)", plain) is None
    if context.modality is Modality.INTENDED:
        return _governs(plain)
    return context.kind not in (Kind.ASSESSMENT, Kind.BACKGROUND) or _governs(plain)


def _governs(text: str) -> bool:
    """Whether an aim is itself foretold: "is likely to try to take", "will attempt"; not "will and wants"."""
    return (
        re.search(
            r"\b(?:likely|set|expect(?:ed)?|going|certain|bound|able|chance|will|may|might|could|hardly|poised|due|doomed|destined"
            r"|about to|points? to|should (?:soon|be|manage|hold|fall|recover|succeed|arrive|reach|last|suffice))\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )


@cache
def _bands() -> tuple[tuple[Likelihood, bool, re.Pattern[str]], ...]:
    return tuple(
        (Likelihood(band["name"]), band.get("own", False), re.compile("|".join(band["words"]), re.IGNORECASE))
        for band in read("likelihood")["band"]
    )


def _counted(text: str) -> tuple[str, Likelihood] | None:
    """A likelihood that is given as a number: "a 20 to 30 percent chance", "puts the odds at 60%", "a one in three chance"."""
    if share := NUMBERED.search(text):
        low = int(share["low1"] or share["low2"])
        high = int(share["high1"] or share["high2"] or low)
        return share.group(), likelihood_of(min((low + high) / 200, 1.0))
    if part := FRACTION.search(text):
        count, whole = (COUNTS.get(part[name].lower()) or int(part[name]) for name in ("part", "whole"))
        return part.group(), likelihood_of(min(count / max(whole, 1), 1.0))
    return None


def _likelihood(said: str, context: Context, conditional: bool) -> tuple[str, Likelihood]:
    plain = _unmonthed(said)
    denied = context.polarity is Polarity.NEGATIVE
    if told := _counted(plain):
        return told
    for band, own, pattern in _bands():
        found = pattern.search(plain)
        if found:
            return found.group().strip(), band if own or not denied else band.mirrored
    if conditional or not TOLD.search(context.text, 0, context.at):
        return "would", Likelihood.UNLIKELY if denied else Likelihood.LIKELY
    return "would", Likelihood.ALMOST_NO_CHANCE if denied else Likelihood.ALMOST_CERTAIN
