"""What to watch, from a TOML file: feeds, places, and where alerts go."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from fogline.errors import BadSettings, Refused
from fogline.sources.web.addresses import checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address to be asked again and again; ``interval`` in seconds, 0 for that of all."""

    url: str
    interval: float = 0.0
    pages: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Where letters go; the password is taken from the environment variable of that name."""

    host: str
    sender: str
    to: str
    port: int = 25
    starttls: bool = False
    user: str = ""
    password_variable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that ``watch`` needs; ``interval`` in seconds, ``jitter`` as a share of it, paths beside the file.

    ``places`` are names, none meaning all; ``text`` prints alerts, ``jsonl`` and ``rss`` are files, ``webhook`` an address.
    """

    feeds: tuple[Feed, ...]
    evidence: Path
    ledger: Path
    places: tuple[str, ...] = ()
    interval: float = 900.0
    jitter: float = 0.1
    text: bool = True
    jsonl: Path | None = None
    rss: Path | None = None
    webhook: str = ""
    mail: Mail | None = None


_HINT = 'Write: interval = 900, places = ["Kupiansk"], and for each feed a [[feed]] with url = "https://...".'
_TOP = {"interval", "jitter", "places", "evidence", "ledger", "feed", "alerts"}
_ALERTS = {"text", "jsonl", "rss", "webhook", "email"}


def load(path: Path) -> Plan:
    """The plan in a file; raises ``BadSettings``, naming what is wrong, for one that cannot be followed."""
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{path}: it cannot be read as TOML ({error}).", _HINT) from error
    _only(path, table, _TOP)
    told = _typed(path, table, "alerts", dict, {})
    _only(path, told, _ALERTS)
    listed = _typed(path, table, "feed", list, [])
    if not listed or not all(isinstance(one, dict) for one in listed):
        raise BadSettings(f"{path}: there is no [[feed]] in it.", _HINT)
    mail = _typed(path, told, "email", dict, None)
    plan = Plan(
        feeds=tuple(_made(path, Feed, one) for one in listed),
        evidence=path.parent / _typed(path, table, "evidence", str, "evidence"),
        ledger=path.parent / _typed(path, table, "ledger", str, "fogline.sqlite"),
        places=tuple(str(name) for name in _typed(path, table, "places", list, [])),
        interval=float(_typed(path, table, "interval", (int, float), 900.0)),
        jitter=float(_typed(path, table, "jitter", (int, float), 0.1)),
        text=_typed(path, told, "text", bool, True),
        jsonl=_beside(path, _typed(path, told, "jsonl", str, "")),
        rss=_beside(path, _typed(path, told, "rss", str, "")),
        webhook=_typed(path, told, "webhook", str, ""),
        mail=_made(path, Mail, mail) if mail is not None else None,
    )
    _checked(path, plan)
    return plan


def _checked(path: Path, plan: Plan) -> None:
    if plan.interval < 10 or any(0 < feed.interval < 10 for feed in plan.feeds):
        raise BadSettings(f"{path}: the interval is under 10 seconds.", "Give 60 or more: feeds change slowly.")
    if not 0 <= plan.jitter <= 1:
        raise BadSettings(f"{path}: jitter is {plan.jitter}.", "Give a share of the interval, from 0 to 1.")
    if plan.webhook and not plan.webhook.startswith(("http://", "https://")):
        raise BadSettings(f"{path}: the webhook {plan.webhook!r} is no address.", "Begin it with https:// or http://.")
    for feed in plan.feeds:
        try:
            checked(feed.url)
        except Refused as error:
            raise BadSettings(f"{path}: {error.message}", error.hint) from error


def _beside(path: Path, name: str) -> Path | None:
    return path.parent / name if name else None


def _only(path: Path, table: dict[str, Any], known: set[str]) -> None:
    if wrong := sorted(set(table) - known):
        raise BadSettings(f"{path}: there is no setting {wrong[0]!r}.", f"There are: {', '.join(sorted(known))}.")


def _typed(path: Path, table: dict[str, Any], name: str, kind: Any, default: Any) -> Any:
    value = table.get(name, default)
    if name in table and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
        raise BadSettings(f"{path}: {name} cannot be {value!r}.", _HINT)
    return value


def _made(path: Path, kind: Any, table: dict[str, Any]) -> Any:
    named = {f.name: f for f in fields(kind)}
    _only(path, table, set(named))
    missing = [name for name, f in named.items() if f.default is MISSING and name not in table]
    if missing:
        raise BadSettings(f"{path}: a {kind.__name__.lower()} has no {missing[0]}.", _HINT)
    types = {"str": str, "float": (int, float), "int": int, "bool": bool}
    return kind(**{name: _typed(path, table, name, types[str(named[name].type)], None) for name in table})
