"""Days of publication: on made pages that write them in many ways, or not at all, and on the pages of the article
extraction benchmark whose address bears the day.

On the latter the address is what is right, and so it is taken out of the page before the page is read.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from pathlib import Path

from evals.extraction_html import FOLDER, load
from fogline.clean.cleaning import clean
from fogline.clean.dating import in_address
from fogline.model import Article, Given, Theatre

MADE = Path(__file__).parent / "tables" / "publication_dates.toml"
PROSE = "The ferry across the reservoir runs again, the harbour office said, after the pier had been closed for repair."


def figures(shared: Path) -> dict[str, float]:
    """Share of pages whose day is right; on made pages one that bears none must have none."""
    made = [told == day for told, day in judged()]
    found = {"made": sum(made) / len(made)}
    if (shared / FOLDER).is_dir():
        real = [told == day for told, day in with_address(shared)]
        found["without_address"] = sum(real) / len(real)
        found["all"] = (sum(made) + sum(real)) / (len(made) + len(real))
    return found


def judged() -> list[tuple[str, str]]:
    """For each made page the day that was read from it and the right one; empty where there is none."""
    cases = tomllib.loads(MADE.read_text("utf-8"))["pages"]
    return [(read(_page(case).encode(), case.get("url", "")), case["day"]) for case in cases]


def with_address(shared: Path) -> list[tuple[str, str]]:
    """The same for the benchmark's pages whose address bears a day, which is taken out of the page first."""
    with gzip.open(shared / FOLDER / "ground-truth.json.gz", "rt", encoding="utf-8") as file:
        truth = json.load(file)
    pairs = []
    for page in load(shared):
        address = truth[page.name]["url"]
        if day := in_address(address):
            path = address.split("://")[-1].partition("/")[2].encode()
            pairs.append((read(page.raw.replace(path, b"x").replace(path.replace(b"/", b"\\/"), b"x")), day))
    return pairs


def read(raw: bytes, url: str = "") -> str:
    """The day of publication read from a page; empty where none is known to the day."""
    article = Article(name="page.html", raw=raw, media_type="text/html", given=Given(url=url))
    published = clean(article, Theatre(name="world")).published
    return published.start.isoformat() if published.start and published.start == published.end else ""


def _page(case: dict[str, str]) -> str:
    head = f"<title>Ferry runs again</title>{case.get('head', '')}"
    prose = f"<p>{PROSE}</p><p>{PROSE[:-1]} since spring.</p>"
    body = f"<h1>Ferry runs again</h1>{case.get('body', '')}{prose}{case.get('after', '')}"
    lang, below = case.get("lang", ""), case.get("below", "")
    return f"<html lang='{lang}'><head>{head}</head><body><article>{body}</article>{below}</body></html>"
