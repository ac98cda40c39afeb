"""Words of amounts, from ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLES = tomllib.loads(files("fogline.extract.quantities").joinpath("lexicon.toml").read_text(encoding="utf-8"))

UNITS: dict[str, str] = {word: unit for unit, words in _TABLES["units"].items() for word in words}
SQUARE: dict[str, str] = _TABLES["square"]
CUBIC: dict[str, str] = _TABLES["cubic"]
TIME = frozenset(_TABLES["time"]["units"])
LENGTHS = frozenset(_TABLES["length"]["units"])
PER: dict[str, str] = _TABLES["per"]
RATES: dict[str, str] = _TABLES["rates"]
_WORDS = {name: frozenset(words) for name, words in _TABLES["words"].items()}
ABOUT = _WORDS["about"]
ADJECTIVES = _WORDS["adjectives"]
WHOLES = _WORDS["wholes"]
COUNTED = _WORDS["counted"]
NOT_COUNTED = _WORDS["not_counted"]
STOPS = _WORDS["stops"]
DETERMINERS = _WORDS["determiners"]
LABELS = _WORDS["labels"]
LONE = _WORDS["lone"]
