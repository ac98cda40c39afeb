"""A ledger copied from one database to another: whole, either way, and the same in every line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from sqlite3 import connect

import pytest
from tests.contracts.readings import FIRST, NOON, SECOND, conclusions, judgement, reading
from tests.postgres_server import Cluster
from tests.store.places import KINDS, fill, opened, readings, silent

from fogline.errors import LedgerError, UsageError
from fogline.model import Asked
from fogline.store import differing, schema
from fogline.store.copying import copy
from fogline.store.database import DatabaseLedger
from fogline.store.memory import MemoryLedger
from fogline.store.standing import Standing, standing


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("to", KINDS)
def test_a_copy_says_the_same_in_every_line(place: Callable[[str], str], kind: str, to: str) -> None:
    one, other = place(kind), place(to)
    with opened(one) as source, opened(other) as target:
        fill(source)
        told: list[str] = []
        rows = copy(source, target, lambda stage, done, total: told.append(stage))
        assert "copying claims" in told
        steps: list[tuple[str, int, int]] = []
        found = differing.compared(source, target, lambda *step: steps.append(step))
        assert {stage for stage, done, total in steps} == {f"comparing {part}" for part in differing.parts()}
        assert ("comparing claims", 92, 92) in steps
        assert (found.different, found.differences) == (0, ())
        assert 100 < found.lines <= rows
        assert list(differing.lines(source)) == list(differing.lines(target))
    with opened(one, read_only=True) as source, opened(other, read_only=True) as target:
        for ask in (
            lambda ledger: ledger.runs(),
            lambda ledger: ledger.documents(),
            lambda ledger: ledger.claims(),
            lambda ledger: ledger.conclusions(),
            lambda ledger: ledger.judgements(),
            lambda ledger: [ledger.article(one.article.id) for one in readings()],
            lambda ledger: ledger.search("bridge 7"),
            lambda ledger: ledger.within(48.0, 37.0, 48.1, 38.0),
            lambda ledger: ledger.counts(Asked()),
            lambda ledger: ledger.revision(),
        ):
            assert ask(target) == ask(source)
            assert ask(target)


def test_a_copy_goes_on_as_a_ledger(place: Callable[[str], str]) -> None:
    with opened(place("sqlite")) as source, opened(place("postgresql")) as target:
        fill(source)
        copy(source, target, silent)
        more = reading("more.txt", "A new bridge.")
        assert [ledger.add(SECOND, [*readings(), more], NOON) for ledger in (source, target)] == [37, 37]
        assert differing.compared(source, target, silent).different == 0
        assert target.search("new bridge") == more.claims


@pytest.mark.parametrize("to", KINDS)
def test_a_place_that_holds_something_is_refused_and_left_as_it_was(place: Callable[[str], str], to: str) -> None:
    with opened(place("sqlite")) as source, opened(place(to)) as target:
        fill(source)
        target.judge(judgement("mine"))
        with pytest.raises(LedgerError, match="holds a ledger already: there are rows in judgements") as caught:
            copy(source, target, silent)
        assert "--against" in caught.value.hint
        assert [one.reason for one in target.judgements()] == [judgement("mine").reason]
        assert target.claims() == ()


@pytest.mark.parametrize("to", KINDS)
def test_a_copy_that_breaks_off_leaves_nothing_and_is_made_again(place: Callable[[str], str], to: str) -> None:
    def break_off(stage: str, done: int, total: int) -> None:
        if stage == "copying claim_places":
            raise KeyboardInterrupt

    with opened(place("postgresql")) as source, opened(place(to)) as target:
        fill(source)
        with suppress(KeyboardInterrupt):
            copy(source, target, break_off)
        assert target.runs() == ()
        assert target.claims() == ()
        copy(source, target, silent)
        assert differing.compared(source, target, silent).different == 0


INDEXED = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name",
    "postgresql": """SELECT conrelid::regclass::text || conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace UNION ALL
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) ORDER BY 1, 2""",
}


@pytest.mark.parametrize("to", KINDS)
def test_what_was_taken_off_while_loading_is_there_again(place: Callable[[str], str], to: str) -> None:
    told: list[str] = []

    def indexed(ledger: DatabaseLedger) -> list[tuple[object, ...]]:
        with ledger.snapshot() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(INDEXED[to])]

    def break_off(stage: str, done: int, total: int) -> None:
        told.append(stage)
        if stage == "indexing" and done == total // 2:
            raise KeyboardInterrupt

    with opened(place("sqlite")) as source, opened(place(to)) as target:
        fill(source)
        new = indexed(target)
        assert len(new) > 30
        with suppress(KeyboardInterrupt):
            copy(source, target, break_off)
        assert told[-1] == "indexing"
        assert indexed(target) == new
        assert target.claims() == ()
        copy(source, target, silent)
        assert indexed(target) == new


def test_doctor_does_not_wait_for_a_ledger_that_is_being_filled(place: Callable[[str], str]) -> None:
    address = place("postgresql")
    seen: list[Standing] = []

    def look(stage: str, done: int, total: int) -> None:
        if stage == "copying runs":
            seen.append(standing(address))

    with opened(place("sqlite")) as source, opened(address) as target:
        fill(source)
        copy(source, target, look)
    assert seen[0].counts == ()
    assert seen[0].writer.startswith("fogline, process")
    assert dict(standing(address).counts)["judgements"] == 3


def test_what_is_written_meanwhile_is_left_out_whole(place: Callable[[str], str]) -> None:
    address = place("postgresql")
    with opened(address) as writer, opened(address, read_only=True) as source, opened(place("sqlite")) as target:
        fill(writer)
        before = writer.claims()

        def write(stage: str, done: int, total: int) -> None:
            if stage == "copying runs":
                writer.add(SECOND, [reading("late.txt", "Too late.")], NOON)

        copy(source, target, write)
        assert len(writer.claims()) == len(before) + 1
        assert target.claims() == before


def test_a_store_that_is_no_database_is_refused(place: Callable[[str], str]) -> None:
    with opened(place("sqlite")) as target, pytest.raises(UsageError, match="MemoryLedger keeps no tables"):
        copy(MemoryLedger(), target, silent)


def test_what_differs_is_named(place: Callable[[str], str], cluster: Cluster) -> None:
    file, address = place("sqlite"), place("postgresql")
    with opened(file) as one, opened(address) as other:
        fill(one)
        copy(one, other, silent)
        (claim,) = one.search("sentence 39")
    with closing(connect(file)) as plain:
        plain.execute("UPDATE claims SET speaker = 'Nobody', side = 'XX' WHERE id = ?", (claim.id,))
        plain.execute("DELETE FROM judgements WHERE reason = ?", (judgement("mole").reason,))
        plain.execute("UPDATE contents SET raw = x'00' WHERE sha256 = (SELECT min(sha256) FROM contents)")
        plain.commit()
    with opened(file, read_only=True) as one, opened(address, read_only=True) as other:
        found = differing.compared(one, other, silent)
        told = {(each.part, each.problem) for each in found.differences}
        assert told == {
            ("claims", "differs in side, speaker"),
            ("judgements", "only in the second"),
            ("contents", "differs in raw"),
        }
        (changed,) = (each for each in found.differences if each.part == "claims")
        assert changed.id.startswith(claim.id)
        assert found.different == 3
        turned = differing.compared(other, one, silent)
        assert turned.sha256 != found.sha256
        assert "only in the first" in {each.problem for each in turned.differences}
        assert len(differing.compared(one, other, silent, most=1).differences) == 1


def test_when_something_was_read_counts_unless_told_otherwise(place: Callable[[str], str]) -> None:
    with opened(place("sqlite")) as one, opened(place("postgresql")) as other:
        one.add(FIRST, readings(), NOON)
        other.add(FIRST, list(reversed(readings())), NOON.replace(minute=30))
        found = differing.compared(one, other, silent)
        assert {each.problem for each in found.differences} == {"differs in started_at", "differs in at"}
        assert differing.compared(one, other, silent, times=False).different == 0


def test_of_grades_only_the_one_that_is_missing_is_named(place: Callable[[str], str]) -> None:
    with opened(place("sqlite")) as one, opened(place("sqlite")) as other:
        for ledger in (one, other):
            ledger.add(FIRST, readings(), NOON)
        whole = conclusions(one.claims())
        one.conclude(whole)
        other.conclude(replace(whole, grades=whole.grades[1:]))
        (missing,) = differing.compared(one, other, silent).differences
        assert (missing.part, missing.id, missing.problem) == (
            "claim_grades",
            whole.grades[0].claim,
            "only in the first",
        )


def test_every_table_is_compared_or_named_as_left_out() -> None:
    compared = set(differing.parts())
    assert compared | {table.name for table in differing.NOT_COMPARED} == set(schema.metadata.tables)
    assert {"contents", "claims", "judgements", "control_stretches"} <= compared
