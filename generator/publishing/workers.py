"""Work is spread over processes, through the interface of `concurrent.futures`; results come in the order of the tasks.

With one job, or one task, everything happens here, and the bytes are the same. On Linux the processes are forked, so
that they have all tasks before them and nothing is sent but numbers; elsewhere, and to an executor that is handed in
(such as that of a Dask cluster), each task is sent as a value.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from generator.problems import Problem, Refusal
from generator.publishing.processors import processors

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 3
"""Tasks under way for each process: enough that none waits, few enough that results do not pile up."""

LOW = 10
"""How much lower than usual the priority of work in the background is (see nice(2))."""

_given: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


class Workers:
    """The processes of one build: at most `jobs` (0: one a core), or those of an executor that somebody else owns."""

    def __init__(self, jobs: int = 0, executor: Executor | None = None) -> None:
        self.jobs = processors(jobs)
        self._executor = executor

    @property
    def are_elsewhere(self) -> bool:
        """Whether work may be done on machines that share no more than files with this one."""
        return self._executor is not None

    def run(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """The results of a function of the top level, task by task; raises Refusal when a process was ended."""
        try:
            if self._executor is not None:
                yield from _streamed(lambda task: self._executor.submit(function, task), tasks, _AHEAD * 16)  # type: ignore[union-attr]
            elif self.jobs == 1 or len(tasks) < 2:
                yield from map(function, tasks)
            else:
                yield from self._spread(function, tasks)
        except BrokenProcessPool:
            raise _ended() from None

    def begin(self, function: Callable[[Task], Result], task: Task) -> "Begun[Result] | None":
        """Has a process of its own do one task while this one goes on.

        None where no process can be forked: nothing is gained by one that has to be told everything.
        """
        global _given  # noqa: PLW0603 - as in `_spread`
        if self._executor is not None or not _may_fork():
            return None
        pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork"), initializer=_begin)
        _given = (function, [task])
        try:
            return Begun(pool, pool.submit(_numbered, 0))
        finally:
            _given = None

    def run_both(self, function: Callable[[Task], Result], here: Task, aside: Task) -> Iterator[Result]:
        """The results of two tasks, of which one is done by a process of its own meanwhile, if there can be one."""
        begun = self.begin(function, aside) if self.jobs > 1 else None
        try:
            yield function(here)
            yield begun.result() if begun is not None else function(aside)
        finally:
            if begun is not None:
                begun.end()

    def _spread(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        global _given  # noqa: PLW0603 - forked processes inherit it; it is cleared when they have
        forks = _may_fork()
        context = multiprocessing.get_context("fork" if forks else "spawn")
        size = min(self.jobs, len(tasks))
        if forks:
            _given = (function, tasks)
            gc.collect()
            gc.freeze()  # what is never looked at by the collector stays shared between the processes
        try:
            with ProcessPoolExecutor(size, mp_context=context, initializer=_begin) as pool:
                if forks:
                    yield from _streamed(
                        lambda number: pool.submit(_numbered, number), range(len(tasks)), _AHEAD * size
                    )
                else:
                    yield from _streamed(lambda task: pool.submit(function, task), tasks, _AHEAD * size)
        finally:
            _given = None
            if forks:
                gc.unfreeze()


class Begun(Generic[Result]):
    """A task that another process does meanwhile."""

    def __init__(self, pool: ProcessPoolExecutor, future: "Future[Result]") -> None:
        self._pool, self._future = pool, future

    def result(self) -> Result:
        """What came of it, once it is done; raises Refusal when the process was ended."""
        try:
            return self._future.result()
        except BrokenProcessPool:
            raise _ended() from None

    def end(self) -> None:
        """Waits until the process is gone."""
        self._pool.shutdown()


def shared_out(items: Sequence[Task], workers: Workers, least: int, most: int) -> list[Sequence[Task]]:
    """Items in parts for `run`: one part where there are fewer than `least`, else parts of at most `most`."""
    if len(items) <= least and not workers.are_elsewhere:
        return [items] if items else []
    size = max(1, min(most, -(-len(items) // (workers.jobs * 4))))
    return [items[start : start + size] for start in range(0, len(items), size)]


def _streamed(submit: Callable[[Any], "Future[Result]"], tasks: Sequence[Any], ahead: int) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            waiting.append(submit(task))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _numbered(number: int) -> Any:
    assert _given is not None
    function, tasks = _given
    return function(tasks[number])


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _ended() -> Refusal:
    hint = "build again; if memory is short, with --jobs 1"
    return Refusal(Problem("pressmark", "a process that worked on the build was ended", hint))


def _begin() -> None:
    """A process that works leaves Ctrl-C to the one that asks, and ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
