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


def deepest(markup: str, limit: int) -> int:
    """The greatest number of elements open at once, counted in one pass; counting ends when ``limit`` is passed.

    >>> deepest("<div><p>one<p>two<div><br></div><!-- <div><div> --></div>", 10)
    2
    """
    markup = markup.lower()
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
