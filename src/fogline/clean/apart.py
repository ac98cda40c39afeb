"""Pages with so many elements that reading them may not end, read in a process of its own that time and memory can kill.

Some rules take time by the square of the elements: 40,000 paragraphs of one letter take eight seconds, ten times as many
take a quarter of an hour. What a normal page has is read where one is.
"""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from pathlib import Path

from fogline.clean import html
from fogline.errors import InputError, NotReadable, TooLarge

MANY = 15_000
"""Marks "<" from which on a page is read apart; the largest of 102 news pages has 3,163."""

LONG = 3_000_000
"""Characters from which on it is; the longest of them has 1.4 million."""

SECONDS = 60
"""Of processor time."""

CLOCK = 10
"""Times as many by the clock: a busy machine gives a process a part of its time only."""

MEMORY = 2_000_000_000
"""Bytes of address space."""

_HINT = "Save the article's text as .txt."


def read(markup: str, url: str = "", *, seconds: int = SECONDS, memory: int = MEMORY) -> html.Page:
    """As ``html.read``; raises ``TooLarge``, too, for a page that takes more time or memory than it may."""
    if markup.count("<") < MANY and len(markup) < LONG:
        return html.read(markup, url)
    html.refuse_hostile(markup)
    command = [sys.executable, "-m", "fogline.clean.apart", str(seconds), str(memory)]
    try:
        done = subprocess.run(
            command, input=pickle.dumps((markup, url)), capture_output=True, timeout=CLOCK * seconds, check=False
        )
    except OSError as error:
        raise NotReadable(
            f"No process could be started to read the page in ({error}).", "Free memory and run again."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise TooLarge(f"Reading the page took more than {CLOCK * seconds} seconds.", _HINT) from error
    if done.returncode or not done.stdout:
        raise TooLarge(
            f"Reading the page takes more than {seconds} seconds of processor time or {memory // 1_000_000:,} MB.",
            _HINT,
        )
    outcome: html.Page | InputError = pickle.loads(done.stdout)
    if isinstance(outcome, html.Page):
        return outcome
    raise outcome


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the clock alone is watched
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _was_short(memory: int) -> bool:
    """Whether so much memory was taken that the parser may have gone without some, of which it does not always tell."""
    return _peak() > memory // 2


def _peak() -> int:
    """The most memory that this process has had, in bytes; 0 where the system does not tell.

    On Linux the usage that it reports counts that of the process which started this one, so its own is read instead.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text("ascii", "replace"), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _main() -> None:
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    _limit(seconds, memory)
    markup, url = pickle.load(sys.stdin.buffer)
    try:
        outcome: html.Page | InputError = html.read(markup, url)
    except InputError as error:
        outcome = error
    if not _was_short(memory):
        pickle.dump(outcome, sys.stdout.buffer)


if __name__ == "__main__":
    _main()
