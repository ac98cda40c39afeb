"""The demonstration reports: gold claims written from reading them, and what is pinned of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from evals.matching import load
from evals.reading import hear, measure

FOLDER = Path(__file__).parent.parent / "examples" / "kupiansk"
"""Where the demonstration set lies: ``reports`` and ``gold``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How large the set is, and a digest of its reports and gold; pinned, so that shrinking it shows."""

    reports: int
    claims: int
    links: int
    control: int
    digest: str

    def smaller_than(self, pinned: Extent) -> tuple[str, ...]:
        """The parts of which there are fewer than were pinned."""
        parts = ("reports", "claims", "links", "control")
        return tuple(part for part in parts if getattr(self, part) < getattr(pinned, part))


def extent(folder: Path = FOLDER) -> Extent:
    """The size and digest of the set in a folder."""
    files = sorted(path for part in ("reports", "gold") for path in (folder / part).iterdir() if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        raw = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{len(raw)}\n".encode() + raw)
    return Extent(
        reports=sum(_reports(path) for path in (folder / "reports").iterdir()),
        claims=_lines(folder / "gold/claims.jsonl"),
        links=_lines(folder / "gold/links.jsonl"),
        control=_lines(folder / "gold/control.jsonl"),
        digest=digest.hexdigest(),
    )


def _reports(path: Path) -> int:
    if path.suffix == ".jsonl":
        return _lines(path)
    return int(path.suffix in (".txt", ".md", ".html"))


def _lines(path: Path) -> int:
    return sum(bool(line.strip()) for line in path.read_text("utf-8").splitlines())


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Recall of the gold claims, fields right of those asked, and the share of claims in prose: 0 to 1.

    ``shared`` is not looked at: the set is part of the project.
    """
    del shared
    golds = load(FOLDER / "gold/claims.jsonl")
    return measure("demonstration", golds, hear([FOLDER / "reports"]), verbose)
