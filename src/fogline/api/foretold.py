"""The forecasts of a ledger in tables: all are listed, and what became of one is worked out where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from fogline.api.known import marked
from fogline.api.settled import once
from fogline.excerpt import Placewise
from fogline.forecasting import Resolved, became_by, conditions_of
from fogline.foresee.conditions import Condition
from fogline.foresee.forecasts import Forecast, Resolution, forecasts
from fogline.foresee.judged import resolutions
from fogline.link.facets import in_ledger_order
from fogline.model import Conclusions, Kind
from fogline.review.deciding import Decision, counted, standing

if TYPE_CHECKING:
    from fogline.api.answers import Answers
    from fogline.ports import Ledger

Became = Callable[[Forecast, Condition | None], Resolution]
_AT_ONCE = 50
"""Forecasts of which it is worked out at once what became of them."""
_PLACES = 4
"""Places whose claims are kept while forecasts about them are looked at."""
_KEPT = 5_000
"""Forecasts of which what became of them is kept."""


class Foretold:
    """Every speaker's forecasts in the order in which they were made, as known by the last day of publication."""

    def __init__(self, answers: Answers, ledger: Placewise) -> None:
        self._answers, self._ledger = answers, ledger
        self._made = once(lru_cache(1)(self._read))
        self._became = lru_cache(_PLACES)(self._became_at)
        self._known: tuple[str, dict[str, Resolved]] = "", {}

    def page(self, asked: Mapping[str, str], after: str, limit: int) -> tuple[list[Resolved], str | None]:
        """A page of forecasts by ``place``, ``speaker`` and ``outlet``, and by ``outcome``, where one is asked for.

        Raises ``UsageError`` where ``after`` names none.
        """
        made = self._made(self._answers.ledger.revision())
        wanted = {name: value for name, value in asked.items() if value and name != "outcome"}
        kept = [one for one in made if all(getattr(one, name) == value for name, value in wanted.items())]
        with marked(after):
            first = {one.id: n for n, one in enumerate(kept, 1)}[after] if after else 0
        found: list[Resolved] = []
        size = limit + 1 if not asked.get("outcome") else _AT_ONCE
        for at in range(first, len(kept), size):
            told = self._resolved(kept[at : at + size])
            found += [one for one in told if asked.get("outcome", "") in ("", one.resolution.outcome.value)]
            if len(found) > limit:
                break
        return found[:limit], found[limit - 1].forecast.id if len(found) > limit else None

    def _read(self, revision: str) -> tuple[Forecast, ...]:
        claims = counted(self._ledger.of_kind(Kind.FORECAST), self._ledger.judgements())
        documents = self._ledger.outlines(list({claim.document_id for claim in claims}))
        voices = self._ledger.voices_of([claim.id for claim in claims])
        families = {name: root for name, (_, root, _) in voices.items()}
        return forecasts(in_ledger_order(claims, documents), documents, families)

    def _resolved(self, some: Sequence[Forecast]) -> list[Resolved]:
        revision = self._answers.ledger.revision()
        if self._known[0] != revision or len(self._known[1]) > _KEPT:
            self._known = revision, {}
        known = self._known[1]
        missing = [one for one in some if one.id not in known]
        known.update((one.forecast.id, one) for one in self._worked_out(missing))
        return [known[one.id] for one in some]

    def _worked_out(self, some: Sequence[Forecast]) -> Iterable[Resolved]:
        ledger, answers = self._ledger, self._answers
        now = answers.settled.extent(None).dated if some else None
        if now is None:
            return
        spoken = resolutions(standing(ledger.judgements()), None)
        own = ledger.claims_by_id([one.claim for one in some if one.condition])
        beside = ledger.claims_in({claim.document_id for claim in own.values()}) if own else ()
        said = {claim.id: claim for claim in counted(beside, ledger.judgements())}
        due = [one for one in some if one.id not in spoken and one.claim in said]
        given = conditions_of(due, said, cast("Ledger", ledger), answers.settings, now)
        for one in sorted(some, key=lambda one: one.geonameid or 0):
            if one.id in spoken:
                yield Resolved(forecast=one, resolution=spoken[one.id])
                continue
            condition = given.get(one.id)
            places = _places(one, condition) if one.until is not None and one.until < now else ()
            yield Resolved(
                forecast=one, resolution=self._became(answers.ledger.revision(), places, now)(one, condition)
            )

    def _became_at(self, revision: str, places: Sequence[int], now: date) -> Became:
        """What became of forecasts of which these places tell."""
        ledger, judgements = self._ledger, self._ledger.judgements()
        corrected = [one.subject for one in standing(judgements) if one.decision == Decision.CORRECT]
        named = {claim.id: claim for place in places for claim in ledger.naming(place, "", None)}
        named |= ledger.claims_by_id(corrected)  # they may name these places only since
        families = ledger.families_of(named.keys())
        members = {name for family in families for name in family.members} - named.keys()
        claims = counted([*named.values(), *ledger.claims_by_id(list(members)).values()], judgements)
        documents = ledger.outlines(list({claim.document_id for claim in claims}))
        conclusions = Conclusions(
            families=families, links=(), matters=(), grades=(), control=(),
            sources=ledger.sources_named({claim.speaker.name for claim in claims}),
        )  # fmt: skip
        return became_by(in_ledger_order(claims, documents), documents, conclusions, self._answers.theatre, now)


def _places(one: Forecast, condition: Condition | None) -> tuple[int, ...]:
    """The places whose claims tell what became of a forecast."""
    deeds = condition.deeds if condition else ()
    return tuple(sorted({one.geonameid or 0, *(deed.geonameid for deed in deeds)} - {0}))
