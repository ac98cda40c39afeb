"""What each voice says to each question of a table: who answers most of them, and which claims say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fogline.model import TablePart
from fogline.store.answered import Matters
from fogline.store.columns import Columns
from fogline.store.indexes import Numbers, spread

Voice = tuple[str, str]
"""The name and the side of a speaker."""
Said = tuple[int, str, str]
"""Which of the questions, the answer, and the claim that gives it."""


def voices(
    columns: Columns, matters: Matters, some: Numbers, out: Numbers, otherwise: Mapping[str, Voice], part: TablePart
) -> tuple[tuple[tuple[str, str, tuple[Said, ...]], ...], bool]:
    """The voices that answer most of some matters, and then by name, each with what it says in the order of the matters; and
    whether there are more behind this part of them.

    Claims that are not current or that are ``out`` are left out. ``otherwise`` is who speaks in claims that people set right.
    """
    lengths = matters.starts[some + 1] - matters.starts[some]
    entries, of = spread(matters.starts[some], lengths), np.repeat(np.arange(len(some)), lengths)
    rows = matters.claims[entries]
    kept = (rows >= 0) & columns.current[rows]
    kept &= ~np.isin(rows, out) if len(out) else True
    entries, of, rows = entries[kept], of[kept], rows[kept]
    codes, every = _voices(columns, rows, otherwise)
    end = part.voices + part.most
    busiest = _busiest(np.unique(of * len(every) + codes) % max(1, len(every)), every, end + 1)
    order = busiest[part.voices : end]
    place = np.full(len(every), part.most)
    place[order] = np.arange(len(order))
    shown = np.argsort(place[codes], kind="stable")[: int(np.isin(codes, order).sum())]
    answers = matters.answers[entries[shown]] + matters.firsts[some[of[shown]]]
    told = zip(of[shown].tolist(), matters.values[answers].tolist(), columns.names(rows[shown]), strict=True)
    found: list[list[Said]] = [[] for _ in order]
    for at, (matter, value, name) in zip(place[codes[shown]].tolist(), told, strict=True):
        found[at].append((matter, matters.said[value], name))
    return tuple((*every[code], tuple(said)) for code, said in zip(order, found, strict=True)), len(busiest) > end


def _voices(columns: Columns, rows: Numbers, otherwise: Mapping[str, Voice]) -> tuple[Numbers, list[Voice]]:
    """Who speaks in each of the rows, as one of these voices."""
    speakers, sides = (columns.coded[facet][rows].astype(np.int64) for facet in ("speaker", "side"))
    each, codes = np.unique(speakers * len(columns.words["side"]) + sides, return_inverse=True)
    pairs = (divmod(one, len(columns.words["side"])) for one in each.tolist())
    voices = {(columns.words["speaker"][name], columns.words["side"][side]): n for n, (name, side) in enumerate(pairs)}
    for row, voice in zip(columns.rows_of(list(otherwise)).tolist(), otherwise.values(), strict=True):
        here = rows == row
        if here.any():
            codes[here] = voices.setdefault(voice, len(voices))
    return codes, list(voices)


def _busiest(answering: Numbers, voices: Sequence[Voice], most: int) -> list[int]:
    """The voices, at most so many, that are there most often."""
    many = np.bincount(answering, minlength=len(voices))
    least = max(1, int(np.partition(many, -most)[-most]) if len(many) > most else 1)
    return sorted(np.flatnonzero(many >= least).tolist(), key=lambda code: (-many[code], voices[code]))[:most]
