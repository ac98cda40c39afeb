"""A small web on this machine, with good and bad pages; it stands in for the real one."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]
Page = Callable[["Request"], Answer]


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    handler: BaseHTTPRequestHandler


@dataclass
class Web:
    """Pages by path; whatever is not there is 404. ``asked`` counts requests by path."""

    base: str = ""
    pages: dict[str, Page | Answer | bytes | str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    requests: list[Request] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    def put(self, path: str, page: Page | Answer | bytes | str) -> str:
        self.pages[path] = page
        return self.url(path)


def page(text: str, title: str = "Bridge hit") -> str:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def redirect(target: str, status: int = 302) -> Answer:
    return status, {"Location": target}, b""


def versioned(body: bytes, etag: str) -> Page:
    """A page that answers 304 to whoever has it."""

    def answer(request: Request) -> Answer:
        if request.headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {"ETag": etag, "Content-Type": "text/html"}, body

    return answer


def dripping(request: Request) -> Answer:
    """A byte now and then, for as long as somebody listens."""
    out = request.handler.wfile
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(200):
        out.write(b"<p>")
        out.flush()
        time.sleep(0.02)
    raise ConnectionAbortedError


def broken_off(request: Request) -> Answer:
    """Fewer bytes than were promised."""
    request.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>Half")
    raise ConnectionAbortedError


def packed(text: bytes) -> Answer:
    return 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(text, mtime=0)


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server of one's own; with ``tls`` it speaks HTTPS."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path
            web.asked[path] += 1
            request = Request(path, dict(self.headers.items()), self)
            web.requests.append(request)
            self.close_connection = True
            found = web.pages.get(path, (404, {}, b"nothing here"))
            try:
                answer = found(request) if callable(found) else found
                if isinstance(answer, str):
                    answer = answer.encode()
                if isinstance(answer, bytes):
                    answer = (200, {"Content-Type": "text/html; charset=utf-8"}, answer)
                status, headers, body = answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value.encode().decode("latin-1"))
                self.end_headers()
                self.wfile.write(body)
            except (ConnectionError, BrokenPipeError):
                return

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    server.daemon_threads = True
    _, port = server.server_address[:2]
    web.base = f"http{'s' if tls else ''}://news.example:{port}"
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    web.pages["/robots.txt"] = (404, {}, b"")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
