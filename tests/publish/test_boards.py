"""What is followed ahead, in the brief: boards, the matrix, forecasts with what became of them, and track records."""

from dataclasses import replace
from datetime import date

import pytest
from tests.publish.test_brief import section, text
from tests.publish.world import THEATRE, World, world

from fogline.foresee.hypotheses import Cell, Consistency, Evidence, Hypothesis, Matrix, standings, turning
from fogline.foresee.outlook import outlook
from fogline.foresee.queries import Measure, Query
from fogline.foresee.scenarios import Indicator, Marking, Path, Scenario, State
from fogline.foresee.scoring import score
from fogline.foreseeing import Known, history
from fogline.model import Ahead, Claim, Kind, Likelihood, Modality
from fogline.publish.brief import Brief, Foresight, compose
from fogline.publish.html import html
from fogline.publish.markdown import markdown
from fogline.publish.matrix import matrix_row
from fogline.publish.outlook_rows import scenario_row
from fogline.publish.parts import Ribbon, Standing, Table
from fogline.publish.tracks import tracks

OPENED, CLOSES = date(2025, 3, 1), date(2025, 4, 30)


@pytest.fixture(scope="module")
def made() -> World:
    return world()


def scenario() -> Scenario:
    told = Query(measure=Measure.VOICES, place="Dubrova", geonameid=7, threshold=1, window=60)
    watched = (
        Indicator(id="told", title="Anybody tells of it", query=told, horizon=CLOSES, hit=4.0, miss=0.5),
        Indicator(
            id="ferries", title="Ferries by night", query=None, horizon=CLOSES, hit=2.0, miss=0.5,
            markings=(Marking(day=date(2025, 4, 2), state=State.HIT, person="Ada", why="counted them"),),
        ),
    )  # fmt: skip
    paths = (
        Path(id="falls", title="It falls", prior=0.5, indicators=watched),
        Path(id="holds", title="It holds", prior=0.5),
    )
    return Scenario(
        id="spring 25",
        title="Spring",
        place="Dubrova",
        opened=OPENED,
        closes=CLOSES,
        basis="priors: guessed",
        paths=paths,
    )


def followed(made: World) -> Foresight:
    known = Known(claims=tuple(made.claims), documents=dict(made.documents), theatre=THEATRE)
    one = scenario()
    cells = (
        Cell(letter=Consistency.CONSISTENT, why="fits"),
        Cell(letter=Consistency.VERY_INCONSISTENT, why="no show", by="Ada"),
    )
    matrix = Matrix(
        id="m", place="Dubrova", question="What for?",
        hypotheses=(Hypothesis(id="gain", title="For ground", prior=0.5), Hypothesis(id="feint", title="For show", prior=0.5)),
        rows=(Evidence(id="e", title="Two brigades", claims=(made.claims[0].id,), voices=1, cells=cells),),
    )  # fmt: skip
    came = foretold(made)
    row = {
        "id": "forecast-1", "claim": came.id, "speaker": came.speaker.name, "outlet": "o", "made": "2025-03-02", "event": "control",
        "side": "RU", "holding": False, "place": "Dubrova", "geonameid": 7, "until": "2025-03-20", "likelihood": "likely",
        "probability": 0.675, "condition": None, "outcome": "came true", "why": "assessed so", "evidence": [made.claims[0].id],
        "by": "rules", "ours": False,
    }  # fmt: skip
    return Foresight(
        scenarios=[scenario_row(one, history(one, known, date(2025, 4, 3)))],
        matrix=matrix_row(matrix, standings(matrix), turning(matrix), {}),
        forecasts=[row],
        tracks=tracks([row], "speaker", score),
    )


def foretold(made: World) -> Claim:
    ahead = Ahead(event="control", likelihood=Likelihood.LIKELY, words="likely", condition="")
    return replace(made.claims[0], kind=Kind.FORECAST, modality=Modality.PREDICTED, ahead=ahead)


@pytest.fixture(scope="module")
def brief(made: World) -> Brief:
    claims = (*made.claims, foretold(made))
    given = made.given() | {"claims": claims, "outlook": outlook(claims, ())}
    return compose("Dubrova", 7, **given, foresight=followed(made))  # type: ignore[arg-type]


def test_a_board_has_its_paths_its_history_and_every_indicator(brief: Brief):
    told = text(brief, "boards")
    assert "89%" in told
    assert "Confidence" in told
    assert "read by Ada: counted them" in told
    assert "“It falls” went from 50% to 80%; “Anybody tells of it” was hit." in told
    (chart,) = (b for b in section(brief, "boards").blocks if isinstance(b, Ribbon))
    assert chart.key == "scenario-spring-25"
    assert [round(shares[0], 2) for _, shares in chart.points][-1] == 0.89
    assert all(sum(shares) == pytest.approx(1, abs=1e-3) for _, shares in chart.points)


def test_every_sentence_that_rests_on_reports_is_cited(brief: Brief):
    keys = ("boards", "hypotheses", "forecasts", "tracks")
    cited = {key: [s for s in brief.sentences() if s.text in text(brief, key) and s.citations] for key in keys}
    assert all(cited.values())
    for sentence in brief.sentences():
        assert bool(sentence.citations) == (sentence.standing is not Standing.NOTE), sentence.text


def test_the_matrix_shows_what_speaks_against_and_what_would_turn_it(brief: Brief):
    told = text(brief, "hypotheses")
    assert "Against it: Two brigades (II, Ada: no show)." in told
    assert "If “Two brigades” were wrong, “For show” would come first" in told
    (table,) = (b for b in section(brief, "hypotheses").blocks if isinstance(b, Table))
    assert table.head[3:] == ("For ground", "For show")
    assert [cell.text for cell in table.rows[0]] == ["Two brigades", "1", "1.70", "C", "II"]


def test_a_forecast_is_told_with_what_became_of_it_and_its_speaker_has_a_track_record(brief: Brief):
    told = section(brief, "forecasts").blocks[0]
    assert getattr(told, "label", "") == "Came true"
    assert "Read as: likely" in text(brief, "forecasts")
    assert "What became of it: came true (assessed so)." in text(brief, "forecasts")
    (table,) = (b for b in section(brief, "tracks").blocks if isinstance(b, Table))
    assert [cell.text for cell in table.rows[0]][1:4] == ["1", "1", "0.11"]


def test_both_ways_of_writing_show_it(brief: Brief):
    page = html(brief)
    assert 'aria-labelledby="scenario-spring-25-title' in page
    assert "likelier that path" in page
    assert "## Scenarios that are followed" in markdown(brief)


def test_where_nothing_is_followed_it_says_so(made: World):
    plain = made.brief()
    assert "No scenario of Dubrova is followed" in text(plain, "boards")
    assert "no two explanations" in text(plain, "hypotheses")
    assert "Nobody heard here has made a forecast" in text(plain, "tracks")
