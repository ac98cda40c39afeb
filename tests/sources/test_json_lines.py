from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.model import Article, Failure, Given
from fogline.sources.json_lines import JsonLinesSource


def load(tmp_path: Path, raw: bytes, name: str = "r.jsonl") -> list[Article | Failure]:
    path = tmp_path / name
    path.write_bytes(raw)
    return list(JsonLinesSource(1_000_000).read(path))


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_each_line_is_an_article_and_its_bytes_are_its_text(tmp_path: Path) -> None:
    text = "Міст\nобстріляли “вночі”.\u2028Далі."
    one, two = load(
        tmp_path, line(text=text, outlet="Вісник", title="Міст", published="2022-09-10") + b"\n\n" + line(text="B.")
    )
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert one.raw.decode("utf-8") == text
    assert one.given == Given(outlet="Вісник", title="Міст", published="2022-09-10")
    assert (one.name, two.name, one.media_type) == ("r.jsonl:1", "r.jsonl:3", "text/plain")


def test_an_article_is_named_by_its_url_where_there_is_one(tmp_path: Path) -> None:
    (article,) = load(tmp_path, line(text="B.", url="https://vc.example/1"))
    assert article.name == "https://vc.example/1"


@pytest.mark.parametrize(
    "raw",
    [
        b"[" + line(text="A.") + b", " + line(text="B.") + b"]",
        line(text="A.") + b"\r\n" + line(text="B.") + b"\r\n",
        b"\xef\xbb\xbf" + line(text="A.") + b"\n" + line(text="B."),
        (line(text="A.") + b"\n" + line(text="B.")).decode().encode("utf-16"),
    ],
)
def test_other_ways_of_writing_it_are_read_too(tmp_path: Path, raw: bytes) -> None:
    articles = load(tmp_path, raw, "r.json")
    assert [(a.name, a.raw) for a in articles if isinstance(a, Article)] == [("r.json:1", b"A."), ("r.json:2", b"B.")]


def test_one_object_over_several_lines_is_one_article(tmp_path: Path) -> None:
    (article,) = load(tmp_path, json.dumps({"text": "A."}, indent=2).encode(), "r.json")
    assert article.name == "r.json:1"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b'{"text": "cut o', "not a JSON line"),
        (b"not json", "not a JSON line"),
        (b"[" * 100_000, "nested too deep"),
        (b"9" * 5_000, "r.jsonl:2"),
        (b'"a string"', "no text"),
        (b"{}", "no text"),
        (b'{"text": 5}', "no text"),
        (b'{"text": null}', "no text"),
        (b'{"text": " \\n"}', "empty"),
        (b'{"text": "\xff"}', "not a JSON line"),
    ],
)
def test_a_broken_line_is_a_failure_and_the_others_go_on(tmp_path: Path, broken: bytes, says: str) -> None:
    found = load(tmp_path, line(text="A.") + b"\n" + broken + b"\n" + line(text="C.") + b"\n")
    assert [type(one) for one in found] == [Article, Failure, Article]
    failure = found[1]
    assert isinstance(failure, Failure)
    assert failure.name == "r.jsonl:2"
    assert says in failure.problem
    assert failure.remedy


def test_a_field_of_the_wrong_kind_is_named_and_the_text_is_kept(tmp_path: Path) -> None:
    found = load(tmp_path, line(text="A.", title=["a"], published="soon", outlet=None))
    assert [type(one) for one in found] == [Failure, Failure, Article]
    assert [one.given for one in found if isinstance(one, Article)] == [Given()]


def test_half_a_surrogate_pair_becomes_a_replacement_character(tmp_path: Path) -> None:
    (article,) = load(tmp_path, b'{"text": "a\\ud800b"}')
    assert isinstance(article, Article)
    assert article.raw.decode() == "a\ufffdb"


def test_an_empty_file_is_a_failure(tmp_path: Path) -> None:
    assert isinstance(load(tmp_path, b"")[0], Failure)


@given(raw=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_articles_or_failures(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    for one in load(tmp_path_factory.getbasetemp(), raw):
        assert isinstance(one, Article | Failure)
