"""What a search for words means, whichever store answers it.

Words are runs of letters and digits; case does not count, nor do the accents of Latin letters, while Cyrillic letters
stay what they are (й is not и). Every kind of apostrophe parts a word in two, which then have to stand side by side, so
that each spelling of a name finds the others. SQLite's ``unicode61`` tokenizer does the same.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

_RUNS = re.compile(r"[^\W_]+")
_MODIFIER_APOSTROPHE = "ʼ"

_K1, _B, _LEAST_IDF = 1.2, 0.75, 1e-6
"""The constants of BM25 as SQLite's FTS5 has them."""


def phrases(words: str) -> tuple[tuple[str, ...], ...]:
    """What is asked for: for each word the tokens that have to stand side by side; marks alone ask for nothing.

    >>> phrases("Куп'янськ -- NAÏVE")
    (('куп', 'янськ'), ('naive',))
    """
    return tuple(filter(None, (tokens(word) for word in words.split())))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(_RUNS.findall(_folded(text)))


def holds(wanted: Sequence[Sequence[str]], text: str) -> bool:
    """Whether a text has all the phrases.

    >>> holds(phrases("куп'янськ"), "У Куп’янську"), holds(phrases("the bridge"), "The Bridge")
    (False, True)
    """
    folded = _folded(text)
    if any(token not in folded for phrase in wanted for token in phrase):
        return False  # most texts that lack a word lack its letters, and need not be taken apart
    split = tuple(_RUNS.findall(folded))
    return all(_stands(phrase, split) for phrase in wanted)


def asked(words: str) -> str:
    """The same question in FTS5's language; empty where nothing is asked for. No mark in it has a meaning to FTS5.

    >>> asked('the "north" OR bridge*')
    '"the" "north" "or" "bridge"'
    """
    return " ".join('"' + " ".join(phrase) + '"' for phrase in phrases(words))


def ranked(question: str, texts: Sequence[str]) -> list[int]:
    """Which of the texts hold all the words, best first by BM25, ties in the order given."""
    wanted = phrases(question)
    if not wanted:
        return []
    split = [tokens(text) for text in texts]
    having = [sum(1 for words in split if _count(phrase, words)) for phrase in wanted]
    mean = sum(map(len, split)) / max(len(split), 1) or 1.0
    found = [n for n, words in enumerate(split) if all(_count(phrase, words) for phrase in wanted)]
    return [found[n] for n in ranked_among(wanted, [split[n] for n in found], having, len(texts), mean)]


def ranked_among(
    wanted: Sequence[Sequence[str]], found: Sequence[tuple[str, ...]], having: Sequence[int], every: int, mean: float
) -> list[int]:
    """The places in ``found`` (texts that hold all of ``wanted``), best first by BM25, ties in the order given.

    ``having`` is how many of all the ``every`` texts hold each phrase, ``mean`` how many words a text has.
    """
    weights = [_idf(some, every) for some in having]

    def score(words: tuple[str, ...]) -> float:
        norm = _K1 * (1 - _B + _B * len(words) / mean)
        counts = [_count(phrase, words) for phrase in wanted]
        return sum(w * f * (_K1 + 1) / (f + norm) for w, f in zip(weights, counts, strict=True))

    scores = [score(words) for words in found]
    return sorted(range(len(found)), key=lambda n: (-scores[n], n))


def _idf(having: int, all_of_them: int) -> float:
    return max(math.log((all_of_them - having + 0.5) / (having + 0.5)), _LEAST_IDF)


def _count(phrase: Sequence[str], words: tuple[str, ...]) -> int:
    width, phrase = len(phrase), tuple(phrase)
    return sum(words[n : n + width] == phrase for n in range(len(words) - width + 1))


def _stands(phrase: Sequence[str], words: tuple[str, ...]) -> bool:
    return phrase[0] in words if len(phrase) == 1 else _count(phrase, words) > 0


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text.replace(_MODIFIER_APOSTROPHE, " "))
    return composed.translate(_PLAIN).lower()


class _Plain(dict[int, str]):
    """Each character without its accents, if it is a Latin one."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        base = unicodedata.normalize("NFD", character)[0]
        self[number] = found = base if unicodedata.name(base, "").startswith("LATIN") else character
        return found


_PLAIN = _Plain()
