"""What the names of a theatre are for: who holds a place, whose side the speaker is on, and whose the outlet."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from fogline.extract.claims import EnglishExtractor
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import Claim, Document, Kind, Precision, When
from fogline.theatres.loading import load, recognise_few

DAY = date(2025, 11, 21)

HOLDERS = [
    ("drc", "The M23 rebels have captured Walikale.", "Walikale", "M23"),
    ("drc", "Wazalendo fighters recaptured Nyabibwe on Monday.", "Nyabibwe", "FARDC"),
    ("drc", "Masisi is under the control of the AFC/M23.", "Masisi", "M23"),
    ("drc", "Government forces still hold Uvira.", "Uvira", "FARDC"),
    ("sahel", "The FLA has taken Tessalit.", "Tessalit", "FLA"),
    ("sahel", "JNIM fighters seized Djibo on Sunday.", "Djibo", "JNIM"),
    ("sahel", "Burkinabe troops have retaken Djibo.", "Djibo", "GOV"),
    ("sahel", "Malian forces and Africa Corps hold Ansongo.", "Ansongo", "GOV"),
    ("sahel", "Islamic State fighters captured Menaka.", "Ménaka", "ISS"),
    ("yemen", "The Houthis captured Harib.", "Harib", "HTH"),
    ("yemen", "Giants Brigades forces retook Bayhan from the Houthis.", "Bayhan", "GOV"),
    ("yemen", "Southern separatists have taken control of Seiyun.", "Seiyun", "STC"),
    ("ethiopia", "Fano captured Lalibela.", "Lalibela", "FANO"),
    ("ethiopia", "Tigrayan forces have taken Dessie.", "Dessie", "TDF"),
    ("ethiopia", "The ENDF recaptured Lalibela on Wednesday.", "Lalibela", "ENDF"),
    ("ethiopia", "Eritrean troops still hold Zalambessa.", "Zalambessa", "ERI"),
    ("karabakh", "Azerbaijani forces have captured Hadrut.", "Hadrut", "AZ"),
    ("karabakh", "Martuni is under the control of the Defence Army.", "Martuni", "ARM"),
    ("iraq", "Iraqi forces recaptured Tal Afar from Islamic State.", "Tal Afar", "GOV"),
    ("iraq", "Peshmerga fighters took Bashiqa on Monday.", "Bashiqa", "KRG"),
    ("iraq", "The militants still hold Hawija.", "Hawija", "IS"),
    ("sudan", "Paramilitary fighters hold Bara.", "Bārah", "RSF"),
    ("sudan", "The Joint Force has retaken Mellit.", "Mellit", "SAF"),
    ("sudan", "The Dagalo militia has seized Babanusa.", "Babanūsah", "RSF"),
    ("syria", "Loyalist forces recaptured Saraqib.", "Saraqib", "GOV"),
    ("syria", "Women's Protection Units fighters hold Manbij.", "Manbij", "SDF"),
    ("syria", "Opposition groups seized Manbij.", "Manbij", "OPP"),
    ("ukraine", "The aggressor has captured Orikhiv.", "Orikhiv", "RU"),
    ("myanmar", "Revolutionary forces captured Bhamo.", "Bhamo", "RES"),
    ("iraq", "Hashd al-Shaabi fighters captured Badush.", "Badush", "GOV"),
]
"""A theatre, a sentence of one who takes no side, the place, and the side that holds it by the sentence."""


@cache
def _extractor(theatre: str) -> EnglishExtractor:
    found = load(theatre)
    return EnglishExtractor(found, gazetteer_of(found))


def _heard(theatre: str, text: str, outlet: str = "Plain Courier") -> tuple[Claim, ...]:
    when = When(start=DAY, end=DAY, edtf=DAY.isoformat(), precision=Precision.DAY)
    document = Document(article_id="one", name="one.txt", text=text, outlet=outlet, language="en", published=when)
    return next(_extractor(theatre).extract([document]))


@pytest.mark.parametrize(("theatre", "sentence", "place", "holder"), HOLDERS)
def test_who_holds_a_place_is_heard_by_the_names_of_the_sides(
    theatre: str, sentence: str, place: str, holder: str
) -> None:
    held = [claim for claim in _heard(theatre, sentence) if claim.kind is Kind.CONTROL]
    assert [(claim.holder, *(p.name for p in claim.places)) for claim in held] == [(holder, place)]
    assert recognise_few(sentence) == theatre


SPEAKERS = [
    ("drc", "The town has fallen, M23 spokesman Lawrence Kanyuka said.", "Lawrence Kanyuka", "M23"),
    ("drc", "General Sylvain Ekenge said the army had left Masisi.", "Sylvain Ekenge", "FARDC"),
    ("drc", "Kigali denied that its soldiers had entered Uvira.", "Kigali", "M23"),
    ("drc", "MONUSCO said that shells had hit Sake.", "MONUSCO", "third"),
    ("sahel", "The FAMa said they had repelled an attack on Ber.", "Malian Armed Forces", "GOV"),
    ("sahel", "FLA spokesman Mohamed Elmaouloud Ramadane said the army had left Tessalit.", "Mohamed Elmaouloud Ramadane", "FLA"),
    ("sahel", "JNIM said it had taken Djibo.", "JNIM", "JNIM"),
    ("yemen", "Houthi military spokesman Yahya Saree said his forces had taken Harib.", "Yahya Saree", "HTH"),
    ("yemen", "The Saudi-led coalition said it had struck Sirwah.", "Saudi-led coalition", "GOV"),
    ("yemen", "The Southern Transitional Council said its forces had entered Seiyun.", "Southern Transitional Council", "STC"),
    ("ethiopia", "Getachew Reda said that Tigrayan forces had taken Kobo.", "Getachew Reda", "TDF"),
    ("ethiopia", "The ENDF said it had driven Fano out of Lalibela.", "Ethiopian National Defence Force", "ENDF"),
    ("ethiopia", "Asres Mare said Fano had captured Dangila.", "Asres Mare", "FANO"),
    ("karabakh", "The Azerbaijani Defence Ministry said its army had taken Talish.", "Ministry of Defence of Azerbaijan", "AZ"),
    ("karabakh", "Nikol Pashinyan said Armenian forces had retreated from Hadrut.", "Nikol Pashinyan", "ARM"),
    ("karabakh", "The Artsakh Defence Army denied that Shushi had fallen.", "Artsakh Defence Army", "ARM"),
    ("sudan", "RSF spokesman Al-Fateh Qurashi said his forces had entered Bara.", "Al-Fateh Qurashi", "RSF"),
    ("sudan", "The Emergency Response Rooms said shells had hit Omdurman.", "Emergency Response Rooms", "third"),
    ("syria", "Farhad Shami denied that the SDF had left Manbij.", "Farhad Shami", "SDF"),
    ("ukraine", "Dmytro Lykhovii denied that Russian troops had entered Orikhiv.", "Dmytro Lykhovii", "UA"),
    ("ukraine", "The Sever Group of Forces said it had taken Vovchansk.", "Battlegroup North", "RU"),
    ("gaza", "The Government Media Office said Israeli troops had left Jabalia.", "Government Media Office", "PAL"),
    ("myanmar", "Salai Htet Ni said resistance forces had taken Falam.", "Salai Htet Ni", "RES"),
    ("iraq", "Military spokesman Yahya Rasool said Iraqi forces had retaken Hawija.", "Yahya Rasool", "GOV"),
    ("iraq", "The Kurdistan Region Security Council said Peshmerga had taken Bashiqa.", "Kurdistan Region Security Council", "KRG"),
    ("iraq", "Islamic State said its fighters had entered Kirkuk.", "Islamic State", "IS"),
]  # fmt: skip
"""A theatre, a sentence that somebody else is named for, who that is, and on which side."""


@pytest.mark.parametrize(("theatre", "sentence", "speaker", "side"), SPEAKERS)
def test_whoever_is_quoted_is_known_with_the_side(theatre: str, sentence: str, speaker: str, side: str) -> None:
    assert {(c.speaker.name, c.speaker.side) for c in _heard(theatre, sentence)} == {(speaker, side)}


OUTLETS = [
    ("drc", "ACP", "FARDC"),
    ("drc", "The New Times", "M23"),
    ("drc", "Radio Okapi", "third"),
    ("sahel", "ORTM", "GOV"),
    ("sahel", "Studio Tamani", "third"),
    ("yemen", "Al Masirah", "HTH"),
    ("yemen", "Aden Independent Channel", "STC"),
    ("ethiopia", "Fana", "ENDF"),
    ("ethiopia", "Tigrai TV", "TDF"),
    ("ethiopia", "Shabait", "ERI"),
    ("karabakh", "Azertag", "AZ"),
    ("karabakh", "Armenpress", "ARM"),
    ("iraq", "Rudaw", "KRG"),
    ("iraq", "Amaq", "IS"),
    ("iraq", "Iraqi News Agency", "GOV"),
]
"""A theatre, an outlet by one of its names, and the side it belongs to."""


@pytest.mark.parametrize(("theatre", "outlet", "side"), OUTLETS)
def test_what_an_outlet_says_itself_is_its_sides_word(theatre: str, outlet: str, side: str) -> None:
    place = next(sentence for name, sentence, *_ in HOLDERS if name == theatre)
    assert {c.speaker.side for c in _heard(theatre, place, outlet)} == {side}
