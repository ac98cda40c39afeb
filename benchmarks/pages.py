"""Made pages such as news sites send: a made report inside menus, teasers, scripts, sharing, advertisements and comments."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from html import escape

from benchmarks import made

LAYOUTS = 3
"""One container; paragraphs between advertisements; several containers."""


def pages(count: int, seed: int) -> Iterator[bytes]:
    """Pages of about 30,000 characters, made one by one so that any number of them takes no memory."""
    chance = random.Random(seed)
    paragraphs = made.paragraphs()
    for number in range(count):
        yield _page(number, chance, chance.sample(paragraphs, k=6)).encode()


def _page(number: int, chance: random.Random, paragraphs: list[str]) -> str:
    day = f"2023-{1 + number % 12:02}-{1 + number % 28:02}"
    title = f"Report {number}: {' '.join(paragraphs[0].split()[:8])}"
    linked = {"@type": "NewsArticle", "headline": title, "datePublished": day, "author": {"name": "Jane Roe"}}
    menu = _links(
        ["War", "World", "Economy", "Culture", "Sport", "Weather", "Opinion", "Photo", "Video", "Archive"] * 4
    )
    teasers = "".join(
        f"<div class='teaser card-{n}'><a href='/t/{n}'><img src='/i/{n}.jpg' alt=''><h3>{_words(chance, paragraphs)}</h3></a>"
        f"<span class='time'>{n} hours ago</span></div>"
        for n in range(40)
    )
    comments = "".join(f"<li class='comment'><p>{_words(chance, paragraphs)}</p></li>" for _ in range(15))
    script = f"<script>var state = {json.dumps({str(n): chance.random() for n in range(300)})};</script>"
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{escape(title)} | Hill Post</title>"
        f"<meta property='og:site_name' content='Hill Post'><meta property='article:published_time' content='{day}'>"
        f"<script type='application/ld+json'>{json.dumps(linked)}</script>{script}</head><body>"
        f"<header><nav>{menu}</nav></header><main><article><h1>{escape(title)}</h1>"
        f"<div class='byline'>By Jane Roe, <time datetime='{day}T10:00'>{day}</time></div>"
        f"{_body(number % LAYOUTS, paragraphs)}<div class='share'>{_links(['Facebook', 'Telegram', 'X'])}</div></article>"
        f"<aside class='sidebar'>{teasers}</aside><section id='comments'><ol>{comments}</ol></section></main>"
        f"<footer>{menu}<p>© 2023 Hill Post. All rights reserved.</p></footer>{script}</body></html>"
    )


def _body(layout: int, paragraphs: list[str]) -> str:
    told = [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs]
    advertisement = "<div class='ad'><span>Advertisement</span></div>"
    if layout == 0:
        return f"<div class='article-body'>{''.join(told)}</div>"
    if layout == 1:
        return f"<div class='article-body'>{advertisement.join(told)}<p><a href='/r'>Read also: another report</a></p></div>"
    halves = "".join(told[:3]), "".join(told[3:])
    return advertisement.join(f"<div class='article-body'>{half}</div>" for half in halves)


def _links(names: list[str]) -> str:
    return f"<ul>{''.join(f'<li><a href=/{n}>{name}</a></li>' for n, name in enumerate(names))}</ul>"


def _words(chance: random.Random, paragraphs: list[str]) -> str:
    words = chance.choice(paragraphs).split()
    return escape(" ".join(words[:12]))
