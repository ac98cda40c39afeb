"""What was known on a day, by need: all of it in memory, or the parts of a large ledger that an answer shows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import orjson

from fogline.api.asking import turned
from fogline.errors import UsageError
from fogline.model import (
    Asked,
    Claim,
    ClaimGrade,
    Conclusions,
    Document,
    Family,
    Judgement,
    Kind,
    Link,
    Matter,
    Relation,
    SourceGrade,
    TablePart,
    ToldLink,
    ToldMatter,
    ToldTable,
    was_out,
)
from fogline.ports import ReadsParts
from fogline.review.deciding import Decision, counted, rejected, standing
from fogline.store.encoding import to_json

T = TypeVar("T")
Wanted = Callable[[Asked], frozenset[str]]
"""The ids of the claims that are asked for."""


class Known(ABC):
    """The claims that count, their documents, and what is concluded of them. Ids that are not known are left out."""

    @abstractmethod
    def claims(self, ids: Iterable[str]) -> Mapping[str, Claim]:
        """Claims by id."""

    @abstractmethod
    def documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """Documents by id; they may lack their text."""

    @abstractmethod
    def documents_of(self, claims: Iterable[str]) -> Mapping[str, str]:
        """Claim to a name of its document: two claims of one document have the same."""

    @abstractmethod
    def families(self, claims: Iterable[str]) -> Mapping[str, Family]:
        """Claim to its family."""

    @abstractmethod
    def grade(self, claim: str) -> ClaimGrade | None:
        """How credible a claim is."""

    @abstractmethod
    def links(self, claim: str) -> Sequence[Link]:
        """The links of which the claim is an end, in their order; they may lack their reasons."""

    @abstractmethod
    def alike(self, claim: str, other: str) -> frozenset[str]:
        """The claims that answer as a claim does, itself too, to any question that another one answers otherwise."""

    @abstractmethod
    def tabled(self, asked: Asked, part: TablePart) -> ToldTable:
        """The most answered matters of the place asked for, or of all; and the voices that answer most of them."""

    @abstractmethod
    def sources_page(self, side: str, after: str, limit: int) -> tuple[list[SourceGrade], str | None]:
        """Graded sources; named by type and name."""


class Whole(Known):
    """All of it in memory: what a small ledger holds, or what follows from the claims known by a past day."""

    def __init__(
        self, claims: Iterable[Claim], documents: Mapping[str, Document], conclusions: Conclusions, wanted: Wanted
    ) -> None:
        self._claims = {claim.id: claim for claim in claims}
        self._documents = documents
        self._wanted = wanted
        self.conclusions = conclusions

    def claims(self, ids: Iterable[str]) -> Mapping[str, Claim]:
        """See ``Known``."""
        return {name: self._claims[name] for name in ids if name in self._claims}

    def documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """See ``Known``."""
        return {name: self._documents[name] for name in ids if name in self._documents}

    def every(self) -> Iterable[Claim]:
        """All claims, in their order."""
        return self._claims.values()

    def documents_of(self, claims: Iterable[str]) -> Mapping[str, str]:
        """See ``Known``."""
        return {name: claim.document_id for name, claim in self.claims(claims).items()}

    def families(self, claims: Iterable[str]) -> Mapping[str, Family]:
        """See ``Known``."""
        return {name: self._families[name] for name in claims if name in self._families}

    def grade(self, claim: str) -> ClaimGrade | None:
        """See ``Known``."""
        return self._grades.get(claim)

    def link(self, name: str) -> Link | None:
        """The link of that id."""
        return self._links.get(name)

    def links(self, claim: str) -> Sequence[Link]:
        """See ``Known``."""
        return [self.conclusions.links[n] for n in self._links_at_claims.get(claim, ())]

    def alike(self, claim: str, other: str) -> frozenset[str]:
        """See ``Known``."""
        found = set[str]()
        for n in self._matters_with.get(claim, ()):
            answers = self.conclusions.matters[n].answers
            ours = next(answer for answer in answers if claim in answer.claims)
            if any(other in answer.claims for answer in answers if answer is not ours):
                found |= set(ours.claims)
        return frozenset(found)

    def tabled(self, asked: Asked, part: TablePart) -> ToldTable:
        """See ``Known``."""
        about = (one for one in self.conclusions.matters if self._about(one, asked.geonameid, asked.place))
        every = sorted(about, key=lambda one: (-sum(len(answer.families) for answer in one.answers), one.question))
        matters = every[part.matters : part.matters + part.most]
        said = defaultdict[tuple[str, str], list[tuple[int, str, str]]](list)
        for n, matter in enumerate(matters):
            for answer in matter.answers:
                for name in (name for name in answer.claims if name in self._claims):
                    speaker = self._claims[name].speaker
                    said[speaker.name, speaker.side].append((n, answer.value, name))
        busiest = sorted(said, key=lambda voice: (-len({n for n, _, _ in said[voice]}), voice))
        return ToldTable(
            matters=tuple((one.id, one.question, one.place, one.aspect) for one in matters),
            voices=tuple((*voice, tuple(said[voice])) for voice in busiest[part.voices : part.voices + part.most]),
            more=(len(every) > part.matters + part.most, len(busiest) > part.voices + part.most),
        )

    def disputes_page(self, asked: Asked, after: str, limit: int) -> tuple[list[Link], str | None, int]:
        """Contradictions with an end that is asked for, the latest first, and how many. Raises as ``matters_page`` does."""
        wanted = self._wanted(asked)
        clashes = (link for link in self.conclusions.links if link.relation is Relation.CONTRADICTS)
        found = [one for one in clashes if {one.a, one.b} & wanted and {one.a, one.b} <= self._claims.keys()]
        found.sort(key=lambda link: max(self._lateness(link.a), self._lateness(link.b)), reverse=True)
        page, mark = turned(found, lambda link: link.id, after, limit)
        return page, mark, len(found)

    def _lateness(self, claim: str) -> tuple[int, str]:
        """What sorts claims, backwards, as pages have them: by day of publication, those without one last, then by id."""
        day = self._documents[self._claims[claim].document_id].published.start
        return (day.toordinal() if day else 0), claim

    def matters_page(self, asked: Asked, after: str, limit: int) -> tuple[list[Matter], str | None]:
        """Matters to which a claim that is asked for is an answer. Raises ``UsageError`` where ``after`` names none."""
        wanted = self._wanted(asked)
        found = (
            one
            for one in self.conclusions.matters
            if any(name in wanted for answer in one.answers for name in answer.claims)
        )
        return turned(found, lambda one: one.id, after, limit)

    def sources_page(self, side: str, after: str, limit: int) -> tuple[list[SourceGrade], str | None]:
        """See ``Known``."""
        return turned((one for one in self.conclusions.sources if side in ("", one.side)), source_name, after, limit)

    def documents_page(self, after: str, limit: int) -> tuple[list[Document], str | None]:
        """A page of the documents, by name."""
        return turned(self._documents.values(), lambda document: document.id, after, limit)

    def _about(self, matter: Matter, geonameid: int | None, place: str) -> bool:
        if geonameid is None:
            return not place or matter.place == place
        names = (name for answer in matter.answers for name in answer.claims if name in self._claims)
        return any(
            one.geonameid == geonameid
            for name in names
            for one in self._claims[name].places
            if one.name == matter.place
        )

    @cached_property
    def _families(self) -> dict[str, Family]:
        return {name: family for family in self.conclusions.families for name in family.members}

    @cached_property
    def _grades(self) -> dict[str, ClaimGrade]:
        return {grade.claim: grade for grade in self.conclusions.grades}

    @cached_property
    def _links(self) -> dict[str, Link]:
        return {link.id: link for link in self.conclusions.links}

    @cached_property
    def _links_at_claims(self) -> dict[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for n, link in enumerate(self.conclusions.links):
            for end in (link.a, link.b):
                found[end].append(n)
        return found

    @cached_property
    def _matters_with(self) -> dict[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for n, one in enumerate(self.conclusions.matters):
            for name in (name for answer in one.answers for name in answer.claims):
                found[name].append(n)
        return found


class Parts(Known):
    """The present of a large ledger: what an answer shows is read, and no more."""

    def __init__(self, ledger: ReadsParts, judgements: Sequence[Judgement]) -> None:
        self._ledger = ledger
        holding = standing(judgements)
        self._judgements = judgements
        self._rejected = rejected(judgements)
        self._corrected = frozenset(one.subject for one in holding if one.decision == Decision.CORRECT)

    def claims(self, ids: Iterable[str]) -> Mapping[str, Claim]:
        """See ``Known``."""
        found = self._ledger.claims_by_id(list(ids))
        if self._rejected or self._corrected:
            return {claim.id: claim for claim in counted(found.values(), self._judgements)}
        return found

    def told(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Claims by id in JSON, as people let them stand: as the ledger keeps them, where nobody set something right."""
        wanted = [name for name in ids if name not in self._rejected]
        found = {one.id: orjson.loads(one.body) for one in self._ledger.bodies(wanted)}
        reread = self.claims([name for name in wanted if name in self._corrected])
        return {**found, **{name: orjson.loads(to_json(claim)) for name, claim in reread.items()}}

    def assessed_places(self) -> frozenset[int]:
        """The places whose control was worked out."""
        return self._ledger.assessed_places()

    def corrects(self, claims: Iterable[str]) -> bool:
        """Whether people set something right in one of the claims."""
        return not self._corrected.isdisjoint(claims)

    def corrected(self, on: date | None) -> list[Claim]:
        """The claims in which people set something right, of documents that were out on a day: columns know them as they were."""
        claims = self.claims(self._corrected)
        documents = self.documents({claim.document_id for claim in claims.values()})
        return [claim for claim in claims.values() if on is None or was_out(documents[claim.document_id], on)]

    def latest(self, kind: Kind, on: date | None, place: int | None = None) -> Mapping[tuple[int, str], Sequence[str]]:
        """``ports.ReadsParts.latest`` without claims that are rejected or corrected."""
        out = self._rejected | self._corrected
        found = self._ledger.latest(kind, on, place)
        return {key: [name for name in ids if name not in out] if out else ids for key, ids in found.items()}

    def documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """See ``Known``."""
        return self._ledger.outlines(list(ids))

    def documents_of(self, claims: Iterable[str]) -> Mapping[str, str]:
        """See ``Known``."""
        return self._ledger.documents_of([name for name in claims if name not in self._rejected])

    def families(self, claims: Iterable[str]) -> Mapping[str, Family]:
        """See ``Known``."""
        ids = set(claims)
        return {name: family for name, family in self._ledger.families_with(list(ids)).items() if name in ids}

    def grade(self, claim: str) -> ClaimGrade | None:
        """See ``Known``."""
        return self._ledger.grade(claim)

    def links(self, claim: str) -> Sequence[Link]:
        """See ``Known``."""
        return self._ledger.linked(claim)

    def alike(self, claim: str, other: str) -> frozenset[str]:
        """See ``Known``."""
        return self._ledger.alike(claim, other)

    def tabled(self, asked: Asked, part: TablePart) -> ToldTable:
        """See ``Known``."""
        reread = self.claims(self._corrected)
        otherwise = {name: (one.speaker.name, one.speaker.side) for name, one in reread.items()}
        return self._ledger.tabled(asked, part, self._rejected, otherwise)

    def clash(self, name: str) -> ToldLink | None:
        """The contradiction of that id, where both ends count."""
        found = self._ledger.clash(name)
        return None if found is None or {found.a.id, found.b.id} & self._rejected else found

    def disputes_asked(self, asked: Asked, after: str, limit: int) -> tuple[Sequence[int], bool, int]:
        """``ports.ReadsParts.disputes``. Raises ``UsageError`` where ``after`` names none."""
        with marked(after):
            return self._ledger.disputes(asked, after, limit, self._rejected)

    def clashes(self, numbers: Sequence[int]) -> Mapping[int, ToldLink]:
        """See ``ports.ReadsParts``."""
        return self._ledger.clashes(numbers)

    def matters_asked(self, asked: Asked, after: str, limit: int) -> tuple[Sequence[int], bool]:
        """``ports.ReadsParts.matters``. Raises ``UsageError`` where ``after`` names none."""
        with marked(after):
            return self._ledger.matters(asked, after, limit)

    def told_matters(self, numbers: Sequence[int]) -> Mapping[int, ToldMatter]:
        """See ``ports.ReadsParts``; without claims that are rejected."""
        return self._ledger.told_matters(numbers, self._rejected)

    def sources_page(self, side: str, after: str, limit: int) -> tuple[list[SourceGrade], str | None]:
        """See ``Known``."""
        with marked(after):
            found, more = self._ledger.sources(side, after, limit)
        return list(found), source_name(found[-1]) if more else None

    def documents_page(self, after: str, limit: int, day: date | None) -> tuple[Mapping[str, str], str | None]:
        """A page of the documents known on any day, by name and as they are kept."""
        with marked(after):
            found, more = self._ledger.outlines_page(day, after, limit)
        return found, list(found)[-1] if more else None


def source_name(grade: SourceGrade) -> str:
    """How a page of sources names the last one."""
    return f"{grade.type.value}:{grade.name}"


@contextmanager
def marked(after: str) -> Iterator[None]:
    """Say of a mark that names no row what ``asking.turned`` says."""
    try:
        yield
    except KeyError as error:
        raise UsageError(f"{after!r} is not the mark of a page.", "Begin again without `after`.") from error
