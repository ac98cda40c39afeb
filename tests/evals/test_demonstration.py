"""The demonstration set is sound: anchors stand where they should, rows name reports, nobody real publishes."""

import csv
import html
import json
import re
from datetime import date

from evals.demonstration import FOLDER, extent
from evals.links import load_days, load_pairs
from evals.matching import load

from fogline.model import Kind, Relation

REPORTS = FOLDER / "reports"
GOLD = load(FOLDER / "gold/claims.jsonl")


def texts():
    """Each report's words by its name, tags taken out."""
    found = {}
    for path in sorted(REPORTS.iterdir()):
        raw = path.read_text("utf-8")
        if path.suffix == ".jsonl":
            found |= {f"{path.name}:{n}": json.loads(line)["text"] for n, line in enumerate(raw.splitlines(), 1)}
        elif path.suffix == ".html":
            found[path.name] = html.unescape(re.sub(r"<(script|style|title).*?</\1>|<[^>]+>", "", raw, flags=re.S))
        elif path.suffix in (".txt", ".md"):
            found[path.name] = raw
    return found


TEXTS = texts()


def rows():
    with (REPORTS / "meta.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def outlets():
    lines = (REPORTS / "06_hroza.jsonl").read_text("utf-8").splitlines()
    return {row["outlet"] for row in rows()} | {json.loads(line)["outlet"] for line in lines}


def test_there_is_enough_of_it():
    size = extent()
    assert size.reports == len(TEXTS) >= 14
    assert size.claims == len(GOLD) >= 110
    assert size.links >= 25
    assert size.control >= 12


def test_every_report_has_gold_and_all_gold_a_report():
    assert {gold.doc for gold in GOLD} == set(TEXTS)


def test_each_anchor_stands_exactly_once_in_its_report():
    assert [gold.id for gold in GOLD if TEXTS[gold.doc].count(gold.anchor) != 1] == []


def test_gold_ids_are_unique_and_kinds_are_kinds():
    assert len({gold.id for gold in GOLD}) == len(GOLD)
    assert {kind for gold in GOLD for kind in gold.kind} <= set(Kind)
    assert all(gold.kind for gold in GOLD)


def test_a_holder_is_asked_of_control_claims_alone():
    assert all(gold.kind == ("control",) for gold in GOLD if gold.holder)


def test_pairs_name_gold_claims_and_copies_are_repeats():
    pairs = load_pairs(FOLDER / "gold/links.jsonl")
    ids = {gold.id for gold in GOLD}
    assert all({pair.a, pair.b} <= ids and pair.a != pair.b for pair in pairs)
    assert sum(pair.relation is Relation.REPEATS for pair in pairs) >= 6
    assert len({frozenset((pair.a, pair.b)) for pair in pairs}) == len(pairs)


def test_days_are_asked_with_and_without_hindsight():
    days = load_days(FOLDER / "gold/control.jsonl")
    assert {day.known_by is None for day in days} == {True, False}
    assert {status for day in days for status in day.status} <= {"UA", "RU", "contested", "unknown"}


def test_meta_csv_names_each_report_once():
    names = [row["name"] for row in rows()]
    assert sorted(names) == sorted(name for name in TEXTS if ":" not in name)
    undated = [row["name"] for row in rows() if not row["published"]]
    assert undated
    assert all(date.fromisoformat(row["published"]) for row in rows() if row["published"])


def test_an_undated_report_bears_no_date():
    for row in rows():
        if not row["published"]:
            assert not re.search(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b", TEXTS[row["name"]])


def test_no_real_outlet_publishes():
    from fogline.theatres.loading import load as theatre

    assert all(outlet.endswith("(demonstration)") for outlet in outlets())
    assert all(re.fullmatch(r"https://[a-z-]+\.example/\S+", row["url"]) for row in rows())
    real = {name.casefold() for outlet in theatre("ukraine").outlets for name in outlet.names}
    assert not {outlet.removesuffix(" (demonstration)").casefold() for outlet in outlets()} & real


def test_the_readme_names_every_outlet_as_invented():
    readme = (FOLDER / "README.md").read_text("utf-8").replace("\n", " ")
    assert all(outlet.removesuffix(" (demonstration)") in readme for outlet in outlets())


def test_titles_are_those_of_the_reports():
    assert all(row["title"] in TEXTS[row["name"]] for row in rows())
