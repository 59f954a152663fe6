"""A look at a published site finds what is not as the record says, in another process or in this one."""

import multiprocessing
import os
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from generator.publishing.looking import Look, Looking, Ties
from generator.publishing.record import Published, Record
from generator.publishing.site_folder import SiteFolder, folders_of

FILES = ("index.html", "a/index.html", "a/cite.bib", "b/index.html")
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of four files, of which two are a sheaf and one is another, with its record beside it."""
    out = tmp_path / "site"
    folder = SiteFolder(out)
    published = {path: folder.write(path, path.encode())._replace(key="k") for path in FILES}
    times = {}
    for number, inner in enumerate(sorted(folders_of(FILES)), 1):
        os.utime(out / inner, ns=(number, number))
        times[inner] = number
    sheaves = {"a/": ("1", FILES[1:3]), "b/": ("1", FILES[3:])}
    with Record(tmp_path / "state") as record:
        record.keep(out, published, [], sheaves)
        record.keep_folders(out, times, [])
    return out


def looked(out: Path, *, aside: bool, is_killed: bool = False) -> tuple[Look, Ties, bool]:
    """What a look finds, and whether it was begun in a second process, which may be killed at once."""
    state = out.parent / "state"
    with Looking(state, out, aside=aside) as looking, Record(state) as record:
        began = looking.process > 0
        if began and is_killed:
            os.kill(looking.process, signal.SIGKILL)
        found = looking.found(record)
        return found, looking.ties(record, found.changed), began


def looked_alone(out: Path, *, is_killed: bool = False) -> tuple[Look, Ties, bool]:
    """The same aside, from a process that has no threads, whatever other tests have left running in this one."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        return pool.submit(looked, out, aside=True, is_killed=is_killed).result()


def harmed(folder: Path, change: str) -> None:
    """Changes something in a folder, or nothing."""
    file = folder / "index.html"
    if change == "a file":
        file.write_text("other")
        return
    if change == "a stranger":
        (folder / "strange.html").write_text("")
    if change == "a loss":
        file.unlink()


@pytest.mark.parametrize("aside", [False, pytest.param(True, marks=FORKS)])
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("nothing", (set(), set(), set())),
        ("a file", ({"b/index.html"}, set(), {"b/"})),
        ("a stranger", (set(), {"b"}, set())),
        ("a loss", ({"b/index.html"}, {"b"}, {"b/"})),
    ],
)
def test_what_is_not_as_it_was_is_found(
    site: Path, change: str, expected: tuple[set[str], set[str], set[str]], *, aside: bool
) -> None:
    harmed(site / "b", change)
    found, ties, began = looked_alone(site) if aside else looked(site, aside=False)
    assert found == (*expected[:2], len(FILES))
    assert ties == (expected[2], {"index.html"})
    assert began == aside


def sighted(out: Path, files: dict[str, str], *, is_killed: bool, asks: bool) -> tuple[list[object], Look, bool]:
    """What is seen first, asked twice, and then of the site; and whether this process had to see for itself."""
    here = os.getpid()
    seen_here = []

    def first() -> tuple[dict[str, str], ...]:
        seen_here.append(os.getpid() == here)
        if is_killed and os.getpid() != here:
            time.sleep(60)  # it is killed before it has said a word
        return files, {}

    with Looking(out.parent / "state", out, first, aside=True) as looking, Record(out.parent / "state") as record:
        if is_killed:
            os.kill(looking.process, signal.SIGKILL)
        seen: list[object] = [looking.first(), looking.first()] if asks else []
        return seen, looking.found(record), len(seen_here) > 1


@FORKS
@pytest.mark.parametrize("is_killed", [False, True])
@pytest.mark.parametrize("asks", [False, True])
def test_what_the_archive_is_made_from_is_seen_first(site: Path, *, is_killed: bool, asks: bool) -> None:
    """More than a pipe holds; and whoever asks once more is told what is there now."""
    files = {f"content/{number}.md": "x" * 50 for number in range(5000)}
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        seen, found, saw_twice = pool.submit(sighted, site, files, is_killed=is_killed, asks=asks).result()
    assert seen == ([(files, {})] * 2 if asks else [])
    assert found == (set(), set(), len(FILES))
    assert saw_twice == (is_killed and asks)


def looked_in_pauses(out: Path) -> Look:
    """What a look finds whose process is stopped and goes on while it waits for somebody who reads, as Ctrl-Z does it."""
    with Looking(out.parent / "state", out, aside=True) as looking, Record(out.parent / "state") as record:
        time.sleep(0.5)
        for signal_sent in (signal.SIGSTOP, signal.SIGCONT):
            os.kill(looking.process, signal_sent)
            time.sleep(0.1)
        return looking.found(record)


@FORKS
def test_a_look_that_is_longer_than_a_pipe_arrives_whole(site: Path) -> None:
    lost = {f"{number:05d}/index.html": Published("k", "", 1, 1) for number in range(5000)}
    with Record(site.parent / "state") as record:
        record.keep(site, lost, [])
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        found = pool.submit(looked_in_pauses, site).result()
    assert found.changed == lost.keys()


def sighted_without_memory(out: Path) -> tuple[list[object], bool]:
    """The same where Python was built for a system that knows no files in memory."""
    if hasattr(os, "memfd_create"):
        del os.memfd_create
    seen, _, saw_twice = sighted(out, {"content/a.md": "1"}, is_killed=False, asks=True)
    return seen, saw_twice


@FORKS
def test_where_there_are_no_files_in_memory_one_on_disk_does(site: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        seen, _ = pool.submit(sighted_without_memory, site).result()
    assert seen == [({"content/a.md": "1"}, {})] * 2


@FORKS
def test_a_process_that_dies_is_replaced(site: Path) -> None:
    (site / "b/index.html").write_text("other")
    found, _, began = looked_alone(site, is_killed=True)
    assert found.changed == {"b/index.html"}
    assert began


@FORKS
@pytest.mark.parametrize("harm", ["lost", "another format", "no database", "a damaged chunk"])
def test_a_record_that_cannot_be_relied_on_is_asked_again_and_knows_nothing(site: Path, harm: str) -> None:
    import sqlite3

    file = site.parent / "state" / "build.sqlite"
    if harm == "lost":
        file.unlink()
    elif harm == "no database":
        file.write_bytes(b"no database" * 500)
    else:
        with sqlite3.connect(file) as connection:
            if harm == "another format":
                connection.execute("PRAGMA user_version = 2")
            else:
                ((held,),) = connection.execute("SELECT held FROM chunks WHERE kind LIKE 'pages%' LIMIT 1").fetchall()
                connection.execute("UPDATE chunks SET held = ? WHERE held = ?", (held[:-1] + b"~", held))
        connection.close()
    found, ties, _ = looked_alone(site)
    assert (found, ties) == ((set(), {""}, 0), (set(), set()))


def left_behind(out: Path) -> int:
    """Begins a look and asks nobody what it found; gives the process it was begun in."""
    with Looking(out.parent / "state", out, aside=True) as looking:
        return looking.process


@FORKS
def test_nobody_is_left_where_nobody_asks(site: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        process = pool.submit(left_behind, site).result()
    assert process > 0
    assert not Path(f"/proc/{process}").exists()


def test_published_files_are_what_the_look_is_about(site: Path) -> None:
    with Record(site.parent / "state") as record:
        assert record.pages_of(site, ["a/cite.bib", "never/was"]) == {"a/cite.bib": record.pages(site)["a/cite.bib"]}
        assert isinstance(record.pages_of(site, FILES)["index.html"], Published)
