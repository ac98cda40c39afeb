"""What is remembered of spaCy's rules is what they say, word for word."""

from __future__ import annotations

import pytest

from fogline.extract.parse import annotated, pipeline
from fogline.extract.remembered import RememberedRules

TEXTS = [
    "The mayor said the bridge had been blown up before dawn.",
    "There's nothin' goin' on. I ain't gonna move; let's see, c'mon. Y'all got ta wait.",
    "There is a ferry, there were two. You know it. They told you and him what I did.",
    "He'd had it done, and they do that which nobody does.  Two  blanks\there.",
    "Oskilka, 12 km east of Ridna, was shelled; troops have left it, he wo n't say when.",
    "",
    " ",
]


def _seen(doc):
    return [(t.text_with_ws, t.lower_, t.idx, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]


@pytest.mark.parametrize("time", ["first", "again"])
def test_quick_annotation_is_spacys_own(time):
    for _ in range(1 + (time == "again")):
        quick = [_seen(doc) for doc in annotated(TEXTS)]
    assert quick == [_seen(doc) for doc in pipeline().pipe(TEXTS)]


def test_a_ruler_that_asks_for_more_is_refused():
    import spacy

    blank = spacy.blank("en")
    ruler = blank.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "dd"}]], {"POS": "NUM"})
    with pytest.raises(ValueError, match="SHAPE"):
        RememberedRules(ruler, blank.add_pipe("lemmatizer"))
