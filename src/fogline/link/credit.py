"""Which agency a report says it is from: its dateline, by-line, end-line or source line.

A dateline in the forms of the agencies, behind a place in capitals ("KYIV, May 3 (World Wire) -", "MOSCOW, May 3. /WIRE/."),
names any agency. Other datelines, by-lines and end-lines are believed only where the theatre knows the name as an
outlet's: brackets hold many other things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fogline.model import Document, Theatre

_HEAD, _TAIL = 600, 400
"""Characters at the start and at the end of a text where a credit stands."""
_NAME = r"(?P<name>[^\W\d_][\w.+&’'-]*(?: [\w.+&’'-]+){0,3})"
_PLACE = r"^[^\W\d_a-zа-яіїєґ]{2}[^\W\d_a-zа-яіїєґ .’'-]{0,30}(?:[,.] [^\n()/]{0,30})?"
_DATELINES = (
    re.compile(rf"{_PLACE} ?\({_NAME}\) ?[-–—]", re.MULTILINE),
    re.compile(rf"{_PLACE} ?/{_NAME}/(?: ?[-–—.]|$)", re.MULTILINE),
)
_HEADLINES = (
    re.compile(rf"^(?:[^\W\d_][^\n()]{{0,60}})?\({_NAME}\) ?[-–—]", re.MULTILINE),
    re.compile(rf"^(?:By|From|Source:|Via) {_NAME}$", re.MULTILINE),
    re.compile(rf"^{_NAME}(?: staff| news agency| correspondents?)$", re.MULTILINE),
)
_ENDLINES = (
    re.compile(rf"[(\[]{_NAME}[)\]]\.?\s*\Z"),
    re.compile(rf"[-–—] ?{_NAME}\.?\s*\Z"),
    re.compile(
        rf"^(?:Source|Sources|©|Copyright|With (?:reporting|material|files|information) (?:by|from))[: ] ?{_NAME}\.?$",
        re.MULTILINE,
    ),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published a document, and the agency that it credits (empty: none but itself), as folded names.

    An outlet that the theatre knows goes by the first of its names.
    """

    outlet: str
    agency: str = ""

    @property
    def first(self) -> str:
        """Whose word it is by its own account."""
        return self.agency or self.outlet


NOWHERE = Origin("")
"""The origin of a document of which nothing is known."""


def origins(documents: Iterable[Document], theatre: Theatre) -> Mapping[str, Origin]:
    """The origin of each document, by document id."""
    return origins_by({document.id: document for document in documents}, theatre)


def origins_by(named: Mapping[str, Document], theatre: Theatre) -> dict[str, Origin]:
    """The origin of each document, by the names given; the ends of a long text are enough."""
    tell = Crediting(theatre)
    return {key: tell.origin(document) for key, document in named.items()}


class Crediting:
    """Tells the origin of a document, by the outlets of a theatre."""

    def __init__(self, theatre: Theatre) -> None:
        self._known = {name.casefold(): outlet.name.casefold() for outlet in theatre.outlets for name in outlet.names}

    def origin(self, document: Document) -> Origin:
        """Its outlet, and whom it credits at the ends of its text."""
        own = self._known.get(document.outlet.casefold(), document.outlet.casefold())
        agency = next(_credited(document.text, self._known), "")
        return Origin(own, "" if agency == own else agency)


def _credited(text: str, known: Mapping[str, str]) -> Iterator[str]:
    head, tail = text[:_HEAD], text[-_TAIL:]
    for pattern in _DATELINES:
        for match in pattern.finditer(head):
            name = match["name"].casefold()
            yield known.get(name, name)
    for patterns, part in ((_HEADLINES, head), (_ENDLINES, tail)):
        for pattern in patterns:
            for match in pattern.finditer(part):
                name = match["name"].casefold().rstrip(".")
                if name in known:
                    yield known[name]
