"""Made reports for measuring, labelled as made: the demonstration's paragraphs, shuffled and moved to other towns.

``other`` mixes in reports about anything else, as a feed of general news has them.
"""

from __future__ import annotations

import json
import random
import re
from contextlib import ExitStack
from pathlib import Path

DEMONSTRATION = Path(__file__).parents[1] / "examples" / "kupiansk" / "reports"
OTHER = Path(__file__).with_name("other_news.txt")
TOWNS = (
    "Kupiansk", "Borova", "Svatove", "Vovchansk", "Chuhuiv", "Izium", "Balakliia", "Lyman", "Dvorichna", "Kivsharivka", "Pokrovsk",
    "Kurakhove", "Toretsk", "Huliaipole", "Orikhiv", "Kramatorsk", "Sloviansk", "Siversk", "Bakhmut", "Avdiivka",
)  # fmt: skip
DAYS = 900


def write(folder: Path, count: int, seed: int, other: float = 0.0) -> int:
    """Write ``count`` made reports of about 200 words into one JSON-lines file, a share of ``other`` news; returns their words."""
    chance = random.Random(seed)
    about_the_war = paragraphs()
    elsewhere = OTHER.read_text("utf-8").strip().split("\n\n")
    words = 0
    with (folder / "made.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(count):
            town = chance.choice(TOWNS)
            told = elsewhere if number < other * count else about_the_war
            body = "\n\n".join(chance.sample(told, 5))
            text = re.sub(r"Kup[iy]y?ansk", town, body)
            day = f"{2023 + number % 3}-{1 + chance.randrange(12):02d}-{1 + chance.randrange(28):02d}"
            words += len(text.split())
            entry = {"text": text, "title": "", "outlet": f"Made Outlet {number % 40}", "published": day}
            lines.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return words


def write_short(folder: Path, count: int, seed: int, *, files: int = 1) -> int:
    """Write ``count`` made reports of about 100 words into JSON-lines files, labelled as made; returns their words.

    Each mixes sentences of the demonstration, moves them to another town, changes their numbers, and now and then repeats
    an earlier report with a sentence less, as copying outlets do.
    """
    chance = random.Random(seed)
    sentences = [s for p in paragraphs() for s in re.split(r"(?<=[.!?]) +(?=[A-Z“])", p) if 6 <= len(s.split()) <= 40]
    earlier: list[list[str]] = []
    words = 0
    names = [folder / f"made-{number:03}.jsonl" for number in range(files)]
    with ExitStack() as stack:
        opened = [stack.enter_context(name.open("w", encoding="utf-8")) for name in names]
        for number in range(count):
            told = _retold(chance, earlier) if earlier and chance.random() < 0.1 else _mixed(chance, sentences)
            earlier = [*earlier[-200:], told]
            day = f"{2023 + number % 3}-{1 + chance.randrange(12):02d}-{1 + chance.randrange(28):02d}"
            text = "\n\n".join(" ".join(told[at : at + 3]) for at in range(0, len(told), 3))
            words += len(text.split())
            outlet = f"Made Outlet {number % 40}"
            entry = {"text": text, "title": f"Made report {seed}-{number}", "outlet": outlet, "published": day}
            opened[number * files // count].write(json.dumps(entry, ensure_ascii=False) + "\n")
    return words


def _mixed(chance: random.Random, sentences: list[str]) -> list[str]:
    town, told = chance.choice(TOWNS), []
    while sum(len(sentence.split()) for sentence in told) < 90:
        moved = re.sub(r"Kup[iy]y?ansk", town, chance.choice(sentences))
        told.append(re.sub(r"\b[2-9]\d\b", lambda found: str(max(20, int(found[0]) + chance.randrange(-5, 6))), moved))
    return told


def _retold(chance: random.Random, earlier: list[list[str]]) -> list[str]:
    told = chance.choice(earlier)
    left_out = chance.randrange(len(told))
    return [sentence for at, sentence in enumerate(told) if at != left_out] or told


def texts(folder: Path) -> list[str]:
    """The texts of the made reports, for the bare parser."""
    return [
        json.loads(line)["text"]
        for file in sorted(folder.glob("made*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]


def paragraphs() -> list[str]:
    """The paragraphs of the demonstration, of which reports are made."""
    found: list[str] = []
    for path in sorted(DEMONSTRATION.glob("*.txt")):
        found += [p.strip() for p in path.read_text("utf-8").split("\n\n") if len(p.split()) > 15]
    return found
