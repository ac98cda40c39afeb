"""Kept responses: a chain that shows what was changed, and archives that others can read."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contracts.source_fixtures import rss
from warcio.archiveiterator import ArchiveIterator

from fogline.errors import BrokenEvidence
from fogline.model import Article, Failure
from fogline.sources.evidence.archive import Evidence, body, verify, versions
from fogline.sources.evidence.manifest import MANIFEST, lines
from fogline.sources.evidence.unread import Mark, unread
from fogline.sources.reading import read
from fogline.sources.web.client import Exchange

AT = datetime(2024, 5, 5, 12, tzinfo=UTC)
TEXT = b"<html><p>The bridge over the Tykha was hit at dawn, the mayor said.</p>"


def exchange(url: str = "https://vc.example/1?a=b", raw: bytes = TEXT, **changed: object) -> Exchange:
    fields = {
        "url": url, "at": AT, "asked": (("Host", "vc.example"),), "status": 200, "reason": "OK", "body": raw, "address": "9.9.9.9",
        "headers": (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")),
    }  # fmt: skip
    return Exchange(**{**fields, **changed})  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Evidence(tmp_path)
    for number in range(4):
        made.keep(exchange(f"https://vc.example/{number}", TEXT + bytes(str(number % 3), "ascii")))
    made.close()
    return tmp_path


def test_requests_and_responses_stand_in_a_warc_file_as_others_read_it(tmp_path: Path) -> None:
    made = Evidence(tmp_path)
    made.keep(exchange(), {"title": "Bridge\r\nhit", "published": "2024-05-03"})
    made.close()
    (file,) = tmp_path.glob("*.warc.gz")
    with file.open("rb") as stream:
        found = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read())
            for r in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [kind for kind, _, _ in found] == ["metadata", "request", "response"]
    assert {url for _, url, _ in found} == {"https://vc.example/1?a=b"}
    assert found[2][2] == TEXT
    assert b"title: Bridge hit\r\n" in found[0][2]


def told(folder: Path, mark: Mark) -> tuple[Mark, list[str]]:
    last, articles = unread(folder, mark, 1_000_000)
    return last, [article.name for article in articles]


def test_only_what_was_kept_since_is_read(tmp_path: Path) -> None:
    made = Evidence(tmp_path)
    made.keep(exchange("https://vc.example/1"))
    first, names = told(tmp_path, Mark())
    assert names == ["https://vc.example/1"]
    assert told(tmp_path, first) == (first, [])
    made.keep(exchange("https://vc.example/2", TEXT + b"2"))
    made.keep(exchange("https://vc.example/3", TEXT + b"3", at=AT + timedelta(days=1)))
    feed = rss().replace(b"vc.example/2", b"vc.example/4")
    made.keep(
        exchange("https://vc.example/feed", feed, headers=(("Content-Type", "text/xml"),), at=AT + timedelta(days=1))
    )
    second, names = told(tmp_path, first)
    # Of the feed the entry alone whose page is nowhere in the evidence.
    assert names == ["https://vc.example/2", "https://vc.example/3", "https://vc.example/4"]
    assert told(tmp_path, second) == (second, [])
    made.close()


def test_all_is_read_where_the_evidence_is_another_than_that_which_was_read(folder: Path) -> None:
    last, names = told(folder, Mark())
    assert told(folder, Mark(last.number, "0" * 64)) == (last, names)
    assert told(folder, Mark(99, last.hash)) == (last, names)


def test_the_same_responses_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        made = Evidence(tmp_path / name)
        made.keep(exchange())
        made.close()
    assert (tmp_path / "a" / MANIFEST).read_bytes() == (tmp_path / "b" / MANIFEST).read_bytes()


def test_what_is_whole_is_found_whole(folder: Path) -> None:
    assert verify(folder) == (4, ())
    assert [body(folder, kept)[0] for kept in lines(folder) if kept.body] == [TEXT + b"0", TEXT + b"1", TEXT + b"2"]


def test_every_byte_of_the_archive_is_watched(folder: Path) -> None:
    (file,) = folder.glob("*.warc.gz")
    raw = file.read_bytes()
    for at in range(0, len(raw), 97):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        assert len(verify(folder)[1]) == 1
    file.write_bytes(raw[: len(raw) // 2])
    assert verify(folder)[1]
    file.unlink()
    assert len(verify(folder)[1]) == 4


@pytest.mark.parametrize("change", ["swap", "drop", "edit", "add", "garble"])
def test_every_line_of_the_manifest_is_bound_to_the_one_before(folder: Path, change: str) -> None:
    path = folder / MANIFEST
    found = path.read_text().splitlines(keepends=True)
    if change == "swap":
        found[1], found[2] = found[2], found[1]
    elif change == "drop":
        del found[1]
    elif change == "edit":
        found[1] = found[1].replace("vc.example", "vx.example")
    elif change == "add":
        found.append(json.dumps({**json.loads(found[-1]), "number": 5}) + "\n")
    else:
        found[1] = "{}\n"
    path.write_text("".join(found))
    with pytest.raises(BrokenEvidence, match="line"):
        verify(folder)
    with pytest.raises(BrokenEvidence):
        Evidence(folder)


def test_a_line_that_was_cut_off_by_a_kill_is_mended(folder: Path) -> None:
    path = folder / MANIFEST
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    made = Evidence(folder)
    made.keep(exchange("https://vc.example/9", b"new"))
    made.close()
    assert verify(folder) == (4, ())


def test_only_one_adds_at_a_time(folder: Path) -> None:
    made = Evidence(folder)
    with pytest.raises(BrokenEvidence, match="another process"):
        Evidence(folder)
    made.close()


def test_versions_are_those_that_differ(tmp_path: Path) -> None:
    made = Evidence(tmp_path)
    for raw in (b"one", b"one", b"two", b"one"):
        made.keep(exchange(raw=raw))
    made.close()
    assert [kept.number for _, kept in versions(tmp_path, "https://vc.example/1?a=b")] == [1, 3, 1]


def archive_of(folder: Path) -> bytes:
    (file,) = folder.glob("*.warc.gz")
    return file.read_bytes()


def split(path: Path) -> tuple[list[Article], list[Failure]]:
    found = list(read([path], 100_000))
    return [a for a in found if isinstance(a, Article)], [f for f in found if isinstance(f, Failure)]


def test_a_truncated_archive_is_read_up_to_where_it_ends(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw, path = archive_of(folder), tmp_path_factory.mktemp("cut") / "a.warc.gz"
    whole = len(split_of(path, raw)[0])
    assert whole == 3
    counts = set()
    for length in range(0, len(raw), 61):
        articles, failures = split_of(path, raw[:length])
        counts.add(len(articles))
        assert len(failures) <= 1
        assert all(a.raw.startswith(TEXT) for a in articles)
    assert counts == {0, 1, 2, 3}


def split_of(path: Path, raw: bytes) -> tuple[list[Article], list[Failure]]:
    path.write_bytes(raw)
    return split(path)


def test_an_archive_in_a_wacz_is_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("w") / "a.wacz"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("archive/data.warc.gz", archive_of(folder))
        made.writestr("pages/pages.jsonl", "{}")
    assert [a.name for a in split(path)[0]] == [f"https://vc.example/{n}" for n in range(3)]
    path.write_bytes(path.read_bytes()[:-40])
    assert "cut off" in split(path)[1][0].problem


def test_a_page_over_the_limit_is_a_failure_and_the_others_are_read(tmp_path: Path) -> None:
    import gzip

    made = Evidence(tmp_path)
    bomb = gzip.compress(b"\0" * 50_000_000)
    made.keep(
        exchange("https://vc.example/bomb", bomb, headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")))
    )
    made.keep(exchange("https://vc.example/2"))
    made.close()
    articles, failures = split(tmp_path)
    assert [a.name for a in articles] == ["https://vc.example/2"]
    assert "over 100,000 bytes" in failures[0].problem


def test_pictures_errors_and_rules_are_no_articles(tmp_path: Path) -> None:
    made = Evidence(tmp_path)
    made.keep(exchange("https://vc.example/a.png", b"\x89PNG", headers=(("Content-Type", "image/png"),)))
    made.keep(exchange("https://vc.example/gone", b"<p>Not here", status=404))
    made.keep(exchange("https://vc.example/robots.txt", b"User-agent: *", headers=(("Content-Type", "text/plain"),)))
    made.close()
    assert split(tmp_path) == ([], [])


def test_an_archive_that_is_none_is_a_failure(tmp_path: Path) -> None:
    assert split_of(tmp_path / "a.warc", b"no archive at all")[1]
    assert split_of(tmp_path / "a.warc", io.BytesIO().getvalue())[1]
