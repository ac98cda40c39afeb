"""Markdown: its marks are marked, so that offsets hold in the file and no mark is taken for a word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fogline.clean.blanking import blank
from fogline.model import Furniture, FurnitureKind, Span

# Each may stop early but never starts over: no pattern holds two open-ended parts that can match the same text.
_FRONT = re.compile(r"\A---[ \t]*\r?\n((?:(?!---|\.\.\.)[^\n]{0,500}\n){0,60})(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"^([A-Za-z]{1,20}):[ \t]*[\"']?(.*?)[\"']?[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]+(\S[^\r\n]*)", re.MULTILINE)
_UNDERLINED = re.compile(r"^[ ]{0,3}(\S[^\r\n]{0,200})\r?\n[ ]{0,3}(=+|-{2,})[ \t]*\r?$", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}(?:[-*_][ \t]?){3,80}\r?$", re.MULTILINE)
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ ]?){1,9}", re.MULTILINE)
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)[^\r\n]*", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{0,2000}(?:[ ]\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(
    r"(?<!!)(\[)([^\[\]\n]{1,500})(\]\([^()\s]{0,2000}(?:[ ]\"[^\"\n]{0,200}\")?\)|\]\[[^\[\]\n]{0,100}\])"
)
_AUTOLINK = re.compile(r"<https?://[^\s<>]{1,2000}>")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]{1,100}\]:[ \t]+\S[^\r\n]*", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1)[^\n]){1,2000}?)(?<=\S)(\1)")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*)(?=[^\s*])([^*\n]{1,1000})(?<=[^\s*])(\*)(?![\w*])")
_UNDERSCORE = re.compile(r"(?<![\w_\\])(_)(?=[^\s_])([^_\n]{1,1000})(?<=[^\s_])(_)(?![\w_])")
_STRUCK = re.compile(r"(~~)(?=\S)([^~\n]{1,500})(~~)")
_PAIRS = (_LINK, _STRONG, _EMPHASIS, _UNDERSCORE, _STRUCK)


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of a Markdown text, its front matter, and the text with the marks blanked out, offsets unchanged."""

    furniture: tuple[Furniture, ...]
    plain: str
    title: str
    front: Mapping[str, str]


def read(text: str) -> Marked:
    """The headings, links, emphasis and other marks of a Markdown text.

    >>> read("# News\\n\\nThe town **holds**.").plain
    '# News\\n\\nThe town   holds  .'
    """
    front = _FRONT.match(text)
    fields = {name.lower(): value for name, value in _FIELD.findall(front[1])} if front else {}
    head = [Furniture(Span(0, front.end()), FurnitureKind.MARKUP)] if front else []
    blocks = list(_blocks(text, front.end() if front else 0))
    marks = sorted({*_whole(text), *_comments(text), *_pairs(text)})
    whole = _apart([*head, *blocks])
    small = [piece for piece in _apart(marks) if not any(piece.span.overlaps(big.span) for big in _near(whole, piece))]
    title = next((_unmarked(text, p, marks) for p in blocks if p.kind is FurnitureKind.TITLE), "")
    furniture = tuple(sorted([*whole, *small]))
    return Marked(furniture, blank(text, small), title, fields)


def _blocks(text: str, start: int) -> Iterator[Furniture]:
    """Lines that are no prose as a whole: headings (the first of level one: title), rules, fences, definitions."""
    titled = False
    for match in sorted([*_HEADING.finditer(text, start), *_UNDERLINED.finditer(text, start)], key=lambda m: m.start()):
        top = match[1] == "#" or match[2][0] == "="
        yield Furniture(
            Span(match.start(), match.end()), FurnitureKind.TITLE if top and not titled else FurnitureKind.HEADING
        )
        titled = titled or top
    for pattern in (_RULE, _FENCE, _DEFINITION):
        for match in pattern.finditer(text, start):
            yield Furniture(Span(match.start(), match.end()), FurnitureKind.MARKUP)


def _whole(text: str) -> Iterator[Furniture]:
    for pattern, kind in (
        (_IMAGE, FurnitureKind.CAPTION),
        (_AUTOLINK, FurnitureKind.MARKUP),
        (_QUOTE, FurnitureKind.MARKUP),
    ):
        for match in pattern.finditer(text):
            yield Furniture(Span(match.start(), match.end()), kind)


def _comments(text: str) -> Iterator[Furniture]:
    # By hand: a pattern would look for the end of each of many open comments anew.
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield Furniture(Span(start, end + 3), FurnitureKind.MARKUP)
        start = text.find("<!--", end + 3)


def _pairs(text: str) -> Iterator[Furniture]:
    for pattern in _PAIRS:
        for match in pattern.finditer(text):
            yield Furniture(Span(*match.span(1)), FurnitureKind.MARKUP)
            yield Furniture(Span(*match.span(3)), FurnitureKind.MARKUP)


def _apart(pieces: Iterable[Furniture]) -> list[Furniture]:
    kept: list[Furniture] = []
    for piece in sorted(pieces, key=lambda p: (p.span.start, -p.span.end)):
        if piece.span.start < piece.span.end and (not kept or kept[-1].span.end <= piece.span.start):
            kept.append(piece)
    return kept


def _near(whole: list[Furniture], piece: Furniture) -> list[Furniture]:
    """The blocks that can overlap the piece; they are in order and apart."""
    at = bisect_right(whole, piece.span.start, key=lambda big: big.span.start)
    return whole[max(0, at - 1) : at + 1]


def _unmarked(text: str, title: Furniture, marks: Iterable[Furniture]) -> str:
    inside = [piece for piece in _apart(marks) if title.span.covers(piece.span)]
    words = blank(text[: title.span.end], inside)[title.span.start :].partition("\n")[0]
    return " ".join(words.strip(" \t#").split())
