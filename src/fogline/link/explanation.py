"""Two purposes given for one action.

Two voices that explain the action at one place (by one side, where both name it) rival each other only where the words
say so: one names a purpose of a class (a feint) that the other's class (a gain) shuts out. All else stays unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fogline.link.facets import Facet
from fogline.link.verdict import Verdict
from fogline.link.wording import teller
from fogline.model import Kind, Modality, Polarity, Reason, Relation

ASPECT = "explanation"
WINDOW = 60
_KINDS = frozenset({Kind.INTENT, Kind.ASSESSMENT})
_REACH = 40
"""How many characters a negation reaches to the right."""


def compare(a: Facet, b: Facet) -> Verdict | None:
    """Whether two stated purposes of one action are rivals; ``None`` where nothing says that they are."""
    x, y = a.claim, b.claim
    if x.kind not in _KINDS or y.kind not in _KINDS or Kind.INTENT not in (x.kind, y.kind):
        return None
    if x.speaker == y.speaker or (a.voice and a.voice == b.voice):
        return None
    if (x.actor and y.actor and x.actor != y.actor) or not _told_together(a, b):
        return None
    if Modality.CONDITIONAL in (x.modality, y.modality):
        return None
    one, other = purposes(x.quote), purposes(y.quote)
    if x.polarity is Polarity.NEGATIVE or y.polarity is Polarity.NEGATIVE or not one or not other:
        return None
    if not _rivals(one, other):
        return None
    shown = f"{teller(a)} explains it as {_spell(one)}, {teller(b)} as {_spell(other)}"
    detail = f"{shown}; the one purpose shuts out the other."
    reason = Reason(name="rival purposes", detail=detail, claims=(a.id, b.id))
    return Verdict(Relation.CONTRADICTS, ASPECT, (reason,))


def speaks(facet: Facet) -> bool:
    """Whether the claim is of a kind that may give a purpose, and gives one."""
    return facet.claim.kind in _KINDS and bool(purposes(facet.claim.quote))


def purposes(text: str) -> frozenset[str]:
    """The classes of purpose that a text names and does not rule out.

    >>> sorted(purposes("The assault is a mere diversion."))
    ['feint']
    >>> sorted(purposes("They do not want to capture the town."))
    []
    """
    found: set[str] = set()
    folded = _exceptions().sub(lambda match: "-" * len(match.group()), text.casefold())
    for name, pattern in _patterns().items():
        for match in pattern.finditer(folded):
            before = folded[max(0, match.start() - _REACH) : match.start()]
            if not _ruled_out().search(before):
                found.add(name)
                break
    # Whoever calls it a show names the purpose he denies as well.
    return frozenset({"feint"}) if "feint" in found else frozenset(found)


def _rivals(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(
        (x in other and y in one) or (x in one and y in other) for x, ys in _table()["rivals"].items() for y in ys
    )


def _told_together(a: Facet, b: Facet) -> bool:
    if a.claim.document_id == b.claim.document_id:
        return True
    return a.said is not None and b.said is not None and abs(a.said - b.said) <= WINDOW


def _spell(classes: frozenset[str]) -> str:
    return " and ".join(f"“{name.replace('_', ' ')}”" for name in sorted(classes))


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("fogline.link").joinpath("explanations.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        name: re.compile(r"\b(?:" + "|".join(re.escape(stem) for stem in stems) + ")")
        for name, stems in _table()["classes"].items()
    }


@cache
def _exceptions() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(phrase) for phrase in _table()["ruled_out"]["except"]))


@cache
def _ruled_out() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in _table()["ruled_out"]["words"])
    return re.compile(rf"(?:\b(?:{listed})\b|n['’]t\b)[^.;:]*$")
