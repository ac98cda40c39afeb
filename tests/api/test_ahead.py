"""Boards over HTTP: files kept beside the ledger, texts tried out, and what people decide about them."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from fogline import flow
from fogline.ahead import shelf
from fogline.api.app import make
from fogline.api.reviewing import Desk
from fogline.config import Settings
from fogline.gazetteer.entry import Entry, Feature
from fogline.store.memory import MemoryLedger

SCENARIO = """title = "Dubrova in spring"
place = "Dubrova"
opened = 2025-03-01
closes = 2025-04-30

[[path]]
id = "falls"
title = "It falls"
prior = 0.4

[[path.indicator]]
id = "ferries"
title = "Ferries by night"
hit = 3.0
miss = 0.5

[[path.indicator]]
id = "talk"
title = "Somebody tells of it"
query = { measure = "voices", threshold = 50, window = 20 }

[[path]]
id = "holds"
title = "It holds"
prior = 0.6
"""
HYPOTHESES = """place = "Dubrova"
question = "What for?"

[[hypothesis]]
id = "gain"
title = "For ground"

[[hypothesis]]
id = "feint"
title = "For show"

[[evidence]]
id = "told"
title = "What is told"
claims = ["CLAIM"]
cells = { gain = "C", feint = "N" }
"""


@pytest.fixture
def there(ledger: MemoryLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    entry = Entry(name="Dubrova", feature=Feature.SETTLEMENT, number=7, geonameid=7, lat=49.7, lon=37.6)
    monkeypatch.setattr(flow, "place_meant", lambda *_: entry)
    (tmp_path / "spring.toml").write_text(SCENARIO, "utf-8")
    (tmp_path / "why.toml").write_text(HYPOTHESES.replace("CLAIM", ledger.claims()[0].id), "utf-8")
    (tmp_path / "bad.toml").write_text(SCENARIO.replace("0.6", "0.7"), "utf-8")
    from contextlib import nullcontext

    desk = Desk(lambda: nullcontext(ledger))
    app = make(ledger, Settings(), desk=desk, shelf=lambda: shelf(tmp_path))
    return TestClient(app, raise_server_exceptions=False, base_url="http://localhost")


def decide(there: TestClient, **told: str) -> dict[str, object]:
    answer = there.post("/v1/judgements", json={"by": "A. Reader", "reason": "seen", **told})
    assert answer.status_code == 201, answer.json()
    found: dict[str, object] = answer.json()["judgement"]
    return found


def test_files_are_listed_and_a_bad_one_says_what_is_wrong(there: TestClient):
    rows = {row["file"]: row for row in there.get("/v1/files").json()["rows"]}
    assert [(rows[n]["sort"], rows[n]["id"]) for n in ("spring.toml", "why.toml")] == [
        ("scenario", "dubrova-in-spring"),
        ("hypotheses", "what-for"),
    ]
    problem = rows["bad.toml"]["problem"]
    assert problem["line"] == SCENARIO[: SCENARIO.index("prior = 0.6")].count("\n") + 1
    assert "the priors sum to 1.100" in problem["detail"]
    assert problem["hint"]


def test_an_indicator_is_read_by_a_person_and_undone(there: TestClient):
    def falls(**asked: str) -> float:
        board = there.get("/v1/scenarios/spring.toml", params=asked).json()["board"]
        return float(next(path["probability"] for path in board["paths"] if path["id"] == "falls"))

    row = there.get("/v1/scenarios/spring.toml").json()
    ferries = next(one for one in row["indicators"] if one["id"] == "ferries")
    assert falls() == pytest.approx(0.4)
    assert [one["now"] is None for one in row["board"]["indicators"]] == [True, False]
    read = decide(there, decision="read", subject=ferries["subject"], value="hit 2025-03-05")
    assert falls() == pytest.approx(2 / 3, abs=1e-4)
    assert falls(known_by="2025-03-02") == pytest.approx(0.4)
    board = there.get("/v1/scenarios/spring.toml").json()
    assert board["board"]["indicators"][0]["by"] == "A. Reader"
    assert [move["by"] for move in board["moves"]] == ["A. Reader"]
    decide(there, decision="read", subject=ferries["subject"], value="miss 2025-03-09")
    assert falls() == pytest.approx(0.25)
    decide(there, decision="undo", subject=str(there.get("/v1/judgements").json()["rows"][-1]["id"]))
    decide(there, decision="undo", subject=str(read["id"]))
    assert falls() == pytest.approx(0.4)


def test_what_it_would_change_is_told_before_it_is_kept(there: TestClient):
    row = there.get("/v1/hypotheses/why.toml").json()
    ferries = {"decision": "read", "subject": "indicator:dubrova-in-spring:ferries", "value": "hit 2025-03-05"}
    letter = {"decision": "rate", "subject": row["evidence"][0]["cells"]["gain"]["subject"], "value": "II"}
    for told, change in ((ferries, "It falls: 40% becomes 67%"), (letter, "For ground: inconsistency 0.0 becomes 2.0")):
        answer = there.post("/v1/judgements/preview", json={"by": "A. Reader", "reason": "seen", **told})
        assert answer.status_code == 200
        assert any(line.startswith(change) for line in answer.json()["changes"])
    assert there.get("/v1/judgements").json()["rows"] == []


def test_a_letter_is_given_by_a_person(there: TestClient):
    row = there.get("/v1/hypotheses/why.toml").json()
    assert row["standings"][0]["hypothesis"] == "gain"
    cell = row["evidence"][0]["cells"]["gain"]
    decide(there, decision="rate", subject=cell["subject"], value="ii")
    after = there.get("/v1/hypotheses/why.toml").json()
    assert after["standings"][0]["hypothesis"] == "feint"
    assert {k: after["evidence"][0]["cells"]["gain"][k] for k in ("letter", "why", "by")} == {
        "letter": "II",
        "why": "seen",
        "by": "A. Reader",
    }
    assert after["standings"][1]["against"] == ["told"]


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"decision": "read", "subject": "indicator:dubrova-in-spring:none", "value": "hit"}, "There is no"),
        ({"decision": "read", "subject": "indicator:dubrova-in-spring:ferries", "value": "maybe"}, "cannot be"),
        ({"decision": "read", "subject": "indicator:dubrova-in-spring:ferries", "value": "hit 2999-01-01"}, "not come"),
        ({"decision": "rate", "subject": "cell:what-for:told:gain", "value": "XX"}, "no letter"),
        ({"decision": "resolve", "subject": "forecast-none", "value": "yes"}, "There is no"),
    ],
)
def test_what_cannot_be_decided_is_refused(there: TestClient, told: dict[str, str], problem: str):
    answer = there.post("/v1/judgements", json={"by": "A. Reader", "reason": "seen", **told})
    assert answer.status_code == 400
    assert problem in answer.json()["detail"]


def test_a_text_is_tried_and_nothing_kept(there: TestClient):
    shown = there.post("/v1/scenarios", json={"text": SCENARIO, "known_by": "2025-03-10"})
    assert shown.status_code == 200
    assert shown.json()["board"]["day"] == "2025-03-10"
    wrong = there.post("/v1/scenarios", json={"text": SCENARIO.replace("2025-04-30", "2025-02-01")})
    assert wrong.status_code == 422
    assert "the text, line 4: " in wrong.json()["detail"]
    assert wrong.json()["hint"]
    deep = there.post("/v1/hypotheses", json={"text": "a = " + "[" * 50_000})
    assert deep.status_code == 422
    foreign = there.post("/v1/scenarios", json={"text": SCENARIO}, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert len(there.get("/v1/files").json()["rows"]) == 3


def test_a_file_that_changes_is_answered_anew(there: TestClient, tmp_path: Path):
    first = there.get("/v1/scenarios/spring.toml")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert there.get("/v1/scenarios/spring.toml", headers=tag).status_code == 304
    (tmp_path / "spring.toml").write_text(SCENARIO.replace("0.4", "0.45").replace("0.6", "0.55"), "utf-8")
    again = there.get("/v1/scenarios/spring.toml", headers=tag)
    assert (again.status_code, again.json()["priors"]["falls"]) == (200, 0.45)


def test_no_file_of_that_name_or_sort_is_not_found(there: TestClient):
    for address in ("/v1/scenarios/none.toml", "/v1/scenarios/why.toml", "/v1/hypotheses/..%2Fspring.toml"):
        assert there.get(address).status_code == 404


def test_a_draft_is_a_file_to_begin_with(there: TestClient):
    text = there.get("/v1/scenarios/draft", params={"place": "Dubrova"}).json()["text"]
    assert there.post("/v1/scenarios", json={"text": text}).status_code == 200


def test_a_draft_as_known_on_a_day_has_a_history_by_then(there: TestClient, ledger: MemoryLedger):
    days = sorted(one.published.end for one in ledger.documents() if one.published.end)
    day = str(days[-1])
    text = there.get("/v1/scenarios/draft", params={"place": "Dubrova", "known_by": day}).json()["text"]
    boards = there.post("/v1/scenarios", json={"text": text, "known_by": day}).json()["history"]
    assert len(boards) > 1
    assert boards[-1]["day"] == day
