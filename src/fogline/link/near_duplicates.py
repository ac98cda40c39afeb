"""Which texts are copies of one another, or carry one another.

MinHash proposes texts that are alike as a whole (Broder, "On the resemblance and containment of documents", 1997);
shared sampled shingles ("mod p", same paper) propose a short text inside a longer one. The shingles themselves then
decide: nothing is a copy by an estimate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

_WORD = re.compile(r"\w+")
_PERMUTATIONS = 128
_BANDS = 32
_SEED = 7
_SAMPLE = 8
"""One shingle in so many is looked up to find containment."""
_TOO_COMMON = 50
"""A sampled shingle that stands in more texts than this is boilerplate and proposes nothing."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without punctuation.

    >>> words("It is - so far - ours.")
    ('it', 'is', 'so', 'far', 'ours')
    """
    return tuple(_WORD.findall(text.casefold()))


def shingles(text: str, size: int) -> frozenset[str]:
    """The runs of ``size`` words of a text; a shorter text is one shingle, an empty one has none."""
    found = words(text)
    if len(found) <= size:
        return frozenset({" ".join(found)}) if found else frozenset()
    return frozenset(" ".join(found[i : i + size]) for i in range(len(found) - size + 1))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of shingles in common, of all in either; 0 where both are empty."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def containment(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller text's shingles that the other has too."""
    least = min(len(a), len(b))
    return len(a & b) / least if least else 0.0


def alike(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts with a Jaccard similarity of at least ``least``: ``(i, j, similarity)``, ``i < j``, in order."""
    from rensa import RMinHash, RMinHashLSH

    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for i, own in enumerate(sets):
        if own:
            groups[own].append(i)
    # Verbatim copies would make crowded buckets: each distinct text is looked up once and speaks for its copies.
    distinct = sorted(groups, key=lambda own: groups[own][0])
    found = [(i, j, 1.0) for members in groups.values() for i, j in pairwise(members)]
    hashes = RMinHash.from_token_sets([sorted(own) for own in distinct], _PERMUTATIONS, _SEED) if distinct else []
    index = RMinHashLSH(least, _PERMUTATIONS, _BANDS)
    for i, one in enumerate(hashes):
        for j in sorted(set(index.query(one))):
            score = jaccard(distinct[i], distinct[j])
            if score >= least:
                a, b = sorted((groups[distinct[i]][0], groups[distinct[j]][0]))
                found.append((a, b, score))
        index.insert(i, one)
    yield from sorted(found)


def carried(sets: Sequence[frozenset[str]], least: float, smallest: int) -> Iterator[tuple[int, int, float]]:
    """Pairs where at least ``least`` of the smaller text (of ``smallest`` shingles or more) stands in the other."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(sets):
        for shingle in own:
            if crc32(shingle.encode("utf-8", "surrogatepass")) % _SAMPLE == 0:
                holders[shingle].append(i)
    proposed: set[tuple[int, int]] = set()
    for members in holders.values():
        if 1 < len(members) <= _TOO_COMMON:
            proposed.update((a, b) for n, a in enumerate(members) for b in members[n + 1 :])
    for i, j in sorted(proposed):
        if min(len(sets[i]), len(sets[j])) >= smallest:
            score = containment(sets[i], sets[j])
            if score >= least:
                yield i, j, score
