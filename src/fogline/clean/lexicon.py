"""The words of page furniture, from ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fogline.model import FurnitureKind

MAX_START = 60
"""Words in the longest line that counts as furniture by its first words."""

MAX_LABEL = 25
"""Words in the longest line that counts as furniture by its label."""

MAX_NOTICE = 200
"""The same for notices: those of cookies and of rights run on, and no report begins as they do."""

MAX_INVITATION = 45
"""Words in the longest line that counts as furniture by what it asks of its reader."""

MAX_LURE = 10
"""Words before an invitation: "Want more of this?"."""

LOOK = 100
"""Characters of a line that are compared with the phrases."""

_MARKS = " \t\u00a0*•·|»«>›<‹→←↓↑#_=~✓►▶▸✎✉☰⋅∙.,:;…!?-–—"
_KINDS = (
    FurnitureKind.NOTICE,
    FurnitureKind.FORM,
    FurnitureKind.RELATED,
    FurnitureKind.CAPTION,
    FurnitureKind.BYLINE,
    FurnitureKind.MENU,
)
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
"""Characters of no width: joiners, soft hyphens, marks of direction."""

_FOLDED = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "`": "'", **dict.fromkeys("123456789", "0"), **dict.fromkeys(INVISIBLE)}
)
_QUOTES = frozenset("\"“”«„'‘")
_TOLD = re.compile(
    r"\b(?:said|says|told|wrote|added|reported|сказа|заяв|повідом|пише|написа|сообщ|пишет)", re.IGNORECASE
)  # somebody else's words
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_NUMBER = re.compile("00+")
_LABEL_END = re.compile(r"\s*(?::|\s[-–—|]\s)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of ``lexicon.toml``, as they are looked up."""

    whole: Mapping[str, FurnitureKind]
    starts: tuple[tuple[FurnitureKind, tuple[str, ...]], ...]
    labels: Mapping[str, FurnitureKind]
    languages: frozenset[str]
    agencies: tuple[str, ...]
    credits: tuple[str, ...]
    invitation: re.Pattern[str]
    """Words that ask a reader to do something, at the head of a sentence."""
    offered: re.Pattern[str]
    """What readers are asked to subscribe to, join or follow."""

    def kind(self, line: str) -> FurnitureKind | None:
        """What a line is by its words alone, or ``None``.

        >>> lexicon().kind("Leave a Comment »"), lexicon().kind("Leave was cancelled for the brigade.")
        (<FurnitureKind.FORM: 'form'>, None)
        """
        # No phrase is longer than this, and most lines are prose.
        head = normal(line[:LOOK])
        found = self.whole.get(head) if len(line) <= LOOK else None
        if found is not None:
            return found
        words = line.count(" ") + 1
        for kind, starts in self.starts:
            if words <= (MAX_NOTICE if kind is FurnitureKind.NOTICE else MAX_START) and head.startswith(starts):
                return kind
        if words <= MAX_INVITATION and self.invites(line):
            return FurnitureKind.FORM
        if words > MAX_LABEL:
            return None
        match = _LABEL_END.search(head, 0, 40)
        return self.labels.get(head[: match.start()]) if match else None

    def invites(self, line: str) -> bool:
        """Whether a line begins, or its second sentence does, by asking its reader to subscribe, join, follow and the like.

        >>> lexicon().invites("Never miss a story. Sign up for our morning e-mail."), lexicon().invites("Join the army.")
        (True, False)
        """
        if line[:1] in _QUOTES:
            return False
        sentences = _SENTENCE.split(line.translate(_FOLDED).strip(_MARKS), 2)[:2]
        if sentences[0].count(" ") >= MAX_LURE:
            sentences = sentences[:1]
        asked = (sentence for sentence in sentences if self.invitation.match(sentence))
        return any(self.offered.search(sentence) and not _TOLD.search(sentence) for sentence in asked)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    data = tomllib.loads(files("fogline.clean").joinpath("lexicon.toml").read_text("utf-8"))
    return Lexicon(
        whole={word: kind for kind in reversed(_KINDS) for word in data[kind]["whole"]},
        starts=tuple((kind, tuple(data[kind]["start"])) for kind in _KINDS),
        labels={word: kind for kind in reversed(_KINDS) for word in data[kind]["label"]},
        languages=frozenset(data["words"]["languages"]),
        agencies=tuple(sorted(data["words"]["agencies"], key=len, reverse=True)),
        credits=tuple(sorted(data["words"]["credits"], key=len, reverse=True)),
        invitation=_any(data["words"]["invitations"]),
        offered=_any(data["words"]["offered"]),
    )


def _any(beginnings: list[str]) -> re.Pattern[str]:
    """A pattern for words that begin so; those that end in a space are whole."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(re.escape(word) for word in beginnings)})", re.IGNORECASE)


def normal(line: str) -> str:
    """A line as the lexicon writes it.

    >>> normal("» Read  More…")
    'read more'
    """
    folded = " ".join(line.translate(_FOLDED).split()).strip(_MARKS).casefold()
    return _NUMBER.sub("0", folded) if "00" in folded else folded
