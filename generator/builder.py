"""Builds in a process of their own: one that is superseded or interrupted is ended at once, and nothing leaks.

A build may be ended at any moment: the site serves what it served, and the next build ends as a clean one would.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from generator.build import Build, Options, build
from generator.problems import Problem, Refusal
from generator.publishing.workers import LOW

_PROGRESS_EVERY = 0.1
_GONE_AFTER = 2.0
"""Seconds in which a process that was killed is gone on any machine."""
_LOADED = (
    "generator.recipe", "generator.gathering", "generator.site.plan", "generator.making", "generator.site.markdown",
    "babel.dates", "babel.numbers", "yaml",
)  # fmt: skip
"""What every build needs is opened once, for all builds of a watch."""


@dataclass(frozen=True, slots=True)
class Job:
    """One build: `turn` is the count of changes it knows of; `in_background` says that its pages are published, and
    that it goes on with the search index, at low priority."""

    turn: int
    in_background: bool = False


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a job is."""

    job: Job
    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: `build` is None when nothing could be built; `problems` say why. A job that is ended by `kill` tells nothing.

    `goes_on` says that only its pages are done: the same job follows in the background.
    """

    job: Job
    build: Build | None
    problems: tuple[Problem, ...]
    goes_on: bool = False


Tell = Callable[[Progressed | Ended], None]


class Builder:
    """Runs one job at a time for the archive in `root` and tells of its progress and its end, from a thread of its own."""

    def __init__(self, root: Path, options: Options, tell: Tell) -> None:
        self._root, self._options, self._tell = root, options, tell
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(list(_LOADED))
        self._process: Any = None
        self._listener: threading.Thread | None = None
        self._lock = threading.Lock()
        self.job: Job | None = None

    def start(self, job: Job) -> None:
        """Begins a job; there must be none."""
        here, there = self._context.Pipe(duplex=False)
        options = replace(self._options, clean=self._options.clean and job.turn == 0)
        self._process = self._context.Process(target=_work, args=(there, self._root, options))
        self.job = job
        self._process.start()
        there.close()
        self._listener = threading.Thread(target=self._listen, args=(here, self._process, job), daemon=True)
        self._listener.start()

    def kill(self) -> None:
        """Ends the job that is running, with all its processes; nobody waits until they are gone."""
        with self._lock:
            process, self._process, self.job = self._process, None, None
        if process is None:
            return
        with contextlib.suppress(OSError, AttributeError, ValueError):  # it may not lead a group yet, or be gone
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(ValueError):
            process.kill()

    def close(self) -> None:
        """Ends the job that is running, and waits until it is gone: nobody writes to the site any more."""
        self.kill()
        if self._listener is not None:
            self._listener.join(_GONE_AFTER)

    def _listen(self, connection: Connection, process: Any, job: Job) -> None:
        ended: Ended | None = None
        with contextlib.suppress(EOFError, OSError), connection:
            while True:
                said = connection.recv()
                if isinstance(said, Build):
                    pages, job = job, replace(job, in_background=True)
                    with self._lock:
                        if self._process is not process:
                            continue  # it was killed a moment ago
                        self.job = job
                    self._tell(Ended(pages, said, said.problems, goes_on=True))
                elif isinstance(said, tuple):
                    self._tell(Progressed(job, *said))
                else:
                    ended = Ended(job, *said)
        process.join(5)
        code = process.exitcode
        with contextlib.suppress(ValueError):
            process.close()
        with self._lock:
            if self._process is not process:
                return
            self._process = self.job = None
        if ended is None:
            hint = "the next change is tried again; if this comes back, please report it"
            ended = Ended(job, None, (Problem("pressmark", f"the build ended with {code} before its time", hint),))
        self._tell(ended)


def _work(connection: Connection, root: Path, options: Options) -> None:
    """The life of a build process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the watch, which ends this process itself
    with contextlib.suppress(OSError, AttributeError):
        os.setpgid(0, 0)
    last = 0.0

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _PROGRESS_EVERY:
            last = time.monotonic()
            connection.send((stage, done, total))

    def pages_first(done: Build) -> None:
        connection.send(done)
        with contextlib.suppress(OSError, AttributeError):
            os.nice(LOW)

    held: list[object] = []
    with contextlib.suppress(BrokenPipeError), connection:  # nobody listens any more: the watch has ended
        connection.send(_outcome(root, options, progress, pages_first, held))
    os._exit(0)  # nor does anybody wait until what is held is taken apart


def _outcome(
    root: Path,
    options: Options,
    progress: Callable[[str, int, int], None],
    pages_first: Callable[[Build], None],
    held: list[object],
) -> list[Any]:
    try:
        done = build(root, options, progress, pages_first=pages_first, held=held)
        return [done, done.problems]
    except Refusal as refusal:
        return [None, refusal.problems]
    except OSError as error:
        hint = "check the disk and the permissions; the next change is tried again"
        place = error.filename or root
        return [None, (Problem(os.fsdecode(place), f"cannot be used: {error.strerror or error}", hint),)]
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        hint = "the next change is tried again; if this comes back, please report it with the lines in the terminal"
        return [None, (Problem("pressmark", f"the build failed: {type(error).__name__}: {error}", hint),)]
