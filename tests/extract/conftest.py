"""A small theatre and a reader of sentences for the tests of hearing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from fogline.extract.claims import EnglishExtractor
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import Claim, Document, Precision, When
from fogline.theatres.loading import load

Hear = Callable[..., tuple[Claim, ...]]


@pytest.fixture(scope="session")
def extractor() -> EnglishExtractor:
    theatre = load("ukraine")
    return EnglishExtractor(theatre, gazetteer_of(theatre))


@pytest.fixture(scope="session")
def hear(extractor: EnglishExtractor) -> Hear:
    """The claims of a made-up report, published on a day or on none."""

    def heard(
        text: str, published: date | None = date(2025, 11, 21), outlet: str = "Plain Courier"
    ) -> tuple[Claim, ...]:
        when = When()
        if published:
            when = When(start=published, end=published, edtf=published.isoformat(), precision=Precision.DAY)
        document = Document(
            article_id="article-1", name="report.txt", text=text, outlet=outlet, language="en", published=when
        )
        return next(extractor.extract([document]))

    return heard
