"""A map to print: the settlements around one, each by its likely holder and how sure that is; no outside data.

Drawn from the gazetteer's points alone, on a plain cylindrical projection that is true to scale at the settlement's
latitude. A status is told by shape as well as colour, doubt by how far the shape is filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from xml.sax.saxutils import escape

from fogline.model import CONTESTED, UNKNOWN_STATUS

WIDTH, HEIGHT, MARGIN = 800, 420, 50
LETTER = 8.5
"""Pixels of a letter at most, to keep names apart."""
KM_PER_DEGREE = 111.2
"""Kilometres of a degree of latitude."""
NEAREST, FARTHEST = 8.0, 30.0
"""Kilometres from the middle to the edge: at least, so that one settlement is no blot, and at most, so that names can be read."""
COLOURS = ("#d55e00", "#56b4e9", "#009e73", "#cc79a7")
"""Of the sides, in their order: hues that colour-blind readers tell apart (Okabe and Ito 2008)."""
_BARS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A settlement on a day: where it is, its likely holder and the belief in that."""

    name: str
    lat: float
    lon: float
    status: str
    belief: float


def locator(middle: Spot, others: Sequence[Spot], states: Sequence[str], names: Sequence[str], title: str) -> str:
    """The map as SVG; ``names`` are those of the ``states``, for the legend. Settlements off the map are left out."""
    wide = _extent(middle, others)
    shown = [spot for spot in others if _off(middle, spot) <= wide]
    placed = (middle, *sorted(shown, key=lambda spot: (_off(middle, spot), spot.name)))
    marks = _marks(placed, middle, wide, states)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="Libertinus Serif, DejaVu Sans, sans-serif" font-size="14"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" fill="none" stroke="#888888"/>'
        f'<text x="20" y="28" font-size="16">{escape(title)}</text>{marks}{_scale(wide)}{_legend(states, names)}</svg>'
    )


def _extent(middle: Spot, others: Sequence[Spot]) -> float:
    """Kilometres from the middle to the edge: as far as the settlements reach."""
    near = [_off(middle, spot) for spot in others if _off(middle, spot) <= FARTHEST]
    return max([NEAREST, *near])


def _off(middle: Spot, spot: Spot) -> float:
    return max(abs(one) for one in _kilometres(middle, spot))


def _kilometres(middle: Spot, spot: Spot) -> tuple[float, float]:
    east = (spot.lon - middle.lon) * KM_PER_DEGREE * cos(radians(middle.lat))
    return east, (spot.lat - middle.lat) * KM_PER_DEGREE


def _pixels(wide: float) -> float:
    """Pixels of a kilometre: so that the lower side of the map holds all."""
    return (HEIGHT / 2 - MARGIN) / wide


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a name would stand: its box, and the point and side it hangs on."""

    left: float
    top: float
    right: float
    bottom: float
    anchor: str

    def touches(self, other: _Label) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def _marks(spots: Sequence[Spot], middle: Spot, wide: float, states: Sequence[str]) -> str:
    """Signs, and names where they cover neither a sign nor a name; a name with no room is left to the table."""
    points = [_point(spot, middle, wide) for spot in spots]
    taken = [_Label(x - 9, y - 9, x + 9, y + 9, "") for x, y in points]
    signs, texts = [], []
    for spot, (x, y) in zip(spots, points, strict=True):
        signs.append(_sign(x, y, spot.status, spot.belief, states))
        room = next((one for one in _labels(x, y, spot.name) if not any(one.touches(t) for t in taken)), None)
        if room is None:
            continue
        taken.append(room)
        weight = ' font-weight="bold"' if spot is middle else ""
        at = {"start": room.left, "end": room.right}[room.anchor]
        texts.append(
            f'<text x="{at:.1f}" y="{room.bottom - 4:.1f}" text-anchor="{room.anchor}"{weight}>{escape(spot.name)}</text>'
        )
    return "".join([*signs, *texts])


def _point(spot: Spot, middle: Spot, wide: float) -> tuple[float, float]:
    east, north = _kilometres(middle, spot)
    return WIDTH / 2 + east * _pixels(wide), HEIGHT / 2 - north * _pixels(wide)


def _labels(x: float, y: float, name: str) -> list[_Label]:
    """Where a name may stand, best first: right, left, then above and below to either side."""
    long = LETTER * len(name)
    sides = [(x + 12, y - 9), (x + 4, y - 27), (x + 4, y + 10)]
    found = [_Label(left, top, left + long, top + 18, "start") for left, top in sides]
    found[1:1] = [_Label(x - 12 - long, y - 9, x - 12, y + 9, "end")]
    return found + [_Label(x - 4 - long, top, x - 4, top + 18, "end") for top in (y - 27, y + 10)]


def _sign(x: float, y: float, status: str, belief: float, states: Sequence[str]) -> str:
    """A shape for each status, filled as far as it is believed."""
    if status == UNKNOWN_STATUS:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#ffffff" stroke="#444444" stroke-dasharray="3 2"/>'
    if status == CONTESTED:
        points = f"{x:.1f},{y - 9:.1f} {x + 9:.1f},{y:.1f} {x:.1f},{y + 9:.1f} {x - 9:.1f},{y:.1f}"
        return f'<polygon points="{points}" fill="#444444" fill-opacity="{belief:.2f}" stroke="#222222"/>'
    sides = [state for state in states if state != CONTESTED]
    number = sides.index(status) if status in sides else 0
    fill = f'fill="{COLOURS[number % len(COLOURS)]}" fill-opacity="{belief:.2f}" stroke="#222222"'
    if number % 2:
        return f'<rect x="{x - 7:.1f}" y="{y - 7:.1f}" width="14" height="14" {fill}/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" {fill}/>'


def _scale(wide: float) -> str:
    length = max((bar for bar in _BARS if bar * _pixels(wide) <= WIDTH / 4), default=_BARS[0])
    x, y = WIDTH - 24 - length * _pixels(wide), HEIGHT - 24
    return (
        f'<path d="M{x:.1f} {y - 5}v5h{length * _pixels(wide):.1f}v-5" fill="none" stroke="#222222"/>'
        f'<text x="{WIDTH - 24}" y="{y - 9}" text-anchor="end">{length} km</text>'
    )


def _legend(states: Sequence[str], names: Sequence[str]) -> str:
    told = [*zip(states, names, strict=True), (UNKNOWN_STATUS, "not known")]
    lines = [
        f'{_sign(30, HEIGHT - 24 - 22 * row, state, 1.0, states)}<text x="46" y="{HEIGHT - 19 - 22 * row}">{escape(name)}</text>'
        for row, (state, name) in enumerate(reversed(told))
    ]
    faint = f'<text x="46" y="{HEIGHT - 19 - 22 * len(told)}" fill="#444444">the paler, the less sure</text>'
    return "".join([*lines, faint])
