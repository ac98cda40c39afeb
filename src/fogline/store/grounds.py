"""Who shares what with whom, as a ledger keeps it: what an amendment of its conclusions asks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from itertools import islice
from struct import unpack
from typing import Any, TypeVar

from sqlalchemy import Connection, case, func, or_, select

from fogline.model import (
    BEFORE_ALL,
    BEHIND_ALL,
    Claim,
    Document,
    Family,
    Keys,
    Lesson,
    Lessons,
    Link,
    SourceGrade,
    SpeakerType,
)
from fogline.store import concluded, rows, schema, tallying
from fogline.store.encoding import from_json
from fogline.store.selecting import claims_where
from fogline.store.texts import Kept

T = TypeVar("T")
Span = tuple[int, int, int]
"""A name, and the first and the last day of those that are asked for."""

_ASKED_AT_ONCE = 500
_HEAD, _TAIL = 600, 400
"""The ends of a text, in which a report credits an agency."""
WAY, LEARNED, CHANGED, GROUPS, LANGUAGES = "way", "learned", "changed", "groups", "languages"
"""What the ledger says of its conclusions: how they were drawn, from how many claims sources
were learned, how many changed, the means of groups of sources, the languages of documents."""
TOLD = (WAY, LEARNED, CHANGED, GROUPS, LANGUAGES)


class AsksGrounds(ABC):
    """The questions of ``ports.KeepsGrounds`` over the tables of ``schema``."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    def near(self, spans: Collection[Span]) -> frozenset[str]:
        """See ``ports.KeepsGrounds``."""
        table, found = schema.claim_keys.c, set[str]()
        asked = select(schema.claims.c.id).join(schema.claim_keys, table.claim == schema.claims.c.number)
        with self._reading() as connection:
            for key, first, last in sorted(spans):
                own = asked.where(table.key == key, table.day.between(first, last))
                found.update(connection.execute(own).scalars().all())
        return frozenset(found)

    def reach(self, marks: Collection[tuple[int, int]], many: int) -> Mapping[tuple[int, int], tuple[int, int]]:
        """See ``ports.KeepsGrounds``."""
        table, found = schema.claim_keys.c, dict[tuple[int, int], tuple[int, int]]()
        with self._reading() as connection:
            for key, day in sorted(marks):
                own = select(table.day).where(table.key == key).limit(1).offset(many - 1)
                before = own.where(table.day < day).order_by(table.day.desc()).scalar_subquery()
                behind = own.where(table.day > day).order_by(table.day).scalar_subquery()
                first, last = connection.execute(select(before, behind)).one()
                found[key, day] = (BEFORE_ALL if first is None else first, BEHIND_ALL if last is None else last)
        return found

    def claims_named(self, ids: Collection[str]) -> tuple[Claim, ...]:
        """See ``ports.KeepsGrounds``."""
        return self._claims(lambda some: schema.claims.c.id.in_(some), ids)

    def claims_in(self, documents: Collection[str]) -> tuple[Claim, ...]:
        """See ``ports.KeepsGrounds``."""
        return self._claims(lambda some: schema.claims.c.document_id.in_(some), documents)

    def claims_by(self, names: Collection[str]) -> tuple[Claim, ...]:
        """See ``ports.KeepsGrounds``."""
        return self._claims(
            lambda some: or_(schema.claims.c.speaker.in_(some), schema.claims.c.outlet.in_(some)), names
        )

    def speaking_of(self, places: Collection[int], units: Collection[str], kinds: Collection[str]) -> frozenset[str]:
        """See ``ports.KeepsGrounds``."""
        of, claim, found = schema.claim_places.c, schema.claims.c, set[str]()
        asked = (
            select(claim.id)
            .join(schema.claim_places, of.claim == claim.number)
            .join(schema.readings, schema.readings.c.number == claim.reading)
            .where(schema.readings.c.current, claim.kind.in_(sorted(kinds)))
        )
        wide = asked.where(of.precision.in_(("district", "region")))
        with self._reading() as connection:
            for some in chunks(sorted(places), _ASKED_AT_ONCE):
                found.update(connection.execute(asked.where(of.geonameid.in_(some))).scalars().all())
            for names in chunks(sorted(units), _ASKED_AT_ONCE):
                found.update(connection.execute(wide.where(of.name.in_(names))).scalars().all())
        return frozenset(found)

    def _claims(self, condition: Any, asked: Collection[Any]) -> tuple[Claim, ...]:
        found: dict[str, Claim] = {}
        with self._reading() as connection:
            for some in chunks(sorted(asked), _ASKED_AT_ONCE):
                for row in connection.execute(claims_where(condition(some))).all():
                    found.setdefault(row.id, rows.to_claim(row))
        return tuple(found.values())

    def ends_of(self, ids: Collection[str]) -> Mapping[str, Document]:
        """See ``ports.KeepsGrounds``."""
        column, found = schema.documents.c, dict[str, Document]()
        day = column.published_start, column.published_end
        asked = select(column.id, column.name, column.outlet, *day, ends(column.text).label("ends"))
        with self._reading() as connection:
            for some in chunks(sorted(ids), _ASKED_AT_ONCE):
                told = connection.execute(asked.where(column.id.in_(some))).all()
                found |= {row.id: rows.to_ends(row) for row in told}
        return found

    def whole(self, ids: Collection[str]) -> Mapping[str, Document]:
        """See ``ports.KeepsGrounds``."""
        column, found = schema.documents.c, dict[str, Document]()
        with self._reading() as connection:
            for some in chunks(sorted(ids), _ASKED_AT_ONCE):
                asked = select(column.id, column.text, column.body).where(column.id.in_(some))
                found |= {row.id: rows.to_document(row) for row in connection.execute(asked)}
        return found

    def published(self, first: date, last: date) -> frozenset[str]:
        """See ``ports.KeepsGrounds``."""
        column, kept = schema.documents.c, schema.concluded_documents.c
        asked = select(column.id).join(schema.concluded_documents, kept.document == column.number)
        with self._reading() as connection:
            return frozenset(connection.execute(asked.where(column.published_start.between(first, last))).scalars())

    def keys_of_documents(self, ids: Collection[str]) -> Mapping[str, Keys]:
        """See ``ports.KeepsGrounds``."""
        column, kept, found = schema.documents.c, schema.concluded_documents.c, dict[str, Keys]()
        with self._reading() as connection:
            for some in chunks(sorted(ids), _ASKED_AT_ONCE):
                asked = select(column.id, kept["keys"]).join(schema.documents, column.number == kept.document)
                for row in connection.execute(asked.where(column.id.in_(some))):
                    found[row.id] = frozenset(unpacked(row.keys))
        return found

    def sharing(self, keys: Collection[int], most: int) -> Mapping[int, Mapping[str, int]]:
        """See ``ports.KeepsGrounds``."""
        table, kept, column = schema.document_keys.c, schema.concluded_documents.c, schema.documents.c
        found: dict[int, dict[str, int]] = {}
        with self._reading() as connection:
            for some in chunks(sorted(keys), _ASKED_AT_ONCE):
                counted = (
                    select(table.key, func.count(kept.text.distinct()).label("texts"))
                    .join(schema.concluded_documents, kept.document == table.document)
                    .where(table.key.in_(some))
                    .group_by(table.key)
                )
                few = [row.key for row in connection.execute(counted) if row.key & 1 or row.texts <= most]
                found |= {key: {} for key in set(some) - set(few)}
                asked = (
                    select(table.key, kept.text, column.id)
                    .join(schema.concluded_documents, kept.document == table.document)
                    .join(schema.documents, column.number == table.document)
                    .where(table.key.in_(few))
                    .order_by(table.key, column.id)
                )
                for row in connection.execute(asked):
                    found.setdefault(row.key, {})[row.id] = row.text
        return found

    def voices_of(self, claims: Collection[str]) -> Mapping[str, tuple[str, str, int]]:
        """See ``ports.KeepsGrounds``."""
        member, family, found = schema.family_members.c, schema.families.c, dict[str, tuple[str, str, int]]()
        asked = select(member.claim, family.id, family.root, member.position).join(
            schema.families, family.position == member.family
        )
        with self._reading() as connection:
            for some in chunks(sorted(claims), _ASKED_AT_ONCE):
                for claim, name, root, at in connection.execute(asked.where(member.claim.in_(some))).all():
                    found[claim] = name, root, 0 if claim == root else at + 1
        return found

    def families_of(self, claims: Collection[str]) -> tuple[Family, ...]:
        """See ``ports.KeepsGrounds``."""
        member, family = schema.family_members.c, schema.families.c
        found: dict[int, Family] = {}
        with self._reading() as connection:
            for some in chunks(sorted(claims), _ASKED_AT_ONCE):
                asked = select(member.family).where(member.claim.in_(some))
                heads = connection.execute(select(schema.families).where(family.position.in_(asked))).all()
                members: dict[int, list[str]] = {}
                own = (
                    select(schema.family_members)
                    .where(member.family.in_(asked))
                    .order_by(member.family, member.position)
                )
                for row in connection.execute(own):
                    members.setdefault(row.family, []).append(row.claim)
                for row in heads:
                    found[row.position] = concluded.to_family(row, members[row.position])
        return tuple(found.values())

    def links_in(self, names: Collection[int]) -> tuple[Link, ...]:
        """See ``ports.KeepsGrounds``."""
        found = self._links(lambda some: schema.links.c.block.in_(some), names)
        others = self._links(lambda some: schema.links.c.matter.in_(some), names)
        return tuple({link.id: link for link in (*found, *others)}.values())

    def links_with(self, claims: Collection[str]) -> tuple[Link, ...]:
        """See ``ports.KeepsGrounds``."""
        one = self._links(lambda some: schema.links.c.a.in_(some), claims)
        other = self._links(lambda some: schema.links.c.b.in_(some), claims)
        return tuple({link.id: link for link in (*one, *other)}.values())

    def _links(self, condition: Any, asked: Collection[Any]) -> tuple[Link, ...]:
        found: dict[int, Link] = {}
        with self._reading() as connection:
            for some in chunks(sorted(asked), _ASKED_AT_ONCE):
                for row in connection.execute(select(schema.links).where(condition(some))):
                    found[row.position] = concluded.to_link(row)
        return tuple(found.values())

    def sources_named(self, names: Collection[str], *, reasons: bool = True) -> tuple[SourceGrade, ...]:
        """See ``ports.KeepsGrounds``."""
        column, found = schema.source_grades.c, list[SourceGrade]()
        told = concluded.to_source if reasons else concluded.to_letter
        with self._reading() as connection:
            for some in chunks(sorted(names), _ASKED_AT_ONCE):
                found += map(told, connection.execute(select(schema.source_grades).where(column.name.in_(some))))
        return tuple(found)

    def lessons(self, names: Collection[str]) -> Lessons:
        """See ``ports.KeepsGrounds``."""
        column, found = schema.lessons.c, list[Lesson]()
        with self._reading() as connection:
            known: Lessons = from_json(Lessons, told(connection)[GROUPS])
            for some in chunks(sorted(names), _ASKED_AT_ONCE):
                asked = (
                    select(schema.lessons).where(column.name.in_(some)).order_by(*schema.lessons.primary_key.columns)
                )
                found += map(_to_lesson, connection.execute(asked))
        return replace(known, lessons=tuple(found))

    def places_concluded(self) -> tuple[int, ...]:
        """See ``ports.KeepsGrounds``."""
        place = schema.control.c.geonameid
        with self._reading() as connection:
            return tuple(connection.execute(select(place).where(place.is_not(None)).order_by(place)).scalars())

    def tally(self) -> Mapping[str, int]:
        """See ``ports.KeepsGrounds``."""
        with self._reading() as connection:
            return {**tallying.kept(connection), "weighed": int(told(connection)[LEARNED])}


def ends(text: Any) -> Any:
    """The ends of a column of texts; of a short one all of it."""
    length = func.length(text)
    head, tail = func.substr(text, 1, _HEAD, type_=Kept()), func.substr(text, length - _TAIL + 1, _TAIL, type_=Kept())
    return case((length <= _HEAD + _TAIL, text), else_=head.concat(tail))


def chunks(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in lists of at most ``size``.

    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    left = iter(values)
    while some := list(islice(left, size)):
        yield some


def told(connection: Connection) -> dict[str, str]:
    """What the ledger says of its conclusions."""
    about = schema.about.c
    asked = select(about.name, about.value).where(about.name.in_(TOLD))
    return {row.name: row.value for row in connection.execute(asked)}


def _to_lesson(row: Any) -> Lesson:
    right, seen = (unpack(f"<{len(raw) // 8}d", raw) for raw in (row.right, row.seen))
    return Lesson(
        name=row.name, type=SpeakerType(row.type), interest=row.interest, mean=row.mean, strength=row.strength,
        last=row.last, right=right, seen=seen,
    )  # fmt: skip


def unpacked(raw: bytes) -> tuple[int, ...]:
    """The names that were packed."""
    return unpack(f"<{len(raw) // 8}q", raw)
