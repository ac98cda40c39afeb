"""Fetching by HTTPS: a server with a certificate of an authority of one's own, and servers with bad ones."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_socket
import trustme
from tests.web.conftest import LOOP
from tests.web.server import Web, page, redirect, serving

from fogline.errors import NotFetched
from fogline.model import Article
from fogline.sources.evidence.archive import verify
from fogline.sources.reading import read
from fogline.sources.web.client import Client
from fogline.sources.web.fetching import Fetcher

TEXT = "The bridge over the Tykha was hit at dawn, the mayor said on Friday.\nTwo villages lost power after that."

Serve = Callable[..., Web]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this machine trusts, named as its users name theirs."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server with a certificate that an authority gives for a name."""
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts([LOOP])

    with ExitStack() as servers:

        def started(authority: trustme.CA, name: str = "news.example", until: datetime | None = None) -> Web:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(name, not_after=until).configure_cert(context)
            web = servers.enter_context(serving(context))
            web.put("/a", page(TEXT))
            return web

        yield started
    pytest_socket._remove_restrictions()
    pytest_socket.disable_socket(allow_unix_socket=True)


def test_a_page_is_fetched_by_https_into_evidence(
    fetcher: Fetcher, serve: Serve, authority: trustme.CA, evidence: Path
) -> None:
    web = serve(authority)
    list(fetcher.fetch([web.url("/a")]))
    (article,) = [a for a in read([evidence], 1_000_000) if isinstance(a, Article)]
    assert article.name == web.url("/a")
    assert article.name.startswith("https://news.example:")
    assert article.raw == page(TEXT).encode()
    assert verify(evidence) == (2, ())


def test_http_is_followed_to_https(client: Client, web: Web, serve: Serve, authority: trustme.CA) -> None:
    secure = serve(authority)
    first, last = client.get(web.put("/a", redirect(secure.url("/a"))))
    assert (first.status, last.status, last.url) == (302, 200, secure.url("/a"))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [("authority", "unable to get local issuer"), ("name", "Hostname mismatch"), ("expired", "has expired")],
)
def test_a_certificate_that_does_not_hold_is_refused_before_anything_is_asked(
    client: Client, serve: Serve, authority: trustme.CA, wrong: str, why: str
) -> None:
    if wrong == "authority":
        web = serve(trustme.CA())
    elif wrong == "name":
        web = serve(authority, name="other.example")
    else:
        web = serve(authority, until=datetime.now(UTC) - timedelta(days=1))
    with pytest.raises(NotFetched, match="its certificate is not trusted") as told:
        list(client.get(web.url("/a")))
    assert told.value.message.startswith(web.url("/a"))
    assert why in told.value.message
    assert "SSL_CERT_FILE" in told.value.hint
    assert not web.requests


def test_a_server_that_does_not_speak_tls_is_told(client: Client, web: Web) -> None:
    with pytest.raises(NotFetched, match="cannot be fetched"):
        list(client.get(web.url("/a").replace("http:", "https:")))
