"""Who is known by name, and what each may do; and the file that gives people tokens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fogline.errors import UsageError

SHORTEST_TOKEN = 20
"""Characters under which a token can be guessed."""

LONGEST_NAME = 200
"""Characters of a name that judgements are signed with."""


class Role(StrEnum):
    """What somebody may do: read; decide and undo what he decided himself; undo what others decided, too."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is known by a token or by signing in; a judgement bears the name."""

    name: str
    role: Role


def read_tokens(path: Path) -> dict[str, Person]:
    """SHA-256 of each token to whom it was given; raises ``UsageError`` for a file that does not say that."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}).", "Give a text file of lines NAME TOKEN ROLE.") from error
    known: dict[str, Person] = {}
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if (
            len(words) not in (2, 3)
            or len(words[1]) < SHORTEST_TOKEN
            or (len(words) == 3 and words[2] not in list(Role))
        ):
            raise UsageError(
                f"{path}, line {number}: not a name, a token of at least {SHORTEST_TOKEN} characters, and a role.",
                f"Write NAME TOKEN ROLE, with a long random token; roles are {', '.join(Role)}.",
            )
        digest = hashlib.sha256(words[1].encode()).hexdigest()
        if digest in known:
            raise UsageError(
                f"{path}, line {number}: this token was given to {known[digest].name}.",
                "Give each person one of his own.",
            )
        known[digest] = Person(words[0][:LONGEST_NAME], Role(words[2]) if len(words) == 3 else Role.READER)
    if not known:
        raise UsageError(f"{path}: names no token.", "Write a line NAME TOKEN ROLE for each who may read.")
    return known
