"""Posts from social media that stand in an article: each becomes a quotation of its author, and no words of the outlet.

Left as they are their sentences would be heard as the outlet's own: what says whose they are stands behind them, in another line.
"""

from __future__ import annotations

import re

from fogline.clean.tree import HtmlElement

MAX_POST = 3_000
"""Characters of the longest post."""

_EMBED = re.compile(
    r"twitter-(?:tweet|video)|telegram-post|instagram-media|fb-post|bluesky-embed|mastodon-embed|threads-post|tiktok-embed"
)
_NAME = r"(?P<name>[^\n(]{1,80}?)\s*(?P<handle>\(@[\w.@-]{1,80}\))?"
_SIGNED = (
    re.compile(rf"[—–-]{{1,2}}\s*{_NAME}\s+(?P<date>[^\n()@]{{6,40}}\d{{4}}[^\n]{{0,20}})"),
    re.compile(
        rf"(?:A post shared by|Posted by|Публикация от|Допис від)\s+{_NAME}(?:\s+(?:on|в|у)\s+(?P<date>[^\n]{{6,50}}))?"
    ),
)


def quote_posts(tree: HtmlElement) -> None:
    """Put ``“...”, wrote NAME (@handle) DATE`` where a post is embedded that says whose it is; in place."""
    for element in list(tree.iter("blockquote")):
        if not _EMBED.search(element.get("class") or ""):
            continue
        paragraphs = [" ".join("".join(p.itertext()).split()) for p in element.iter("p")]
        whole = " ".join("".join(element.itertext()).split())
        signature = _signature(whole[whole.rfind(paragraphs[-1]) + len(paragraphs[-1]) :]) if paragraphs else ""
        if not signature and len(paragraphs) > 1:
            signature = _signature(paragraphs.pop())
        said = " ".join(filter(None, paragraphs)).strip(' "“”«»')
        if signature and said and len(said) <= MAX_POST:
            _become(element, f"“{said}”, wrote {signature}")


def _signature(words: str) -> str:
    """Who posted it and when; nothing where the words do not say."""
    for form in _SIGNED:
        if match := form.fullmatch(words.strip()):
            return " ".join(filter(None, (match["name"].strip(), match["handle"], match["date"]))).strip()
    return ""


def _become(element: HtmlElement, text: str) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail
    paragraph = element.makeelement("p")
    paragraph.text = text
    element.append(paragraph)
