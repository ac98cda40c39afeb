"""Weighing of sources on two sets of conflicting claims: authors of books by bookshops, populations of towns by editors.

    python -m evals.truth_discovery ../shared

The sets are those of DAFNA-EA (Berti-Équille 2014, arXiv 1409.6428). A book is right where all its authors are named and nobody
else, told by family name and first letter; a population where it is the very number. Rows are shuffled before they are
read: nothing may hang on their order. Nothing was tuned on the labelled part.
"""

from __future__ import annotations

import gzip
import html
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fogline.appraise.voting import Vote, answers, statements

SHUFFLES = 5
"""Orders of the rows over which majority's ties are averaged; ours is read in one, as the order cannot matter to it."""
FOLDER = "truth-discovery"


@dataclass(frozen=True, slots=True)
class Told:
    """What one source says of one question."""

    question: str
    value: str
    source: str


Judge = Callable[[Sequence[Told]], Mapping[str, object]]


def figures(shared: Path) -> Mapping[str, float]:
    """The share of questions answered right, ours and by majority (ties broken by the order of shuffled rows)."""
    folder = shared / "gold" / FOLDER
    books, authors = told(folder / "books_claims.txt.gz", lambda r: r[2]), book_truth(folder / "books_truth.txt")
    towns = told(folder / "population_claims.txt.gz", lambda r: f"{r[2]}, {r[3]}")
    people = population_truth(folder / "population_truth.txt")
    return {
        "books": share(judge_books, books, authors, shuffles=1),
        "books_majority": share(majority_of_lists, books, authors),
        "population": share(judge_population, towns, people, shuffles=1),
        "population_majority": share(majority, towns, people),
    }


def share(judge: Judge, rows: Sequence[Told], truth: Mapping[str, object], shuffles: int = SHUFFLES) -> float:
    """The mean over shuffles of the share of labelled questions that are answered right; one without claims is not asked."""
    known = {row.question for row in rows} & set(truth)
    total = 0.0
    for seed in range(shuffles):
        shuffled = list(rows)
        random.Random(seed).shuffle(shuffled)
        found = judge(shuffled)
        total += sum(found.get(q) == truth[q] for q in known) / len(known)
    return total / shuffles


def told(file: Path, question: Callable[[list[str]], str]) -> list[Told]:
    """The claims of a set."""
    with gzip.open(file, "rt", encoding="utf-8", errors="replace") as lines:
        rows = [[part.strip() for part in line.rstrip("\n").split("|")] for line in lines if line.strip()]
    return [Told(question(r).lower(), r[4], r[5]) for r in rows if len(r) > 5 and r[4]]


def book_truth(file: Path) -> dict[str, frozenset[str]]:
    """The authors of each labelled book."""
    found = {}
    for line in file.read_text("utf-8", errors="replace").splitlines():
        isbn, *names = line.strip().split(None, 1) if line.strip() else ("",)
        if names:
            found[isbn.lower()] = frozenset(filter(None, map(author, names[0].split(";"))))
    return found


def population_truth(file: Path) -> dict[str, str]:
    """The number of people of each labelled town and year."""
    found = {}
    for line in file.read_text("utf-8", errors="replace").splitlines():
        parts = line.strip().rsplit(",", 2)
        if len(parts) == 3:
            found[f"{parts[0].strip()}, population{parts[1].strip()}".lower()] = parts[2].strip()
    return found


TITLES = frozenset(
    [
        "author",
        "editor",
        "jr",
        "sr",
        "ii",
        "iii",
        "phd",
        "ph",
        "md",
        "dr",
        "prof",
        "and",
        "with",
        "by",
        "the",
        "ed",
        "eds",
        "et",
        "al",
    ]
)


def author(name: str) -> str:
    """A name as family name and first letter of the first name, however it is written; "" for none.

    >>> author("O'Leary, Timothy J.") == author("Timothy J. O'Leary") == "oleary t"
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    plain = re.sub(r"\(.*?\)|\[.*?\]|['’`]", "", plain)
    family, comma, rest = plain.partition(",")
    words = [w for w in re.findall(r"[a-z]+", plain) if w not in TITLES]
    if not words or "availab" in plain or "various" in plain:
        return ""
    if comma:
        surname = [w for w in re.findall(r"[a-z]+", family) if w not in TITLES][-1:]
        first = [w for w in re.findall(r"[a-z]+", rest) if w not in TITLES][:1]
    else:
        surname, first = words[-1:], words[:1] if len(words) > 1 else []
    return " ".join([*surname, *(f[0] for f in first)]) if surname else ""


def listed(value: str) -> frozenset[str]:
    """The authors in a shop's list, which may be parted by semicolons, slashes, "and", ampersands or commas."""
    value = MARKED.sub(";", html.unescape(value).lower())
    parts = [p for p in re.split(r"[;/&]|\band\b|\bwith\b", value) if p.strip(" ,.")]
    if len(parts) == 1 and value.count(",") > 1:
        pieces = [p.strip() for p in value.split(",") if p.strip()]
        inverted = (
            len(pieces) % 2 == 0
            and all(len(p.split()) <= 2 for p in pieces)
            and any(len(p.split()) == 1 for p in pieces[::2])
        )
        parts = [f"{a}, {b}" for a, b in zip(pieces[::2], pieces[1::2], strict=False)] if inverted else pieces
    elif len(parts) == 1 and value.count(",") == 1 and all(len(p.split()) >= 2 for p in value.split(",")):
        parts = value.split(",")
    return frozenset(filter(None, map(author, parts)))


def _known_as(rows: Sequence[tuple[str, frozenset[str], str]]) -> dict[tuple[str, str], str]:
    """For each book and name the form that most shops give it: another of that family name with which it is never listed."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    together: dict[str, set[frozenset[str]]] = defaultdict(set)
    for question, names, _ in rows:
        seen[question].update(names)
        together[question].update(
            frozenset((a, b)) for a in names for b in names if a < b and a.split()[0] == b.split()[0]
        )
    found = {}
    for question, names in seen.items():
        for name in names:
            same = [
                n for n in names if n.split()[0] == name.split()[0] and frozenset((n, name)) not in together[question]
            ]
            found[question, name] = max(same, key=lambda n: (" " in n, names[n], n))
    return found


def _lists(rows: Sequence[Told]) -> list[tuple[str, frozenset[str], str]]:
    read = [(row.question, listed(row.value), row.source) for row in rows]
    read = [entry for entry in read if entry[1]]
    known = _known_as(read)
    return [(question, frozenset(known[question, name] for name in names), source) for question, names, source in read]


LEAVES_OUT = (0.6, 0.95)
"""Lists leave names out more often than they make them up: known of lists, not tuned here."""

MARKED = re.compile(r"\bby \(author\)|\((?:joint )?author\)|\(with\)|\(editor\)|\bedited by\b|\bby\b")
"""Words by which shops part the names of a list."""


def judge_books(rows: Sequence[Told]) -> dict[str, frozenset[str]]:
    """Each author is a statement of its own: a shop affirms those it lists and denies the others that any shop lists."""
    read = _lists(rows)
    every: dict[str, set[str]] = defaultdict(set)
    for question, names, _ in read:
        every[question] |= names
    votes = [
        Vote(f"{question}\t{name}", "yes" if name in names else "no", source)
        for question, names, source in read
        for name in every[question]
    ]
    verdict = statements(votes, {}, starts=LEAVES_OUT)
    return {
        question: frozenset(name for name in names if verdict.beliefs[f"{question}\t{name}"]["yes"] >= 0.5)
        for question, names in every.items()
    }


def judge_population(rows: Sequence[Told]) -> dict[str, str]:
    """One number is right; who edits without a name is a group of their own, and so are programs."""
    votes = [Vote(row.question, row.value, row.source) for row in rows]
    verdict = answers(votes, {row.source: editor(row.source) for row in rows})
    return {question: verdict.best(question) for question in verdict.beliefs}


def editor(source: str) -> str:
    """The group of an editor: unnamed ones show by their address, programs by their name."""
    if source.startswith("0 (") or re.fullmatch(r"[\d. ()]+", source):
        return "unnamed"
    return "program" if "bot" in source.lower() else "named"


def majority(rows: Sequence[Told]) -> dict[str, str]:
    """The value most sources give; of equal ones that which comes first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row.question][row.value] += 1
    return {question: values.most_common(1)[0][0] for question, values in counts.items()}


def majority_of_lists(rows: Sequence[Told]) -> dict[str, frozenset[str]]:
    """The list of authors most shops give."""
    counts: dict[str, Counter[frozenset[str]]] = defaultdict(Counter)
    for question, names, _ in _lists(rows):
        counts[question][names] += 1
    return {question: values.most_common(1)[0][0] for question, values in counts.items()}


if __name__ == "__main__":
    for figure, value in figures(Path(sys.argv[1])).items():
        print(f"{figure:22}{value:.3f}")
