"""Whom a word means that names nobody: "he", "they", "the governor", "the ministry", by who was named before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fogline.extract.naming import Naming, words
from fogline.extract.syntax import Word
from fogline.model import Speaker, SpeakerType

NEAR = 1500
"""Characters back within which a pronoun or a role noun is taken to point to the last speaker: some three paragraphs."""


def last_person(heard: Sequence[tuple[int, Speaker]], position: int) -> Speaker | None:
    """Whom "he" or "she" means: the last person near."""
    for where, speaker in reversed(heard):
        if speaker.type is SpeakerType.PERSON and where <= position:
            return speaker if position - where <= NEAR else None
    return None


def last_group(heard: Sequence[tuple[int, Speaker]], position: int, pronoun: Word) -> Speaker | None:
    """Whom "it" or "they" means: the last organisation named close by."""
    if pronoun.lower_ not in ("they", "it", "its", "their", "them"):
        return None
    for where, speaker in reversed(heard):
        if speaker.type is not SpeakerType.PERSON and where < position:
            return speaker if position - where <= NEAR // 2 else None
    return None


def by_role(said: Naming, heard: Sequence[tuple[int, Speaker]], position: int) -> Speaker | None:
    """Whom "the expert" or "the governor" means: a role that fits anyone the last person near, another its holder."""
    persons = [(where, s) for where, s in heard if s.type is SpeakerType.PERSON and where <= position]
    if persons and said.noun in words("generic_roles") and position - persons[-1][0] <= NEAR:
        return persons[-1][1]
    asked = _ALIKE.get(said.noun, said.noun)
    for _, speaker in reversed(persons):
        held = re.findall(r"[\w-]+", f"{speaker.role} {speaker.name}".lower())
        if asked in held or any(_ALIKE.get(word) == asked for word in held):
            return speaker
    return None


_ALIKE = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "serviceman": "soldier", "servicewoman": "soldier", "advisor": "adviser", "head": "chief",
    "department": "ministry",
}  # fmt: skip
"""Words for one role or office that a text and the theatre may put differently."""


_OFFICE_HELD = re.compile(
    r"\b(?:head|chief|chair\w*|director|commander|spokes\w+|member|secretary) (?:of|for) (?:the )?(.+)", re.IGNORECASE
)
"""What somebody speaks for, by his role: "head of the town administration"."""


def _parts(name: str) -> set[str]:
    return set(re.findall(r"[\w-]+", name.lower()))


def by_short_form(tokens: Sequence[Word], heard: Sequence[tuple[int, Speaker]], position: int) -> Speaker | None:
    """Whom "the ministry" means: the last organisation heard near whose name holds all these words."""
    short = {token.lower_ for token in tokens[1:]}
    found = _last_holding(short, heard, position)
    return found or _last_holding({_ALIKE.get(word, word) for word in short}, heard, position)


def _last_holding(short: set[str], heard: Sequence[tuple[int, Speaker]], position: int) -> Speaker | None:
    for where, speaker in reversed(heard):
        if where > position or position - where > NEAR:
            continue
        if speaker.type is SpeakerType.ORGANISATION and short <= _parts(speaker.name):
            return speaker
        office = _OFFICE_HELD.search(speaker.role) or _OFFICE_HELD.search(f"{speaker.role} of {speaker.affiliation}")
        if speaker.type is SpeakerType.PERSON and office and short <= _parts(office[1]):
            return replace(speaker, name=office[1], role="", affiliation="", type=SpeakerType.ORGANISATION)
    return None
