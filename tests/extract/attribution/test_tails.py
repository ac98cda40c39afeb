"""Who says it behind the comma, where the parse often loses it."""

from __future__ import annotations

import pytest

from fogline.extract.attribution import find
from fogline.extract.parse import parse
from fogline.model import Document


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Sappers laid two pontoons across the river in March, said a drone pilot from the brigade guarding the bank.",
            "a drone pilot from the brigade guarding the bank",
            "Sappers laid two pontoons across the river in March",
        ),
        (
            "The reason is the river, not the mud, stressed the head of the ferry station in a talk with the Courier.",
            "the head of the ferry station",
            "The reason is the river, not the mud",
        ),
        (
            "Each boat needs about two hours to cross, a Ukrainian sailor who asked not to be named told us.",
            "a Ukrainian sailor who asked not to be named",
            "Each boat needs about two hours to cross",
        ),
    ],
)
def test_the_speaker_behind_the_comma_says_what_stands_before_it(text: str, source: str, content: str) -> None:
    document = Document(article_id="a", name="a", text=text)
    found = [
        (" ".join(s.of(text) for s in one.source), " ".join(s.of(text) for s in one.content))
        for one in find(document, parse(document))
    ]
    assert (source, content) in found


@pytest.mark.parametrize(
    "text",
    [
        "If the bridge holds, the mayor said the buses would leave at noon.",
        "Asked about the ferry, the mayor said nobody had seen it.",
    ],
)
def test_a_clause_before_a_speech_that_follows_is_not_said(text: str) -> None:
    document = Document(article_id="a", name="a", text=text)
    for one in find(document, parse(document)):
        assert not any(
            s.of(text).startswith(("If", "Asked")) and "said" not in s.of(text) and s.end < 30 for s in one.content
        )
