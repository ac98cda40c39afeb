"""Whose own words a text is, read from its letterhead and its signature: a notice, an order, an appeal.

A text in the first person that an office heads ("X District Military Administration") or that somebody signs at its end,
with an office beside the name, is theirs and no report by others. It says "our", or opens with whom it speaks to: a
reporter says "we" too, and an office of the press signs no notice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fogline.extract.naming import words

_WORD = r"[^\W\d_a-z](?:[\w’'-]*\w|\.)?"
NAME = rf"{_WORD}(?: (?:(?:van|von|der|den|de|al|bin) )?{_WORD}){{1,3}}"
"""A full name of two to four capitalised words or initials."""
QUOTED = re.compile(r"[\"“„«][^\"”»“]*[\"”»“]")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b(?! Corps)")
_OUR = re.compile(r"\b(?:[Oo]ur|[Mm]y)\b")
_ADDRESS = re.compile(r"(?:Dear|To) (?:all |the |our |every )*\w[^.]{2,80}")
_SIGNED = re.compile(rf"(?:[―—–-]+ ?)?(?P<name>{NAME})(?:, (?P<role>[^.!?\n]{{3,80}}))?")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|says?|said|to)\b")

HEAD = 3
"""Lines from the top among which a letterhead stands."""
TAIL = 3
"""Lines from the end among which a signature stands."""
LONGEST = 12
"""Words of the longest line of a letterhead or a signature."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a text: a ``name`` (a person's if ``person``), the office beside it, and the letterhead above it."""

    name: str
    role: str
    head: str
    person: bool


def signed_by(text: str) -> Author | None:
    """Who signed a text in the first person, or the office that heads it; ``None`` where neither does.

    >>> signed_by("To all residents\\n\\nWe open the bridge today.\\n\\nHead of the council\\nPetro Bondar").name
    'Petro Bondar'
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    own = QUOTED.sub("", text)
    addressed = _OUR.search(own) or any(_ADDRESS.fullmatch(line) for line in lines[:HEAD])
    if len(lines) < HEAD or not addressed or not FIRST_PERSON.search(own):
        return None
    head = next((line for line in lines[:HEAD] if _is_office(line)), "")
    for number in range(len(lines) - 1, max(0, len(lines) - 1 - TAIL), -1):
        found = _SIGNED.fullmatch(lines[number].rstrip("."))
        role = (found["role"] or _role(lines[number - 1])) if found else ""
        if found and role and _is_held(role) and not _is_held(found["name"]) and not _is_of_press(role):
            return Author(found["name"], role, head, person=True)
    return Author(head, "", head, person=False) if head else None


def _role(line: str) -> str:
    return line.rstrip(",: ") if len(line.split()) <= LONGEST and line[-1] not in ".!?" else ""


def _is_held(line: str) -> bool:
    """Whether a line names an office that somebody holds."""
    small = {word.strip(".,:").lower() for word in line.split()}
    return bool(small & (words("role_nouns") | words("titles")))


def _is_of_press(role: str) -> bool:
    return any(word.strip(".,:").lower() in words("press") for word in role.split())


def _is_office(line: str) -> bool:
    """Whether a line is the name of an office alone: capitalised words, with one for an organisation."""
    parts = line.split()
    small = {part.strip(".,:").lower() for part in parts}
    if (
        not 2 <= len(parts) <= LONGEST
        or line[-1] in ".!?:;"
        or _FINITE.search(line)
        or not small & words("organisation")
    ):
        return False
    return all(part[:1].isupper() or part.lower() in ("of", "the", "and", "for", "in") for part in parts)
