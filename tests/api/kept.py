"""Writes ``docs/openapi.json`` anew: ``python -m tests.api.kept``, after looking at what changes for those who call."""

import json
from pathlib import Path

from fogline.api.app import make
from fogline.config import Settings
from fogline.store.memory import MemoryLedger

KEPT = Path(__file__).parents[2] / "docs" / "openapi.json"


def described() -> str:
    """The description of the API as it is now; of no version, so that a release alone changes nothing."""
    told = make(MemoryLedger(), Settings()).openapi()
    told["info"]["version"] = "1"
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    KEPT.write_text(described(), "utf-8")
