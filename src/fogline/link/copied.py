"""Which documents are copies of one another, or carry one another, and which only have the same form."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from functools import lru_cache

from fogline.link.groups import Groups
from fogline.link.near_duplicates import akin, containment

SHINGLE = 5
"""Words in a run by which documents are compared."""
_ALIKE, _CARRIED, _SMALLEST = 0.5, 0.55, 20
_TELLING = re.compile(
    r"(?<![.!?…\n”\"] )(?<!^)(?<!\n)\b[A-Z][\w’'-]+|\b\d[\d.,]*"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundred|thousand|million)\b"
)
_NAMED = 1 << 14
"""Texts whose names and numbers are kept at once."""
_KEPT = 0.5
"""A copy has so many of the numbers and names of the shorter text."""


def copies(texts: Sequence[str], common: Container[str] = ()) -> Mapping[tuple[int, int], float]:
    """Which texts are copies of one another, or carry one another: pairs ``(i, j)``, ``i < j``, with the share in common.

    A copy keeps the numbers and the names of what it copies: a bulletin of the same form with others is another bulletin.
    ``common`` are runs of words that are boilerplate among more texts than these.
    """
    near = akin(texts, SHINGLE, whole=_ALIKE, part=_CARRIED, smallest=_SMALLEST, common=common)
    names = lru_cache(maxsize=_NAMED)(lambda n: frozenset(_TELLING.findall(texts[n])))
    found = {pair: score for pair, score in near.carried.items() if _keeps(names, pair)}
    for pair, score in near.alike.items():
        found[pair] = max(score, found.get(pair, 0.0))
    other = {pair for pair in near.alike if not _keeps(names, pair)}
    groups = Groups(len(texts))
    members: dict[int, list[int]] = {}
    kept: dict[tuple[int, int], float] = {}
    for (i, j), score in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        one, two = groups.root(i), groups.root(j)
        own, others = members.get(one, [one]), members.get(two, [two])
        if (i, j) in other or (one != two and any((min(a, b), max(a, b)) in other for a in own for b in others)):
            continue  # a part that both have does not make one of two bulletins
        groups.join(i, j)
        members[groups.root(i)] = own if one == two else [*own, *others]
        kept[i, j] = score
    return dict(sorted(kept.items()))


def _keeps(names: Callable[[int], frozenset[str]], pair: tuple[int, int]) -> bool:
    one, other = names(pair[0]), names(pair[1])
    return not one or not other or containment(one, other) >= _KEPT
