"""One build at a time: the second waits, or says who holds the lock; a lock that nobody holds is free."""

import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from generator.problems import Refusal
from generator.publishing.lock import only_build


def hold(folder: Path, held: Event, free: Event) -> None:
    with only_build(folder):
        held.set()
        free.wait(30)


def test_a_second_build_says_who_is_building(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, free = context.Event(), context.Event()
    process = context.Process(target=hold, args=(tmp_path, held, free))
    process.start()
    assert held.wait(30)
    with pytest.raises(Refusal, match=str(process.pid)), only_build(tmp_path, patience=0.1):
        pass
    free.set()
    with only_build(tmp_path, patience=20):
        pass
    process.join()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_lock_of_a_killed_build_is_free(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, free = context.Event(), context.Event()
    process = context.Process(target=hold, args=(tmp_path, held, free))
    process.start()
    assert held.wait(30)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    start = time.monotonic()
    with only_build(tmp_path, patience=5):
        assert time.monotonic() - start < 5
