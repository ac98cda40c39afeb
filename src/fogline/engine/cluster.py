"""Shards over a Ray cluster (extra ``ray``), or over the cores of this machine by Ray."""

from __future__ import annotations

import atexit
import os
import queue
import socket
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from typing import Any, TypeVar, cast

from fogline import __version__
from fogline.engine.handing import Begun, Died, Done, Raised, Said, hand_out
from fogline.errors import NoAnswer, UsageError
from fogline.model import Lost

Question = TypeVar("Question")
Result = TypeVar("Result")

PORT = 10001
"""Where a cluster hears its clients, unless told otherwise."""

PATIENCE = 5.0
"""Seconds in which a cluster has to take a connection."""


NODES_PATIENCE = 60.0
"""Seconds in which its nodes have to say which fogline they have."""

SILENCE = 120.0
"""Seconds after which a cluster that has not answered a question is gone: none of Ray's calls has an end of its own."""

SLICE = 10.0
"""Seconds that a cluster is asked to wait for its workers before it is asked again, so that its silence is heard."""

LEAVING = 10.0
"""Seconds in which a cluster has to let us go."""


class RayEngine:
    """Runs shards in ``workers`` actors, one a core; an actor keeps the models it has loaded.

    Without an address a cluster of this machine alone is started, or the one that this process is in is used. Every node
    needs the same version of fogline. Nothing is reported to anyone: Ray's usage statistics are off.
    """

    def __init__(self, workers: int = 0, address: str = "") -> None:
        """Use that many actors, 0 meaning one for every core there is; ``address`` is ``host`` or ``host:port``.

        Raises ``UsageError`` where Ray is not installed, and ``NoAnswer`` where the address does not answer, Ray does not start, or a
        node of the cluster has no fogline or another version of it.
        """
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_worker_niceness", "0")  # else its workers here wait for all other programs
        try:
            ray: Any = import_module("ray")
        except ImportError as error:
            raise UsageError(
                "The engine ray needs Ray, which is not installed.",
                "Install it with: pip install 'fogline[ray]', or leave --engine out.",
            ) from error
        if not ray.is_initialized():
            _join(ray, workers, address)
        with _answering():
            if address:
                _within(NODES_PATIENCE + SILENCE, lambda: _check_nodes(ray))
            cores = max(1, int(_within(SILENCE, ray.cluster_resources).get("CPU", 1)))
        self._ray = ray
        self._workers = min(workers or cores, cores)

    def map(
        self,
        function: Callable[[Question], Result],
        shards: Iterable[Question],
        limit: Callable[[Question], float] | None = None,
    ) -> Iterator[Result | Lost[Question]]:
        """The results in the order of the shards, which are taken only as actors become free."""
        crew = _Actors(self._ray, self._workers, function)
        try:
            yield from hand_out(crew, shards, limit)
        finally:
            with suppress(NoAnswer):
                crew.end()


def _join(ray: Any, workers: int, address: str) -> None:
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    if not address:
        try:
            ray.init(address="local", num_cpus=workers or None, include_dashboard=False, **quiet)
        except Exception as error:  # a machine without memory, ports or time for it: Ray raises what comes
            ray.shutdown()
            raise NoAnswer(f"Ray does not start here ({error}).", "Try again, or leave --engine out.") from error
        return
    host, _, port = address.partition(":")
    try:
        socket.create_connection((host, int(port or PORT)), timeout=PATIENCE).close()
    except (OSError, ValueError) as error:
        hint = "Start the cluster (ray start --head), open its client port, or correct the address after ray://."
        raise NoAnswer(f"ray://{address}: no Ray cluster answers there ({error}).", hint) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Ray warns of is in the error
            _within(SILENCE, lambda: ray.init(f"ray://{host}:{port or PORT}", **quiet))
    except (
        Exception
    ) as error:  # of another version, without the cluster's token, or no Ray at all: it raises what comes
        hint = (
            "Give this machine the cluster's version of Ray and Python, and its token "
            "(RAY_AUTH_MODE=token and RAY_AUTH_TOKEN_PATH=FILE); see that the port is that of Ray's client server."
        )
        raise NoAnswer(f"ray://{address}: the Ray cluster does not take us in ({error}).", hint) from error
    _leave_in_the_end(ray)


def _leave_in_the_end(ray: Any) -> None:
    """Leave the cluster as Ray does at the end of a program, but not for ever: one that hangs would keep a build that is done."""
    end, gone = threading.Event(), threading.Event()

    def leave() -> None:
        end.wait()
        with suppress(Exception):  # it is left in any case
            ray.shutdown()
        gone.set()

    def at_the_end() -> None:
        end.set()
        if not gone.wait(LEAVING):
            atexit.unregister(ray.shutdown)

    threading.Thread(target=leave, daemon=True).start()  # now: at its end Python 3.12 starts no more of them
    atexit.register(at_the_end)  # behind Ray's own, and so before it in the end


def _check_nodes(ray: Any) -> None:
    """See that every node that lends cores reads as this machine does; one that does not answer in time is left to be found out."""
    strategy = import_module("ray.util.scheduling_strategies").NodeAffinitySchedulingStrategy
    asked = ray.remote(num_cpus=0, max_retries=0)(_version)
    nodes = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
    answers = {
        asked.options(scheduling_strategy=strategy(node["NodeID"], soft=False)).remote(): node["NodeManagerAddress"]
        for node in nodes
    }
    told, _ = ray.wait(list(answers), num_returns=len(answers), timeout=NODES_PATIENCE) if answers else ([], [])
    wrong = sorted(f"{answers[answer]} {has}" for answer in told if (has := _differs(ray, answer)))
    if wrong:
        raise NoAnswer(
            f"Nodes of the Ray cluster do not read as this machine does: {'; '.join(wrong)}.",
            f"Install there what is here: pip install 'fogline[ray]=={_version()}', for the Python that runs Ray.",
        )


def _differs(ray: Any, answer: Any) -> str:
    try:
        version: str = ray.get(answer)
    except Exception as error:  # it cannot even load this module: Ray raises what comes
        return f"cannot run fogline ({(str(error).strip() or type(error).__name__).splitlines()[-1]})"
    return "" if version == _version() else f"has fogline {version}"


def _version() -> str:
    return __version__


class _Worker:
    """What an actor is; its process keeps whatever the function loads."""

    def begin(self) -> Begun:
        """Answered as soon as the process is there."""
        return Begun()

    def run(self, function: Callable[[Any], Any], shard: Any) -> Done:
        """The function's result."""
        return Done(function(shard))


HINT = "What was read is kept: build again once the cluster is back, and only the rest is read."


@contextmanager
def _answering() -> Iterator[None]:
    """Where the cluster itself fails, and not what it runs, Ray and what it is made of raise what comes."""
    try:
        yield
    except NoAnswer:
        raise
    except Exception as error:  # a connection's, a node's, a lost object's: they have no parent but this one
        told = " ".join(str(error).split())
        raise NoAnswer(f"The Ray cluster fails ({told}).", HINT) from error


def _within(seconds: float, ask: Callable[[], Result]) -> Result:
    """What a question to the cluster is answered, asked by a thread of its own, which is left behind where no answer comes.

    Raises what the question raises, and ``NoAnswer`` after that many seconds of silence.
    """
    answers: queue.SimpleQueue[tuple[Result | None, BaseException | None]] = queue.SimpleQueue()

    def put() -> None:
        try:
            answers.put((ask(), None))
        except BaseException as error:  # it is raised where the question comes from
            answers.put((None, error))

    threading.Thread(target=put, daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise NoAnswer(f"The Ray cluster has said nothing for {seconds:.0f} seconds.", HINT) from None
    if error is not None:
        raise error
    return cast("Result", answer)


class _Actors:
    """A crew of actors."""

    def __init__(self, ray: Any, size: int, function: Callable[[Any], Any]) -> None:
        self.size = size
        self._ray = ray
        with _answering():
            self._function = _within(SILENCE, lambda: ray.put(function))
        self._kind = ray.remote(_Worker)
        self._actors: list[Any] = [None] * size
        self._answers: list[deque[Any]] = [deque() for _ in range(size)]

    @_answering()
    def give(self, worker: int, shard: Any) -> None:
        """Start the actor where it is not running yet: a job of one shard starts one."""
        _within(SILENCE, lambda: self._give(worker, shard))

    def _give(self, worker: int, shard: Any) -> None:
        if self._actors[worker] is None:
            self._actors[worker] = self._kind.options(num_cpus=1).remote()
            self._answers[worker].append(self._actors[worker].begin.remote())
        self._answers[worker].append(self._actors[worker].run.remote(self._function, shard))

    @_answering()
    def told(self, seconds: float) -> list[tuple[int, Said]]:
        until = time.monotonic() + seconds
        while True:
            told = _within(SILENCE, partial(self._told, min(SLICE, max(0.0, until - time.monotonic()))))
            if told or time.monotonic() >= until:
                return told

    def _told(self, seconds: float) -> list[tuple[int, Said]]:
        """What the cluster tells within these seconds."""
        first = {answers[0]: worker for worker, answers in enumerate(self._answers) if answers}
        ended, _ = self._ray.wait(list(first), num_returns=1, timeout=seconds)
        return [(first[answer], self._heard(first[answer], answer)) for answer in ended]

    @_answering()
    def stop(self, worker: int) -> None:
        _within(SILENCE, lambda: self._bury(worker))

    def _heard(self, worker: int, answer: Any) -> Said:
        try:
            said: Said = self._ray.get(answer)
        except self._ray.exceptions.RayTaskError as error:
            return Raised(error.cause if isinstance(error.cause, BaseException) else error)
        except (self._ray.exceptions.RayActorError, self._ray.exceptions.OutOfMemoryError):
            self._bury(worker)
            return Died()
        self._answers[worker].popleft()
        return said

    @_answering()
    def end(self) -> None:
        _within(LEAVING, self._end)

    def _end(self) -> None:
        for worker in range(self.size):
            self._bury(worker)

    def _bury(self, worker: int) -> None:
        if self._actors[worker] is not None:
            self._ray.kill(self._actors[worker])
        self._actors[worker] = None
        self._answers[worker].clear()
