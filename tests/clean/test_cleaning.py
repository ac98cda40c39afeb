from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.clean.cleaning import VERSION, clean, text_of
from fogline.errors import EmptyInput, InputError, NotText
from fogline.model import (
    UNKNOWN_WHEN,
    AnchorEvent,
    Article,
    Basis,
    Document,
    FurnitureKind,
    Given,
    Outlet,
    Precision,
    Theatre,
)

WORLD = Theatre(name="world")
RIVER = Theatre(
    name="river",
    outlets=(Outlet(names=("Valley Courier", "The Courier"), domains=("vc.example", "t.me/valley")),),
    anchors=(AnchorEvent(name="flood", phrases=("the great flood",), day=date(2021, 3, 4)),),
)
PROSE = "The bridge over the river was hit at dawn, the mayor said in a statement."


def read(text: str | bytes, theatre: Theatre = WORLD, media_type: str = "text/plain", **known: str) -> Document:
    raw = text if isinstance(text, bytes) else text.encode()
    article = Article(name="a.txt", raw=raw, media_type=media_type, given=Given(**known))
    document = clean(article, theatre)
    assert text_of(article) == document.text
    return document


@pytest.mark.parametrize(
    "text", [f"{PROSE}\r\n\r\n{PROSE}\r\n", f"  {PROSE}\r{PROSE}", f"\n\n{PROSE}\t", "x\u2028y\x0bz"]
)
def test_plain_text_is_kept_as_decoded(text: str) -> None:
    assert read(text).text == text


def test_the_document_names_its_article_and_its_cleaner() -> None:
    article = Article(name="a.txt", raw=PROSE.encode())
    document = clean(article, WORLD)
    assert (document.article_id, document.name) == (article.id, "a.txt")
    assert VERSION in document.cleaner


@pytest.mark.parametrize("raw", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16")])
def test_no_text_is_refused_by_name(raw: bytes) -> None:
    with pytest.raises(EmptyInput, match=r"a\.txt") as caught:
        read(raw)
    assert caught.value.hint


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_binary_is_refused_by_name(media_type: str) -> None:
    with pytest.raises(NotText, match=r"a\.txt"):
        read(bytes(range(256)) * 20, media_type=media_type)


def test_what_was_given_wins() -> None:
    document = read(
        f"(Hill Post)- {PROSE}\n{PROSE}",
        outlet="Valley Courier",
        title="Bridge hit",
        url="https://other.example/1",
        published="2022-09-10T08:00:00Z",
    )
    assert (document.outlet, document.title, document.url) == (
        "Valley Courier",
        "Bridge hit",
        "https://other.example/1",
    )
    assert (document.published.start, document.published.end) == (date(2022, 9, 10), date(2022, 9, 10))
    assert document.published.basis is Basis.STATED


def test_a_month_that_was_given_stays_a_month() -> None:
    published = read(PROSE, published="2022-02").published
    assert (published.start, published.end, published.edtf) == (date(2022, 2, 1), date(2022, 2, 28), "2022-02")
    assert published.precision is Precision.MONTH


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"(The Courier)- {PROSE}", "Valley Courier"),
        (f"LOZOVA, May 12 (Hill Post) — {PROSE}", "Hill Post"),
        (f"Bridge hit\nBy Jane Roe, Hill Tribune\n{PROSE}", "Hill Tribune"),
        (f"Bridge hit\nby Jane Roe – World Editor\n{PROSE}", ""),
        (f"Bridge hit\nby Jane Roe, Kharkiv\n{PROSE}", ""),
        (f"Bridge hit at dawn | Hill Tribune\n{PROSE}", "Hill Tribune"),
        (f"Bridge hit at dawn - The Courier\n{PROSE}", "Valley Courier"),
        (f"{PROSE}\n© 2023 Hill Tribune. All rights reserved.", "Hill Tribune"),
        (f"HT Interpretation: {PROSE}", ""),
        (f"(photo: Hill Tribune)\n{PROSE}", ""),
        (f"Bridge hit\nHill Tribune, 3 March 2022\n{PROSE}", "Hill Tribune"),
        (f"Bridge hit\nHill Tribune\n3 March 2022\n{PROSE}", "Hill Tribune"),
        (f"Bridge hit\n\nHill Tribune\n\n{PROSE}", "Hill Tribune"),
        (f"{PROSE}\n(Hill Tribune)", "Hill Tribune"),
        (f"Bridge hit\nHill Tribune, 3 March 2022\nLOZOVA (Valley News) - {PROSE}", "Hill Tribune"),
        (f"Bridge hit\nKharkiv, 3 March 2022\n{PROSE}", ""),
        (PROSE, ""),
    ],
)
def test_the_outlet_is_named_only_where_the_text_names_it(text: str, outlet: str) -> None:
    assert read(text, RIVER).outlet == outlet


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.vc.example/war/1", "Valley Courier"),
        ("http://m.news.vc.example/1", "Valley Courier"),
        ("https://t.me/s/valley/12", "Valley Courier"),
        ("https://t.me/hills/12", "t.me/hills"),
        ("https://www.hills.example/a", "hills.example"),
        ("https://nvc.example/a", "nvc.example"),
        ("ftp://x", ""),
        ("http://[broken", ""),
    ],
)
def test_the_outlet_is_told_by_the_address(url: str, outlet: str) -> None:
    assert read(PROSE, RIVER, url=url).outlet == outlet


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Bridge hit\n12 May 2023, 14:05\n{PROSE}", date(2023, 5, 12)),
        (f"Міст обстріляно вночі\n12 травня 2023\n{PROSE}", date(2023, 5, 12)),
        (f"Bridge hit\nUpdated: 14 May 2023\nPublished: 12 May 2023\n{PROSE}", date(2023, 5, 12)),
        (f"LOZOVA, 12 May 2023 (Hill Post) — {PROSE}", date(2023, 5, 12)),
        (f"{PROSE}\nPublished: 12 May 2023", date(2023, 5, 12)),
        (f"Bridge hit\nHill Tribune, 12 May 2023\n{PROSE}", date(2023, 5, 12)),
        (f"Bridge hit\nBy Jane Roe | 12 May 2023, 14:05\n{PROSE}", date(2023, 5, 12)),
    ],
)
def test_a_date_that_the_text_bears_is_its_date(text: str, day: date) -> None:
    published = read(text).published
    assert (published.start, published.end, published.basis) == (day, day, Basis.STATED)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        (f"{PROSE} It had been hit on 10 September 2022 too.", date(2022, 9, 10)),
        (f"Five days\n24 February 2022\n{PROSE}\n27 February 2022\n{PROSE}", date(2022, 2, 27)),
        (f"{PROSE} It was built three days after the great flood.", date(2021, 3, 7)),
    ],
)
def test_a_report_without_a_date_came_out_after_the_latest_past_day_it_speaks_of(text: str, since: date) -> None:
    published = read(text, RIVER).published
    assert (published.start, published.end, published.basis) == (since, None, Basis.UNKNOWN)
    assert published.edtf == f"{since}/.."
    assert published.precision is Precision.INTERVAL


@pytest.mark.parametrize("text", [PROSE, f"{PROSE} It will open by May.", f"LOZOVA, May 12 (Hill Post) — {PROSE}"])
def test_no_day_is_invented(text: str) -> None:
    assert read(text).published.end is None
    assert read(text).published == UNKNOWN_WHEN


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "en"),
        ("Міст через річку обстріляли на світанку, повідомив у заяві мер міста.", "uk"),
        ("Мост через реку обстреляли на рассвете, сообщил в заявлении мэр города.", "ru"),
        ("Bridge.", ""),
        ("ua en ru\nHome | News | War | Contact\nShare on Facebook\nLeave a Comment", ""),
        ("1234567890 " * 20, ""),
    ],
)
def test_the_language_is_that_of_the_prose(text: str, language: str) -> None:
    assert read(text).language == language


def test_the_language_is_not_that_of_the_menu() -> None:
    menu = "Головна | Новини | Війна | Політика | Контакти\nПідписуйтесь на наш канал, щоб не пропустити важливе.\n"
    assert read(menu * 5 + PROSE).language == "en"


def test_the_same_bytes_give_the_same_document() -> None:
    text = f"Bridge hit again\n{PROSE}\nRead also: Trains\n{PROSE}"
    assert read(text) == read(text)
    assert read(text).id == read(text).id


MEDIA = st.sampled_from(["text/plain", "text/markdown"])
PIECES = st.sampled_from(
    [
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\0",
        b"\r\n",
        b"# ",
        b"**",
        b"](",
        b"<!--",
        b"---\n",
        PROSE.encode(),
        "місто".encode(),
        "місто".encode("cp1251"),
        b"by Jane Roe\n",
        b"\x85",
        b"12 May 2023\n",
    ]
)


@given(
    raw=st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=10), max_size=12).map(b"".join), media_type=MEDIA
)
def test_any_bytes_give_a_document_or_an_input_error(raw: bytes, media_type: str) -> None:
    try:
        document = read(raw, media_type=media_type)
    except InputError as error:
        with pytest.raises(type(error), match=re.escape(error.message)):
            text_of(Article(name="a.txt", raw=raw, media_type=media_type))
        return
    spans = [piece.span for piece in document.furniture]
    assert all(0 <= span.start < span.end <= len(document.text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert document.text.strip()


@pytest.mark.parametrize("letter", ["x", "слово ", "…", "\u200fא", "( "])
def test_a_line_of_a_million_characters(letter: str) -> None:
    assert len(read(letter * (1_000_000 // len(letter)), published="2022").text) > 900_000


def test_markdown_marks_are_furniture_and_offsets_hold() -> None:
    text = (
        '# Bridge hit\n\nThe **mayor** [said](https://vc.example/a "x") so, _twice_.\n\n## Next\n\n> - It *stands*.\n'
    )
    document = read(text, media_type="text/markdown")
    assert document.text == text
    assert document.title == "Bridge hit"
    kinds = [(piece.kind, piece.span.of(text)) for piece in document.furniture]
    assert (FurnitureKind.TITLE, "# Bridge hit") in kinds
    assert (FurnitureKind.HEADING, "## Next") in kinds
    assert (FurnitureKind.MARKUP, "**") in kinds
    assert (FurnitureKind.MARKUP, '](https://vc.example/a "x")') in kinds
    kept = "".join(
        character
        for i, character in enumerate(text)
        if not any(p.span.start <= i < p.span.end for p in document.furniture)
    )
    assert kept.split() == ["The", "mayor", "said", "so,", "twice.", "-", "It", "stands."]


def test_front_matter_is_read() -> None:
    text = f'---\ntitle: "Bridge hit"\ndate: 2023-05-12\n---\n\n{PROSE}\n'
    document = read(text, media_type="text/markdown")
    assert (document.title, document.published.edtf) == ("Bridge hit", "2023-05-12")
    assert document.furniture[0].span.of(text).startswith("---\ntitle")


@pytest.mark.parametrize("prose", ["5 * 3 * 2 men", "file_name_of_it", "a ** b", "[ed.] (sic)", "- 14 drones", "2 > 1"])
def test_what_only_looks_like_markdown_is_left(prose: str) -> None:
    assert read(f"{PROSE}\n\n{prose} and the rest of it, he said.\n", media_type="text/markdown").furniture == ()
