"""Sources of places made for the tests: GeoNames lines, and the codifier's table."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path


def line(
    geonameid: int | str = 9_900_001,
    name: str = "Wendmoor",
    others: str = "",
    lat: str = "51.25",
    lon: str = "-1.5",
    sort: str = "P",
    code: str = "PPL",
    country: str = "GB",
    admin1: str = "ENG",
    admin2: str = "",
    population: str = "812",
) -> str:
    cells = [str(geonameid), name, name, others, lat, lon, sort, code, country, "", admin1, admin2, "", "", population]
    return "\t".join([*cells, "", "12", "Europe/London", "2024-01-01"])


def dump(path: Path, lines: Iterable[str], member: str = "GB.txt") -> Path:
    """A dump as GeoNames packs it, or plain where the path says so."""
    text = "".join(f"{row}\n" for row in lines)
    if path.suffix == ".txt":
        path.write_text(text, "utf-8")
        return path
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "what the columns are")
        archive.writestr(member, text)
    path.write_bytes(packed.getvalue())
    return path


REGION, DISTRICT, COMMUNE = "UA63000000000041885", "UA63080000000079302", "UA63080090000099999"
CODIFIER = f"""Кодифікатор,,,,,,
Перший рівень,Другий рівень,Третій рівень,Четвертий рівень,Додатковий рівень,Категорія об’єкта,Назва об’єкта
{REGION},,,,,O,Харківська
{REGION},{DISTRICT},,,,Р,Тестівський
{REGION},{DISTRICT},{COMMUNE},,,H,Вигадана
{REGION},{DISTRICT},{COMMUNE},UA63080090010099991,,М,Тестів
{REGION},{DISTRICT},{COMMUNE},UA63080090020099992,,С,Вигаданівка
"""
