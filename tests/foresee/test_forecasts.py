"""Forecasts are made once, resolved by others' word, and scored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from tests.builders import HRUSHIVKA, LYPOVE, NORTH, SOUTH, claim, day, document, on

from fogline.errors import BadScenario
from fogline.foresee import journal
from fogline.foresee.conditions import Condition, Deed
from fogline.foresee.forecasts import Outcome, Resolution, forecasts, resolve
from fogline.foresee.scoring import score
from fogline.model import UNKNOWN_WHEN, Ahead, Claim, Document, Kind, Likelihood, Modality

NOW = date(2022, 7, 1)
MADE = "2022-05-01"


def foretold(
    source: Document, speaker: str = "General Oak", event: str = "control", until: str = "2022-06-01",
    likelihood: Likelihood = Likelihood.ALMOST_CERTAIN, condition: str = "", manner: str = "capture", quote: str = "will be taken",
) -> Claim:  # fmt: skip
    made = claim(
        source, kind=Kind.FORECAST, modality=Modality.PREDICTED, speaker=speaker, holder=NORTH if event == "control" else "",
        actor=NORTH, manner=manner, when=on(MADE, until) if until else UNKNOWN_WHEN, quote=quote,
    )  # fmt: skip
    return replace(made, ahead=Ahead(event=event, likelihood=likelihood, condition=condition))


def became(
    one: Claim,
    source: Document,
    others: Sequence[tuple[Document, Claim]] = (),
    held: dict[str, str] | None = None,
    given: Condition | None = None,
    elsewhere: dict[str, str] | None = None,
) -> Resolution:
    """What became of a forecast; ``held`` is who is assessed to hold the place from a day on, ``elsewhere`` any other place."""
    documents = {source.id: source, **{d.id: d for d, _ in others}}
    told = [one, *(c for _, c in others)]

    def status(place: int, on: date, without: str) -> tuple[str, tuple[str, ...]]:
        assert without == one.speaker.name
        asked = held if place == HRUSHIVKA.geonameid else elsewhere
        known = [who for start, who in sorted((asked or {}).items()) if day(start) <= on]
        return (known[-1] if known else "unknown"), ("claim-x",)

    said = {c.id: documents[c.document_id].published.end or NOW for c in told}
    (made,) = forecasts([one], documents, {})
    return resolve(made, NOW, told, said, {c.id: c.id for c in told}, status, given)


@pytest.mark.parametrize(
    ("held", "manner", "outcome"),
    [
        ({"2022-04-01": SOUTH, "2022-05-20": NORTH}, "capture", Outcome.CAME),
        ({"2022-04-01": SOUTH, "2022-06-05": NORTH}, "capture", Outcome.NOT),
        ({"2022-04-01": SOUTH, "2022-05-20": NORTH, "2022-05-25": SOUTH}, "capture", Outcome.CAME),
        ({"2022-04-01": NORTH}, "capture", Outcome.VOID),
        ({"2022-04-01": NORTH}, "hold", Outcome.CAME),
        ({"2022-04-01": NORTH, "2022-05-25": SOUTH}, "hold", Outcome.NOT),
        ({}, "capture", Outcome.VOID),
    ],
)
def test_control_is_resolved_by_assessment(held: dict[str, str], manner: str, outcome: Outcome):
    source = document("may", published=MADE)
    found = became(foretold(source, manner=manner), source, held=held)
    assert found.outcome is outcome
    assert found.why


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"condition": "if aid wanes"}, Outcome.UNKNOWN),
        ({"until": ""}, Outcome.VOID),
        ({"until": "2022-08-01"}, Outcome.OPEN),
    ],
)
def test_what_cannot_be_resolved_is_void_and_what_is_not_due_waits(changes: dict[str, str], outcome: Outcome):
    source = document("may", published=MADE)
    assert became(foretold(source, **changes), source, held={"2022-04-01": SOUTH}).outcome is outcome  # type: ignore[arg-type]


def attack(name: str, speaker: str, kind: Kind = Kind.BATTLE) -> tuple[Document, Claim]:
    source = document(name, published="2022-05-20")
    return source, claim(source, kind=kind, actor=NORTH, speaker=speaker, quote=f"{speaker} on an attack")


def test_an_event_needs_two_other_voices_and_never_the_forecaster():
    source = document("may", published=MADE)
    one = foretold(source, event="battle")
    other, third = attack("a", "Dr Reed"), attack("b", "General Elm")
    own = attack("c", "General Oak")
    quiet = attack("d", "Colonel Ash", Kind.HUMANITARIAN), attack("e", "Mayor Birch", Kind.HUMANITARIAN)
    assert became(one, source, [other, third]).outcome is Outcome.CAME
    assert became(one, source, [other, own]).outcome is Outcome.VOID
    assert became(one, source, [own, *quiet]).outcome is Outcome.NOT
    assert became(one, source, []).outcome is Outcome.VOID


TAKEN = {"2022-04-01": SOUTH, "2022-05-20": NORTH}


def put(event: str = "control", side: str = NORTH, *, holding: bool = False, negated: bool = False) -> Deed:
    """What a condition puts of Lypove."""
    return Deed(event=event, side=side, holding=holding, place="Lypove", geonameid=2, negated=negated)


@pytest.mark.parametrize(
    ("deed", "elsewhere", "outcome"),
    [
        (put(), {"2022-04-01": SOUTH, "2022-05-10": NORTH}, Outcome.CAME),
        (put(), {"2022-04-01": NORTH}, Outcome.CAME),
        (put(), {"2022-04-01": SOUTH}, Outcome.VOID),
        (put(), {}, Outcome.UNKNOWN),
        (put(negated=True), {"2022-04-01": SOUTH}, Outcome.CAME),
        (put(negated=True), {"2022-04-01": SOUTH, "2022-05-10": NORTH}, Outcome.VOID),
        (put(side=SOUTH, holding=True), {"2022-04-01": SOUTH}, Outcome.CAME),
        (put(side=SOUTH, holding=True), {"2022-04-01": SOUTH, "2022-05-10": NORTH}, Outcome.VOID),
    ],
)
def test_a_condition_that_the_ledger_sees_decides(deed: Deed, elsewhere: dict[str, str], outcome: Outcome):
    source = document("may", published=MADE)
    one = foretold(source, condition="if Lypove falls")
    found = became(one, source, held=TAKEN, given=Condition(deeds=(deed,)), elsewhere=elsewhere)
    assert found.outcome is outcome
    assert "condition" in found.why


def test_a_condition_of_an_event_needs_two_others_to_tell_of_it():
    source = document("may", published=MADE)
    one = foretold(source, condition="if Lypove is attacked")
    given = Condition(deeds=(put("battle"),))
    there = [(d, replace(c, places=(LYPOVE,))) for d, c in (attack("a", "Dr Reed"), attack("b", "General Elm"))]
    own = [(d, replace(c, places=(LYPOVE,))) for d, c in (attack("a", "Dr Reed"), attack("c", "General Oak"))]
    assert became(one, source, there, held=TAKEN, given=given).outcome is Outcome.CAME
    assert became(one, source, own, held=TAKEN, given=given).outcome is Outcome.UNKNOWN


def test_copies_make_no_second_forecast_and_the_first_counts():
    first, copy = document("may", published=MADE), document("copy", outlet="World Wire", published="2022-05-03")
    told = [foretold(copy, quote="will surely be taken"), foretold(first)]
    (made,) = forecasts(told, {d.id: d for d in (first, copy)}, {c.id: "one" for c in told})
    assert (made.made, made.claim) == (day(MADE), told[1].id)


def test_a_forecast_that_is_changed_has_another_id():
    source = document("may", published=MADE)
    (made,) = forecasts([foretold(source)], {source.id: source}, {})
    assert replace(made, likelihood=Likelihood.LIKELY).id != made.id
    assert replace(made, until=NOW).id != made.id


def test_who_always_cries_capture_ends_with_the_worst_score():
    random = Random(7)
    pairs: dict[str, list[tuple[float, bool]]] = {"cries": [], "knows": [], "half": []}
    for number in range(60):
        falls = random.random() < 0.3
        source = document(f"town-{number}", published=MADE)
        held = {"2022-04-01": SOUTH, **({"2022-05-20": NORTH} if falls else {})}
        believed = Likelihood.LIKELY if falls == (random.random() < 0.8) else Likelihood.UNLIKELY
        for name, likelihood in (("cries", Likelihood.ALMOST_CERTAIN), ("knows", believed), ("half", Likelihood.EVEN)):
            one = foretold(source, speaker=name, likelihood=likelihood)
            pairs[name].append((likelihood.middle, became(one, source, held=held).outcome is Outcome.CAME))
    briers = {name: found.brier for name, own in pairs.items() if (found := score(own))}
    assert max(briers, key=briers.__getitem__) == "cries"
    assert min(briers, key=briers.__getitem__) == "knows"
    knows = score(pairs["knows"])
    assert knows is not None
    assert knows.skill_half > 0
    assert knows.skill_rate is not None
    assert knows.skill_rate > 0


def test_a_journal_is_only_added_to():
    lines: list[journal.Line] = []
    text = ""
    for number in range(3):
        text += journal.appended(lines, {"kind": "forecast", "id": f"forecast-{number}", "probability": 0.5})
        lines = list(journal.read("j", text))
    assert [line["id"] for line in lines] == ["forecast-0", "forecast-1", "forecast-2"]
    rows = text.splitlines()
    changed = json.dumps({**json.loads(rows[1]), "probability": 0.9})
    for bad, line in (([rows[0], changed, rows[2]], 2), ([rows[0], rows[2]], 2), ([rows[1]], 1), (["{"], 1)):
        with pytest.raises(BadScenario, match=f"line {line}"):
            journal.read("j", "\n".join(bad))


def test_a_place_far_away_is_not_where_it_was_foretold():
    source = document("may", published=MADE)
    far = replace(HRUSHIVKA, geonameid=9, name="Elsewhere")
    others = [(d, replace(c, places=(far,))) for d, c in (attack("a", "Dr Reed"), attack("b", "General Elm"))]
    assert became(foretold(source, event="battle"), source, others).outcome is Outcome.VOID
