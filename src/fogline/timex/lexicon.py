"""The calendar's words, from ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

_TABLES = tomllib.loads(files("fogline.timex").joinpath("lexicon.toml").read_text(encoding="utf-8"))


def _by_word(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {word: int(key) for key, words in table.items() for word in words}


MONTHS = _by_word(_TABLES["months"])
SHORT_MONTHS = _by_word(_TABLES["short_months"])
ANY_MONTH = {**SHORT_MONTHS, **MONTHS}
WEEKDAYS = _by_word(_TABLES["weekdays"])
ANY_WEEKDAY = {**_by_word(_TABLES["short_weekdays"]), **WEEKDAYS}
SEASONS = _by_word(_TABLES["seasons"])
UNITS: dict[str, str] = {word: unit for unit, words in _TABLES["units"].items() for word in words}
DAY_WORDS = _by_word(_TABLES["day_words"])
YEAR_WORDS = frozenset(_TABLES["year_words"]["words"])
COUNTED = frozenset(_TABLES["counted"]["words"])


def words(name: str) -> frozenset[str]:
    """A list of words by its name in the table ``words``."""
    return frozenset(_TABLES["words"][name])
