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
    "held and left since": (
        "updates",
        ("Ukrainian troops hold Hrushivka.", MAY),
        ("Ukrainian troops have withdrawn from Hrushivka.", "2023-06-02"),
    ),
    "held and left at once": (
        "contradicts",
        ("Ukrainian troops hold Hrushivka, the General Staff said.", MAY),
        ("Ukrainian troops have withdrawn from Hrushivka, Russia's Defence Ministry said.", MAY),
    ),
    "far and near": (
        "updates",
        ("Russian forces are 20 kilometres from Hrushivka.", MAY),
        ("Russian forces have reached the outskirts of Hrushivka.", "2023-05-23"),
    ),
    "a siege and its end": (
        "updates",
        ("Hrushivka is under siege, a resident said.", MAY),
        ("Ukrainian troops broke the siege of Hrushivka on Thursday.", "2023-05-26"),
    ),
    "all of them and most": (
        "qualifies",
        ("Russian troops left Hrushivka on Friday.", "2023-05-19"),
        ("Russian troops left most of Hrushivka on Friday, keeping posts at its entrances.", "2023-05-19"),
    ),
    "announced and done": (
        "updates",
        ("Russian troops will leave Hrushivka by the end of June, the ministry said.", MAY),
        ("The last Russian troops left Hrushivka on Friday, a resident said.", "2023-07-01"),
    ),
    "out and back": (
        "updates",
        ("Hrushivka is without power after a strike, the mayor said.", MAY),
        ("Power has been restored in Hrushivka, the mayor said.", "2023-05-22"),
    ),
    "taken by one and left by the other": (
        "corroborates",
        ("Russian forces have taken Hrushivka, Russia's Defence Ministry said.", MAY),
        ("Ukrainian troops withdrew from Hrushivka, a Ukrainian officer said.", MAY),
    ),
    "every attack and a breakthrough": (
        "contradicts",
        ("Ukrainian soldiers repelled every attack near Hrushivka on 19 May, the General Staff said.", "2023-05-19"),
        ("Russian troops broke through the line near Hrushivka on 19 May, a blogger said.", MAY),
    ),
    "no such soldiers and what they do": (
        "contradicts",
        ("North Korean soldiers are fighting in Hrushivka, an officer said.", MAY),
        ("There are no North Korean soldiers in Hrushivka, a spokesman said.", MAY),
    ),
    "who did it": (
        "contradicts",
        ("Russian forces blew up the bridge at Hrushivka, the mayor said.", MAY),
        ("The bridge at Hrushivka was blown up by Ukrainian saboteurs, a blogger said.", MAY),
    ),
    "a number called too high": (
        "qualifies",
        ("Russian forces lost 300 men at Hrushivka, the brigade said.", MAY),
        ("The brigade's figure of 300 dead at Hrushivka looks exaggerated, an analyst said.", "2023-05-21"),
    ),
    "no such strike": (
        "contradicts",
        ("Drones struck the refinery in Hrushivka overnight, a source said.", MAY),
        ("No drone reached the refinery in Hrushivka overnight, the governor said.", MAY),
    ),
    "one statement in two wordings": (
        "repeats",
        ("The enemy's losses over the past day came to 1,060 soldiers near Hrushivka, General Elm reports.", MAY),
        ("Russia lost 1,060 men in the last 24 hours around Hrushivka, General Elm says.", MAY),
    ),
    "one speaker on two towns": (
        "unrelated",
        ("General Elm said Ukrainian troops had advanced near Hrushivka.", MAY),
        ("General Elm said Ukrainian troops had repelled an attack near Dubky.", MAY),
    ),
    "of free will and by force": (
        "contradicts",
        ("Ukrainian troops pulled out of Hrushivka of their own accord to save lives, an officer said.", MAY),
        ("The Ukrainian garrison was driven out of Hrushivka by force, a Russian officer said.", MAY),
    ),
    "the aim before the deed": (
        "contradicts",
        ("The aim of the raid on Hrushivka was to free prisoners, General Elm said.", MAY),
        ("Ukrainian troops went into Hrushivka to seize the waterworks, a blogger said.", MAY),
    ),
    "a weekend and its Sunday": (
        "contradicts",
        ("Hrushivka fell to Russian troops at the weekend, two bloggers write.", "2023-05-21"),
        (
            "Ukrainian paratroopers are in control of Hrushivka, the General Staff reported on Sunday evening.",
            "2023-05-21",
        ),
    ),
    "not fallen and taken": (
        "contradicts",
        ("Hrushivka has not fallen, a resident said.", MAY),
        ("Russian forces captured Hrushivka, a blogger said.", MAY),
    ),
    "a toll that has risen on the day": (
        "updates",
        ("At least 21 people were killed when missiles hit Hrushivka on Friday, the governor said.", "2023-05-19"),
        ("The number of people killed in Friday's attack on Hrushivka has risen to 34.", "2023-05-19"),
    ),
    "people who left have fled": (
        "corroborates",
        ("Around 100,000 people have fled Hrushivka since Monday, an agency said.", MAY),
        ("About 110,000 people left Hrushivka since Monday, another agency estimates.", MAY),
    ),
    "nobody can check it": (
        "qualifies",
        ("Russian forces have taken Hrushivka.", MAY),
        ("Russian forces say they have taken Hrushivka, which we have not been able to verify.", MAY),
    ),
}


def told(folder, *, turned):
    """The relation of each pair by its name; ``turned``: the second statement is given first."""
    file = folder / "pairs.jsonl"
    rows = (
        {
            "id": name,
            "theatre": "ukraine",
            "b" if turned else "a": {"text": a[0], "outlet": "Harbour Times", "published": a[1]},
            "a" if turned else "b": {"text": b[0], "outlet": "Hill Echo", "published": b[1]},
        }
        for name, (_, a, b) in PAIRS.items()
    )
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    found = compared(file, Settings(workers=1))
    return {one.id: one.relation.value for one in found if isinstance(one, Comparison)}


@pytest.fixture(scope="module")
def relations(tmp_path_factory):
    return told(tmp_path_factory.mktemp("pairs"), turned=False)


def test_which_of_two_statements_is_given_first_changes_no_relation(relations, tmp_path):
    assert told(tmp_path, turned=True) == relations


@pytest.mark.parametrize("name", PAIRS)
def test_two_statements_stand_to_each_other(relations, name):
    asked, _, _ = PAIRS[name]
    if asked.startswith("not "):
        assert relations[name] != asked.removeprefix("not ")
    else:
        assert relations[name] == asked
