"""Names, small enough to keep beside every claim, of all that a new claim may touch: a ledger asks by them who else is there.

Two claims may be one voice only where they share a bucket (``one_voice``), stand to each other only where they share a
block (``blocks``), and answer one question of who holds a place only where they name it (``matters``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice

from fogline.link import blocks, one_voice
from fogline.link.blocks import Block
from fogline.link.copied import SHINGLE
from fogline.link.facets import Facet
from fogline.link.matters import Origin, asks
from fogline.link.near_duplicates import marks
from fogline.link.one_voice import Bucket, Origins
from fogline.model import Document, Keys, Marks

_AT_ONCE = 2_000
"""Documents that are named at once."""
VERSION = "3"
"""Goes up when claims come to share names in another way: a ledger that keeps older ones is concluded anew."""


def key(sort: str, *parts: str | int) -> int:
    """The name of what claims share, as a whole number of 64 bits: the same on every machine.

    >>> key("place", "g706448") == key("place", "g706448") != key("place", "g706449")
    True
    """
    raw = "\x1f".join((sort, *map(str, parts))).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "big", signed=True)


def of_bucket(bucket: Bucket) -> int:
    """The name of a bucket."""
    return key("bucket", *bucket)


def of_block(block: Block) -> int:
    """The name of a block."""
    return key("block", *block)


def of_taking(block: Block) -> int:
    """The name of the days in a block on which a side is said to have taken the place."""
    return key("taking", *block)


def of_place(place: str) -> int:
    """The name of the questions who holds a place (a place's key), and when it was taken."""
    return key("place", place)


def of_claim(facet: Facet, origins: Origins) -> Marks:
    """All names of a claim, each with the day at which it stands among the claims that share it."""
    return frozenset(
        (
            *((of_bucket(bucket), one_voice.day_in(bucket, facet)) for bucket in one_voice.buckets(facet, origins)),
            *((of_block(block), blocks.day_in(block, facet)) for block in blocks.of(facet)),
            *(
                (of_taking(block), day)
                for block in blocks.of(facet)
                if (day := blocks.taken_on(block, facet)) is not None
            ),
            *((of_place(place), facet.end or 0) for place in asks(facet)),
        )
    )


def of_documents(documents: Iterable[Document]) -> list[frozenset[int]]:
    """Of each document the names by which its copies are found; those of runs of words are even, which may be boilerplate."""
    return [
        frozenset((*(key("band", band) | 1 for band in bands), *map(of_run, runs)))
        for bands, runs in marks([one.text for one in documents], SHINGLE)
    ]


def named(documents: Iterable[Document]) -> Iterator[tuple[str, int, Keys]]:
    """Documents by id, each with a checksum of its text and the names by which its copies are found."""
    left = iter(documents)
    while some := list(islice(left, _AT_ONCE)):
        for document, own in zip(some, of_documents(some), strict=True):
            yield document.id, key("text", document.text), own


def of_run(words: str) -> int:
    """The name of a run of words by which the copies of a document are found."""
    return key("run", words) & ~1


def of_matter(origin: Origin) -> int:
    """The name of what a matter follows from."""
    return of_place(origin) if isinstance(origin, str) else key("group", *origin)


def of_voice(root: str) -> int:
    """The name of the place of links within a family, by its root."""
    return key("voice", root)
