"""Attribution of made-up sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fogline.extract.attribution import Speech, find
from fogline.extract.parse import parse
from fogline.model import Document, Spans

Told = tuple[str, str, str, str]
"""Type, source, cue and content in words; the parts of a split one joined by a bar."""


def words(text: str, spans: Spans) -> str:
    return " | ".join(span.of(text) for span in spans)


def speeches(text: str, nested: bool = False) -> tuple[Speech, ...]:
    document = Document(article_id="article-1", name="report.txt", text=text)
    return find(document, parse(document), nested)


@pytest.fixture(scope="session")
def told() -> Callable[..., list[Told]]:
    def read(text: str, nested: bool = False) -> list[Told]:
        return [
            (s.type.value, words(text, s.source), words(text, s.cue), words(text, s.content))
            for s in speeches(text, nested)
        ]

    return read


@pytest.fixture(scope="session")
def found() -> Callable[..., tuple[Speech, ...]]:
    return speeches
