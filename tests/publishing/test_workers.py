"""Work in several processes: results in the order of the tasks, failures told, and nobody left behind."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from generator.problems import Problem, Refusal
from generator.publishing.workers import Workers, shared_out

DRAWN_WITH = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def refused(number: int) -> int:
    raise Refusal(Problem("x.md", f"number {number}", "mend it"))


def ended(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    found = list(Workers(jobs).run(squared, range(100)))
    assert [value for value, _ in found] == [number * number for number in range(100)]
    assert ({pid for _, pid in found} == {os.getpid()}) == (jobs == 1)


def test_one_task_is_done_here() -> None:
    assert list(Workers(4).run(squared, [3])) == [(9, os.getpid())]


@DRAWN_WITH
def test_where_there_are_threads_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert [value for value, _ in Workers(2).run(squared, range(4))] == [0, 1, 4, 9]
    finally:
        done.set()
        thread.join()


@DRAWN_WITH
def test_an_executor_of_somebody_else_is_used() -> None:
    with ProcessPoolExecutor(1) as executor:
        found = list(Workers(1, executor).run(squared, [2, 3]))
    assert [value for value, _ in found] == [4, 9]
    assert os.getpid() not in {pid for _, pid in found}


def test_a_refusal_comes_back_with_its_problem() -> None:
    with pytest.raises(Refusal) as caught:
        list(Workers(2).run(refused, [7, 8]))
    assert caught.value.problems == (Problem("x.md", "number 7", "mend it"),)


def test_a_process_that_is_ended_is_said() -> None:
    with pytest.raises(Refusal, match="was ended"):
        list(Workers(2).run(ended, [1, 2]))


def test_small_work_is_one_part() -> None:
    assert shared_out(range(10), Workers(4), 10, 5) == [range(10)]
    assert [len(part) for part in shared_out(range(100), Workers(2), 10, 50)] == [13] * 7 + [9]
    assert shared_out((), Workers(2), 10, 5) == []


def said_by(program: str) -> str:
    """What a program says that has no threads of other tests."""
    preamble = (
        "import os, signal\nfrom generator.problems import Refusal\nfrom generator.publishing.workers import Workers\n"
    )
    return subprocess.run([sys.executable, "-c", preamble + program], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")
def test_a_task_is_done_meanwhile_by_another_process() -> None:
    program = """
here = os.getpid()
begun = Workers(1).begin(lambda number: (number * number, os.getpid() != here), 21)
print(begun.result())
begun.end()
"""
    assert said_by(program) == "(441, True)\n"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")
def test_a_process_that_was_ended_meanwhile_is_said() -> None:
    program = """
begun = Workers(1).begin(lambda _: os.kill(os.getpid(), signal.SIGKILL), None)
try:
    begun.result()
except Refusal as refusal:
    print(refusal.problems[0].message)
begun.end()
"""
    assert said_by(program) == "a process that worked on the build was ended\n"


def test_nothing_is_begun_where_work_is_done_elsewhere() -> None:
    with ThreadPoolExecutor(1) as executor:
        assert Workers(1, executor).begin(squared, 1) is None
