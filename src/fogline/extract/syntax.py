"""A parsed paragraph as plain objects: words with their labels, heads and children, and stretches of words.

Names and meanings are spaCy's own (``token.head``, ``span.root`` ...), so that its documentation holds here too. The
parser's objects make a new wrapper for each word that is looked at, and most words are looked at thirty times.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise


class Word:
    """One token: ``i`` is its number in the paragraph, ``idx`` where it begins in the paragraph's text."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "is_sent_start", "lemma_", "lower_", "pos_", "tag_", "text", "trailing",
    )  # fmt: skip

    doc: Parsed
    i: int
    idx: int
    text: str
    trailing: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    is_sent_start: bool
    head: Word
    children: list[Word]

    def __len__(self) -> int:
        """How many characters."""
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        """The word and the blank behind it."""
        return self.text + self.trailing

    @property
    def is_space(self) -> bool:
        """Whether it is white space alone."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """Whether it is punctuation alone."""
        return _is_punctuation(self.text)

    @property
    def left_edge(self) -> Word:
        """The first word of its subtree."""
        return self.doc.words[self.doc.left[self.i]]

    @property
    def right_edge(self) -> Word:
        """The last word of its subtree."""
        return self.doc.words[self.doc.right[self.i]]

    @property
    def ancestors(self) -> Iterator[Word]:
        """Its head, that one's head, and so on."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> Sequence[Word]:
        """The word and all below it, in the order of the text where the parse has no crossing lines."""
        if not self.children:
            return (self,)
        found: list[Word] = []
        self._gather(found)
        return found

    def _gather(self, found: list[Word]) -> None:
        own = self.i
        waiting = True
        for child in self.children:
            if waiting and child.i > own:
                found.append(self)
                waiting = False
            if child.children:
                child._gather(found)
            else:
                found.append(child)
        if waiting:
            found.append(self)

    def nbor(self, by: int = 1) -> Word:
        """The word ``by`` places further on; raises ``IndexError`` past either end."""
        if not 0 <= self.i + by < len(self.doc.words):
            raise IndexError(f"no word {by:+d} from {self.text!r}")
        return self.doc.words[self.i + by]


@lru_cache(maxsize=100_000)
def _is_punctuation(text: str) -> bool:
    return all(unicodedata.category(char).startswith("P") for char in text)


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Some words of a paragraph that stand together, as a sentence does: those from ``start`` to before ``end``."""

    doc: Parsed
    start: int
    end: int

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, number: int) -> Word:
        return self.doc.words[self.start : self.end][number]

    @property
    def start_char(self) -> int:
        """Where it begins in the paragraph's text."""
        words = self.doc.words
        return words[self.start].idx if self.start < len(words) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where its last word ends in the paragraph's text."""
        last = self.doc.words[self.end - 1] if self.end > self.start else None
        return last.idx + len(last.text) if last else self.start_char

    @property
    def text(self) -> str:
        """Its words as given, without the blank behind the last."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def text_with_ws(self) -> str:
        """Its words as given, with the blank behind the last."""
        return self.text + (self.doc.words[self.end - 1].trailing if self.end > self.start else "")

    @property
    def root(self) -> Word:
        """The word nearest to the sentence's root; raises ``ValueError`` where there is none."""
        inside = self.doc.words[self.start : self.end]
        for word in inside:
            if word.head is word:
                return word
        far = len(self.doc.words) - 1  # where punctuation and blanks are taken to be: a word is the better root
        tops = [word for word in inside if not self.start <= word.head.i < self.end]
        loose = {word for word in tops if not word.children and (word.is_space or word.is_punct)}
        return min(tops, key=lambda word: far if word in loose else sum(1 for _ in word.ancestors))

    def char_span(self, start: int, end: int) -> Stretch | None:
        """The words from one character of the stretch's text to another; ``None`` where a border is inside a word."""
        base = self.start_char
        first, last = self.doc.starts.get(base + start), self.doc.ends.get(base + end)
        if first is None or last is None or not self.start <= first <= last < self.end:
            return None
        return Stretch(self.doc, first, last + 1)


class Parsed:
    """The words of a paragraph, its sentences, and how far the subtree of each word reaches to the left and right."""

    def __init__(self, text: str, words: list[Word]) -> None:
        """Take over words whose heads, children and labels are set."""
        self.text = text
        self.words = words
        self.left, self.right = _edges([word.head.i for word in words])
        self._starts: dict[int, int] | None = None
        self._ends: dict[int, int] | None = None
        firsts = [word.i for word in words if word.is_sent_start or word.i == 0]
        self.sents = tuple(Stretch(self, first, last) for first, last in pairwise([*firsts, len(words)]))
        self._firsts = firsts

    def __len__(self) -> int:
        """How many words."""
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @property
    def starts(self) -> dict[int, int]:
        """The number of the word that begins at a character."""
        if self._starts is None:
            self._starts = {word.idx: word.i for word in self.words}
        return self._starts

    @property
    def ends(self) -> dict[int, int]:
        """The number of the word that ends before a character."""
        if self._ends is None:
            self._ends = {word.idx + len(word.text): word.i for word in self.words}
        return self._ends

    def sentence(self, number: int) -> Stretch:
        """The sentence in which a word stands."""
        return self.sents[bisect_right(self._firsts, number) - 1]

    def touched(self, start: int, end: int) -> list[Word]:
        """The words that share a character with the text from ``start`` to ``end``."""
        first = bisect_right(self.words, start, key=lambda word: word.idx) - 1
        last = bisect_left(self.words, end, key=lambda word: word.idx)
        return [word for word in self.words[max(0, first) : last] if word.idx + len(word.text) > start]


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """First and last token of every subtree; each token climbs only as long as it widens an ancestor."""
    size = len(head)
    left, right = list(range(size)), list(range(size))
    for i in range(size):
        j = i
        while head[j] != j and left[head[j]] > i:
            j = head[j]
            left[j] = i
    for i in range(size - 1, -1, -1):
        j = i
        while head[j] != j and right[head[j]] < i:
            j = head[j]
            right[j] = i
    return left, right
