"""How often each source is right, for and against its own side's interest and as time goes on, learned with the beliefs.

Expectation and maximisation after Dawid and Skene (1979), over families. A family's root is right or wrong. Its own
speaker and the independent voices that corroborate it speak for it, those that contradict it against it, each by the
log-odds of its chance of being right (Nitzan and Paroush 1982); a voice that is wrong as often as right says nothing,
and is never read as saying the opposite. From the beliefs follow the chances, and so on until nothing moves.

A source has a chance for each interest (for its own side's, against it, neither) and each period of 30 days; what it said
in other periods counts less the further they are off (a discounted Beta posterior, as in West and Harrison 1997), so
that a source that turns bad is found out. A chance is drawn to that of its group (standing and side), and that to the
theatre's prior. A statement to which nobody else speaks teaches nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fogline.appraise.independence import Other, Others
from fogline.appraise.interest import Interest
from fogline.appraise.voices import SourceKey, Voice
from fogline.model import Lesson, Lessons, SpeakerType

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

PERIOD = 30
"""Days in which a source's chance is taken to be one."""
KEPT = 0.7
"""What a statement still counts one period further off. Set, as all constants here, on made worlds of other seeds than
those of ``evals.made_sources``."""
STRENGTH, STRENGTH_UNKNOWN = 8.0, 2.0
"""Statements that a group's chance is worth beside a source's own, by whether the theatre knows the source's standing."""
GROUP_STRENGTH = 20.0
"""Statements that the theatre's prior is worth beside a group's own."""
INFORMED = 1.4
"""Log-odds of other voices at which a statement counts as one that was checked: those of a chance of four in five."""
ROUNDS, STILL = 40, 1e-6
EDGE = 0.02
"""Chances are kept this far from nought and one: no voice settles a matter alone."""
LEAST = 0.1
"""The weight of a voice whose word is worth no more than a coin's: it still speaks."""
SPREAD = 1.645
"""Standard deviations on either side that hold nine chances in ten."""


_UNTAUGHT = Lessons()


@dataclass(frozen=True, slots=True)
class Chance:
    """How often a source is right: the mean of a Beta posterior, the bounds of nine chances in ten, and what it rests on.

    ``seen`` are the statements that others spoke to, discounted by time and by how well they were checked.
    """

    mean: float
    low: float
    high: float
    seen: float


@dataclass(frozen=True, slots=True)
class Learned:
    """Beliefs in families, and the chance with which each source's word was right, by interest.

    ``believed`` gives by number the belief in each of the ``voices``, ``voiced`` its own chance when it spoke, ``first`` and
    ``last`` that of a source in the period of its first and last statement.
    """

    voices: Sequence[Voice]
    believed: Sequence[float]
    voiced: Sequence[float]
    first: Mapping[tuple[SourceKey, Interest], Chance]
    last: Mapping[tuple[SourceKey, Interest], Chance]
    lessons: Lessons = _UNTAUGHT

    @property
    def beliefs(self) -> Mapping[str, float]:
        """The belief in each family, by its root."""
        return {voice.root: belief for voice, belief in zip(self.voices, self.believed, strict=True)}

    def weight(self, other: Other) -> float:
        """What another voice weighs beside a claim, 0 to 1: nothing more than ``LEAST`` where it is as often wrong as right."""
        return other.share * max(LEAST, 2 * self.voiced[other.voice.number] - 1)


def learn(voices: Sequence[Voice], support: Others, dispute: Others, known: Iterable[str]) -> Learned:
    """Learn from all voices, one a family, by number, and from who speaks to whom; ``known`` are the priors' standings."""
    told = _Told(voices, frozenset(known))
    edges = _edges(support, dispute)
    chance = told.start[told.cell]
    belief: Numbers = np.zeros(len(told.voices))
    for _ in range(ROUNDS):
        before = belief
        belief, checked = _believed(chance, edges)
        chance = told.chances(belief, checked)
        if np.abs(belief - before).max(initial=0.0) < STILL:
            break
    return told.learned(_believed(chance, edges)[0], chance)


def taught(
    voices: Sequence[Voice], support: Others, dispute: Others, known: Container[str], lessons: Lessons
) -> Learned:
    """Beliefs in some voices, by what was learned of sources before; ``lessons`` may be of these sources alone.

    The voices of all that speak to one another must be among them. Nothing is learned: ``first`` and ``last`` are empty.
    """
    own = {(one.name, one.type, one.interest): one for one in lessons.lessons}
    groups = {(standing, side, how): mean for standing, side, how, mean in lessons.groups}
    chance = np.array([_taught(voice, own, groups, known, lessons.first) for voice in voices])
    belief, _ = _believed(chance, _edges(support, dispute))
    return Learned(
        voices=voices,
        believed=_rounded(belief),
        voiced=_rounded(chance),
        first={},
        last={},
    )


def _taught(
    voice: Voice,
    own: Mapping[tuple[str, SpeakerType, str], Lesson],
    groups: Mapping[tuple[str, str, str], float],
    known: Container[str],
    first: int,
) -> float:
    """The chance with which a voice's word is right, by the lessons."""
    lesson = own.get((*voice.key, voice.interest.value))
    if lesson is None:
        standing = voice.standing if voice.standing in known else ""
        chance = groups.get((standing, voice.speaker.side, voice.interest.value), voice.prior)
        return min(1 - EDGE, max(EDGE, chance))
    period = lesson.last if voice.day is None else (voice.day - first) // PERIOD
    within = min(max(period, 0), len(lesson.seen) - 1)
    faded = KEPT ** abs(period - within)
    right, seen = lesson.right[within] * faded, lesson.seen[within] * faded
    chance = (lesson.mean * lesson.strength + right) / (lesson.strength + seen)
    return min(1 - EDGE, max(EDGE, chance))


def _believed(chance: Numbers, edges: tuple[Places, Places, Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """The belief in each root, and how far it was checked, from each voice's chance of being right."""
    asked, speaking, share, sign = edges
    odds = np.log(chance / (1 - chance))
    heard = share * np.maximum(0.0, odds)[speaking]
    others = np.bincount(asked, weights=sign * heard, minlength=len(chance))
    checked = np.minimum(1.0, np.bincount(asked, weights=heard, minlength=len(chance)) / INFORMED)
    return 1 / (1 + np.exp(-(odds + others))), checked


def _rounded(numbers: Numbers) -> Sequence[float]:
    """The numbers, eight bytes each, rounded so that no sum's order shows."""
    found = array("d")
    found.frombytes(numbers.round(9).tobytes())
    return found


def _edges(support: Others, dispute: Others) -> tuple[Places, Places, Numbers, Numbers]:
    """Who speaks to whom: the one spoken to, the speaking voice, the share in which it counts, and plus or minus one."""
    asked, speaking, share, sign = array("q"), array("q"), array("d"), array("d")
    for others, one in ((support, 1.0), (dispute, -1.0)):
        for number in sorted(others):
            for other in others[number]:
                asked.append(number)
                speaking.append(other.voice.number)
                share.append(other.share)
                sign.append(one)
    return (
        np.array(asked, dtype=np.int64),
        np.array(speaking, dtype=np.int64),
        np.array(share, dtype=np.float64),
        np.array(sign, dtype=np.float64),
    )


class _Told:
    """Voices as numbers: each in a cell (source and interest) and a period, each cell in a group."""

    def __init__(self, voices: Sequence[Voice], known: frozenset[str]) -> None:
        self.voices = voices
        cells = sorted({_cell(voice) for voice in voices})
        number = {cell: n for n, cell in enumerate(cells)}
        self.cells = cells
        self.cell: Places = np.array([number[_cell(voice)] for voice in voices], dtype=np.int64)
        self.day = min((voice.day for voice in voices if voice.day is not None), default=0)
        self.period = _periods(voices, self.cell, len(cells), self.day)
        self.periods = int(self.period.max(initial=0)) + 1
        group_of, prior = {}, {}
        for voice in voices:
            group = (voice.standing if voice.standing in known else "", voice.speaker.side, voice.interest.value)
            group_of[_cell(voice)] = group
            prior[group] = voice.prior
        groups = sorted(prior)
        self._group_of = [group_of[cell] for cell in cells]
        place = {group: n for n, group in enumerate(groups)}
        self.group: Places = np.array([place[group_of[cell]] for cell in cells], dtype=np.int64)
        self.prior: Numbers = np.array([prior[group] for group in groups])
        self.start: Numbers = self.prior[self.group] if len(cells) else np.zeros(0)
        self.strength: Numbers = np.array([STRENGTH if group_of[c][0] else STRENGTH_UNKNOWN for c in cells])
        self._right: Numbers = np.zeros((len(cells), self.periods))
        self._seen: Numbers = np.zeros((len(cells), self.periods))
        self._mean: Numbers = self.start

    def chances(self, belief: Numbers, checked: Numbers) -> Numbers:
        """Each voice's chance from what is believed of all."""
        shape = (len(self.cells), self.periods)
        flat = self.cell * self.periods + self.period
        size = len(self.cells) * self.periods
        right = np.bincount(flat, weights=belief * checked, minlength=size).astype(np.float64).reshape(shape)
        seen = np.bincount(flat, weights=checked, minlength=size).astype(np.float64).reshape(shape)
        groups = len(self.prior)
        all_right = np.bincount(self.group, weights=right.sum(axis=1), minlength=groups)
        all_seen = np.bincount(self.group, weights=seen.sum(axis=1), minlength=groups)
        mean = (self.prior * GROUP_STRENGTH + all_right) / (GROUP_STRENGTH + all_seen)
        self._mean = mean[self.group]
        self._right, self._seen = _discounted(right), _discounted(seen)
        found: Numbers = self._chance(self.cell, self.period)
        return found

    def _chance(self, cell: Places, period: Places) -> Numbers:
        strength = self.strength[cell]
        mean = (self._mean[cell] * strength + self._right[cell, period]) / (strength + self._seen[cell, period])
        clipped: Numbers = np.clip(mean, EDGE, 1 - EDGE)
        return clipped

    def learned(self, belief: Numbers, chance: Numbers) -> Learned:
        """The outcome by names, rounded so that no sum's order shows."""
        first = np.full(len(self.cells), self.periods, dtype=np.int64)
        last = np.zeros(len(self.cells), dtype=np.int64)
        np.minimum.at(first, self.cell, self.period)
        np.maximum.at(last, self.cell, self.period)
        return Learned(
            voices=self.voices,
            believed=_rounded(belief),
            voiced=_rounded(chance),
            first=self._named(first),
            last=self._named(last),
            lessons=self._lessons(last),
        )

    def _lessons(self, last: Places) -> Lessons:
        """What was learned, to be kept: enough to give every voice the chance it has now."""
        every = zip(self.cells, self._mean, self.strength, last, self._right, self._seen, strict=True)
        means = {group: float(self._mean[n]) for n, group in enumerate(self._group_of)}
        return Lessons(
            first=self.day,
            groups=tuple((*group, mean) for group, mean in sorted(means.items())),
            lessons=tuple(
                Lesson(
                    name=name, type=sort, interest=how, mean=float(mean), strength=float(strength), last=int(at),
                    right=tuple(right.tolist()), seen=tuple(seen.tolist()),
                )
                for ((name, sort), how), mean, strength, at, right, seen in every
            ),
        )  # fmt: skip

    def _named(self, period: Places) -> dict[tuple[SourceKey, Interest], Chance]:
        every = np.arange(len(self.cells))
        mean = self._chance(every, period)
        seen = self._seen[every, period]
        count = self.strength + seen
        off = SPREAD * np.sqrt(1 / (mean * count) + 1 / ((1 - mean) * count))
        odds = np.log(mean / (1 - mean))
        low, high = (1 / (1 + np.exp(-(odds + sign * off))) for sign in (-1, 1))
        rows = zip(*(a.round(9).tolist() for a in (mean, low, high, seen)), strict=True)
        return {(key, Interest(how)): Chance(*row) for (key, how), row in zip(self.cells, rows, strict=True)}


def _cell(voice: Voice) -> tuple[SourceKey, str]:
    return voice.key, voice.interest.value


def _periods(voices: Sequence[Voice], cell: Places, cells: int, first: int) -> Places:
    """The period of each voice, from 0; one without a day goes with the last of its source and interest."""
    days = [voice.day for voice in voices]
    period = np.array([-1 if day is None else (day - first) // PERIOD for day in days], dtype=np.int64)
    latest: Places = np.zeros(cells, dtype=np.int64)
    np.maximum.at(latest, cell, period)
    filled: Places = np.where(period < 0, latest[cell] if cells else period, period)
    return filled


def _discounted(counts: Numbers) -> Numbers:
    """For each period the counts of all, each less by ``KEPT`` for every period that it is off."""
    forward, backward = counts.copy(), counts.copy()
    for at in range(1, counts.shape[1]):
        forward[:, at] += KEPT * forward[:, at - 1]
        backward[:, -1 - at] += KEPT * backward[:, -at]
    both: Numbers = forward + backward - counts
    return both
