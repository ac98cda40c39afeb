"""Pictures that a person asked for: belief over time, as SVG or PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fogline.cli.console import say
from fogline.errors import UsageError

if TYPE_CHECKING:
    from fogline.model import Claim, Control, Theatre


def draw(
    path: Path, controls: Sequence[Control], claims: Mapping[int, Sequence[Claim]], theatre: Theatre, title: str
) -> None:
    """Write the picture of some settlements; its ending says in which format. Raises ``UsageError`` for any other."""
    from fogline.publish.sheet import sheet

    days = {control.known_by for control in controls}
    known_by = days.pop() if len(days) == 1 else None
    svg = sheet(controls, claims, theatre, f"{title}, {f'as known by {known_by}' if known_by else 'in hindsight'}")
    save(path, svg, f"{title}, by day")


def save(path: Path, svg: str, title: str) -> None:
    """Write a picture as the file's ending says. Raises ``UsageError`` for any ending but .svg and .png."""

    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{path.name} is neither .svg nor .png.", "Name the picture with one of these endings.")
    if not svg:
        say("There is nothing to draw: nothing is known.")
        return
    write(path, svg)
    say(f"{path}: {title}.")


def write(path: Path, svg: str) -> None:
    """Write a picture as its name's ending says. Raises ``UsageError`` for any ending but .svg and .png."""
    from fogline.publish.sheet import png

    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{path.name} is neither .svg nor .png.", "Name the picture with one of these endings.")
    path.write_bytes(png(svg) if path.suffix.lower() == ".png" else svg.encode())
