"""The documentation builds without a warning, and asks nothing of the network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.pages import MANUAL, ROOT

LOADED = re.compile(r"<(?:script|img|iframe|source|audio|video|embed)\b[^>]*\bsrc=[\"']?(https?:)?//", re.I)
LINKED = re.compile(
    r"<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preload|preconnect|icon|prefetch|dns-prefetch))"
    r"[^>]*\bhref=[\"']?(?:https?:)?//",
    re.I,
)
IMPORTED = re.compile(r"(?:@import\s+(?:url\()?|url\()[\"']?(?:https?:)?//", re.I)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site")
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(made)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return made


@pytest.mark.slow
def test_the_site_loads_nothing_from_elsewhere(site: Path):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text("utf-8")
        assert not LOADED.search(text), page.name
        assert not LINKED.search(text), page.name
    for sheet in site.rglob("*.css"):
        assert not IMPORTED.search(sheet.read_text("utf-8")), sheet.name


@pytest.mark.slow
def test_every_page_of_the_manual_is_in_the_navigation(site: Path):
    home = (site / "index.html").read_text("utf-8")
    for page in MANUAL:
        made = page.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        assert f'href="{made}"' in home or made == "index.html", made


@pytest.mark.slow
def test_the_reference_shows_the_public_face(site: Path):
    reference = (site / "reference.html").read_text("utf-8")
    public = ["flow.build", "flow.brief", "model.claim.Claim.polarity", "ports.Ledger", "registry.pick"]
    for name in (*public, "config.Settings.workers", "errors.FoglineError"):
        assert f'id="fogline.{name}"' in reference, name
