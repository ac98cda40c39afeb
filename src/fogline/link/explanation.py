"""Two purposes, or causes, given for one action.

Two voices that explain the action at one place (by one side, where both name it) rival each other only where the words
say so: one names a purpose of a class (a feint) that the other's class (a gain) shuts out. Where both name the same
class they bear each other out. All else stays unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fogline.link import act
from fogline.link.facets import Facet
from fogline.link.verdict import Verdict
from fogline.link.wording import teller
from fogline.model import Kind, Modality, Reason, Relation

ASPECT = "explanation"
WINDOW = 60
_KINDS = frozenset({Kind.INTENT, Kind.ASSESSMENT})
_LEAVING = frozenset({"leave", "flee"})
_REACH = 40
"""How many characters a negation reaches to the right."""


def compare(a: Facet, b: Facet) -> Verdict | None:
    """Whether two explanations of one action are rivals or one; ``None`` where nothing says either."""
    x, y = a.claim, b.claim
    if x.speaker == y.speaker or (a.voice and a.voice == b.voice):
        return None
    if _other_side(a, b) or not told_together(a, b):
        return None
    if Modality.CONDITIONAL in (a.modality, b.modality) or a.denied or b.denied:
        return None
    one, other = given(a), given(b)
    if not one or not other:
        return None
    shown = f"{teller(a)} explains it as {_spell(one)}, {teller(b)} as {_spell(other)}"
    if _rivals(one, other):
        detail = f"{shown}; the one purpose shuts out the other."
        reason = Reason(name="rival purposes", detail=detail, claims=(a.id, b.id))
        return Verdict(Relation.CONTRADICTS, ASPECT, (reason,))
    if one == other:
        reason = Reason(name="one purpose", detail=f"{shown}.", claims=(a.id, b.id))
        return Verdict(Relation.CORROBORATES, ASPECT, (reason,))
    return None


def _other_side(a: Facet, b: Facet) -> bool:
    """Whether they explain what different sides do: the side that each names first, or else who acts."""
    one, other = (f.named[0] if f.named else f.actor for f in (a, b))
    return bool(one and other and one != other)


def speaks(facet: Facet) -> bool:
    """Whether the claim gives a purpose or a cause."""
    return bool(given(facet))


def given(facet: Facet) -> frozenset[str]:
    """The classes of purpose or cause that a claim gives: by its kind, or by words such as "because" or "for show"."""
    quote = facet.claim.quote
    explains = facet.claim.kind in _KINDS
    folded = "" if explains else quote.casefold()
    if not (explains or _causes().search(folded) or _patterns()["feint"].search(folded)):
        return frozenset()
    found = purposes(quote)
    if not explains and "feint" not in found and not _causes().search(folded):
        return frozenset()
    causes = found & frozenset(_table()["causes"]["leaving"])
    if causes and not act.read(quote).classes & _LEAVING:
        found -= causes  # why somebody left is asked only where somebody left
    return found if explains else found - {"gain"}


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


def told_together(a: Facet, b: Facet) -> bool:
    """Whether both stand in one report, or in reports of about one time."""
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
def _causes() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in _table()["causes"]["words"]) + ")")


@cache
def _exceptions() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(phrase) for phrase in _table()["ruled_out"]["except"]))


@cache
def _ruled_out() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in _table()["ruled_out"]["words"])
    return re.compile(rf"(?:\b(?:{listed})\b|n['’]t\b)[^.;:]*$")
