"""Every command that takes a ledger takes one in PostgreSQL, and says the same of it as of one in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.test_docs import COMMANDS
from tests.journeys.conftest import NOW, copied
from tests.journeys.test_postgres import write_reports
from tests.postgres_server import Cluster
from tests.store.places import silent

from fogline import flow
from fogline.cli.main import run
from fogline.config import Settings
from fogline.store import differing
from fogline.store.opening import open_ledger

pytestmark = pytest.mark.journey

Two = tuple[str, str]
PLACE = "Kupiansk"

ASKED: dict[str, tuple[str, ...]] = {
    "claims": ("--format", "jsonl", "--place", PLACE),
    "matters": ("--format", "csv"),
    "disputes": ("--format", "jsonl"),
    "sources": ("--format", "jsonl"),
    "control": (PLACE, "--format", "json"),
    "changes": ("--since", "2024-01-01", "--format", "json"),
    "compare-map": ("{map}", "--format", "json"),
    "brief": (PLACE, "--format", "md"),
    "verify": ("{brief}",),
    "export": ("control.geojson",),
    "review queue": ("--format", "json"),
    "scenarios init": (PLACE,),
    "scenarios show": ("{scenario}", "--known-by", "2024-05-07"),
    "backtest": (PLACE, "--from", "2024-05-01", "--to", "2024-08-01"),
    "hypotheses draft": (PLACE,),
    "hypotheses show": ("{hypotheses}", "--known-by", "2024-05-07"),
    "forecasts list": ("--format", "jsonl"),
    "forecasts scores": ("--format", "json"),
    "forecasts make": ("{scenario}", "--known-by", "2024-05-07", "--journal", "{journal}"),
    "doctor": ("--format", "json"),
}
"""What is asked of both, and answered in the same words."""

DECIDED: tuple[tuple[str, ...], ...] = (
    ("review accept", "{claim}"),
    ("review correct", "{claim}", "certainty", "possible"),
    ("review reject", "{other}"),
    ("review regrade", "Ivan Melnyk", "D"),
    ("review history",),
)

RIVALS = """
place = "Kupiansk"
question = "What is it for?"
[[hypothesis]]
id = "gain"
title = "A drive for ground"
said = ["{0}"]
[[hypothesis]]
id = "feint"
title = "A demonstration"
[[evidence]]
id = "tanks"
title = "Tanks were lost"
claims = ["{1}"]
cells = {{ gain = "C", feint = "I" }}
why = {{ gain = "a drive needs them", feint = "a show does not" }}
by = "Koval"
"""

ELSEWHERE = {
    "build": "test_building, test_postgres",
    "backup": "tests/store/test_backup.py",
    "restore": "tests/store/test_backup.py",
    "serve": "tests/api, over PostgreSQL too",
    "mcp": "asks what the API asks",
    "fetch": "adds by what build adds by",
    "scenarios read": "keeps a judgement as reject does",
    "hypotheses rate": "keeps a judgement as reject does",
    "forecasts resolve": "keeps a judgement as reject does",
    "review merge": "keeps a judgement as reject does",
    "review split": "keeps a judgement as reject does",
    "review undo": "tests/api/test_reviewing.py, over PostgreSQL too",
    "review relate": "tests/api/test_reviewing.py, over PostgreSQL too",
}


def test_no_command_is_left_out() -> None:
    taking = {name for name, command in COMMANDS.items() if "--ledger" in {o for p in command.params for o in p.opts}}
    assert taking == {*ASKED, *ELSEWHERE, *(each[0] for each in DECIDED)}


@pytest.fixture(scope="module")
def both(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """One ledger twice: in a file, and in PostgreSQL."""
    folder = tmp_path_factory.mktemp("both")
    write_reports(folder / "reports")
    one = str(folder / "ledger.sqlite")
    with closing(open_ledger(one)) as kept:
        flow.build([folder / "reports"], kept, Settings(theatre="ukraine", workers=1), now=NOW)
    name = cluster.create("made")
    copied(one, cluster.address(name))
    yield one, cluster.address(name)
    cluster.tell("postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], both: Two) -> Callable[..., list[str]]:
    """What a command says of each of both, on standard output; where they are and when it was said is taken out."""

    def ask(command: str, *arguments: str, files: tuple[dict[str, str], dict[str, str]] = ({}, {})) -> list[str]:
        told = []
        for ledger, given in zip(both, files, strict=True):
            words = [*command.split(), *(each.format(**given) for each in arguments), "--ledger", ledger]
            code = run(words)
            captured = capsys.readouterr()
            # Six reports explain nothing: that is said of both in the same words.
            assert code == (2 if command == "hypotheses draft" else 0), (words, captured.err)
            shown = f"{captured.out}{captured.err if code else ''}".replace(ledger, "LEDGER").replace(
                Path(ledger).name, "LEDGER"
            )
            told.append(re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+|judgement-[0-9a-f]+", "THEN", shown))
        return told

    return ask


@pytest.fixture(scope="module")
def files(both: Two, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The files that commands ask for, made from each of both."""
    made = []
    for ledger in both:
        folder = tmp_path_factory.mktemp("files")
        given = {name: str(folder / name) for name in ("brief", "scenario", "hypotheses", "journal", "map")}
        given |= {"brief": f"{given['brief']}.md", "map": f"{given['map']}.csv"}
        Path(given["map"]).write_text(f"settlement,date,status\n{PLACE},2024-05-07,UA\nIzium,2024-05-07,RU\n", "utf-8")
        with closing(open_ledger(ledger, read_only=True)) as kept:
            Path(given["hypotheses"]).write_text(RIVALS.format(*(claim.id for claim in kept.claims())), "utf-8")
        for words in (
            ["brief", PLACE, "-o", given["brief"]],
            ["scenarios", "init", PLACE, "-o", given["scenario"], "--known-by", "2024-05-06"],
        ):
            assert run([*words, "--ledger", ledger]) == 0
        made.append(given)
    return made[0], made[1]


@pytest.mark.parametrize("command", ASKED)
def test_both_are_said_to_be_the_same(
    said: Callable[..., list[str]], files: tuple[dict[str, str], ...], command: str
) -> None:
    one, other = said(command, *ASKED[command], files=files)
    if command == "doctor":
        assert "SQLite 3" in one
        assert "PostgreSQL" in other
        assert "PostGIS 3" in other
        counted = r"\d+ documents, \d+ claims, \d+ runs, \d+ judgements"
        assert re.findall(counted, one) == re.findall(counted, other) != []
        return
    assert one == other
    assert one.strip() or command in ("verify", "forecasts list", "forecasts make")


def test_what_is_decided_changes_both_alike(said: Callable[..., list[str]], both: Two) -> None:
    with closing(open_ledger(both[0], read_only=True)) as kept:
        claim, other = kept.claims()[0].id, kept.claims()[3].id
    given = {"claim": claim, "other": other}
    for command, *arguments in DECIDED:
        who = () if command == "review history" else ("--by", "Koval", "--reason", "read it")
        one, two = said(command, *arguments, *who, files=(given, given))
        assert one == two
    with closing(open_ledger(both[0], read_only=True)) as a, closing(open_ledger(both[1], read_only=True)) as b:
        assert len(a.judgements()) == len(b.judgements()) == len(DECIDED) - 1
        # When somebody decided differs, and what bears that in its name.
        assert {each.part for each in differing.compared(a, b, silent).differences} == {"judgements"}
