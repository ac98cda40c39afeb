"""Statements that a person puts side by side, through the whole path."""

import json

import pytest

from fogline.config import Settings
from fogline.flow import Comparison, compared

MAY = "2023-05-20"
PAIRS = {
    "the way and the capture": (
        "updates",
        ("Fighting continues in Hrushivka.", MAY),
        ("Russian forces have taken Hrushivka.", "2023-05-28"),
    ),
    "the edge and the whole": (
        "qualifies",
        ("Russian forces captured Hrushivka.", MAY),
        ("Russian forces entered the eastern outskirts of Hrushivka.", MAY),
    ),
    "two dates of one retreat": (
        "contradicts",
        ("Russian troops withdrew from Hrushivka on 3 May 2023.", "2023-08-01"),
        ("Russian troops withdrew from Hrushivka on 9 May 2023.", "2023-08-03"),
    ),
    "two retreats told as news": (
        "unrelated",
        ("Russian troops withdrew from Hrushivka on 3 May.", "2023-05-03"),
        ("Russian troops withdrew from Hrushivka on 9 May.", "2023-05-10"),
    ),
    "two causes": (
        "contradicts",
        ("The depot in Hrushivka burned because of a short circuit, the mayor said.", MAY),
        ("The depot in Hrushivka burned because Ukrainian drones had struck it, a blogger said.", MAY),
    ),
    "one cause in other words": (
        "corroborates",
        ("Russian troops left Hrushivka because their supply lines had been cut, an officer said.", MAY),
        ("Cut supply lines made Russian troops leave Hrushivka, an analyst said.", MAY),
    ),
    "one mouth under a shorter name": (
        "repeats",
        ("The Lowland Observatory said that Russian forces had taken Hrushivka.", MAY),
        ("Russian forces have taken Hrushivka, the Lowland Observatory for Human Rights said.", MAY),
    ),
    "more of a sort than of all": (
        "contradicts",
        ("A missile killed 40 passengers at the station in Hrushivka on 19 May, doctors said.", MAY),
        ("A missile killed 12 people at the station in Hrushivka on 19 May, the governor said.", MAY),
    ),
    "fewer of a sort than of all": (
        "not contradicts",
        ("A missile killed 4 passengers at the station in Hrushivka on 19 May, doctors said.", MAY),
        ("A missile killed 12 people at the station in Hrushivka on 19 May, the governor said.", MAY),
    ),
    "a count from the start of the war": (
        "updates",
        ("3,000 people have been killed in Hrushivka since the war began, the mayor said.", MAY),
        ("4,500 people have been killed in Hrushivka since the war began, the mayor said.", "2023-09-01"),
    ),
    "rid of one side and held by the other": (
        "contradicts",
        ("Hrushivka is completely free of Russian troops and under Ukrainian control, the spokesman said.", MAY),
        ("Hrushivka is under Russian control, the mayor said.", MAY),
    ),
    "an act and a guess at it": (
        "qualifies",
        ("Ukrainian missiles hit the airfield in Hrushivka.", MAY),
        ("Ukrainian missiles may have hit the airfield in Hrushivka, a monitor said.", MAY),
    ),
}


@pytest.fixture(scope="module")
def relations(tmp_path_factory):
    file = tmp_path_factory.mktemp("pairs") / "pairs.jsonl"
    rows = (
        {
            "id": name,
            "theatre": "ukraine",
            "a": {"text": a[0], "outlet": "Harbour Times", "published": a[1]},
            "b": {"text": b[0], "outlet": "Hill Echo", "published": b[1]},
        }
        for name, (_, a, b) in PAIRS.items()
    )
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    found = compared(file, Settings(workers=1))
    return {one.id: one.relation.value for one in found if isinstance(one, Comparison)}


@pytest.mark.parametrize("name", PAIRS)
def test_two_statements_stand_to_each_other(relations, name):
    asked, _, _ = PAIRS[name]
    if asked.startswith("not "):
        assert relations[name] != asked.removeprefix("not ")
    else:
        assert relations[name] == asked
