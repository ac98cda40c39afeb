"""What stands around a date: ranges ("from ... to ..."), and "early", "since", "by", "around" before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fogline.timex import bounds
from fogline.timex.bounds import EARLY, LATE, MID
from fogline.timex.lexicon import words
from fogline.timex.reading import Change, Core, Found, Partial, Shifted
from fogline.timex.tokens import Tokens

Parse = Callable[[Tokens, int], Found | None]

_THIRDS = {
    "early": EARLY, "beginning": EARLY, "start": EARLY, "onset": EARLY, "початку": EARLY, "початок": EARLY,
    "начале": EARLY, "начала": EARLY, "mid": MID, "middle": MID, "середині": MID, "середине": MID, "late": LATE,
    "end": LATE, "close": LATE, "наприкінці": LATE, "кінці": LATE, "конце": LATE, "конца": LATE, "кінця": LATE,
}  # fmt: skip
_ABOUT = words("about")
_BOUNDS: dict[str, Change] = {
    "since": bounds.since, "from": bounds.since, "starting": bounds.since, "beginning": bounds.since,
    "з": bounds.since, "із": bounds.since, "с": bounds.since, "від": bounds.since, "от": bounds.since,
    "until": bounds.until, "till": bounds.until, "by": bounds.until, "through": bounds.until, "до": bounds.until,
    "к": bounds.until, "before": bounds.before, "after": bounds.after, "following": bounds.after,
    "після": bounds.after, "после": bounds.after,
}  # fmt: skip
_SKIPPED = words("skipped")
_RANGE_JOINTS = frozenset({"to", "until", "till", "through", "-", "по", "до"})
_FROM = frozenset({"from", "since", "з", "із", "с", "від", "от"})
_DAYTIMES = frozenset({"night", "morning", "evening", "afternoon", "day", "ніч", "ночь", "night-time"})
_STARTING = frozenset({"starting", "beginning", "effective", "valid", "", "\n", ".", ",", ";"})
_NIGHTS = frozenset({("night", "to"), ("night", "into"), ("overnight", "into"), ("ніч", "на"), ("ночь", "на")})
_ORDERED = {
    "first": False,
    "second": True,
    "latter": True,
    "першій": False,
    "другій": True,
    "первой": False,
    "второй": True,
}


def with_range(tokens: Tokens, found: Found, parse: Parse) -> Found:
    """The date, and the one that a range runs on to: "from 6 September to 10 October", "September-October 2022"."""
    if found.to is not None:
        return found
    before = _word_before(tokens, found.first)
    comma = before == "between" and tokens.words[found.last] == "," and tokens.words[found.last + 1] == "and"
    at = found.last + 1 if comma else found.last
    joint = tokens.words[at]
    between = joint == "and" and before == "between"
    if not (between or joint in _RANGE_JOINTS):
        return found
    k = at + 1
    k = k + 1 if tokens.words[k] in ("the", "early", "mid", "late") else k
    other = parse(tokens, k)
    if other is None or other.to is not None or not (between or before in _FROM or _alike(found.core, other.core)):
        return found
    if joint == "-" and not _alike(found.core, other.core):
        return found
    return Found(found.first, other.last, found.core, other.core, changes=found.changes)


def _alike(one: Core, other: Core) -> bool:
    """Whether two cores are told in the same grain, so that "to" or a dash between them makes a range."""
    if isinstance(one, Partial) and isinstance(other, Partial):
        return (one.month is None, one.day is None, one.season is None) == (
            other.month is None, other.day is None, other.season is None,
        )  # fmt: skip
    return type(one) is type(other) and not isinstance(one, Shifted)


def _word_before(tokens: Tokens, i: int) -> str:
    before = tokens.words[i - 1]
    return tokens.words[i - 2] if before in ("the", "early", "mid", "late", "-") else before


def with_lead(tokens: Tokens, found: Found) -> tuple[int, tuple[Change, ...]]:
    """Where the expression begins with the words that change it, and the changes, innermost first."""
    first, at = found.first, found.first
    changes: list[Change] = list(found.changes)
    ranged = found.to is not None
    for _ in range(6):
        step = None if ranged else _third_before(tokens, at, found) or _half_before(tokens, at)
        if step is not None:
            at, change = step
            changes.append(change)
            first = at
            continue
        word = tokens.words[at - 1]
        if word == "between" and ranged:
            return at - 1, tuple(changes)
        if word in _BOUNDS and _bounds(tokens, at, word, ranged):
            if ranged:
                return at - 1, tuple(changes)
            first = _wider(tokens, at - 1, word)
            return first, (*changes, _BOUNDS[word])
        if word in _ABOUT:
            at, first = at - 1, at - 1
            changes.append(bounds.around)
            continue
        if ranged is False and _night_into(tokens, at, found):
            return at - 2, (*changes, bounds.with_day_before)
        earlier = _bound_phrase(tokens, at)
        if earlier is not None and not ranged:
            return earlier[0], (*changes, earlier[1])
        if word == "of" and tokens.words[at - 2] in _DAYTIMES:
            at, first = at - 2, at - 2
            continue
        if word not in _SKIPPED:
            break
        at -= 1
    return first, tuple(changes)


def _night_into(tokens: Tokens, at: int, found: Found) -> bool:
    """Whether "night to", "ніч на", "ночь на" before a day makes it the night that ends in it."""
    if (tokens.words[at - 2], tokens.words[at - 1]) not in _NIGHTS:
        return False
    return isinstance(found.core, Partial) and found.core.day is not None


def _bounds(tokens: Tokens, at: int, word: str, ranged: bool) -> bool:
    """Whether the preposition before a date bounds it: "from" and "beginning" only where nothing is dated by them."""
    if word in ("from", "від", "от") and not ranged:
        before = tokens.words[at - 2]
        return before in _STARTING
    if word == "following":
        return tokens.words[at - 2] != "the"
    return not (word == "by" and tokens.words[at - 2] in ("followed",))


def _wider(tokens: Tokens, first: int, word: str) -> int:
    """The first token of a longer bound: "starting from", "ever since"."""
    return (
        first - 1
        if tokens.words[first - 1] in ("starting", "beginning", "ever") and word in ("from", "since")
        else first
    )


def _bound_phrase(tokens: Tokens, at: int) -> tuple[int, Change] | None:
    """Such as "prior to", "up to", "up until", "no later than", "починаючи з" before token ``at``."""
    two = (tokens.words[at - 2], tokens.words[at - 1])
    if two == ("prior", "to"):
        return at - 2, bounds.before
    if two in (("up", "to"), ("up", "until")):
        return at - 2, bounds.until
    if two == ("later", "than") and tokens.words[at - 3] in ("no", "not"):
        return at - 3, bounds.until
    if two == ("earlier", "than") and tokens.words[at - 3] in ("no", "not"):
        return at - 3, bounds.since
    return None


def _third_before(tokens: Tokens, at: int, found: Found) -> tuple[int, Change] | None:
    """Such as "early", "mid-", "the end of" before token ``at``; a part of a day changes nothing."""
    k = at - 1
    if tokens.words[k] in ("-", "of"):
        k -= 1
        if tokens.words[k + 1] == "of" and tokens.words[k] in ("early", "late", "mid"):
            return None
    elif tokens.words[k] == "the" and tokens.words[k - 1] == "of":
        k -= 2
    third = _THIRDS.get(tokens.words[k])
    if third is None or (isinstance(found.core, Partial) and found.core.day is not None):
        return None
    if (
        tokens.words[k] in ("beginning", "start", "end", "close", "middle", "onset")
        and tokens.words[at - 1] == tokens.words[k]
    ):
        return None
    first = k - 1 if tokens.words[k - 1] == "very" else k
    return first, partial(bounds.part, third=third)


def _half_before(tokens: Tokens, at: int) -> tuple[int, Change] | None:
    """Such as "the first half of", "the second half of" before token ``at``."""
    k = at - 2 if tokens.words[at - 1] == "the" else at - 1
    if tokens.words[k] == "of" and tokens.words[k - 1] == "half" and tokens.words[k - 2] in _ORDERED:
        return k - 2, partial(bounds.half, second=_ORDERED[tokens.words[k - 2]])
    if tokens.words[k] in ("половині", "половине") and tokens.words[k - 1] in _ORDERED:
        return k - 1, partial(bounds.half, second=_ORDERED[tokens.words[k - 1]])
    return None
