"""The contract of a ledger that answers small questions: pages, look-ups, counts, revisions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from tests.contracts.readings import FIRST, HRUSHIVKA, LYPOVE, NOON, NOWHERE, SECOND, conclusions, judgement, reading

from fogline.model import Asked, Kind, Mark
from fogline.ports import Ledger, PagesClaims

ONE = reading("one.txt", "We hold Hrushivka.", "The bridge is gone.", "The bridge stands.")
TWO = reading("two.txt", "Nobody left Lypove.", places=(LYPOVE, NOWHERE))
DAY = date(2025, 11, 19)


@pytest.fixture
def paged(ledger: Ledger) -> PagesClaims:
    ledger.add(FIRST, [ONE, TWO], NOON)
    assert isinstance(ledger, PagesClaims)
    return ledger


def ids(paged: PagesClaims, **asked: object) -> set[str]:
    return {claim.id for claim in paged.page(Asked(**asked)).claims}  # type: ignore[arg-type]


def test_pages_follow_one_another_without_gap_or_repeat(paged: PagesClaims) -> None:
    seen, after, turns = [], None, 0
    while turns == 0 or after is not None:
        page = paged.page(Asked(), after=after, limit=1)
        seen += [claim.id for claim in page.claims]
        after, turns = page.after, turns + 1
    assert seen == sorted({claim.id for claim in (*ONE.claims, *TWO.claims)}, reverse=True)
    assert turns == 4


def test_a_mark_in_front_of_all_and_one_behind_all(paged: PagesClaims) -> None:
    assert len(paged.page(Asked(), after=Mark(date.max, ""), limit=9).claims) == 4
    assert paged.page(Asked(), after=Mark(None, ""), limit=9).claims == ()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"geonameid": 1}, 3),
        ({"geonameid": 2}, 1),
        ({"place": "Hrushivka"}, 3),
        ({"place": "Kaminets"}, 1),
        ({"side": "SO"}, 4),
        ({"side": "NO"}, 0),
        ({"speaker": "General Elm"}, 4),
        ({"outlet": "Harbour Courier"}, 4),
        ({"document_id": TWO.document.id}, 1),
        ({"kind": ONE.claims[0].kind}, 4),
        ({"kind": Kind.LOSSES}, 0),
        ({"words": "bridge"}, 2),
        ({"words": "bridge stands"}, 1),
        ({"words": '" OR *'}, 0),
        ({"words": "..."}, 0),
        ({"known_by": DAY}, 4),
        ({"known_by": DAY - timedelta(days=1)}, 0),
        ({"since": date(2030, 1, 1)}, 0),
        ({"until": date(2000, 1, 1)}, 0),
        ({"since": date(2000, 1, 1), "until": date(2030, 1, 1)}, 4),
    ],
)
def test_what_is_asked_for_comes(paged: PagesClaims, asked: dict[str, object], count: int) -> None:
    assert len(ids(paged, **asked)) == count


def test_one_claim_and_one_document_by_name(paged: PagesClaims) -> None:
    assert paged.claim(ONE.claims[1].id) == ONE.claims[1]
    assert paged.document(TWO.document.id) == TWO.document
    for look in (paged.claim, paged.document):
        with pytest.raises(KeyError):
            look("claim-none")


def test_places_are_counted_as_known_on_a_day(paged: PagesClaims) -> None:
    assert [(p.geonameid, p.name, p.lat, p.claims) for p in paged.places()] == [
        (1, "Hrushivka", HRUSHIVKA.lat, 3),
        (2, "Lypove", LYPOVE.lat, 1),
    ]
    assert paged.places(DAY) == paged.places()
    assert paged.places(DAY - timedelta(days=1)) == ()


def test_claims_are_counted_by_what_they_have(paged: PagesClaims) -> None:
    every = paged.counts(Asked())
    assert list(every) == ["kind", "side", "speaker", "outlet", "certainty"]
    assert every["speaker"] == {"General Elm": 4}
    assert every["side"] == {"SO": 4}
    assert sum(every["kind"].values()) == sum(every["certainty"].values()) == 4
    assert paged.counts(Asked(words="bridge stands"))["outlet"] == {"Harbour Courier": 1}
    assert paged.counts(Asked(geonameid=1, since=date(2000, 1, 1)))["outlet"] == {"Harbour Courier": 3}
    assert paged.counts(Asked(words="..."))["outlet"] == {}
    assert paged.counts(Asked(kind=Kind.LOSSES)) == {name: {} for name in every}


def test_claims_are_counted_by_month_and_side(paged: PagesClaims) -> None:
    month = DAY.isoformat()[:7]
    assert paged.months(Asked()) == {month: {"SO": 4}}
    assert paged.months(Asked(words="bridge stands")) == {month: {"SO": 1}}
    assert paged.months(Asked(geonameid=1, since=date(2000, 1, 1))) == {month: {"SO": 3}}
    assert paged.months(Asked(known_by=DAY - timedelta(days=1))) == {}


def test_only_the_latest_run_speaks(ledger: Ledger) -> None:
    ledger.add(FIRST, [ONE], NOON)
    later = reading("one.txt", "We hold Hrushivka.", "The bridge is gone.", "The bridge stands.", version="2")
    ledger.add(SECOND, [later], NOON)
    assert isinstance(ledger, PagesClaims)
    assert {claim.extractor.version for claim in ledger.page(Asked()).claims} == {"2"}
    assert ledger.places()[0].claims == 3


def test_the_families_of_some_claims(paged: PagesClaims, ledger: Ledger) -> None:
    made = conclusions(ONE.claims[:2])
    ledger.conclude(made)
    family = made.families[0]
    asked = [*family.members, TWO.claims[0].id]
    assert paged.families(asked) == dict.fromkeys(family.members, family.id)
    assert paged.families([]) == {}


def test_every_writing_makes_a_revision(ledger: Ledger) -> None:
    assert isinstance(ledger, PagesClaims)
    revisions = [ledger.revision(), ledger.revision()]
    assert revisions[0] == revisions[1]
    ledger.start(FIRST, NOON)
    revisions.append(ledger.revision())
    ledger.add(FIRST, [ONE], NOON)
    revisions.append(ledger.revision())
    ledger.conclude(conclusions(ONE.claims[:2]))
    revisions.append(ledger.revision())
    ledger.judge(judgement("hasty"))
    revisions.append(ledger.revision())
    assert all(a != b for a, b in pairwise(revisions[1:]))
