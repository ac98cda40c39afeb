"""Read: from an article's bytes to a document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from fogline.clean import about, apart, entries, furniture, html, language, markdown, outlets
from fogline.clean.blanking import blank
from fogline.clean.decoding import decode
from fogline.clean.lexicon import INVISIBLE
from fogline.clean.told import NOTHING, Told
from fogline.errors import EmptyInput, InputError, TooLarge
from fogline.model import Article, Document, Furniture, KnownFrom, Origins, Theatre

VERSION = "6"
"""Changes with anything that can change a document."""

MOST_BYTES = 4 * html.MAX_CHARACTERS
"""Of a page: more cannot be so few characters in any encoding, and need not be decoded to be refused."""


def clean(article: Article, theatre: Theatre) -> Document:
    """The article's text with its furniture marked, and what is known about it; what was given wins over what is found.

    Plain text and Markdown are kept whole, newlines and all, so that offsets hold in the file as decoded; of a page the
    text is that of its article, a paragraph a line. Raises ``InputError`` naming the article where its bytes are no
    text, or hold none.

    >>> clean(Article(name="a.txt", raw=b"Leave a Comment"), Theatre(name="world")).furniture[0].kind
    <FurnitureKind.FORM: 'form'>
    """
    with _naming(article):
        return _clean(article, theatre)


def text_of(article: Article) -> str:
    """The text that ``clean`` gives, and nothing that is known about it, which takes most of the time. Raises as ``clean`` does.

    >>> text_of(Article(name="a.txt", raw=b"Leave a Comment"))
    'Leave a Comment'
    """
    with _naming(article):
        text = _decoded(article)
        return apart.read(text, article.given.url).text if _is_page(article) else text


@contextmanager
def _naming(article: Article) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise type(error)(f"{article.name}: {error.message}", error.hint) from error


def _is_page(article: Article) -> bool:
    return article.form == "text/html"


def _decoded(article: Article) -> str:
    """The bytes as text: of a page its markup."""
    markup = _is_page(article)
    if markup and len(article.raw) > MOST_BYTES:
        raise TooLarge(f"The page has {len(article.raw):,} bytes.", "Save the article's text as .txt.")
    text = decode(article.raw, markup=markup, charset=article.charset)
    if not text.strip().strip(INVISIBLE).strip():
        raise EmptyInput("It holds no text.", "Leave it out, or put the report's text in it.")
    return text


def _clean(article: Article, theatre: Theatre) -> Document:
    text = _decoded(article)
    if _is_page(article):
        page = apart.read(text, article.given.url)
        return _document(
            article, theatre, page.text, page, furniture.find(page.text, page.title.value, headed=not page.title)
        )
    given = article.given
    if article.form != "text/markdown":
        return _document(article, theatre, text, html.Page(text=text), furniture.find(text, given.title))
    read = markdown.read(text)
    page = html.Page(
        text=text,
        title=_in_text(read.front.get("title", "") or read.title),
        published=_in_text(read.front.get("date", "")),
    )
    found = furniture.find(read.plain, given.title or page.title.value)
    return _document(article, theatre, read.plain, page, _merged(read.furniture, found))


def _in_text(value: str) -> Told:
    return Told(value, KnownFrom.TEXT) if value else NOTHING


def _document(
    article: Article, theatre: Theatre, plain: str, page: html.Page, found: tuple[Furniture, ...]
) -> Document:
    """What is known of a text with its furniture; ``plain`` is the text with its marks blanked out."""
    text = page.text
    given = replace(article.given, url=article.given.url or page.url)
    found = _merged(found, entries.stamps(plain))
    prose = blank(text, found)
    title = Told(given.title, KnownFrom.GIVEN) if given.title else page.title or _in_text(about.title(plain, found))
    outlet = about.outlet(given, page.outlet, title.value, text, found, theatre)
    published, published_from = about.published(given.published, page.published, text, found, theatre)
    modified, modified_from = about.modified(page.modified, text, found)
    written_by = about.authors(text, found)
    authors, authors_from = (page.authors, page.authors_from) if page.authors else (written_by, KnownFrom.TEXT)
    return Document(
        article_id=article.id,
        name=article.name,
        text=text,
        title=title.value,
        outlet=outlet.value,
        language=language.recognise(prose),
        published=published,
        url=given.url,
        furniture=found,
        cleaner=f"fogline.clean {VERSION}",
        authors=authors,
        modified=modified,
        domain=outlets.host(given.url),
        outlet_known=bool(outlets.known(outlet.value, theatre)),
        origins=Origins(
            title=title.known_from,
            outlet=outlet.known_from,
            authors=authors_from if authors else KnownFrom.UNKNOWN,
            published=published_from,
            modified=modified_from,
        ),
        parts=page.parts or entries.parts(text, found, published),
        passages=language.passages(text, found),
    )


def _merged(sure: tuple[Furniture, ...], more: tuple[Furniture, ...]) -> tuple[Furniture, ...]:
    """Both, in order and apart; where they share characters the wider one is kept."""
    kept: list[Furniture] = []
    for piece in sorted({*sure, *more}, key=lambda p: (p.span.start, -p.span.end, p.kind)):
        if not kept or kept[-1].span.end <= piece.span.start:
            kept.append(piece)
    return tuple(kept)
