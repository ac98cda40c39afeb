"""A journal of forecasts and of people's resolutions: JSON lines, each with the hash of the one before it.

Nothing in it can be changed without every later hash failing: whoever keeps a copy of the last hash can show what was said when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from fogline.errors import BadScenario

Line = Mapping[str, Any]
FIRST = "0" * 64
"""What stands before the first line."""


def appended(lines: Sequence[Line], told: Line) -> str:
    """The next line of a journal as text, with its newline."""
    before = lines[-1]["hash"] if lines else FIRST
    body = {**told, "before": before}
    return json.dumps({**body, "hash": _hash(body)}, ensure_ascii=False, sort_keys=True) + "\n"


def read(name: str, text: str) -> tuple[Line, ...]:
    """The lines of a journal. Raises ``BadScenario`` with the line where one was changed, moved or taken out."""
    before, found = FIRST, []
    for number, row in enumerate(text.splitlines(), start=1):
        try:
            line = json.loads(row)
            body = {key: value for key, value in line.items() if key != "hash"}
            right = line["before"] == before and line["hash"] == _hash(body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadScenario(f"{name}, line {number}: no line of a journal ({error}).", _REMEDY) from error
        if not right:
            raise BadScenario(f"{name}, line {number}: changed after it was written, or a line before it was.", _REMEDY)
        before = line["hash"]
        found.append(line)
    return tuple(found)


_REMEDY = "Restore the journal from a copy; its lines are only ever added to."


def _hash(body: Line) -> str:
    raw = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode("utf-8")).hexdigest()
