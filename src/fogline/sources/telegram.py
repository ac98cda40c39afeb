"""Telegram Desktop's JSON export (``result.json``): each message of a channel an article with its own date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fogline.errors import BadMetadata, EmptyInput, InputError
from fogline.model import FORWARDED, Article, Failure
from fogline.sources.making import made
from fogline.sources.opening import failure, head, load, shown

_HINT = "Export the channel again in Telegram Desktop: Export chat history, format machine-readable JSON."
_EXPORT = re.compile(rb'"messages"\s*:\s*\[|"chats"\s*:\s*\{')


class TelegramSource:
    """Reads the export of one channel, or of all of an account, of at most ``max_bytes``.

    Messages without words (pictures, joins) are passed over. The outlet is the channel; whom a message was forwarded from is
    its text's first line. Its date is the moment it was sent, in UTC.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether it is JSON that begins as an export does."""
        return path.suffix.lower() == ".json" and bool(_EXPORT.search(head(path)))

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The articles in the order of the messages; a broken message comes as a failure and the others go on."""
        name = shown(path.name)
        try:
            chats = _chats(name, load(path, self._max_bytes))
        except InputError as error:
            yield failure(name, error)
            return
        found = 0
        for chat, prefix in chats:
            for article in _messages(chat, prefix):
                found += 1
                yield article
        if not found:
            yield failure(name, EmptyInput(f"{name}: no message in it has words.", _HINT))


def _chats(name: str, raw: bytes) -> list[tuple[dict[str, Any], str]]:
    """Each chat with how its messages are named: by the file, and by the chat where there are several."""
    try:
        export = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadMetadata(f"{name}: it is not JSON ({str(error)[:120]}).", _HINT) from error
    if isinstance(export, dict) and isinstance(export.get("messages"), list):
        return [(export, name)]
    listed = export.get("chats") if isinstance(export, dict) else None
    listed = listed.get("list") if isinstance(listed, dict) else None
    if not isinstance(listed, list):
        raise BadMetadata(f"{name}: it is no export of Telegram Desktop: it has no messages.", _HINT)
    chats = [chat for chat in listed if isinstance(chat, dict) and isinstance(chat.get("messages"), list)]
    return [(chat, f"{name}:{chat.get('id', '')}") for chat in chats]


def _messages(chat: dict[str, Any], prefix: str) -> Iterator[Article | Failure]:
    channel = chat.get("name")
    for number, message in enumerate(chat["messages"], 1):
        if not isinstance(message, dict):
            where = f"{prefix}:{number}"
            yield failure(
                where, BadMetadata(f"{where}: the message is {type(message).__name__}, not an object.", _HINT)
            )
            continue
        text = _text(message.get("text"))
        if message.get("type", "message") != "message" or not text.strip():
            continue
        origin = message.get("forwarded_from")
        if isinstance(origin, str) and origin.strip():
            text = f"{FORWARDED}{' '.join(origin.split())}:\n{text}"
        outlet = channel if isinstance(channel, str) else message.get("from")
        yield from made(f"{prefix}:{message.get('id', number)}", text, {"outlet": outlet, "published": _sent(message)})


def _text(value: Any) -> str:
    """The words of a message, which come as one text or as pieces, those with a format as objects."""
    if isinstance(value, str):
        return value
    pieces = value if isinstance(value, list) else []
    parts = (piece.get("text") if isinstance(piece, dict) else piece for piece in pieces)
    return "".join(part for part in parts if isinstance(part, str))


def _sent(message: dict[str, Any]) -> Any:
    """``date`` is in the time zone of whoever exported, which the file does not name; ``date_unixtime`` is exact."""
    try:
        return datetime.fromtimestamp(int(message["date_unixtime"]), UTC).isoformat()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return message.get("date")
