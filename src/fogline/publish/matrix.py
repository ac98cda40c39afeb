"""A matrix of competing hypotheses as a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fogline.model import likelihood_of

Row = dict[str, Any]


def matrix_row(matrix: Any, standings: Sequence[Any], turn: Any, speakers: Mapping[str, str]) -> Row:
    """The matrix (a ``foresee.hypotheses.Matrix``) with its standings and what would turn them; ``speakers`` are by claim id."""
    names = [one.id for one in matrix.hypotheses]
    by_bayes = sorted(standings, key=lambda one: -one.probability)
    return {
        "id": matrix.id,
        "place": matrix.place,
        "question": matrix.question,
        "hypotheses": [
            {
                "id": one.id,
                "title": one.title,
                "prior": round(one.prior, 4),
                "said": list(one.said),
                "said_by": list(dict.fromkeys(speakers[name] for name in one.said if name in speakers)),
            }
            for one in matrix.hypotheses
        ],
        "standings": [
            {
                "hypothesis": one.hypothesis,
                "inconsistency": round(one.inconsistency, 4),
                "probability": round(one.probability, 4),
                "likelihood": likelihood_of(one.probability).value,
                "rank": rank,
                "rank_bayes": by_bayes.index(one) + 1,
                "against": list(one.against),
            }
            for rank, one in enumerate(standings, start=1)
        ],
        "turning": None if turn is None else {"row": turn.row, "ranking": turn.ranking, "first": turn.first},
        "evidence": [
            {
                "id": row.id,
                "title": row.title,
                "claims": list(row.claims),
                "voices": row.voices,
                "diagnosticity": round(row.diagnosticity, 4),
                "cells": {
                    name: {
                        "letter": cell.letter.value,
                        "why": cell.why,
                        "by": cell.by,
                        "subject": f"cell:{matrix.id}:{row.id}:{name}",
                    }
                    for name, cell in zip(names, row.cells, strict=True)
                },
            }
            for row in matrix.rows
        ],
    }
