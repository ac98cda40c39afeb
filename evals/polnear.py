"""Attribution on PolNeAR: who says what, against the articles that people marked.

The figures follow the definitions of the set's own scoring script: a token is a run of word characters; contents are
matched one to one, greedily by the Jaccard index of their token sets, from .5 on; a matched attribution is right where
its source's Jaccard index is .5 or more, or both have none.
"""

from __future__ import annotations

import re
import sys
import tarfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from time import process_time

from fogline.model import Document, Span, Spans

FOLDER = "attribution-polnear"
MATCH = 0.5

Tokens = frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution: its stretches of the article's text."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and what one annotator marked in it."""

    name: str
    text: str
    marked: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over articles, and the figures that follow from them."""

    gold: int
    found: int
    matched: int
    right: int
    silent_gold: int
    silent_found: int
    silent_right: int

    @property
    def content(self) -> float:
        """F1 of contents."""
        return f1(self.matched, self.found, self.gold)

    @property
    def overall(self) -> float:
        """F1 of contents with the right source."""
        return f1(self.right, self.found, self.gold)

    @property
    def source_right(self) -> float:
        """Share of matched contents whose source is right."""
        return self.right / self.matched if self.matched else 0.0

    @property
    def silent(self) -> float:
        """F1 of attributions without a named source, over those alone."""
        return f1(self.silent_right, self.silent_found, self.silent_gold)


def f1(right: int, found: int, gold: int) -> float:
    """The harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (found + gold) if found + gold else 0.0


def load(shared: Path, part: str = "dev") -> tuple[Labelled, ...]:
    """The articles of a part (``train`` or ``dev``) with the first annotator's marks, by name.

    Raises ``FileNotFoundError`` where the set is not in ``shared``.
    """
    path = shared / "gold" / FOLDER / f"polnear_{part}.tar.gz"
    if not path.is_file():
        raise FileNotFoundError(f"PolNeAR {part}: skipped, there is no {path}.")
    texts: dict[str, str] = {}
    marks: dict[str, dict[str, str]] = defaultdict(dict)
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            if not member.isfile() or name.suffix not in (".txt", ".ann"):
                continue
            handle = archive.extractfile(member)
            content = handle.read().decode("utf-8") if handle else ""
            if name.suffix == ".txt":
                texts[name.stem] = content
            else:
                article, annotator = name.stem.rsplit("_", 1)
                marks[article][annotator] = content
    return tuple(Labelled(name, texts[name], marked(own[min(own)])) for name, own in sorted(marks.items()))


def marked(brat: str) -> tuple[Marked, ...]:
    """The attributions of a brat file; all sources, cues and contents of one event are united."""
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[list[str]] = []
    for line in brat.split("\n"):
        columns = line.split("\t")
        if re.fullmatch(r"T\d+", columns[0]) and len(columns) > 1 and " " in columns[1]:
            _, offsets = columns[1].split(" ", 1)
            spans[columns[0]] = tuple(Span(*map(int, pair.split())) for pair in offsets.split(";"))
        elif re.fullmatch(r"E\d+", columns[0]) and len(columns) > 1:
            events.append(columns[1].split())
    found = []
    for event in events:
        roles: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for argument in event:
            role, _, span = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles:
                roles[role] += spans.get(span, ())
        found.append(Marked(*(tuple(sorted(roles[r])) for r in ("source", "cue", "content"))))
    return tuple(found)


class Tokenised:
    """A text's word tokens, to turn stretches into sets of token numbers."""

    def __init__(self, text: str) -> None:
        self._tokens = [m.span() for m in re.finditer(r"\w+", text)]
        self._starts = [start for start, _ in self._tokens]

    def cover(self, spans: Iterable[Span]) -> Tokens:
        """The tokens that share at least one character with a stretch."""
        covered = set()
        for span in spans:
            i = max(0, bisect_right(self._starts, span.start) - 1)
            while span.start < span.end and i < len(self._tokens) and self._tokens[i][0] < span.end:
                if self._tokens[i][1] > span.start:
                    covered.add(i)
                i += 1
        return frozenset(covered)


def jaccard(one: Tokens, other: Tokens) -> float:
    """The Jaccard index; 0 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def agree(one: Tokens, other: Tokens) -> bool:
    """Whether two sources are the same: alike enough, or both empty."""
    return not (one or other) or jaccard(one, other) >= MATCH


Pair = tuple[Tokens, Tokens]
"""Content and source as token sets."""


def match(gold: Sequence[Pair], found: Sequence[Pair]) -> list[tuple[int, int]]:
    """Contents matched one to one, best Jaccard index first; ties by the sources' index, then by order."""
    pairs = []
    for g, (content, source) in enumerate(gold):
        for f, (told, by) in enumerate(found):
            alike = jaccard(content, told)
            if alike >= MATCH:
                pairs.append((-alike, -(jaccard(source, by) if source or by else 1.0), g, f))
    matched: list[tuple[int, int]] = []
    used_gold, used_found = set(), set()
    for _, _, g, f in sorted(pairs):
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
            matched.append((g, f))
    return matched


def score(articles: Iterable[Labelled], found: Mapping[str, Sequence[Marked]]) -> Score:
    """The counts of a run: for each article's name what was found in it."""
    counts: Counter[str] = Counter()
    for article in articles:
        tokens = Tokenised(article.text)
        gold = [(tokens.cover(m.content), tokens.cover(m.source)) for m in article.marked]
        gold = [pair for pair in gold if pair[0]]
        own = [(tokens.cover(m.content), tokens.cover(m.source)) for m in found.get(article.name, ())]
        counts["gold"] += len(gold)
        counts["found"] += len(own)
        counts["silent_gold"] += sum(not source for _, source in gold)
        counts["silent_found"] += sum(not source for _, source in own)
        for g, f in match(gold, own):
            right = agree(gold[g][1], own[f][1])
            counts["matched"] += 1
            counts["right"] += right
            counts["silent_right"] += right and not gold[g][1]
    return Score(*(counts[name] for name in Score.__slots__))


def run(articles: Sequence[Labelled]) -> tuple[dict[str, list[Marked]], float]:
    """What attribution finds in each article, and its speed in words a second on top of the parse."""
    from fogline.extract.attribution import find
    from fogline.extract.parse import parse_all

    documents = [Document(article_id=a.name, name=a.name, text=a.text) for a in articles]
    parsed = list(parse_all(documents))
    begun = process_time()
    found = {
        d.name: [Marked(s.source, s.cue, s.content) for s in find(d, p)] for d, p in zip(documents, parsed, strict=True)
    }
    words = sum(len(d.text.split()) for d in documents)
    return found, words / (process_time() - begun)


def figures(shared: Path) -> dict[str, float]:
    """The main figures on dev: overall and content F1, source right, F1 of attributions that name nobody."""
    articles = load(shared)
    found, _ = run(articles)
    result = score(articles, found)
    return {
        "overall_f1": result.overall,
        "content_f1": result.content,
        "source_right": result.source_right,
        "no_source_f1": result.silent,
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures and the speed; says so and returns 0 where the set is missing."""
    try:
        articles = load(Path(arguments[0]))
    except FileNotFoundError as missing:
        print(missing)
        return 0
    found, speed = run(articles)
    result = score(articles, found)
    print(f"overall F1 {result.overall:.4f} ({result.right} right of {result.found} found, {result.gold} marked)")
    print(f"content F1 {result.content:.4f}, source right {result.source_right:.4f}, no-source F1 {result.silent:.4f}")
    print(f"{speed:,.0f} words a second on top of the parse")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
