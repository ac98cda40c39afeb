"""Which of several answers is right, and how far each source can be relied on, learned together from who gives which.

Expectation and maximisation as in Dawid and Skene (1979), on two sorts of question:

- ``answers``: exactly one answer is right. A source is right with one chance; where it is wrong it picks any of
  ``WRONG`` other answers (Dong, Berti-Équille and Srivastava 2009 call this model Accu).
- ``statements``: each stands or falls by itself. A source affirms a right one and a wrong one with two chances of its
  own, since leaving out and making up are different faults.

Sources of which little is heard are drawn to their group ("anonymous editors", a standing in a theatre), whose own
chance is learned along. Votes are counted as they are given: copies have to be joined before. The order of votes changes
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

WRONG = 10.0
"""How many wrong answers a source may be thought to pick from; between 5 and 50 results hardly move."""
STRENGTH = 4.0
"""Votes that a group's chance is worth beside a source's own; set on made sources, not tuned on labelled sets."""
START = 0.8
"""The chance of being right that a group begins with where none is given."""
GROUP_STRENGTH = 10.0
"""Votes that the starting chance of a group is worth."""
ROUNDS, STILL = 60, 1e-7
"""Rounds at most, and the change of any belief below which they end."""
EDGE = 1e-4
"""Chances are kept this far from nought and one."""


@dataclass(frozen=True, slots=True, order=True)
class Vote:
    """One source's answer to one question; for ``statements`` the answer is "yes" or "no"."""

    question: str
    answer: str
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The belief (0 to 1) in each answer of each question, and each source's chance of being right.

    For ``statements`` a source's chance is the mean of affirming what is right and denying what is wrong.
    """

    beliefs: Mapping[str, Mapping[str, float]]
    sources: Mapping[str, float]

    def best(self, question: str) -> str:
        """The likeliest answer; of equal ones the first by name."""
        beliefs = self.beliefs[question]
        return min(beliefs, key=lambda answer: (-round(beliefs[answer], 9), answer))


def answers(votes: Sequence[Vote], groups: Mapping[str, str], starts: Mapping[str, float] | None = None) -> Verdict:
    """Beliefs in answers of which one is right; ``groups`` gives a source's group, ``starts`` a group's first chance.

    >>> votes = [Vote("town", "east", "a"), Vote("town", "east", "b"), Vote("town", "west", "c")]
    >>> answers(votes, {}).best("town")
    'east'
    """
    votes = sorted(set(votes))
    table = _Table(votes, groups, starts or {})
    options = sorted({(vote.question, vote.answer) for vote in votes})
    place = {option: number for number, option in enumerate(options)}
    chosen = np.array([place[vote.question, vote.answer] for vote in votes], dtype=np.int64)
    questions = {name: number for number, name in enumerate(sorted({q for q, _ in options}))}
    asked = np.array([questions[question] for question, _ in options], dtype=np.int64)
    chance = table.first()
    belief = np.zeros(len(options))
    for _ in range(ROUNDS):
        before = belief
        weight = np.log(WRONG * chance / (1 - chance))
        score: Numbers = np.bincount(chosen, weights=weight[table.source], minlength=len(options)).astype(np.float64)
        belief = _softmax(score, asked, len(questions))
        chance = table.learn(belief[chosen], np.ones(len(votes)))
        if np.abs(belief - before).max(initial=0.0) < STILL:
            break
    beliefs: dict[str, dict[str, float]] = {name: {} for name in questions}
    for (question, answer), value in zip(options, belief, strict=True):
        beliefs[question][answer] = float(value)
    return Verdict(beliefs, table.named(chance))


def statements(
    votes: Sequence[Vote], groups: Mapping[str, str], prior: float = 0.5, starts: tuple[float, float] = (START, START)
) -> Verdict:
    """Beliefs in statements that stand or fall each by itself; ``prior`` is the chance of one before any vote.

    ``starts`` are the chances, before anything is learned, that a source affirms what is right and denies what is wrong.

    Raises ``ValueError`` for an answer that is neither "yes" nor "no".
    """
    votes = sorted(set(votes))
    if odd := {vote.answer for vote in votes} - {"yes", "no"}:
        raise ValueError(f"a statement is answered yes or no, not {', '.join(sorted(odd))}")
    for_yes, for_no = (_Table(votes, groups, dict.fromkeys(["", *groups.values()], start)) for start in starts)
    questions = {name: number for number, name in enumerate(sorted({vote.question for vote in votes}))}
    asked = np.array([questions[vote.question] for vote in votes], dtype=np.int64)
    yes = np.array([vote.answer == "yes" for vote in votes], dtype=bool)
    affirming, denying = for_yes.first(), for_no.first()
    belief = np.zeros(len(questions))
    for _ in range(ROUNDS):
        before = belief
        told = np.where(
            yes,
            np.log(affirming / (1 - denying))[for_yes.source],
            np.log((1 - affirming) / denying)[for_yes.source],
        )
        score = np.bincount(asked, weights=told, minlength=len(questions)) + np.log(prior / (1 - prior))
        belief = 1 / (1 + np.exp(-np.clip(score, -500, 500)))
        held = belief[asked]
        affirming = for_yes.learn(held * yes, held)
        denying = for_no.learn((1 - held) * ~yes, 1 - held)
        if np.abs(belief - before).max(initial=0.0) < STILL:
            break
    beliefs = {name: {"yes": float(belief[n]), "no": float(1 - belief[n])} for name, n in questions.items()}
    return Verdict(beliefs, for_yes.named((affirming + denying) / 2))


class _Table:
    """Who casts which vote, and in which group they are, as numbers."""

    def __init__(self, votes: Sequence[Vote], groups: Mapping[str, str], starts: Mapping[str, float]) -> None:
        self.names = sorted({vote.source for vote in votes})
        number = {name: n for n, name in enumerate(self.names)}
        self.source: Places = np.array([number[vote.source] for vote in votes], dtype=np.int64)
        kinds = sorted({groups.get(name, "") for name in self.names})
        self.group: Places = np.array([kinds.index(groups.get(name, "")) for name in self.names], dtype=np.int64)
        self.start: Numbers = np.array([starts.get(kind, START) for kind in kinds])

    def first(self) -> Numbers:
        """Each source's chance before anything is learned."""
        return self.start[self.group] if len(self.names) else np.zeros(0)

    def learn(self, right: Numbers, seen: Numbers) -> Numbers:
        """Each source's chance from its right and seen votes, drawn to its group's, and that to its start."""
        own_right = np.bincount(self.source, weights=right, minlength=len(self.names))
        own_seen = np.bincount(self.source, weights=seen, minlength=len(self.names))
        kinds = len(self.start)
        all_right = np.bincount(self.group, weights=own_right, minlength=kinds)
        all_seen = np.bincount(self.group, weights=own_seen, minlength=kinds)
        mean = (self.start * GROUP_STRENGTH + all_right) / (GROUP_STRENGTH + all_seen)
        chance = (mean[self.group] * STRENGTH + own_right) / (STRENGTH + own_seen)
        clipped: Numbers = np.clip(chance, EDGE, 1 - EDGE)
        return clipped

    def named(self, chance: Numbers) -> dict[str, float]:
        """The chances by source."""
        return {name: float(value) for name, value in zip(self.names, chance, strict=True)}


def _softmax(score: Numbers, asked: Places, questions: int) -> Numbers:
    """Scores to beliefs that add up to one within each question."""
    highest = np.full(questions, -np.inf)
    np.maximum.at(highest, asked, score)
    raised = np.exp(score - highest[asked])
    shares: Numbers = raised / np.bincount(asked, weights=raised, minlength=questions)[asked]
    return shares
