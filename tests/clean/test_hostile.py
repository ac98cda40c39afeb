"""Pages made to hang or to fill memory, and bytes that are not what they say."""

from __future__ import annotations

import gzip
import subprocess
import time
from pathlib import Path

import pytest

from fogline.clean import apart, html
from fogline.clean.cleaning import clean
from fogline.errors import EmptyInput, InputError, NotReadable, NotText, TooLarge
from fogline.model import Article, Document, Theatre

PROSE = "The bridge over the river was hit at dawn, the mayor said, and nobody was hurt in the strike."


def read(raw: bytes) -> Document:
    return clean(Article(name="a.html", raw=raw, media_type="text/html"), Theatre(name="world"))


def test_a_page_that_takes_too_long_is_killed() -> None:
    with pytest.raises(TooLarge, match=r"more than (1 seconds of processor time|10 seconds)"):
        apart.read("<p>x</p>" * 400_000, seconds=1)


def test_a_page_that_takes_too_much_memory_is_killed() -> None:
    with pytest.raises(TooLarge, match="250 MB"):
        apart.read("x<br>" * 600_000, memory=250_000_000)


def test_a_page_that_hangs_is_killed_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(command: list[str], **options: object) -> None:
        raise subprocess.TimeoutExpired(command, 2)

    monkeypatch.setattr(subprocess, "run", hangs)
    with pytest.raises(TooLarge, match="more than 10 seconds"):
        apart.read("<p>x</p>" * apart.MANY, seconds=1)


def test_where_no_process_can_be_started_the_page_is_named_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no memory")

    monkeypatch.setattr(subprocess, "run", full)
    with pytest.raises(NotReadable, match=r"a\.html: No process"):
        read(b"<p>x</p>" * apart.MANY)


def test_a_long_page_is_read_the_same_apart() -> None:
    words = "".join(f"<p>Report {number}: {PROSE}</p><hr>" for number in range(6_000))
    markup = f"<html><head><meta property='og:site_name' content='Hill Post'></head><body><article>{words}</article></body></html>"
    assert markup.count("<") >= apart.MANY
    assert apart.read(markup) == html.read(markup)


def test_a_page_is_read_apart_however_much_memory_its_reader_has_taken() -> None:
    taken = bytearray(1_200_000_000)
    taken[::4096] = b"x" * len(taken[::4096])  # touched, so that it counts
    page = apart.read(f"<html><body><article><p>{PROSE}</p>{'<hr>' * apart.MANY}</article></body></html>")
    assert len(taken) > 1_000_000_000
    assert PROSE in page.text


def test_what_is_wrong_with_a_page_is_told_from_apart() -> None:
    with pytest.raises(EmptyInput, match="No article"):
        apart.read(f"<html><body>{'<!-- x -->' * apart.MANY}</body></html>")


def test_a_hundred_megabytes_are_refused_before_they_are_decoded() -> None:
    raw = b"<p>" + b"word " * 20_000_000
    begun = time.process_time()
    with pytest.raises(TooLarge, match="100,000,003 bytes"):
        read(raw)
    assert time.process_time() - begun < 1


def test_a_gzip_bomb_is_not_unpacked() -> None:
    with pytest.raises(NotText, match="gzip"):
        read(gzip.compress(b"\0" * 50_000_000))


@pytest.mark.parametrize("declared", ["utf-8", "koi8-r", "utf-16", "no-such-charset", "zip"])
@pytest.mark.parametrize("true", ["cp1251", "utf-8", "utf-16"])
def test_what_a_page_declares_does_not_spoil_what_it_is(declared: str, true: str) -> None:
    prose = "Міст через річку обстріляли на світанку, повідомив мер; ніхто не постраждав від удару."
    head = f"<?xml version='1.0' encoding='{declared}'?><html><head><meta charset='{declared}'></head>"
    assert read(f"{head}<body><article><p>{prose}</p></article></body></html>".encode(true)).text == prose


def test_fifty_thousand_nested_elements_are_refused() -> None:
    with pytest.raises(TooLarge, match="deep"):
        read(b"<div>" * 50_000 + PROSE.encode())


def test_an_xml_bomb_stays_small_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("known to nobody")
    bomb = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    markup = (
        f"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a0 'ha'>{bomb}<!ENTITY x SYSTEM '{secret.as_uri()}'>]>"
        f"<html xmlns='http://www.w3.org/1999/xhtml'><body><article><p>{PROSE} &a9;&x;</p></article></body></html>"
    )
    try:
        document = read(markup.encode())
    except InputError:
        return
    assert len(document.text) < 1_000
    assert secret.read_text() not in document.text
