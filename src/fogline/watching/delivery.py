"""Delivers alerts: to the screen, to files, by letter and by webhook; what could not be delivered is tried again next time."""

from __future__ import annotations

import json
import os
import smtplib
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from http.client import HTTPException
from pathlib import Path

from fogline.errors import NotFetched
from fogline.publish.alerts import Alert, json_line, letter, rss, text
from fogline.sources.web.state import State
from fogline.watching.plan import Mail, Plan

WAIT_SECONDS = 30.0
SHOWN = 100
"""Alerts in the RSS file; older ones are in the ledger."""

Channel = tuple[str, Callable[[Sequence[Alert], datetime], None]]


def channels(plan: Plan, state: State, show: Callable[[str], None]) -> Iterator[Channel]:
    """The ways a plan names, each with what delivers alerts by it and raises ``OSError`` or ``NotFetched`` where it cannot."""
    if plan.text:
        yield "text", lambda told, at: show("\n".join(map(text, told)))
    if plan.jsonl is not None:
        path = plan.jsonl
        yield "jsonl", lambda told, at: _append(path, told)
    if plan.rss is not None:
        feed = plan.rss
        yield "rss", lambda told, at: _feed(feed, state, told, at)
    if plan.webhook:
        yield "webhook", lambda told, at: post(plan.webhook, told)
    if plan.mail is not None:
        mail = plan.mail
        yield "email", lambda told, at: send(mail, told, at)


def deliver(told: Sequence[Alert], plan: Plan, state: State, at: datetime, show: Callable[[str], None]) -> list[str]:
    """Deliver by every channel what it has not had; a sentence for each that failed, which gets it next time."""
    problems = []
    for name, by in channels(plan, state, show):
        new = [alert for alert in told if not state.told(f"{name} {alert.id}")]
        if not new:
            continue
        try:
            by(new, at)
        except (OSError, NotFetched, smtplib.SMTPException, HTTPException) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            problems.append(f"{len(new)} alerts could not go by {name} ({reason}); they are kept for the next time.")
        else:
            for alert in new:
                state.tell(f"{name} {alert.id}")
    return problems


def post(address: str, told: Sequence[Alert]) -> None:
    """Send alerts to a webhook as one JSON object; raises ``NotFetched`` or ``OSError`` where it is not taken."""
    body = json.dumps({"alerts": [asdict(alert) for alert in told]}, ensure_ascii=False).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json", "User-Agent": "fogline"})
    with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:
        if answer.status >= 300:
            raise NotFetched(f"{address}: the webhook answered {answer.status}.", "Check its address.")


def send(mail: Mail, told: Sequence[Alert], at: datetime) -> None:
    """Send alerts as one letter; raises ``OSError`` or ``SMTPException`` where the server does not take it."""
    with smtplib.SMTP(mail.host, mail.port, timeout=WAIT_SECONDS) as server:
        if mail.starttls:
            import ssl

            server.starttls(context=ssl.create_default_context())
        if mail.user:
            server.login(mail.user, os.environ.get(mail.password_variable, ""))
        server.send_message(letter(told, mail.sender, mail.to, at))


def _append(path: Path, told: Sequence[Alert]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(map(json_line, told)))


def _feed(path: Path, state: State, told: Sequence[Alert], at: datetime) -> None:
    from fogline.publish.alerts import parsed

    for alert in told:
        state.show(alert.id, at.isoformat(), json_line(alert))
    shown = [(datetime.fromisoformat(when), parsed(line)) for when, line in state.shown(SHOWN)]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(rss(shown, "fogline alerts"))
    Path(name).replace(path)
