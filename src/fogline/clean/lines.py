"""A text as lines of prose and other lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from fogline.clean.lexicon import INVISIBLE
from fogline.model import Span

_LINE = re.compile(r"[^\r\n]+")
_END = re.compile(r"[.!?…。]+[\"'”’»)\]\u200f\u200e]*(?:\[\d+\])*$")
_INNER_END = re.compile(r"[^\W\d_]{3,}[\"'”’»)]*[.!?…][\"'”’»)]*\s+[\"'“‘«(]*[A-ZА-ЯІЇЄҐЁ]")
_BULLET = re.compile(r"(?:[•·▪●◦‣*–—-]|\d{1,2}[.)])\s+")

SHORT = 110
"""Characters in the longest line that can be a heading."""

LONG = 180
"""Characters from which a line is prose whatever its end: texts are cut off, full stops forgotten."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; ``apart``: an empty line stands before it, or nothing."""

    start: int
    text: str
    apart: bool
    words: int

    @property
    def span(self) -> Span:
        """Where the line is in the text."""
        return Span(self.start, self.start + len(self.text))

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return _END.search(self.text[-12:]) is not None

    @property
    def bullet(self) -> bool:
        """Whether it begins as an entry of a list does."""
        return _BULLET.match(self.text) is not None

    @property
    def sentences(self) -> int:
        """How many sentences are in its first thousand characters, about."""
        return 1 + len(_INNER_END.findall(self.text[:1000]))

    @property
    def prose(self) -> bool:
        """Whether it is running text for certain: a whole sentence, or too long for anything else."""
        return len(self.text) >= LONG or (self.ends and (self.words >= 6 or self.sentences > 1))


def split(text: str) -> tuple[Line, ...]:
    """The lines with something on them; lines of hard-wrapped text are one line as long as no empty line parts them."""
    found: list[Line] = []
    after = 0
    for match in _LINE.finditer(text):
        whole = match[0]
        line = whole.strip().strip(INVISIBLE).strip()
        if not line:
            continue
        start = match.start() + whole.index(line)
        gap = text[after:start]
        apart = not found or gap.count("\n") > 1 or (gap.count("\r") > 1 and "\n" not in gap)
        found.append(Line(start, line, apart, line.count(" ") + 1))
        after = start + len(line)
    return _unwrapped(text, found) if _hard_wrapped(found) else tuple(found)


def _hard_wrapped(lines: list[Line]) -> bool:
    """Whether most lines run to a margin and break in mid-sentence, as in e-mail and old wire text."""
    followed = [(one, two) for one, two in pairwise(lines) if 50 <= len(one.text) <= 100 and not two.apart]
    broken = [one for one, two in followed if not one.ends and two.text[0].islower()]
    return len(followed) >= 4 and len(broken) * 2 >= len(followed)


def _unwrapped(text: str, lines: list[Line]) -> tuple[Line, ...]:
    joined: list[list[Line]] = []
    for line in lines:
        if line.apart or not joined:
            joined.append([line])
        else:
            joined[-1].append(line)
    return tuple(
        Line(group[0].start, text[group[0].start : group[-1].span.end], True, sum(line.words for line in group))
        for group in joined
    )
