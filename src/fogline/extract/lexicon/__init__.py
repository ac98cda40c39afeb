"""Word lists of the extractor, as data: read once a process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """The word list ``name`` (a TOML file in this folder)."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
