"""What is known of a document, and how it is known."""

from __future__ import annotations

import json
from datetime import date

import pytest

from fogline.clean import naming
from fogline.clean.cleaning import clean
from fogline.clean.entries import clock
from fogline.model import Article, Document, Given, KnownFrom, Outlet, Theatre
from fogline.timex import of_document

PROSE = "The bridge over the river was hit at dawn, the mayor said, and nobody was hurt in the strike."
WORLD = Theatre(name="world", outlets=(Outlet(names=("Valley Courier", "VC"), domains=("vc.example",)),))


def page(head: str, body: str = "", **known: str) -> Document:
    markup = f"<html><head>{head}</head><body><article>{body}<p>{PROSE}</p><p>{PROSE}!</p></article></body></html>"
    return clean(Article(name="a", raw=markup.encode(), media_type="text/html", given=Given(**known)), WORLD)


def text(words: str, **known: str) -> Document:
    return clean(Article(name="a", raw=words.encode(), given=Given(**known)), WORLD)


SITE = '<meta property="og:site_name" content="{}">'
PUBLISHER = '<script type="application/ld+json">{"publisher": {"name": "Hill Post"}}</script>'


@pytest.mark.parametrize(
    ("head", "known", "outlet", "known_from", "is_known"),
    [
        (SITE.format("The VC portal"), {"url": "https://www.vc.example/1"}, "Valley Courier", KnownFrom.URL, True),
        (SITE.format("VC"), {"url": "https://hill.example/1"}, "Valley Courier", KnownFrom.META, True),
        (SITE.format("Hill Post"), {"url": "https://hill.example/1"}, "Hill Post", KnownFrom.META, False),
        (PUBLISHER, {}, "Hill Post", KnownFrom.JSON_LD, False),
        ("", {"url": "https://www.hill.example/1"}, "hill.example", KnownFrom.URL, False),
        ("", {"outlet": "Hill Post", "url": "https://vc.example/1"}, "Hill Post", KnownFrom.GIVEN, False),
        ("", {}, "", KnownFrom.UNKNOWN, False),
    ],
)  # fmt: skip
def test_outlet(head: str, known: dict[str, str], outlet: str, known_from: KnownFrom, is_known: bool) -> None:
    document = page(head, **known)
    assert (document.outlet, document.origins.outlet, document.outlet_known) == (outlet, known_from, is_known)


def test_domain_is_the_host_of_the_url() -> None:
    assert page("", url="https://www.vc.example/war/1").domain == "vc.example"
    assert text(PROSE).domain == ""


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Bridge hit again",
    "author": [{"name": "Jane Roe"}, {"name": "John Doe"}],
    "datePublished": "2023-05-12T10:00:00Z",
    "dateModified": "2023-05-13T10:00:00Z",
}


def test_json_ld_tells_title_authors_and_days() -> None:
    linked = f'<title>Bridge hit again</title><script type="application/ld+json">{json.dumps({"@graph": [ARTICLE]})}</script>'
    document = page(linked)
    assert document.authors == ("Jane Roe", "John Doe")
    assert (document.published.edtf, document.modified.edtf) == ("2023-05-12", "2023-05-13")
    origins = document.origins
    assert {origins.title, origins.authors, origins.published, origins.modified} == {KnownFrom.JSON_LD}


def test_meta_elements_tell_title_authors_and_days() -> None:
    head = (
        '<meta property="og:title" content="Bridge hit again"><meta name="author" content="By Jane Roe and John Doe">'
        '<meta property="article:published_time" content="2023-05-12"><meta property="article:modified_time" content="2023-05-13">'
    )
    document = page(head)
    assert document.authors == ("Jane Roe", "John Doe")
    assert (document.title, document.modified.edtf) == ("Bridge hit again", "2023-05-13")
    origins = document.origins
    assert {origins.title, origins.authors, origins.published, origins.modified} == {KnownFrom.META}


def test_elements_and_the_address_tell_days() -> None:
    body = '<time datetime="2023-05-12">May</time><time class="updated" datetime="2023-05-14">later</time>'
    document = page("", body)
    assert (document.published.edtf, document.modified.edtf) == ("2023-05-12", "2023-05-14")
    assert document.origins.published == document.origins.modified == KnownFrom.ELEMENT
    assert page("", url="https://vc.example/2023/05/12/bridge").origins.published is KnownFrom.URL


def test_plain_text_tells_author_and_last_change() -> None:
    document = text(
        f"Bridge hit again\n\nBy Jane Roe, Hill Post\nPublished: 12 May 2023\nUpdated: 14 May 2023\n\n{PROSE}\n"
    )
    assert document.authors == ("Jane Roe",)
    assert (document.published.edtf, document.modified.edtf) == ("2023-05-12", "2023-05-14")
    assert (document.origins.authors, document.origins.modified) == (KnownFrom.TEXT, KnownFrom.TEXT)


def test_nothing_known_is_unknown() -> None:
    document = text(PROSE)
    assert (document.authors, document.modified.known, document.origins.published) == ((), False, KnownFrom.UNKNOWN)


@pytest.mark.parametrize("line", ["admin", "https://vc.example/jane", "@jane", "Newsroom 24", ""])
def test_what_is_no_name_is_no_author(line: str) -> None:
    assert naming.people([line]) == ()


UKRAINIAN = "Міст через річку обстріляли на світанку, повідомив мер; ніхто не постраждав від удару."


def test_each_paragraph_has_its_language() -> None:
    document = text(f"{PROSE}\n\n{PROSE}\n\n{UKRAINIAN}\n\nТак.\n\n{PROSE}\n")
    assert [(one.language, one.span.of(document.text)[:10]) for one in document.passages] == [
        ("en", "The bridge"),
        ("uk", "Міст через"),
        ("en", "The bridge"),
    ]
    assert text(f"{PROSE}\n\n{PROSE}").passages == ()


def entries(*told: tuple[str, str]) -> str:
    return "\n\n".join(f"{stamp}\n{what}" for stamp, what in told)


HIT = "Shells hit the town of Valley yesterday, the mayor said on television."


def test_an_entry_of_a_live_blog_has_its_own_day_and_time() -> None:
    blog = entries(("12 May 2023, 00:20", HIT), ("23:50", HIT), ("9:05 pm", HIT))
    document = text(f"Live: the war by the hour\n\n{blog}\n")
    assert [(part.published.edtf, part.time) for part in document.parts] == [
        ("2023-05-12", "00:20"),
        ("2023-05-11", "23:50"),
        ("2023-05-11", "21:05"),
    ]
    assert [part.span.of(document.text).count(HIT) for part in document.parts] == [1, 1, 1]
    days = [found.when.edtf for found in of_document(document, ()) if found.span.of(document.text) == "yesterday"]
    assert days == ["2023-05-11", "2023-05-10", "2023-05-10"]


def test_a_live_blog_bears_the_day_on_which_it_began() -> None:
    newest_last = entries(("22:10", HIT), ("23:55", HIT), ("00:15", HIT))
    newest_first = entries(("00:15", HIT), ("23:55", HIT), ("22:10", HIT))
    for blog, days in ((newest_last, [12, 12, 13]), (newest_first, [13, 12, 12])):
        found = text(blog, published="2023-05-12").parts
        assert [part.published.start for part in found] == [date(2023, 5, day) for day in days]


def test_times_at_the_head_of_lines_are_marked_and_part_the_text() -> None:
    document = text("\n".join(f"1{hour}:05 — {HIT}" for hour in (6, 5, 4)), published="2023-05-12")
    assert [part.time for part in document.parts] == ["16:05", "15:05", "14:05"]
    assert "14:05" in [piece.span.of(document.text) for piece in document.furniture]
    assert not text(f"14:05 — {HIT}\n{HIT}\n").parts


def test_without_a_day_the_entries_have_times_alone() -> None:
    found = text(entries(("16:05", HIT), ("15:05", HIT), ("14:05", HIT))).parts
    assert [(part.published.known, part.time) for part in found] == [
        (False, "16:05"),
        (False, "15:05"),
        (False, "14:05"),
    ]


def test_a_report_with_two_stamps_is_of_one_piece() -> None:
    document = text(f"Bridge hit\n\n12 May 2023, 10:00\n\n{PROSE}\n\n13 May 2023, 11:00\n\n{PROSE}")
    assert document.parts == ()
    assert document.published_at(40) == document.published


def test_the_entries_of_a_page_are_found_again_in_its_text() -> None:
    blog = "".join(
        f"<div class='entry'><time datetime='2023-05-1{day}T1{day}:05'>x</time><p>Report {word} says that {PROSE}</p></div>"
        for day, word in ((4, "four"), (3, "three"), (2, "two"))
    )
    document = page("", f"<div>{blog}</div>")
    assert [(part.published.edtf, part.time) for part in document.parts] == [
        ("2023-05-14", "14:05"),
        ("2023-05-13", "13:05"),
        ("2023-05-12", "12:05"),
    ]
    assert [part.span.of(document.text)[:12] for part in document.parts] == [
        "Report four ",
        "Report three",
        "Report two s",
    ]


@pytest.mark.parametrize(
    ("told", "time"), [("12:00 am", "00:00"), ("12:30 p.m.", "12:30"), ("9.05", "09:05"), ("May", "")]
)
def test_clock(told: str, time: str) -> None:
    assert clock(told) == time
