"""A look at a published site finds what is not as the record says, in another process or in this one."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from generator.publishing.looking import Look, Looking
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


def looked(out: Path, *, aside: bool) -> tuple[Look, int]:
    """What a look finds, and the process it was taken in."""
    state = out.parent / "state"
    with Looking(state, out, aside=aside) as looking, Record(state) as record:
        process = looking.process
        return looking.found(record), process


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
    found, process = looked(site, aside=aside)
    assert found == (*expected, {"index.html"})
    assert bool(process) == aside


@FORKS
def test_a_process_that_dies_is_replaced(site: Path) -> None:
    state = site.parent / "state"
    (site / "b/index.html").write_text("other")
    with Looking(state, site, aside=True) as looking, Record(state) as record:
        os.kill(looking.process, signal.SIGKILL)
        assert looking.found(record).changed == {"b/index.html"}


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
    assert looked(site, aside=True)[0] == (set(), {""}, set(), set())


@FORKS
def test_nobody_is_left_where_nobody_asks(site: Path) -> None:
    with Looking(site.parent / "state", site, aside=True) as looking:
        process = looking.process
    deadline = time.monotonic() + 5
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{process}").exists()


def test_published_files_are_what_the_look_is_about(site: Path) -> None:
    with Record(site.parent / "state") as record:
        assert record.pages_of(site, ["a/cite.bib", "never/was"]) == {"a/cite.bib": record.pages(site)["a/cite.bib"]}
        assert isinstance(record.pages_of(site, FILES)["index.html"], Published)
