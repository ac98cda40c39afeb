from dataclasses import replace
from datetime import date

import pytest
from tests.publish.world import TEXTS, THEATRE, TOWN, World, claim, world

from fogline.assessing import day_row
from fogline.model import Basis, Claim, Conclusions, Correction, Kind, When
from fogline.publish import wording
from fogline.publish.brief import Brief, compose
from fogline.publish.parts import Clash, Listing, Ribbon, Section, Standing, Table, sentences_of


@pytest.fixture(scope="module")
def made() -> World:
    return world()


@pytest.fixture(scope="module")
def brief(made: World) -> Brief:
    return made.brief()


def section(brief: Brief, key: str) -> Section:
    return next(one for one in brief.sections if one.key == key)


def text(brief: Brief, key: str) -> str:
    return "\n".join(s.text for block in section(brief, key).blocks for s in sentences_of(block))


def test_a_brief_has_all_its_sections_in_order(brief):
    keys = (
        "bottom-line holds changed timeline around context signals corroborated disputed single-source explanations "
        "hypotheses scenarios boards forecasts tracks"
    )
    assert [one.key for one in brief.sections] == [*keys.split(), "sources", "method"]


def test_every_sentence_about_the_world_is_cited(brief):
    for sentence in brief.sentences():
        assert bool(sentence.citations) == (sentence.standing is not Standing.NOTE), sentence.text


def test_citations_are_numbered_as_they_are_first_met(brief):
    assert [c.number for c in brief.citations] == list(range(1, len(brief.citations) + 1))
    used = {number for sentence in brief.sentences() for number in sentence.citations}
    marked = {m.citation for one in brief.sections for b in one.blocks if isinstance(b, Ribbon) for m in b.marks}
    assert used | marked == {c.number for c in brief.citations}


def test_every_citation_is_cut_from_the_stored_text(brief, made):
    for cited in brief.citations:
        document = made.documents[cited.document_id]
        assert document.text[cited.start : cited.end] == cited.quote
        assert len(cited.sha256) == 64
        assert cited.before + cited.quote + cited.after in document.text


def test_the_bottom_line_gives_word_number_and_confidence_apart(brief):
    line = text(brief, "bottom-line")
    assert "it is very likely (82\N{NO-BREAK SPACE}%) that Sudland holds Dubrova, since about 20 February 2025" in line
    assert "Confidence in this is moderate" in line
    assert "not assessed so: General Oak" in line


def test_a_claim_is_never_shown_as_assessed(brief):
    assessed = [s.text for s in brief.sentences() if s.standing is Standing.ASSESSED]
    assert assessed
    assert not any("Norland took" in told for told in assessed)
    told = [s for block in section(brief, "signals").blocks for s in sentences_of(block)]
    assert {s.standing for s in told} == {Standing.CLAIMED}


def test_each_side_has_its_own_word_and_since_when(brief):
    cards = {block.label: block for block in section(brief, "holds").blocks if isinstance(block, Listing)}
    assert list(cards) == ["Claimed by Norland", "Claimed by Sudland", "Said by others (third parties)", "Assessed"]
    assert cards["Claimed by Norland"].items[0].text == "Norland took Dubrova, on 1 March 2025; 2 reports, 1 voice."


def test_copies_are_folded(brief):
    signals = text(brief, "signals")
    assert signals.count("his troops took Dubrova") == 1
    assert "(2 reports, 1 voice)" in signals


def test_clashing_passages_stand_side_by_side_with_the_reason(brief):
    clashes = [block for block in section(brief, "disputed").blocks if isinstance(block, Clash)]
    assert len(clashes) == 1, "copies of one clash are one clash"
    assert "his troops took" in clashes[0].left.sentence.text
    assert "flies the flag" in clashes[0].right.sentence.text
    assert clashes[0].why.text == "Same town, same days, different holder."
    assert (clashes[0].left.behind, clashes[0].right.behind) == ("2 reports, 1 voice", "2 reports, 2 voices")


def test_what_two_voices_say_is_corroborated_and_what_one_says_is_not(brief):
    assert "Who holds Dubrova around 1 March 2025: Sudland (2 reports, 2 voices)." in text(brief, "corroborated")
    assert "Norland (" not in text(brief, "corroborated").replace("Norland army", "")
    assert "300 soldiers" in text(brief, "single-source")


def test_context_tells_why_it_matters_and_what_each_side_is_said_to_want_and_have(brief):
    labels = [block.label for block in section(brief, "context").blocks if isinstance(block, Listing)]
    assert labels == ["Why the place matters", "What Norland is said to want", "What Sudland is said to have"]


def test_stated_conditions_and_indicators_are_told_as_stated(brief):
    told = text(brief, "scenarios")
    assert "If reserves come" in told
    assert "Watch the number of trains" in told


def test_the_timeline_is_a_picture_and_a_table(brief):
    kinds = [type(block) for block in section(brief, "timeline").blocks]
    assert kinds == [Ribbon, Table]


def test_only_sources_heard_here_are_listed(brief):
    table = next(block for block in section(brief, "sources").blocks if isinstance(block, Table))
    assert [row[0].text for row in table.rows] == ["General Oak", "Colonel Elm"]


def test_with_no_evidence_it_says_so(made):
    nothing = replace(made.control, place="Lypove", geonameid=9, start=None, daily=(), timeline=())
    empty = compose("Lypove", 9, **{**made.given(), "control": nothing})
    assert empty.citations == ()
    assert "holds no claim about Lypove" in text(empty, "bottom-line")
    assert not any(s.standing is Standing.ASSESSED for s in empty.sentences())


def test_an_empty_ledger_still_gives_a_brief(made):
    nothing = replace(made.control, start=None, daily=(), timeline=())
    given = {
        **made.given(),
        "claims": (),
        "documents": {},
        "hashes": {},
        "conclusions": Conclusions(),
        "control": nothing,
    }
    assert compose("Dubrova", 7, **given).as_known_on is None


def test_a_period_leaves_out_what_lies_outside_it(made):
    early = made.brief(start=date(2025, 2, 1), end=date(2025, 2, 25))
    assert "his troops took" not in "".join(s.text for s in early.sentences())
    assert "Sudland held Dubrova on 25 February 2025" in text(early, "bottom-line")


def test_another_town_is_another_matter(made):
    other = compose("Lypove", 9, **made.given())
    assert other.claims == 0


def test_long_lists_are_cut_and_say_by_how_much(made):
    source = next(iter(made.documents.values()))
    many = [claim(source, source.text[n : n + 12], kind=Kind.BATTLE) for n in range(30)]
    crowded = made.given() | {"claims": (*made.claims, *many)}
    listing = section(compose("Dubrova", 7, **crowded), "signals").blocks[-1]
    assert isinstance(listing, Listing)
    assert len(listing.items) + listing.more > 30
    assert len(listing.items) < 10


def test_a_long_passage_is_cut_in_the_sentence_and_whole_in_its_citation(made):
    source = replace(next(iter(made.documents.values())), text="Dubrova was shelled again, " + "and again " * 100)
    long = claim(source, source.text.strip(), kind=Kind.BATTLE)
    given = made.given() | {"claims": (long,), "documents": {source.id: source}, "conclusions": Conclusions()}
    brief = compose("Dubrova", 7, **given)
    assert max(len(s.text) for s in brief.sentences() if s.standing is Standing.CLAIMED) < 600
    assert brief.citations[0].quote == long.quote


def test_the_order_of_claims_within_a_voice_does_not_change_the_counts(made):
    shuffled = made.given() | {"claims": tuple(reversed(made.claims))}
    brief, again = made.brief(), compose(TOWN.name, TOWN.geonameid, **shuffled)
    assert (brief.reports, brief.voices, brief.claims) == (again.reports, again.voices, again.claims)


def test_side_names_come_from_the_theatre(made):
    held = {c.holder for c in made.claims if isinstance(c, Claim) and c.holder}
    assert held <= set(THEATRE.codes)


def test_undated_reports_are_not_said_to_be_known_on_a_day(made):
    texts = {name: (outlet, "", words) for name, (outlet, _, words) in TEXTS.items()}
    undated = world(texts).brief()
    assert undated.as_known_on is None
    line = text(undated, "bottom-line")
    assert "the newest bear no date" in line
    assert "days old" not in line


def test_how_far_undated_reports_reach_is_not_the_last_day_assessed(made):
    first = next(iter(made.documents.values()))
    later = max(made.control.timeline[-1].end, date(2030, 1, 1))
    elsewhere = replace(first, name="later", published=When(start=later, edtf=f"{later}/..", basis=Basis.PUBLICATION))
    of = made.given() | {"documents": {**made.documents, elsewhere.id: elsewhere}}
    line = text(compose(TOWN.name, TOWN.geonameid, **of), "bottom-line")
    assert f"the last day they speak of is {wording.day(later)}" in line
    assert f"on {wording.day(made.control.timeline[-1].end)}" in line


@pytest.mark.parametrize("dated", [True, False])
def test_the_brief_speaks_of_the_last_assessed_day_as_other_views_do(dated):
    texts = {name: (outlet, published if dated else "", words) for name, (outlet, published, words) in TEXTS.items()}
    of = world(texts)
    last = day_row(of.control, of.control.timeline[-1].end)
    assert last is not None
    chance = wording.likelihood(last["belief"][last["status"]])
    assert chance.number in text(of.brief(), "bottom-line")
    assert chance.word in text(of.brief(), "bottom-line")
    if not dated:
        assert wording.day(date.fromisoformat(last["on"])) in text(of.brief(), "bottom-line")


def test_a_side_that_claims_it_in_an_undated_report_is_heard_too(made):
    first = next(c for c in made.claims if c.holder == "SO")
    open_ended = When(start=date(2025, 1, 1), edtf="2025-01-01/..", basis=Basis.PUBLICATION)
    late = replace(first, holder="NO", when=open_ended)
    brief = compose("Dubrova", 7, **(made.given() | {"claims": (*made.claims, late)}))
    assert "2 voices say otherwise" in text(brief, "bottom-line")
    assert "in a report that bears no date, after 1 January 2025" in text(brief, "holds")


def test_a_brief_says_which_readings_a_person_corrected(made):
    one = made.claims[0]
    set_right = Correction(
        claim=one.id,
        field="holder",
        was="SO",
        now="NO",
        person="Koval",
        reason="misread.",
        day=date(2025, 4, 1),
        judgement="j",
    )
    claims = (replace(one, corrected=(set_right,)), *made.claims[1:])
    brief = replace(made, claims=claims).brief()
    blocks = section(brief, "method").blocks
    listed = next(b for b in blocks if isinstance(b, Listing) and b.label == "Readings that a person corrected")
    (told,) = listed.items
    assert told.text == "holder from Sudland to Norland, by Koval on 1 April 2025: misread."
    cited = {c.number: c for c in brief.citations}
    assert [cited[n].quote for n in told.citations] == [one.quote]
    assert "Readings that a person corrected" not in str(made.brief())
