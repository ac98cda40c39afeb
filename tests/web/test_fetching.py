"""Fetch as a whole: politeness, rules, versions, feeds and sitemaps, going on after a kill, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contracts.source_fixtures import atom, json_feed, rss
from tests.web.conftest import Time
from tests.web.server import Web, packed, page, redirect, versioned

from fogline.clean.cleaning import clean
from fogline.model import Article, Failure, Theatre
from fogline.reading import versions_of
from fogline.sources.evidence import archive
from fogline.sources.evidence.archive import verify
from fogline.sources.evidence.manifest import Kept, lines
from fogline.sources.reading import read
from fogline.sources.web.fetching import Fetcher, Same, World
from fogline.sources.web.robots import MOST_BYTES

TEXT = "The bridge over the Tykha was hit at dawn, the mayor said on Friday.\nTwo villages lost power after that."


def articles(evidence: Path) -> list[Article]:
    return [a for a in read([evidence], 1_000_000) if isinstance(a, Article)]


def problem(found: list[object]) -> str:
    (only,) = [one for one in found if isinstance(one, Failure)]
    assert only.remedy
    return only.problem


def local(feed: bytes, web: Web) -> bytes:
    return feed.replace(b"https://vc.example", web.base.encode())


def test_a_page_is_kept_and_read_from_the_evidence(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    url = web.put("/a", page(TEXT))
    (kept,) = fetcher.fetch([url])
    assert isinstance(kept, Kept)
    (article,) = articles(evidence)
    assert (article.name, article.given.url, article.media_type) == (url, url, "text/html")
    assert article.raw == page(TEXT).encode()
    assert verify(evidence) == (2, ())  # its robots.txt, and itself


def test_a_page_that_is_the_same_is_not_sent_again(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    url = web.put("/a", versioned(page(TEXT).encode(), '"v1"'))
    list(fetcher.fetch([url]))
    assert list(fetcher.fetch([url])) == [Same(url=url)]
    assert web.requests[-1].headers["If-None-Match"] == '"v1"'
    assert len(articles(evidence)) == 1


def test_last_modified_is_sent_back_where_there_is_no_etag(fetcher: Fetcher, web: Web) -> None:
    day = "Fri, 03 May 2024 08:00:00 GMT"
    url = web.put("/a", (200, {"Content-Type": "text/html", "Last-Modified": day}, page(TEXT).encode()))
    list(fetcher.fetch([url, url]))
    assert web.requests[-1].headers["If-Modified-Since"] == day


def test_a_page_that_changed_is_a_new_article_beside_the_old_one(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    url = web.put("/a", page(TEXT))
    list(fetcher.fetch([url]))
    web.put("/a", page(TEXT.replace("Two", "Three")))
    list(fetcher.fetch([url]))
    old, new = articles(evidence)
    assert old.name == new.name == url
    assert (b"Two" in old.raw, b"Three" in new.raw) == (True, True)
    assert old.id != new.id
    assert [kept.status for _, kept in archive.versions(evidence, url)] == [200, 200]


def test_the_same_bytes_are_kept_once(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    url = web.put("/a", page(TEXT))
    list(fetcher.fetch([url, url, url]))
    kept = [k for k in lines(evidence) if k.url == url]
    assert [k.body for k in kept] == [True, False, False]
    assert archive.body(evidence, kept[0])[0] == page(TEXT).encode()
    assert len(articles(evidence)) == 1
    assert verify(evidence)[1] == ()


@pytest.mark.parametrize("feed", [rss(), atom(), json_feed()], ids=["rss", "atom", "json"])
def test_the_pages_of_a_feed_are_fetched_once_each(fetcher: Fetcher, web: Web, evidence: Path, feed: bytes) -> None:
    url = web.put("/feed", (200, {"Content-Type": "application/xml"}, local(feed, web)))
    web.put("/1", page(TEXT))
    web.put("/2", page("Two villages lost power, the council reported. It came back at noon."))
    found = list(fetcher.fetch([url]))
    assert all(isinstance(one, Kept) for one in found)
    list(fetcher.fetch([url]))
    assert (web.asked["/feed"], web.asked["/1"], web.asked["/2"]) == (2, 1, 1)
    one, two = articles(evidence)
    assert (one.name, one.given.published) == (web.url("/1"), "2024-05-03T08:00:00+00:00")
    assert two.given.published == "2024-05-04T10:30:00+03:00"


def test_of_a_page_that_cannot_be_had_the_feeds_own_text_is_read(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    url = web.put("/feed", (200, {"Content-Type": "application/rss+xml"}, local(rss(), web)))
    web.put("/2", page(TEXT))
    assert "404" in problem(list(fetcher.fetch([url])))
    one, two = articles(evidence)
    assert {one.name, two.name} == {web.url("/1"), web.url("/2")}
    assert b"the mayor said" in next(a for a in (one, two) if a.name.endswith("/1")).raw


def test_a_date_in_the_future_is_reported_and_not_taken(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    feed = local(rss(date="Fri, 03 May 2034 08:00:00 GMT"), web)
    url = web.put("/feed", (200, {"Content-Type": "application/rss+xml"}, feed))
    web.put("/1", page(TEXT))
    web.put("/2", page("Two villages lost power."))
    assert "in the future" in problem(list(fetcher.fetch([url])))
    assert sorted(a.given.published for a in articles(evidence)) == ["", "2024-05-04T10:30:00+03:00"]


@pytest.mark.parametrize("meta", ["", '<meta charset="utf-8">', '<meta charset="windows-1252">'])
def test_the_charset_of_the_header_reaches_the_text(fetcher: Fetcher, web: Web, evidence: Path, meta: str) -> None:
    text = "橋が明け方に攻撃されたと市長が述べた。けが人はいなかった。" * 3
    raw = page(text).replace("<head>", f"<head>{meta}").encode("shift_jis")
    list(fetcher.fetch([web.put("/a", (200, {"Content-Type": 'text/html; charset="Shift_JIS"'}, raw))]))
    (article,) = articles(evidence)
    assert (article.media_type, article.raw) == ("text/html; charset=shift_jis", raw)
    assert text in clean(article, Theatre(name="world")).text
    ((_, version),) = versions_of(evidence, article.name, 1_000_000)
    assert text in version


def test_the_charset_of_the_header_is_that_of_a_feed_that_names_none(
    fetcher: Fetcher, web: Web, evidence: Path
) -> None:
    feed = rss().replace(b' encoding="utf-8"', b"").decode().replace("Valley Courier", "Вісник долини")
    sent = feed.encode("koi8-u", "replace")
    list(fetcher.fetch([web.put("/feed", (200, {"Content-Type": "text/xml; charset=koi8-u"}, sent))]))
    assert {article.given.outlet for article in articles(evidence)} == {"Вісник долини"}


SITEMAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{base}/1</loc><news:news>
<news:publication><news:name>Valley Courier</news:name></news:publication>
<news:publication_date>2024-05-03</news:publication_date><news:title>Bridge hit</news:title></news:news></url>
<url><loc>javascript:x()</loc></url></urlset>"""


def test_a_sitemap_and_a_list_of_them_lead_to_pages(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    web.put("/news.xml", (200, {"Content-Type": "application/xml"}, SITEMAP.format(base=web.base).encode()))
    index = f'<sitemapindex xmlns="x"><sitemap><loc>{web.base}/news.xml</loc></sitemap></sitemapindex>'
    url = web.put("/all.xml", (200, {"Content-Type": "application/xml"}, index.encode()))
    web.put("/1", page(TEXT))
    assert not [one for one in fetcher.fetch([url]) if isinstance(one, Failure)]
    (article,) = articles(evidence)
    assert (article.name, article.given.published, article.given.title) == (web.url("/1"), "2024-05-03", "Bridge hit")


def test_a_feed_that_is_a_bomb_is_a_failure_and_the_others_go_on(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">]><rss><channel><title>&a;</title></channel></rss>'
    bad = web.put("/feed", (200, {"Content-Type": "application/rss+xml"}, bomb))
    found = list(fetcher.fetch([bad, web.put("/a", page(TEXT))]))
    assert "declares entities" in problem(found)
    assert isinstance(found[-1], Kept)


def test_robots_txt_that_forbids_is_obeyed(fetcher: Fetcher, web: Web) -> None:
    web.put("/robots.txt", (200, {}, b"User-agent: *\nDisallow: /closed/*.html$\n"))
    url = web.put("/closed/a.html", page(TEXT))
    assert "forbids" in problem(list(fetcher.fetch([url])))
    assert isinstance(next(iter(fetcher.fetch([web.put("/closed/a.txt", "x")]))), Kept)
    assert web.asked["/closed/a.html"] == 0
    assert web.asked["/robots.txt"] == 1


def test_robots_txt_that_is_huge_is_read_as_far_as_asked(fetcher: Fetcher, web: Web) -> None:
    rules = b"User-agent: *\nDisallow: /first\n" + b"# nothing\n" * (MOST_BYTES // 5) + b"Disallow: /\n"
    web.put("/robots.txt", (200, {}, rules))
    assert isinstance(next(iter(fetcher.fetch([web.put("/a", page(TEXT))]))), Kept)
    assert "forbids" in problem(list(fetcher.fetch([web.put("/first", page(TEXT))])))


@pytest.mark.parametrize("answer", [(500, {}, b""), (503, {}, b"")])
def test_where_robots_txt_cannot_be_had_nothing_is_asked(fetcher: Fetcher, web: Web, answer: tuple) -> None:
    web.put("/robots.txt", answer)
    assert "cannot be had" in problem(list(fetcher.fetch([web.put("/a", page(TEXT))])))
    assert web.asked["/a"] == 0


def test_a_pause_is_made_between_two_requests_to_a_host(fetcher: Fetcher, web: Web, times: Time) -> None:
    web.put("/robots.txt", (200, {}, b"User-agent: *\nCrawl-delay: 7\n"))
    list(fetcher.fetch([web.put("/a", page(TEXT)), web.put("/b", page(TEXT))]))
    assert sum(times.slept) >= 14
    assert max(times.slept) <= 7


def test_429_is_obeyed_for_as_long_as_it_says(fetcher: Fetcher, web: Web, times: Time) -> None:
    url = web.put("/a", (429, {"Retry-After": "120"}, b""))
    assert "429" in problem(list(fetcher.fetch([url])))
    web.put("/a", page(TEXT))
    assert "left alone until 2024-05-05 12:02" in problem(list(fetcher.fetch([url])))
    assert web.asked["/a"] == 1
    times.now += timedelta(seconds=121)
    assert isinstance(next(iter(fetcher.fetch([url]))), Kept)


def test_errors_of_a_server_put_it_off_longer_each_time(fetcher: Fetcher, web: Web, times: Time) -> None:
    url = web.put("/a", (500, {}, b"broken"))
    waits = []
    for _ in range(3):
        assert "500" in problem(list(fetcher.fetch([url])))
        host = url.split("/")[2]
        waits.append(fetcher.state.host(host)[0] - times.now.timestamp())
        times.now += timedelta(seconds=waits[-1] + 1)
    assert waits == pytest.approx([60, 120, 240])


def test_a_page_of_a_feed_that_is_not_there_or_not_allowed_is_left_alone_for_a_while(
    fetcher: Fetcher, web: Web, times: Time
) -> None:
    web.put("/robots.txt", b"User-agent: *\nDisallow: /2\n")
    url = web.put("/feed", (200, {"Content-Type": "application/rss+xml", "ETag": '"1"'}, local(rss(), web)))
    assert sorted(one.name for one in fetcher.fetch([url]) if isinstance(one, Failure)) == [
        web.url("/1"),
        web.url("/2"),
    ]
    assert [one for one in fetcher.fetch([url]) if isinstance(one, Failure)] == []
    assert web.asked["/1"] == 1
    web.put("/1", page(TEXT))
    times.now += timedelta(hours=2)
    found = list(fetcher.fetch([url]))
    assert web.url("/1") in {one.url for one in found if isinstance(one, Kept)}
    assert [one.name for one in found if isinstance(one, Failure)] == [web.url("/2")]
    times.now += timedelta(hours=1.5)  # twice as long now
    assert [one for one in fetcher.fetch([url]) if isinstance(one, Failure)] == []
    assert web.asked["/2"] == 0


def test_a_circle_of_redirects_does_not_put_its_host_off(fetcher: Fetcher, web: Web) -> None:
    round_and_round = web.put("/loop", redirect("/loop"))
    found = list(fetcher.fetch([round_and_round, web.put("/a", page(TEXT))]))
    assert "in a circle" in problem(found)
    assert [one.url for one in found if isinstance(one, Kept)] == [web.url("/a")]


def test_a_redirect_is_kept_with_what_it_led_to(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    web.put("/b", page(TEXT))
    url = web.put("/a", redirect("/b"))
    list(fetcher.fetch([url]))
    assert [(k.status, k.url[-2:]) for k in lines(evidence)][1:] == [(302, "/a"), (200, "/b")]
    assert [a.name for a in articles(evidence)] == [web.url("/b")]


def test_what_was_cut_off_is_kept_and_asked_for_again(fetcher: Fetcher, web: Web, evidence: Path) -> None:
    status, headers, body = packed(page(TEXT).encode())
    url = web.put("/a", (status, {**headers, "ETag": '"1"'}, body[:-9]))
    assert "cut off" in problem(list(fetcher.fetch([url])))
    assert archive.body(evidence, list(lines(evidence))[-1])[0] == body[:-9]
    web.put("/a", (status, headers, body))
    assert isinstance(next(iter(fetcher.fetch([url]))), Kept)
    assert "If-None-Match" not in web.requests[-1].headers
    assert articles(evidence)[-1].raw == page(TEXT).encode()


class Killed(BaseException):
    pass


@pytest.mark.parametrize("where", ["append", "keep", "saw"])
def test_a_kill_between_fetch_and_store_loses_nothing(
    where: str, web: Web, evidence: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = web.put("/feed", (200, {"Content-Type": "application/rss+xml", "ETag": '"1"'}, local(rss(), web)))
    web.put("/1", page(TEXT))
    web.put("/2", page("Two villages lost power."))
    web.pages["/feed"] = versioned(local(rss(), web), '"1"')

    def killed(*args: object, **kwargs: object) -> None:
        raise Killed

    first = Fetcher(evidence, world)
    going: Iterator[object] = first.fetch([url])
    next(going)
    next(going)
    with monkeypatch.context() as patch:
        if where == "append":  # the bytes are in the WARC file, their line is not in the manifest
            patch.setattr("fogline.sources.evidence.manifest.append", killed)
        elif where == "keep":  # they came and nothing was written
            patch.setattr(archive.Evidence, "keep", killed)
        else:  # all was written but what is remembered of the page
            patch.setattr("fogline.sources.web.state.State.saw", killed)
        with pytest.raises(Killed):
            list(going)
    first.close()
    again = Fetcher(evidence, world)
    list(again.fetch([url]))
    again.close()
    assert {a.name for a in articles(evidence)} == {web.url("/1"), web.url("/2")}
    assert verify(evidence)[1] == ()


def test_a_page_kept_on_another_day_is_not_read_again_from_the_feed(
    fetcher: Fetcher, web: Web, evidence: Path, times: Time
) -> None:
    url = web.put("/feed", (200, {"Content-Type": "application/rss+xml"}, local(rss(), web)))
    web.put("/1", redirect("/one"))
    web.put("/one", page(TEXT))
    web.put("/2", page("Two villages lost power."))
    list(fetcher.fetch([url]))
    times.now += timedelta(days=1)
    web.put("/feed", (200, {"Content-Type": "application/rss+xml"}, local(rss(), web) + b"<!-- the next day -->"))
    list(fetcher.fetch([url]))
    assert len(list(evidence.glob("*.warc.gz"))) == 2
    assert {a.name for a in articles(evidence)} == {web.url("/one"), web.url("/2")}
