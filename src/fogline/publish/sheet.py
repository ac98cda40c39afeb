"""Belief over time as a picture of its own: one ribbon, or a sheet of small ribbons on one scale of days.

The same shapes as in the brief, with colours and patterns of their own: two hues that colour-blind readers tell apart
(Okabe and Ito 2008), and hatches that hold in black and white.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

from fogline.model import CONTESTED, Claim, Control, Kind, Theatre
from fogline.publish import wording
from fogline.publish.parts import Mark, Ribbon
from fogline.publish.ribbon import HEIGHT, TOP, WIDTH, Picture, draw, style

MARKS = 60
"""Claims marked on one ribbon, the newest."""
STEP = 0.02
GAP, HEAD, LABEL = 26, 58, 18
_FILLS = {
    "side0": "url(#hatch)", "side1": "#56b4e9", "side2": "#009e73", "side3": "#cc79a7",
    "contested": "url(#dots)", "other": "#999999",
}  # fmt: skip
_PLAIN = {"side0": "#b34700"}
_PATTERNS = (
    '<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="8" height="8" fill="#d55e00"/><rect width="3" height="8" fill="#b34700"/></pattern>'
    '<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse"><rect width="7" height="7" fill="#f2f2f2"/>'
    '<circle cx="2" cy="2" r="1.1" fill="#444444"/></pattern></defs>'
)


def ribbon(
    control: Control, claims: Iterable[Claim], theatre: Theatre, span: tuple[date, date] | None = None
) -> Ribbon:
    """The ribbon of one settlement; ``span`` bounds its days, so that several share one scale.

    Where nothing is known, before its first day or after its last, every state is drawn as wide as the others.
    """
    days = [
        (control.start + timedelta(number), row)
        for number, row in enumerate(control.daily)
        if control.start is not None
    ]
    if span is not None:
        days = [(day, row) for day, row in days if span[0] <= day <= span[1]]
        flat = tuple(1 / len(control.states) for _ in control.states)
        if not days or days[0][0] > span[0]:
            days = [(span[0], flat), *([(days[0][0] - timedelta(1), flat)] if days else []), *days]
        if days[-1][0] < span[1]:
            days += [(days[-1][0] + timedelta(1), flat), (span[1], flat)]
    told = [(c.when.end or c.when.start, c) for c in claims if c.kind is Kind.CONTROL]
    marks = [Mark(day=day, side=c.speaker.side, label=c.speaker.name, citation=0) for day, c in told if day is not None]
    return Ribbon(
        caption=control.place,
        states=control.states,
        names=tuple(wording.state(state, theatre) for state in control.states),
        points=tuple(_bends(days)),
        marks=tuple(sorted(marks, key=lambda mark: (mark.day, mark.side, mark.label))[-MARKS:]),
    )


def sheet(controls: Sequence[Control], claims: Mapping[int, Sequence[Claim]], theatre: Theatre, title: str) -> str:
    """An SVG with a ribbon for each control, one below the other, on one scale of days; "" where none has days."""
    known = [control for control in controls if control.start is not None and control.daily]
    if not known:
        return ""
    first = min(c.start for c in known if c.start is not None)
    last = max(c.start + timedelta(len(c.daily) - 1) for c in known if c.start is not None)
    ribbons = [ribbon(c, claims.get(c.geonameid or 0, ()), theatre, (first, last)) for c in known]
    squeeze = 1.0 if len(known) == 1 else 0.45
    step = (TOP + HEIGHT + 34) * squeeze + GAP
    height = round(HEAD + step * len(known) + 44)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="DejaVu Sans, Noto Sans, sans-serif" role="img"><title>{escape(title)}</title>',
        _PATTERNS,
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="10" y="24" font-size="17" font-weight="bold">{escape(title)}</text>',
        *_legend(ribbons[0]),
    ]
    for number, one in enumerate(ribbons):
        picture = draw(one)
        if picture is not None:
            top = HEAD + number * step
            parts.append(f'<text x="10" y="{top + LABEL:.1f}" font-size="13">{escape(one.caption)}</text>')
            parts += _shapes(picture, top + LABEL, squeeze, dated=number == len(ribbons) - 1)
    return "\n".join([*parts, "</svg>"]) + "\n"


def png(svg: str, width: int = 1600) -> bytes:
    """The picture as PNG, ``width`` pixels wide. Raises ``UsageError`` where the renderer is not installed."""
    from fogline.errors import UsageError

    try:
        import resvg_py
    except ImportError as error:
        raise UsageError(
            "Pictures as PNG need the package resvg-py.",
            "Install it with: pip install 'fogline[plot]', or write an .svg.",
        ) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))


def _shapes(picture: Picture, top: float, squeeze: float, *, dated: bool) -> list[str]:
    found = [f'<g transform="translate(0,{top - 14 * squeeze:.1f}) scale(1,{squeeze})">']
    found += [
        f'<polygon points="{band.points}" fill="{_FILLS[band.style]}" stroke="#ffffff" stroke-width="0.5"/>'
        for band in picture.bands
    ]
    found += [
        f'<rect class="unknown" x="{start}" y="{picture.top}" width="{round(end - start, 1)}" height="{picture.bottom - picture.top}" '
        f'fill="#d4d4d4"><title>nothing is known</title></rect>'
        for start, end in picture.unknown
    ]
    middle = (picture.top + picture.bottom) / 2
    found.append(f'<line x1="10" x2="{picture.width - 10}" y1="{middle}" y2="{middle}" stroke="#000000" stroke-opacity="0.5" stroke-dasharray="4 4"/>')  # fmt: skip  # noqa: E501
    found += [
        f'<path d="{sign.path}" fill="{_PLAIN.get(sign.style, _FILLS[sign.style])}" stroke="#222222" stroke-width="0.8">'
        f"<title>{escape(sign.label)}</title></path>"
        for sign in picture.signs
    ]
    found += [
        f'<line x1="{tick.x}" x2="{tick.x}" y1="{picture.top}" y2="{picture.bottom}" stroke="#000000" stroke-opacity="0.35"/>'
        for tick in picture.ticks
    ]
    found.append("</g>")
    if dated:
        below = top - 14 * squeeze + (picture.bottom + 36) * squeeze + 12
        found += [
            f'<text x="{tick.x}" y="{below:.1f}" font-size="12" text-anchor="{tick.anchor}">{escape(tick.label)}</text>'
            for tick in picture.ticks
        ]
    return found


def _legend(one: Ribbon) -> list[str]:
    found, x = [], 10.0
    for state, name in zip(one.states, one.names, strict=True):
        fill = _FILLS[style(state, one.states)]
        found.append(f'<rect x="{x}" y="36" width="22" height="12" fill="{fill}" stroke="#222222" stroke-width="0.5"/>')
        found.append(f'<text x="{x + 28}" y="47" font-size="12">{escape(name)}</text>')
        x += 60 + 7.5 * len(name)
    found.append(f'<rect x="{x}" y="36" width="22" height="12" fill="#d4d4d4" stroke="#222222" stroke-width="0.5"/>')
    found.append(f'<text x="{x + 28}" y="47" font-size="12">nothing is known</text>')
    x += 60 + 7.5 * len("nothing is known")
    sides = [name for state, name in zip(one.states, one.names, strict=True) if state != CONTESTED]
    told = f"Claims: above {sides[0]}'s, below the other's; diamonds everyone else's" if sides else ""
    found.append(f'<text x="{x + 10}" y="47" font-size="11" fill="#444444">{escape(told)}</text>')
    return found


def _bends(days: Sequence[tuple[date, tuple[float, ...]]]) -> list[tuple[date, tuple[float, ...]]]:
    """The days on which belief bends, each with the day before, and the last one."""
    drawn: list[tuple[date, tuple[float, ...]]] = []
    before: tuple[date, tuple[float, ...]] | None = None
    for point in days:
        if not drawn or max(abs(a - b) for a, b in zip(point[1], drawn[-1][1], strict=True)) > STEP:
            drawn += [before] if before is not None and before[0] != drawn[-1][0] else []
            drawn.append(point)
        before = point
    if before is not None and drawn and before[0] != drawn[-1][0]:
        drawn.append(before)
    return drawn
