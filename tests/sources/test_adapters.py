"""What is each adapter's own: relays, column maps, boxes, hostile feeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.contracts.source_fixtures import CSV, ONE, TWO, letter, pdf, rss, telegram

from fogline.errors import BadFeed
from fogline.model import Article, Failure
from fogline.sources.confined import confined
from fogline.sources.feeds import entries, is_feed
from fogline.sources.fragments import text_of
from fogline.sources.mail import boxed
from fogline.sources.reading import read
from fogline.sources.sitemaps import addresses
from fogline.sources.telegram import TelegramSource

LIMIT = 1_000_000


def found(tmp_path: Path, name: str, raw: bytes) -> list[Article | Failure]:
    (tmp_path / name).write_bytes(raw)
    return list(read([tmp_path], LIMIT))


def test_a_forwarded_message_says_from_whom(tmp_path: Path) -> None:
    _, two = found(tmp_path, "result.json", telegram())
    assert isinstance(two, Article)
    assert two.raw.decode() == f"Forwarded from Hill Post:\n{TWO}"
    assert (two.name, two.given.outlet) == ("result.json:4", "River Channel")


def test_the_export_of_a_whole_account_has_several_channels(tmp_path: Path) -> None:
    chats = [json.loads(telegram()) | {"name": name, "id": number} for number, name in ((7, "A"), (8, "B"))]
    path = tmp_path / "result.json"
    path.write_bytes(json.dumps({"about": "", "chats": {"about": "", "list": chats}}).encode())
    articles = [a for a in TelegramSource(LIMIT).read(path) if isinstance(a, Article)]
    assert [a.given.outlet for a in articles] == ["A", "A", "B", "B"]
    assert articles[2].name == "result.json:8:2"


def test_without_an_exact_moment_the_date_of_the_export_is_taken(tmp_path: Path) -> None:
    one = found(tmp_path, "result.json", telegram(date_unixtime="soon"))[0]
    assert isinstance(one, Article)
    assert one.given.published == "2024-05-03T11:00:00"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("list.csv", f"Message;Day\n{ONE};03.05.2024\n".encode()),
        ("list.jsonl", json.dumps({"Message": ONE, "Day": "03.05.2024"}).encode()),
        ("list.json", json.dumps([{"Message": ONE, "Day": "03.05.2024"}]).encode()),
    ],
)
def test_columns_are_named_for_all_files_of_a_folder(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / "columns.toml").write_text('text = "Message"\npublished = "Day"\npublished_format = "%d.%m.%Y"\n')
    (article,) = found(tmp_path, name, raw)
    assert isinstance(article, Article)
    assert (article.raw.decode(), article.given.published) == (ONE, "2024-05-03")


def test_columns_of_one_file_win_and_lead_into_objects(tmp_path: Path) -> None:
    (tmp_path / "columns.toml").write_text('text = "nowhere"\n["a.jsonl"]\ntext = "content.body"\n')
    (article,) = found(tmp_path, "a.jsonl", json.dumps({"content": {"body": ONE}}).encode())
    assert isinstance(article, Article)
    assert article.raw.decode() == ONE


@pytest.mark.parametrize("toml", ["text = ", 'body = "a"', "text = 3"])
def test_a_map_of_columns_that_cannot_be_used_is_a_failure(tmp_path: Path, toml: str) -> None:
    (tmp_path / "columns.toml").write_text(toml)
    (failure,) = found(tmp_path, "a.csv", CSV.encode())
    assert isinstance(failure, Failure)
    assert "columns.toml" in failure.problem


def test_a_table_without_a_text_says_what_its_columns_are(tmp_path: Path) -> None:
    (failure,) = found(tmp_path, "a.csv", b"place,killed\nDubrova,3\n")
    assert isinstance(failure, Failure)
    assert "place, killed" in failure.problem
    assert "columns.toml" in failure.remedy


def test_a_box_parts_letters_at_its_own_lines_only() -> None:
    raw = (
        b"From x\n"
        + letter("A", "", "Hear this.\n\n>From the hill.\nFrom here on")
        + b"\nFrom y\n"
        + letter("B", "", "Two.")
    )
    one, two = boxed(raw)
    assert b"\nFrom the hill.\nFrom here on" in one
    assert two.startswith(b"From: Valley")


def test_a_letter_in_two_forms_is_read_plain_and_its_charset_is_used(tmp_path: Path) -> None:
    parts = (
        b"From: =?utf-8?b?0JLRltGB0L3QuNC6?= <a@b.example>\nSubject: S\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>No</p>\n"
        b"--x\nContent-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: 8bit\n\n"
    )
    (article,) = found(tmp_path, "a.eml", parts + "Міст зруйновано.".encode("windows-1251") + b"\n--x--\n")
    assert isinstance(article, Article)
    assert article.raw.decode().strip() == "Міст зруйновано."
    assert article.given.outlet == "Вісник"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel/></rss>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "http://elsewhere.example/x">]><rss>&x;</rss>'


@pytest.mark.parametrize("raw", [BOMB, OUTSIDE, BOMB.decode().replace("1.0", "1.0").encode("utf-16")])
def test_a_feed_that_declares_entities_is_refused(raw: bytes) -> None:
    with pytest.raises(BadFeed, match="declares entities"):
        entries("n.rss", raw)


def test_a_feed_without_dates_gives_none() -> None:
    assert [e.published for e in entries("n", rss(date=""))] == ["", "2024-05-04T10:30:00+03:00"]


def test_a_feed_in_a_wrong_charset_is_read() -> None:
    raw = rss(one="Міст зруйновано.").decode().replace('encoding="utf-8"', 'encoding="windows-1251"')
    assert entries("n", raw.encode("windows-1251"))[0].text == "Міст зруйновано."


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    assert (
        entries("n", rss(one="Fish &nbsp; chips & <b>so on").replace(b"</channel></rss>", b""))[0].url
        == "https://vc.example/1"
    )


@pytest.mark.parametrize("raw", [b"<html><p>A page", b"", b"\xef\xbb\xbf", b"{}", b'{"items": 3}', b"[" * 100_000])
def test_what_is_no_feed_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(BadFeed):
        entries("n", raw)


@pytest.mark.parametrize(
    "start", [b"<rss", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- c --><feed xmlns='a'>", b"<rdf:RDF "]
)
def test_a_feed_is_known_by_its_beginning(start: bytes) -> None:
    assert is_feed(start)
    assert not is_feed(b"<html>" + start)


def test_fifty_thousand_nested_elements_cost_no_more_than_their_length() -> None:
    assert text_of("<div>" * 50_000 + "deep" + "</div>" * 50_000) == "deep"


def endless(raw: bytes) -> list[str]:
    while True:
        pass


def greedy(raw: bytes) -> list[str]:
    return [str(len(bytearray(10**12)))]


def crashing(raw: bytes) -> list[str]:
    import os

    os.abort()


@pytest.mark.parametrize(
    ("function", "said"),
    [("endless", "1 seconds"), ("greedy", "memory"), ("crashing", "memory to parse"), ("nowhere", "cannot be")],
)
def test_a_parser_that_runs_away_is_ended_where_it_is_confined(function: str, said: str) -> None:
    with pytest.raises(BadFeed, match=said):
        confined("a.pdf", f"tests.sources.test_adapters:{function}", b"x", seconds=1, memory=2_000_000_000)


def test_a_pdf_has_its_lines_joined_and_is_read_again_the_same(tmp_path: Path) -> None:
    (article,) = found(tmp_path, "a.pdf", pdf())
    assert isinstance(article, Article)
    assert article.raw.decode().strip() == ONE


@pytest.mark.parametrize("raw", [b"<urlset", b"<urlset xmlns='x'><url><loc>https://vc.example/1</loc></url></urlset>"])
def test_a_sitemap_that_is_built_from_says_how_to_fetch_it(tmp_path: Path, raw: bytes) -> None:
    (failure,) = found(tmp_path, "news.xml", raw)
    assert isinstance(failure, Failure)


def test_a_sitemap_that_declares_entities_is_refused() -> None:
    with pytest.raises(BadFeed, match="declares entities"):
        addresses("s.xml", b'<!DOCTYPE u [<!ENTITY a "b">]><urlset/>')


def test_a_large_feed_is_read_the_same_and_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fogline.sources.feeds.SECONDS", 3)
    padded = rss().replace(b"</channel>", b"<!--" + b"x" * 100_000 + b"--></channel>")
    assert entries("n", padded) == entries("n", rss())
    slow = b"<rss " + b" ".join(b'a%d="x"' % number for number in range(80_000)) + b"><channel/></rss>"
    with pytest.raises(BadFeed, match="more than 3 seconds"):
        entries("n", slow)


def test_a_sitemap_whose_names_have_several_colons_is_read() -> None:
    raw = b"<urlset><url><loc>https://hp.example/1</loc><news:news:title>Bridge</news:news:title></url></urlset>"
    pages, _ = addresses("map.xml", raw)
    assert [page.url for page in pages] == ["https://hp.example/1"]


def test_sections_of_unknown_kinds_in_a_fragment_are_passed_over() -> None:
    assert text_of("<p>The bridge<![Ced[ x ]]> was hit.</p><![endif]><![if x]>") == "The bridge was hit."
