"""How voices stand to each other and what they answer: found shard by shard, and put in order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from fogline.appraise.credibility import doubts
from fogline.collecting import undisturbed
from fogline.link import blocks, comparing, keys, matters
from fogline.link.blocks import Block
from fogline.link.facets import Facet
from fogline.link.independent import Voices
from fogline.link.matters import Given, Group
from fogline.model import Answer, Family, Link, Matter, Reason, Relation
from fogline.sharing.families import Families, Shard
from fogline.sharing.spill import Made, Rows
from fogline.store.encoding import from_json, to_json

TABLES = """CREATE TABLE links (a INTEGER, b INTEGER, aspect TEXT, relation TEXT, doubts INTEGER, reasons TEXT, block INTEGER,
matter INTEGER);
CREATE TABLE answers (question TEXT, a INTEGER, b INTEGER, aspect TEXT, claim INTEGER, said INTEGER, kind TEXT, value TEXT);
CREATE TABLE matters (place TEXT, aspect TEXT, question TEXT, id TEXT, answers TEXT, key INTEGER);"""

LinkRow = tuple[int, int, str, str, bool, str, int | None, int | None]
AnswerRow = tuple[str, int, int, str, int, int | None, str, str]
MatterRow = tuple[str, str, str, str, str, int]
Asked = tuple[Shard, frozenset[int], Voices]
"""A shard, those of its claims that are no roots, and the voices of those that are not alone in their families."""
_REASONS = tuple[Reason, ...]
_ANSWERS = tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a shard gives, as rows."""

    links: list[LinkRow]
    answers: list[AnswerRow]
    matters: list[MatterRow]


def asking(families: Families, shard: Shard, claims: Iterable[int]) -> Asked:
    """A shard with what has to be known of the families of its claims."""
    several = [claim for claim in claims if families.size_of(int(families.first[claim])) > 1]
    copies = frozenset(claim for claim in several if families.root[claim] != claim)
    return shard, copies, families.voices(several)


def links_in(owners: Mapping[str, str], asked: Asked) -> Found:
    """The links of roots in the blocks of a shard's places, and the matters of these places: what an engine runs."""
    with undisturbed():
        return _links_in(owners, *asked)


def _links_in(owners: Mapping[str, str], shard: Shard, copies: frozenset[int], voices: Voices) -> Found:
    read, _ = shard.read()
    by_id = {facet.id: facet for facet in read}
    roots = [facet for facet in read if facet.order not in copies]
    own = {block: members for block, members in blocks.gather(roots).items() if shard.has(block[1])}
    found, where = comparing.linked(own)
    links: list[LinkRow] = []
    answers: list[AnswerRow] = []
    for link in found:
        group = matters.group_of(link, by_id)
        links.append(link_row(link, by_id, where[link.a, link.b, link.aspect], group))
        if group is not None:
            answers += answer_rows(link, by_id, group)
    return Found(links, answers, list(_matters(read, shard, voices, owners)))


def link_row(link: Link, by_id: Mapping[str, Facet], block: Block | None, group: Group | None) -> LinkRow:
    """A link as a row, with the names of its block and its matter."""
    return (
        by_id[link.a].order,
        by_id[link.b].order,
        link.aspect,
        link.relation.value,
        doubts(link),
        to_json(link.reasons),
        None if block is None else keys.of_block(block),
        None if group is None else keys.of_matter(group),
    )


def answer_rows(link: Link, by_id: Mapping[str, Facet], group: Group) -> Iterator[AnswerRow]:
    """What the two claims of a link answer."""
    a, b = by_id[link.a], by_id[link.b]
    for facet in (a, b):
        given = matters.answering(group[0], facet)
        yield json.dumps(group), a.order, b.order, link.aspect, facet.order, given.said, given.kind, given.value


def _matters(read: Sequence[Facet], shard: Shard, several: Voices, owners: Mapping[str, str]) -> Iterator[MatterRow]:
    by_place: dict[str, list[Facet]] = defaultdict(list)
    for facet in read:
        for place in matters.asks(facet):
            if shard.has(place):
                by_place[place].append(facet)
    asked = {facet.order: facet for block in by_place.values() for facet in block}
    voices = _voices(asked.values(), several, owners)
    for place, block in by_place.items():
        for matter in matters.of_place(place, block, voices):
            yield matter_row(matter, keys.of_place(place))


def _voices(read: Iterable[Facet], several: Voices, owners: Mapping[str, str]) -> Voices:
    """The voices of some claims: those of families of ``several`` claims, and those that are alone in theirs."""
    roots = {Family(root=f.id, members=(f.id,)).id: f for f in read if f.id not in several.family}
    alone = Voices.told({facet.id: name for name, facet in roots.items()}, roots, owners)
    return Voices(
        family={**alone.family, **several.family},
        ties={**alone.ties, **several.ties},
        side={**alone.side, **several.side},
    )


def matter_row(matter: Matter, key: int) -> MatterRow:
    """A matter as a row, with the name of what it follows from."""
    return matter.place, matter.aspect, matter.question, matter.id, to_json(matter.answers), key


class Links:
    """The links of all claims, in reading order, and the matters, by place: as rows until they are asked for."""

    def __init__(self, families: Families, rows: Rows) -> None:
        self._families, self._columns, self._rows = families, families.columns, rows

    def keep(self, found: Found) -> None:
        """Keep what a shard gives."""
        self._rows.put("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found.links)
        self._rows.put("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found.answers)
        self._rows.put("INSERT INTO matters VALUES (?, ?, ?, ?, ?, ?)", found.matters)

    def finish(self) -> None:
        """Add the links within families and the matters that follow from links, and put all in order."""
        self._rows.put("INSERT INTO links VALUES (?, ?, ?, ?, 0, '', ?, NULL)", self._repeats())
        self._rows.do("CREATE INDEX links_in_order ON links (a, b, aspect)")
        self._rows.do("CREATE INDEX answers_by_question ON answers (question, claim)")
        self._rows.put("INSERT INTO matters VALUES (?, ?, ?, ?, ?, ?)", self._answered())
        self._rows.do("CREATE INDEX matters_in_order ON matters (place, aspect, question, id)")

    def _repeats(self) -> Iterator[tuple[int, int, str, str, int]]:
        for first in self._families.several():
            root = int(self._families.root[first])
            key = keys.of_voice(self._columns.name(root))
            for member in self._families.members(first):
                if member != root:
                    a, b = sorted((root, member))
                    yield a, b, self._columns.kind_of(a).value, Relation.REPEATS.value, key

    def _answered(self) -> Iterator[MatterRow]:
        asked = "SELECT DISTINCT question, claim, said, kind, value FROM answers ORDER BY question, claim"
        name = self._columns.name
        for question, own in groupby(self._rows.ask(asked), key=itemgetter(0)):
            aspect, place, actor, around = json.loads(question)
            group = (aspect, place, actor, around)
            given = [Given(name(claim), claim, said, kind, value) for _, claim, said, kind, value in own]
            voices = self._families.voices(one.order for one in given)
            yield matter_row(matters.of_answers(group, given, voices), keys.of_matter(group))

    def __len__(self) -> int:
        return self._rows.count("links")

    def __iter__(self) -> Iterator[Link]:
        name = self._columns.name
        for a, b, aspect, relation, reasons in self._ordered("a, b, aspect, relation, reasons"):
            if relation == Relation.REPEATS.value:
                tellers = self._columns.said_by(a).teller, self._columns.said_by(b).teller
                yield comparing.repeated((name(a), name(b)), tellers, self._columns.kind_of(a))
            else:
                told = from_json(_REASONS, reasons)
                yield Link(a=name(a), b=name(b), relation=Relation(relation), aspect=aspect, reasons=told)

    def placed(self) -> Iterator[tuple[int | None, int | None]]:
        """Of each link the names of its block and of its matter."""
        return self._ordered("block, matter")

    def _ordered(self, what: str) -> Iterator[tuple[Any, ...]]:
        return self._rows.ask(f"SELECT {what} FROM links ORDER BY a, b, aspect, rowid")

    def related(self, relation: Relation) -> Iterator[tuple[int, int, str]]:
        """The two claims of each link of a relation, and its aspect."""
        asked = "SELECT a, b, aspect FROM links WHERE relation = ? ORDER BY rowid"
        return self._rows.ask(asked, (relation.value,))

    def doubting(self) -> Iterator[tuple[int, int]]:
        """The claims of links of which one may report the other as unverified."""
        return self._rows.ask("SELECT a, b FROM links WHERE doubts ORDER BY rowid")

    def matters(self) -> Made[Matter]:
        """All matters, by place, aspect and question."""
        return Made(self._rows.count("matters"), _Matters(self._rows))

    def asked(self) -> Iterator[int]:
        """Of each matter the name of what it follows from."""
        return (key for (key,) in _matters_in_order(self._rows, "key"))


class _Matters:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Matter]:
        for place, aspect, question, answers in _matters_in_order(self._rows, "place, aspect, question, answers"):
            yield Matter(question=question, place=place, aspect=aspect, answers=from_json(_ANSWERS, answers))


def _matters_in_order(rows: Rows, what: str) -> Iterator[tuple[Any, ...]]:
    return rows.ask(f"SELECT {what} FROM matters ORDER BY place, aspect, question, id, rowid")
