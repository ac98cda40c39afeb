"""What was fetched."""

from __future__ import annotations

from dataclasses import dataclass, field

from fogline.model.identity import fingerprint, sha256

FORWARDED = "Forwarded from "
"""How the text of a message begins that its channel took over from another; its name follows, up to a colon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Metadata that came with an article (``meta.csv``, a JSON line): empty where nothing was given; wins over guesses.

    ``published`` is an ISO 8601 date or date-time as given.
    """

    outlet: str = ""
    url: str = ""
    title: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The bytes of one report with what was given about it; never changed.

    ``name`` is the file's name or the URL, ``media_type`` one of ``text/plain``, ``text/markdown``, ``text/html``, with the charset
    that came with it as its parameter where that is another than UTF-8 ("text/html; charset=windows-1251").
    """

    name: str
    raw: bytes
    media_type: str = "text/plain"
    given: Given = field(default_factory=Given)
    sha256: str = field(init=False, compare=False)
    """The SHA-256 of the bytes."""
    id: str = field(init=False, compare=False)
    """The article's name by content: its bytes, its name and what was given about it."""

    def __post_init__(self) -> None:
        """Name the article once; the bytes may be many."""
        given = self.given
        digest = sha256(self.raw)
        about = (given.outlet, given.url, given.title, given.published)
        object.__setattr__(self, "sha256", digest)
        object.__setattr__(self, "id", fingerprint("article", self.name, self.media_type, digest, *about))

    @property
    def form(self) -> str:
        """The media type without its parameter."""
        return self.media_type.partition(";")[0]

    @property
    def charset(self) -> str:
        """The charset that came with the bytes, as it was stated; empty where none was."""
        return self.media_type.partition("; charset=")[2]
