"""Every store that keeps grounds grows alike: what came in parts is what comes at once."""

from dataclasses import replace

from tests.growing.test_amending import AT, RUN, UKRAINE, WAY, from_scratch, patient
from tests.growing.worlds import readings

from fogline.concluding import settled_anew
from fogline.control.inferring import ranks
from fogline.growing.amending import grow

__all__ = ["patient"]


def test_a_ledger_that_grew_holds_what_concluding_everything_gives(again):
    every = readings(16, 21)
    ledger = again()
    ledger.start(RUN, AT)
    ledger.add(RUN, every[:10], AT)
    assert not grow(ledger, UKRAINE, WAY)
    settled_anew(ledger, UKRAINE, RUN)
    for some in (every[10:11], every[11:]):
        ledger.add(RUN, some, AT)
        assert grow(ledger, UKRAINE, WAY)
    grown = again().conclusions()
    assert grown == from_scratch(again(), grown.sources)


def test_what_it_asks_is_told_as_it_was_said_and_concluded(again):
    ledger = again()
    ledger.start(RUN, AT)
    ledger.add(RUN, readings(16, 22), AT)
    settled_anew(ledger, UKRAINE, RUN)
    told, documents = ledger.conclusions(), {document.id: document for document in ledger.documents()}
    voices = {name: (root, rank) for name, (_, root, rank) in ledger.voices_of(ids(ledger)).items()}
    assert voices == ranks(told.families)
    assert any(rank > 1 for _, rank in voices.values())
    family = {name: own for name, (own, *_) in ledger.voices_of(ids(ledger)).items()}
    assert family == {member: one.id for one in told.families for member in one.members}
    names = {one.name for one in told.sources}
    assert set(ledger.sources_named(names)) == set(told.sources)
    assert set(ledger.sources_named(names, reasons=False)) == {replace(one, reasons=()) for one in told.sources}
    ends = ledger.ends_of(documents)
    assert {name: compared(one) for name, one in ends.items()} == {
        name: compared(one) for name, one in documents.items()
    }


def ids(ledger):
    return {claim.id for claim in ledger.claims()}


def compared(document):
    """What comparing and weighing look at of a document: of these, which are short, all of the text."""
    published = document.published
    return document.id, document.name, document.outlet, published.start, published.end, document.text
