"""Sources and claims weighed on columns: the voices of all families by number, and who speaks to whom, some bytes each."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from fogline.appraise import reliability
from fogline.appraise.credibility import Grading
from fogline.appraise.independence import Other, counted, share_of
from fogline.appraise.learning import Learned, learn
from fogline.appraise.voices import Voice, standings, voice
from fogline.model import ClaimGrade, Lessons, Modality, Relation, SourceGrade, Theatre
from fogline.sharing.columns import INTERESTS, MODALITIES, Columns
from fogline.sharing.families import Families
from fogline.sharing.links import Links
from fogline.sharing.spill import Made

Numbers = NDArray[np.int32]


class Voices(Sequence[Voice]):
    """The voice of every family by its number, that is its place by the id of its root; made as it is asked for."""

    def __init__(self, families: Families, theatre: Theatre) -> None:
        self._columns, self._theatre, self._known = families.columns, theatre, standings(theatre)
        self.in_order = _by_name(families.columns)
        """All claims by their ids."""
        roots = families.root[self.in_order] == self.in_order
        self._roots: Numbers = self.in_order[roots]
        numbers = np.zeros(len(families.root), dtype=np.int32)
        numbers[self._roots] = np.arange(len(self._roots), dtype=np.int32)
        self.number: Numbers = numbers[families.root]
        """The number of the family of each claim."""

    def __len__(self) -> int:
        return len(self._roots)

    @overload
    def __getitem__(self, at: int) -> Voice: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Voice]: ...
    def __getitem__(self, at: int | slice) -> Voice | Sequence[Voice]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self))))
        columns, root = self._columns, int(self._roots[at])
        return voice(
            at, columns.name(root), MODALITIES[columns.modality[root]], columns.said_by(root).speaker,
            INTERESTS[columns.interest[root]], columns.day[root] or None, self._known, self._theatre,
        )  # fmt: skip

    def __iter__(self) -> Iterator[Voice]:
        return map(self.__getitem__, range(len(self)))


def _by_name(columns: Columns) -> Numbers:
    raw = np.frombuffer(columns.names, dtype=[("head", ">u8"), ("tail", ">u4")])
    found: Numbers = np.lexsort((raw["tail"], raw["head"])).astype(np.int32)
    return found


class Spoken(Mapping[int, tuple[Other, ...]]):
    """The voices that count beside a family in one relation to it (``independence.Others``), seventeen bytes each."""

    def __init__(self, links: Links, voices: Voices, relation: Relation) -> None:
        self._voices = voices
        self._who, self._share, self._elsewhere = array("i"), array("d"), array("b")
        own, told, share = _linked(links, voices, relation)
        self._starts: Numbers = np.zeros(len(voices) + 1, dtype=np.int32)
        starts = np.searchsorted(own, np.arange(len(voices) + 1))
        for number in np.unique(own).tolist():
            best: dict[int, float] = {}
            for at in range(starts[number], starts[number + 1]):
                best[int(told[at])] = max(float(share[at]), best.get(int(told[at]), 0.0))
            others = [(voices[other], one) for other, one in best.items()]
            for other in counted(voices[number], others, supporting=relation is Relation.CORROBORATES):
                self._who.append(other.voice.number)
                self._share.append(other.share)
                self._elsewhere.append(other.elsewhere)
            self._starts[number + 1] = len(self._who)
        np.maximum.accumulate(self._starts, out=self._starts)

    def __getitem__(self, number: int) -> tuple[Other, ...]:
        first, last = self._starts[number : number + 2].tolist()
        if first == last:
            raise KeyError(number)
        return tuple(
            Other(self._voices[self._who[at]], self._share[at], bool(self._elsewhere[at])) for at in range(first, last)
        )

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(np.diff(self._starts)).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(np.diff(self._starts)))


def _linked(links: Links, voices: Voices, relation: Relation) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """Who is linked to whom, both ways, by number, and in which share the other counts."""
    a, b, share = array("i"), array("i"), array("d")
    for one, other, aspect in links.related(relation):
        a.append(voices.number[one])
        b.append(voices.number[other])
        share.append(share_of(aspect))
    ends = np.array(a, dtype=np.int32), np.array(b, dtype=np.int32)
    own, told = np.concatenate(ends), np.concatenate(ends[::-1])
    order = np.argsort(own, kind="stable")
    return own[order], told[order], np.concatenate((np.array(share), np.array(share)))[order]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Grades of all sources, and of all claims as they are asked for; and what was learned of the sources."""

    sources: tuple[SourceGrade, ...]
    grades: Made[ClaimGrade]
    lessons: Lessons


def weigh(
    families: Families,
    links: Links,
    theatre: Theatre,
    overrule: Callable[[tuple[SourceGrade, ...]], tuple[SourceGrade, ...]],
    regrade: Callable[[ClaimGrade], ClaimGrade],
) -> Weighed:
    """What ``appraise.weighing.weigh_and_learn`` gives, of claims in columns; ``regrade`` gives a claim's grade as people see it."""
    voices = Voices(families, theatre)
    support, dispute = (Spoken(links, voices, how) for how in (Relation.CORROBORATES, Relation.CONTRADICTS))
    learned: Learned = learn(voices, support, dispute, theatre.priors)
    spoken = reliability.spoken_in(families.columns.spoken())
    sources = overrule(reliability.grade(spoken, voices, support, dispute, learned, theatre))
    grading = Grading(support, dispute, learned, sources, _doubted(links, voices, families.columns))
    grades = _Grades(voices, families.columns, grading, regrade)
    return Weighed(sources, Made(len(families.columns), grades), learned.lessons)


def _doubted(links: Links, voices: Voices, columns: Columns) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, set[str]] = {}
    for ends in links.doubting():
        for own, other in (ends, ends[::-1]):
            if voices[int(voices.number[other])].modality is Modality.UNVERIFIED:
                found.setdefault(int(voices.number[own]), set()).add(columns.name(other))
    return {number: tuple(sorted(claims)) for number, claims in found.items()}


@dataclass(frozen=True, slots=True)
class _Grades:
    voices: Voices
    columns: Columns
    grading: Grading
    regrade: Callable[[ClaimGrade], ClaimGrade]

    def __iter__(self) -> Iterator[ClaimGrade]:
        for claim in self.voices.in_order.tolist():
            number, why = self.grading.of(self.voices[int(self.voices.number[claim])])
            yield self.regrade(ClaimGrade(claim=self.columns.name(claim), credibility=number, reasons=why))
