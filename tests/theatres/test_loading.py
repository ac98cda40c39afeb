from datetime import date
from pathlib import Path

import pytest

from fogline.errors import BadSettings, UnknownTheatre
from fogline.model import Theatre
from fogline.theatres.loading import load, names, recognise, recognise_few, reference


@pytest.fixture(params=names())
def theatre(request: pytest.FixtureRequest) -> Theatre:
    return load(request.param)


def test_there_are_theatres() -> None:
    assert {"gaza", "myanmar", "sudan", "syria", "ukraine", "world"} <= set(names())
    assert {"drc", "ethiopia", "iraq", "karabakh", "sahel", "yemen"} <= set(names())


def test_every_side_named_is_a_side(theatre: Theatre) -> None:
    known = {*theatre.codes, "third", "unknown"}
    assert {actor.side for actor in theatre.actors} <= known
    assert {outlet.side for outlet in theatre.outlets} <= known


def test_every_standing_has_a_prior(theatre: Theatre) -> None:
    standings = {a.standing for a in theatre.actors} | {o.standing for o in theatre.outlets}
    assert standings - {""} <= set(theatre.priors)
    assert all(0 < chance < 1 for pair in theatre.priors.values() for chance in pair)


def test_conceding_counts_for_more_than_claiming(theatre: Theatre) -> None:
    assert all(against > gain for gain, against in theatre.priors.values())


def test_offices_follow_one_another(theatre: Theatre) -> None:
    for actor in theatre.actors:
        for office in actor.offices:
            assert (office.since or date.min) <= (office.until or date.max), actor.name


def test_no_domain_is_owned_twice(theatre: Theatre) -> None:
    domains = [domain for outlet in theatre.outlets for domain in outlet.domains]
    assert sorted(domains) == sorted(set(domains))


def test_names_of_one_actor_are_his_alone(theatre: Theatre) -> None:
    for kind in ("person", "organisation"):
        own = [name for actor in theatre.actors if actor.type == kind for name in actor.names]
        assert sorted(own) == sorted(set(own))


def test_a_commander_changes_office() -> None:
    syrskyi = next(a for a in load("ukraine").actors if "Syrskyi" in a.names)
    before, after = syrskyi.office(date(2023, 10, 1)), syrskyi.office(date(2024, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.role, after.role) == ("Commander of the Ground Forces", "Commander-in-Chief")


def test_the_full_scale_invasion_is_an_anchor() -> None:
    found = {phrase: anchor.day for anchor in load("ukraine").anchors for phrase in anchor.phrases}
    assert found["full-scale invasion"] == date(2022, 2, 24)


def test_the_world_takes_no_side() -> None:
    assert load("world").sides == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russian troops shelled villages near Kharkiv, the Ukrainian staff said.", "ukraine"),
        ("Російські війська обстріляли Харків, повідомив український Генштаб.", "ukraine"),
        ("The Rapid Support Forces struck a market in Omdurman, Sudan's army said.", "sudan"),
        ("Syrian rebels took Hama from the government forces, residents said.", "syria"),
        ("Israeli troops and Hamas fighters clashed in Khan Younis.", "gaza"),
        ("The Arakan Army attacked junta troops in Rakhine.", "myanmar"),
        ("M23 rebels and Congolese troops fought near Kitchanga in North Kivu.", "drc"),
        ("JNIM fighters attacked a Malian army convoy near Sevare.", "sahel"),
        ("Houthi forces shelled positions of the Yemeni government south of Marib.", "yemen"),
        ("Tigrayan forces and the Ethiopian army fought near Kobo.", "ethiopia"),
        ("Azerbaijani forces shelled Armenian positions near Martuni.", "karabakh"),
        ("Iraqi forces fought Islamic State militants in western Mosul.", "iraq"),
        ("Kurdish-led forces fought Islamic State militants in Raqqa, Syrian activists said.", "syria"),
        ("The Nigerian army rescued farmers from bandits in Zamfara.", "world"),
        ("The junta of the chess club met the rebels on the board.", "world"),
        ("The mayor opened a bridge in the rain on Sunday.", "world"),
        ("Russian tennis players lost in Melbourne.", "world"),
    ],
)
def test_a_theatre_is_recognised_by_its_words(text: str, name: str) -> None:
    assert recognise([text]) == name


@pytest.mark.parametrize(
    ("text", "outlets", "name"),
    [
        ("The RSF has seized the town.", [], "sudan"),
        ("Rebels hold the road to Idlib.", [], "syria"),
        ("The town was taken on Monday.", ["Harbour Times", "ukrinform"], "ukraine"),
        ("The army left the town.", ["Reuters"], "world"),
        ("M23 has entered the town.", [], "drc"),
        ("Bertrand Bisimwa said the town had fallen.", [], "drc"),
        ("The rebels hold Walikale.", [], "drc"),
        ("The town has fallen to JNIM.", [], "sahel"),
        ("Gunmen burned lorries near Djibo.", [], "sahel"),
        ("Assimi Goïta named a new governor.", [], "sahel"),
        ("Niger's army lost eleven soldiers.", [], "sahel"),
        ("The militants took Al-Hazm.", [], "yemen"),
        ("The attack was repelled, Yahya Saree said.", [], "yemen"),
        ("The town was taken on Monday.", ["Al Masirah"], "yemen"),
        ("Fano has left the town.", [], "ethiopia"),
        ("Federal troops entered Woldiya.", [], "ethiopia"),
        ("The town was taken on Monday.", ["Addis Standard", "Fana"], "ethiopia"),
        ("Hadrut has been surrounded.", [], "karabakh"),
        ("The village changed hands, Vagif Dargahli said.", [], "karabakh"),
        ("Peshmerga fighters hold the ridge.", [], "iraq"),
        ("Islamic State fighters still hold half of Hawija.", [], "iraq"),
        ("Islamic State fighters still hold half of Raqqa.", [], "syria"),
        ("Islamic State fighters left the town.", [], "world"),
        ("Hamas fired at the column.", [], "gaza"),
        ("Burhan visited the front.", [], "sudan"),
        ("The junta sent more troops.", [], "world"),
        ("The Nigerian army left the village.", [], "world"),
        ("Government forces and rebels met. Militants watched.", ["The Telegraph", "BBC"], "world"),
        ("The Kremlin spoke with the RSF.", [], "world"),
        ("", [], "world"),
    ],
)
def test_a_few_words_are_enough_of_two_statements(text: str, outlets: list[str], name: str) -> None:
    assert recognise_few(text, outlets) == name


def test_nothing_is_recognised_in_nothing() -> None:
    assert recognise([]) == "world"


def test_an_unknown_theatre_says_which_there_are() -> None:
    with pytest.raises(UnknownTheatre) as caught:
        load("atlantis")
    assert "ukraine" in caught.value.hint


def test_a_folder_is_a_theatre(tmp_path: Path) -> None:
    (tmp_path / "theatre.toml").write_text('name = "small"\ncountries = ["AD"]\nbegins = 2020-01-01\n', "utf-8")
    (tmp_path / "outlets.csv").write_text(
        "names,domains,side,standing,owner,country,languages\nHill Echo|Echo,hill.example,,,,AD,en\n", "utf-8"
    )
    theatre = load(str(tmp_path))
    assert (theatre.name, theatre.begins) == ("small", date(2020, 1, 1))
    assert theatre.outlets[0].names == ("Hill Echo", "Echo")


def test_a_folder_is_named_by_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "deep" / "vale"
    folder.mkdir(parents=True)
    (folder / "theatre.toml").write_text('name = "vale"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert reference("deep/vale") == str(folder.resolve())
    assert reference("world") == "world"
    with pytest.raises(UnknownTheatre, match=r"no theatre\.toml"):
        reference("deep")


ANCHOR = '[[anchors]]\nname = "flood"\nday = 2020-01-01\n'


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("theatre.toml", "", ("theatre.toml", "'name' is missing")),
        ("theatre.toml", 'name = "x', ("theatre.toml", "not TOML")),
        ("theatre.toml", "name = 7", ("'name' is 7",)),
        ("theatre.toml", 'name = "x"\n[[sides]]\nname = "Hill"', ("[[sides]] 1", "'code' is missing")),
        ("theatre.toml", 'name = "x"\nsides = ["A"]', ("headed [[sides]]",)),
        ("theatre.toml", f'name = "x"\n{ANCHOR}', ("[[anchors]] 1", "'phrases' is missing")),
        ("theatre.toml", f'name = "x"\n{ANCHOR}phrases = "flood"', ("[[anchors]] 1", "'phrases' is 'flood'", "list")),
        ("theatre.toml", 'name = "x"\nbegins = "soon"', ("'begins' is 'soon'", "a day")),
        ("theatre.toml", 'name = "x"\nbounds = [1, 2]', ("'bounds'", "4 numbers")),
        ("theatre.toml", 'name = "x"\n[priors]\nwire = { for = 0.8 }', ("[priors] wire", "'against' is missing")),
        ("theatre.toml", 'name = "x"\n[priors]\nwire = { for = 8, against = 0.9 }', ("'for' is 8", "between 0 and 1")),
        ("people.toml", '[[actors]]\nside = "A"', ("people.toml, [[actors]] 1", "'names' is missing")),
        ("people.toml", '[[actors]]\nnames = ["A"]\ntype = "cat"', ("'type' is 'cat'", "person")),
        (
            "people.toml",
            '[[actors]]\nnames = ["A"]\n[[actors.offices]]\nof = "B"',
            ("[[offices]] 1", "'role' is missing"),
        ),
        ("outlets.csv", "domains\nhill.example\n", ("outlets.csv, line 2", "'names' is missing")),
        ("outlets.csv", "names,side\nHill,A,B\n", ("outlets.csv, line 2", "more cells")),
        ("places.csv", "names,lat,lon\nHill,north,1\n", ("places.csv, line 2", "'lat' is 'north'")),
    ],
)
def test_what_is_wrong_in_a_theatre_is_named(tmp_path: Path, file: str, text: str, told: tuple[str, ...]) -> None:
    (tmp_path / "theatre.toml").write_text('name = "x"\n', "utf-8")
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(BadSettings) as caught:
        load(str(tmp_path))
    assert str(tmp_path) in caught.value.message
    assert all(words in caught.value.message for words in told), caught.value.message
    assert "docs/theatres.md" in caught.value.hint


@pytest.mark.parametrize("text", ["name = ", 'title = "no name"', 'name = "x"\nbegins = "soon"'])
def test_a_broken_folder_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "theatre.toml").write_text(text, "utf-8")
    with pytest.raises(BadSettings):
        load(str(tmp_path))


def test_a_reference_carries_a_users_gazetteer_file(tmp_path):
    file = tmp_path / "own.gazetteer"
    held = reference("ukraine", str(file))
    assert load(held).gazetteer == str(file)
    assert reference(held) == held
    assert load(reference(held, str(tmp_path / "other"))).gazetteer == str(tmp_path / "other")
    assert load("ukraine").gazetteer == ""
