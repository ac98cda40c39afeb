"""Count on PolNeAR train how often each trigger in each frame is a cue, and write the counts that fogline ships.

    python -m evals.count_cues SHARED

Only counts of single lemmas and frames are written, from which no text can be put together again; a lemma seen fewer
than three times in a frame is left out.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.polnear import Labelled, Tokenised, agree, jaccard, load
from fogline.extract import attribution
from fogline.extract.attribution.candidate import Candidate
from fogline.extract.attribution.candidates import candidates
from fogline.extract.attribution.finding import prepare
from fogline.extract.attribution.tree import Tree, spans_of
from fogline.extract.attribution.weights import RARE, family_of
from fogline.extract.parse import Paragraph, parse_all
from fogline.model import Document

LEAST = 3
"""A lemma and frame seen less often is not shipped."""

Cues = Counter[tuple[str, str, bool]]
Traits = Counter[tuple[str, str, bool]]


def judged(article: Labelled, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Candidate, bool]]:
    """Each candidate of the article, and whether it is an attribution that was marked, span for span."""
    document = Document(article_id=article.name, name=article.name, text=article.text)
    own = [(here, c) for here, quotes in prepare(document, paragraphs) for c in candidates(here, quotes)]
    right = _right(article, own)
    for number, (_, candidate) in enumerate(own):
        yield candidate, number in right


def _right(article: Labelled, own: Sequence[tuple[Tree, Candidate]]) -> set[int]:
    """The candidates that match a marked attribution, one to one: those that share its cue first, then by content."""
    tokens = Tokenised(article.text)
    gold = [(tokens.cover(m.content), tokens.cover(m.source), tokens.cover(m.cue)) for m in article.marked]
    pairs = []
    for number, (here, c) in enumerate(own):
        told, by, cue = (tokens.cover(spans_of(here, r)) for r in (c.content, c.source, c.cue))
        for g, (content, source, signal) in enumerate(gold):
            alike = jaccard(content, told)
            if alike >= 0.5 and agree(source, by):
                pairs.append((not cue & signal, -alike, number, g))
    right: set[int] = set()
    used: set[int] = set()
    for _, _, number, g in sorted(pairs):
        if number not in right and g not in used:
            right.add(number)
            used.add(g)
    return right


def count(judgements: Iterable[tuple[Candidate, bool]]) -> tuple[Cues, Traits]:
    """Counts by (lemma, frame) and by (frame or family, trait)."""
    cues: Cues = Counter()
    traits: Traits = Counter()
    for c, right in judgements:
        cues[c.lemma, c.frame, right] += 1
        family = family_of(c.frame)
        for frame in {c.frame, family}:
            traits[frame, "", right] += 1
        for trait in c.traits:
            if "." in trait:  # the others are hand-made and bring their own counts
                traits[family, trait, right] += 1
    seen: Counter[tuple[str, str]] = Counter()
    for (lemma, frame, _), n in cues.items():
        seen[lemma, frame] += n
    for (lemma, frame, right), n in cues.items():
        if seen[lemma, frame] < LEAST:
            traits[frame, RARE, right] += n
    return cues, traits


def rows(counts: Counter[tuple[str, str, bool]], least: int) -> list[tuple[str, str, int, int]]:
    """Rows of name, frame, seen, right, in order; those seen less than ``least`` times left out."""
    seen: Counter[tuple[str, str]] = Counter()
    for (a, b, _), n in counts.items():
        seen[a, b] += n
    return [(a, b, n, counts[a, b, True]) for (a, b), n in sorted(seen.items()) if n >= least]


def write(path: Path, header: str, table: Iterable[tuple[str, str, int, int]]) -> None:
    """Write a table of counts with its header as a comment."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(f"# {header}\n")
        csv.writer(out, lineterminator="\n").writerows(table)


def main(shared: Path) -> None:
    """Count and write."""
    articles = load(shared, "train")
    documents = [Document(article_id=a.name, name=a.name, text=a.text) for a in articles]
    parsed = parse_all(documents)
    cues, traits = count(pair for a, p in zip(articles, parsed, strict=True) for pair in judged(a, p))
    folder = Path(str(attribution.__file__)).parent
    write(folder / "cues.csv", "lemma,frame,seen,right", rows(cues, LEAST))
    write(folder / "frames.csv", "frame,trait,seen,right", rows(traits, LEAST))
    print(f"{len(articles)} articles counted into {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
