"""Every store that keeps grounds grows alike: what came in parts is what comes at once."""

from tests.growing.test_amending import AT, RUN, UKRAINE, WAY, from_scratch, patient
from tests.growing.worlds import readings

from fogline.concluding import settled_anew
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
