"""Numbers in digits and in English words."""

from __future__ import annotations

from fogline.timex.tokens import Tokens

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=1,
    )
}
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
WORDS = frozenset({*UNITS, *TENS, *SCALES})
"""Words a number may begin with."""

_LONGEST = 12
"""Tokens a spelled number may have: "nine hundred and ninety-nine thousand nine hundred and ninety-nine"."""


def spelled(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A whole number in words that begins at token ``i``: its value and the token after it.

    >>> from fogline.timex.tokens import tokenise
    >>> spelled(tokenise("two hundred and twenty-five thousand men"), 0)
    (225000, 7)
    """
    total = group = 0
    at, end = i, i
    while at - i < _LONGEST:
        word = tokens.words[at]
        step = _step(word, group)
        if step is None:
            joint = word == "-" or (word == "and" and (group or total) and group % 100 == 0)
            if at > i and joint and _step(tokens.words[at + 1], group) is not None and _continues(tokens, at, word):
                at += 1
                continue
            break
        if word in SCALES and SCALES[word] > 100:
            if total and SCALES[word] >= _least(total):
                break
            total, group = total + max(group, 1) * SCALES[word], 0
        else:
            group = step
        at += 1
        end = at
    return (total + group, end) if end > i else None


def _continues(tokens: Tokens, at: int, word: str) -> bool:
    """Whether the dash or "and" at ``at`` joins parts of one number ("twenty-five", "hundred and five")."""
    if word == "-":
        return tokens.words[at - 1] in TENS and 0 < UNITS.get(tokens.words[at + 1], 0) < 10
    return tokens.words[at + 1] in UNITS or tokens.words[at + 1] in TENS


def _least(total: int) -> int:
    """The smallest scale a number holds so far; what follows must be smaller."""
    scale = 1000
    while total % (scale * 1000) == 0:
        scale *= 1000
    return scale


def _step(word: str, group: int) -> int | None:
    """The group (under a thousand) after one more word; ``None`` where the word cannot go on from it."""
    if word in UNITS:
        fits = group % 100 == 0 or (group % 10 == 0 and group % 100 >= 20 and 0 < UNITS[word] < 10)
        return group + UNITS[word] if fits and (group == 0 or UNITS[word]) else None
    if word in TENS:
        return group + TENS[word] if group % 100 == 0 else None
    if word == "hundred":
        return max(group, 1) * 100 if group < 100 else None
    return group if word in SCALES else None


def whole(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A whole number at token ``i``, in plain digits or in words: its value and the token after it."""
    value = tokens.number(i)
    if value is not None:
        return value, i + 1
    return spelled(tokens, i) if tokens.words[i] in WORDS else None


def ordinal(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """An ordinal ("third", "24th") at token ``i``: its value and the token after it."""
    word = tokens.words[i]
    if word in ORDINALS:
        return ORDINALS[word], i + 1
    value = tokens.number(i, longest=4)
    if value is not None and tokens.words[i + 1] in ORDINAL_ENDINGS and tokens.touches(i + 1):
        return value, i + 2
    return None
