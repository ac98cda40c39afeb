"""What was added to a folder of evidence since it was last read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fogline.model import Article, Failure
from fogline.sources.evidence import manifest
from fogline.sources.evidence.manifest import FIRST
from fogline.sources.warc import WarcSource


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a manifest was read: the number of a line, and its hash."""

    number: int = 0
    hash: str = FIRST


def unread(folder: Path, mark: Mark, max_bytes: int) -> tuple[Mark, Iterator[Article | Failure]]:
    """The mark after all that is kept, and what is to be read of what was kept since ``mark``; all where that no longer fits.

    Raises ``BrokenEvidence`` where the chain of the manifest is broken.
    """
    last, starts = Mark(), dict[str, int]()
    whole: dict[str, int] = {}
    fits = mark == Mark()
    for kept in manifest.lines(folder):
        last = Mark(kept.number, kept.hash)
        fits = fits or last == mark
        whole.setdefault(kept.file, kept.start)
        if kept.number > mark.number:
            starts.setdefault(kept.file, kept.start)
    source = WarcSource(max_bytes)
    files = sorted((starts if fits else whole).items())
    return last, (article for name, start in files for article in source.read(folder / name, start))
