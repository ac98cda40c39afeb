"""Judgements on a ledger: what is tried out is what comes of keeping it, also where the ledger has run ahead of what it concluded."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.api.conftest import filled
from tests.publish.world import THEATRE, redecode, world

from fogline import flow, foreseeing, judging
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.model import Conclusions, Judgement, Reading, Relation
from fogline.review.deciding import Decision
from fogline.store.memory import MemoryLedger

MADE = world()
NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_theatre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "theatre_of", lambda *_: THEATRE)
    monkeypatch.setattr(flow, "units_within", lambda claims, theatre: {})


@pytest.fixture
def ledger() -> MemoryLedger:
    ledger = filled(MADE)
    ledger.conclude(flow.concluded(ledger, THEATRE)[2])
    return ledger


def meant(ledger: MemoryLedger, decision: Decision, subject: str, value: str = "", *others: str) -> Judgement:
    wanted = judging.Wanted(
        decision=decision, subject=subject, value=value, others=others, person="Koval", reason="read it"
    )
    return judging.judgement(ledger, wanted, Settings(), NOON)


def moving(ledger: MemoryLedger) -> str:
    """A claim that moves an assessment."""
    return ledger.conclusions().control[0].reasons[0].claims[0]


def clash(ledger: MemoryLedger) -> tuple[str, str]:
    link = next(one for one in ledger.conclusions().links if one.relation is Relation.CONTRADICTS)
    return link.a, link.b


def test_what_is_tried_out_is_what_comes_of_keeping_it(ledger: MemoryLedger) -> None:
    a, b = clash(ledger)
    for decision, subject, value, others in (
        (Decision.REJECT, moving(ledger), "", ()),
        (Decision.RELATE, a, "unrelated", (b,)),
        (Decision.REGRADE, a, "1", ()),
    ):
        one = meant(ledger, decision, subject, value, *others)
        before = ledger.conclusions()
        tried = judging.tried(ledger, one, Settings())
        assert ledger.conclusions() == before
        assert tried.changes
        assert judging.kept(ledger, one, Settings()) == tried
        undone = meant(ledger, Decision.UNDO, one.id)
        judging.kept(ledger, undone, Settings())
        assert ledger.conclusions() == before


def test_what_newer_documents_change_is_not_told_as_of_the_judgement(ledger: MemoryLedger) -> None:
    """A build that was killed has added reports and concluded nothing from them."""
    stale = ledger.conclusions()
    first = MADE.articles[0]
    article = replace(first, name="later", raw=first.raw + b"\n\nOne more line.")
    document = redecode(article)
    own = next(claim for claim in MADE.claims if claim.kind.value == "control")
    moved = replace(own, document_id=document.id)
    run = ledger.runs()[-1][0]
    ledger.add(run, [Reading(article=article, document=document, claims=(moved,))], NOON)
    one = meant(ledger, Decision.ACCEPT, own.id)
    tried = judging.tried(ledger, one, Settings())
    assert (tried.changes, tried.outdated) == ((), True)
    assert any("a build was stopped" in line for line in tried.told())
    assert ledger.conclusions() == stale
    assert judging.kept(ledger, one, Settings()) == tried
    assert ledger.conclusions() == flow.concluded(ledger, THEATRE)[2] != stale
    assert not judging.tried(ledger, one, Settings()).outdated


def test_a_ledger_that_concluded_nothing_yet_is_told_apart() -> None:
    ledger = filled(MADE)
    ledger.conclude(Conclusions())
    assert judging.tried(ledger, meant(ledger, Decision.ACCEPT, MADE.claims[0].id), Settings()).outdated


def test_voices_and_links_are_ruled_only_where_that_says_something(ledger: MemoryLedger) -> None:
    a, b = clash(ledger)
    with pytest.raises(UsageError, match="say different things"):
        meant(ledger, Decision.MERGE, a, "", b)
    for decision, value, others in (
        (Decision.MERGE, "", ()),
        (Decision.MERGE, "", (a,)),
        (Decision.MERGE, "x", (b,)),
        (Decision.MERGE, "", ("claim-none",)),
        (Decision.SPLIT, "", (b,)),
        (Decision.SPLIT, "", ("claim-none",)),
        (Decision.RELATE, "repeats", (b,)),
        (Decision.RELATE, "", (b,)),
        (Decision.RELATE, "unrelated", ()),
        (Decision.ACCEPT, "", (b,)),
        (Decision.REGRADE, "7", ()),
    ):
        with pytest.raises(UsageError):
            meant(ledger, decision, a, value, *others)
    family = next(one for one in ledger.conclusions().families if len(one.members) > 1)
    with pytest.raises(UsageError, match="all of the family"):
        meant(ledger, Decision.SPLIT, family.members[0], "", *family.members)
    with pytest.raises(UsageError, match="one voice"):
        meant(ledger, Decision.RELATE, family.members[0], "unrelated", family.members[1])
    assert meant(ledger, Decision.SPLIT, family.members[0], "", family.members[0]).value == ""


def test_merging_and_splitting_shows_in_voices_and_comes_back(ledger: MemoryLedger) -> None:
    before = ledger.conclusions()
    family = next(one for one in before.families if len(one.members) > 1)
    split = meant(ledger, Decision.SPLIT, family.members[-1])
    assert "voices" in {one.what for one in judging.kept(ledger, split, Settings()).changes}
    merged = meant(ledger, Decision.MERGE, family.members[-1], "", family.root)
    judging.kept(ledger, merged, Settings())
    assert {one.members for one in ledger.conclusions().families} == {one.members for one in before.families}
    judging.kept(ledger, meant(ledger, Decision.UNDO, split.id), Settings())
    judging.kept(ledger, meant(ledger, Decision.UNDO, merged.id), Settings())
    assert ledger.conclusions() == before


def test_what_lies_ahead_is_asked_of_the_claims_as_people_let_them_stand(ledger: MemoryLedger) -> None:
    family = next(one for one in ledger.conclusions().families if len(one.members) > 1)
    gone = next(claim.id for claim in ledger.claims() if claim.id not in family.members)
    judging.kept(ledger, meant(ledger, Decision.SPLIT, family.members[-1]), Settings())
    judging.kept(ledger, meant(ledger, Decision.REJECT, gone), Settings())
    of = foreseeing.known(ledger, Settings())
    evidence = foreseeing.evidence_of(of, [7])(max(of.days))
    assert gone not in {claim.id for claim in evidence.claims}
    own, rest = (evidence.family[name] for name in (family.members[-1], family.members[0]))
    assert own == family.members[-1] != rest
