"""The word lists of ``lexicon/places.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words, by what they say about a capitalised word that they are or stand beside; all in small letters."""

    common: frozenset[str]
    compass: frozenset[str]
    calendar: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    organisations: frozenset[str]
    landmarks: frozenset[str]
    units: frozenset[str]
    institutions: frozenset[str]


@cache
def words() -> Words:
    """The lists, read once a process."""
    raw = tomllib.loads((files("fogline.extract") / "lexicon" / "places.toml").read_text("utf-8"))
    lists = {name: frozenset(words.split()) for name, words in raw.items()}
    return Words(
        common=lists["common"] | lists["calendar"] | lists["words"] | lists["cyrillic"],
        **{
            name: lists[name]
            for name in (
                "compass",
                "calendar",
                "titles",
                "given_names",
                "organisations",
                "landmarks",
                "units",
                "institutions",
            )
        },
    )
