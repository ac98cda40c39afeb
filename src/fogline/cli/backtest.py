"""``fogline backtest``: a scenario replayed day by day, as known by each day."""

from __future__ import annotations

from enum import StrEnum


class LookFormat(StrEnum):
    """What is printed of what lies ahead."""

    TABLE = "table"
    JSON = "json"
