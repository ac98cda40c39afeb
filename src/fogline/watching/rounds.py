"""Watch: fetch what is due, read it into the ledger, tell what is new, wait; and go on from there after a kill."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from fogline import flow
from fogline.config import Settings
from fogline.model import Claim, Failure, Theatre
from fogline.ports import Ledger
from fogline.publish.alerts import HOLDER, Alert, alerts, statuses
from fogline.reading import sample_of, theatre_meant, way_of_reading
from fogline.sources.evidence.manifest import Kept
from fogline.sources.evidence.unread import unread
from fogline.sources.web.client import Limits
from fogline.sources.web.fetching import Fetcher, World
from fogline.sources.web.state import State
from fogline.watching.delivery import deliver
from fogline.watching.plan import Feed, Plan

Opened = Callable[[], AbstractContextManager[Ledger]]
"""Opens the ledger for writing; it is open only while it is needed."""

BASELINE = "baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did: responses kept, alerts told, and what failed, in sentences and failures."""

    kept: int = 0
    told: tuple[Alert, ...] = ()
    failures: tuple[Failure, ...] = ()
    problems: tuple[str, ...] = ()


class Watch:
    """Watches by a plan. What the ledger holds before the first round of all is not new and is not told."""

    def __init__(
        self, plan: Plan, settings: Settings, world: World, opened: Opened, show: Callable[[str], None]
    ) -> None:
        self._plan, self._settings, self._world, self._opened, self._show = plan, settings, world, opened, show

    def round(self) -> Round:
        """One round: the feeds that are due, all that is not yet read, all that is not yet told."""
        self._baseline()
        kept, failures = self._fetched()
        with self._opened() as ledger:
            failures += self._read(ledger)
            told, problems = self._tell(ledger)
        return Round(kept=kept, told=told, failures=failures, problems=tuple(problems))

    def wait(self) -> float:
        """Wait until the next feed is due; returns the seconds."""
        state = State(self._plan.evidence)
        try:
            due = min(state.due(feed.url) for feed in self._plan.feeds)
        finally:
            state.close()
        seconds = max(0.0, due - self._world.now().timestamp())
        if seconds:
            self._world.sleep(seconds)
        return seconds

    def _fetched(self) -> tuple[int, tuple[Failure, ...]]:
        limit = self._settings.max_bytes
        fetcher = Fetcher(self._plan.evidence, self._world, Limits(sent=limit, unpacked=limit))
        kept, failures = 0, []
        try:
            for feed in self._plan.feeds:
                if fetcher.state.due(feed.url) > self._world.now().timestamp():
                    continue
                for outcome in fetcher.fetch([feed.url], pages=feed.pages):
                    kept += isinstance(outcome, Kept)
                    failures += [outcome] if isinstance(outcome, Failure) else []
                # Only after it was gone through: a kill half-way leaves it due.
                fetcher.state.plan(feed.url, self._world.now().timestamp() + self._pause(feed))
        finally:
            fetcher.close()
        return kept, tuple(failures)

    def _read(self, ledger: Ledger) -> tuple[Failure, ...]:
        """Read what was kept since the ledger had all of it, or all where it was read in another way, or not at all."""
        state = State(self._plan.evidence)
        try:
            name = str(self._plan.ledger)
            mark = state.read_to(name, self._run(ledger))
            last, articles = unread(self._plan.evidence, mark, self._settings.max_bytes)
            if last == mark:
                return ()
            summary = flow.take_in(sample_of(articles), ledger, self._settings, now=self._world.now())
            state.has_read(name, self._run(ledger), last)
            return summary.failures
        finally:
            state.close()

    def _run(self, ledger: Ledger) -> str:
        """The run that would read now, with when it began in this ledger, where the ledger has it; else nothing."""
        begun = {run.id: at for run, at in ledger.runs()}
        now = way_of_reading(theatre_meant(self._settings, (), ledger)).id if begun else ""
        return f"{now} {begun[now].isoformat()}" if now in begun else ""

    def _pause(self, feed: Feed) -> float:
        """The seconds until a feed is due again, up to ``jitter`` of them more or less."""
        interval = feed.interval or self._plan.interval
        return interval * (1 + self._plan.jitter * (2 * self._world.chance() - 1))

    def _baseline(self) -> None:
        state = State(self._plan.evidence)
        try:
            if not state.told(BASELINE):
                if self._plan.ledger.exists():
                    with self._opened() as ledger:
                        for alert in self._news(ledger, state):
                            state.tell(f"all {alert.id}")
                        self._hold(ledger, state)
                state.tell(BASELINE)
        finally:
            state.close()

    def _tell(self, ledger: Ledger) -> tuple[tuple[Alert, ...], list[str]]:
        state = State(self._plan.evidence)
        try:
            told = self._news(ledger, state)
            problems = deliver(told, self._plan, state, self._world.now(), self._show)
            if not problems:
                for alert in told:
                    state.tell(f"all {alert.id}")
                self._hold(ledger, state)
            return told, problems
        finally:
            state.close()

    def _news(self, ledger: Ledger, state: State) -> tuple[Alert, ...]:
        theatre = flow.theatre_of(self._settings, (), ledger)
        claims = ledger.claims()
        documents = {document.id: document for document in ledger.documents()}
        places = _places(self._plan.places, claims, theatre)
        found = alerts(claims, documents, ledger.conclusions(), theatre, places=places, held=state.held())
        return tuple(alert for alert in found if alert.kind == HOLDER or not state.told(f"all {alert.id}"))

    def _hold(self, ledger: Ledger, state: State) -> None:
        for geonameid, (_, status, _) in statuses(ledger.conclusions()).items():
            state.holds(geonameid, status)


def _places(names: tuple[str, ...], claims: tuple[Claim, ...], theatre: Theatre) -> frozenset[int]:
    found = (flow.place_meant(name, claims, theatre).geonameid for name in names)
    return frozenset(geonameid for geonameid in found if geonameid is not None)
