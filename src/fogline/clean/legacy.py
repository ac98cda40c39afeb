"""Which of the old one-byte encodings of Cyrillic and Latin a text is in."""

from __future__ import annotations

import re

CANDIDATES = ("cp1251", "cp1252", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic", "cp1250")
"""Tried in this order; an earlier one wins a tie. KOI8-U holds all letters of KOI8-R."""

# How usual a letter is in Russian or Ukrainian: more than 4 letters in a hundred, more than 1.5, the rest.
_USUAL = dict.fromkeys("оеаинтсрвлкі", 1.0) | dict.fromkeys("мдпуязьыбгч", 0.7) | dict.fromkeys("йхжшюцщэфъёїєґ", 0.1)
_WORD = re.compile(r"[^\W\d_]+")
_ODD = re.compile(r"[\x80-\x9f\u2500-\u25ff\ufffd¤¦¬¶ЂЃЉЊЌЋЏђѓљњќћџЎўЈјЅѕ†‡‰ƒˆ]")

ENOUGH = 0.35
"""Score under which no candidate is believed: a line or two of news scores .6 to 1 read right, under .3 read wrong."""

DECLARED_BONUS = 0.1

_RARE = frozenset({"iso8859-5", "mac-cyrillic"})


def best_single_byte(raw: bytes, declared: tuple[str, ...] = ()) -> str:
    """The encoding in which the letters and words look most like Russian, Ukrainian or a Latin alphabet; or nothing.

    What tells them apart: how usual the letters are, whether capitals stand only where words begin, whether words mix
    alphabets, whether there are frames and rare signs. What is ``declared``, the surest first, weighs a little.

    >>> best_single_byte("Сьогодні ворог атакував село".encode("cp1251"))
    'cp1251'
    """
    stated = tuple({"koi8-r": "koi8-u"}.get(name, name) for name in declared)
    # The first is the surer one, where both fit as well.
    names = (*stated, *(name for name in CANDIDATES if name not in stated))
    scores = {name: _score(raw.decode(name, "replace")) for name in names}
    # Rare ones must be better, not as good: a word or two can be read in several.
    best = max(names, key=lambda name: scores[name] + DECLARED_BONUS * (name in stated) - 0.1 * (name in _RARE))
    return best if scores[best] >= ENOUGH else ""


def _score(text: str) -> float:
    """1 where all is as in good text, below 0 where nothing is; only words and signs beyond ASCII count."""
    points = weight = 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        weight += len(word)
        points += len(word) * _word(word)
    odd = len(_ODD.findall(text))
    signs = sum(not character.isascii() and not character.isalpha() for character in text)
    weight += signs + odd
    points += 0.9 * (signs - odd) - odd
    return points / weight if weight else 0.0


def _word(word: str) -> float:
    lower = word.lower()
    if not word.rstrip("²³¹").isalpha():
        # A raised digit may follow a word ("km²") and stands in none.
        return -1.0
    cyrillic = sum(letter in _USUAL for letter in lower)
    if cyrillic == 0:
        # In Latin words accented letters are the exception.
        accented = sum(not letter.isascii() for letter in word)
        return 1.0 if accented * 2 <= len(word) and _well_cased(word) else -0.5
    if cyrillic < len(word):
        return -1.0
    usual = sum(_USUAL[letter] for letter in lower) / len(word)
    return (usual if len(word) > 1 else 0.5) - (0.0 if _well_cased(word) else 1.0) - 0.05 * word.isupper()


def _well_cased(word: str) -> bool:
    return word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())
