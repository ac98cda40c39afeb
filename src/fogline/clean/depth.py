"""How deep the elements of a page are nested, without building a tree of them."""

from __future__ import annotations

import re

_OPENING = re.compile(r"<(?:(!--)|(/?)([a-z][a-z0-9:-]{0,30}))")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
# Their end may be left out: the next of their kind ends them.
_OPTIONAL = frozenset(
    (
        *("html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "rp", "rt"),
        *("tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption"),
    )
)
_RAW = frozenset(("script", "style", "textarea", "title", "xmp"))
# A comment, an element whose content is no markup, or a tag.
_PIECE = re.compile(
    r"<(?:!--.*?-->|(script|style|textarea|title|xmp)(?![a-z0-9:-])[^>]*(?<!/)>.*?</\1|(/?)([a-z][a-z0-9:-]{0,30})[^>]*>)",
    re.DOTALL,
)


def deepest(markup: str, limit: int) -> int:
    """The greatest number of elements open at once, counted in one pass; counting ends when ``limit`` is passed.

    >>> deepest("<div><p>one<p>two<div><br></div><!-- <div><div> --></div>", 10)
    2
    """
    markup = markup.lower()
    return _piecewise(markup, limit) if _is_closed(markup) else _stepwise(markup, limit)


def _is_closed(markup: str) -> bool:
    """Whether whatever is opened is closed behind, so that no search for an end runs through the page for nothing."""
    marks = (("<", ">"), ("<!--", "-->"), *((f"<{name}", f"</{name}") for name in sorted(_RAW)))
    return all(markup.rfind(opening) <= markup.rfind(closing) for opening, closing in marks)


def _piecewise(markup: str, limit: int) -> int:
    depth = most = 0
    for piece in _PIECE.finditer(markup):
        name = piece[3]
        if name is None or name in _VOID or name in _OPTIONAL or markup[piece.end() - 2] == "/":
            continue
        if piece[2]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > most:
                most = depth
                if most > limit:
                    break
    return most


def _stepwise(markup: str, limit: int) -> int:
    depth = most = position = 0
    absent: set[str] = set()
    while most <= limit and (match := _OPENING.search(markup, position)):
        comment, closing, name = match.groups()
        position, found = _after(markup, "-->" if comment else ">", match.end(), absent)
        if comment or name in _VOID or name in _OPTIONAL or (found and markup[position - 2] == "/"):
            continue
        if closing:
            depth = max(0, depth - 1)
        elif name in _RAW:
            position, _ = _after(markup, f"</{name}", position, absent)
        else:
            depth += 1
            most = max(most, depth)
    return most


def _after(markup: str, mark: str, position: int, absent: set[str]) -> tuple[int, bool]:
    """The place behind the next ``mark``, and whether there is one; what is absent once is not looked for again."""
    if mark in absent:
        return position, False
    end = markup.find(mark, position)
    if end < 0:
        absent.add(mark)
        return position, False
    return end + len(mark), True
