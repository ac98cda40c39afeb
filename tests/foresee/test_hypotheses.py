"""Rival explanations: what speaks against each, what would turn their order, and that copies add nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import NORTH, claim, document

from fogline.errors import BadScenario
from fogline.foresee.hypotheses import Cell, Consistency, Evidence, Hypothesis, Matrix, likeliest, standings, turning
from fogline.foresee.hypothesis_files import load, written
from fogline.foresee.hypothesis_files import matrix as read_text
from fogline.foresee.rival_explanations import draft
from fogline.link.explanation import purposes
from fogline.model import Kind, Polarity


def row(name: str, letters: str, voices: int = 1) -> Evidence:
    cells = tuple(Cell(letter=Consistency(letter), why="") for letter in letters.split())
    return Evidence(id=name, title=name, claims=(f"claim-{name}",), voices=voices, cells=cells)


def matrix(*rows: Evidence) -> Matrix:
    hypotheses = tuple(Hypothesis(id=name, title=name, prior=0.5) for name in ("drive", "show"))
    return Matrix(place="Hrushivka", question="Why?", hypotheses=hypotheses, rows=rows)


def test_the_least_inconsistent_comes_first_and_what_fits_all_tells_nothing():
    found = standings(matrix(row("fits", "CC CC", 9), row("reserves", "C I"), row("few", "N I")))
    assert [one.hypothesis for one in found] == ["drive", "show"]
    assert found[1].against == ("reserves", "few")
    assert row("fits", "CC CC", 9).diagnosticity == 0
    assert likeliest(found) == "drive"
    assert sum(one.probability for one in found) == pytest.approx(1)


def test_the_two_rankings_may_differ_and_both_are_told():
    found = standings(matrix(row("a", "I CC"), row("b", "N II"), row("c", "CC N", 3), row("d", "N N")))
    assert found[0].hypothesis == "drive"
    mixed = standings(matrix(row("a", "I N"), row("b", "CC N", 3)))
    assert mixed[0].hypothesis == "show"
    assert likeliest(mixed) == "drive"


def test_the_piece_of_evidence_that_would_turn_the_order_is_named():
    turn = turning(matrix(row("weak", "II CC"), row("small", "C I")))
    assert turn is not None
    assert (turn.row, turn.first) == ("weak", "drive")
    firm = matrix(row("a", "CC II"), row("b", "CC II"), row("c", "CC II"))
    assert turning(firm) is None


def test_a_letter_reversed_twice_is_itself():
    assert all(letter.reversed.reversed is letter for letter in Consistency)
    assert Consistency.NEUTRAL.reversed is Consistency.NEUTRAL


def told() -> list:
    may, june, july = (document(name, published=f"2022-0{n}-01") for n, name in ((5, "may"), (6, "june"), (7, "july")))
    return [
        claim(may, kind=Kind.INTENT, actor=NORTH, speaker="Dr Reed", quote="The push is nothing but a demonstration"),
        claim(june, kind=Kind.INTENT, actor=NORTH, speaker="General Elm", quote="They mean to capture Hrushivka"),
        claim(june, kind=Kind.ADVANCE, actor=NORTH, speaker="General Elm", quote="They took two streets", start=90),
        claim(july, kind=Kind.ADVANCE, actor=NORTH, speaker="Mayor Birch", quote="They are at the mill"),
        claim(july, kind=Kind.ADVANCE, actor=NORTH, speaker="Nurse Ash", quote="They did not advance", polarity=Polarity.NEGATIVE),
    ]  # fmt: skip


def test_a_draft_says_who_explains_what_and_sets_deeds_against_each():
    claims = told()
    made = draft("Hrushivka", claims, {c.id: c.id for c in claims}, lambda c: purposes(c.quote))
    assert {one.id: len(one.said) for one in made.hypotheses} == {"feint": 1, "gain": 1}
    rows = {one.id: one for one in made.rows}
    feint, gain = [one.id for one in made.hypotheses].index("feint"), [one.id for one in made.hypotheses].index("gain")
    assert rows["advance"].voices == 2
    assert (rows["advance"].cells[feint].letter, rows["advance"].cells[gain].letter) == ("I", "C")
    assert rows["stalled"].cells[gain].letter == "I"
    assert all(cell.why for one in made.rows for cell in one.cells if cell.letter is not Consistency.NEUTRAL)


def test_copies_change_no_standing():
    claims = told()
    families = {c.id: c.id for c in claims}
    copies = [replace(c, document_id=document(f"copy-{n}").id) for n, c in enumerate(claims) for _ in range(3)]
    shared = {**families, **{copy.id: claims[n // 3].id for n, copy in enumerate(copies)}}
    alone = standings(draft("Hrushivka", claims, families, lambda c: purposes(c.quote)))
    assert standings(draft("Hrushivka", [*claims, *copies], shared, lambda c: purposes(c.quote))) == alone


def test_a_draft_is_read_back_as_it_was_written(tmp_path: Path):
    claims = told()
    made = draft("Hrushivka", claims, {c.id: c.id for c in claims}, lambda c: purposes(c.quote))
    voices = {one.claims: one.voices for one in made.rows}
    file = tmp_path / "why.toml"
    file.write_text(written(made), "utf-8")
    assert load(file, lambda ids: voices[tuple(ids)]) == made


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('cells = { drive = "CC", show = "I" }', 'cells = { drive = "CC" }', "no cell for 'show'"),
        (
            'cells = { drive = "CC", show = "I" }',
            'cells = { drive = "CC", show = "I", bluff = "C" }',
            "no hypothesis 'bluff'",
        ),
        ('cells = { drive = "CC", show = "I" }', 'cells = { drive = "CC", show = "X" }', "'X' is no letter"),
        ('claims = ["claim-a"]', 'claims = ["claim-z"]', "not in the ledger"),
        ('claims = ["claim-a"]', "claims = []", "evidence without claims"),
        ('id = "show"', 'id = "drive"', "two hypotheses 'drive'"),
        ("prior = 0.5", "prior = 0.9", "sum to 1.4"),
        ('question = "Why?"', 'asked = "Why?"', "there is no 'asked'"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_line(tmp_path: Path, old: str, new: str, problem: str):
    good = (
        'place = "Hrushivka"\nquestion = "Why?"\n\n[[hypothesis]]\nid = "drive"\ntitle = "A drive"\n\n[[hypothesis]]\n'
        'id = "show"\ntitle = "A show"\nprior = 0.5\n\n[[evidence]]\nid = "a"\ntitle = "A"\nclaims = ["claim-a"]\n'
        'cells = { drive = "CC", show = "I" }\n'
    )
    file = tmp_path / "why.toml"
    file.write_text(good, "utf-8")
    load(file, lambda ids: 1)
    file.write_text(good.replace(old, new), "utf-8")
    with pytest.raises(BadScenario, match=problem) as caught:
        load(file, lambda ids: None if "claim-z" in ids else 1)
    line = good[: good.index(old)].count("\n") + 1
    assert f"line {line}: " in caught.value.message
    assert caught.value.hint


WRITTEN = """place = "Hrushivka"
question = "Why?"

[[hypothesis]]
id = "drive"
title = "For ground"
prior = 0.5
said = ["claim-a"]

[[hypothesis]]
id = "show"
title = "For show"
prior = 0.5

[[evidence]]
id = "told"
title = "What is told"
claims = ["claim-a"]
cells = { drive = "C", show = "N" }
why = { drive = "it fits" }
by = "Ada"
"""
JUNK = (
    "true",
    "-1",
    "1e400",
    '""',
    '"x"',
    "[]",
    "[1]",
    '["x"]',
    "{ a = 1 }",
    "2022-11-01",
    "nan",
    '{ drive = "C", show = {} }',
)


@pytest.mark.parametrize("junk", JUNK)
def test_no_value_breaks_the_reading_of_a_file(junk: str):
    refused: list[BadScenario] = []
    for line in WRITTEN.splitlines():
        for match in re.finditer(r"(\w+) = (\{.*\}|\[.*?\]|[^,}\]]+)", line):
            changed = line[: match.start(2)] + junk + line[match.end(2) :]
            try:
                read_text("f", WRITTEN.replace(line, changed, 1), lambda ids: 1 if list(ids) == ["claim-a"] else None)
            except BadScenario as error:
                refused.append(error)
    assert refused
    assert all(re.search(r"line \d+: ", error.message) and error.hint for error in refused)


def test_two_pieces_of_evidence_of_one_id_are_refused():
    again = WRITTEN + WRITTEN[WRITTEN.index("[[evidence]]") :]
    with pytest.raises(BadScenario, match="two pieces of evidence 'told'"):
        read_text("f", again, lambda ids: 1)
