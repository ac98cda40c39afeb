from tests.builders import HRUSHIVKA, LYPOVE, NORTH, THEATRE, by_id, claim, document, on

from fogline.foresee.outlook import Outlook, outlook
from fogline.link.comparing import compare
from fogline.model import Certainty, Kind, Modality

MAY = document("may", published="2022-05-01")
WIRE = document("wire", outlet="World Wire", published="2022-05-02")


def test_nothing_said_is_nothing_to_show():
    assert outlook([], []) == Outlook()


def test_rival_explanations_stand_together_with_who_says_what():
    aims = [
        claim(MAY, kind=Kind.INTENT, actor=NORTH, speaker="Dr Reed", quote="It is nothing but a diversion"),
        claim(WIRE, kind=Kind.INTENT, actor=NORTH, speaker="General Elm", quote="They mean to seize Hrushivka"),
        claim(WIRE, kind=Kind.INTENT, actor=NORTH, speaker="General Elm", quote="And then to rest", start=90),
        claim(WIRE, kind=Kind.INTENT, actor=NORTH, speaker="Dr Reed", quote="A bridge is the aim", places=[LYPOVE]),
    ]
    _, links, _ = compare(aims, by_id(MAY, WIRE), THEATRE)
    first, second = outlook(aims, links).explanations
    assert (first.actor, first.place, first.rivals) == (NORTH, "Hrushivka", ((aims[0].id, aims[1].id),))
    assert [(v.speaker.name, len(v.claims)) for v in first.voices] == [("Dr Reed", 1), ("General Elm", 2)]
    assert (second.place, second.rivals) == ("Lypove", ())


def test_forecasts_keep_speaker_certainty_and_horizon():
    told = claim(
        MAY,
        kind=Kind.FORECAST,
        modality=Modality.PREDICTED,
        certainty=Certainty.POSSIBLE,
        speaker="Dr Reed",
        when=on("2022-12-01", "2023-02-28"),
        quote="The town may fall in winter",
    )
    (found,) = outlook([told], []).forecasts
    assert (found.claim, found.speaker.name, found.certainty) == (told.id, "Dr Reed", Certainty.POSSIBLE)
    assert found.horizon == told.when
    assert found.places == (HRUSHIVKA.name,)


def test_conditions_are_paths_and_indicators_are_apart():
    told = [
        claim(MAY, kind=Kind.ADVANCE, modality=Modality.CONDITIONAL, manner="risk path", quote="would advance"),
        claim(MAY, kind=Kind.FORECAST, modality=Modality.CONDITIONAL, manner="risk path", quote="would fall", start=40),
        claim(MAY, kind=Kind.FORECAST, modality=Modality.CONDITIONAL, manner="baseline path", quote="stays", start=80),
        claim(MAY, kind=Kind.INDICATOR, modality=Modality.PREDICTED, quote="count of sorties", start=120),
    ]
    found = outlook(told, [])
    assert [(path.name, len(path.claims)) for path in found.paths] == [("risk path", 2), ("baseline path", 1)]
    assert [indicator.claim for indicator in found.indicators] == [told[3].id]
    assert found.forecasts == ()


def test_what_is_told_as_a_plain_event_is_no_forecast():
    assert outlook([claim(MAY, kind=Kind.ADVANCE, actor=NORTH)], []) == Outlook()
