"""What the printed briefs share: words that no printer stumbles over, the line at the head, a reference."""

from __future__ import annotations

from fogline.publish import wording
from fogline.publish.parts import Brief, Citation, Standing

LABELS = {Standing.ASSESSED: "Assessed.", Standing.CLAIMED: "", Standing.NOTE: ""}

_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF])
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], " ")


def printable(text: str) -> str:
    """Text on one line without control characters, which XML forbids, and without marks that turn its direction.

    >>> printable("took\\x0b it \\u202e\\n")
    'took it'
    """
    lead, tail = text[:1] == " ", len(text) > 1 and text[-1:] == " "
    return f"{' ' * lead}{' '.join(text.translate(_CONTROLS).translate(_TURNING).split())}{' ' * tail}"


def head(brief: Brief) -> str:
    """As known on which day, from how much."""
    known = f"As known on {wording.day(brief.as_known_on)}" if brief.as_known_on else "The newest reports bear no date"
    counted = f"{wording.count(brief.claims, 'claim')}, {wording.reports_and_voices(brief.reports, brief.voices)}"
    return f"{known} · {counted} · {brief.theatre} · fogline {brief.version}"


def reference(one: Citation) -> str:
    """A citation with all that finds its passage again."""
    where = f"{one.document}, characters {one.start}-{one.end}"
    return f"[{one.number}] “{one.quote}” {one.told}, {one.dated}. {where}, SHA-256 {one.sha256}."
