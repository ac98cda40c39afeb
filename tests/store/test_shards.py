"""A shard holds what was read, whole, and tells when it was changed; its folder may be here or at an address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contracts.readings import reading

from fogline.errors import DamagedShard, ShardsError, UsageError
from fogline.model import Failure, Run
from fogline.store import shards
from fogline.store.folders import Folder, folder_at

RUN = Run(extractor="made", version="1", cleaner="1", theatre="ukraine")


@pytest.fixture(params=["here", "memory", "s3"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    if request.param == "s3":
        yield folder_at(f"{request.getfixturevalue('bucket')}/shards/deep")
    else:
        yield folder_at(str(tmp_path / "a" / "b") if request.param == "here" else f"memory://{tmp_path.name}")


def test_what_is_loaded_is_what_was_written(folder: Folder) -> None:
    assert folder.names() == frozenset() or folder.names() == {".fogline-can-write"}
    outcomes = [reading("one"), Failure(name="x.txt", problem="x.txt: no text", remedy="Leave it out."), reading("two")]
    articles = [one.article for one in outcomes if not isinstance(one, Failure)]
    name = shards.name_of(RUN, articles)
    shards.write(folder, name, articles, outcomes)
    assert folder.has(name)
    assert name in folder.names()
    assert shards.load(folder, name) == (outcomes[0], outcomes[2], outcomes[1])
    first = folder.read(name)
    shards.write(folder, name, articles, outcomes[::-1])
    assert folder.read(name) == first
    folder.drop(name)
    assert not folder.has(name)
    with pytest.raises(ShardsError, match=name):
        shards.load(folder, name)


def test_a_shard_is_named_by_articles_order_and_way_of_reading() -> None:
    one, two = reading("one").article, reading("two").article
    other = Run(extractor="made", version="2", cleaner="1", theatre="ukraine")
    names = {shards.name_of(RUN, (one, two)), shards.name_of(RUN, (two, one)), shards.name_of(other, (one, two))}
    assert len(names | {shards.name_of(RUN, (one,))}) == 4
    assert shards.name_of(RUN, (one, two)) in names


def test_a_changed_byte_is_found_out_or_changes_nothing(tmp_path: Path) -> None:
    here, one = folder_at(str(tmp_path)), reading("one")
    shards.write(here, "made", [one.article], [one])
    raw = here.read("made")
    found_out = 0
    for at in range(0, len(raw), 31):
        here.write("made", raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :])
        try:
            assert shards.load(here, "made") == (one,)
        except DamagedShard:
            found_out += 1
    assert found_out > len(raw) / 31 / 4
    for end in (0, 1, len(raw) // 2, len(raw) - 1):
        here.write("made", raw[:end])
        with pytest.raises(DamagedShard, match="made"):
            shards.load(here, "made")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ShardsError, match="file/shards: shards cannot be kept there") as caught:
        folder_at(str(tmp_path / "file" / "shards")).names()
    assert "--shards" in caught.value.hint
    with pytest.raises(ShardsError, match="gone/x"):
        folder_at(str(tmp_path / "gone")).write("x", b"")


def test_a_bucket_that_is_not_there_is_named(bucket: str) -> None:
    with pytest.raises(ShardsError, match="s3://nobody-has-this/x"):
        folder_at("s3://nobody-has-this/x").write("name", b"")


def test_an_address_of_no_known_kind_names_what_to_install() -> None:
    with pytest.raises(UsageError, match="odd://place") as caught:
        folder_at("odd://place")
    assert "fogline[shards]" in caught.value.hint
