import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.publish.world import TEXTS, World, redecode, world

from fogline.errors import InputError, NotReadable
from fogline.model import Reading, Run
from fogline.publish.html import html
from fogline.publish.markdown import markdown
from fogline.publish.plain import brief_json
from fogline.publish.rereading import reread
from fogline.publish.verify import Broken, Checked, verify_brief, verify_some
from fogline.store.memory import MemoryLedger

GONE = "its text, or the article it was read from, is not in the ledger"
RENDER = {"md": markdown, "html": html, "json": brief_json}


def ledger(made: World) -> MemoryLedger:
    store = MemoryLedger()
    run = Run(extractor="by-hand", version="1", cleaner="by-hand", theatre="made")
    now = datetime(2025, 4, 1, tzinfo=UTC)
    store.start(run, now)
    readings = [
        Reading(
            article=one,
            document=(document := made.documents[redecode(one).id]),
            claims=tuple(c for c in made.claims if c.document_id == document.id),
        )
        for one in made.articles
    ]
    store.add(run, readings, now)
    return store


class Without:
    """A ledger that no longer hands over some documents; ``named`` are those that it says it has."""

    def __init__(self, store: MemoryLedger, gone, named) -> None:
        self._store, self._gone, self._named = store, gone, named

    def current(self):
        return self._named

    def readings(self, documents):
        return self._store.readings(one for one in documents if one not in self._gone)


class Tampered:
    """A ledger whose stored bytes of one article were changed behind its back."""

    def __init__(self, store: MemoryLedger, name: str, old: bytes, new: bytes) -> None:
        self._store, self._change = store, (name, old, new)

    def __getattr__(self, name):
        return getattr(self._store, name)

    def readings(self, documents):
        return {one: self._tampered(reading) for one, reading in self._store.readings(documents).items()}

    def _tampered(self, reading):
        name, old, new = self._change
        if reading.article.name != name:
            return reading
        assert old in reading.article.raw
        return replace(reading, article=replace(reading.article, raw=reading.article.raw.replace(old, new)))


def text_of(article):
    return redecode(article).text


def broken_of(store):
    return verify_some(store, text_of, store.current()).broken


@pytest.fixture(scope="module")
def made() -> World:
    return world()


def written(tmp_path: Path, made: World, form: str) -> Path:
    path = tmp_path / f"brief.{form}"
    path.write_bytes(RENDER[form](replace(made.brief(), ledger="made.sqlite")).encode())
    return path


@pytest.mark.parametrize("form", RENDER)
def test_a_written_brief_gives_back_its_citations(tmp_path, made, form):
    cited = reread(written(tmp_path, made, form))
    assert cited.citations == made.brief().citations
    assert (cited.ledger, cited.place, cited.spoilt) == ("made.sqlite", "Dubrova", ())
    assert verify_brief(cited, ledger(made), text_of) == ()


@pytest.mark.parametrize("form", RENDER)
def test_a_changed_word_in_a_shown_passage_is_found(tmp_path, made, form):
    path = written(tmp_path, made, form)
    path.write_text(path.read_text("utf-8").replace("flies the flag", "flew the flag", 1), "utf-8")
    cited = reread(path)
    assert cited.spoilt or verify_brief(cited, ledger(made), text_of)


@pytest.mark.parametrize("form", RENDER)
@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Dubrova still flies", "Dubrova never flies", "another SHA-256|now read|fingerprint"),
        ("Colonel Elm", "Colonel Ash", "speakers"),
        ("Southern Sun", "Northern Sun", "outlet"),
    ],
)
def test_a_changed_citation_is_named(tmp_path, made, form, old, new, problem):
    path = written(tmp_path, made, form)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    broken = verify_brief(reread(path), ledger(made), text_of)
    assert broken
    assert any(word in one.problem for one in broken for word in problem.split("|"))


def test_changed_bytes_break_the_citations_of_that_report_only(made):
    store = Tampered(ledger(made), "third.txt", b"still flies", b"never flew.")
    broken = verify_brief(made.brief(), store, text_of)
    assert broken
    assert {one.document for one in broken} == {"third.txt"}
    assert {one.document for one in broken_of(store)} == {"third.txt"}


def test_text_that_decodes_otherwise_breaks_the_quotation(made):
    def shifted(article):
        return f" {text_of(article)}"

    broken = verify_brief(made.brief(), ledger(made), shifted)
    assert {one.number for one in broken} == {c.number for c in made.brief().citations}
    assert any("now read" in one.problem for one in broken)


def test_a_brief_of_another_ledger_does_not_hold(made):
    other = world({**TEXTS, "third.txt": (*TEXTS["third.txt"][:2], f"{TEXTS['third.txt'][2]} And more.")})
    broken = verify_brief(made.brief(), ledger(other), text_of)
    assert {one.problem for one in broken} == {"the ledger holds no such document"}


def test_an_undisturbed_ledger_holds(made):
    store = ledger(made)
    assert verify_some(store, text_of, store.current()) == Checked(
        documents=len(made.articles), claims=len(made.claims), broken=()
    )


def test_what_is_gone_is_told_unless_it_was_read_anew_meanwhile(made):
    store = ledger(made)
    named = store.current()
    assert broken_of(Without(store, named[:1], named)) == (Broken(number=0, claim="", document=named[0], problem=GONE),)
    assert verify_some(Without(store, named[:1], named[1:]), text_of, named).broken == ()


@pytest.mark.parametrize("text", ["", "# Notes\n", "<!doctype html><p>hello", '{"a": 1}', "{"])
def test_what_is_no_brief_is_refused_with_its_name(tmp_path, text):
    path = tmp_path / "notes.md"
    path.write_text(text)
    with pytest.raises(InputError, match=r"notes\.md: not a brief"):
        reread(path)


def test_a_spoilt_list_is_refused(tmp_path, made):
    path = written(tmp_path, made, "md")
    path.write_text(path.read_text("utf-8").replace('"number"', '"nummer"', 1), "utf-8")
    with pytest.raises(InputError, match="spoilt"):
        reread(path)


def test_binary_and_missing_files_are_refused(tmp_path):
    path = tmp_path / "x.md"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        reread(path)
    with pytest.raises(NotReadable):
        reread(tmp_path / "none.md")


def test_the_machine_readable_list_is_json(tmp_path, made):
    text = written(tmp_path, made, "md").read_text("utf-8")
    lines = text.partition("```json fogline-citations\n")[2].partition("\n```")[0].splitlines()
    assert [json.loads(line).get("number") for line in lines] == [None, *range(1, len(made.brief().citations) + 1)]
