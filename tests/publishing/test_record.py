"""The record may be lost, damaged or of another time: then nothing is known, and everything is made anew."""

import sqlite3
from pathlib import Path

import pytest

from generator.problems import Refusal
from generator.publishing.memory import Memory
from generator.publishing.record import Published, Record, Seen

PAGE = Published("key", "a" * 64, 3, 5, "b")


def kept(folder: Path) -> Record:
    record = Record(folder)
    record.keep(Path("/site"), {"a.html": PAGE}, [])
    record.keep_files("content", {"content/a.md": Seen("1 2", b"value")}, [])
    record.remember("name", "value")
    return record


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    with kept(tmp_path):
        pass
    with Record(tmp_path) as record:
        assert record.pages(Path("/site")) == {"a.html": PAGE}
        assert record.pages(Path("/elsewhere")) == {}
        assert record.files("content") == {"content/a.md": Seen("1 2", b"value")}
        assert record.fact("name") == "value"
        record.keep(Path("/site"), {}, ["a.html"])
        assert record.pages(Path("/site")) == {}


@pytest.mark.parametrize("harm", [b"", b"no database at all" * 100])
def test_a_file_that_is_no_record_is_begun_anew(tmp_path: Path, harm: bytes) -> None:
    with kept(tmp_path):
        pass
    for leftover in tmp_path.glob("build.sqlite*"):
        leftover.write_bytes(harm)
    with Record(tmp_path) as record:
        assert record.pages(Path("/site")) == {}
        record.remember("name", "again")
        assert record.fact("name") == "again"


def test_a_record_of_another_form_is_begun_anew(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "build.sqlite") as connection:
        connection.execute("CREATE TABLE pages (of_another_kind TEXT)")
        connection.execute("PRAGMA user_version = 77")
    connection.close()
    with Record(tmp_path) as record:
        assert record.pages(Path("/site")) == {}


def test_damage_that_is_found_late_is_survived(tmp_path: Path) -> None:
    with kept(tmp_path) as record:
        record.keep(Path("/site"), {f"{number}.html": PAGE for number in range(5000)}, [])
    data = bytearray((tmp_path / "build.sqlite").read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    (tmp_path / "build.sqlite").write_bytes(data)
    with Record(tmp_path) as record:
        assert record.pages(Path("/site")) == {}
        record.keep(Path("/site"), {"a.html": PAGE}, [])
        assert record.pages(Path("/site")) == {"a.html": PAGE}


def test_one_entry_among_many_is_changed_and_another_forgotten(tmp_path: Path) -> None:
    many = {f"{number}/index.html": PAGE._replace(size=number) for number in range(2000)}
    with Record(tmp_path) as record:
        record.keep(Path("/site"), many, [])
        record.keep(Path("/site"), {"7/index.html": PAGE, "new/": PAGE}, ["8/index.html", "never/was"])
        expected = {**many, "7/index.html": PAGE, "new/": PAGE}
        del expected["8/index.html"]
        assert record.pages(Path("/site")) == expected


def test_a_damaged_chunk_is_not_believed(tmp_path: Path) -> None:
    with Record(tmp_path) as record:
        record.keep(Path("/site"), {"a/index.html": PAGE}, [])
    with sqlite3.connect(tmp_path / "build.sqlite") as connection:
        ((held,),) = connection.execute("SELECT held FROM chunks").fetchall()
        connection.execute("UPDATE chunks SET held = ?", (held.replace(b"a/index", b"b/index"),))
    connection.close()
    with Record(tmp_path) as record:
        assert record.pages(Path("/site")) == {}


def test_addresses_outlive_a_clean_build(tmp_path: Path) -> None:
    with kept(tmp_path) as record:
        record.remember_addresses(["2022/x/"])
        record.forget_all()
        assert record.addresses() == {"2022/x/"}
        assert record.pages(Path("/site")) == {}


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal, match="cannot be written"):
        Record(tmp_path / "file" / "state")


def test_markdown_is_recalled_for_what_it_was_made_from(tmp_path: Path) -> None:
    with Record(tmp_path):
        memory = Memory(tmp_path)
        memory.remember("content/a.md", b"key", b"<p>")
        assert memory.recall("content/a.md", b"key") == b"<p>"
        memory.write()
        other = Memory(tmp_path)
        assert other.recall("content/a.md", b"key") == b"<p>"
        assert other.recall("content/a.md", b"another key") is None
        memory.close()
        other.close()


def test_without_a_folder_nothing_is_remembered() -> None:
    memory = Memory(None)
    memory.remember("content/a.md", b"key", b"<p>")
    memory.write()
    assert memory.recall("content/a.md", b"key") is None
