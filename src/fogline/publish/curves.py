"""Probabilities over time as a picture: one stepped line a path, on one scale of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

WIDTH, HEIGHT, TOP, LEFT, RIGHT, FOOT = 960, 300, 66, 52, 20, 40
INKS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Hues that colour-blind readers tell apart (Okabe and Ito 2008)."""
DASHES = ("", "7 4", "2 3", "10 3 2 3", "1 4", "12 6")
BANDS = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95)
"""The borders of the bands of ICD 203, drawn as a grid."""


def curves(
    points: Sequence[tuple[date, Mapping[str, float]]],
    titles: Mapping[str, str],
    title: str,
    marks: Sequence[tuple[date, str]] = (),
) -> str:
    """An SVG of each path's probability; ``marks`` are days with what moved it. "" where there is no day."""
    if not points:
        return ""
    first, last = points[0][0], points[-1][0]
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {TOP + HEIGHT + FOOT}" width="{WIDTH}" '
        f'height="{TOP + HEIGHT + FOOT}" font-family="DejaVu Sans, Noto Sans, sans-serif" role="img"><title>{escape(title)}</title>',
        f'<rect width="{WIDTH}" height="{TOP + HEIGHT + FOOT}" fill="#ffffff"/>',
        f'<text x="10" y="24" font-size="17" font-weight="bold">{escape(title)}</text>',
    ]
    for band in (0.0, *BANDS, 1.0):
        y = _y(band)
        rows.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#000000" stroke-opacity="0.12"/>'
        )
        rows.append(f'<text x="{LEFT - 6}" y="{y + 4}" font-size="11" text-anchor="end">{band:.0%}</text>')
    for day, told in marks:
        x = _x(day, first, last)
        rows.append(
            f'<path d="M{x},{TOP + HEIGHT} l-5,9 h10 z" fill="#444444"><title>{escape(f"{day}: {told}")}</title></path>'
        )
    for number, name in enumerate(points[0][1]):
        rows += _line(number, titles.get(name, name), [(day, row[name]) for day, row in points], first, last)
    rows += [
        f'<text x="{LEFT}" y="{TOP + HEIGHT + 30}" font-size="12">{first}</text>',
        f'<text x="{WIDTH - RIGHT}" y="{TOP + HEIGHT + 30}" font-size="12" text-anchor="end">{last}</text>',
        "</svg>",
    ]
    return "\n".join(rows) + "\n"


def _line(number: int, name: str, row: Sequence[tuple[date, float]], first: date, last: date) -> list[str]:
    ink, dash = INKS[number % len(INKS)], DASHES[number % len(DASHES)]
    steps: list[str] = []
    for place, (day, chance) in enumerate(row):
        if place:
            steps.append(f"{_x(day, first, last)},{_y(row[place - 1][1])}")
        steps.append(f"{_x(day, first, last)},{_y(chance)}")
    if len(row) == 1:
        steps.append(f"{WIDTH - RIGHT},{_y(row[0][1])}")
    x = LEFT + (number % 3) * 300
    y = 42 + 15 * (number // 3)
    shown = name if len(name) <= 38 else f"{name[:37]}…"
    drawn = f'fill="none" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dash}"'
    return [
        f'<polyline points="{" ".join(steps)}" {drawn}/>',
        f'<line x1="{x}" x2="{x + 26}" y1="{y}" y2="{y}" {drawn}/>',
        f'<text x="{x + 32}" y="{y + 4}" font-size="12">{escape(shown)}</text>',
    ]


def _x(day: date, first: date, last: date) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / max((last - first).days, 1), 1)


def _y(chance: float) -> float:
    return round(TOP + HEIGHT * (1 - chance), 1)
