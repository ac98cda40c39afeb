"""What is learned of sources beside what is believed: for and against their own side, over time, and who counts as two."""

from dataclasses import replace

from tests.builders import NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.appraise.interest import Interest
from fogline.appraise.learning import Learned
from fogline.appraise.weighing import believe, weigh
from fogline.link.comparing import compare
from fogline.model import Claim, Document, Outlet, Place, PlacePrecision, SourceGrade, SpeakerType, Theatre


def town(number: int) -> Place:
    name = f"Town {number}"
    return Place(name=name, text=name, geonameid=number, precision=PlacePrecision.SETTLEMENT)


def learned(claims: list[Claim], documents: list[Document], theatre: Theatre = THEATRE) -> Learned:
    known = by_id(*documents)
    families, links, _ = compare(claims, known, theatre)
    return believe(claims, known, families, links, theatre)


def graded(claims: list[Claim], documents: list[Document], theatre: Theatre = THEATRE) -> dict[str, SourceGrade]:
    known = by_id(*documents)
    families, links, _ = compare(claims, known, theatre)
    return {source.name: source for source in weigh(claims, known, families, links, theatre)[0]}


def story(number: int, day: str, tellers: dict[str, str], speaker: str = "") -> tuple[list[Claim], list[Document]]:
    """One town on one day, and whom each outlet says holds it; the ``speaker`` says the first one's."""
    papers = [document(f"{outlet}-{number}", outlet=outlet, published=day) for outlet in tellers]
    who = iter([speaker])
    claims = [
        claim(paper, holder=holder, places=[town(number)], when=on(day), speaker=next(who, ""))
        for paper, holder in zip(papers, tellers.values(), strict=True)
    ]
    return claims, papers


def told(*stories: tuple[list[Claim], list[Document]]) -> tuple[list[Claim], list[Document]]:
    return [c for claims, _ in stories for c in claims], [d for _, papers in stories for d in papers]


def test_a_source_is_worth_more_against_its_own_side_than_for_it():
    stories = [
        story(n, "2022-05-01", {"Paper X": NORTH, "World Wire": SOUTH, "Harbour Times": SOUTH}, "General Oak")
        for n in range(1, 9)
    ] + [story(n, "2022-05-01", {"Paper X": SOUTH, "World Wire": SOUTH}, "General Oak") for n in range(11, 15)]
    found = learned(*told(*stories))
    key = ("General Oak", stories[0][0][0].speaker.type)
    boasts, concessions = found.last[key, Interest.FOR], found.last[key, Interest.AGAINST]
    assert boasts.mean < 0.3 < 0.9 < concessions.mean
    assert boasts.low < boasts.mean < boasts.high


def test_the_record_for_and_against_its_own_side_is_told_with_its_claims():
    stories = [story(n, "2022-05-01", {"Paper X": NORTH, "World Wire": SOUTH}, "General Oak") for n in range(1, 5)]
    source = graded(*told(*stories))["General Oak"]
    own = next(reason for reason in source.reasons if reason.name == "speaks for its own side")
    assert len(own.claims) == 4
    assert "right in about" in own.detail
    assert any(reason.name == "uncertainty" for reason in source.reasons)


def test_what_nobody_else_speaks_to_teaches_nothing():
    lone = [story(n, "2022-05-01", {"Paper X": NORTH}) for n in range(1, 30)]
    found = learned(*told(*lone))
    key = ("Paper X", SpeakerType.OUTLET)
    assert found.last[key, Interest.NEUTRAL].seen == 0
    assert graded(*told(*lone))["Paper X"].grade == "F"


def test_more_checked_statements_leave_less_uncertainty():
    def width(count: int) -> float:
        stories = [story(n, "2022-05-01", {"Paper X": NORTH, "World Wire": NORTH}) for n in range(1, count)]
        chance = learned(*told(*stories)).last[("Paper X", SpeakerType.OUTLET), Interest.NEUTRAL]
        return chance.high - chance.low

    assert width(20) < width(4)


def test_a_source_that_turns_bad_is_found_out_and_told():
    months = [f"2022-{month:02}-10" for month in range(1, 13)]
    stories = [
        story(
            50 * at + n,
            day,
            {"Paper X": SOUTH if at < 6 else NORTH, "World Wire": SOUTH, "Harbour Times": SOUTH},
        )
        for at, day in enumerate(months)
        for n in range(1, 6)
    ]
    found = learned(*told(*stories))
    key = (("Paper X", SpeakerType.OUTLET), Interest.NEUTRAL)
    assert found.first[key].mean > 0.85
    assert found.last[key].mean < 0.25
    turned = next(r for r in graded(*told(*stories))["Paper X"].reasons if r.name == "changed over time")
    assert turned.weight < -0.5


def test_a_bad_source_is_never_read_as_saying_the_opposite():
    stories = [
        story(n, "2022-05-01", {"Paper X": NORTH, "World Wire": SOUTH, "Harbour Times": SOUTH}) for n in range(1, 20)
    ]
    last = story(40, "2022-05-01", {"Paper X": NORTH, "Paper Y": NORTH})
    alone = story(41, "2022-05-01", {"Paper Y": NORTH})
    found = learned(*told(*stories, last, alone))
    assert found.beliefs[last[0][1].id] >= found.beliefs[alone[0][0].id] - 1e-9


def test_outlets_of_one_owner_weigh_no_more_than_one():
    owned = [Outlet(names=(f"Chain {n}",), side="third", standing="independent", owner="One House") for n in range(5)]
    theatre = replace(THEATRE, outlets=(*THEATRE.outlets, *owned))
    many = story(1, "2022-05-01", {"World Wire": NORTH} | {f"Chain {n}": SOUTH for n in range(5)})
    one = story(1, "2022-05-01", {"World Wire": NORTH, "Chain 0": SOUTH})
    wire = many[0][0].id
    assert learned(*many, theatre).beliefs[wire] >= learned(*one, theatre).beliefs[wire]


def test_a_few_checks_of_an_unknown_source_leave_it_unjudged_and_many_do_not():
    def grade(count: int) -> SourceGrade:
        stories = [story(n, "2022-05-01", {"Paper X": NORTH, "World Wire": NORTH}) for n in range(1, count + 1)]
        return graded(*told(*stories))["Paper X"]

    assert grade(2).grade == "F"
    assert grade(2).reasons[-1].name == "too little to judge by"
    assert grade(20).grade in ("A", "B")
