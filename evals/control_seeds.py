"""The seed reports: who held the town on given days, and that one side's word alone never decides a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from evals.reading import hear
from fogline.model import Claim, Conclusions, Control, Document, Theatre

TOWN, VILLAGE = "Kupiansk", "Sobolivka"
ASSESSED = 0.95
VILLAGE_DAY = date(2025, 7, 7)


def figures(shared: Path) -> dict[str, float]:
    """The share of the promised answers that hold."""
    from fogline.control.inferring import belief_on, status_on
    from fogline.theatres.loading import load as theatre_named

    theatre = theatre_named("ukraine")
    readings = hear([shared / "seeds"])
    documents = {reading.document.id: reading.document for reading in readings}
    claims = [claim for reading in readings for claim in reading.claims]
    town = _control(claims, documents, theatre, TOWN, None)
    village = _control(claims, documents, theatre, VILLAGE, VILLAGE_DAY)
    answers = {
        "2022-02-20 not RU": town is not None and status_on(town, date(2022, 2, 20)) != "RU",
        "2022-06-01 RU": town is not None and belief_on(town, date(2022, 6, 1))["RU"] > ASSESSED,
        "2022-12-01 UA": town is not None and belief_on(town, date(2022, 12, 1))["UA"] > ASSESSED,
        "no later day RU by its own word": town is not None and _never_ru(town),
        "village not assessed RU": village is None or status_on(village, VILLAGE_DAY) != "RU",
        "village claimed by RU": _claimed(claims, documents, theatre),
    }
    for what, held in answers.items():
        print(f"control_seeds: {'holds' if held else 'FAILS'}  {what}")
    return {"answers": sum(answers.values()) / len(answers)}


def _never_ru(town: Control) -> bool:
    from fogline.control.inferring import status_on

    start = date(2022, 12, 1)
    days = (date(2026, 1, 1) - start).days
    return all(status_on(town, start + timedelta(number)) != "RU" for number in range(days))


def _claimed(claims: list[Claim], documents: dict[str, Document], theatre: Theatre) -> bool:
    from fogline.control.claimed import claimed_by

    place = _number(claims, VILLAGE)
    found = {} if place is None else claimed_by(claims, theatre, place)
    return "RU" in found and found["RU"].status == "RU"


def _control(
    claims: list[Claim], documents: dict[str, Document], theatre: Theatre, name: str, day: date | None
) -> Control | None:
    from fogline.control.inferring import infer
    from fogline.flow import conclude

    place = _number(claims, name)
    if place is None:
        return None
    concluded: Conclusions = conclude(claims, documents, theatre)
    found = infer(claims, documents, concluded.families, concluded.sources, theatre, known_by=day, places=[place])
    return found[0] if found else None


def _number(claims: list[Claim], name: str) -> int | None:
    """The settlement of that name that the reports speak of most."""
    from collections import Counter

    spoken = Counter(p.geonameid for claim in claims for p in claim.places if p.name == name and p.geonameid)
    return spoken.most_common(1)[0][0] if spoken else None
