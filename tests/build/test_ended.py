"""A build that is ended at any moment: the site serves, and the next build gives what a clean one gives."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import Options, build
from tests.build.conftest import SOAK, broken_files, built_clean, differences, tree_of

KILLS = 200 if SOAK else 5
FULL_DISKS = 50 if SOAK else 2

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked, and disks made of memory")


def edit_some(root: Path, dice: random.Random) -> None:
    """What a keeper may have done between two builds."""
    files = sorted((root / "content").glob("*.md"))
    for file in dice.sample(files, min(3, len(files))):
        text = file.read_text("utf-8")
        choice = dice.random()
        if choice < 0.5:
            file.write_text(text + f"\nMore words, {dice.randrange(1000)}.\n", "utf-8")
        elif choice < 0.7:
            file.write_text(text.replace('title: "', f'title: "New {dice.randrange(1000)} ', 1), "utf-8")
        elif choice < 0.85 and len(files) > 6:
            file.unlink()
        else:
            file.with_name(f"copy{dice.randrange(1000)}.md").write_text(
                text.replace("slug: ", f"slug: c{dice.randrange(1000)}", 1), "utf-8"
            )


def build_in_another_process(root: Path, jobs: int) -> multiprocessing.Process:
    process = multiprocessing.get_context("fork").Process(target=build, args=(root, Options(jobs=jobs)))
    process.start()
    return process


@pytest.mark.usefixtures("few_in_a_shard")
def test_killed_at_any_moment(small_archive: Callable[[int], Path], tmp_path: Path) -> None:
    root = small_archive(12)
    dice = random.Random(os.environ.get("PRESSMARK_SEED", "1"))
    build(root, Options(jobs=2))
    started = time.monotonic()
    edit_some(root, dice)
    build_in_another_process(root, 2).join()
    usual = time.monotonic() - started
    killed = 0
    for _ in range(KILLS):
        edit_some(root, dice)
        process = build_in_another_process(root, dice.choice([1, 2]))
        process.join(dice.uniform(0, usual))
        killed += process.is_alive()
        os.kill(process.pid or 0, signal.SIGKILL) if process.is_alive() else None
        process.join()
        assert broken_files(root / "site") == []
        if dice.random() < 0.4:
            build(root, Options(jobs=1))
            assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []
    build(root, Options(jobs=1))
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []
    assert killed >= KILLS // 4, "the kills came too late to say anything"


def test_the_processes_of_a_killed_build_end_with_it(small_archive: Callable[[int], Path]) -> None:
    root = small_archive(150)
    process = build_in_another_process(root, 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers: list[str] = []
    while process.is_alive() and not workers:
        workers = [pid for pid in children.read_text().split() if _is_ours(pid)]
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    deadline = time.monotonic() + 10
    while any(_is_ours(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert workers
    assert not any(_is_ours(pid) for pid in workers)
    assert broken_files(root / "site") == []


def _is_ours(pid: str) -> bool:
    try:
        return (
            "python" in Path(f"/proc/{pid}/comm").read_text()
            and "zombie" not in Path(f"/proc/{pid}/status").read_text()
        )
    except OSError:
        return False


_ON_A_SMALL_DISK = """
import sys
from pathlib import Path
from generator.build import Options, build
from generator.problems import Refusal
try:
    done = build(Path(sys.argv[1]), Options(jobs=1, out=Path(sys.argv[2])))
    print("problems" if done.problems else "done")
except Refusal as refusal:
    print("refused", *refusal.problems)
"""


def test_a_full_disk(small_archive: Callable[[int], Path], tmp_path: Path) -> None:
    """The site and the record are on a disk of their own, which is too small, more or less."""
    root = small_archive(12)
    disk = tmp_path / "disk"
    disk.mkdir()
    dice = random.Random(os.environ.get("PRESSMARK_SEED", "1"))
    script = tmp_path / "fill.sh"
    for turn in range(FULL_DISKS):
        edit_some(root, dice)
        size = dice.randint(200, 3000)
        script.write_text(
            f"set -e\nmount -t tmpfs -o size={size}k tmpfs {disk}\nmkdir {disk}/state\n"
            f"mkdir -p {root}/.pressmark && mount --bind {disk}/state {root}/.pressmark\n"
            f"{sys.executable} -c '{_ON_A_SMALL_DISK}' {root} {disk}/site\n"
            f"rm -rf {tmp_path}/after && cp -r {disk}/site {tmp_path}/after 2>/dev/null || true\n"
            f"mount -o remount,size=200m {disk}\n"
            f"{sys.executable} -c '{_ON_A_SMALL_DISK}' {root} {disk}/site\n"
            f"rm -rf {tmp_path}/mended && cp -r {disk}/site {tmp_path}/mended\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        command = ["unshare", "--user", "--map-root-user", "--mount", "sh", str(script)]
        run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if turn == 0 and "unshare" in run.stderr + run.stdout:
            pytest.skip("this machine lets nobody mount a disk of memory")
        assert run.returncode == 0, run.stdout + run.stderr
        first, second = run.stdout.splitlines()
        assert first == "done" or "disk" in first or first == "problems", first
        assert second == "done", second
        assert broken_files(tmp_path / "after") == []
        assert differences(tree_of(tmp_path / "mended"), built_clean(root, tmp_path / "clean")) == []


def test_a_second_build_waits_for_the_first(small_archive: Callable[[int], Path], tmp_path: Path) -> None:
    root = small_archive(20)
    processes = [build_in_another_process(root, 1) for _ in range(3)]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []
