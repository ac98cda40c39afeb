"""Reading in bulk: every engine gives the same bytes, nothing is read twice, and one bad article fails alone."""

import math
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from benchmarks import made
from benchmarks.contents import lines
from tests.journeys import kills
from tests.journeys.conftest import NOW
from tests.journeys.deadly import sicken

from fogline import bulk, concluding, flow, reading
from fogline.config import Settings
from fogline.engine.cluster import RayEngine
from fogline.engine.pool import PoolEngine
from fogline.engine.serial import SerialEngine
from fogline.errors import ShardsError
from fogline.model import Article, Failure, Lost
from fogline.store.memory import MemoryLedger
from fogline.store.sqlite import SqliteLedger

Built = tuple[flow.Summary, list[str]]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LEAST", 5)
    monkeypatch.setattr(bulk, "ONE_IN", 5)


def build(paths: list[Path | str], ledger: MemoryLedger | SqliteLedger | None = None, **settings: object) -> Built:
    with ledger or MemoryLedger() as kept:
        given = Settings(theatre="ukraine", **settings)  # type: ignore[arg-type]
        summary = flow.build(paths, kept, given, now=NOW)
        return summary, lines(kept)


def reports(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    made.write_short(folder, count, seed=count)
    return [folder / "made-000.jsonl"]


def in_files(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    made.write_short(folder, count, seed=count)
    for number, text in enumerate(made.texts(folder)):
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    (folder / "made-000.jsonl").unlink()
    return [folder]


@pytest.mark.journey
def test_every_engine_gives_the_same_bytes_with_shards_and_without(
    tmp_path: Path, ray_door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "LEAST", kills.SHARD)
    monkeypatch.setattr(bulk, "ONE_IN", kills.SHARD)
    monkeypatch.setattr(concluding, "BULK", 1)  # in a database all is concluded in shards too
    paths = reports(tmp_path / "in", 60)
    wanted = build(paths, engine="serial")
    assert wanted[0].read == 60
    assert wanted[0].claims > 60
    pooled = build(paths, SqliteLedger(tmp_path / "a"), engine="pool", workers=2, shards=str(tmp_path / "pool"))
    assert pooled == wanted
    with SqliteLedger(tmp_path / "a") as kept:
        run = kept.runs()[-1][0]
        concluding.settle(kept, reading.theatre_named("ukraine"), run, anew=True, engine=partial(RayEngine, 1))
        assert lines(kept) == wanted[1]
    # Ray as on a cluster: this process is inside it, so one outside builds, as somebody at another machine would.
    ledger = tmp_path / "ledger.sqlite"
    outside = kills.start(paths[0], str(ledger), tmp_path / "ray", ray_door, workers=1, stderr=subprocess.PIPE)
    told = outside.communicate(timeout=kills.PATIENCE)[1]
    assert outside.returncode == 0, told
    with SqliteLedger(ledger, read_only=True) as kept:
        assert lines(kept) == wanted[1]
    files = sorted(path.name for path in (tmp_path / "pool").iterdir())
    assert len(files) > 4
    for name in files:
        assert (tmp_path / "pool" / name).read_bytes() == (tmp_path / "ray" / name).read_bytes()


@pytest.mark.journey
def test_a_shard_that_was_read_is_not_read_again(
    tmp_path: Path, small_shards: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, shards = in_files(tmp_path / "in", 30), tmp_path / "shards"
    wanted = build(paths, engine="serial", shards=str(shards))
    read: list[int] = []
    real = reading.read_shard
    monkeypatch.setattr(
        bulk, "read_shard", lambda theatre, articles: read.append(len(articles)) or real(theatre, articles)
    )
    assert build(paths, engine="serial", shards=str(shards)) == wanted
    assert read == []
    (paths[0] / "05a.txt").write_text("Borova was captured by Russian forces on 4 July 2025, officials said.", "utf-8")
    summary, _ = build(paths, engine="serial", shards=str(shards))
    assert summary.documents == 31
    assert sum(read) < 16  # the shard it is in; the others keep their names


@pytest.mark.journey
def test_a_damaged_shard_is_listed_and_read_anew_by_the_next_build(tmp_path: Path, small_shards: None) -> None:
    paths, shards, ledger = reports(tmp_path / "in", 20), tmp_path / "shards", MemoryLedger()
    wanted = build(paths, engine="serial", shards=str(shards))
    victim = sorted(shards.iterdir())[0]
    victim.write_bytes(victim.read_bytes()[:-20])
    summary, _ = build(paths, ledger, engine="serial", shards=str(shards))
    assert [failure.name for failure in summary.failures] == [victim.name]
    assert summary.documents < 20
    again = build(paths, ledger, engine="serial", shards=str(shards))
    assert again[0].failures == ()
    assert again[1] == wanted[1]


@pytest.mark.journey
def test_input_and_shards_may_be_at_an_address(tmp_path: Path, small_shards: None, bucket: str) -> None:
    import s3fs

    paths = reports(tmp_path / "in", 30)
    files = s3fs.S3FileSystem()
    files.put_file(str(paths[0]), f"{bucket}/in/deep/made-000.jsonl")
    files.pipe_file(f"{bucket}/in/broken.jsonl", b"{no json\n")
    summary, held = build([f"{bucket}/in"], engine="serial", shards=f"{bucket}/shards")
    assert held == build(paths, engine="serial")[1]
    assert [failure.name for failure in summary.failures if "broken.jsonl" in failure.problem]
    assert not [failure for failure in summary.failures if "/tmp" in failure.name + failure.problem]
    assert len(files.ls(f"{bucket}/shards")) > 2
    assert build([f"{bucket}/in"], engine="serial", shards=f"{bucket}/shards")[1] == held


def test_an_address_that_is_not_there_or_is_a_web_page_fails_alone(tmp_path: Path, bucket: str) -> None:
    (tmp_path / "one.txt").write_text("Borova was captured by Russian forces on 4 July 2025, officials said.")
    summary, _ = build(
        ["s3://nobody-has-this/in", f"{bucket}/nothing", "https://x.example/", tmp_path], engine="serial"
    )
    assert summary.read == 1
    problems = [failure.problem for failure in summary.failures]
    assert len(problems) == 3
    assert "fogline fetch" in problems[0]


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ShardsError, match="shards cannot be kept there"):
        build(reports(tmp_path / "in", 3), engine="serial", shards=str(tmp_path / "file"))


def articles(count: int) -> list[Article]:
    return [Article(name=f"{number}.txt", raw=b"x" * number) for number in range(count)]


def test_shards_end_where_their_articles_say_so() -> None:
    many = [Article(name=f"{number}.txt", raw=b"x") for number in range(5000)]
    before = list(bulk.cut(many))
    assert [article for shard in before for article in shard] == many
    assert all(bulk.LEAST <= len(shard) <= bulk.MOST for shard in before[:-1])
    after = list(bulk.cut([Article(name="new.txt", raw=b"x"), *many]))
    assert len(set(before) - set(after)) <= 2
    heavy = [Article(name=f"{number}.txt", raw=b"x" * (bulk.WEIGHT // 3)) for number in range(7)]
    assert [len(shard) for shard in bulk.cut(heavy)] == [4, 3] or max(map(len, bulk.cut(heavy))) <= 4


class _Dying(SerialEngine):
    """Loses every shard that holds one of the articles."""

    def __init__(self, deadly: set[str]) -> None:
        self.deadly = deadly

    def map(
        self,
        function: Callable[[Any], Any],
        shards: Iterable[Any],
        limit: Callable[[Any], float] | None = None,
    ) -> Iterator[Any]:
        for shard in shards:
            bad = any(article.name in self.deadly for article in shard)
            yield Lost(shard=shard, deaths=3) if bad else function(shard)


@pytest.mark.parametrize("deadly", [set(), {"0.txt"}, {"3.txt", "29.txt"}])
def test_an_article_that_kills_its_process_fails_alone(deadly: set[str]) -> None:
    given = articles(30)
    found = list(reading.lived_through(_Dying(deadly), names, [tuple(given[:16]), tuple(given[16:])], Settings()))
    failed = {one.name for one in found if isinstance(one, Failure)}
    read = [name for one in found if not isinstance(one, Failure) for name in one]
    assert failed == deadly
    assert sorted(read) == sorted({article.name for article in given} - deadly)


def names(shard: tuple[Article, ...]) -> list[str]:
    return [article.name for article in shard]


def test_an_article_that_kills_processes_of_a_pool_fails_alone() -> None:
    given = [*articles(1), Article(name="bad.txt", raw=b"poison")]
    found = list(reading.lived_through(PoolEngine(1), sicken, [tuple(given)], Settings()))
    assert [one.name for one in found if isinstance(one, Failure)] == ["bad.txt"]
    assert [name for one in found if isinstance(one, list) for name in one] == ["0.txt"]


def test_an_article_whose_reading_does_not_end_fails_alone() -> None:
    bad = Article(name="bad.txt", raw=b"tar")
    long = Article(name="long.txt", raw=b"x" * 200_000)  # its size gives it time, however busy the machine is
    given = [(bad,), (long,)]
    found = list(reading.lived_through(PoolEngine(1), sicken, given, Settings(shard_seconds=0.5)))
    (failure,) = (one for one in found if isinstance(one, Failure))
    assert failure.problem == "bad.txt: reading it did not end within 0.5 seconds."
    assert found[1] == ["long.txt"]


def test_shards_have_the_more_time_the_larger_they_are() -> None:
    given = [Article(name="a.txt", raw=b"x" * 40_000), Article(name="b.txt", raw=b"x" * 160_000)]
    assert reading.seconds_for(Settings(shard_seconds=10), given) == 60
    assert reading.seconds_for(Settings(shard_seconds=0), given) == math.inf


def test_settings_choose_the_engine() -> None:
    choose = reading.engine_of
    assert isinstance(choose(Settings(), 10), SerialEngine)
    assert isinstance(choose(Settings(workers=2), 10), PoolEngine)
    assert isinstance(choose(Settings(engine="serial", workers=2), 1000), SerialEngine)
    assert isinstance(choose(Settings(engine="pool"), 1), PoolEngine)
