"""A ledger that answers from memory says what one that asks its tables says, also while it grows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest
from benchmarks.big import AT, RUN, readings, world

import fogline.store.held as held_module
import fogline.store.ranked as ranked_module
from fogline.model import Asked, Kind, Mark, Reading, Run
from fogline.store.sqlite import SqliteLedger

DAY = date(2023, 6, 1)
COUNT = 900


@pytest.fixture(scope="module")
def made() -> list[Reading]:
    return list(readings(world(COUNT), COUNT))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def writer(path: Path) -> Iterator[SqliteLedger]:
    with SqliteLedger(path) as ledger:
        yield ledger


def questions(of: list[Reading]) -> list[Asked]:
    claim = of[3].claims[0]
    place = claim.places[0]
    return [
        Asked(),
        Asked(known_by=DAY),
        Asked(kind=Kind.CONTROL, known_by=DAY),
        Asked(side="RU", certainty="possible"),
        Asked(certainty="certain"),
        Asked(certainty="certain", known_by=DAY),
        Asked(certainty="certain", geonameid=place.geonameid),
        Asked(since=date(2022, 4, 1)),
        Asked(side="RU", until=DAY, known_by=date(2024, 2, 1)),
        Asked(speaker=claim.speaker.name, side="nobody"),
        Asked(speaker=claim.speaker.name),
        Asked(outlet=claim.outlet.name, kind=Kind.STRIKE),
        Asked(geonameid=place.geonameid),
        Asked(geonameid=place.geonameid, place=place.name, words="said"),
        Asked(place=place.text, until=DAY),
        Asked(since=DAY, until=date(2023, 9, 1)),
        Asked(since=date(2030, 1, 1)),
        Asked(words="bridge"),
        Asked(words="..."),
        Asked(document_id=claim.document_id),
        Asked(speaker="Nobody"),
    ]


def every(ledger: SqliteLedger, asked: Asked, limit: int) -> list[tuple[list[str], Mark | None]]:
    pages, after = [], None
    while not pages or after is not None:
        page = ledger.page(asked, after=after, limit=limit)
        after = page.after
        pages.append(([claim.id for claim in page.claims], after))
    return pages


def same(one: SqliteLedger, other: SqliteLedger, of: list[Reading]) -> None:
    assert one.places() == other.places()
    assert one.places(DAY) == other.places(DAY)
    for asked in questions(of):
        assert one.counts(asked) == other.counts(asked), asked
        assert one.months(asked) == other.months(asked), asked
        assert every(one, asked, 170) == every(other, asked, 170), asked


def test_it_answers_as_the_tables_do_while_the_ledger_grows(
    made: list[Reading], path: Path, writer: SqliteLedger
) -> None:
    with SqliteLedger(path, read_only=True) as held, SqliteLedger(path, read_only=True) as plain:
        held.hold()
        left = iter(made)
        for size in (1, 30, 20, COUNT):
            writer.add(RUN, islice(left, size), AT)
            same(held, plain, made)


@pytest.mark.parametrize("block", [7, 100_000])
def test_counts_are_the_same_however_many_claims_a_block_has(
    made: list[Reading], path: Path, writer: SqliteLedger, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(ranked_module, "_BLOCK", block)
    with SqliteLedger(path, read_only=True) as held, SqliteLedger(path, read_only=True) as plain:
        held.hold()
        for asked in (Asked(), Asked(kind=Kind.CONTROL), Asked(known_by=DAY)):
            assert held.counts(asked) == plain.counts(asked), "a ledger without a claim"
            assert held.months(asked) == plain.months(asked) == {}
        writer.add(RUN, made, AT)
        for asked in questions(made):
            for day in (None, DAY, date(2021, 1, 1)):
                known = replace(asked, known_by=day)
                assert held.counts(known) == plain.counts(known), known
                assert held.months(known) == plain.months(known), known


def test_a_later_way_of_reading_takes_the_place_of_an_earlier_one(
    made: list[Reading], path: Path, writer: SqliteLedger
) -> None:
    writer.add(RUN, made, AT)
    with SqliteLedger(path, read_only=True) as held, SqliteLedger(path, read_only=True) as plain:
        held.hold()
        later = Run(extractor="made", version="2", cleaner="made", theatre="ukraine")
        writer.add(later, made[:40], datetime(2026, 2, 1, tzinfo=UTC))
        same(held, plain, made)


def test_a_mark_between_claims_and_one_of_no_claim(made: list[Reading], path: Path, writer: SqliteLedger) -> None:
    writer.add(RUN, made, AT)
    with SqliteLedger(path, read_only=True) as held, SqliteLedger(path, read_only=True) as plain:
        held.hold()
        for after in (Mark(DAY, "claim-8"), Mark(DAY, ""), Mark(None, "claim-8"), Mark(date.max, ""), Mark(None, "")):
            assert held.page(Asked(), after=after, limit=9) == plain.page(Asked(), after=after, limit=9)


@pytest.mark.parametrize("far", [10, 4000])
def test_common_words_are_found_in_the_texts_as_in_the_index(
    made: list[Reading], path: Path, writer: SqliteLedger, monkeypatch: pytest.MonkeyPatch, far: int
) -> None:
    monkeypatch.setattr(held_module, "_MANY", 5)
    monkeypatch.setattr(held_module, "_FAR", far)
    writer.add(RUN, made, AT)
    with SqliteLedger(path, read_only=True) as held, SqliteLedger(path, read_only=True) as plain:
        held.hold()
        for asked in (Asked(words="said"), Asked(words="forces HOLD", side="RU"), Asked(words="bridge", known_by=DAY)):
            assert every(held, asked, 70) == every(plain, asked, 70), asked


def test_readers_at_once_see_each_writing_whole(made: list[Reading], path: Path, writer: SqliteLedger) -> None:
    writer.add(RUN, made[:5], AT)
    wrong: list[int] = []
    with SqliteLedger(path, read_only=True) as held:
        held.hold()
        done = False

        def read() -> None:
            before = 0
            while not done:
                total = sum(held.counts(Asked())["kind"].values())
                if total % 10 or total < before:
                    wrong.append(total)
                before = total

        readers = [Thread(target=read) for _ in range(3)]
        for one in readers:
            one.start()
        for n in range(5, 60):
            writer.add(RUN, [made[n]], AT)
        done = True
        for one in readers:
            one.join()
        assert not wrong
        assert sum(held.counts(Asked())["kind"].values()) == 600
