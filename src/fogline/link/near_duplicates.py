"""Which texts are copies of one another, or carry one another.

MinHash proposes texts that are alike as a whole (Broder, "On the resemblance and containment of documents", 1997);
shared sampled shingles ("mod p", same paper) propose a short text inside a longer one. The shingles themselves then
decide: nothing is a copy by an estimate.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, pairwise
from typing import TypeVar
from zlib import crc32

from fogline.link.shingled import Shingled

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_PERMUTATIONS = 125
_BANDS = 25
"""Five rows a band: two texts that share a quarter of their shingles, as statements of one form do, are proposed once in
forty times (with four rows once in eight, and proposals grew with the square of the texts); those that share two
thirds, 96 times in a hundred."""
_SEED = 7
_BATCH = 4096
"""Texts whose shingles are kept at once."""
_SAMPLE = 8
"""One shingle in so many is looked up to find containment, by its length: the lengths of runs of five words are spread so
wide that their remainders are as even as a checksum's, on every machine the same, and four times as fast to tell."""
TOO_COMMON = 50
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
    return frozenset(map(" ".join, zip(*(found[i:] for i in range(size)), strict=False)))


def sketch(found: Iterable[str], size: int) -> tuple[str, ...]:
    """The ``size`` smallest checksums of shingles, in order: alike texts have some in common (a bottom-k sketch, Broder 1997).

    >>> sketch(["the river crossing", "a depot burnt"], 1)
    ('2538248303',)
    """
    return tuple(map(str, sorted([crc32(one.encode()) for one in found])[:size]))


def jaccard(a: frozenset[T], b: frozenset[T]) -> float:
    """The share of shingles in common, of all in either; 0 where both are empty."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def containment(a: frozenset[T], b: frozenset[T]) -> float:
    """The share of the smaller text's shingles that the other has too."""
    least = min(len(a), len(b))
    return len(a & b) / least if least else 0.0


@dataclass(frozen=True, slots=True)
class Akin:
    """Pairs of texts ``(i, j)``, ``i < j``, in order: alike as a whole by Jaccard similarity, and carried by containment."""

    alike: Mapping[tuple[int, int], float]
    carried: Mapping[tuple[int, int], float]


def akin(
    texts: Sequence[str],
    size: int,
    *,
    whole: float,
    part: float | None = None,
    smallest: int = 0,
    common: Container[str] = (),
) -> Akin:
    """Texts that share at least ``whole`` of all their shingles, or ``part`` of those of the smaller one.

    Shingles have ``size`` words; a text of fewer than ``smallest`` is carried by none. Texts are read once and in order, and
    their shingles are kept as numbers for the pairs that are proposed, where there are many in a file (``SpillError`` where it
    cannot be written): the memory needed is that of the indexes. Verbatim copies hang together one by one: each distinct
    text is looked up once and speaks for its copies. ``common`` are sampled shingles that are boilerplate among more texts than these.
    """
    from rensa import RMinHash, RMinHashLSH

    groups: dict[bytes, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        if text and not text.isspace():
            groups[blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()].append(i)
    distinct = [members[0] for members in groups.values()]
    index = RMinHashLSH(whole, _PERMUTATIONS, _BANDS)
    holders = _Holders()
    proposed: set[tuple[int, int]] = set()
    with Shingled() as kept:
        for start in range(0, len(distinct), _BATCH):
            batch = [(n, shingles(texts[distinct[n]], size)) for n in range(start, min(start + _BATCH, len(distinct)))]
            hashed = RMinHash.from_token_sets([found for _, found in batch], _PERMUTATIONS, _SEED)
            for (i, found), one in zip(batch, hashed, strict=True):
                kept.add(found)
                if not found:
                    continue
                for j in index.query(one):
                    proposed.add((j, i))
                index.insert(i, one)
                if part is not None:
                    holders.add(i, (shingle for shingle in _sampled(found) if shingle not in common))
        proposed.update(holders.pairs())
        own = lru_cache(maxsize=_BATCH)(kept.__getitem__)
        return _decided(distinct, groups, own, proposed, (whole, part, smallest))


def marks(texts: Sequence[str], size: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of each text the marks by which ``akin`` proposes it: the bands of its MinHash, and its sampled shingles."""
    from rensa import RMinHash

    rows = _PERMUTATIONS // _BANDS
    own = [shingles(text, size) for text in texts]
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for each, hashed in zip(own, RMinHash.from_token_sets(own, _PERMUTATIONS, _SEED), strict=True):
        digest = hashed.digest() if each else ()
        bands = tuple(f"{at}:{digest[at : at + rows]}" for at in range(0, len(digest), rows))
        found.append((bands, tuple(_sampled(each))))
    return found


def _sampled(found: Iterable[str]) -> list[str]:
    return [shingle for shingle in found if not len(shingle) % _SAMPLE]


class _Holders:
    """Which texts hold which sampled shingles: twelve bytes for each of a text's, by checksum, until all are there."""

    def __init__(self) -> None:
        self._shingles, self._texts = array("q"), array("i")

    def add(self, number: int, sampled: Iterable[str]) -> None:
        """Note that a text holds these."""
        before = len(self._shingles)
        self._shingles.extend(map(hash, sampled))  # of this process alone, as what is held is
        self._texts.extend([number] * (len(self._shingles) - before))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The texts that a shingle proposes to each other, where it is not boilerplate."""
        import numpy as np

        held = np.frombuffer(self._shingles, dtype=np.int64)
        order = np.argsort(held, kind="stable")
        edges = np.flatnonzero(np.diff(held[order])) + 1
        starts, ends = np.concatenate(([0], edges)), np.concatenate((edges, [len(held)]))
        texts = np.frombuffer(self._texts, dtype=np.int32)[order]
        for at in np.flatnonzero((ends - starts > 1) & (ends - starts <= TOO_COMMON)).tolist():
            yield from combinations(texts[starts[at] : ends[at]].tolist(), 2)


def _decided(
    distinct: Sequence[int],
    groups: Mapping[bytes, Sequence[int]],
    own: Callable[[int], frozenset[int]],
    proposed: Iterable[tuple[int, int]],
    bounds: tuple[float, float | None, int],
) -> Akin:
    """The proposed pairs that the shingles themselves bear out, and the verbatim copies."""
    whole, part, smallest = bounds
    alike = {pair: 1.0 for members in groups.values() for pair in pairwise(members)}
    carried: dict[tuple[int, int], float] = {}
    for i, j in sorted(proposed):
        one, other = own(i), own(j)
        shared, least = len(one & other), min(len(one), len(other))
        a, b = sorted((distinct[i], distinct[j]))
        if shared and shared / (len(one) + len(other) - shared) >= whole:
            alike[a, b] = shared / (len(one) + len(other) - shared)
        if part is not None and least >= smallest and shared / least >= part:
            carried[a, b] = shared / least
    return Akin(dict(sorted(alike.items())), dict(sorted(carried.items())))
