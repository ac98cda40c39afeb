"""One frozen ``Settings``, made at the door from a TOML file and the environment; stages get the few fields they use."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from fogline.errors import BadSettings

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a run can be told.

    ``theatre`` names the conflict; empty means: recognise it from the documents. ``gazetteer`` is the path of a gazetteer
    file of the user's own, made by ``fogline gazetteer``; empty means: the shipped places alone. ``workers`` is the number of reading
    processes, 0 meaning: one for few documents, else one a core. ``engine`` says where they run: ``serial``, ``pool``, ``ray`` or
    ``ray://HOST:PORT``; empty means: here, as suits the number of documents. ``shards`` is the folder or address through
    which readings pass in files that any later build takes up; empty means: none. ``shard_seconds`` is how long a worker may take
    for a shard of articles, beside what their size grants; 0 means: without end. ``max_bytes`` is the largest file that is read.
    ``wait_seconds`` is how long a second writer waits for the first. ``allow_loopback`` lets addresses of this machine be
    fetched: for a server of one's own.
    """

    theatre: str = ""
    gazetteer: str = ""
    workers: int = 0
    engine: str = ""
    shards: str = ""
    shard_seconds: float = 300.0
    max_bytes: int = 20 * MEGABYTE
    wait_seconds: float = 30.0
    allow_loopback: bool = False

    def __post_init__(self) -> None:
        """Refuse values that make no sense, all of them at once."""
        wrong = [f"{name} is {value}" for name, value in self._floors() if value < 0]
        if wrong:
            raise BadSettings(f"Settings below zero: {'; '.join(wrong)}.", "Give a value of 0 or more.")

    def _floors(self) -> tuple[tuple[str, float], ...]:
        numbers = ("workers", "shard_seconds", "max_bytes", "wait_seconds")
        return tuple((name, getattr(self, name)) for name in numbers)


def load(path: Path | None = None, environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Settings from the defaults, then a TOML file, then ``FOGLINE_*`` variables, then what was ``given`` (``None``: not).

    Raises ``BadSettings`` for a file that is not TOML, a name that is not a setting, or a value of the wrong type.

    >>> load(environment={"FOGLINE_WORKERS": "2"}).workers
    2
    """
    settings = Settings()
    if path is not None:
        settings = _with(settings, _toml(path), str(path))
    found = {
        f.name: environment[f"FOGLINE_{f.name.upper()}"]
        for f in fields(Settings)
        if f"FOGLINE_{f.name.upper()}" in environment
    }
    settings = _with(settings, found, "the environment")
    return _with(settings, {name: value for name, value in given.items() if value is not None}, "the command line")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(
            f"{path}: not a settings file ({error}).", "Give a TOML file of name = value lines."
        ) from error


def _with(settings: Settings, values: Mapping[str, Any], origin: str) -> Settings:
    known = {f.name: type(getattr(settings, f.name)) for f in fields(Settings)}
    changed: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise BadSettings(f"{origin}: there is no setting {name!r}.", f"There are: {', '.join(known)}.")
        try:
            changed[name] = _flag(value) if known[name] is bool else known[name](value)
        except (TypeError, ValueError) as error:
            raise BadSettings(f"{origin}: {name} cannot be {value!r}.", f"Give a {known[name].__name__}.") from error
    return replace(settings, **changed)


def _flag(value: Any) -> bool:
    """Yes or no, also as the environment writes it; anything else is neither."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
    word = str(value).strip().lower()
    if word not in words:
        raise ValueError(f"{value!r} is neither true nor false")
    return words[word]
