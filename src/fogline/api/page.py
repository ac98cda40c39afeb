"""The page over the API: files of one folder, or a word that they were not built."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from fogline import web

SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may do: run its own script, and ask its own host; nothing inline, nothing from elsewhere."""

PREFIX = "/v1/"
"""All else is of the page."""


def is_page(path: str) -> bool:
    """Whether an address is one of the page's files: these hold nothing of the ledger, and are shown to anyone.

    >>> is_page("/"), is_page("/assets/index.js"), is_page("/v1/claims")
    (True, True, False)
    """
    return not path.startswith(PREFIX)


def mount(app: FastAPI, folder: Path = web.STATIC) -> None:
    """Serve the page at the root, behind all other addresses, compressed for those who take that."""
    if web.is_built(folder):
        from fastapi.middleware.gzip import GZipMiddleware
        from fastapi.staticfiles import StaticFiles

        files = StaticFiles(directory=folder, html=True)
        app.mount("/", GZipMiddleware(files, minimum_size=1000, compresslevel=6), name="page")
        return

    @app.get("/", include_in_schema=False)
    def missing() -> HTMLResponse:
        return HTMLResponse(web.NOT_BUILT)
