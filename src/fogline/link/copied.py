"""Which documents are copies of one another, or carry one another, and which only have the same form."""

from __future__ import annotations

import re
from array import array
from collections.abc import Container, Iterable, Mapping, Sequence

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
_KEPT = 0.5
"""A copy has so many of the numbers and names of the shorter text."""


def copies(texts: Sequence[str], common: Container[str] = ()) -> Mapping[tuple[int, int], float]:
    """Which texts are copies of one another, or carry one another: pairs ``(i, j)``, ``i < j``, with the share in common.

    A copy keeps the numbers and the names of what it copies: a bulletin of the same form with others is another bulletin.
    ``common`` are runs of words that are boilerplate among more texts than these.
    """
    near = akin(texts, SHINGLE, whole=_ALIKE, part=_CARRIED, smallest=_SMALLEST, common=common)
    names = _names(texts, {at for pair in (*near.carried, *near.alike) for at in pair})
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


def _names(texts: Sequence[str], some: Iterable[int]) -> Mapping[int, array[int]]:
    """The names and numbers in some texts, which are read once and in order, each as a number of this process."""
    return {at: array("q", {hash(one) for one in _TELLING.findall(texts[at])}) for at in sorted(some)}


def _keeps(names: Mapping[int, array[int]], pair: tuple[int, int]) -> bool:
    one, other = frozenset(names[pair[0]]), frozenset(names[pair[1]])
    return not one or not other or containment(one, other) >= _KEPT
