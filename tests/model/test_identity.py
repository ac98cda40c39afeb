"""Things are named by their content: stable, and apart whenever any part differs."""

import dataclasses
import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.model import (
    Article,
    Attribution,
    Claim,
    Document,
    Extractor,
    Given,
    Kind,
    Polarity,
    Span,
    Speaker,
    When,
    fingerprint,
)

parts = st.lists(st.one_of(st.text(max_size=8), st.integers(), st.none()), max_size=5)


@given(parts, parts)
def test_fingerprints_agree_exactly_when_the_parts_do(one: list[object], other: list[object]) -> None:
    same = [(type(p), p) for p in one] == [(type(p), p) for p in other]
    assert (fingerprint("x", *one) == fingerprint("x", *other)) is same


def test_a_border_between_parts_counts() -> None:
    assert fingerprint("x", "a.b", "c") != fingerprint("x", "a", "b.c")
    assert fingerprint("x", "ab", "") != fingerprint("x", "a", "b")
    assert fingerprint("x", "a") != fingerprint("y", "a")


def test_a_name_is_the_same_in_another_process() -> None:
    code = "from fogline.model import Article; print(Article(name='a.txt', raw=b'One.').id)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == Article(name="a.txt", raw=b"One.").id


def claim(**changed: object) -> Claim:
    base = Claim(
        document_id="document-1",
        span=Span(0, 4),
        quote="Kyiv",
        kind=Kind.CONTROL,
        attribution=Attribution(chain=(Speaker(name="A"),)),
        extractor=Extractor(name="x", version="1"),
        holder="UA",
    )
    return dataclasses.replace(base, **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"document_id": "document-2"},
        {"span": Span(1, 4)},
        {"kind": Kind.BATTLE},
        {"holder": "RU"},
        {"polarity": Polarity.NEGATIVE},
        {"attribution": Attribution(chain=(Speaker(name="B"),))},
        {"attribution": Attribution(chain=(Speaker(name="A"), Speaker(name="B")))},
        {"extractor": Extractor(name="x", version="2")},
        {"when": When(edtf="2022-09")},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_every_part_of_a_claim_is_in_its_name(changed: dict[str, object]) -> None:
    assert claim().id == claim().id
    assert claim(**changed).id != claim().id


def test_what_was_given_about_an_article_is_in_its_name() -> None:
    plain = Article(name="a.txt", raw=b"One.")
    assert Article(name="a.txt", raw=b"One.", given=Given(outlet="The Courier")).id != plain.id
    assert Article(name="b.txt", raw=b"One.").id != plain.id
    assert Article(name="a.txt", raw=b"Two.").id != plain.id


@given(st.text(alphabet=string.printable, max_size=40))
def test_a_document_is_named_by_its_text(text: str) -> None:
    one = Document(article_id="article-1", name="a", text=text)
    assert one.id == Document(article_id="article-1", name="a", text=text).id
    assert one.id != Document(article_id="article-1", name="a", text=text + "!").id
