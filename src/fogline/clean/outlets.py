"""Who published a text, as far as the text or its address says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from fogline.model import Theatre

_CHANNELS = frozenset(
    {"t.me", "telegram.me", "facebook.com", "x.com", "twitter.com", "youtube.com", "vk.com", "instagram.com"}
)
"""Sites where the first part of the path, not the site, says who publishes."""

_KIND = re.compile(
    r"\b(?:News|Times|Post|Herald|Courier|Gazette|Tribune|Journal|Daily|Weekly|Press|Agency|Telegraph|Observer|Monitor|"
    r"Independent|Guardian|Chronicle|Mail|Mirror|Star|Standard|Globe|Bulletin|Report|Review|Radio|TV|Television|"
    r"Broadcasting|Network|Media|Magazine|Today|Wire|Newswire|Newsroom|Notebook|Insider|Express|Echo|Pravda|Voice|Dispatch|Ledger|Sentinel|"
    r"Новини|Новости|Правда|Газета|Вісник|Вестник|Радіо|Радио|Известия|Ведомости|Агентство|Телеканал)\b"
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}(?:\s*[-–—]\s*(?:\d{2,4}|present))?)?,?\s*(?:by )?"
    r"([^.,|©\n]{2,50}?)\s*(?:[.,|]|all rights|$)",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*[,|/–—]\s*|\s-\s|\s(?:for|at|of)\s")
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|staff|desk|analyst|author|journalist|contributor)\b", re.IGNORECASE
)


def known(name: str, theatre: Theatre) -> str:
    """The shown name of the theatre's outlet that is called so; nothing where there is none."""
    plain = _plain(name)
    for outlet in theatre.outlets:
        if plain and any(_plain(other) == plain for other in outlet.names):
            return outlet.name
    return ""


def at(url: str, theatre: Theatre) -> str:
    """The outlet at a URL: the theatre's name for the domain, else the domain; on a network, the channel.

    >>> at("https://www.valleycourier.example/war/1", Theatre(name="world"))
    'valleycourier.example'
    >>> at("https://t.me/somebody/12", Theatre(name="world"))
    't.me/somebody'
    """
    site = host(url).removeprefix("m.")
    path = urlsplit(url).path.removeprefix("/s/").strip("/").split("/")[0] if site else ""
    own = f"{site}/{path}".lower() if site in _CHANNELS and path else site
    if not own:
        return ""
    for outlet in theatre.outlets:
        for domain in outlet.domains:
            wanted = domain.lower().removeprefix("www.")
            if own == wanted or own.startswith(f"{wanted}/") or site.endswith(f".{wanted}"):
                return outlet.name
    return own


def host(url: str) -> str:
    """The host of a web address, without ``www.``; nothing for anything else.

    >>> host("https://www.valleycourier.example/war/1"), host("valleycourier.example")
    ('valleycourier.example', '')
    """
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower().removeprefix("www.") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def in_dateline(name: str, theatre: Theatre) -> str:
    """The outlet in the brackets of a dateline; one we do not know is taken at its word if it can be a name."""
    name = " ".join(name.split(" - ")[0].split())
    return known(name, theatre) or (name if any(letter.isalpha() for letter in name) else "")


def masthead(line: str) -> bool:
    """Whether a line is nothing but an outlet's name: a few words in capitals, one of them a word for such a thing.

    >>> masthead("The Valley Courier"), masthead("Pravda reported losses"), masthead("Valley Bridge")
    (True, False, False)
    """
    words = line.strip("()[] ").split() if len(line) < 80 else []
    named = all(word[0].isupper() or word in ("of", "the", "and") for word in words)
    return 1 < len(words) <= 5 and named and _KIND.search(line) is not None and line[-1] not in ".!?:;,"


def named(line: str, theatre: Theatre) -> str:
    """The outlet whose name begins a line: "Valley Courier, 3 March 2022"; nothing where none does."""
    name = _PART.split(line)[0].strip("()[] ")
    return known(name, theatre) or (name if masthead(name) else "")


def in_byline(line: str, theatre: Theatre) -> str:
    """The outlet a byline names beside the writer, if it does: "by Jane Doe, Valley Courier", not "World Editor"."""
    for part in _PART.split(line)[1:]:
        own = part.strip() if _KIND.search(part) and not _ROLE.search(part) else ""
        if found := known(part, theatre) or own:
            return found
    return named(line, theatre)


def in_title(title: str, theatre: Theatre) -> str:
    """The outlet behind a title: "Shells fell on the town | Valley Courier"."""
    parts = re.split(r"\s+[|–—-]\s+", title)
    tail = parts[-1].strip() if len(parts) > 1 else ""
    if not tail or tail.count(" ") > 4:
        return ""
    return known(tail, theatre) or (tail if "|" in title and _KIND.search(tail) else "")


def in_rights(lines: Iterable[str], theatre: Theatre) -> str:
    """The outlet in a copyright line: "© 2023 Valley Courier. All rights reserved."."""
    for line in lines:
        match = _RIGHTS.search(line[:300])
        if match:
            name = match[1].strip()
            found = known(name, theatre) or (name if _KIND.search(name) else "")
            if found:
                return found
    return ""


@lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    plain = " ".join(name.casefold().replace("’", "'").split())
    return plain.removeprefix("the ").strip(" .,\"'«»“”")
