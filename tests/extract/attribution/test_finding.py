"""Who says what, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.attribution import find
from fogline.extract.parse import parse
from fogline.model import Document

INDIRECT = [
    ("The mayor said that the bridge had been destroyed.", "The mayor", "that the bridge had been destroyed"),
    ("The bridge had been destroyed, the mayor said.", "the mayor", "The bridge had been destroyed"),
    (
        "According to the brigade's spokesman, the village changed hands twice.",
        "the brigade's spokesman",
        "the village changed hands twice",
    ),
    (
        "The village changed hands twice, according to local officials.",
        "local officials",
        "The village changed hands twice",
    ),
    ("As per the governor, the dam is intact.", "the governor", "the dam is intact"),
    ("As per the pilot's words, the airfield is closed.", "the pilot", "the airfield is closed"),
    ("In the analyst's opinion, the attack has failed.", "the analyst", "the attack has failed"),
    ("As reported by the general staff, the assault was repelled.", "the general staff", "the assault was repelled"),
    ("Officials warned that the dam could burst.", "Officials", "that the dam could burst"),
    ("Residents believe the army will return.", "Residents", "the army will return"),
    ("The ministry denied that its troops had left the town.", "The ministry", "that its troops had left the town"),
    ("The commander promised to hold the line.", "The commander", "to hold the line"),
    ("The envoy accused the rebels of breaking the truce.", "The envoy", "the rebels of breaking the truce"),
]


@pytest.mark.parametrize(("text", "source", "content"), INDIRECT)
def test_indirect_speech(told, text: str, source: str, content: str):
    assert ("indirect", source, content) in [(kind, by, what) for kind, by, _, what in told(text)]


SILENT = [
    ("It was reported that the crossing had been shelled.", "that the crossing had been shelled"),
    ("The convoy was allegedly attacked near the river.", "The convoy was | attacked near the river"),
    ("There were claims that prisoners had been shot.", "that prisoners had been shot"),
    ("It is unclear whether the garrison got away.", "whether the garrison got away"),
]


@pytest.mark.parametrize(("text", "content"), SILENT)
def test_nobody_is_named(told, text: str, content: str):
    assert ("", content) in [(by, what) for _, by, _, what in told(text)]


def test_a_direct_quotation_after_its_verb(told):
    assert told("The colonel said: “We hold the town and we will not leave it.”") == [
        ("direct", "The colonel", "said", "“We hold the town and we will not leave it.”")
    ]


def test_a_split_quotation_is_one_speech(told):
    text = '"We hold the town," Colonel Brandt said. "Nobody has asked us to leave it."'
    assert told(text)[0] == (
        "direct",
        "Colonel Brandt",
        "said",
        '"We hold the town," | "Nobody has asked us to leave it."',
    )


def test_a_relay_is_no_part_of_the_source(told):
    text = "“The road is cut,” Anna Berg, a doctor at the hospital, told the Harbour Gazette."
    assert told(text)[0][1:3] == ("Anna Berg, a doctor at the hospital", "told")


def test_mixed_speech_keeps_its_quotation_whole(told):
    kind, source, _, content = told('The envoy said that the losses were "very heavy."')[0]
    assert (kind, source, content) == ("mixed", "The envoy", 'that the losses were "very heavy."')


def test_the_inverted_subject(told):
    assert told("“The pumps have stopped and there is no water,” explained the engineer.")[0][1:3] == (
        "the engineer",
        "explained",
    )


def test_a_quotation_goes_on_in_the_next_paragraph(told):
    text = (
        "“They came at dawn and we had no warning,” the baker said. “They burned the mill.\n\n"
        "“Then they went away and we buried the dead,” he added."
    )
    assert [by for _, by, _, _ in told(text)] == ["the baker", "he"]
    left_open = (
        "“They came at dawn,” the baker said. “They burned the mill.\n\n“Then they went away and left us the dead.”"
    )
    assert told(left_open) == [
        (
            "direct",
            "the baker",
            "said",
            "“They came at dawn,” | “They burned the mill. | “Then they went away and left us the dead.”",
        )
    ]


def test_a_paragraph_that_is_a_quotation_alone_is_by_who_spoke_before(told):
    text = "“The school is gone,” the teacher said.\n\n“We will build another one in the spring.”"
    assert [(by, what) for _, by, _, what in told(text)] == [
        ("the teacher", "“The school is gone,”"),
        ("the teacher", "“We will build another one in the spring.”"),
    ]


def test_a_colon_announces_the_next_paragraph(told):
    text = "The surgeon replied:\n\n“There is no light and there is no morphine left.”"
    assert ("The surgeon", "replied") in [(by, cue) for _, by, cue, _ in told(text)]


@pytest.mark.parametrize(
    ("text", "inner", "content"),
    [
        (
            "The minister said that witnesses believe that the depot was empty.",
            "witnesses",
            "that the depot was empty",
        ),
        (
            "“They claim that only two miles are left to the bridge,” the observer said.",
            "They",
            "that only two miles are left to the bridge",
        ),
    ],
)
def test_a_nested_attribution_is_its_own(told, text: str, inner: str, content: str):
    assert len(told(text)) == 1
    assert (inner, content) in [(by, what) for _, by, _, what in told(text, nested=True)]


def test_a_speaker_who_speaks_of_himself_is_not_nested(told):
    assert len(told("“I believe that the bridge will hold,” the engineer said.", nested=True)) == 1


def test_who_stands_for_a_noun(found):
    text = "The report alarmed analysts, who warn that the front could collapse."
    speech = next(s for s in found(text) if s.source and s.source[0].of(text) == "who")
    assert [span.of(text) for span in speech.antecedent] == ["analysts"]


def test_a_subject_that_the_parser_glued_to_the_phrase_before_it(told):
    text = "According to expert Pavel Orlov, the push towards the town was prepared with care."
    assert told(text)[0][1:] == (
        "expert Pavel Orlov",
        "According to",
        "the push towards the town was prepared with care",
    )


@pytest.mark.parametrize(
    "text",
    [
        "What the mayor wants to say about the harbour",
        "Why the generals believe in the winter",
        "Baseline path: If the truce holds, both sides will withdraw.",
        "Indicator 2: Trains seen at the border are counted every week.",
        "Russian troops shelled the town and captured two villages.",
        "",
    ],
)
def test_no_speech(told, text: str):
    assert told(text) == []


MARKS = [
    "“We hold the town and its bridge,” he said.",
    "„We hold the town and its bridge“, he said.",
    "«We hold the town and its bridge», he said.",
    '"We hold the town and its bridge," he said.',
    "''We hold the town and its bridge,'' he said.",
    "‘We hold the town and its bridge,’ he said.",
    "'We hold the town and its bridge,' he said.",
    "We hold the town and its bridge,” he said.",
    "We hold the town and its bridge,' he said.",
    "”We hold the town and its bridge,” he said.",
]


@pytest.mark.parametrize("text", MARKS)
def test_every_mark_and_the_missing_one(told, text: str):
    assert any(
        by == "he" and cue == "said" and "We hold the town and its bridge" in what for _, by, cue, what in told(text)
    )


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph(told):
    text = "The guard said: “The gate is open and nobody is there.\n\nThe next day it rained."
    assert told(text)[0][3] == "“The gate is open and nobody is there."


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["he said", "“", "”", '"', "'", "‘", "’", "«", "»", "''", ",", ".", "\n\n", " we left "]))
)
def test_no_marks_break_it(pieces: list[str]):
    text = " ".join(pieces)
    document = Document(article_id="article-1", name="report.txt", text=text)
    for speech in find(document, parse(document)):
        assert speech.content
        assert all(span.end <= len(text) for span in (*speech.source, *speech.cue, *speech.content))
