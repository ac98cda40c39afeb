"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

AROUND = 6
"""Words shown on both sides of a change."""


def changed(old: str, new: str) -> Iterator[str]:
    """Each change with the words around it: what was taken out in ``[-...-]``, what was put in in ``{+...+}``.

    >>> list(changed("Two villages fell on Friday.", "Three villages fell on Friday."))
    ['[-Two-] {+Three+} villages fell on Friday.']
    """
    before, after = re.findall(r"\S+", old), re.findall(r"\S+", new)
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        pieces: list[str] = []
        for what, start, end, first, last in group:
            if what == "equal":
                pieces += before[start:end]
                continue
            if end > start:
                pieces.append(f"[-{' '.join(before[start:end])}-]")
            if last > first:
                pieces.append(f"{{+{' '.join(after[first:last])}+}}")
        yield " ".join(pieces)
