"""A ledger that is concluded shard by shard, on any engine, holds what concluding everything at once gives."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.growing.worlds import in_two_languages, of_districts, readings

from fogline import concluding
from fogline.concluding import conclude_on, settle, silent
from fogline.engine.pool import PoolEngine
from fogline.engine.serial import SerialEngine
from fogline.errors import SpillError
from fogline.growing import amending
from fogline.growing.amending import grow
from fogline.growing.grounding import way_of
from fogline.link import translated
from fogline.link.translated import SharedNames
from fogline.model import Article, Conclusions, Document, Grounds, Judgement, Lost, Run, Span
from fogline.ports import Engine
from fogline.review.correcting import Field, correction
from fogline.review.deciding import counted
from fogline.sharing import copies, spill
from fogline.sharing.concluding import concluded
from fogline.store.sqlite import SqliteLedger
from fogline.theatres.loading import load

UKRAINE = load("ukraine")
AT = datetime(2026, 1, 1, tzinfo=UTC)
RUN = Run(extractor="made", version="1", cleaner="made", theatre="ukraine")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    with SqliteLedger(tmp_path / "ledger") as made:
        made.start(RUN, AT)
        made.add(RUN, [*readings(60, 3), *of_districts()], AT)
        yield made


def whole(ledger: SqliteLedger) -> tuple[Conclusions, Grounds]:
    claims = counted(ledger.claims(), ledger.judgements())
    documents = {document.id: document for document in ledger.documents()}
    return conclude_on(claims, documents, UKRAINE, way_of(RUN), judgements=ledger.judgements())


def same(ledger: SqliteLedger, engine: Engine, size: int) -> None:
    wanted, grounds = whole(ledger)
    judgements = ledger.judgements()
    with concluded(ledger, UKRAINE, way_of(RUN), engine, silent, judgements, size) as (found, known):
        assert tuple(found.families) == wanted.families
        assert tuple(found.links) == wanted.links
        assert tuple(found.matters) == wanted.matters
        assert tuple(found.sources) == wanted.sources
        assert tuple(found.grades) == wanted.grades
        assert tuple(found.control) == wanted.control
        assert (len(found.families), len(found.links)) == (len(wanted.families), len(wanted.links))
        assert list(known.claims) == list(grounds.claims)
        assert list(known.documents) == list(grounds.documents)
        assert list(known.links) == list(grounds.links)
        assert list(known.matters) == list(grounds.matters)
        assert (known.way, known.lessons, known.languages) == (grounds.way, grounds.lessons, grounds.languages)


@pytest.mark.parametrize("size", [1, 7, 40, 10_000])
def test_shards_of_any_size_give_what_all_at_once_gives(ledger: SqliteLedger, size: int):
    same(ledger, SerialEngine(), size)


def test_claims_of_copied_documents_are_read_from_first_to_last(ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    really = spill.Run.__getitem__

    def read(run: spill.Run[object], number: int) -> object:
        asked.extend([number] if run._path.name == "facets" else [])
        return really(run, number)

    monkeypatch.setattr(spill.Run, "__getitem__", read)
    same(ledger, SerialEngine(), 40)
    assert asked == sorted(set(asked)) != []
    once = len(asked)
    asked.clear()
    monkeypatch.setattr(copies, "_CLAIMS", 1)  # a pair at once
    same(ledger, SerialEngine(), 40)
    assert len(asked) > once


def test_workers_of_their_own_processes_give_the_same(ledger: SqliteLedger):
    same(ledger, PoolEngine(2), 60)


class Dying:
    """An engine at whose workers every second shard kills."""

    def map(self, function, shards):
        for number, shard in enumerate(shards):
            yield Lost(shard=shard, deaths=3) if number % 2 else function(shard)


def test_a_shard_that_no_worker_lives_through_is_worked_out_here(ledger: SqliteLedger):
    same(ledger, Dying(), 20)


def test_what_people_say_of_readings_and_grades_holds(ledger: SqliteLedger):
    claims, source = ledger.claims(), ledger.claims()[0].outlet
    decided = [
        (claims[0].id, "reject", ""),
        (claims[3].id, "correct", correction(Field.KIND, "battle", ("RU", "UA"), str)),
        (claims[5].id, "regrade", "2"),
        (f"{source.type}:{source.name}", "regrade", "A"),
    ]
    for subject, decision, value in decided:
        ledger.judge(Judgement(subject=subject, decision=decision, value=value, person="A", reason="b", at=AT))
    same(ledger, SerialEngine(), 20)


def test_reports_in_two_languages_are_looked_through_for_translations(ledger: SqliteLedger):
    one = readings(6, 9)[3]
    texts = {"en": "Kupiansk saw 1,250 leave.", "uk": "З міста Куп'янськ вийшли 1 250 людей."}
    told = [
        replace(one, article=article, document=document, claims=claims)
        for language, text in texts.items()
        for article in [Article(name=f"{language}.txt", raw=text.encode())]
        for document in [replace(one.document, article_id=article.id, name=article.name, text=text, language=language)]
        for claims in [tuple(replace(c, document_id=document.id, span=Span(0, 8), quote=text[:8]) for c in one.claims)]
    ]
    ledger.add(RUN, told, AT)
    same(ledger, SerialEngine(), 20)


def test_translations_are_looked_for_among_the_documents_of_a_few_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(translated, "_TOO_COMMON", 6)
    shown: list[int] = []
    propose = SharedNames.propose

    def noted(self: SharedNames, documents: Sequence[Document]) -> list[tuple[str, str]]:
        shown.append(len(documents))
        return list(propose(self, documents))

    every = in_two_languages(90, 8, random.Random(8))
    with SqliteLedger(tmp_path / "two") as ledger:
        ledger.start(RUN, AT)
        ledger.add(RUN, every, AT)
        wanted, _ = whole(ledger)
        assert any(why.name == "translation" for one in wanted.families for why in one.reasons)
        with monkeypatch.context() as patch:
            patch.setattr(SharedNames, "propose", noted)
            with concluded(ledger, UKRAINE, way_of(RUN), SerialEngine(), silent, size=60) as (found, _):
                assert tuple(found.families) == wanted.families
    assert 0 < max(shown) < len(every) / 2


def test_a_ledger_concluded_in_shards_holds_the_same_and_grows_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    every = readings(40, 5)
    held: dict[int, list[Conclusions]] = {}
    for bulk in (10**9, 1):
        monkeypatch.setattr(concluding, "BULK", bulk)
        monkeypatch.setattr(amending, "SHARE", 1000.0)
        with SqliteLedger(tmp_path / f"ledger-{bulk}") as ledger:
            ledger.start(RUN, AT)
            ledger.add(RUN, every[:30], AT)
            told = settle(ledger, UKRAINE, RUN)
            held[bulk] = [ledger.conclusions()]
            ledger.add(RUN, every[30:], AT)
            assert grow(ledger, UKRAINE, way_of(RUN))
            held[bulk].append(ledger.conclusions())
            assert told["families"] == len(held[bulk][0].families)
    assert held[1] == held[10**9]


def test_temporary_files_lost_while_the_ledger_is_written_are_not_told_as_its_own_fault(
    tmp_path: Path, ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(concluding, "BULK", 1)
    monkeypatch.setattr(spill, "_CACHE_KB", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settle(ledger, UKRAINE, RUN)
    before = ledger.conclusions()
    conclude = ledger.conclude

    def losing(conclusions: Conclusions, grounds: Grounds) -> None:
        (rows,) = tmp_path.glob("fogline-*/rows")
        rows.write_bytes(b"")
        conclude(conclusions, grounds)

    monkeypatch.setattr(ledger, "conclude", losing)
    with pytest.raises(SpillError, match=str(tmp_path)):
        settle(ledger, UKRAINE, RUN, anew=True)
    assert ledger.conclusions() == before
    assert not list(tmp_path.glob("fogline-*"))
