"""What conclusions rest on, in the ledger's tables: written with them, and amended as the ledger grows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from struct import pack
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select, tuple_

from fogline.model import Amendment, Conclusions, Grounds, Growth, Keys, Lesson, Marks
from fogline.store import concluded, revising, rows, schema, tallying
from fogline.store.encoding import to_json
from fogline.store.grounds import CHANGED, GROUPS, LANGUAGES, LEARNED, TOLD, WAY, AsksGrounds, chunks, told, unpacked
from fogline.store.selecting import claims_where

_ASKED_AT_ONCE = 500
_ROWS_AT_ONCE = 5_000


class GrowsConclusions(AsksGrounds):
    """``ports.KeepsGrounds`` over the tables of ``schema``."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _insert(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None: ...

    def conclude(self, conclusions: Conclusions, grounds: Grounds | None = None) -> None:
        """See ``ports.WritesLedger``."""
        with self._writing() as connection:
            revising.turn(connection)
            for table in (*schema.CONCLUSIONS, *schema.GROUNDS):
                connection.execute(delete(table))
            _tell(connection, {WAY: "", LEARNED: "0", CHANGED: "0", GROUPS: "{}", LANGUAGES: ""})
            for table, made in concluded.to_rows(conclusions, grounds):
                self._fill(connection, table, made)
            if grounds is not None:
                self._ground(connection, grounds)
            tallying.counted(connection)

    def _fill(self, connection: Connection, table: Table, made: Iterable[rows.Row]) -> None:
        for some in chunks(made, _ROWS_AT_ONCE):
            self._insert(connection, table, some)

    def _ground(self, connection: Connection, grounds: Grounds) -> None:
        count = 0
        for claims in chunks(grounds.claims, _ROWS_AT_ONCE):
            count += len(claims)
            self._keep_claims(connection, claims)
        for documents in chunks(grounds.documents, _ROWS_AT_ONCE):
            self._keep_documents(connection, documents)
        self._fill(connection, schema.lessons, map(_lesson, grounds.lessons.lessons))
        learned = {WAY: grounds.way, LEARNED: str(count), LANGUAGES: " ".join(sorted(grounds.languages))}
        _tell(connection, learned | {GROUPS: to_json(replace(grounds.lessons, lessons=()))})

    def _keep_claims(self, connection: Connection, claims: Sequence[tuple[str, Marks]]) -> None:
        number = _numbers(connection, [name for name, _ in claims])
        own = [(number[name], sorted(marks)) for name, marks in claims]
        kept = [{"claim": at, "keys": _packed([part for mark in marks for part in mark])} for at, marks in own]
        self._insert(connection, schema.concluded_claims, kept)
        named = sorted((key, day, at) for at, marks in own for key, day in marks)
        self._fill(connection, schema.claim_keys, ({"key": k, "day": day, "claim": at} for k, day, at in named))

    def _keep_documents(self, connection: Connection, documents: Sequence[tuple[str, int, Keys]]) -> None:
        number: dict[str, int] = {}
        column = schema.documents.c
        for some in chunks([name for name, _, _ in documents], _ASKED_AT_ONCE):
            found = connection.execute(select(column.id, column.number).where(column.id.in_(some)))
            number |= {row.id: row.number for row in found}
        kept = [{"document": number[d], "text": text, "keys": _packed(sorted(keys))} for d, text, keys in documents]
        self._fill(connection, schema.concluded_documents, kept)
        pairs = sorted((key, number[name]) for name, _, keys in documents for key in keys)
        self._fill(connection, schema.document_keys, ({"key": key, "document": at} for key, at in pairs))

    def growth(self) -> Growth | None:
        """See ``ports.KeepsGrounds``."""
        with self._reading() as connection:
            said = told(connection)
            any_claim = select(schema.concluded_claims.c.claim).limit(1)
            # A ledger that an earlier version concluded does not say all of it.
            if not said.get(WAY) or not said.keys() >= set(TOLD) or connection.execute(any_claim).first() is None:
                return None
            new = select(schema.unconcluded.c.reading)
            added = [
                rows.to_claim(row)
                for row in connection.execute(
                    claims_where(schema.claims.c.reading.in_(new)).order_by(schema.claims.c.number)
                )
            ]
            gone = connection.execute(
                select(schema.claims.c.id, schema.claims.c.body)
                .join(schema.concluded_claims, schema.concluded_claims.c.claim == schema.claims.c.number)
                .where(schema.claims.c.reading.in_(new))
                .order_by(schema.claims.c.number)
            ).all()
            return Growth(
                way=said[WAY],
                learned=int(said[LEARNED]),
                changed=int(said[CHANGED]) + len(added) + len(gone),
                added=tuple(added),
                gone=tuple(rows.to_claim(row) for row in gone),
                gone_documents=tuple(_left(connection, new)),
                languages=frozenset(said[LANGUAGES].split()),
            )

    def amend(self, amendment: Amendment) -> None:
        """See ``ports.KeepsGrounds``."""
        with self._writing() as connection:
            revising.turn(connection)
            gone = _forget(connection, amendment)
            for table, made in concluded.to_rows_after(connection, amendment):
                self._fill(connection, table, made)
            left = self._turn_over(connection, amendment)
            changed = int(told(connection)[CHANGED]) + left + len(amendment.claims)
            _tell(connection, {CHANGED: str(changed), LANGUAGES: " ".join(sorted(amendment.languages))})
            tallying.amended(connection, amendment, gone | {"claims": left})

    def _turn_over(self, connection: Connection, amendment: Amendment) -> int:
        """The claims and documents that count from now on; how many claims no longer do."""
        new = select(schema.unconcluded.c.reading)
        gone = select(schema.claims.c.number).where(schema.claims.c.reading.in_(new))
        old = [
            row.claim
            for row in connection.execute(
                select(schema.concluded_claims.c.claim).where(schema.concluded_claims.c.claim.in_(gone))
            )
        ]
        _unname(connection, old)
        left = [
            row.number
            for row in connection.execute(
                select(schema.documents.c.number).where(
                    schema.documents.c.id.in_([d for d, _ in _left(connection, new)])
                )
            )
        ]
        again = [
            row.number
            for some in chunks([name for name, _, _ in amendment.documents], _ASKED_AT_ONCE)
            for row in connection.execute(select(schema.documents.c.number).where(schema.documents.c.id.in_(some)))
        ]
        _unname_documents(connection, {*left, *again})
        connection.execute(delete(schema.unconcluded))
        self._keep_claims(connection, amendment.claims)
        self._keep_documents(connection, amendment.documents)
        return len(old)


def unconcluded(connection: Connection, readings: Iterable[int]) -> None:
    """Note that these readings came, or ceased to be current, since all was last concluded."""
    for some in chunks(sorted(set(readings)), _ASKED_AT_ONCE):
        connection.execute(delete(schema.unconcluded).where(schema.unconcluded.c.reading.in_(some)))
        connection.execute(insert(schema.unconcluded), [{"reading": number} for number in some])


def overturned(connection: Connection) -> None:
    """Note that all must be concluded anew."""
    _tell(connection, {WAY: ""})


def _left(connection: Connection, new: Select[Any]) -> Iterator[tuple[str, Keys]]:
    """The concluded documents, of the readings that ``new`` selects, that are in no current reading."""
    document, kept, reading = schema.documents.c, schema.concluded_documents.c, schema.readings.c
    current = select(reading.document_id).where(reading.current)
    asked = (
        select(document.id, kept["keys"])
        .join(schema.documents, document.number == kept.document)
        .where(
            document.id.in_(select(reading.document_id).where(reading.number.in_(new), reading.current.is_(False))),
            document.id.not_in(current.where(reading.document_id == document.id).correlate(schema.documents)),
        )
        .order_by(document.id)
    )
    for row in connection.execute(asked):
        yield row.id, frozenset(unpacked(row.keys))


def _unname(connection: Connection, claims: Iterable[int]) -> None:
    kept, named = schema.concluded_claims.c, schema.claim_keys.c
    for number in sorted(claims):
        packed = unpacked(connection.execute(select(kept["keys"]).where(kept.claim == number)).scalar() or b"")
        for some in chunks(zip(packed[::2], packed[1::2], strict=True), _ASKED_AT_ONCE):
            one = tuple_(named.key, named.day).in_(some)
            connection.execute(delete(schema.claim_keys).where(one, named.claim == number))
        connection.execute(delete(schema.concluded_claims).where(kept.claim == number))


def _unname_documents(connection: Connection, documents: Iterable[int]) -> None:
    kept, named = schema.concluded_documents.c, schema.document_keys.c
    for number in sorted(documents):
        packed = connection.execute(select(kept["keys"]).where(kept.document == number)).scalar()
        for some in chunks(unpacked(packed or b""), _ASKED_AT_ONCE):
            connection.execute(delete(schema.document_keys).where(named.key.in_(some), named.document == number))
        connection.execute(delete(schema.concluded_documents).where(kept.document == number))


def _forget(connection: Connection, amendment: Amendment) -> dict[str, int]:
    """Take away what goes; how many families, disputes and places that was."""
    member, family = schema.family_members, schema.families
    positions: set[int] = set()
    for some in chunks(sorted(amendment.families_off), _ASKED_AT_ONCE):
        positions |= set(connection.execute(select(member.c.family).where(member.c.claim.in_(some))).scalars())
    places: set[int] = set()
    for off in chunks(sorted(amendment.control_off), _ASKED_AT_ONCE):
        at = select(schema.control.c.position).where(schema.control.c.geonameid.in_(off))
        places |= set(connection.execute(at).scalars())
    sources: set[int] = set()
    for grades in chunks(sorted(_sources_off(amendment)), _ASKED_AT_ONCE):
        grade = schema.source_grades.c
        found = connection.execute(
            select(grade.position, grade.name, grade.type).where(grade.name.in_([name for name, _ in grades]))
        )
        sources |= {row.position for row in found if (row.name, row.type) in grades}
    disputes = sum(
        tallying.disputes_among(connection, some) for some in chunks(sorted(amendment.links_off), _ASKED_AT_ONCE)
    )
    for column, values in (
        (member.c.family, positions),
        (family.c.position, positions),
        (schema.links.c.id, amendment.links_off),
        (schema.matters.c.key, amendment.matters_off),
        (schema.claim_grades.c.claim, amendment.grades_off),
        (schema.source_grades.c.position, sources),
        (schema.control_stretches.c.control, places),
        (schema.control.c.position, places),
    ):
        for batch in chunks(sorted(values), _ASKED_AT_ONCE):
            connection.execute(delete(column.table).where(column.in_(batch)))
    return {"families": len(positions), "disputes": disputes, "places": len(places)}


def _sources_off(amendment: Amendment) -> set[tuple[str, str]]:
    return amendment.sources_off | {(one.name, one.type.value) for one in amendment.sources}


def _numbers(connection: Connection, ids: Sequence[str]) -> Mapping[str, int]:
    """The row number of each current claim."""
    found: dict[str, int] = {}
    column = schema.claims.c
    for some in chunks(ids, _ASKED_AT_ONCE):
        asked = (
            select(column.id, func.min(column.number).label("number"))
            .join(schema.readings, schema.readings.c.number == column.reading)
            .where(schema.readings.c.current, column.id.in_(some))
            .group_by(column.id)
        )
        found |= {row.id: row.number for row in connection.execute(asked)}
    return found


def _tell(connection: Connection, words: Mapping[str, str]) -> None:
    connection.execute(delete(schema.about).where(schema.about.c.name.in_(list(words))))
    connection.execute(insert(schema.about), [{"name": name, "value": value} for name, value in words.items()])


def _lesson(one: Lesson) -> rows.Row:
    return {
        "name": one.name,
        "type": one.type.value,
        "interest": one.interest,
        "mean": one.mean,
        "strength": one.strength,
        "last": one.last,
        "right": pack(f"<{len(one.right)}d", *one.right),
        "seen": pack(f"<{len(one.seen)}d", *one.seen),
    }


def _packed(keys: Sequence[int]) -> bytes:
    return pack(f"<{len(keys)}q", *keys)
