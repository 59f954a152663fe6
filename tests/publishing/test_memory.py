"""Rendered Markdown is remembered: by each process for itself, and seen by the others once it is written down."""

from pathlib import Path

import pytest

from generator.publishing.memory import Memory
from generator.publishing.record import Record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Record(tmp_path):
        return tmp_path


def test_what_another_process_wrote_down_is_seen_after_the_next_writing(folder: Path) -> None:
    one, other = Memory(folder), Memory(folder)
    assert one.recall("content/a.md", b"key") is None
    other.remember("content/a.md", b"key", b"<p>")
    other.write()
    one.write()
    assert one.recall("content/a.md", b"key") == b"<p>"
    assert one.recall("content/a.md", b"another key") is None


def test_it_forgets_nothing_it_has_made_itself_and_writes_it_once(folder: Path) -> None:
    memory = Memory(folder)
    memory.remember("content/a.md", b"key", b"<p>")
    assert memory.recall("content/a.md", b"key") == b"<p>"
    memory.write()
    assert memory.recall("content/a.md", b"key") == b"<p>"
    memory.close()
    assert Memory(folder).recall("content/a.md", b"key") == b"<p>"


def test_one_that_only_reads_is_in_nobodys_way(folder: Path) -> None:
    reader = Memory(folder)
    reader.recall("content/a.md", b"key")
    with Record(folder) as record:
        record.remember("program", "one")
        assert record.fact("program") == "one"


def test_without_a_folder_nothing_is_remembered_longer_than_it_is_made() -> None:
    memory = Memory(None)
    memory.remember("content/a.md", b"key", b"<p>")
    memory.write()
    assert memory.recall("content/a.md", b"key") is None


@pytest.mark.parametrize("place", [1, 4, -1])
def test_what_was_damaged_on_the_disk_is_not_recalled(folder: Path, place: int) -> None:
    import sqlite3

    memory = Memory(folder)
    memory.remember("content/a.md", b"key", b"<p>All of it.</p>")
    memory.write()
    memory.close()
    with sqlite3.connect(folder / "build.sqlite") as connection:
        ((held,),) = connection.execute("SELECT html FROM texts").fetchall()
        damaged = bytearray(held)
        damaged[place] ^= 1
        connection.execute("UPDATE texts SET html = ?", (bytes(damaged),))
    connection.close()
    assert Memory(folder).recall("content/a.md", b"key") is None
