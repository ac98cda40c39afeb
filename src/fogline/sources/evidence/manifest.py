"""The manifest: a line for each kept response, each line bound to the one before it by its hash."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fogline.errors import BrokenEvidence

MANIFEST = "manifest.log"
FIRST = "0" * 64
"""What stands before the first line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One response: where it stands (``file``, ``start``, ``end``) and what it is; ``sha256`` is of the body as sent.

    ``body`` says whether the body itself stands there, or was kept before (``False``). ``before`` is the line's hash before it.
    """

    number: int
    at: str
    url: str
    status: int
    sha256: str
    body: bool
    file: str
    start: int
    end: int
    block: str
    before: str

    @property
    def hash(self) -> str:
        """The hash of the line, which the next one carries."""
        return hashlib.sha256(_line(self).encode()).hexdigest()


def written(kept: Kept) -> str:
    """The line as it stands in the manifest: its fields and then its own hash."""
    return json.dumps({**asdict(kept), "hash": kept.hash}, ensure_ascii=False) + "\n"


def append(folder: Path, kept: Kept) -> None:
    """Add a line; when this returns it is on the disk."""
    with (folder / MANIFEST).open("ab") as file:
        file.write(written(kept).encode())
        file.flush()
        os.fsync(file.fileno())


def lines(folder: Path) -> Iterator[Kept]:
    """The lines in their order; raises ``BrokenEvidence`` at the first that was changed, left out or moved.

    A last line that was cut off (a kill in the middle of writing it) is no line.
    """
    path = folder / MANIFEST
    before = FIRST
    for number, raw in enumerate(_whole_lines(path), 1):
        where = f"{path}, line {number}"
        try:
            fields: dict[str, Any] = json.loads(raw)
            claimed = fields.pop("hash")
            kept = Kept(**fields)
        except (ValueError, TypeError, KeyError) as error:
            raise BrokenEvidence(f"{where}: it is no line of a manifest.", _HINT) from error
        if kept.before != before or kept.number != number or kept.hash != claimed:
            raise BrokenEvidence(f"{where}: it was changed, or a line before it was changed or left out.", _HINT)
        before = kept.hash
        yield kept


_HINT = "Restore the folder from a copy; what stands before that line still holds."


def mend(folder: Path) -> None:
    """Cut off what a kill left half-written behind the manifest's last whole line."""
    path = folder / MANIFEST
    if path.exists():
        size = sum(len(line) for line in _whole_lines(path))
        if path.stat().st_size > size:
            os.truncate(path, size)


def _whole_lines(path: Path) -> Iterator[bytes]:
    if not path.exists():
        return
    with path.open("rb") as file:
        yield from (line for line in file if line.endswith(b"\n"))


def _line(kept: Kept) -> str:
    return json.dumps(asdict(kept), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
