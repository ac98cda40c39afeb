"""Made reports for measuring, labelled as made: the demonstration's paragraphs, shuffled and moved to other towns.

``other`` mixes in reports about anything else, as a feed of general news has them.
"""

from __future__ import annotations

import json
import random
import re
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


def texts(folder: Path) -> list[str]:
    """The texts of the made reports, for the bare parser."""
    with (folder / "made.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def paragraphs() -> list[str]:
    """The paragraphs of the demonstration, of which reports are made."""
    found: list[str] = []
    for path in sorted(DEMONSTRATION.glob("*.txt")):
        found += [p.strip() for p in path.read_text("utf-8").split("\n\n") if len(p.split()) > 15]
    return found
