"""The project's own sentences: how firmly a thing is put in each mouth, and who is said to hold a place, and how.

    python -m evals.sentences [--verbose]

Each sentence is heard as a report of its own in the theatre of Ukraine, by the whole path up to claims. A row of
``tables/factuality.jsonl`` names a word, a speaker (none: the report, or a source that it does not name) and the
polarity, certainty and modality that the speaker gives it. A row of ``tables/control.jsonl`` names the claims of control
that the sentence makes, or none: a condition, an aim, a fear, a plan or a forecast of a capture is no claim that
anybody holds the place. A row of ``tables/attribution.jsonl`` names the source (none: nobody is named), the content and the
form of an attribution; or the speaker of the claim at a word and whom he is heard through; or that nobody says anything.
A row of ``tables/metonymy.jsonl`` says whether a name is used of the place or of those who govern it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fogline.extract import attribution, places
from fogline.extract.claims import EnglishExtractor
from fogline.extract.parse import parse
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import CONTESTED, Claim, Document, Kind, Modality, Precision, Spans, When
from fogline.model.manner import DISPUTED, ENCIRCLED, PARTLY, RETAKING, TAKING
from fogline.theatres.loading import load

FOLDER = Path(__file__).parent / "tables"
DAY = date(2025, 11, 21)
LOSSES = frozenset({"lose", "loss", "surrender", "cede", "relinquish", "abandon", "yield"})
Row = Mapping[str, Any]


def figures(shared: Path | None = None, verbose: bool = False) -> dict[str, float]:
    """The share of sentences of each table that are heard right; needs no other data."""
    measured: dict[str, float] = {}
    for name, is_right in (("factuality", firm), ("control", held), ("attribution", said), ("metonymy", used)):
        rows = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
        heard = list(hear(row["text"] for row in rows))
        right = [is_right(row, claims) for row, claims in zip(rows, heard, strict=True)]
        measured[name] = sum(right) / len(rows)
        if verbose:
            print(*_misses(rows, heard, right), sep="\n")
    return measured


def hear(texts: Iterable[str]) -> Iterable[tuple[Claim, ...]]:
    """The claims of each text, as of a report of its own."""
    theatre = load("ukraine")
    extractor = EnglishExtractor(theatre, gazetteer_of(theatre))
    published = When(start=DAY, end=DAY, edtf=DAY.isoformat(), precision=Precision.DAY)
    documents = [
        Document(article_id=f"a{n}", name=f"{n}.txt", text=text, outlet="Plain Courier", language="en", published=published)
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return extractor.extract(documents)


def firm(row: Row, claims: Sequence[Claim]) -> bool:
    """Whether a claim over the row's word, in the mouth it names, is put as firmly as the row says."""
    at = row["text"].index(row["at"])
    by = (row["by"],) if row["by"] else ("Plain Courier", "unnamed source")
    own = [c for c in claims if c.span.start <= at < c.span.end and any(name in c.speaker.name for name in by)]
    wanted = (row["polarity"], row["certainty"], row["modality"])
    return any((c.polarity.value, c.certainty.value, c.modality.value) == wanted for c in own)


def held(row: Row, claims: Sequence[Claim]) -> bool:
    """Whether the claims of control that are put as actual are those of the row, and a claim of encirclement where it asks one."""
    found = {
        (place.name, c.holder, manner(c), c.polarity.value)
        for c in claims
        if c.kind is Kind.CONTROL and c.modality is Modality.ACTUAL
        for place in c.places
    }
    wanted = {(w["place"], w["holder"], w["manner"], w["polarity"]) for w in row["expect"]}
    around = "battle" not in row or any(c.kind is Kind.BATTLE and manner(c) == row["battle"] for c in claims)
    return found == wanted and around


def said(row: Row, claims: Sequence[Claim]) -> bool:
    """Whether the row's attribution is found, or its claim's chain up to the outlet, or nothing where nobody says anything."""
    if "chain" in row:
        at = row["text"].index(row["at"])
        chains = [[s.name for s in c.attribution.chain[:-1]] for c in claims if c.span.start <= at < c.span.end]
        return any(
            len(chain) == len(row["chain"]) and all(a in b for a, b in zip(row["chain"], chain, strict=True))
            for chain in chains
        )
    document = Document(article_id="a", name="a.txt", text=row["text"])
    found = attribution.find(document, parse(document))
    if "none" in row:
        return not found
    told = {(_words(s.source, row["text"]), _words(s.content, row["text"]), s.type.value) for s in found}
    return (row["source"].strip(" ,"), row["content"].strip(" ,."), row["type"]) in told


def used(row: Row, claims: Sequence[Claim]) -> bool:
    """Whether the row's name is taken for the place, or for those who govern it, as the row says."""
    theatre = load("ukraine")
    document = Document(article_id="a", name="a.txt", text=row["text"])
    found = places.find(document, gazetteer_of(theatre), theatre)
    return any(t.text.startswith(row["at"]) and t.use.value == row["use"] for t in found)


def _words(spans: Spans, text: str) -> str:
    return " ".join(span.of(text).strip() for span in spans).strip(" ,.")


def manner(claim: Claim) -> str:
    """The class of a claim's manner."""
    if claim.holder == CONTESTED:
        return "disputed"
    classes = {
        "losing": LOSSES, "retaking": RETAKING, "taking": TAKING, "partly": PARTLY, "encircled": ENCIRCLED,
        "disputed": DISPUTED,
    }  # fmt: skip
    return next((name for name, words in classes.items() if claim.manner in words), "holding")


def _misses(rows: Sequence[Row], heard: Sequence[Sequence[Claim]], right: Sequence[bool]) -> Iterable[str]:
    for row, claims, well in zip(rows, heard, right, strict=True):
        if not well:
            yield f"{row}"
            for c in claims:
                yield (
                    f"    {c.speaker.name}: {c.kind.value} {c.holder} {c.manner!r} {c.polarity.value} {c.certainty.value}"
                    f" {c.modality.value} {[p.name for p in c.places]}"
                )


if __name__ == "__main__":
    for figure, value in figures(verbose="--verbose" in sys.argv).items():
        print(f"{figure}  {value:.3f}")
