"""A ledger that grew holds what concluding everything gives, whatever the order in which reports came."""

import random
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete
from tests.growing.worlds import FIRST, TOWNS, day, in_two_languages, of_districts, reading, readings

from fogline.appraise.weighing import weigh_as_learned
from fogline.concluding import settle, settled_anew
from fogline.control.inferring import infer
from fogline.growing import amending
from fogline.growing import copies as growing_copies
from fogline.growing.amending import grow
from fogline.growing.grounding import way_of
from fogline.link import blocks, near_duplicates, one_voice, translated
from fogline.link.comparing import compare_all
from fogline.link.translated import SharedNames
from fogline.model import BEFORE_ALL, BEHIND_ALL, Basis, Conclusions, Judgement, Reading, Relation, Run, SourceGrade
from fogline.nearby import units_within
from fogline.review.deciding import rulings
from fogline.store import schema
from fogline.store.sqlite import SqliteLedger
from fogline.theatres.loading import load

UKRAINE = load("ukraine")
AT = datetime(2026, 1, 1, tzinfo=UTC)
RUN = Run(extractor="made", version="1", cleaner="made", theatre="ukraine")
WAY = way_of(RUN)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch):
    """Sources are weighed anew so late that growing is all there is."""
    monkeypatch.setattr(amending, "SHARE", 1000.0)


def ledger_of(path: Path, some: list[Reading]) -> SqliteLedger:
    ledger = SqliteLedger(path)
    ledger.start(RUN, AT)
    ledger.add(RUN, some, AT)
    settled_anew(ledger, UKRAINE, RUN)
    return ledger


def from_scratch(ledger: SqliteLedger, sources: tuple[SourceGrade, ...]) -> Conclusions:
    """Everything concluded at once from what the ledger holds, by the sources as they were learned."""
    claims, documents = ledger.claims(), {document.id: document for document in ledger.documents()}
    told = compare_all(claims, documents, UKRAINE, rulings(ledger.judgements()), [SharedNames()])
    families, links, matters = told.families, told.links, told.matters
    lessons = ledger.lessons({claim.speaker.name for claim in claims})
    grades = weigh_as_learned(claims, documents, families, links, UKRAINE, sources, lessons)
    within = units_within(claims, UKRAINE)
    control = infer(claims, documents, families, sources, UKRAINE, within=within)
    return Conclusions(families=families, links=links, matters=matters, sources=sources, grades=grades, control=control)


def same(ledger: SqliteLedger):
    grown = ledger.conclusions()
    whole = from_scratch(ledger, grown.sources)
    assert grown.families == whole.families
    assert grown.links == whole.links
    assert grown.matters == whole.matters
    assert grown.grades == whole.grades
    assert grown.control == whole.control
    counts = {(one.name, one.type): one.claims for one in grown.sources}
    heard = [{(s.name, s.type) for s in (claim.speaker, claim.outlet)} for claim in ledger.claims()]
    assert counts == {key: sum(key in own for own in heard) for key in {key for own in heard for key in own}}
    told = dict(ledger.tally())
    del told["weighed"]
    assert told == {
        "documents": len(ledger.documents()),
        "claims": len(grown.grades),
        "families": len(grown.families),
        "disputes": sum(link.relation is Relation.CONTRADICTS for link in grown.links),
        "places": len(grown.control),
    }


@pytest.mark.parametrize("seed", range(4))
def test_reports_in_any_order_and_batches_give_what_all_at_once_gives(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    every = readings(30, seed)
    chance.shuffle(every)
    with ledger_of(tmp_path / "ledger", every[:12]) as ledger:
        left, steps = every[12:], 0
        while left:
            size, steps = chance.choice((1, 1, 2, 5)), steps + 1
            ledger.add(RUN, left[:size], AT)
            left = left[size:]
            assert grow(ledger, UKRAINE, WAY)
            if steps % 4 == 1 or not left:
                same(ledger)


def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few claims are compared with one: a town is crowded as soon as it has some dozens."""
    for module, name, few in (
        (blocks, "NEIGHBOURS", 2), (blocks, "FURTHEST", 4), (blocks, "LIMIT", 2),
        (one_voice, "PASSAGES_BACK", 2), (one_voice, "LOOK_BACK", 1),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, few)


@pytest.mark.parametrize("seed", range(3))
def test_in_a_crowded_town_a_claim_is_compared_with_those_around_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
):
    crowd(monkeypatch)
    read: list[tuple[int, int, int]] = []
    near = SqliteLedger.near

    def noted(ledger: SqliteLedger, spans: Collection[tuple[int, int, int]]) -> frozenset[str]:
        read.extend(spans)
        return near(ledger, spans)

    monkeypatch.setattr(SqliteLedger, "near", noted)
    chance = random.Random(seed)
    every = readings(120, seed, TOWNS[:2])
    chance.shuffle(every)
    with ledger_of(tmp_path / "ledger", every[:90]) as ledger:
        for one in every[90:96]:
            ledger.add(RUN, [one], AT)
            assert grow(ledger, UKRAINE, WAY)
        same(ledger)
        ledger.add(RUN, every[96:102], AT)
        assert grow(ledger, UKRAINE, WAY)
        later = replace(RUN, version="2")
        ledger.start(later, AT)
        ledger.add(later, [replace(one, claims=one.claims[1:]) for one in every[10:90:30]], AT)
        assert grow(ledger, UKRAINE, WAY)
        same(ledger)
        # Not all of the town is read: some spans are bounded on both sides.
        assert any(first > BEFORE_ALL and last < BEHIND_ALL for _, first, last in read)


def test_what_is_said_of_two_districts_counts_in_each_as_where_all_is_concluded(tmp_path: Path):
    every = [*of_districts(), *readings(12, 6)]
    with ledger_of(tmp_path / "ledger", every[:6]) as ledger:
        for one in every[6:]:
            ledger.add(RUN, [one], AT)
            assert grow(ledger, UKRAINE, WAY)
        same(ledger)


def test_reports_read_anew_take_the_place_of_what_they_said_before(tmp_path: Path):
    every = readings(24, 11)
    later = replace(RUN, version="2")
    with ledger_of(tmp_path / "ledger", every) as ledger:
        ledger.start(later, AT)
        again = [replace(one, claims=one.claims[1:]) for one in every[::5]]
        ledger.add(later, again, AT)
        assert grow(ledger, UKRAINE, WAY)
        assert sum(len(one.claims) for one in every) - len(again) == len(ledger.conclusions().grades)
        same(ledger)


def test_what_was_rejected_stays_out_as_the_ledger_grows(tmp_path: Path):
    every = readings(24, 5)
    with ledger_of(tmp_path / "ledger", every[:20]) as ledger:
        ledger.judge(
            Judgement(subject=every[0].claims[0].id, decision="reject", value="", person="A", reason="b", at=AT)
        )
        assert not grow(ledger, UKRAINE, WAY)
        settled_anew(ledger, UKRAINE, RUN)
        ledger.add(RUN, every[20:], AT)
        assert grow(ledger, UKRAINE, WAY)
        assert every[0].claims[0].id not in {one.claim for one in ledger.conclusions().grades}


@pytest.mark.parametrize("seed", range(4))
def test_what_people_ruled_of_voices_and_links_holds_as_the_ledger_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
):
    if seed % 2:
        crowd(monkeypatch)
    chance = random.Random(seed)
    every = readings(40, seed + 50, TOWNS[:3])
    chance.shuffle(every)
    with ledger_of(tmp_path / "ledger", every[:26]) as ledger:
        found = ledger.conclusions()
        linked = [link for link in found.links if link.relation is not Relation.REPEATS]
        voices = [family for family in found.families if len(family.members) > 1]
        for link in chance.sample(linked, min(6, len(linked))):
            decision = chance.choice(("merge", "relate", "relate"))
            relation = chance.choice(("unrelated", "contradicts", "corroborates", "updates"))
            ruled(ledger, decision, link.a, f"{relation} {link.b}" if decision == "relate" else link.b)
        for family in chance.sample(voices, min(3, len(voices))):
            ruled(ledger, "split", chance.choice(family.members), "")
        apart = chance.sample([claim.id for claim in ledger.claims()], 2)
        ruled(ledger, "relate", apart[0], f"contradicts {apart[1]}")
        settled_anew(ledger, UKRAINE, RUN)
        same(ledger)
        for some in (every[26:27], every[27:28], every[28:33], every[33:]):
            ledger.add(RUN, some, AT)
            assert grow(ledger, UKRAINE, WAY)
            same(ledger)
        later = replace(RUN, version="2")
        ledger.start(later, AT)
        ledger.add(later, [replace(one, claims=one.claims[1:]) for one in every[::4]], AT)
        assert grow(ledger, UKRAINE, WAY)
        same(ledger)


def ruled(ledger: SqliteLedger, decision: str, subject: str, value: str) -> None:
    ledger.judge(Judgement(subject=subject, decision=decision, value=value, person="A", reason="b", at=AT))


@pytest.mark.parametrize("seed", range(3))
def test_a_ledger_in_several_languages_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int):
    monkeypatch.setattr(translated, "_TOO_COMMON", 6)
    chance = random.Random(seed)
    every = in_two_languages(30, seed + 70, chance)
    chance.shuffle(every)
    with ledger_of(tmp_path / "ledger", every[:26]) as ledger:
        for some in (every[26:27], every[27:28], every[28:34], every[34:]):
            ledger.add(RUN, some, AT)
            assert grow(ledger, UKRAINE, WAY)
            same(ledger)
        assert any(why.name == "translation" for one in ledger.conclusions().families for why in one.reasons)
        later = replace(RUN, version="2")
        ledger.start(later, AT)
        ledger.add(later, [replace(one, claims=one.claims[1:]) for one in every[::4]], AT)
        assert grow(ledger, UKRAINE, WAY)
        same(ledger)


def test_nothing_new_changes_nothing(tmp_path: Path):
    with ledger_of(tmp_path / "ledger", readings(6, 2)) as ledger:
        before = ledger.conclusions()
        assert grow(ledger, UKRAINE, WAY)
        assert ledger.conclusions() == before


@pytest.mark.parametrize("missing", ["languages", "groups", "tally"])
def test_what_an_older_version_did_not_note_is_concluded_or_counted_once(tmp_path: Path, missing: str):
    every = readings(12, 4)
    with ledger_of(tmp_path / "ledger", every[:10]) as ledger:
        with ledger._writing() as connection:
            connection.execute(delete(schema.about).where(schema.about.c.name == missing))
        ledger.add(RUN, every[10:11], AT)
        assert grow(ledger, UKRAINE, WAY) is (missing == "tally")
        settle(ledger, UKRAINE, RUN)
        ledger.add(RUN, every[11:], AT)
        assert grow(ledger, UKRAINE, WAY)
        same(ledger)


def test_killed_before_it_is_written_the_next_build_goes_on_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    every = readings(20, 8)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with ledger_of(tmp_path / "ledger", every[:15]) as ledger:
        before = ledger.conclusions()
        ledger.add(RUN, every[15:], AT)
        with monkeypatch.context() as patch:
            patch.setattr(ledger, "_keep_claims", killed)
            with pytest.raises(KeyboardInterrupt):
                grow(ledger, UKRAINE, WAY)
        assert ledger.conclusions() == before
    with SqliteLedger(tmp_path / "ledger") as ledger:
        assert grow(ledger, UKRAINE, WAY)
        same(ledger)


def test_everything_is_concluded_anew_where_much_came_or_the_way_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(amending, "SHARE", 0.2)
    every = readings(20, 8)
    with ledger_of(tmp_path / "ledger", every[:18]) as ledger:
        assert not grow(ledger, UKRAINE, "another way")
        ledger.add(RUN, every[18:19], AT)
        assert grow(ledger, UKRAINE, WAY)
        ledger.add(RUN, [replace_name(one, n) for n, one in enumerate(every[:8])], AT)
        assert not grow(ledger, UKRAINE, WAY)
        told = settle(ledger, UKRAINE, RUN)
        assert told == ledger.tally()
        assert grow(ledger, UKRAINE, WAY)


def replace_name(one: Reading, number: int) -> Reading:
    told = [(claim, claim.quote) for claim in one.claims]
    return reading(f"again-{number}.txt", one.document.text, "Mirror", one.document.published, told)


def test_a_run_of_words_that_becomes_boilerplate_parts_what_it_joined(tmp_path: Path):
    notice = " ".join(f"notice{n}" for n in range(40))
    claims = [claim for one in readings(12, 3) for claim in one.claims]
    told = [
        reading(
            f"with-notice-{n}.txt",
            f"{claim.quote}.\n\n{notice}",
            f"Outlet {n}",
            day(FIRST, Basis.PUBLICATION),
            [(claim, claim.quote)],
        )
        for n, claim in enumerate(claims[:20])
    ]
    with pytest.MonkeyPatch.context() as patch:
        for module in (near_duplicates, growing_copies):
            patch.setattr(module, "TOO_COMMON", 15)
        with ledger_of(tmp_path / "ledger", told[:13]) as ledger:
            for one in told[13:]:
                ledger.add(RUN, [one], AT)
                assert grow(ledger, UKRAINE, WAY)
            same(ledger)
