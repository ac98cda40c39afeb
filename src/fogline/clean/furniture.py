"""Which stretches of a text are page furniture: marked, never cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fogline.clean import credits, listings, menus, outlets, titles
from fogline.clean.lexicon import lexicon, normal
from fogline.clean.lines import Line, split
from fogline.model import Furniture, FurnitureKind, Span


def find(text: str, given_title: str = "", *, headed: bool = True) -> tuple[Furniture, ...]:
    """The furniture of a text in its order, no two stretches sharing a character.

    A line is looked at with the lines around it. Rules come from the surest to the least sure; what one has marked no
    later one touches. ``given_title`` is a title that is known already; ``headed`` says whether the
    first line can be a title that is not known.

    >>> find("ua en ru\\n\\nShells fell on the town at night.")
    (Furniture(span=Span(start=0, end=8), kind=<FurnitureKind.MENU: 'menu'>),)
    """
    lines = split(text)
    found: dict[int, list[Furniture]] = {}
    for i, line in enumerate(lines):
        pieces = _alone(line)
        if pieces:
            found[i] = list(pieces)
    _mark(found, lines, menus.run(lines, _marked(found, lines)), FurnitureKind.MENU)
    _related(found, lines)
    _titles(found, lines, given_title, headed)
    _mark(found, lines, _head(lines, _marked(found, lines)), FurnitureKind.BYLINE)
    _mark(found, lines, titles.headings(lines, _marked(found, lines)), FurnitureKind.HEADING)
    _listed(found, lines)
    return _in_order(piece for pieces in found.values() for piece in pieces)


def _alone(line: Line) -> Sequence[Furniture]:
    """What can be told from the line itself."""
    if menus.switcher(line) or menus.bar(line) or menus.words(line):
        return (Furniture(line.span, FurnitureKind.MENU),)
    kind = lexicon().kind(line.text)
    if kind in (FurnitureKind.BYLINE, FurnitureKind.MENU) and line.prose:
        kind = None
    if kind:
        return (Furniture(line.span, kind),)
    if credits.byline(line):
        return (Furniture(line.span, FurnitureKind.BYLINE),)
    dateline = credits.dateline(line.text)
    if dateline:
        head = Furniture(Span(line.start, line.start + dateline[0]), FurnitureKind.BYLINE)
        return (head, *(piece for piece in credits.captions(line) if not piece.span.overlaps(head.span)))
    return credits.captions(line)


def _listed(found: dict[int, list[Furniture]], lines: Sequence[Line]) -> None:
    """What surrounds the article where the text is that of a whole page."""
    for i in listings.comments(lines):
        # The day of a comment, too, is none of the report's.
        found[i] = [Furniture(lines[i].span, FurnitureKind.FORM)]
    for i, kind in listings.titles_in_a_row(lines, _marked(found, lines)):
        _mark(found, lines, (i,), kind)
    _mark(found, lines, listings.cut_off(lines, _marked(found, lines)), FurnitureKind.RELATED)


def _related(found: dict[int, list[Furniture]], lines: Sequence[Line]) -> None:
    """The titles listed under "You may also like": the lines after it up to the first prose."""
    for i, line in enumerate(lines):
        if not _is_whole(found, line, i, FurnitureKind.RELATED) or lexicon().whole.get(normal(line.text)) is None:
            continue
        listed = []
        for after in range(i + 1, len(lines)):
            if after in found or lines[after].prose or lines[after].text.endswith(":"):
                break
            listed.append(after)
        # Above prose the last of them can be the heading of a section; one alone is.
        last = i + 1 + len(listed)
        if last < len(lines) and last not in found and listed:
            listed.pop()
        _mark(found, lines, listed, FurnitureKind.RELATED)


def _titles(found: dict[int, list[Furniture]], lines: Sequence[Line], given_title: str, headed: bool) -> None:
    known = [given_title] if given_title else []
    first = titles.title(lines, _marked(found, lines)) if headed else None
    if first is not None:
        found[first] = [Furniture(lines[first].span, FurnitureKind.TITLE)]
        known.append(lines[first].text)
    for i, line in enumerate(lines if known else ()):
        piece = titles.repeats(line, known) if i != first else None
        if piece is None:
            continue
        kept = [_without(other, piece.span) for other in found.get(i, ())]
        found[i] = [piece, *(other for other in kept if other is not None)]


def _head(lines: Sequence[Line], marked: Sequence[bool]) -> list[int]:
    """The name of the outlet above the first prose or, in brackets, below the last."""
    prose = [i for i, line in enumerate(lines) if line.prose and not marked[i]]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines))
    above = [i for i in range(first) if outlets.masthead(lines[i].text)]
    return above + [
        i for i in range(last + 1, len(lines)) if lines[i].text[0] in "([" and outlets.masthead(lines[i].text)
    ]


def _without(piece: Furniture, span: Span) -> Furniture | None:
    """What is left of a piece behind ``span``, which starts its line and is followed by a space."""
    if piece.span.end <= span.end:
        return None
    return Furniture(Span(max(piece.span.start, span.end + 1), piece.span.end), piece.kind)


def _mark(found: dict[int, list[Furniture]], lines: Sequence[Line], which: Iterable[int], kind: FurnitureKind) -> None:
    for i in which:
        found.setdefault(i, [Furniture(lines[i].span, kind)])


def _marked(found: dict[int, list[Furniture]], lines: Sequence[Line]) -> list[bool]:
    """Whether each line is furniture as a whole."""
    return [
        i in found and sum(p.span.end - p.span.start for p in found[i]) >= len(line.text.rstrip()) - 3
        for i, line in enumerate(lines)
    ]


def _is_whole(found: dict[int, list[Furniture]], line: Line, i: int, kind: FurnitureKind) -> bool:
    return i in found and found[i][0].kind is kind and found[i][0].span == line.span


def _in_order(pieces: Iterable[Furniture]) -> tuple[Furniture, ...]:
    kept: list[Furniture] = []
    for piece in sorted(pieces):
        if piece.span.start < piece.span.end and (not kept or kept[-1].span.end <= piece.span.start):
            kept.append(piece)
    return tuple(kept)
