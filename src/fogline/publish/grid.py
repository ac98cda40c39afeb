"""A matrix of competing hypotheses as a picture: a letter in each cell, the most telling evidence on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

WIDTH, LEFT, HEAD, ROW, COLUMN, FOOT = 1000, 430, 118, 34, 130, 46
FILLS = {"CC": "#0072b2", "C": "#9ecae1", "N": "#f2f2f2", "I": "#fdbe85", "II": "#d55e00"}
"""Blue fits and orange speaks against: told apart by colour-blind readers, and by the letter in any case."""
LIGHT = frozenset({"CC", "II"})
"""Letters on a dark fill."""


def grid(row: Mapping[str, Any], title: str) -> str:
    """An SVG of a matrix row (``publish.matrix.matrix_row``), the hypotheses in the order of least inconsistency.

    A dot marks a letter that a person gave; under each hypothesis stand its inconsistency and its probability by Bayes.
    """
    order = [one["hypothesis"] for one in row["standings"]]
    titles = {one["id"]: one["title"] for one in row["hypotheses"]}
    evidence = sorted(row["evidence"], key=lambda one: (-one["diagnosticity"], one["id"]))
    wide = max(WIDTH, LEFT + COLUMN * len(order) + 20)
    high = HEAD + ROW * len(evidence) + FOOT + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="DejaVu Sans, Noto Sans, sans-serif" font-size="12" role="img"><title>{escape(title)}</title>',
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        f'<text x="10" y="24" font-size="17" font-weight="bold">{escape(_cut(title, 90))}</text>',
        f'<text x="{LEFT - 78}" y="{HEAD - 8}" text-anchor="end">evidence</text>',
        f'<text x="{LEFT - 10}" y="{HEAD - 8}" text-anchor="end">bits</text>',
    ]
    for number, name in enumerate(order):
        middle = LEFT + COLUMN * number + COLUMN / 2
        for line, words in enumerate(_lines(titles[name])):
            parts.append(
                f'<text x="{middle}" y="{HEAD - 56 + 15 * line}" text-anchor="middle" font-weight="bold">{escape(words)}</text>'
            )
    for number, one in enumerate(evidence):
        parts += _row(one, order, HEAD + ROW * number)
    foot = HEAD + ROW * len(evidence) + 22
    parts.append(f'<text x="{LEFT - 10}" y="{foot}" text-anchor="end">inconsistency (less is better)</text>')
    parts.append(f'<text x="{LEFT - 10}" y="{foot + 20}" text-anchor="end">probability by Bayes</text>')
    for number, one in enumerate(row["standings"]):
        middle = LEFT + COLUMN * number + COLUMN / 2
        parts.append(f'<text x="{middle}" y="{foot}" text-anchor="middle">{one["inconsistency"]:.1f}</text>')
        parts.append(f'<text x="{middle}" y="{foot + 20}" text-anchor="middle">{one["probability"]:.0%}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(one: Mapping[str, Any], order: list[str], top: int) -> list[str]:
    voices = f"{one['voices']} voice{'' if one['voices'] == 1 else 's'}"
    parts = [
        f'<text x="10" y="{top + 21}">{escape(_cut(one["title"], 46))}<title>{escape(one["title"])}</title></text>',
        f'<text x="{LEFT - 54}" y="{top + 21}" text-anchor="end" fill="#555555">{voices}</text>',
        f'<text x="{LEFT - 10}" y="{top + 21}" text-anchor="end">{one["diagnosticity"]:.1f}</text>',
    ]
    for number, name in enumerate(order):
        cell = one["cells"][name]
        x, letter = LEFT + COLUMN * number, cell["letter"]
        ink = "#ffffff" if letter in LIGHT else "#111111"
        why = f"{letter}: {cell['why']} ({cell['by']})" if cell["why"] else f"{letter} ({cell['by']})"
        parts.append(
            f'<rect x="{x + 2}" y="{top + 2}" width="{COLUMN - 4}" height="{ROW - 4}" fill="{FILLS[letter]}">'
            f"<title>{escape(why)}</title></rect>"
        )
        parts.append(
            f'<text x="{x + COLUMN / 2}" y="{top + 21}" text-anchor="middle" fill="{ink}" font-weight="bold">{letter}</text>'
        )
        if cell["by"] != "rules":
            parts.append(f'<circle cx="{x + COLUMN - 14}" cy="{top + 12}" r="4" fill="{ink}"/>')
    return parts


def _lines(text: str, wide: int = 17, most: int = 3) -> list[str]:
    """Words in short lines; what does not fit is cut."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > wide:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    kept = [_cut(line, wide) for line in lines[:most]]
    return kept if len(lines) <= most else [*kept[:-1], _cut(f"{kept[-1]} …", wide)]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' …')}…"
