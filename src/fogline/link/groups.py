"""Union-find: what hangs together."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator


class Groups:
    """Union-find over ``size`` numbers; the smallest number of a group is its root."""

    def __init__(self, size: int) -> None:
        self._parent = array("q", range(size))

    def root(self, one: int) -> int:
        """The smallest number of the group that ``one`` is in."""
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, a: int, b: int) -> bool:
        """Join two groups; ``False`` where they were one already."""
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low
        return low != high

    def members(self) -> Iterator[tuple[int, list[int]]]:
        """Every group with its members in order, by its root."""
        groups: dict[int, list[int]] = defaultdict(list)
        for one in range(len(self._parent)):
            groups[self.root(one)].append(one)
        return iter(groups.items())
