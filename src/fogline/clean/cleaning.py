"""Read: from an article's bytes to a document."""

from __future__ import annotations

from dataclasses import replace

from fogline.clean import about, furniture, html, language, markdown
from fogline.clean.blanking import blank
from fogline.clean.decoding import decode
from fogline.clean.lexicon import INVISIBLE
from fogline.errors import EmptyInput, InputError
from fogline.model import Article, Document, Furniture, Given, Theatre

VERSION = "2"
"""Changes with anything that can change a document."""


def clean(article: Article, theatre: Theatre) -> Document:
    """The article's text with its furniture marked, and what is known about it; what was given wins over what is found.

    Plain text and Markdown are kept whole, newlines and all, so that offsets hold in the file as decoded; of a page the
    text is that of its article, a paragraph a line. Raises ``InputError`` naming the article where its bytes are no
    text, or hold none.

    >>> clean(Article(name="a.txt", raw=b"Leave a Comment"), Theatre(name="world")).furniture[0].kind
    <FurnitureKind.FORM: 'form'>
    """
    try:
        return _clean(article, theatre)
    except InputError as error:
        raise type(error)(f"{article.name}: {error.message}", error.hint) from error


def _clean(article: Article, theatre: Theatre) -> Document:
    markup = article.media_type == "text/html"
    text = decode(article.raw, markup=markup)
    if not text.strip().strip(INVISIBLE).strip():
        raise EmptyInput("It holds no text.", "Leave it out, or put the report's text in it.")
    given = article.given
    marked: tuple[Furniture, ...] = ()
    plain = text
    if markup:
        page = html.read(text, given.url)
        text = plain = page.text
        given = _filled(given, Given(outlet=page.outlet, url=page.url, title=page.title, published=page.published))
    elif article.media_type == "text/markdown":
        read = markdown.read(text)
        marked, plain = read.furniture, read.plain
        front = read.front
        given = _filled(given, Given(title=front.get("title", "") or read.title, published=front.get("date", "")))
    found = _merged(marked, furniture.find(plain, given.title, headed=not (markup and given.title)))
    prose = blank(text, found)
    title = given.title or about.title(plain, found)
    return Document(
        article_id=article.id,
        name=article.name,
        text=text,
        title=title,
        outlet=about.outlet(given, title, text, found, theatre),
        language=language.recognise(prose),
        published=about.published(given.published, text, found, theatre),
        url=given.url,
        furniture=found,
        cleaner=f"fogline.clean {VERSION}",
    )


def _filled(strong: Given, weak: Given) -> Given:
    """What was given, with what was found where nothing was given."""
    return replace(
        strong,
        outlet=strong.outlet or weak.outlet,
        url=strong.url or weak.url,
        title=strong.title or weak.title,
        published=strong.published or weak.published,
    )


def _merged(sure: tuple[Furniture, ...], more: tuple[Furniture, ...]) -> tuple[Furniture, ...]:
    """Both, in order and apart; where they share characters the wider one is kept."""
    kept: list[Furniture] = []
    for piece in sorted({*sure, *more}, key=lambda p: (p.span.start, -p.span.end, p.kind)):
        if not kept or kept[-1].span.end <= piece.span.start:
            kept.append(piece)
    return tuple(kept)
