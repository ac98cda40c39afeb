"""Floors under figures: what is a breach, how floors rise, and how a lowered one shows.

A floor has ``least``, a ``noise`` within which two figures are the same, and a ``reason``. Floors rise by ``--pin`` and
go down only by hand, with a new reason.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from evals.demonstration import Extent

FILE = Path(__file__).parent / "floors.toml"

FIRST_NOISE = 0.005
"""The noise of a floor that is pinned for the first time: all is deterministic, but library versions move a little."""

FIRST_REASON = "pinned at its first measurement"

HEADER = """\
# Floors under the figures of `python -m evals.gate`; `--pin` raises them and never lowers one.
# To lower a floor, edit it here and give the reason: `--check-floors-against REV` reports it.
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """The least a figure may be (0 to 1), the noise it is granted, and why it is where it is."""

    least: float
    noise: float = 0.0
    reason: str = ""

    def holds(self, figure: float) -> bool:
        """Whether the figure is not under the floor by more than the noise.

        >>> Floor(0.8, noise=0.01).holds(0.795)
        True
        """
        return figure >= self.least - self.noise - 1e-9


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors by the figure's name, and the pinned extent of the demonstration set."""

    floors: Mapping[str, Floor]
    demonstration: Extent | None = None


def parse(text: str) -> Floors:
    """The floors of a TOML text; raises ``ValueError`` for a floor that is not a share or has no reason."""
    table = tomllib.loads(text)
    floors = {name: Floor(**entry) for name, entry in table.get("floors", {}).items()}
    for name, floor in floors.items():
        if not (0 <= floor.least <= 1 and 0 <= floor.noise < 1 and floor.reason.strip()):
            raise ValueError(f"floors.toml: {name} needs least and noise from 0 to 1, and a reason")
    pinned = table.get("demonstration")
    return Floors(floors, Extent(**pinned) if pinned else None)


def dump(floors: Floors) -> str:
    """The TOML text of the floors, by name: the same floors, the same bytes."""
    lines = [HEADER]
    if floors.demonstration:
        lines += ["[demonstration]", *(f"{k} = {json.dumps(v)}" for k, v in asdict(floors.demonstration).items()), ""]
    for name, floor in sorted(floors.floors.items()):
        lines += [f"[floors.{json.dumps(name)}]", f"least = {floor.least}", f"noise = {floor.noise}"]
        lines += [f"reason = {json.dumps(floor.reason, ensure_ascii=False)}", ""]
    return "\n".join(lines)


def is_share(figure: float) -> bool:
    """Whether a figure is one that can have a floor: a number from 0 to 1."""
    return math.isfinite(figure) and 0 <= figure <= 1


def breaches(figures: Mapping[str, float], floors: Mapping[str, Floor]) -> tuple[str, ...]:
    """A sentence for each floor that its figure fell through or that has none, and each figure that is no share."""
    found = [f"{name}: {figure} is no share from 0 to 1" for name, figure in figures.items() if not is_share(figure)]
    for name, floor in floors.items():
        if name not in figures:
            found.append(f"{name}: there is no figure for this floor of {floor.least:.3f}")
        elif is_share(figures[name]) and not floor.holds(figures[name]):
            found.append(f"{name}: {figures[name]:.3f} is under its floor {floor.least:.3f} (noise {floor.noise:.3f})")
    return tuple(sorted(found))


def raised(figures: Mapping[str, float], floors: Mapping[str, Floor]) -> dict[str, Floor]:
    """The floors, each raised to its figure less the noise where that is higher; a figure without a floor gets one."""
    after = dict(floors)
    for name, figure in figures.items():
        floor = floors.get(name, Floor(0.0, FIRST_NOISE, FIRST_REASON))
        if is_share(figure):
            # Down to the third decimal: what is printed and pinned must not be above what was measured.
            least = max(0.0, math.floor((figure - floor.noise) * 1000 + 1e-6) / 1000)
            after[name] = replace(floor, least=max(floor.least, least))
    return after


def pin_extent(now: Extent, pinned: Extent | None) -> Extent:
    """What to pin of the demonstration set: what it is now, unless it shrank, which is left to a person."""
    return pinned if pinned and now.smaller_than(pinned) else now


def extent_breaches(now: Extent, pinned: Extent | None) -> tuple[str, ...]:
    """One sentence for each way in which the demonstration set is not what was pinned."""
    if pinned is None:
        return ("demonstration: its extent is not pinned; run with --pin",)
    fewer = now.smaller_than(pinned)
    if fewer:
        return tuple(f"demonstration: {getattr(now, p)} {p}, {getattr(pinned, p)} were pinned" for p in fewer)
    if now.digest != pinned.digest:
        return ("demonstration: reports or gold changed since they were pinned; run with --pin",)
    return ()


@dataclass(frozen=True, slots=True)
class Lowering:
    """A floor or a set that is less than it was; ``explained`` where whoever lowered it gave a new reason."""

    sentence: str
    explained: bool


def lowered(now: Floors, before: Floors) -> tuple[Lowering, ...]:
    """Each floor that is lower, is granted more noise or is gone, and each part of the set that shrank."""
    found: list[Lowering] = []
    for name, old in sorted(before.floors.items()):
        new = now.floors.get(name)
        if new is None:
            found.append(Lowering(f"{name}: its floor of {old.least:.3f} is gone", explained=False))
        elif new.least < old.least or new.noise > old.noise:
            explained = new.reason != old.reason
            change = f"from {old.least:.3f} (noise {old.noise:.3f}) to {new.least:.3f} (noise {new.noise:.3f})"
            found.append(Lowering(f"{name}: {change}; {new.reason if explained else 'no new reason given'}", explained))
    if before.demonstration and now.demonstration:
        for part in now.demonstration.smaller_than(before.demonstration):
            sizes = f"{getattr(now.demonstration, part)} {part}, there were {getattr(before.demonstration, part)}"
            found.append(Lowering(f"demonstration: {sizes}", explained=False))
    return tuple(found)
