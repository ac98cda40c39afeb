"""``fogline compare`` as its user runs it: real reading, bad lines among good ones, either order."""

import json
from pathlib import Path

import jsonschema
import pytest

from fogline.cli.main import run
from fogline.publish.rows import schema


def statement(text: str, outlet: str = "Harbour Gazette", published: str = "2025-11-20") -> dict[str, str]:
    return {"text": text, "outlet": outlet, "published": published}


TOOK = statement("Russian forces captured Kupiansk, an officer said.")
HOLDS = statement("Kupiansk is held by Ukrainian troops.", "Northbank Courier")
OTHER = statement("Ukrainian drones struck a refinery in Saratov.", "Lowland Observer")
LATER = statement("Ukrainian forces have liberated Kupiansk.", "Lowland Observer", "2025-12-20")


def compared(folder: Path, *lines: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict], str]:
    file = folder / "pairs.jsonl"
    file.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), "utf-8")
    code = run(["compare", str(file)])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_each_pair_has_a_line_with_relation_aspect_and_reasons(tmp_path, capsys):
    pairs = [
        {"id": name, "a": TOOK, "b": b, "theatre": "ukraine"}
        for name, b in (
            ("clash", HOLDS),
            ("apart", OTHER),
            ("later", LATER),
            ("copy", dict(TOOK, outlet="Mirror Post")),
        )
    ]
    code, rows, _ = compared(tmp_path, *pairs, capsys=capsys)
    assert code == 0
    for row in rows:
        jsonschema.Draft202012Validator(schema("comparison")).validate(row)
        assert row["reasons"]
    told = [(row["id"], row["relation"], row["aspect"]) for row in rows]
    assert told[:3] == [
        ("clash", "contradicts", "control"),
        ("apart", "unrelated", None),
        ("later", "updates", "control"),
    ]


def test_which_statement_comes_first_changes_no_relation(tmp_path, capsys):
    pairs = [
        {"id": f"{n}{order}", "a": pair[order], "b": pair[1 - order], "theatre": "ukraine"}
        for n, pair in enumerate(((TOOK, HOLDS), (TOOK, OTHER), (TOOK, LATER)))
        for order in (0, 1)
    ]
    _, rows, _ = compared(tmp_path, *pairs, capsys=capsys)
    for one, other in zip(rows[::2], rows[1::2], strict=True):
        assert (one["relation"], one["aspect"]) == (other["relation"], other["aspect"])


def test_a_bad_line_is_told_with_its_number_and_the_others_go_on(tmp_path, capsys):
    good = {"a": TOOK, "b": HOLDS, "theatre": "ukraine"}
    lines = [good, "{no json", {"a": TOOK}, [1], {**good, "theatre": "nowhere"}, {**good, "a": {"text": 7}}, good]
    code, rows, err = compared(tmp_path, *lines, capsys=capsys)
    assert code == 3
    assert [row["id"] for row in rows] == ["1", "7"]
    assert all(f"pairs.jsonl:{number}" in err for number in (2, 3, 4, 5, 6))
    assert "nowhere" in err


def test_an_unread_date_is_told_and_not_guessed(tmp_path, capsys):
    code, rows, err = compared(tmp_path, {"a": dict(TOOK, published="last week"), "b": HOLDS}, capsys=capsys)
    assert (code, rows) == (3, [])
    assert "last week" in err


def test_a_file_that_is_not_there_is_told(tmp_path, capsys):
    assert run(["compare", str(tmp_path / "none.jsonl")]) == 3
    assert "none.jsonl" in capsys.readouterr().err
