"""What surrounds an article in the text of a whole page: titles of others in a row, beginnings of others, readers' comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fogline.clean.lexicon import normal
from fogline.clean.lines import Line
from fogline.model import FurnitureKind

FEWEST = 6
"""Titles in a row that make a list of other articles; a report may have two or three headings in a row."""

MAX_WORDS = 24
"""Words of the longest title."""

MAX_COMMENT_HEAD = 4
"""Lines under "Comments" among which a first comment shows what it is."""

# "North: 5 attacks", "9 June – Kupiansk", "Tanks – 12": entries of a table or a chronicle, which are the report's own.
_ENTRY = re.compile(r":.*\d|\d[\d.,\s]*%|\s[-–—]\s.*\d|^.{0,12}\d.{0,8}\s?[-–—:]\s")
_LEADS_ON = r"(?i:read more|continue reading|more|читати далі|докладніше|детальніше|читать далее|подробнее)"
_CUT_OFF = re.compile(rf"(?:\[(?:…|\.{{3,}})\]|(?:…|\.{{3,}})\s*{_LEADS_ON}?)\s*[»>→]?$")
_LED_ON = re.compile(r"\b(?i:read more|continue reading|читати далі|читать далее)\s*[»>→…]?$|\[(?:…|\.{3,})\]$")
_REPLY = frozenset(("reply", "like", "report", "share", "відповісти", "поскаржитися", "ответить", "пожаловаться"))
_COMMENTS = frozenset(
    (
        *(
            "comments",
            "0 comments",
            "0 comment",
            "comments (0)",
            "reader comments",
            "leave a reply",
            "join the conversation",
        ),
        *("коментарі", "коментарі (0)", "0 коментарів", "0 коментар", "0 коментарі"),
        *("комментарии", "комментарии (0)", "0 комментариев", "0 комментарий", "0 комментария"),
    )
)


def titles_in_a_row(lines: Sequence[Line], marked: Sequence[bool]) -> tuple[tuple[int, FurnitureKind], ...]:
    """The lines that are no sentences, six or more in a row, with what they are: titles of other articles, or menus.

    Entries of a list or table of the report's own are none: these have bullets or figures, or a line with a colon before them.
    """
    found: list[tuple[int, FurnitureKind]] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (marked[end] or _can_be_title(lines[end])):
            end += 1
        open_ones = [i for i in range(start, end) if not marked[i]]
        introduced = start > 0 and lines[start - 1].text.endswith(":")
        if len(open_ones) >= FEWEST and not introduced:
            words = sum(lines[i].words for i in open_ones) / len(open_ones)
            kind = FurnitureKind.MENU if words < 4 else FurnitureKind.RELATED
            found += [(i, kind) for i in open_ones]
        start = end + 1
    return tuple(found)


def cut_off(lines: Sequence[Line], marked: Sequence[bool]) -> tuple[int, ...]:
    """The beginnings of other articles: lines that break off, with words that lead on or beside what is furniture."""
    found = []
    for i, line in enumerate(lines):
        if marked[i] or (not _CUT_OFF.search(line.text) and not _LED_ON.search(line.text)):
            continue
        beside = (i > 0 and marked[i - 1]) or (i + 1 < len(lines) and marked[i + 1])
        if _LED_ON.search(line.text) or (beside and line.words >= 8):
            found.append(i)
    return tuple(found)


def comments(lines: Sequence[Line]) -> range:
    """All below a line that says "Comments", up to the last of at least two lines that offer to answer one."""
    for i, line in enumerate(lines):
        if normal(line.text) in _COMMENTS:
            below = [n for n in range(i + 1, len(lines)) if normal(lines[n].text) in _REPLY]
            if len(below) >= 2 and below[0] - i <= MAX_COMMENT_HEAD * 2:
                return range(i + 1, below[-1] + 1)
    return range(0)


def _can_be_title(line: Line) -> bool:
    text = line.text
    if line.bullet or line.words > MAX_WORDS or text.endswith(":") or _ENTRY.search(text):
        return False
    if line.ends and not text.endswith(("?", "…", "...")):
        return False
    return not line.prose or line.words <= 16
