"""A matrix of competing hypotheses as a first draft: from the explanations that speakers give, and what is told from the place.

Each class of purpose that somebody gives is a hypothesis. Rows are the explanations themselves (testimony: it fits its own and speaks
against what it shuts out) and what others tell of deeds there, one row a kind of deed. A family stands in one row alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from fogline.foresee.hypotheses import Cell, Consistency, Evidence, Hypothesis, Matrix
from fogline.model import Basis, Claim, Kind, Modality, Polarity

LEAVING = frozenset({"of_free_will", "under_force"})
"""Purposes, or causes, of a withdrawal."""
RIVALS = (frozenset({"feint", "gain"}), LEAVING)
"""Purposes that shut each other out."""
WEAK = (
    "insufficient",
    "not enough",
    "lack",
    "do not have",
    "does not have",
    "don't have",
    "doesn't possess",
    "too few",
    "exhaust",
)
"""Words for forces that are too few for what is aimed at."""
DEEDS = (
    Kind.CONTROL,
    Kind.ADVANCE,
    Kind.WITHDRAWAL,
    Kind.BATTLE,
    Kind.STRIKE,
    Kind.FORCES,
    Kind.LOGISTICS,
    Kind.LOSSES,
)

Purposes = Callable[[Claim], frozenset[str]]
"""The classes of purpose that a claim gives."""


def draft(place: str, claims: Sequence[Claim], families: Mapping[str, str], purposes: Purposes) -> Matrix:
    """The matrix of a place; without hypotheses where fewer than two purposes are given."""
    told = [c for c in claims if c.kind in (Kind.INTENT, Kind.ASSESSMENT) and c.polarity is Polarity.POSITIVE]
    given = {c.id: purposes(c) for c in told}
    named = {name for found in given.values() for name in found}
    # Why a side left is a question only where both answers are given: one alone tells of some other withdrawal.
    named -= frozenset() if named >= LEAVING else LEAVING
    given = {name: found & named for name, found in given.items()}
    classes = [name for name in _table()["titles"] if name in named]
    side = _side([c for c in claims if given.get(c.id)])
    hypotheses = tuple(
        Hypothesis(
            id=name,
            title=_table()["titles"][name],
            prior=1 / len(classes),
            said=tuple(c.id for c in claims if name in given.get(c.id, ())),
        )
        for name in classes
    )
    spent: set[str] = set()
    rows = [*_testimony(claims, given, classes, families, spent), *_deeds(claims, side, classes, families, spent)]
    question = f"What is the action at {place} for?"
    return Matrix(id=place, place=place, question=question, hypotheses=hypotheses, rows=tuple(rows))


def _testimony(
    claims: Sequence[Claim],
    given: Mapping[str, frozenset[str]],
    classes: Sequence[str],
    families: Mapping[str, str],
    spent: set[str],
) -> list[Evidence]:
    """One row a speaker and what he explains it by."""
    groups: dict[tuple[str, frozenset[str]], list[Claim]] = {}
    for claim in claims:
        if given.get(claim.id):
            groups.setdefault((claim.speaker.name, given[claim.id]), []).append(claim)
    rows = []
    for number, ((speaker, names), own) in enumerate(groups.items(), start=1):
        voices = {families.get(c.id, c.id) for c in own} - spent
        spent |= voices
        if voices:
            # One speaker is one voice, however often he says it.
            told = " and ".join(name.replace("_", " ") for name in sorted(names))
            cells = tuple(_testified(name, names, speaker) for name in classes)
            rows.append(
                Evidence(
                    id=f"said {number}",
                    title=f"{speaker} explains it as {told}",
                    claims=_ids(own),
                    voices=1,
                    cells=cells,
                )
            )
    return rows


def _testified(name: str, names: frozenset[str], speaker: str) -> Cell:
    if name in names:
        return Cell(letter=Consistency.CONSISTENT, why=f"{speaker} says so")
    if any({name, other} == pair for pair in RIVALS for other in names):
        return Cell(letter=Consistency.INCONSISTENT, why=f"{speaker} gives what shuts it out")
    return Cell(letter=Consistency.NEUTRAL, why="")


def _deeds(
    claims: Sequence[Claim], side: str, classes: Sequence[str], families: Mapping[str, str], spent: set[str]
) -> list[Evidence]:
    """One row a kind of deed of the side whose action is explained."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        sort = _sort(claim, side)
        if sort and families.get(claim.id, claim.id) not in spent:
            groups.setdefault(sort, []).append(claim)
    rows = []
    for sort in (*(kind.value for kind in DEEDS), "weak", "stalled"):
        own = groups.get(sort, [])
        voices = {families.get(c.id, c.id) for c in own} - spent
        spent |= voices
        cells = tuple(_cell(name, sort) for name in classes)
        if voices:
            title = {"weak": "Its forces are said to be too few", "stalled": "Its attacks are said to gain nothing"}
            told = title.get(sort, f"{sort.capitalize()} told of {side or 'it'}")
            rows.append(Evidence(id=sort, title=told, claims=_ids(own), voices=len(voices), cells=cells))
    return rows


def _sort(claim: Claim, side: str) -> str:
    """What sort of deed a claim tells of the side; "" for none."""
    quote = claim.quote.lower()
    if claim.kind in (Kind.FORCES, Kind.ASSESSMENT, Kind.INTENT) and any(word in quote for word in WEAK):
        return "weak"
    if claim.modality is not Modality.ACTUAL or claim.kind not in DEEDS or _is_past(claim):
        return ""
    if side and side not in (claim.actor, claim.holder):
        return ""
    if claim.polarity is Polarity.NEGATIVE:
        return "stalled" if claim.kind in (Kind.ADVANCE, Kind.BATTLE, Kind.CONTROL) else ""
    return claim.kind.value


def _is_past(claim: Claim) -> bool:
    """Whether a claim tells of another time by its year or an event: background, and no part of the action that is explained."""
    when = claim.when
    return when.basis is Basis.ANCHOR_RELATIVE or (
        when.basis is Basis.STATED and re.search(r"\b\d{4}\b", when.text) is not None
    )


def _cell(name: str, sort: str) -> Cell:
    letter, why = _table()[name].get(sort, ("N", ""))
    return Cell(letter=Consistency(letter), why=why)


def _side(claims: Sequence[Claim]) -> str:
    """The side whose action is explained: the one that most explanations name as acting."""
    actors = [claim.actor for claim in claims if claim.actor]
    return max(sorted(set(actors)), key=actors.count, default="")


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("fogline.foresee").joinpath("consistency.toml").read_text(encoding="utf-8"))
