"""Log lines for machines: one JSON object a line, with the event, its fields and no secret.

Without ``configure`` nothing is logged. Whatever else logs through Python's ``logging`` in the process comes out in the
same form.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any

from fogline.errors import UsageError
from fogline.ports import Progress

LEVELS = ("debug", "info", "warning", "error")
_LOGGER = logging.getLogger("fogline")
# Without it Python would write what is noted to standard error where nobody asked for a log.
_LOGGER.addHandler(logging.NullHandler())
_FIELDS = "fogline_fields"
_TOLD_EVERY = 10.0
"""Seconds between two lines on the progress of one stage."""

_SECRETS = (
    (re.compile(r"(?<=://)([^/\s:@]*):[^/\s]*@"), r"\1:***@"),
    (
        re.compile(
            r"(?i)\b((?:ssl)?password|passfile|token|secret|authorization)(\s*[=:]\s*)(?:bearer\s+)?[^\s&;,'\"]+"
        ),
        r"\1\2***",
    ),
    (re.compile(r"(?i)\bbearer\s+[^\s,'\"]+"), "Bearer ***"),
)


def masked(text: str) -> str:
    """The text with what looks like a password or a token taken out.

    >>> masked("postgresql://ann:s3cret@db/war?sslpassword=x failed")
    'postgresql://ann:***@db/war?sslpassword=*** failed'
    """
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """A record as one line: ``time`` (UTC), ``level``, ``logger``, ``event``, then its fields; ``error`` where one was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its newline; every text in it is ``masked``."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(_clean(told), ensure_ascii=False, default=str)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else masked(str(value))


def configure(file: str, level: str = "info") -> None:
    """Log to a file, added to at its end, or to standard error for ``-``. Raises ``UsageError`` for a file that cannot be written."""
    if level not in LEVELS:
        raise UsageError(f"There is no log level {level!r}.", f"Use {', '.join(LEVELS)}.")
    try:
        handler = logging.StreamHandler(sys.stderr) if file == "-" else logging.FileHandler(file, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{file}: no log can be written there ({error.strerror}).", "Name another --log file."
        ) from error
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)  # what libraries say of themselves matters to nobody but when it is amiss
    _LOGGER.setLevel(level.upper())


def configured() -> bool:
    """Whether a log is kept."""
    return bool(_handlers())


def on_standard_error() -> bool:
    """Whether standard error carries the log: then nothing else is written there."""
    return any(not isinstance(each, logging.FileHandler) for each in _handlers())


def _handlers() -> list[logging.Handler]:
    return [each for each in logging.getLogger().handlers if isinstance(each.formatter, JsonLines)]


def close() -> None:
    """Stop logging."""
    root = logging.getLogger()
    for handler in _handlers():
        root.removeHandler(handler)
        handler.close()
    _LOGGER.setLevel(logging.NOTSET)


def note(event: str, level: int = logging.INFO, *, error: BaseException | None = None, **fields: Any) -> None:
    """Log that something happened."""
    _LOGGER.log(level, event, extra={_FIELDS: fields}, exc_info=error)


def noted(progress: Progress) -> Progress:
    """The progress, also logged: when a stage begins, and then at most every ten seconds."""
    last = ("", 0.0)

    def advance(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if stage != last[0] or now - last[1] >= _TOLD_EVERY:
            last = (stage, now)
            note("progress", stage=stage, done=done, total=total or None)
        progress(stage, done, total)

    return advance
