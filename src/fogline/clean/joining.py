"""An article that its page cuts into several containers of one kind, with advertisements between, put together again.

trafilatura chooses one container. Where others of the same tag and class stand near it and hold prose that was not
taken, they are its continuation, unless they are articles of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile

from fogline.clean.pruning import letters
from fogline.clean.tree import HtmlElement

LONG = 80
"""Letters and digits from which on a paragraph is taken for prose."""

MAX_IN_LINKS = 0.3
"""Share of a container's prose that may stand in links; a list of other articles has most of it there."""

NEAR = 4
"""Steps up from a container within which its continuations stand."""


def join(tree: HtmlElement, taken: str) -> bool:
    """Move what continues the article into its first container, in place; whether there was any.

    ``taken`` is the text that was found without.
    """
    known = letters(taken)
    by_kind: dict[tuple[str, str], list[tuple[HtmlElement, bool]]] = defaultdict(list)
    for container, paragraphs in _containers(tree):
        by_kind[container.tag, container.get("class") or ""].append(
            (container, any(own in known for own in paragraphs))
        )
    joined = False
    for (_, marks), alike in by_kind.items():
        first = next((container for container, is_taken in alike if is_taken), None)
        if first is None or not marks:
            continue
        more = [container for container, is_taken in alike if not is_taken and _continues(container, first)]
        if more:
            _move(more, first, [container for container, _ in alike])
            joined = True
    return joined


def _containers(tree: HtmlElement) -> Iterable[tuple[HtmlElement, list[str]]]:
    """What directly holds paragraphs of prose, in the order of the page, with the letters of these paragraphs."""
    found: dict[HtmlElement, list[str]] = {}
    for paragraph in tree.iter("p"):
        above = paragraph.getparent()
        own = letters("".join(paragraph.itertext()))
        if above is not None and len(own) >= LONG and above.tag in ("div", "section"):
            found.setdefault(above, []).append(own)
    return found.items()


def _continues(container: HtmlElement, first: HtmlElement) -> bool:
    near = list(first.iterancestors())[:NEAR]
    shared = next((above for above in container.iterancestors() if above in near), None)
    if shared is None or first in container.iterancestors() or container in first.iterancestors():
        return False
    # An article of its own has its own heading, or says that it is one.
    own = [*_up_to(shared, container), *_up_to(shared, first)]
    if any(above.tag in ("article", "li", "aside", "footer", "nav") for above in own):
        return False
    if any(True for _ in container.iter("h1", "article", "form", "time")):
        return False
    total = sum(len(letters("".join(p.itertext()))) for p in container.iter("p"))
    linked = sum(len(letters("".join(link.itertext()))) for link in container.iter("a"))
    return linked <= MAX_IN_LINKS * total


def _up_to(shared: HtmlElement, container: HtmlElement) -> Iterable[HtmlElement]:
    return (container, *takewhile(lambda above: above is not shared, container.iterancestors()))


def _move(more: list[HtmlElement], first: HtmlElement, alike: list[HtmlElement]) -> None:
    for container in more:
        before = alike.index(container) < alike.index(first)
        for place, child in enumerate(list(container)):
            if before:
                first.insert(place, child)
            else:
                first.append(child)
