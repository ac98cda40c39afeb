"""The demonstration reports through the whole path: pairs of claims, and who held what on which day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from evals.demonstration import FOLDER
from evals.matching import load, match_all, share
from evals.reading import gazetteer_names
from fogline.config import Settings
from fogline.model import Claim, Conclusions, Control, Family, Link, Reading, Relation

if TYPE_CHECKING:
    from fogline.store.memory import MemoryLedger

NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""When the ledger is said to be built; no figure depends on it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two gold claims by id, how they stand to each other, and the aspects that are right (empty: not asked)."""

    a: str
    b: str
    relation: Relation
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """Who held a place on a day, as known by a day (``None``: from all reports): any of ``status``."""

    place: str
    day: date
    known_by: date | None
    status: tuple[str, ...]


class Ties:
    """How claims are tied to each other by families and links; a copy is tied as its family is."""

    def __init__(self, families: Iterable[Family], links: Iterable[Link]) -> None:
        self._family = {member: family.id for family in families for member in family.members}
        self._links: dict[frozenset[str], list[Link]] = {}
        for link in links:
            self._links.setdefault(self._key(link.a, link.b), []).append(link)

    def between(self, a: str, b: str) -> tuple[tuple[Relation, str], ...]:
        """The relations between two claims, each with its aspect; members of one family repeat each other."""
        tied = [(link.relation, link.aspect) for link in self._links.get(self._key(a, b), [])]
        one_voice = a in self._family and self._family.get(a) == self._family.get(b)
        return (*tied, *([(Relation.REPEATS, "")] if one_voice else []))

    def _key(self, a: str, b: str) -> frozenset[str]:
        return frozenset((self._family.get(a, a), self._family.get(b, b)))


def figures(shared: Path, verbose: bool = False) -> dict[str, float]:
    """Shares from 0 to 1: pairs with the right relation (all, by relation), aspects right, days with the right holder.

    ``apart`` is the share of unrelated pairs that nothing ties. ``shared`` is not looked at.
    """
    del shared
    from fogline.flow import build
    from fogline.store.memory import MemoryLedger

    ledger = MemoryLedger()
    build([FOLDER / "reports"], ledger, Settings(workers=1), now=NOW)
    chosen = gold_claims(ledger)
    tied = pair_figures(load_pairs(FOLDER / "gold/links.jsonl"), chosen, ledger.conclusions(), verbose)
    days = load_days(FOLDER / "gold/control.jsonl")
    return {**tied, "days": days_right(days, ledger, verbose)}


def gold_claims(ledger: MemoryLedger) -> dict[str, Claim]:
    """The claim held against each gold claim that was found, by the gold claim's id."""
    claims: dict[str, list[Claim]] = {}
    for claim in ledger.claims():
        claims.setdefault(claim.document_id, []).append(claim)
    readings = [
        Reading(
            article=ledger.article(document.article_id), document=document, claims=tuple(claims.get(document.id, ()))
        )
        for document in ledger.documents()
    ]
    matches = match_all(load(FOLDER / "gold/claims.jsonl"), readings, gazetteer_names())
    return {match.gold.id: match.claim for match in matches if match.claim is not None}


def load_pairs(path: Path) -> tuple[Pair, ...]:
    """The gold pairs of a JSON lines file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return tuple(Pair(r["a"], r["b"], Relation(r["relation"]), tuple(r.get("aspect", ()))) for r in rows)


def load_days(path: Path) -> tuple[Day, ...]:
    """The gold days of a JSON lines file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return tuple(
        Day(
            r["place"],
            date.fromisoformat(r["day"]),
            date.fromisoformat(r["known_by"]) if r["known_by"] else None,
            tuple(r["status"]),
        )
        for r in rows
    )


def pair_figures(
    pairs: Sequence[Pair], chosen: Mapping[str, Claim], conclusions: Conclusions, verbose: bool = False
) -> dict[str, float]:
    """Shares of the gold pairs that are tied as the gold says; a pair with a claim not found is a pair missed."""
    ties = Ties(conclusions.families, conclusions.links)
    right: dict[str, list[bool]] = {}
    aspects: list[bool] = []
    for pair in pairs:
        both = pair.a in chosen and pair.b in chosen
        found = ties.between(chosen[pair.a].id, chosen[pair.b].id) if both else ()
        relations = {relation for relation, _ in found} - {Relation.UNRELATED}
        ok = both and (not relations if pair.relation is Relation.UNRELATED else pair.relation in relations)
        right.setdefault("apart" if pair.relation is Relation.UNRELATED else pair.relation.value, []).append(ok)
        if ok and pair.aspects:
            named = {aspect for relation, aspect in found if relation is pair.relation}
            aspects.append(bool(named & set(pair.aspects)))
        if verbose and not ok:
            seen = ", ".join(f"{relation} ({aspect})" for relation, aspect in found) or "nothing"
            print(f"  {pair.a} {pair.b}: asked {pair.relation}, read {seen if both else 'a claim was not found'}")
    tied = [ok for name, oks in right.items() if name != "apart" for ok in oks]
    by_relation = {name: share(sum(oks), len(oks)) for name, oks in sorted(right.items())}
    return {
        "relations": share(sum(tied), len(tied)),
        "aspects": share(sum(aspects), len(aspects)),
        **by_relation,
    }


def days_right(days: Sequence[Day], ledger: MemoryLedger, verbose: bool = False) -> float:
    """The share of gold days on which the assessed status is one that the gold allows."""
    from fogline.control.inferring import status_on
    from fogline.flow import control

    @cache
    def timeline(place: str, known_by: date | None) -> Control:
        return control(ledger, place, Settings(), day=known_by)

    right = 0
    for row in days:
        status = status_on(timeline(row.place, row.known_by), row.day)
        right += status in row.status
        if verbose and status not in row.status:
            print(f"  {row.place} on {row.day}, known by {row.known_by}: asked {' | '.join(row.status)}, read {status}")
    return share(right, len(days))
