"""What goes wrong with temporary files, said by one error that names their folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fogline.errors import SpillError

_HINT = (
    "Free some space there, or name another folder by TMPDIR: concluding takes some 2 KB a claim. What was stored before is safe; "
    "run the same command again."
)


@contextmanager
def spilled(folder: Path, foreign: type[Exception] = OSError) -> Iterator[None]:
    """Within this, a foreign error comes out as a ``SpillError`` that names the folder."""
    try:
        yield
    except foreign as error:
        told = getattr(error, "strerror", None) or str(error)
        raise SpillError(f"{folder}: temporary files cannot be written or read ({told}).", _HINT) from error
