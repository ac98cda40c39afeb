"""Who stands with a claim: the same words of one report are one voice."""

from types import SimpleNamespace
from typing import Any

from tests.builders import NORTH, claim, document

from fogline.api.views import _by_words, _voices_of
from fogline.model import Claim, Kind

MAY, WIRE = document("may", published="2022-05-01"), document("wire", outlet="World Wire", published="2022-05-02")
WORDS = "Hrushivka is ours and its attackers were repelled"


def voices(*claims: Claim) -> list[Any]:
    """The voices of some claims, each a family of its own."""
    every = {one.id: one for one in claims}
    documents = {one.id: one.document_id for one in claims}
    known: Any = SimpleNamespace(claims=lambda names: {name: every[name] for name in names})
    return [row for _, row in _by_words(known, _voices_of(sorted(every), {}, documents), documents)]


def test_two_claims_of_the_same_words_are_one_voice() -> None:
    told = claim(MAY, holder=NORTH, speaker="General Oak", quote=WORDS)
    fought = claim(MAY, kind=Kind.BATTLE, speaker="General Oak", quote=WORDS)
    later = claim(WIRE, holder=NORTH, speaker="General Oak")
    assert told.span == fought.span
    rows = voices(told, fought, later)
    assert sorted(sorted(row["claims"]) for row in rows) == sorted([sorted([told.id, fought.id]), [later.id]])
    assert [row["reports"] for row in rows] == [1, 1]


def test_two_speakers_of_the_same_words_are_two_voices() -> None:
    one, other = claim(MAY, holder=NORTH, speaker="General Oak"), claim(MAY, holder=NORTH, speaker="General Elm")
    assert len(voices(one, other)) == 2
