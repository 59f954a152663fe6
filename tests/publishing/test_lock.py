"""One build at a time: the second waits, or says who holds the lock; a lock that nobody holds is free."""

import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from generator.build import waiting_for_others
from generator.problems import Refusal
from generator.publishing.lock import is_held, only_build


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
    assert is_held(tmp_path)
    free.set()
    told: list[str] = []
    with only_build(tmp_path, patience=20, waits=told.append):
        pass
    process.join()
    assert told in ([], [f"process {process.pid}"])
    assert not is_held(tmp_path)


def test_a_second_build_says_at_once_for_whom_it_waits(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, free = context.Event(), context.Event()
    process = context.Process(target=hold, args=(tmp_path / ".pressmark", held, free))
    process.start()
    assert held.wait(30)
    told: list[str] = []
    with only_build(tmp_path / ".pressmark" / "watch"):
        (tmp_path / ".pressmark" / "watch" / "address").write_text("http://127.0.0.1:8000/\nsite\n")

        def note(text: str) -> None:
            told.append(text)
            free.set()

        with waiting_for_others(tmp_path, note):
            pass
    process.join()
    assert told == [
        f"process {process.pid} is building this archive (it is watched at http://127.0.0.1:8000/): "
        "waiting until it has ended"
    ]


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
