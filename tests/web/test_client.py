"""One request: refused before connecting, bounded in bytes and time, redirects checked hop by hop."""

from __future__ import annotations

import ipaddress
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import LOOP, START, resolve
from tests.web.server import Web, broken_off, dripping, packed, redirect

from fogline.errors import FoglineError, NotFetched, Refused, TooLarge
from fogline.sources.web.addresses import checked, permitted, public
from fogline.sources.web.client import Client, Limits

INSIDE = [
    "file:" + "//" + "/etc/passwd",
    "ftp://news.example/a",
    "gopher://news.example/",
    f"http://{LOOP}/",
    "http://[::1]/",
    "http://localhost/",
    "http://169.254.169.254/latest/meta-data",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://１２７.1/",
    "http://0/",
    "http://10.0.0.8/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    f"http://[::ffff:{LOOP}]/",
    "http://[::ffff:a00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fd00::1]/",
    "http://inside.example/",
    "http://meta.example/",
    "http://six.example/",
    "http://both.example/",
    "http://user:word@news.example/",
    "http://news.example:99999/",
    "http:///a",
    "//news.example",
    "javascript:alert(1)",
    "",
]


def outside(host: str, port: int) -> list[str]:
    return [LOOP] if host == "localhost" else list(resolve(host, port))


def closed() -> Client:
    return Client(Limits(), now=lambda: START, resolve=outside)


@pytest.mark.parametrize("url", INSIDE)
def test_what_leads_inside_is_refused_before_connecting(url: str) -> None:
    # No socket can be opened in this test at all: a connection would be another error.
    with pytest.raises(Refused) as caught:
        list(closed().get(url))
    assert caught.value.hint


@pytest.mark.parametrize("target", [url for url in INSIDE if url and not url.startswith("//")])
def test_a_redirect_to_it_is_refused_too(web: Web, target: str) -> None:
    web.put("/go", redirect(target))
    port = web.base.rpartition(":")[2]
    tried: list[str] = []

    def watched(host: str, at: int) -> list[str]:
        tried.append(host)
        return outside(host, at)

    # This machine is let through for the first hop alone.
    only = Client(Limits(), now=lambda: START, resolve=watched, loopback=True)
    going = only.get(f"http://news.example:{port}/go")
    assert next(going).status == 302
    only._loopback = False
    with pytest.raises(Refused):
        next(going)
    assert web.asked == {"/go": 1}


def test_this_machine_is_refused_unless_it_is_allowed(web: Web) -> None:
    url = web.put("/a", "x")
    with pytest.raises(Refused, match="inside a network"):
        list(Client(Limits(), now=lambda: START, resolve=resolve).get(url))
    assert not web.asked


def test_the_connection_goes_to_the_address_that_was_checked(web: Web) -> None:
    answers = [[LOOP], ["10.0.0.1"]]
    calls: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        calls.append(host)
        return answers[min(len(calls), 2) - 1]

    client = Client(Limits(), now=lambda: START, resolve=rebinding, loopback=True)
    (exchange,) = client.get(web.put("/a", "x"))
    assert (calls, exchange.address) == (["news.example"], LOOP)
    assert dict(exchange.asked)["Host"].startswith("news.example")


@given(st.ip_addresses())
def test_a_public_address_is_public_by_the_standard_library_too(address: ipaddress.IPv4Address) -> None:
    if public(address):
        assert address.is_global
        assert not address.is_private


@given(st.text(max_size=60) | st.from_regex(r"https?://[^/]{0,30}/.{0,20}"))
def test_checking_raises_nothing_of_its_own_and_is_stable(url: str) -> None:
    try:
        once = checked(url)
    except FoglineError:
        return
    assert checked(once) == once
    assert once.isascii()


def test_a_name_without_an_address_cannot_be_reached() -> None:
    with pytest.raises(OSError, match="no address"):
        permitted("nowhere.test", 80, resolve)


def test_headers_and_body_are_kept_as_they_came(client: Client, web: Web) -> None:
    url = web.put(
        "/a", (200, {"Content-Type": "text/html; charset=windows-1251", "ETag": '"1"'}, "Міст".encode("cp1251"))
    )
    (exchange,) = client.get(url, {"If-None-Match": '"0"'})
    assert exchange.body.decode("cp1251") == "Міст"
    assert (exchange.status, exchange.media_type, exchange.header("etag")) == (200, "text/html", '"1"')
    assert web.requests[0].headers["If-None-Match"] == '"0"'


def test_a_server_that_drips_is_left_at_the_deadline(client: Client, web: Web) -> None:
    with pytest.raises(NotFetched, match="took too long"):
        list(client.get(web.put("/a", dripping)))


def test_a_server_that_says_nothing_is_left_after_the_wait_for_reading(client: Client, web: Web) -> None:
    import threading

    silence = threading.Event()
    url = web.put("/a", lambda _: (silence.wait(5), (200, {}, b""))[1])
    with pytest.raises(NotFetched, match="took too long"):
        list(client.get(url))
    silence.set()


def test_an_answer_that_breaks_off_is_none(client: Client, web: Web) -> None:
    with pytest.raises(NotFetched, match="cannot be fetched"):
        list(client.get(web.put("/a", broken_off)))


def test_nobody_listening_is_said(client: Client, web: Web) -> None:
    with pytest.raises(NotFetched, match="cannot be fetched"):
        list(client.get("http://news.example:9/"))


def test_a_page_of_100_megabytes_is_given_up_at_the_limit(client: Client, web: Web) -> None:
    def endless(request):
        request.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        for _ in range(1600):
            request.handler.wfile.write(b"x" * 62_500)
        raise ConnectionAbortedError

    with pytest.raises(TooLarge, match="1,000,000 bytes"):
        list(client.get(web.put("/a", endless)))


def test_a_gzip_bomb_is_given_up_at_the_limit(client: Client, web: Web) -> None:
    (exchange,) = client.get(web.put("/a", packed(b"\0" * 200_000_000)))
    assert len(exchange.body) < 1_000_000
    with pytest.raises(TooLarge, match="unpacked"):
        exchange.content(1_000_000)


@pytest.mark.parametrize("cut", [5, 15, 30])
def test_gzip_that_is_cut_off_is_said_to_be(client: Client, web: Web, cut: int) -> None:
    status, headers, body = packed(b"The bridge was hit at dawn, the mayor said.")
    (exchange,) = client.get(web.put("/a", (status, headers, body[:cut])))
    with pytest.raises(NotFetched, match="cut off"):
        exchange.content(1000)


@pytest.mark.parametrize(
    ("encoding", "raw"),
    [
        ("gzip", packed(b"text")[2]),
        ("deflate", zlib.compress(b"text")),
        ("deflate", zlib.compress(b"text")[2:-4]),
        ("identity", b"text"),
        ("gzip, gzip", packed(packed(b"text")[2])[2]),
        ("gzip", packed(b"t")[2] + packed(b"ext")[2]),
        ("gzip", packed(b"text")[2] + b"\0\0"),
    ],
)
def test_packed_bodies_are_unpacked(client: Client, web: Web, encoding: str, raw: bytes) -> None:
    (exchange,) = client.get(web.put("/a", (200, {"Content-Encoding": encoding}, raw)))
    assert exchange.content(1000) == b"text"


@pytest.mark.parametrize(("encoding", "raw"), [("gzip", b"no gzip at all"), ("br", b"x")])
def test_bodies_that_are_packed_wrongly_are_said_to_be(client: Client, web: Web, encoding: str, raw: bytes) -> None:
    (exchange,) = client.get(web.put("/a", (200, {"Content-Encoding": encoding}, raw)))
    with pytest.raises(NotFetched):
        exchange.content(1000)


def test_redirects_are_followed_and_each_is_shown(client: Client, web: Web) -> None:
    web.put("/a", redirect("/b", 301))
    web.put("/b", redirect(web.url("/c"), 307))
    web.put("/c", "text")
    assert [(e.status, e.url.rpartition("/")[2]) for e in client.get(web.url("/a"))] == [
        (301, "a"),
        (307, "b"),
        (200, "c"),
    ]


def test_a_circle_of_redirects_is_left(client: Client, web: Web) -> None:
    web.put("/a", redirect("/b"))
    web.put("/b", redirect("/a"))
    with pytest.raises(NotFetched, match="in a circle"):
        list(client.get(web.url("/a")))
    assert web.asked == {"/a": 1, "/b": 1}


def test_redirects_without_end_are_left(client: Client, web: Web) -> None:
    for number in range(20):
        web.put(f"/{number}", redirect(f"/{number + 1}"))
    with pytest.raises(NotFetched, match="over 5 times"):
        list(client.get(web.url("/0")))
