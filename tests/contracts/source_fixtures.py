"""One input for each adapter: what it holds, and the same with one entry spoilt. Written for these tests."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

ONE, TWO = (
    "The bridge over the Tykha was hit at dawn, the mayor said.",
    "Two villages lost power, the council reported.",
)


@dataclass(frozen=True)
class Fixture:
    """``raw`` has two reports, published on ``published``; of ``spoilt`` one cannot be read as it should, and ``left``
    are (all, if not told).
    """

    source: str
    name: str
    raw: bytes
    spoilt: bytes
    published: tuple[str, ...] = ("2024-05-03T08:00:00+00:00", "2024-05-04T10:30:00+03:00")
    entries: int = 2
    left: int | None = None
    slow: bool = False

    def write(self, folder: Path, raw: bytes | None = None) -> Path:
        path = folder / self.name
        path.write_bytes(self.raw if raw is None else raw)
        return path


def rss(one: str = ONE, two: str = TWO, date: str = "Fri, 03 May 2024 08:00:00 GMT") -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valley Courier</title>
<item><title>Bridge hit</title><link>https://vc.example/1</link><pubDate>{date}</pubDate>
<description>{one}</description></item>
<item><title>Power out</title><link>https://vc.example/2</link><pubDate>Sat, 04 May 2024 10:30:00 +0300</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{two}</p><script>x()</script>]]></content:encoded></item>
</channel></rss>""".encode()


def atom(date: str = "2024-05-03T08:00:00+00:00") -> bytes:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Courier</title>
<entry><title>Bridge hit</title><link href="https://vc.example/1"/><published>{date}</published>
<summary type="html">&lt;p&gt;{ONE}&lt;/p&gt;</summary></entry>
<entry><title>Power out</title><link href="https://vc.example/2"/><updated>2024-05-04T10:30:00+03:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TWO}</p></div></content></entry></feed>""".encode()


def json_feed(**spoiling: object) -> bytes:
    first = {"id": "1", "title": "Bridge hit", "url": "https://vc.example/1", "content_text": ONE}
    second = {"id": "2", "url": "https://vc.example/2", "content_html": f"<p>{TWO}</p>"}
    first |= {"date_published": "2024-05-03T08:00:00+00:00", **spoiling}
    second |= {"date_published": "2024-05-04T10:30:00+03:00"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Valley Courier", "items": [first, second]}
    return json.dumps(feed).encode()


def telegram(*more: object, **changed: object) -> bytes:
    messages: list[object] = [
        {"id": 1, "type": "service", "date": "2024-05-01T00:00:00", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2024-05-03T11:00:00", "date_unixtime": "1714723200", "text": ONE, **changed},
        {"id": 3, "type": "message", "date": "2024-05-04T10:30:00", "photo": "p.jpg", "text": ""},
        {
            "id": 4, "type": "message", "date": "2024-05-04T10:30:00", "date_unixtime": "1714807800",
            "forwarded_from": "Hill  Post", "text": [{"type": "bold", "text": "Two villages"}, TWO[12:]],
        },
        *more,
    ]  # fmt: skip
    return json.dumps({"name": "River Channel", "type": "public_channel", "id": 9, "messages": messages}).encode()


def letter(subject: str, date: str, text: str, kind: str = "plain") -> bytes:
    return (
        f"From: Valley Courier <news@vc.example>\r\nSubject: {subject}\r\nDate: {date}\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


def mbox(date: str = "Fri, 03 May 2024 08:00:00 +0000") -> bytes:
    first = letter("Bridge hit", date, ONE)
    second = letter("Power out", "Sat, 04 May 2024 10:30:00 +0300", f"<p>{TWO}</p>", "html")
    return b"From a@b Fri May  3 08:00:00 2024\n" + first + b"\nFrom a@b Sat May  4 08:00:00 2024\n" + second


def pdf(text: str = ONE, size: int = 12) -> bytes:
    """A PDF of one page, a line each 30 characters."""
    words, lines = text.split(), [""]
    for word in words:
        lines = [*lines, word] if len(lines[-1]) > 30 else [*lines[:-1], f"{lines[-1]} {word}".strip()]
    drawn = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 {size} Tf 14 TL 50 700 Td {drawn}ET".encode()
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources{font}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, entry)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def warc() -> bytes:
    """An archive of two plain pages, not packed."""
    out = b""
    for number, text in enumerate((ONE, TWO), 1):
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}".encode()
        out += (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2024-05-05T12:00:00Z\r\n"
            f"WARC-Target-URI: https://vc.example/{number}\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body + b"\r\n\r\n"  # fmt: skip
    return out


def wacz(inside: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("archive/data.warc", inside)
    return out.getvalue()


CSV = (
    "text,title,url,published\n"
    f'"{ONE}",Bridge hit,https://vc.example/1,2024-05-03T08:00:00+00:00\n'
    f'"{TWO}",Power out,https://vc.example/2,2024-05-04T10:30:00+03:00\n'
)
LINES = "".join(
    json.dumps({"text": text, "published": published}) + "\n"
    for text, published in ((ONE, "2024-05-03T08:00:00+00:00"), (TWO, "2024-05-04T10:30:00+03:00"))
)

FIXTURES = {
    "rss": Fixture("feed", "news.rss", rss(), rss(date="the other day")),
    "rss-in-xml": Fixture("feed", "news.xml", rss(), rss(date="the other day")),
    "atom": Fixture("feed", "news.atom", atom(), atom(date="soon")),
    "json-feed": Fixture("feed", "feed.json", json_feed(), json_feed(date_published="soon")),
    "telegram": Fixture(
        "telegram", "result.json", telegram(), telegram("no message"),
        published=("2024-05-03T08:00:00+00:00", "2024-05-04T07:30:00+00:00"),
    ),
    "csv": Fixture("table", "reports.csv", CSV.encode(), f"{CSV}\n  ,No text,,\n".encode()),
    "tsv": Fixture("table", "reports.tsv", CSV.replace(",", "\t").replace("\t the", ", the").encode(), CSV.encode() + b",,,x\n"),
    "eml": Fixture(
        "mail", "letter.eml", letter("Bridge hit", "Fri, 03 May 2024 08:00:00 +0000", ONE), letter("A", "soon", ONE),
        published=("2024-05-03T08:00:00+00:00",), entries=1,
    ),
    "mbox": Fixture("mail", "box.mbox", mbox(), mbox(date="soon")),
    "pdf": Fixture("pdf", "report.pdf", pdf(), pdf(text=""), published=("",), entries=1, left=0, slow=True),
    "warc": Fixture("warc", "a.warc", warc(), warc() + b"garbage\r\n" * 9, published=("", "")),
    "wacz": Fixture("warc", "a.wacz", wacz(warc()), wacz(warc() + b"garbage\r\n" * 9), published=("", "")),
    "json-lines": Fixture("jsonl", "reports.jsonl", LINES.encode(), f"{LINES}{{broken\n".encode()),
    "text": Fixture("files", "report.txt", ONE.encode(), b"", published=("",), entries=1, left=0),
    "page": Fixture("files", "report.html", f"<html><p>{ONE}</p>".encode(), b"", published=("",), entries=1, left=0),
}  # fmt: skip
