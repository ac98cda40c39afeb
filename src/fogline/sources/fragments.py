"""From a fragment of HTML, as feeds and letters carry it, to its text: a paragraph a line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav "  # noqa: SIM905
    "ol p pre section table td th tr ul".split()
)
_SILENT = frozenset(("script", "style", "template", "noscript", "title", "head"))
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,1000}>")


def text_of(fragment: str) -> str:
    """The text of a fragment, blank lines left out; what holds no tags and no references is its own text.

    Nothing is built from the tags, so that no depth of nesting costs more than its length.

    >>> text_of("<p>The bridge<br>was hit.</p><script>x()</script><p>Two &amp; three.")
    'The bridge\\nwas hit.\\nTwo & three.'
    """
    if not _TAG.search(fragment) and "&" not in fragment:
        return _lines(fragment)
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    return _lines("".join(parser.pieces))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and not self._silent:
            self._silent = tag
        if tag in _BLOCKS:
            self.pieces.append("\n")
            self._silent = ""  # a head or title that was never closed ends where the text begins

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # of words that it does not know; to HTML all such are comments
            return self.parse_bogus_comment(i, report)


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
