"""What every adapter promises: the same suite over all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contracts.source_fixtures import FIXTURES, Fixture

from fogline.model import Article, Failure
from fogline.ports import Source
from fogline.registry import names, pick
from fogline.sources.reading import read

LIMIT = 1_000_000


@pytest.fixture(params=FIXTURES)
def fixture(request: pytest.FixtureRequest) -> Fixture:
    return FIXTURES[request.param]


def of(fixture: Fixture, limit: int = LIMIT) -> Source:
    made: Source = pick("source", fixture.source)(limit)
    return made


def split(found: list[Article | Failure]) -> tuple[list[Article], list[Failure]]:
    return [a for a in found if isinstance(a, Article)], [f for f in found if isinstance(f, Failure)]


def test_every_adapter_that_ships_is_tried() -> None:
    # A sitemap holds addresses and no reports: its own tests are beside those of fetching.
    assert {fixture.source for fixture in FIXTURES.values()} == set(names("source")) - {"sitemap"}


def test_its_file_is_accepted_by_it_before_all_others(fixture: Fixture, tmp_path: Path) -> None:
    path = fixture.write(tmp_path)
    assert next(name for name in names("source") if pick("source", name)(LIMIT).accepts(path)) == fixture.source


def test_other_files_are_not_accepted(fixture: Fixture, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert not of(fixture).accepts(tmp_path / "picture.png")


def test_its_entries_are_articles_with_their_own_dates(fixture: Fixture, tmp_path: Path) -> None:
    articles, failures = split(list(of(fixture).read(fixture.write(tmp_path))))
    assert not failures
    assert tuple(article.given.published for article in articles) == fixture.published
    assert "bridge over the Tykha" in articles[0].raw.decode()
    assert len({article.id for article in articles}) == len({article.name for article in articles}) == fixture.entries


def test_the_same_file_gives_the_same_articles(fixture: Fixture, tmp_path: Path) -> None:
    path = fixture.write(tmp_path)
    assert list(of(fixture).read(path)) == list(of(fixture).read(path))


def test_one_entry_that_is_spoilt_is_a_failure_and_nothing_else_is_lost(fixture: Fixture, tmp_path: Path) -> None:
    articles, failures = split(list(of(fixture).read(fixture.write(tmp_path, fixture.spoilt))))
    assert len(failures) == 1
    assert len(articles) == (fixture.entries if fixture.left is None else fixture.left)
    assert fixture.name in failures[0].problem
    assert failures[0].remedy


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\x00\xff\xfe\x00\x81", b"{}", b"[]", b"<?xml version='1.0'?><a/>"])
def test_what_is_nothing_is_at_most_a_failure_that_names_the_file(fixture: Fixture, raw: bytes, tmp_path: Path) -> None:
    if fixture.source == "files":
        return  # whether its bytes are text is for cleaning to say
    articles, failures = split(list(of(fixture).read(fixture.write(tmp_path, raw))))
    assert not articles
    assert len(failures) <= 1
    assert all(fixture.name in failure.problem and failure.remedy for failure in failures)


def test_a_file_that_is_not_there_is_a_failure(fixture: Fixture, tmp_path: Path) -> None:
    (only,) = of(fixture).read(tmp_path / fixture.name)
    assert isinstance(only, Failure)
    assert "not there" in only.problem


def test_a_file_over_the_limit_is_a_failure_that_names_the_limit(fixture: Fixture, tmp_path: Path) -> None:
    # An archive may have any size: there each page is held to the limit.
    articles, failures = split(list(of(fixture, limit=20).read(fixture.write(tmp_path))))
    assert not articles
    assert failures
    assert all("max_bytes" in failure.remedy for failure in failures)


def test_a_folder_of_it_is_read_with_its_metadata(fixture: Fixture, tmp_path: Path) -> None:
    fixture.write(tmp_path)
    (tmp_path / "meta.csv").write_text(f"name,outlet\n{fixture.name},Hill Gazette\n")
    articles, failures = split(list(read([tmp_path], LIMIT)))
    assert not failures
    assert {article.given.outlet for article in articles} == {"Hill Gazette"}


@pytest.mark.parametrize("name", FIXTURES)
def test_cut_off_anywhere_it_raises_nothing(name: str, tmp_path: Path) -> None:
    fixture = FIXTURES[name]
    step = max(1, len(fixture.raw) // (8 if fixture.slow else 60))
    for length in range(0, len(fixture.raw), step):
        list(of(fixture).read(fixture.write(tmp_path, fixture.raw[:length])))


@pytest.mark.parametrize("name", FIXTURES)
def test_garbled_anyhow_it_raises_nothing(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    fixture, folder = FIXTURES[name], tmp_path_factory.mktemp("garbled")

    @settings(max_examples=5 if fixture.slow else settings().max_examples)
    @given(st.lists(st.tuples(st.integers(0, len(fixture.raw)), st.integers(0, 9), st.binary(max_size=8)), max_size=6))
    def garble(edits: list[tuple[int, int, bytes]]) -> None:
        raw = fixture.raw
        for at, cut, put in edits:
            raw = raw[:at] + put + raw[at + cut :]
        for found in of(fixture).read(fixture.write(folder, raw)):
            assert isinstance(found, Article | Failure)

    garble()
