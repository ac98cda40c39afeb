"""The brief as one HTML file: no script, no outside request, every sentence opens to its evidence."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fogline.publish import wording
from fogline.publish.parts import Brief, Citation, Quoted, Ribbon
from fogline.publish.plain import plain
from fogline.publish.ribbon import draw, style

if TYPE_CHECKING:
    from jinja2 import Environment


def html(brief: Brief) -> str:
    """The brief as an HTML document; the same brief gives the same text."""
    css = _text("brief.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            css=css,
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            cited={citation.number: citation for citation in brief.citations},
        )
    )


def is_quoted(part: str | Quoted) -> bool:
    """Whether a part of a sentence is a passage."""
    return isinstance(part, Quoted)


def chain_json(citation: Citation) -> str:
    """The speaker chain as JSON, for ``verify``."""
    return json.dumps(plain(citation.chain), ensure_ascii=False)


def legend(ribbon: Ribbon) -> list[tuple[str, str]]:
    """Each state's name and the class that colours it."""
    return [(name, style(state, ribbon.states)) for state, name in zip(ribbon.states, ribbon.names, strict=True)]


@cache
def _environment() -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined

    names = ("brief.html.j2", "blocks.html.j2")
    environment = Environment(
        loader=DictLoader({name: _text(name) for name in names}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    words: dict[str, Any] = {
        "day": wording.day,
        "count": wording.count,
        "reports_and_voices": wording.reports_and_voices,
        "draw": draw,
        "legend": legend,
        "chain_json": chain_json,
    }
    environment.globals.update(words)
    environment.tests["quoted"] = is_quoted
    return environment


@cache
def _text(name: str) -> str:
    return (files("fogline.publish") / "templates" / name).read_text("utf-8")
