"""Main text of web pages against what people marked as the article, in the measure of the article extraction benchmark.

The measure is Scrapinghub's (https://github.com/scrapinghub/article-extraction-benchmark): runs of four words, counted
with repetition, shared and not shared; precision and recall are means over pages, F1 is of these means.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from fogline.clean.cleaning import clean
from fogline.errors import InputError
from fogline.model import Article, Theatre

FOLDER = "gold/article-extraction"
RUN = 4
"""Words in a run."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the text of its article as people marked it."""

    name: str
    raw: bytes
    article: str


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was taken is article, and how much of the article was taken."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def figures(shared: Path) -> dict[str, float]:
    """F1, precision and recall over the pages, and F1 on the half by which rules were made and on the other.

    The halves are the pages at even and at odd places in order of name.
    """
    counts = [shared_runs(page.article, read(page.raw)) for page in load(shared)]
    whole = averaged(counts)
    return {
        "f1": whole.f1,
        "precision": whole.precision,
        "recall": whole.recall,
        "tuned_f1": averaged(counts[::2]).f1,
        "judged_f1": averaged(counts[1::2]).f1,
    }


def load(shared: Path) -> Iterator[Page]:
    """The pages, in order of name."""
    with gzip.open(shared / FOLDER / "ground-truth.json.gz", "rt", encoding="utf-8") as file:
        truth = json.load(file)
    with tarfile.open(shared / FOLDER / "html.tar") as pages:
        for member in sorted(pages.getmembers(), key=lambda member: member.name):
            file = pages.extractfile(member)
            if file is None:
                continue
            name = Path(member.name).name.removesuffix(".html.gz")
            yield Page(name, gzip.decompress(file.read()), truth[name]["articleBody"])


def read(raw: bytes) -> str:
    """What fogline takes from a page; nothing where it refuses the page."""
    try:
        return clean(Article(name="page.html", raw=raw, media_type="text/html"), Theatre(name="world")).text
    except InputError:
        return ""


def score(pages: Iterator[Page], reader: Callable[[bytes], str]) -> Score:
    """Mean precision over the pages from which something was taken, mean recall over those that hold an article."""
    return averaged([shared_runs(page.article, reader(page.raw)) for page in pages])


def averaged(counts: Sequence[tuple[int, int, int]]) -> Score:
    """The means over pages of what ``shared_runs`` counted on each."""
    return Score(
        precision=mean(both / taken for both, taken, _ in counts if taken),
        recall=mean(both / true for both, _, true in counts if true),
    )


def shared_runs(true: str, taken: str) -> tuple[int, int, int]:
    """How many runs of words the two texts share, how many were taken, how many are true."""
    mine, theirs = runs(taken), runs(true)
    return (mine & theirs).total(), mine.total(), theirs.total()


def runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words, with how often each comes; a shorter text is one run."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))
