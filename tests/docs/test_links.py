"""Every relative link on a page leads somewhere, to the heading it names too."""

import re
from pathlib import Path

import pytest
from tests.docs.pages import PAGES, name, prose

LINK = re.compile(r"\]\(([^)\s]+)\)")
OUTSIDE = ("http://", "https://", "mailto:")


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as Markdown renderers make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path):
    wrong = []
    for link in LINK.findall(prose(page)):
        if link.startswith(OUTSIDE):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in headings(target)):
            wrong.append(link)
    assert not wrong
