"""The contract of every ledger: what it keeps, and who speaks."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from tests.contracts.readings import FIRST, LYPOVE, NOON, NOWHERE, SECOND, conclusions, judgement, reading

from fogline.errors import LedgerError
from fogline.model import Article, Claim, Conclusions, Given, Reading
from fogline.ports import Ledger, SearchesMap, SearchesText
from fogline.publish.verify import HandsOver

LATER = NOON + timedelta(days=1)
ONE = reading("one.txt", "We hold Hrushivka.", "The bridge is gone.")
TWO = reading("two.txt", "Nobody left Lypove.", places=(LYPOVE, NOWHERE))


def everything(ledger: Ledger) -> tuple[object, ...]:
    return (ledger.documents(), ledger.claims(), ledger.conclusions(), ledger.runs(), ledger.judgements())


def test_an_empty_ledger_has_nothing_to_say(ledger: Ledger) -> None:
    assert everything(ledger) == ((), (), Conclusions(), (), ())
    assert not ledger.has(FIRST, ONE.article.id)


def test_what_was_read_comes_back_exactly(ledger: Ledger) -> None:
    assert ledger.add(FIRST, [ONE, TWO], NOON) == 2
    assert ledger.documents() == (ONE.document, TWO.document)
    assert ledger.claims() == (*ONE.claims, *TWO.claims)
    assert [claim.id for claim in ledger.claims()] == [claim.id for claim in (*ONE.claims, *TWO.claims)]
    assert ledger.runs() == ((FIRST, NOON),)


def test_the_same_again_adds_nothing(ledger: Ledger) -> None:
    ledger.add(FIRST, [ONE], NOON)
    before = everything(ledger)
    assert ledger.add(FIRST, [ONE, ONE], LATER) == 0
    assert everything(ledger) == before
    assert ledger.add(FIRST, [ONE, TWO, TWO], LATER) == 1


def test_a_reading_that_is_there_is_left_alone(ledger: Ledger) -> None:
    ledger.add(FIRST, [ONE], NOON)
    shorter = Reading(article=ONE.article, document=ONE.document, claims=ONE.claims[:1])
    assert ledger.add(FIRST, [shorter], LATER) == 0
    assert ledger.claims() == ONE.claims


def test_a_reading_without_claims_is_a_reading(ledger: Ledger) -> None:
    silent = Reading(article=ONE.article, document=ONE.document, claims=())
    assert ledger.add(FIRST, [silent], NOON) == 1
    assert ledger.has(FIRST, ONE.article.id)
    assert (ledger.documents(), ledger.claims()) == ((ONE.document,), ())


def test_adding_is_all_or_nothing(ledger: Ledger) -> None:
    def breaks() -> Iterator[Reading]:
        yield TWO
        raise RuntimeError("the reader fell over")

    ledger.add(FIRST, [ONE], NOON)
    before = everything(ledger)
    with pytest.raises(RuntimeError, match="fell over"):
        ledger.add(SECOND, breaks(), LATER)
    assert everything(ledger) == before
    assert ledger.add(SECOND, [TWO], LATER) == 1


def test_a_file_error_of_the_reader_stays_what_it_is(ledger: Ledger) -> None:
    def breaks() -> Iterator[Reading]:
        yield ONE
        raise FileNotFoundError("the report is gone")

    with pytest.raises(FileNotFoundError, match="the report is gone"):
        ledger.add(FIRST, breaks(), NOON)


@pytest.mark.parametrize(
    "mixed",
    [
        Reading(article=ONE.article, document=TWO.document, claims=()),
        Reading(article=ONE.article, document=ONE.document, claims=TWO.claims),
    ],
)
def test_a_reading_whose_parts_do_not_belong_together_is_refused(ledger: Ledger, mixed: Reading) -> None:
    with pytest.raises(LedgerError, match=r"one\.txt"):
        ledger.add(FIRST, [TWO, mixed], NOON)
    assert everything(ledger) == ((), (), Conclusions(), (), ())


def test_the_same_claim_twice_in_a_reading_is_one(ledger: Ledger) -> None:
    ledger.add(FIRST, [Reading(article=ONE.article, document=ONE.document, claims=ONE.claims * 2)], NOON)
    assert ledger.claims() == ONE.claims


def test_more_readings_than_fit_one_go(ledger: Ledger) -> None:
    many = [reading(f"{n:04}.txt", f"Report {n} speaks.", f"It says {n} again.") for n in range(450)]
    assert ledger.add(FIRST, iter(many), NOON) == 450
    assert ledger.claims() == tuple(claim for one in many for claim in one.claims)
    assert ledger.add(FIRST, many, NOON) == 0


def test_order_is_by_name_then_id_then_place_in_the_text(ledger: Ledger) -> None:
    names = ["Ä.txt", "b.txt", "a.txt", "Б.txt", "𝔸.txt", "\uffee.txt", "B.txt", "a.txt "]
    made = [reading(name, "Later words.", "Last words.") for name in names]
    twins = [reading("same.txt", f"Words number {n}.") for n in range(4)]
    turned = [Reading(article=r.article, document=r.document, claims=r.claims[::-1]) for r in [*made, *twins]]
    ledger.add(FIRST, turned, NOON)
    documents = sorted((r.document for r in turned), key=lambda document: (document.name, document.id))
    assert ledger.documents() == tuple(documents)
    rank = {document.id: n for n, document in enumerate(documents)}

    def place(claim: Claim) -> tuple[int, int, int, str]:
        return rank[claim.document_id], claim.span.start, claim.span.end, claim.id

    assert list(ledger.claims()) == sorted((claim for r in turned for claim in r.claims), key=place)


def test_the_latest_run_that_read_an_article_speaks_for_it(ledger: Ledger) -> None:
    ledger.add(FIRST, [ONE, TWO], NOON)
    anew = reading("one.txt", "We hold Hrushivka.", "The bridge is gone.", version="2")
    assert ledger.add(SECOND, [anew], LATER) == 1
    assert ledger.claims() == (*anew.claims, *TWO.claims)
    assert ledger.documents() == (anew.document, TWO.document)
    assert ledger.has(FIRST, ONE.article.id)
    assert not ledger.has(SECOND, TWO.article.id)
    assert ledger.runs() == ((FIRST, NOON), (SECOND, LATER))


def test_a_run_is_as_late_as_it_first_started(ledger: Ledger) -> None:
    ledger.start(FIRST, NOON)
    ledger.start(SECOND, LATER)
    ledger.start(FIRST, LATER + timedelta(days=1))
    assert ledger.runs() == ((FIRST, NOON), (SECOND, LATER))
    anew = reading("one.txt", "We hold Hrushivka.", version="2")
    again = Reading(article=anew.article, document=anew.document, claims=())
    ledger.add(SECOND, [anew], LATER)
    ledger.add(FIRST, [again, TWO], LATER + timedelta(days=2))
    assert ledger.claims() == (*anew.claims, *TWO.claims)


def test_two_runs_may_hear_the_same_claim(ledger: Ledger) -> None:
    ledger.add(FIRST, [ONE], NOON)
    fewer = Reading(article=ONE.article, document=ONE.document, claims=ONE.claims[1:])
    ledger.add(SECOND, [fewer], LATER)
    assert ledger.claims() == ONE.claims[1:]
    assert ledger.documents() == (ONE.document,)


@pytest.mark.parametrize("raw", [b"", bytes(range(256)), "Купʼянськ\r\n".encode("cp1251", "replace"), b"x" * 300_000])
def test_an_article_keeps_its_bytes(ledger: Ledger, raw: bytes) -> None:
    given = Given(outlet="Harbour Courier", url="https://courier.example/", title="«Так»", published="2025-11-19")
    one = reading("one.txt", "Words.")
    article = Article(name="kept", raw=raw, media_type="text/html", given=given)
    document = type(one.document)(article_id=article.id, name="kept", text="")
    ledger.add(FIRST, [Reading(article=article, document=document, claims=())], NOON)
    kept = ledger.article(article.id)
    assert (kept, kept.id, kept.raw, kept.sha256) == (article, article.id, raw, article.sha256)


def test_the_same_bytes_under_two_names_are_two_articles(ledger: Ledger) -> None:
    one, other = reading("a.txt", "The same words."), reading("b.txt", "The same words.")
    assert ledger.add(FIRST, [one, other], NOON) == 2
    assert ledger.article(one.article.id).name == "a.txt"
    assert ledger.article(other.article.id).name == "b.txt"


def test_an_unknown_article_is_a_key_error(ledger: Ledger) -> None:
    with pytest.raises(KeyError, match="article-none"):
        ledger.article("article-none")


def test_conclusions_take_the_place_of_those_before(ledger: Ledger) -> None:
    ledger.add(FIRST, [ONE, TWO], NOON)
    first, second = conclusions(ONE.claims), conclusions(TWO.claims, belief=0.5)
    ledger.conclude(first)
    assert ledger.conclusions() == first
    ledger.conclude(second)
    assert ledger.conclusions() == second
    ledger.conclude(Conclusions())
    assert ledger.conclusions() == Conclusions()


def test_judgements_are_added_and_never_lost(ledger: Ledger) -> None:
    east = timezone(timedelta(hours=3))
    first, undone = judgement("a typing error"), judgement("no, it was right", at=LATER, decision="undo")
    earlier = judgement("misread", at=(NOON - timedelta(hours=1)).astimezone(east))
    same_moment = judgement("second thoughts")
    for one in (first, undone, earlier, same_moment, first):
        ledger.judge(one)
    assert ledger.judgements() == (earlier, first, same_moment, undone)
    assert [one.id for one in ledger.judgements()] == [one.id for one in (earlier, first, same_moment, undone)]
    ledger.add(FIRST, [ONE], NOON)
    ledger.conclude(Conclusions())
    assert len(ledger.judgements()) == 4


def test_what_was_stored_is_there_when_opened_again(again: Callable[[], Ledger]) -> None:
    ledger = again()
    ledger.add(FIRST, [ONE], NOON)
    ledger.add(SECOND, [TWO], LATER)
    ledger.conclude(conclusions(ONE.claims))
    ledger.judge(judgement("a typing error"))
    before = everything(ledger)
    ledger = again()
    assert everything(ledger) == before
    assert ledger.add(SECOND, [TWO], LATER) == 0


def test_both_searches_are_there(ledger: Ledger) -> None:
    assert isinstance(ledger, SearchesText)
    assert isinstance(ledger, SearchesMap)


def test_what_was_read_is_handed_over_by_document(ledger: Ledger) -> None:
    assert isinstance(ledger, HandsOver)
    assert (ledger.current(), ledger.readings(["none"])) == ([], {})
    again = replace(ONE, claims=ONE.claims[:1])
    ledger.add(FIRST, [TWO, ONE], NOON)
    ledger.add(SECOND, [again], LATER)
    assert list(ledger.current()) == [document.id for document in ledger.documents()]
    assert ledger.readings([ONE.document.id, TWO.document.id]) == {ONE.document.id: again, TWO.document.id: TWO}
    (read,) = ledger.readings([TWO.document.id]).values()
    assert [claim.id for claim in read.claims] == [claim.id for claim in TWO.claims]
