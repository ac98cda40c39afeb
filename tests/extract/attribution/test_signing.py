"""Quotations with a name behind a dash, or with a speaker's label in capitals."""

from __future__ import annotations

import pytest

from fogline.extract.attribution import find
from fogline.extract.parse import parse
from fogline.model import Document


def _heard(text: str) -> list[tuple[str, str]]:
    document = Document(article_id="a", name="a", text=text)
    found = find(document, parse(document))
    return [(" ".join(s.of(text) for s in one.source), " ".join(s.of(text) for s in one.content)) for one in found]


@pytest.mark.parametrize(
    ("behind", "name"),
    [
        (" — Olena Bondar", "Olena Bondar"),
        ("― Maksym Hrytsenko.", "Maksym Hrytsenko"),
        (" -- Ivan van der Meer, a teacher", "Ivan van der Meer"),
        (" – Anna P. Koval\n", "Anna P. Koval"),
    ],
)
def test_a_name_behind_a_dash_signs_the_quotation(behind: str, name: str) -> None:
    text = "Letters came in from all over.\n\n“They left before dawn and took the boats.”" + behind
    assert (name, "“They left before dawn and took the boats.”") in _heard(text)


def test_a_sentence_that_goes_on_behind_a_dash_signs_nothing() -> None:
    text = "It had a name.\n\n“The boats are gone,” — Ferry traffic stopped at noon and nobody crossed for days after that."
    assert all(source != "Ferry" for source, _ in _heard(text))


def test_a_label_in_capitals_is_the_speaker_of_a_transcript() -> None:
    text = "The interview follows.\n\n“KOVAL: We have left the bank of the river. Nobody is there.”"
    assert ("KOVAL", "We have left the bank of the river. Nobody is there.”") in _heard(text)


def test_a_verb_of_saying_goes_before_a_signature() -> None:
    text = "“We hold the bridge,” the mayor said — Radio Ridna"
    assert [source for source, _ in _heard(text)] == ["the mayor"]
