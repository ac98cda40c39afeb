import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import jsonschema
import pytest
from tests.publish.world import TEXTS, world

from fogline.model import Kind
from fogline.publish.brief import Brief
from fogline.publish.html import html
from fogline.publish.markdown import escape, markdown
from fogline.publish.plain import brief_json
from fogline.publish.rows import schema

HOSTILE = "<script>alert(1)</script> Dubrova | *bold* `code` [x](javascript:alert(1)) \u202egnp.exe & </q></li> ```"


@pytest.fixture(scope="module")
def brief() -> Brief:
    return world().brief()


@pytest.fixture(scope="module")
def hostile() -> Brief:
    outlet, published, text = TEXTS["third.txt"]
    made = world({**TEXTS, "third.txt": (f"{outlet} <img src=x>", published, f"{text} {HOSTILE}")})
    from tests.publish.world import claim

    source = list(made.documents.values())[3]
    bad = claim(source, HOSTILE, kind=Kind.BATTLE)
    from fogline.publish.brief import compose

    return compose("Dubrova", 7, **(made.given() | {"claims": (*made.claims, bad)}))


class Outline(HTMLParser):
    """Counts tags and collects ids and what links point to."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.targets += [given["href"]] if "href" in given else []
        assert not any(name.startswith("on") for name in given)
        assert "style" not in given
        assert "src" not in given

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def outline(text: str) -> Outline:
    parser = Outline()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


def test_html_is_well_formed_has_no_script_and_asks_nobody(brief):
    found = outline(html(brief))
    assert "script" not in found.tags
    assert len(found.ids) == len(set(found.ids))
    assert all(target.startswith("#") and target[1:] in found.ids for target in found.targets)
    assert "default-src 'none'" in html(brief).replace("&#39;", "'")


def test_every_sentence_of_the_html_opens_to_its_evidence(brief):
    text = html(brief)
    cited = sum(bool(sentence.citations) for sentence in brief.sentences())
    assert text.count('<details class="ev">') == cited
    assert cited > 20


def test_hostile_text_shows_as_text(hostile):
    found = outline(html(hostile))
    assert "script" not in found.tags
    assert "img" not in found.tags
    assert "&lt;script&gt;" in html(hostile)
    text = markdown(hostile)
    assert "<script>" not in text.split("```json")[0]
    assert "[x](javascript" not in text.split("```json")[0]


def test_the_same_brief_gives_the_same_bytes(brief):
    assert html(brief) == html(world().brief())
    assert markdown(brief) == markdown(world().brief())
    assert brief_json(brief) == brief_json(world().brief())


def test_json_is_the_brief_in_its_published_shape(brief, hostile):
    for one in (brief, hostile):
        jsonschema.Draft202012Validator(schema("brief")).validate(json.loads(brief_json(one)))


def test_both_outputs_tell_the_same_sentences(brief):
    page, text = html(brief), markdown(brief)
    for section in brief.sections:
        assert section.title in page
        assert f"## {section.title}" in text
    for sentence in brief.sentences():
        plain = [part for part in sentence.parts if isinstance(part, str)]
        assert all(escape(part) in text for part in plain)


def test_markdown_links_every_number_to_a_reference(brief):
    text = markdown(brief)
    used = set(re.findall(r"\]\(#c(\d+)\)", text))
    assert used <= set(re.findall(r'<a id="c(\d+)">', text))


def test_claimed_and_assessed_look_different(brief):
    page = html(brief)
    assert page.count('<span class="tag">Assessed</span>') == page.count('<div class="s assessed"') - _in_tables(page)


def _in_tables(page: str) -> int:
    return sum(table.count('<div class="s assessed"') for table in re.findall(r"<table.*?</table>", page, re.S))


TEXT_ON = [(ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("ground", "paper", "tint", "told")]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground_by_wcag_aa(mode, ink, ground):
    css = (files("fogline.publish") / "templates" / "brief.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.S)[:2]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light if mode == "light" else dark))
    high, low = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
