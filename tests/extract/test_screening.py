"""What is not parsed holds no claim: other news, and paragraphs in which nothing happens and nobody speaks."""

from __future__ import annotations

import pytest

from fogline.extract.parse import prose
from fogline.extract.place_mentions import _people
from fogline.extract.screening import INTRODUCED, Screen, inflected
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import Document
from fogline.theatres.loading import load


def kept(text: str, theatre: str = "ukraine") -> list[str]:
    """The paragraphs of a text that are parsed."""
    loaded = load(theatre)
    document = Document(article_id="article-1", name="report.txt", text=text)
    return [span.of(text) for span in Screen(loaded, gazetteer_of(loaded))(document, prose(document))]


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian forces hold the bridge.",
        "The General Staff said nothing had changed near Dvorichna.",
        "Shelling went on all night in Kivsharivka.",
        "Moscow claimed the village.",
        "Pokrovsk was shelled all night.",
        "Syrskyi visited the brigade; Oleksandr Syrskyi said it would stay.",
    ],
)
def test_reports_about_the_war_are_heard(text):
    assert kept(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The striker scored twice and the keeper defended well, the coach said.",
        "Mayor Ann Lee attacked the council's budget in Springfield, Illinois.",
        "As police said, the car hit a tree near Leeds.",
    ],
)
def test_other_news_is_not(text):
    assert kept(text) == []
    assert kept(text, "world") == [text]


def test_a_paragraph_without_deed_or_voice_is_left_out():
    deed, other, told = "Russian troops took Borova.", "The weather is mild, and birds sing.", "Fighting continues."
    assert kept("\n\n".join([deed, other, told])) == [deed, told]


def test_the_paragraph_before_a_quotation_stays_since_it_may_tell_whose_it_is():
    lead, quote = "Serhii Bondar, the mayor of Borova:", "“We are staying.”"
    assert kept(f"{lead}\n\n{quote}\n\nBirds sing.") == [lead, quote]


def test_a_continued_quotation_is_kept_though_nothing_happens_in_it():
    text = "“We are home.\n\n“It is quiet in Izium.”"
    assert len(kept(text)) == 2


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("seize", "seizing"),
        ("trap", "trapped"),
        ("fly", "flies"),
        ("fight", "fought"),
        ("lie", "lying"),
        ("fall", "fell"),
    ],
)
def test_irregular_and_doubled_forms_are_known(lemma, form):
    assert form in inflected(lemma)


def test_a_paragraph_that_introduces_somebody_is_kept():
    who, said = "Petro Bondar, a military analyst, arrived on Monday.", "Bondar said that Russian troops had left."
    assert kept(f"{who}\n\n{said}") == [who, said]


@pytest.mark.parametrize("unit", ["б", "Б", "x", "Ab+c/1"])
def test_a_word_without_end_is_read_like_any_other(unit):
    endless = unit * (300_000 // len(unit))
    text = f"Russian forces hold Lyman, the ministry said.\n\n{endless}\n\nUkraine denied it, the general staff said."
    assert kept(text)[0].startswith("Russian")
    assert kept(text)[-1].startswith("Ukraine")
    assert INTRODUCED.search(endless) is None
    assert not _people(f"{endless}\n", load("ukraine"))


def test_somebody_who_is_told_of_may_speak_further_down():
    assert INTRODUCED.search("There was Petro Bondar, a military analyst.") is not None
    assert [span.of(text) for text in ["Oleksandr Syrskyi came."] for span in _people(text, load("ukraine"))] == [
        "Oleksandr Syrskyi"
    ]
