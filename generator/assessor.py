"""Assesses captures in the background: in a process of its own, at low priority, each capture once for each state."""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from generator.archive.decisions import decisions_path, read_decisions
from generator.assessing import Assessment, assess
from generator.importing import converted, read_capture
from generator.model.decisions import Decisions
from generator.problems import Refusal
from generator.publishing.workers import LOW

Wanted = tuple[str, str]
"""A capture's path, and that of its article (empty when there is none)."""

_TOLD_EVERY = 0.7


class Assessor:
    """Assessments of the archive in `root`; `tell` is called, from a thread, when there are new ones."""

    def __init__(self, root: Path, tell: Callable[[], None]) -> None:
        self._root, self._tell = root, tell
        self._known: dict[Wanted, tuple[tuple[int, ...], Assessment]] = {}
        self._process: Any = None
        self._lock = threading.Lock()

    def of(self, wanted: Wanted) -> Assessment | None:
        """The assessment of a capture as it is now, if it has been made."""
        known = self._known.get(wanted)
        return known[1] if known and known[0] == self._state(wanted) else None

    def ask(self, wanted: Iterable[Wanted]) -> None:
        """Has those assessed that are not yet; does nothing while others are."""
        missing = [one for one in wanted if self.of(one) is None]
        with self._lock:
            if not missing or self._process is not None:
                return
            methods = multiprocessing.get_all_start_methods()
            context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
            here, there = context.Pipe(duplex=False)
            states = [self._state(one) for one in missing]
            self._process = context.Process(target=_work, args=(there, self._root, missing))
            self._process.start()
            there.close()
        threading.Thread(target=self._listen, args=(here, dict(zip(missing, states, strict=True))), daemon=True).start()

    def close(self) -> None:
        """Ends what is under way."""
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def _listen(self, connection: Connection, states: dict[Wanted, tuple[int, ...]]) -> None:
        told = time.monotonic()
        with contextlib.suppress(EOFError, OSError), connection:
            while True:
                wanted, assessment = connection.recv()
                self._known[wanted] = (states[wanted], assessment)
                if time.monotonic() - told > _TOLD_EVERY:
                    told = time.monotonic()
                    self._tell()
        with self._lock:
            self._process.join(5)
            self._process = None
        self._tell()

    def _state(self, wanted: Wanted) -> tuple[int, ...]:
        capture, article = wanted
        state: tuple[int, ...] = ()
        for path in (capture, decisions_path(article) if article else ""):
            with contextlib.suppress(OSError):
                stat = (self._root / path).stat() if path else None
                state += (stat.st_size, stat.st_mtime_ns) if stat else ()
        return state


def _work(connection: Connection, root: Path, wanted: list[Wanted]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(LOW)
    with contextlib.suppress(OSError), connection:
        for one in wanted:
            connection.send((one, _assessed(root, *one)))


def _assessed(root: Path, capture: str, article: str) -> Assessment:
    try:
        decisions = read_decisions(root, article) if article else Decisions()
        return assess(*converted(read_capture(root, capture), decisions))
    except Refusal as refusal:
        return Assessment("", 0.0, tuple(problem.message for problem in refusal.problems))
