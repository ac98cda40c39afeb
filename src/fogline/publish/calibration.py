"""Calibration as a picture: what was believed or foretold against how often it was true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

SIDE, LEFT, TOP = 360, 70, 50
"""The square of the plot, and the room before and above it, in the picture's own units."""

SMALLEST, LARGEST = 3.0, 12.0
"""Radii of the dots: their area goes with the number of states in the bin."""


@dataclass(frozen=True, slots=True)
class Axes:
    """What the picture is of: the axis along, the axis up, and what is counted, in the singular and the plural."""

    along: str = "belief"
    up: str = "share true on the map"
    one: str = "state"
    many: str = "states"


BELIEF = Axes()
FORECASTS = Axes("probability that was given", "share that came true", "forecast", "forecasts")


def calibration(rows: Sequence[tuple[float, float, int]], title: str, axes: Axes = BELIEF) -> str:
    """An SVG of bins (mean belief, share true, number); the diagonal is perfect calibration. "" where there is no bin."""
    if not rows:
        return ""
    most = max((number for _, _, number in rows), default=1)
    width, height = LEFT + SIDE + 30, TOP + SIDE + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="DejaVu Sans, Noto Sans, sans-serif" font-size="13" role="img"><title>{escape(title)}</title>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="10" y="26" font-size="16" font-weight="bold">{escape(title)}</text>',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#222222"/>',
        f'<line x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}" stroke="#777777" stroke-dasharray="5 5"/>',
        *_axis(axes),
    ]
    points = [(LEFT + SIDE * belief, TOP + SIDE * (1 - true), number) for belief, true, number in rows]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#2b5d8a" stroke-width="2"/>')
    for (x, y, number), (belief, true, _) in zip(points, rows, strict=True):
        radius = SMALLEST + (LARGEST - SMALLEST) * (number / most) ** 0.5
        told = f"{belief:.2f} {axes.along}, {true:.2f} true, {number} {axes.one if number == 1 else axes.many}"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#2b5d8a"><title>{told}</title></circle>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axis(axes: Axes) -> list[str]:
    found = []
    for tenth in range(0, 11, 2):
        x, y, label = LEFT + SIDE * tenth / 10, TOP + SIDE * (1 - tenth / 10), f"{tenth / 10:.1f}"
        found.append(f'<text x="{x:.1f}" y="{TOP + SIDE + 18}" text-anchor="middle">{label}</text>')
        found.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    found.append(f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 42}" text-anchor="middle">{axes.along}</text>')
    middle = TOP + SIDE / 2
    found.append(f'<text x="20" y="{middle}" text-anchor="middle" transform="rotate(-90 20 {middle})">{axes.up}</text>')
    return found
