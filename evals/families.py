"""Copies and look-alikes, made from texts written for this project: which pairs of reports are one voice?

    python -m evals.gate --only families

Of each text of ``tables/families.txt`` copies are made with a fixed seed: cut, reordered, re-headlined, extended, lightly
edited, carried inside a longer piece. Look-alikes are other reports of the same matter: a bulletin of the same form with
other numbers, a follow-up that quotes one sentence, a page with the same furniture, the same story told in other words.
Thresholds were tuned with one seed; the figures are of another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

from evals.matching import share
from fogline.link.copied import copies

FILE = Path(__file__).parent / "tables" / "families.txt"
TUNED, JUDGED = 11, 2024
NOTICE = (
    "This report is free to read because readers pay for it. Support our correspondents with a monthly gift of any size, "
    "and receive the newsletter on Saturdays. All rights reserved; quotation with a link is welcome."
)
HEADLINES = ("What we know this morning", "A long night", "From our correspondent", "War diary, evening edition")
OTHER_WORDS = {
    "said": "stated", "people": "persons", "since": "ever since", "because": "as", "before": "ahead of", "after": "following",
    "wounded": "injured", "destroyed": "wrecked", "about": "around", "told": "informed", "which": "that", "still": "even now",
}  # fmt: skip
PLACES = ("Brid", "Luky", "Hai", "Most", "Ruda", "Balka", "Yar", "Stavky", "Kut", "Pole")


def figures(shared: Path) -> dict[str, float]:
    """Precision and recall of the pairs of one voice among all pairs of made reports; needs no other data."""
    del shared
    return score(JUDGED)


def score(seed: int) -> dict[str, float]:
    """The figures for the set made with that seed."""
    texts, labels = made(seed)
    wanted = {(i, j) for i, j in combinations(range(len(texts)), 2) if labels[i] == labels[j]}
    found = set(together(copies(texts)))
    return {
        "precision": share(len(found & wanted), len(found)),
        "recall": share(len(found & wanted), len(wanted)),
    }


def together(pairs: object) -> Iterator[tuple[int, int]]:
    """All pairs of the families that the pairs hold together."""
    group: dict[int, set[int]] = {}
    for i, j in pairs:  # type: ignore[attr-defined]
        joined = group.setdefault(i, {i}) | group.setdefault(j, {j})
        for member in joined:
            group[member] = joined
    for members in {id(members): members for members in group.values()}.values():
        yield from combinations(sorted(members), 2)


def made(seed: int) -> tuple[list[str], list[str]]:
    """The made reports, and for each the name of its family."""
    chance = random.Random(seed)
    originals = [" ".join(text.split()) for text in FILE.read_text("utf-8").split("%%")]
    texts: list[str] = []
    labels: list[str] = []
    for number, original in enumerate(originals):
        for copy in (original, *_copies(original, originals[number - 1], chance)):
            texts.append(copy)
            labels.append(f"text {number}")
        for n, other in enumerate(_lookalikes(original, chance)):
            texts.append(other)
            labels.append(f"other {number}.{n}")
    for n in range(40):
        texts.append(_bulletin(chance))
        labels.append(f"bulletin {n}")
    return texts, labels


def _copies(text: str, neighbour: str, chance: random.Random) -> Iterator[str]:
    sentences = _sentences(text)
    yield " ".join(sentences[: len(sentences) - 2])
    yield " ".join(sentences[2:])
    shuffled = sentences[:]
    chance.shuffle(shuffled)
    yield " ".join(shuffled)
    yield f"{chance.choice(HEADLINES)}\n\n{text}\n\n{NOTICE}"
    yield f"{text} {' '.join(_sentences(neighbour)[:1])} {NOTICE}"
    yield _edited(text, chance)
    yield f"KYIV (World Wire) - {text} (Editing by A. Nobody)"
    yield f"{' '.join(_sentences(neighbour)[1:3])} {NOTICE} {' '.join(sentences[:5])}"


def _edited(text: str, chance: random.Random) -> str:
    """Every listed word in other words, and one word in forty left out."""
    words = [OTHER_WORDS.get(word, word) for word in text.split()]
    return " ".join(word for word in words if word[0].isupper() or chance.random() > 1 / 40)


def _lookalikes(text: str, chance: random.Random) -> Iterator[str]:
    sentences = _sentences(text)
    quoted = chance.choice(sentences[1:])
    # A follow-up of another day quotes one sentence and goes on in its own words.
    yield f"{own_words(chance, 60)} {quoted} {own_words(chance, 70)}"
    # Another report under the same headline and above the same notice.
    yield f"{HEADLINES[0]}\n\n{own_words(chance, 110)}\n\n{NOTICE}"
    # The same story told anew: the telling words kept, the order of words not.
    yield " ".join(_retold(sentence, chance) for sentence in sentences[:5])
    # The same report of another day: every number and name is another one.
    yield _renumbered(text, chance)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) ", text)


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"[a-z]{3,}", FILE.read_text("utf-8")))))


def own_words(chance: random.Random, count: int) -> str:
    """A made text of that many words, none of it copied."""
    vocabulary = _vocabulary()
    return " ".join(chance.choice(vocabulary) for _ in range(count)).capitalize() + "."


def _retold(sentence: str, chance: random.Random) -> str:
    words = sentence.rstrip(".").split()
    pieces = [words[i : i + 3] for i in range(0, len(words), 3)]
    chance.shuffle(pieces)
    return " ".join(word for piece in pieces for word in piece) + "."


def _renumbered(text: str, chance: random.Random) -> str:
    named = re.sub(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)?", lambda _: chance.choice(PLACES) + "ivka", text)
    numbers = (
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "eleven",
        "twelve",
        "fourteen",
        "sixteen",
    )
    other = re.sub(r"\d+", lambda found: str(int(found.group()) + chance.randrange(1, 9)), named)
    return re.sub(
        rf"\b(?:{'|'.join(numbers)})\b",
        lambda found: chance.choice([number for number in numbers if number != found.group()]),
        other,
    )


def _bulletin(chance: random.Random) -> str:
    """A daily bulletin: one form, other numbers and places each day."""
    a, b, c = chance.sample(PLACES, 3)
    n = [str(chance.randrange(2, 400)) for _ in range(8)]
    return (
        f"Over the past day the enemy attacked {n[0]} times along the whole front. In the direction of Novyi {a} the defence "
        f"forces repelled {n[1]} assaults, near Staryi {b} {n[2]} more, and fighting goes on at {c}ivka. The enemy fired "
        f"{n[3]} drones and {n[4]} missiles, and shelled {n[5]} settlements with artillery. Our aircraft struck {n[6]} areas where "
        f"personnel was gathered, and the missile forces hit a command post and {n[7]} guns. The situation is under control."
    )
