"""Several questions as of one moment, whatever is written meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from tests.contracts.readings import FIRST, NOON, judgement, reading
from tests.store.places import KINDS, fill, opened

from fogline.errors import LedgerError
from fogline.model import Asked
from fogline.store.database import DatabaseLedger

pytestmark = pytest.mark.parametrize("kind", KINDS)
LATE = reading("late.txt", "Too late for the bridge.")


@pytest.fixture
def two(kind: str, place: Callable[[str], str]) -> object:
    """A ledger that is written, and the same one as a server holds it."""
    where = place(kind)
    with opened(where) as writer, opened(where, read_only=True) as reader:
        fill(writer)
        reader.hold()
        yield writer, reader


def told(ledger: DatabaseLedger) -> tuple[object, ...]:
    page = ledger.page(Asked(words="bridge"), limit=100)
    return ledger.revision(), len(ledger.claims()), page, ledger.counts(Asked()), len(ledger.judgements())


def test_all_is_of_one_state_and_afterwards_of_the_next(two: tuple[DatabaseLedger, DatabaseLedger]) -> None:
    writer, reader = two
    with reader.moment():
        before = told(reader)
        writer.add(FIRST, [LATE], NOON)
        writer.judge(judgement("late"))
        assert told(reader) == before
    after = told(reader)
    assert after == told(writer)
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_a_moment_is_of_one_thread(two: tuple[DatabaseLedger, DatabaseLedger]) -> None:
    writer, reader = two
    found: list[int] = []
    with reader.moment():
        before = len(reader.claims())
        writer.add(FIRST, [LATE], NOON)
        other = threading.Thread(target=lambda: found.append(len(reader.claims())))
        other.start()
        other.join()
        assert len(reader.claims()) == before
    assert found == [before + len(LATE.claims)]


def test_a_moment_is_of_one_ledger_and_what_fails_in_it_is_told_as_ever(
    two: tuple[DatabaseLedger, DatabaseLedger],
) -> None:
    writer, reader = two
    with reader.moment():
        before = len(reader.claims())
        writer.add(FIRST, [LATE], NOON)
        assert (len(reader.claims()), len(writer.claims())) == (before, before + 1)
        with pytest.raises(KeyError):
            reader.claim("none")
        with pytest.raises(LedgerError, match="for reading only"):
            reader.judge(judgement("hasty"))
        assert len(reader.claims()) == before
    with pytest.raises(KeyError), reader.moment():
        reader.claim("none")
    assert len(reader.claims()) == before + 1
