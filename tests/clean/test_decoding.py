from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.clean.decoding import decode
from fogline.errors import NotText

UKRAINIAN = "Уночі обстріляли міст біля Куп'янська. Є загиблі, їхні імена встановлюють, — повідомила область."
RUSSIAN = "Ночью обстрелян мост у посёлка. По словам губернатора, двое ранены — «состояние средней тяжести»."
FRENCH = "Le pont a été touché à l’aube – « aucun blessé », dit le maire. Coût : 40 km² évacués."
ENGLISH = "The café at the bridge’s end – “closed since May” – reopened at 10°C."


@pytest.mark.parametrize("text", [UKRAINIAN, RUSSIAN, FRENCH, ENGLISH, "Plain.\r\nLines.\rKept.\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [UKRAINIAN, RUSSIAN, "Село взято.", "Міст, 12 травня: стоїть"])
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic"])
def test_old_cyrillic_encodings(text: str, encoding: str) -> None:
    raw = text.encode(encoding, "replace")
    assert decode(raw) == raw.decode(encoding)


def test_koi8_r() -> None:
    raw = RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"').encode("koi8-r")
    assert decode(raw) == raw.decode("koi8-r")


@pytest.mark.parametrize(
    "text", [FRENCH, ENGLISH, "It’s one quote.", "Köln grüßt.", "naïve", "€5 a day", "Señor Muñoz"]
)
def test_windows_latin_is_not_taken_for_cyrillic(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


def test_polish() -> None:
    text = "Ostrzelano most o świcie, powiedział rzecznik. Zażółć gęślą jaźń."
    assert decode(text.encode("cp1250")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("夜间桥梁遭到炮击，市长表示没有人受伤。" * 3, "gb18030"),
        ("قال رئيس البلدية إن الجسر تعرض للقصف فجرا" * 2, "cp1256"),
    ],
)
def test_other_alphabets_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "utf-8", "utf-16", "zip", "nonsense", "cp1252"])
def test_what_a_page_declares_does_not_beat_what_it_is(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body>{UKRAINIAN}</body></html>'
    assert decode(page.encode("utf-8"), markup=True) == page
    assert decode(page.encode("cp1251"), markup=True) == page


def test_what_a_page_declares_is_followed_where_its_bytes_do_not_tell() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-7"><p>Ελλάδα, Αθήνα, Θεσσαλονίκη</p>'
    assert decode(page.encode("iso-8859-7"), markup=True) == page


STATED = ["", "utf-8", "windows-1251", "koi8-u", "windows-1252", "utf-16", "zip", "nonsense", "iso-8859-7"]


@pytest.mark.parametrize("truth", ["utf-8", "windows-1251", "koi8-u"])
@pytest.mark.parametrize("meta", STATED)
@pytest.mark.parametrize("header", STATED)
def test_charsets_in_the_header_and_the_page_do_not_beat_the_truth(header: str, meta: str, truth: str) -> None:
    page = f'<html><head><meta charset="{meta}"></head><body>{UKRAINIAN}</body></html>'
    assert decode(page.encode(truth, "replace"), markup=True, charset=header) == page.encode(truth, "replace").decode(
        truth
    )


@pytest.mark.parametrize("meta", ["", "utf-8", "nonsense", "windows-1251", "iso-8859-7"])
@pytest.mark.parametrize(
    ("truth", "text"),
    [
        ("iso-8859-7", "Ελλάδα, Αθήνα, Θεσσαλονίκη"),
        ("iso-8859-2", "Šťastný žlutý kůň pěl ďábelské ódy; most u řeky byl zasažen."),
        ("windows-1254", "Köprü şafakta vuruldu; İçişleri ve Dışişleri görüştü, ağır hasar."),
        ("shift_jis", "橋が明け方に攻撃されたと市長が述べた。けが人はいなかった。"),
        ("gb18030", "夜间桥梁遭到炮击，市长表示没有人受伤。"),
        ("big5", "夜間橋樑遭到砲擊，市長表示沒有人受傷。"),
        ("windows-1256", "قال رئيس البلدية إن الجسر تعرض للقصف فجرا"),
    ],
)
def test_the_charset_in_the_header_is_used_where_the_bytes_do_not_tell(truth: str, text: str, meta: str) -> None:
    page = f'<html><head><meta charset="{meta}"></head><body>{text}</body></html>'
    assert decode(page.encode(truth), markup=True, charset=truth) == page


def test_the_header_goes_before_the_page_where_both_fit() -> None:
    page = '<meta charset="iso-8859-7"><p>قال رئيس البلدية</p>'
    raw = page.encode("iso-8859-6")
    assert decode(raw, markup=True, charset="iso-8859-6") == page
    assert decode(raw, markup=True, charset="no-such") == raw.decode("iso-8859-7", "replace")


def test_utf_8_cut_off_in_a_character_or_with_a_broken_byte_stays_utf_8() -> None:
    raw = UKRAINIAN.encode()
    assert decode(raw[: len(UKRAINIAN[:30].encode()) - 1]) == UKRAINIAN[:29] + "\ufffd"
    assert decode(raw + b"\xff" + raw) == UKRAINIAN + "\ufffd" + UKRAINIAN


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04word/document.xml", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (random.Random(1).randbytes(5000), "control characters"),
        (b"abc\0\0\0\0\0\1\2\3" * 40, "control characters"),
        (bytes(1000), "control characters"),
        (b"\xff\xfe" + b"\1\0\2\0" * 500, "control characters"),
    ],
)
def test_binary_is_refused_with_a_reason(raw: bytes, what: str) -> None:
    with pytest.raises(NotText, match=what) as caught:
        decode(raw)
    assert caught.value.hint


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_any_utf_8_is_read_as_it_is(text: str) -> None:
    raw = text.encode()
    if not raw.startswith((b"PK\x03\x04", b"\xef\xbb\xbf")):
        try:
            assert decode(raw) == text
        except NotText:
            assert text.startswith(("%PDF-", "GIF8", "SQLite format 3"))
