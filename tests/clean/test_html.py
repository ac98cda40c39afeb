from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fogline.clean.cleaning import clean, text_of
from fogline.clean.depth import _is_closed, _piecewise, _stepwise, deepest
from fogline.errors import EmptyInput, InputError, TooLarge
from fogline.model import Article, Document, Given, Theatre

PROSE = "The bridge over the river was hit at dawn, the mayor said, and nobody was hurt in the strike."
BODY = f"<h1>Bridge hit again</h1><p>{PROSE}</p><p>{PROSE.replace('dawn', 'noon')}</p><p>Buses run again.</p>"


def read(markup: str | bytes, **known: str) -> Document:
    raw = markup if isinstance(markup, bytes) else markup.encode()
    article = Article(name="a.html", raw=raw, media_type="text/html", given=Given(**known))
    document = clean(article, Theatre(name="world"))
    assert text_of(article) == document.text
    return document


def page(head: str = "", body: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Bridge hit again</title>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>War</a></li></ul></nav>"
        f"<article>{body}{BODY}</article><footer>© 2019 Hill Post</footer></body></html>"
    )


def test_the_text_is_the_article_a_paragraph_a_line() -> None:
    lines = read(page()).text.split("\n")
    assert PROSE in lines
    assert not {"Home", "War"} & set(lines)
    assert "" not in lines


def test_what_a_page_says_about_itself() -> None:
    head = (
        '<meta property="og:site_name" content="Valley Courier"><link rel="canonical" href="https://vc.example/a">'
        '<meta property="article:published_time" content="2023-05-12T10:00:00+03:00">'
    )
    document = read(page(head))
    assert (document.title, document.outlet, document.url) == (
        "Bridge hit again",
        "Valley Courier",
        "https://vc.example/a",
    )
    assert (document.published.edtf, document.language) == ("2023-05-12", "en")


def test_what_was_given_wins() -> None:
    head = '<meta property="og:site_name" content="Valley Courier"><meta name="date" content="2023-05-12">'
    document = read(page(head), outlet="Hill Post", title="T", published="2022-01-02", url="https://h.example/")
    assert (document.outlet, document.title, document.url) == ("Hill Post", "T", "https://h.example/")
    assert document.published.edtf == "2022-01-02"


def test_the_publisher_in_json_ld_is_the_outlet() -> None:
    publisher = '{"publisher": {"@type": "Organization", "name": "\\u0412\\u0456\\u0441\\u0442\\u0456"}}'
    head = f'<script type="application/ld+json">{publisher}</script>'
    assert read(page(head)).outlet == "Вісті"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<script type="application/ld+json">{"datePublished": "2023-05-12T01:00:00Z"}</script>', ""),
        ("", '<time datetime="2023-05-12T10:00">Friday</time>'),
        ("", '<div class="post-date">12 травня 2023, 10:00</div>'),
        ("", '<span class="published">May 12, 2023</span><time datetime="2023-06-01">updated</time>'),
        ("", '<div class="x">By Jane Roe | 12 May 2023</div>'),
        ('<link rel="canonical" href="https://vc.example/2023/05/12/bridge">', ""),
        # The address has the day of the place, the metadata that of Greenwich.
        (
            '<link rel="canonical" href="https://vc.example/2023/05/12/b">'
            '<meta name="date" content="2023-05-13T02:00Z">',
            "",
        ),
        ('<meta property="article:modified_time" content="2023-05-12">', ""),
    ],
)
def test_a_day_that_is_written_out_is_found(head: str, body: str) -> None:
    assert read(page(head, body)).published.edtf == "2023-05-12"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ('<meta name="date" content="2023-05">', ""),
        ('<meta name="date" content="2023">', ""),
        ('<meta property="og:image" content="https://vc.example/2021/03/04/a.jpg">', ""),
        ("", '<img src="https://vc.example/2021/03/04/a.jpg">'),
        ("", '<span class="date">May</span>'),
        ("", '<span class="date">2 hours ago</span>'),
        ("", '<span class="date">03/04/2023</span>'),
        ("", '<aside><time datetime="2020-01-01">another story</time></aside>'),
        ("", '<div id="comments"><time datetime="2024-01-01">a comment</time></div>'),
    ],
)
def test_no_day_is_invented(head: str, body: str) -> None:
    assert read(page(head, body)).published.end is None


def test_a_day_in_the_prose_is_not_the_day_of_publication() -> None:
    published = read(page(body="<p>It was also hit on 2022-06-01, when nobody was hurt either.</p>")).published
    assert published.edtf == "2022-06-01/.."


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-u", "utf-16"])
def test_a_page_in_any_encoding(encoding: str) -> None:
    prose = "Міст через річку обстріляли на світанку, повідомив мер; ніхто не постраждав."
    body = f"<body><article><p>{prose}</p><p>{prose[:-1]} знову.</p></article></body>"
    markup = f"<html><head><meta charset='windows-1252'></head>{body}</html>"
    document = read(markup.encode(encoding))
    assert prose in document.text
    assert document.language == "uk"


def test_furniture_that_may_be_prose_is_left_in_the_article_and_marked() -> None:
    document = read(page(body="<p>Photo: Jane Roe / Hill Post</p>"))
    assert "Photo: Jane Roe / Hill Post" in [piece.span.of(document.text) for piece in document.furniture]


@pytest.mark.parametrize("markup", [f"<p>{PROSE}</p>", PROSE, f"<div>{PROSE}"])
def test_a_fragment_is_read(markup: str) -> None:
    assert read(markup).text == PROSE


@pytest.mark.parametrize("markup", ["<html></html>", "<html><body><script>x</script></body></html>", "<!-- -->", "<"])
def test_a_page_without_an_article_is_refused_or_kept_as_it_is(markup: str) -> None:
    try:
        assert read(markup).text.strip()
    except EmptyInput:
        return


@pytest.mark.parametrize("opened", ["<div>", "<DIV class='a>b'>", "<ul><li>", "<table><tr><td>", "<span><p>"])
def test_fifty_thousand_nested_elements_are_refused_at_once(opened: str) -> None:
    before = time.process_time()
    with pytest.raises(TooLarge, match="250 deep"):
        read(opened * 50_000 + PROSE)
    assert time.process_time() - before < 1


def test_a_page_too_long_is_refused_with_the_limit() -> None:
    with pytest.raises(TooLarge, match="10,000,000"):
        read("<p>" + "word " * 2_100_000)


PIECES = (
    *("<div>", "</div>", "<p>", "<b/>", "<!-- <i> -->", "<script>'<div>'</script>", "<script/>", "<script></style>"),
    *("<title>a</title>", "<textarea <b>", "<a b='>'>", "text", "<", ">", "-->", "<!--", "</script>", "<svg>", "<x-y>"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_depth_is_the_same_in_pieces_and_in_steps(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert not _is_closed(markup) or _piecewise(markup, 100) == _stepwise(markup, 100)


@pytest.mark.parametrize("piece", ["<script </script ", "<title/", "<script></style", "<!-- <script> "])
def test_depth_is_counted_in_one_pass_where_all_is_closed(piece: str) -> None:
    markup = piece * 100_000 + "></script></title>-->"
    assert _is_closed(markup)
    before = time.process_time()
    deepest(markup, 10**9)
    assert time.process_time() - before < 3


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<SCRIPT>", "<", "<a b='", "<ul><li></ul>", "&amp;", "</div>"])
def test_depth_is_counted_in_one_pass(piece: str) -> None:
    before = time.process_time()
    deepest(piece * 200_000, 10**9)
    assert time.process_time() - before < 3


@pytest.mark.parametrize(
    ("markup", "depth"),
    [
        ("", 0),
        ("<div><b><i>", 3),
        ("<div></div><div></div>", 1),
        ("</div><div>", 1),
        ("<div><br><img><input></div>", 1),
        ("<script>'<div><div>'</script><p>", 0),
        ("<svg><path/><path/></svg>", 1),
        ("a < b and <c", 1),
    ],
)
def test_depth(markup: str, depth: int) -> None:
    assert deepest(markup, 100) == depth


def test_entities_are_not_expanded_and_nothing_outside_is_read() -> None:
    bomb = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 9))
    outside = "<!ENTITY x SYSTEM 'file:///etc/passwd'>"
    document = read(
        f"<!DOCTYPE html [<!ENTITY a0 'ha'>{bomb}{outside}]><html><body>{BODY}<p>&a8; &x;</p></body></html>"
    )
    assert len(document.text) < 10_000
    assert "root:" not in document.text


LONG = (
    "The ferry across the northern reservoir runs again after {} days, the harbour office said on its own page today."
)


def test_an_article_cut_into_containers_is_put_together() -> None:
    def piece(*days: str) -> str:
        return f"<div class='article-body'>{''.join(f'<p>{LONG.format(day)}</p>' for day in days)}</div>"

    advertisement = "<div class='ad'><p>Buy now</p></div>"
    other = f"<ul><li><div class='article-body'><p>{LONG.format('ninety')}</p></div></li></ul>"
    body = advertisement.join([piece("two", "three", "four"), piece("five", "six"), piece("seven")]) + other
    lines = read(
        f"<html><head><title>Ferry</title></head><body><main><div>{body}</div></main></body></html>"
    ).text.split("\n")
    assert lines == [LONG.format(day) for day in ("two", "three", "four", "five", "six", "seven")]


def test_what_only_leads_elsewhere_is_no_line_of_the_article() -> None:
    leads = "<p><a href='/2'>Trains resume to the northern towns after a week</a></p>"
    source = "<p>[<a href='/3'>Courier</a>]</p>"
    form = "<p>Leave a comment</p><p>Related articles</p>"
    lines = read(page(body=f"<p>{LONG.format('two')}</p>{leads}{source}{form}")).text.split("\n")
    assert lines[:2] == [LONG.format("two"), "[Courier]"]
    assert not [line for line in lines if "Trains resume" in line or "comment" in line or "Related" in line]


def test_the_title_and_a_summary_set_as_a_heading_are_no_lines_of_the_article() -> None:
    summary = "What the harbour office knows and what it does not know"
    head = f"<meta property='og:title' content='Bridge hit again'><meta name='description' content='{summary}'>"
    lines = read(page(head, f"<h2>Bridge hit again</h2><h2>{summary}</h2><h2>On the river</h2>")).text.split("\n")
    assert "On the river" in lines
    assert not {"Bridge hit again", summary} & set(lines)


TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<table><td>", "<article>", "<!--", "-->", "<script>", "</script>"),
        *(
            "&#0;",
            "&#xD800;",
            "&bad;",
            "<a href='",
            "'>",
            "<time datetime='2023-05-12'>",
            "<meta name=date content=2023>",
        ),
        *('"publisher":{"name":"\\ud800"}', "<script type=ld+json>", "\0", "\ufffe", PROSE, "\r\n", "<![CDATA["),
        "<?xml version='1.0' encoding='utf-16'?>",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TAGS | st.text(max_size=8), max_size=25).map("".join))
def test_any_page_gives_a_document_or_an_input_error(markup: str) -> None:
    try:
        document = read(markup.encode("utf-8", "replace"))
    except InputError:
        return
    document.text.encode()
    document.outlet.encode()
    document.title.encode()


def test_a_headline_of_json_ld_is_the_title_where_the_title_element_says_the_same() -> None:
    head = """<title>The bridge is hit. Again | Hill Post</title><script type="application/ld+json">
    [{"@type": "NewsArticle", "headline": "Another report"},
     {"@type": "NewsArticle", "headline": "The bridge is hit. Again", "author": {"name": "Jane Roe"}}]</script>"""
    document = read(f"<html><head>{head}</head><body><article>{BODY.replace('Bridge hit again', 'Bridge')}</article>")
    assert (document.title, document.origins.title) == ("The bridge is hit. Again", "JSON-LD")


TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en">The village is ours. <a href="https://t.co/x">pic.twitter.com/x</a></p>'
    '&mdash; Front Watcher (@front) <a href="https://t.example/1">May 12, 2023</a></blockquote>'
)


def test_an_embedded_post_is_a_quotation_of_its_author() -> None:
    document = read(page(body=BODY + TWEET))
    assert "“The village is ours. pic.twitter.com/x”, wrote Front Watcher (@front) May 12, 2023" in document.text.split(
        "\n"
    )


@pytest.mark.parametrize(
    ("signed", "said"),
    [
        (
            "&mdash; Jane Roe (@jane.example.social) <a>May 12, 2023 at 1:05 PM</a>",
            "Jane Roe (@jane.example.social) May 12, 2023",
        ),
        ("Posted by <a>Hill Council</a> on <a>Friday, May 12, 2023</a>", "Hill Council Friday, May 12, 2023"),
        (
            "<p>A post shared by Jane Roe (@jane) on May 12, 2023 at 7:00am PST</p>",
            "Jane Roe (@jane) May 12, 2023 at 7",
        ),
    ],
)
def test_posts_of_other_kinds_too(signed: str, said: str) -> None:
    post = f'<blockquote class="bluesky-embed"><p>One.</p><p>Two.</p>{signed}</blockquote>'
    document = read(page(body=BODY + post))
    assert f"“One. Two.”, wrote {said}" in document.text


@pytest.mark.parametrize(
    "quoted",
    [
        f"<blockquote><p>{PROSE}</p>&mdash; Jane Roe (@jane) May 12, 2023</blockquote>",
        f'<blockquote class="twitter-tweet"><p>{PROSE}</p></blockquote>',
        '<blockquote class="twitter-tweet"></blockquote>',
    ],
)
def test_other_quotations_and_posts_that_name_nobody_are_left(quoted: str) -> None:
    assert ", wrote" not in read(page(body=BODY + quoted)).text
