"""The tools as a language model calls them: through the SDK's own client, in memory."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from mcp import Client
from tests.publish.world import THEATRE, World, redecode, world

from fogline import flow
from fogline.config import Settings
from fogline.errors import UnknownPlace
from fogline.gazetteer.entry import Entry, Feature
from fogline.mcp.answers import TOOLS, Answers
from fogline.mcp.server import server
from fogline.model import Reading, Run
from fogline.store.memory import MemoryLedger


@dataclass
class Asker:
    """Calls tools."""

    answers: Answers

    def __call__(self, name, **arguments):
        async def ask():
            async with Client(server(self.answers)) as client:
                return await client.call_tool(name, arguments)

        return asyncio.run(ask())

    def listed(self):
        async def ask():
            async with Client(server(self.answers)) as client:
                return (await client.list_tools()).tools

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def made() -> World:
    return world()


@pytest.fixture
def ask(made: World, monkeypatch: pytest.MonkeyPatch) -> Asker:
    ledger = MemoryLedger()
    way = Run(extractor="by-hand", version="1", cleaner="by-hand", theatre="made")
    now = datetime(2025, 4, 1, tzinfo=UTC)
    for article in made.articles:
        document = redecode(article)
        own = tuple(claim for claim in made.claims if claim.document_id == document.id)
        ledger.add(way, [Reading(article=article, document=document, claims=own)], now)
    from dataclasses import replace

    ledger.conclude(replace(made.conclusions, control=(made.control,)))

    def meant(name, claims, theatre):
        if name.casefold() != "dubrova":
            raise UnknownPlace(f"No place called {name!r} is known.", "Look for another spelling of it.")
        return Entry(name="Dubrova", feature=Feature.SETTLEMENT, number=1, geonameid=7)

    monkeypatch.setattr(flow, "theatre_of", lambda *_: THEATRE)
    monkeypatch.setattr(flow, "place_meant", meant)
    monkeypatch.setattr(flow, "units_within", lambda claims, theatre: {})
    monkeypatch.setattr(flow, "brief", lambda *_, day=None, foresight=None: made.brief(known_by=day))
    return Asker(Answers(ledger, Settings()))


CALLS = [
    ("search_claims", {"words": "took Dubrova"}),
    ("claims_of_place", {"place": "Dubrova"}),
    ("control_on_day", {"place": "Dubrova", "day": "2025-03-02"}),
    ("disputes", {"place": "Dubrova"}),
    ("sources", {}),
    ("brief", {"place": "Dubrova"}),
]


def citations(told):
    if isinstance(told, dict):
        yield from told.get("citations", [])
        for value in told.values():
            yield from citations(value)
    elif isinstance(told, list):
        for value in told:
            yield from citations(value)


def test_every_tool_is_there_read_only_and_says_what_it_answers(ask):
    listed = ask.listed()
    assert [tool.name for tool in listed] == list(TOOLS) == [name for name, _ in CALLS]
    assert all(tool.annotations.read_only_hint for tool in listed)
    assert all(tool.description for tool in listed)


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_every_answer_cites_words_that_stand_where_it_says(ask, made, name, arguments):
    answer = ask(name, **arguments)
    assert not answer.is_error, answer.content
    cited = list(citations(answer.structured_content))
    assert cited
    for one in cited:
        text = made.documents[one["document_id"]].text
        assert text[one["start"] : one["end"]] == one["quote"]
        assert one["outlet"]
        assert one["published"]


def test_what_was_claimed_is_told_from_what_was_assessed(ask):
    claims = ask("claims_of_place", place="Dubrova", kind="control").structured_content["claims"]
    assert {one["standing"] for one in claims} == {"claimed"}
    control = ask("control_on_day", place="Dubrova", day="2025-03-02").structured_content
    assert control["standing"] == "assessed"
    assert sum(control["belief"].values()) == pytest.approx(1, abs=0.001)
    assert 0 <= control["doubt"] <= 1


def test_nothing_is_told_that_was_published_later(ask):
    told = ask("claims_of_place", place="Dubrova", known_by="2025-02-25").structured_content
    assert {one["document"] for one in citations(told)} == {"first.txt"}
    assert ask("disputes", place="Dubrova", known_by="2025-02-25").structured_content["disputes"] == []
    assert ask("search_claims", words="took", known_by="2025-02-25").structured_content["claims"] == []


def test_a_day_outside_the_assessed_ones_is_unknown(ask):
    told = ask("control_on_day", place="Dubrova", day="1990-01-01").structured_content
    assert told["status"] == "unknown"
    assert told["citations"] == []


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("control_on_day", {"place": "Nowhere", "day": "2025-03-02"}, "another spelling"),
        ("control_on_day", {"place": "Dubrova", "day": "yesterday"}, "YEAR-MONTH-DAY"),
        ("claims_of_place", {"place": "Dubrova", "kind": "gossip"}, "There are: control"),
        ("sources", {"limit": 100000}, "1 to 100"),
        ("disputes", {"known_by": "2025"}, "YEAR-MONTH-DAY"),
    ],
)
def test_a_wrong_question_is_answered_by_what_to_do(ask, name, arguments, said):
    answer = ask(name, **arguments)
    assert answer.is_error
    assert said in answer.content[0].text


def test_pages_are_bounded_and_say_that_there_is_more(ask):
    told = ask("claims_of_place", place="Dubrova", limit=1).structured_content
    assert len(told["claims"]) == 1
    assert told["more"]
