"""Event types against CASE's snippets, by ACLED's names: how often the type is right, over all and for changes of territory.

    python -m evals.events ../shared

CASE 2021 shared task 2 (Hürriyetoğlu and others 2021): 30 types, of which 25 are ACLED's sub-events. The signals were tuned
on the snippets with even numbers; those with odd numbers are printed apart and were not looked at.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fogline.extract.events import event_type

NAMES = {
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
    "AGREEMENT": "Agreement",
    "AIR_STRIKE": "Air/drone strike",
    "ARMED_CLASH": "Armed clash",
    "ARREST": "Arrests",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "ATTACK": "Attack",
    "ATTRIB": "Attribution",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
    "CHEM_WEAP": "Chemical weapon",
    "DIPLO": "Diplomacy",
    "DISR_WEAP": "Disrupted weapons use",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "GOV_REGAINS_TERIT": "Government regains territory",
    "GRENADE": "Grenade",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "MAN_MADE_DISASTER": "Man-made disaster",
    "MOB_VIOL": "Mob violence",
    "NATURAL_DISASTER": "Natural disaster",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "ORG_CRIME": "Organised crime",
    "OTHER": "",
    "PEACE_PROTEST": "Peaceful protest",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "SEX_VIOL": "Sexual violence",
    "SUIC_BOMB": "Suicide bomb",
    "VIOL_DEMONSTR": "Violent demonstration",
}  # fmt: skip
"""The set's names and ours."""

TERRITORY = frozenset(
    {"Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory"}
)

Pair = tuple[str, str]
"""What it is and what was said."""


def figures(shared: Path, verbose: bool = False) -> Mapping[str, float]:
    """Weighted and macro F1 over all types, F1 of any change of territory, and the weighted F1 of the half not looked at."""
    numbered = list(_read(shared / "gold" / "events-acled-types" / "dev.tsv"))
    pairs = [(name, event_type(text)) for _, text, name in numbered]
    odd = [pair for (number, _, _), pair in zip(numbered, pairs, strict=True) if number % 2]
    if verbose:
        _show(pairs, numbered)
    return {
        "weighted_f1": weighted_f1(pairs),
        "macro_f1": sum(f1_by_type(pairs).values()) / len(f1_by_type(pairs)),
        "territory_f1": f1(sum(a in TERRITORY and b in TERRITORY for a, b in pairs),
                           sum(b in TERRITORY for _, b in pairs), sum(a in TERRITORY for a, _ in pairs)),
        "unseen_weighted_f1": weighted_f1(odd),
    }  # fmt: skip


def _read(file: Path) -> Iterable[tuple[int, str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield int(row["id"]), row["EventSnippet"], NAMES[row["SubType"]]


def f1(right: int, said: int, there: int) -> float:
    """The harmonic mean of precision and recall from counts."""
    return 2 * right / (said + there) if said + there else 0.0


def f1_by_type(pairs: Sequence[Pair]) -> dict[str, float]:
    """F1 of each type that occurs."""
    there, said = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    right = Counter(a for a, b in pairs if a == b)
    return {name: f1(right[name], said[name], there[name]) for name in there}


def weighted_f1(pairs: Sequence[Pair]) -> float:
    """F1 by type, weighted by how often the type occurs."""
    there = Counter(a for a, _ in pairs)
    return sum(there[name] * value for name, value in f1_by_type(pairs).items()) / len(pairs)


def _show(pairs: Sequence[Pair], numbered: Sequence[tuple[int, str, str]]) -> None:
    for name, value in sorted(f1_by_type(pairs).items(), key=lambda pair: pair[1]):
        print(f"  {value:.2f}  {sum(a == name for a, _ in pairs):3}  {name or 'other'}")
    for (number, text, name), (_, said) in zip(numbered, pairs, strict=True):
        if number % 2 == 0 and name != said:
            print(f"  {number} {name or 'other'} > {said or 'other'}: {text[:200]}")


if __name__ == "__main__":
    for figure, value in figures(Path(sys.argv[1]), verbose="-v" in sys.argv).items():
        print(f"{figure:24}{value:.3f}")
