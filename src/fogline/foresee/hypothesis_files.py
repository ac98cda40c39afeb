"""Hypothesis files: TOML, read as strictly as scenario files, and written as drafts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from fogline.foresee.hypotheses import Cell, Consistency, Evidence, Hypothesis, Matrix
from fogline.foresee.located import Table, identity, parsed, text_of

TOP = {"id", "place", "question", "hypothesis", "evidence"}
HYPOTHESIS = {"id", "title", "prior", "said"}
EVIDENCE = {"id", "title", "claims", "cells", "why", "by"}

Voices = Callable[[Sequence[str]], int | None]
"""How many independent voices some claims are; ``None`` where one of them is not in the ledger."""
SLACK = 0.005


def load(path: Path, voices: Voices) -> Matrix:
    """The matrix of a file; see ``matrix``."""
    return matrix(str(path), text_of(path), voices)


def matrix(name: str, text: str, voices: Voices) -> Matrix:
    """The matrix of a text; ``name`` is what errors call it.

    Raises ``BadScenario`` with file, line and remedy for anything that makes no sense.
    Evidence of which nothing is known yet (no voice by the day asked for) is left out.
    """
    top, arrays = parsed(name, text)
    _known(top, TOP)
    tables = arrays.get("hypothesis", [])
    if len(tables) < 2:
        raise top.wrong(
            "hypothesis", "one explanation competes with none.", "Add another [[hypothesis]] with id and title."
        )
    hypotheses = tuple(_hypothesis(table, 1 / len(tables)) for table in tables)
    total = sum(one.prior for one in hypotheses)
    if abs(total - 1) > SLACK:
        raise tables[-1].wrong("prior", f"the priors sum to {total:.3f}, not 1.", "Change one, or leave all out.")
    names = [one.id for one in hypotheses]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise tables[number].wrong("id", f"there are two hypotheses {name!r}.", "Give one another id.")
    tables = arrays.get("evidence", [])
    rows = [_evidence(table, names, voices) for table in tables]
    for number, row in enumerate(rows):
        if any(row.id == other.id for other in rows[:number]):
            raise tables[number].wrong("id", f"there are two pieces of evidence {row.id!r}.", "Give one another id.")
    question = _text(top, "question")
    return Matrix(
        id=identity(top, question),
        place=_text(top, "place"),
        question=question,
        hypotheses=hypotheses,
        rows=tuple(row for row in rows if row.voices),
    )


def _hypothesis(table: Table, share: float) -> Hypothesis:
    _known(table, HYPOTHESIS)
    prior = table.values.get("prior", share)
    if isinstance(prior, bool) or not isinstance(prior, int | float) or not 0 < prior < 1:
        raise table.wrong(
            "prior", f"a prior of {prior!r} is no probability.", "Write one between 0 and 1, or leave it out."
        )
    said = table.values.get("said", [])
    if not isinstance(said, list) or not all(isinstance(name, str) for name in said):
        raise table.wrong("said", f"{said!r} are no claims.", "Write said = [ids], or leave it out.")
    return Hypothesis(id=_text(table, "id"), title=_text(table, "title"), prior=float(prior), said=tuple(said))


def _evidence(table: Table, names: Sequence[str], voices: Voices) -> Evidence:
    _known(table, EVIDENCE)
    claims = table.values.get("claims", [])
    if not isinstance(claims, list) or not claims or not all(isinstance(name, str) for name in claims):
        raise table.wrong(
            "claims", "evidence without claims.", "Add claims = [ids], as fogline claims --format jsonl shows them."
        )
    number = voices(claims)
    if number is None:
        raise table.wrong(
            "claims", "a claim here is not in the ledger.", "Take ids from: fogline claims --format jsonl"
        )
    cells, why = _by_name(table, "cells", names), _by_name(table, "why", names)
    if strange := sorted(set(cells) ^ set(names)):
        told = (
            f"there is no cell for {strange[0]!r}."
            if strange[0] in names
            else f"there is no hypothesis {strange[0]!r}."
        )
        raise table.wrong("cells", told, f"Give one letter for each of: {', '.join(names)}.")
    for name in names:
        if cells[name] not in list(Consistency):
            raise table.wrong("cells", f"{cells[name]!r} is no letter.", f"Write one of: {', '.join(Consistency)}.")
    by = _text(table, "by") if "by" in table.values else "rules"
    return Evidence(
        id=_text(table, "id"),
        title=_text(table, "title"),
        claims=tuple(claims),
        voices=number,
        cells=tuple(Cell(letter=Consistency(cells[name]), why=why.get(name, ""), by=by) for name in names),
    )


def _by_name(table: Table, key: str, names: Sequence[str]) -> dict[str, str]:
    told = table.values.get(key, {})
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise table.wrong(key, f"{key} are no words by hypothesis.", f'Write {key} = {{ {names[0]} = "...", ... }}.')
    return told


def written(matrix: Matrix) -> str:
    """The text of a file that ``load`` reads as this matrix."""
    lines = [
        "# Letters: CC and C fit, N tells nothing, I and II speak against. They are rules' first guesses: judge each, and put your",
        '# name into by = "...".',
        f"id = {_quoted(matrix.id)}",
        f"place = {_quoted(matrix.place)}",
        f"question = {_quoted(matrix.question)}",
    ]
    for one in matrix.hypotheses:
        lines += [
            "",
            "[[hypothesis]]",
            f"id = {_quoted(one.id)}",
            f"title = {_quoted(one.title)}",
            f"said = {_quoted(one.said)}",
        ]
    names = [one.id for one in matrix.hypotheses]
    for row in matrix.rows:
        letters = ", ".join(f"{name} = {_quoted(c.letter.value)}" for name, c in zip(names, row.cells, strict=True))
        reasons = ", ".join(f"{name} = {_quoted(c.why)}" for name, c in zip(names, row.cells, strict=True) if c.why)
        lines += [
            "",
            "[[evidence]]",
            f"id = {_quoted(row.id)}",
            f"title = {_quoted(row.title)}",
            f"claims = {_quoted(row.claims)}",
        ]
        lines += [f"cells = {{ {letters} }}", f"why = {{ {reasons} }}"]
    return "\n".join(lines) + "\n"


def _known(table: Table, keys: set[str]) -> None:
    for key in table.values:
        if key not in keys:
            raise table.wrong(key, f"there is no {key!r} here.", f"There are: {', '.join(sorted(keys))}.")


def _text(table: Table, key: str) -> str:
    value = table.values.get(key)
    if not isinstance(value, str) or not value.strip():
        raise table.wrong(key, f"{key} is missing or no text.", f'Add {key} = "...".')
    return value


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
