"""Watch: rounds over a feed, alerts by every channel, nothing told twice and nothing lost."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from pathlib import Path
from typing import Any

import feedparser
import pytest
from tests.publish.world import THEATRE, World, world
from tests.web.conftest import Time, resolve
from tests.web.server import Web, page

from fogline import flow
from fogline.cli.ledgers import writing
from fogline.cli.watch import _show
from fogline.config import Settings
from fogline.errors import BadSettings
from fogline.model import Control
from fogline.publish.alerts import CLAIM, DISPUTE, HOLDER, Alert, alerts, json_line, parsed, rss, text
from fogline.sources.warc import WarcSource
from fogline.sources.web import fetching
from fogline.sources.web.state import State
from fogline.watching import delivery
from fogline.watching.plan import Mail, Plan, load
from fogline.watching.rounds import Watch


@pytest.fixture(scope="module")
def made() -> World:
    return world()


def all_of(made: World, **asked: object) -> list[Alert]:
    documents = dict(made.documents)
    return list(alerts(made.claims, documents, made.conclusions, THEATRE, **asked))  # type: ignore[arg-type]


def test_claims_disputes_and_holders_are_told_each_with_its_sources(made: World) -> None:
    found = all_of(made)
    assert {alert.kind for alert in found} >= {CLAIM, DISPUTE}
    for alert in found:
        assert alert.sources or alert.kind == HOLDER
        assert all(source.quote and source.who and (source.url or source.name) for source in alert.sources)
    assert len({alert.id for alert in found}) == len(found)
    assert len(next(alert for alert in found if alert.kind == DISPUTE).sources) == 2


def test_a_claim_is_told_as_claimed(made: World) -> None:
    assert all("claimed by" in alert.text for alert in all_of(made) if alert.kind == CLAIM)
    assert not any("assessed" in alert.text for alert in all_of(made) if alert.kind != HOLDER)


def test_what_is_known_and_other_places_are_left_out(made: World) -> None:
    found = all_of(made)
    assert all_of(made, known={alert.id for alert in found}, held={}) == [a for a in found if a.kind == HOLDER]
    assert all_of(made, places={999}) == []


def with_control(made: World) -> list[Alert]:
    from dataclasses import replace

    documents = dict(made.documents)
    conclusions = replace(made.conclusions, control=(made.control,))
    known = {c.id for c in made.claims} | {link.id for link in conclusions.links}
    return [
        *alerts(made.claims, documents, conclusions, THEATRE, known=known),
        *alerts(made.claims, documents, conclusions, THEATRE, known=known, held={7: made.control.timeline[-1].status}),
    ]


def test_a_change_of_the_assessed_holder_is_told_once(made: World) -> None:
    assert isinstance(made.control, Control)
    (alert,) = with_control(made)
    assert alert.kind == HOLDER
    assert alert.text.startswith("Dubrova: the assessed holder is now ")


def test_alerts_survive_being_written(made: World, times: Time) -> None:
    found = all_of(made)
    assert [parsed(json_line(alert)) for alert in found] == found
    feed = feedparser.parse(rss([(times.now, alert) for alert in found], "Alerts & more"))
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [alert.id for alert in found]
    assert found[0].sources[0].quote.split()[0] in text(found[0])


class Letters(socketserver.StreamRequestHandler):
    """Just enough of SMTP to take a letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append(b"".join(lines).decode())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 fine\r\n")
            if command == b"QUIT":
                return


@contextmanager
def post_office() -> Iterator[tuple[int, list[str]]]:
    with socketserver.ThreadingTCPServer(("localhost", 0), Letters) as server:
        server.daemon_threads = True
        server.letters = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1], server.letters  # type: ignore[attr-defined]
        server.shutdown()


def test_alerts_go_by_every_channel_and_once(made: World, web: Web, tmp_path: Path, times: Time) -> None:
    told, shown = all_of(made), []
    posted: list[bytes] = []

    def hook(request):
        posted.append(request.handler.rfile.read(int(request.headers["Content-Length"])))
        return 204, {}, b""

    web.put("/hook", hook)
    local = web.url("/hook").replace("news.example", "localhost")
    state = State(tmp_path)
    with post_office() as (port, letters):
        plan = Plan(
            feeds=(), evidence=tmp_path, ledger=tmp_path / "l", jsonl=tmp_path / "a.jsonl", rss=tmp_path / "a.xml", webhook=local,
            mail=Mail(host="localhost", port=port, sender="fogline@vc.example", to="desk@vc.example"),
        )  # fmt: skip
        for _ in range(2):
            assert delivery.deliver(told, plan, state, times.now, shown.append) == []
        assert delivery.deliver([], plan, state, times.now, shown.append) == []
    state.close()
    assert len(shown) == len(letters) == len(posted) == 1
    assert len((tmp_path / "a.jsonl").read_text().splitlines()) == len(told)
    assert len(feedparser.parse((tmp_path / "a.xml").read_text()).entries) == len(told)
    assert [alert["id"] for alert in json.loads(posted[0])["alerts"]] == [alert.id for alert in told]
    letter = message_from_string(letters[0], policy=policy.default)
    assert letter["To"] == "desk@vc.example"
    assert told[0].sources[0].quote.split()[0] in letter.get_content()


def test_a_channel_that_fails_gets_its_alerts_the_next_time(made: World, web: Web, tmp_path: Path, times: Time) -> None:
    told, shown = all_of(made), []
    local = web.put("/hook", (500, {}, b"")).replace("news.example", "localhost")
    plan = Plan(feeds=(), evidence=tmp_path, ledger=tmp_path / "l", webhook=local)
    state = State(tmp_path)
    (problem,) = delivery.deliver(told, plan, state, times.now, shown.append)
    assert "webhook" in problem
    web.put("/hook", (204, {}, b""))
    assert delivery.deliver(told, plan, state, times.now, shown.append) == []
    state.close()
    assert len(shown) == 1
    assert web.asked["/hook"] == 2


FEED = """<rss version="2.0"><channel><title>Valley Courier</title>{entries}</channel></rss>"""
ENTRY = "<item><title>{n}</title><link>{base}/{n}</link><pubDate>Sat, 04 May 2024 08:00:00 GMT</pubDate></item>"


def publish(web: Web, *stories: str) -> None:
    entries = "".join(ENTRY.format(base=web.base, n=n) for n, _ in enumerate(stories))
    web.put("/feed", (200, {"Content-Type": "application/rss+xml"}, FEED.format(entries=entries).encode()))
    for number, story in enumerate(stories):
        web.put(f"/{number}", page(story, "The day at the front"))


HELD = "Russian troops captured the town of Kupiansk on Friday, Russia's Defence Ministry said.\nThe road was closed all day long."
DENIED = "Ukrainian forces still hold Kupiansk, the General Staff of Ukraine said on Saturday.\nIt denied that the town had fallen."


@pytest.mark.slow
def test_rounds_tell_what_is_new_and_only_that(
    web: Web, tmp_path: Path, times: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(web, HELD)
    file = tmp_path / "feeds.toml"
    file.write_text(
        'places = ["Kupiansk"]\ninterval = 600\njitter = 0.5\n[alerts]\njsonl = "alerts.jsonl"\n'
        f'[[feed]]\nurl = "{web.url("/feed")}"\n'
    )
    plan, settings = load(file), Settings(theatre="ukraine", workers=1)
    outside = fetching.World(
        now=lambda: times.now, sleep=times.sleep, chance=lambda: 1.0, resolve=resolve, loopback=True
    )
    shown: list[str] = []
    watch = Watch(plan, settings, outside, lambda: writing(plan.ledger, settings), shown.append)
    first = watch.round()
    assert not first.failures
    assert {alert.kind for alert in first.told} >= {CLAIM}
    assert all(alert.place == "Kupiansk" for alert in first.told)
    assert first.told[0].sources[0].url == web.url("/0")
    before = times.now
    read: list[str] = []
    records = WarcSource._record

    def counted(self: WarcSource, name: str, record: Any, seen: Any) -> Any:
        read.append(record.rec_headers.get_header("WARC-Target-URI"))
        return records(self, name, record, seen)

    monkeypatch.setattr(WarcSource, "_record", counted)
    assert watch.round().told == ()  # it is not due yet
    assert web.asked["/feed"] == 1
    assert read == []  # and what was kept is in the ledger already
    watch.wait()
    assert (times.now - before).total_seconds() == pytest.approx(900, abs=5)
    publish(web, HELD, DENIED)

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:  # after it was stored, before it was told
        patch.setattr("fogline.watching.rounds.deliver", killed)
        with pytest.raises(Killed):
            watch.round()
    second = watch.round()
    assert {alert.kind for alert in second.told} >= {CLAIM, DISPUTE}
    assert web.url("/1") in {source.url for alert in second.told for source in alert.sources}
    assert web.asked["/0"] == web.asked["/1"] == 1
    assert web.url("/0") not in read
    lines = (tmp_path / "alerts.jsonl").read_text().splitlines()
    assert len(lines) == len({json.loads(line)["id"] for line in lines}) == len(first.told) + len(second.told)
    plan.ledger.unlink()  # a ledger that is made anew, even by the same run, gets all of the evidence
    times.sleep(60)
    (tmp_path / "other.txt").write_text("The road to Lyman was closed on Friday, the mayor said.", "utf-8")
    with writing(plan.ledger, settings) as ledger:
        flow.build([tmp_path / "other.txt"], ledger, settings, now=times.now)
    assert watch.round().told == ()
    with writing(plan.ledger, settings) as ledger:
        assert {document.url for document in ledger.documents()} == {web.url("/0"), web.url("/1"), ""}


@pytest.mark.parametrize(
    ("toml", "wrong"),
    [
        ("", "no \\[\\[feed\\]\\]"),
        ("feed = 3", "feed cannot be"),
        ('[[feed]]\nurl = "file:x"', "only http"),
        ("[[feed]]\npages = 3", "has no url"),
        ('[[feed]]\nurl = "https://a.example"\npages = "many"', "pages cannot be"),
        ('interval = 1\n[[feed]]\nurl = "https://a.example"', "under 10 seconds"),
        ('jitter = 2\n[[feed]]\nurl = "https://a.example"', "jitter is"),
        ('intervall = 60\n[[feed]]\nurl = "https://a.example"', "no setting 'intervall'"),
        ('[[feed]]\nurl = "https://a.example"\n[alerts]\nwebhook = "ftp://x"', "no address"),
        ('[[feed]]\nurl = "https://a.example"\n[alerts.email]\nhost = "h"', "has no sender"),
        ("[[", "TOML"),
    ],
)
def test_a_plan_that_cannot_be_followed_says_why(tmp_path: Path, toml: str, wrong: str) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(toml)
    with pytest.raises(BadSettings, match=wrong) as caught:
        load(file)
    assert caught.value.hint


def test_what_is_shown_can_do_nothing_to_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _show('[new claim] x\x1b[31m\n    "quote"')
    assert capsys.readouterr().out == '[new claim] x [31m\n    "quote"\n'
