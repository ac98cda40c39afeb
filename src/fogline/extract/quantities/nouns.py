"""What is counted: the head of the noun phrase after a number, found by form, without a parse."""

from __future__ import annotations

from fogline.extract.quantities.lexicon import ADJECTIVES, COUNTED, DETERMINERS, NOT_COUNTED, STOPS, WHOLES
from fogline.timex.tokens import Tokens

_REACH = 6
"""Words a noun phrase may have up to its head: "12 new long-range Russian attack drones"."""


def counted_at(tokens: Tokens, j: int, one: bool = False) -> tuple[str, int] | None:
    """The noun counted by a number that ends before token ``j``, as written, and the token after it.

    The first plural in the phrase; with ``one``, only a noun known to be counted. Ends in a designation where that is
    the noun ("five T-72s").
    """
    last: tuple[str, int] | None = None
    for k in range(j, j + _REACH):
        word = tokens.words[k]
        if not word.isalpha() and not _inside(tokens, k):
            break
        if word in STOPS:
            break
        if word.isalpha() and _counts(tokens, k, one):
            last = (_text(tokens, k, k + 1), k + 1)
            if not _runs_on(tokens, k + 1):
                return last
        elif word.isdecimal() and tokens.words[k + 1] == "s" and tokens.touches(k + 1):
            first = k - 2 if tokens.words[k - 1] == "-" else k - 1
            return _text(tokens, max(first, j), k + 2), k + 2
    return last


def whole_at(tokens: Tokens, j: int) -> tuple[str, int] | None:
    """The head of the phrase at token ``j`` after "of": "the occupied territory" gives "territory".

    Without a parse a verb after the noun looks like a noun ("the town lies"); a known noun, a plural and the endings
    of adjectives decide. Of a numbered whole ("half of the 40 houses") the number is left to itself.
    """
    k = j
    while k - j < 3 and tokens.words[k] in DETERMINERS:
        k += 1
    if tokens.words[k].isdecimal():
        numbered = counted_at(tokens, _past_digits(tokens, k))
        return None if numbered is None else (numbered[0], j - 1)
    for at in range(k, k + _REACH):
        word = tokens.words[at]
        if word in ("'", "s") and at > k:
            continue
        if not word.isalpha() or word in STOPS:
            return None
        if not _before_head(tokens, at):
            return _text(tokens, at, at + 1), at + 1
    return None


def _before_head(tokens: Tokens, at: int) -> bool:
    """Whether the word is an owner or describes the noun after it."""
    word, after = tokens.words[at], tokens.words[at + 1]
    if after == "'":
        return tokens.words[at + 2] == "s"
    if after.endswith("s") and tokens.words[at + 2] in _AFTER_NOUN:
        return after.isalpha()
    return (after in WHOLES and word not in _PLAIN_WHOLES) or (word not in WHOLES and _describes(tokens, at))


_STATES = frozenset({"dead", "killed", "wounded", "injured", "missing"})
_AFTER_NOUN = frozenset({"were", "are", "have", "had", "who", "will"})
_PLAIN_WHOLES = frozenset({"territory", "population", "ammunition", "personnel", "equipment"})
_ADJECTIVES = ("ed", "al", "ic", "an", "ive", "ous", "ary", "ern", "able", "ant", "ese", "ish", "ing")


def _past_digits(tokens: Tokens, k: int) -> int:
    """The token after a number in digits."""
    for at in range(k, k + _REACH):
        if not (tokens.words[at].isdecimal() or tokens.words[at] in (",", ".")):
            return at
    return k


def _describes(tokens: Tokens, at: int) -> bool:
    """Whether the word looks like an adjective before a noun, not like the noun itself."""
    after = tokens.words[at + 1]
    if not after.isalpha() or after in STOPS:
        return False
    return tokens.words[at].endswith(_ADJECTIVES) or tokens.words[at] in ADJECTIVES


def _counts(tokens: Tokens, k: int, one: bool) -> bool:
    word = tokens.words[k]
    if word in COUNTED:
        return True
    if one or len(word) < 3 or not word.endswith("s") or word in NOT_COUNTED:
        return False
    return not word.endswith(("ss", "ous", "us", "is"))


def _runs_on(tokens: Tokens, k: int) -> bool:
    """Whether the noun goes on to a head after it ("air defence systems", "attack drones", "men and ...")."""
    word = tokens.words[k]
    if word in _STATES:
        return False
    return word.isalpha() and word not in STOPS and _counts(tokens, k, False) and tokens.words[k - 1] in COUNTED


def _inside(tokens: Tokens, k: int) -> bool:
    """Whether a mark or number belongs to a compound or designation: "long-range", "T-72", "S-300"."""
    word = tokens.words[k]
    if word == "-":
        return tokens.touches(k) and tokens.touches(k + 1)
    return word.isdecimal() and tokens.touches(k) and len(word) <= 4


def _text(tokens: Tokens, first: int, last: int) -> str:
    return tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
