"""Who says a quotation where the parse puts the speaker elsewhere, and questions that nobody is named for asking."""

from __future__ import annotations

import pytest

KATERYNA = "“The bridge is ours and we will hold it,” said Kateryna Moroz, head of the village council, adding that help was near."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (KATERYNA, "Kateryna Moroz"),
        ("“We would like to leave, all of us would,” Mr. Hrytsenko added.", "Mr. Hrytsenko"),
    ],
)
def test_the_speaker_beside_the_verb_is_taken(told, text: str, source: str):
    assert any(source in by for _, by, _, _ in told(text))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Asked whether the town had fallen, the governor shook his head.", "whether the town had fallen"),
        ("The decision was widely condemned.", "The decision"),
    ],
)
def test_who_asks_or_condemns_is_not_made_up(told, text: str, content: str):
    assert ("", content) in [(by, what) for _, by, _, what in told(text)]
