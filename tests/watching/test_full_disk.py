"""A disk that is full does not end a watch: it says so, shows what it can, and goes on once there is room again."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="disks made of memory are Linux's")

_WATCHED = """
import contextlib
import sys
from pathlib import Path
from tests.conftest import Archive
from tests.watching.conftest import Watched, wait_for
from tests.watching.test_watch import ask

if __name__ == "__main__":  # the build's own process imports this file as well
    archive, disk = Archive(Path(sys.argv[1])), Path(sys.argv[2])
    filler = disk / "filler"
    started = Watched(archive.root, out=disk / "site", search=len(sys.argv) > 3).start().settle()
    page = disk / "site/2022/article-1/index.html"
    before = page.read_bytes()
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as stream:
        while stream.write(b"x" * 4096):
            pass
    # Much longer: a build may free some room of its own before it writes.
    archive.article("a1", "title: Article 1", "date: 2022-01-01", body="Longer than what stood there before. " * 10000)
    wait_for(lambda: started.told[-1].problems, "nothing is said of the full disk")
    print("said", *started.told[-1].problems)
    started.settle()
    assert started.thread.is_alive()
    assert page.read_bytes() == before, "the page is half written"
    assert b"Text 1." in ask(started.address, "/2022/article-1/")[2], "the last good page is not shown"
    filler.unlink()
    archive.article("a2", "title: Article 2", "date: 2022-02-01", body="Another change.")
    wait_for(lambda: b"Longer than" in page.read_bytes(), "it does not go on")
    started.settle()
    assert not started.told[-1].problems
    started.stop()
    clean = started.clean_build(disk / "clean")
    site = {file.relative_to(disk / "site").as_posix(): file.read_bytes()
            for file in (disk / "site").rglob("*") if file.is_file()}
    assert site == clean
    print("done")
"""


@pytest.mark.parametrize("words", [[], ["with the search"]])
def test_a_full_disk_is_said_and_the_watch_goes_on(small: Any, tmp_path: Path, words: list[str]) -> None:
    disk, state = tmp_path / "disk", small.root / ".pressmark"
    disk.mkdir()
    state.mkdir()
    program = tmp_path / "watched.py"
    program.write_text(_WATCHED)
    script = (
        f"set -e; mount -t tmpfs -o size=12m tmpfs {disk}; mkdir {disk}/state; mount --bind {disk}/state {state}; "
        f"exec {sys.executable} {program} {small.root} {disk} {' '.join(words and ['search'])}"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)
    if "unshare" in run.stderr or "mount:" in run.stderr:
        pytest.skip("this machine lets nobody mount a disk of memory")
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("said ")
    assert "disk" in run.stdout
    assert run.stdout.endswith("done\n")
