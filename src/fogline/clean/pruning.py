"""What stands inside an article's container and is no part of it: lines that are left out of what was taken for text.

Told by what an element is, not by what its class is called: trafilatura does the latter. They are left out afterwards:
taken out of the tree beforehand they make it choose another container.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fogline.clean.lexicon import lexicon
from fogline.clean.tree import HtmlElement
from fogline.model import FurnitureKind

LEAST_SAME = 12
"""Letters and digits of a title under which a line that repeats it may be prose."""

ALL_LINK = 0.9
"""Share of a block's letters that stand in links; prose that names sources and people has up to about a half."""

MIN_LETTERS, MAX_LETTERS = 15, 400
"""Letters of a block that can be furniture by being all link: a shorter one names a source, a longer one is prose."""

BEGINNING = 3
"""Characters by which a block is told from the lines that were taken."""

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TOLD_BY_WORDS = frozenset((FurnitureKind.FORM, FurnitureKind.RELATED, FurnitureKind.NOTICE, FurnitureKind.MENU))
_NOT_LETTERS = re.compile(r"[\W_]+")


def pruned(lines: Iterable[str], tree: HtmlElement, title: str, summary: str) -> list[str]:
    """The lines without the title, the summary where it is a heading, what leads elsewhere, and known furniture."""
    said = letters(title)
    taken = list(lines)
    apart = frozenset(_apart(tree, letters(summary), frozenset(map(_beginning, taken))))
    return [
        line
        for line in taken
        if (own := letters(line)) not in apart
        and not (own == said and len(own) >= LEAST_SAME)
        and lexicon().kind(line.removeprefix("- ")) not in _TOLD_BY_WORDS
    ]


def _apart(tree: HtmlElement, summary: str, beginnings: frozenset[str]) -> Iterator[str]:
    """The letters of the blocks that are no part of the article, of those that begin as a line of it does."""
    for element in tree.iter("h1", *_HEADINGS, "p", "li"):
        # Most blocks of a page are entries of its menus: their first characters alone tell them from the lines.
        first = element.text or (element[0].text if len(element) else None) or ""
        if len(first) >= BEGINNING and first[0].isalnum() and first[:BEGINNING].casefold() not in beginnings:
            continue
        text = "".join(element.itertext())
        own = letters(text) if _beginning(text) in beginnings else ""
        if not own or len(own) > MAX_LETTERS:
            continue
        repeated = element.tag == "h1" or (element.tag in _HEADINGS and own == summary)
        if repeated or (len(own) >= MIN_LETTERS and _in_links(element) >= ALL_LINK * len(own)):
            yield own


def _beginning(text: str) -> str:
    return text.lstrip().removeprefix("- ")[:BEGINNING].casefold()


def _in_links(element: HtmlElement) -> int:
    return sum(len(letters("".join(link.itertext()))) for link in element.iter("a"))


def letters(text: str) -> str:
    """The letters and digits of a text in lower case: what is left when two spellings of a line are compared."""
    return _NOT_LETTERS.sub("", text).casefold()
