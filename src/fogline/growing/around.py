"""The claims around some days among those that share a name: in a crowded place the others need not be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from fogline.growing.loading import Loaded
from fogline.model import Claim
from fogline.ports import KeepsGrounds

Span = tuple[int, int, int]
"""A name, and the first and the last day."""
CROWD = 3_000
"""More spans than this are not looked up one by one: all claims of the names are read instead."""


def widened(ledger: KeepsGrounds, spans: Collection[Span], many: int) -> dict[Span, Span]:
    """Each span made so wide that ``many`` claims of the name lie before what it was, and as many behind it."""
    ends = ledger.reach({(key, day) for key, *days in spans for day in days}, many)
    return {(key, first, last): (key, ends[key, first][0], ends[key, last][1]) for key, first, last in spans}


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days of the same names, none twice.

    >>> merged([(1, 5, 9), (1, 0, 5), (2, 0, 1)])
    [(1, 0, 9), (2, 0, 1)]
    """
    found: list[Span] = []
    for key, first, last in sorted(spans):
        if found and found[-1][0] == key and first <= found[-1][2] + 1:
            found[-1] = key, found[-1][1], max(last, found[-1][2])
        else:
            found.append((key, first, last))
    return found


def beside(ledger: KeepsGrounds, loaded: Loaded, marks: Collection[tuple[int, int]], many: int) -> list[Claim]:
    """Concluded claims that share one of the names: at the least the ``many`` next ones on either side of the day.

    Of each name they come without a gap but between the days asked for.
    """
    if len(marks) > CROWD:
        return loaded.near({key for key, _ in marks})
    wide = widened(ledger, [(key, day, day) for key, day in marks], many)
    return loaded.named(ledger.near(merged(wide.values())))


def crowding(names: Iterable[Iterable[int]]) -> int:
    """How many of these share a name with one another, at most: so many more may stand between a claim and its next."""
    return max(Counter(name for own in names for name in set(own)).values(), default=0)


def by_name(spans: Iterable[Span]) -> dict[int, list[Span]]:
    """The spans of each name."""
    found: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        found[span[0]].append(span)
    return found
