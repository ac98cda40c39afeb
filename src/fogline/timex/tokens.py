"""A text as tokens: numbers, words and marks with their offsets, in one linear pass."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fogline.model import Span
from fogline.timex.lexicon import words

LOOK = 24
"""How many empty tokens stand after the last one, so that rules may look that far ahead, or back from the first."""

# Runs of one mark are one token, so that a line of dashes is cheap. Zero-width characters are skipped like spaces.
_TOKEN = re.compile(
    r"\d+"
    r"|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*"
    r"|\n\s*"
    r"|([^\w\s\u00ad\u200b-\u200f\u2060\ufeff]|_)\1*"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_APOSTROPHES = "’ʼ‘`´"
_ENDS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens: ``words`` in lower case with one form for every dash and apostrophe, and their offsets.

    The lists end with ``LOOK`` empty tokens; index -1 is one of them too. A line break that ends a line of prose is
    the token ``"\\n"``.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    count: int

    def span(self, first: int, last: int) -> Span:
        """The stretch of text from token ``first`` up to, not including, token ``last``."""
        return Span(self.starts[first], self.ends[last - 1])

    def touches(self, i: int) -> bool:
        """Whether token ``i`` follows the one before it without a gap."""
        return 0 < i < self.count and self.ends[i - 1] == self.starts[i]

    def capital(self, i: int) -> bool:
        """Whether token ``i`` begins with a capital letter."""
        return 0 <= i < self.count and self.text[self.starts[i]].isupper()

    def number(self, i: int, longest: int = 9) -> int | None:
        """The value of a token of digits; ``None`` for other tokens and for more than ``longest`` digits."""
        word = self.words[i]
        return int(word) if word and len(word) <= longest and word[0].isdecimal() else None

    def sentence_ends(self, i: int) -> bool:
        """Whether a sentence ends at token ``i``: a line break, or a stop that is followed by a gap and a capital."""
        word = self.words[i]
        if not word or word == "\n":
            return True
        if word[0] not in _ENDS:
            return False
        return word[0] != "." or not self.words[i + 1] or (not self.touches(i + 1) and not _abbreviates(self, i))


def _abbreviates(tokens: Tokens, i: int) -> bool:
    """Whether the stop at ``i`` belongs to a short form ("Sept. 10", "Gen. Budanov", "U.S. officials")."""
    if tokens.number(i + 1) is not None and len(tokens.words[i - 1]) <= 4 and not tokens.words[i - 1].isdecimal():
        return True
    return tokens.touches(i) and (len(tokens.words[i - 1]) == 1 or tokens.words[i - 1] in _SHORT)


_SHORT = words("abbreviations")


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens.

    >>> tokenise("10‑15 km² on Sept. 10").words[:8]
    ['10', '-', '15', 'km²', 'on', 'sept', '.', '10']
    """
    plain = _plain(text)
    spans = [match.span() for match in _TOKEN.finditer(plain)]
    words = [plain[start:end] for start, end in spans]
    if "\n" in plain:
        breaks = {i for i, word in enumerate(words) if word[0] == "\n"}
        soft = {i for i in breaks if _soft(text, spans[i][0], words[i])}
        words = ["\n" if i in breaks else word for i, word in enumerate(words) if i not in soft]
        spans = [span for i, span in enumerate(spans) if i not in soft]
    count, size = len(words), len(text)
    starts = [span[0] for span in spans]
    ends = [span[1] for span in spans]
    return Tokens(text, words + [""] * LOOK, starts + [size] * LOOK, ends + [size] * LOOK, count)


def _plain(text: str) -> str:
    """The text in lower case with one form for each dash and apostrophe, as long as it was."""
    plain = text.lower()
    if len(plain) != len(text):  # a few capitals have longer small forms
        plain = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    if plain.isascii():
        return plain.replace("`", "'")
    for dash in _DASHES:
        plain = plain.replace(dash, "-")
    for apostrophe in _APOSTROPHES:
        plain = plain.replace(apostrophe, "'")
    return plain


def _soft(text: str, start: int, gap: str) -> bool:
    """Whether a line break only wraps a sentence: a single one, after 40 to 100 characters, not after a stop."""
    if gap.count("\n", 0, 400) > 1:
        return False
    line = start - (text.rfind("\n", max(0, start - 101), start) + 1)
    return 40 <= line <= 100 and text[start - 1] not in '.!?:…»”"'
