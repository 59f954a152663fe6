"""Pagefind works in memory where there is room, in a folder that nobody else can have put there."""

from pathlib import Path

import pytest

from generator.search import workplace as module
from generator.search.workplace import staged, workplace


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_MEMORY", tmp_path / "memory")
    monkeypatch.setattr(module, "_ROOM", 1)
    (tmp_path / "memory").mkdir()
    return tmp_path / "memory"


def test_each_archive_has_its_own_folder_in_memory(memory: Path, tmp_path: Path) -> None:
    folder = workplace(tmp_path / "one")
    assert folder.parent == memory
    assert folder.stat().st_mode & 0o777 == 0o700
    assert workplace(tmp_path / "one") == folder
    assert workplace(tmp_path / "two") != folder


def test_what_somebody_else_may_have_put_there_is_not_touched(memory: Path, tmp_path: Path) -> None:
    folder = workplace(tmp_path / "own")
    folder.chmod(0o777)
    assert workplace(tmp_path / "own") == tmp_path / "own"
    folder.rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    assert workplace(tmp_path / "own") == tmp_path / "own"
    folder.unlink()
    folder.write_text("a file")
    assert workplace(tmp_path / "own") == tmp_path / "own"


def test_without_room_in_memory_the_archive_s_own_folder_is_taken(
    memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ROOM", 1 << 62)
    assert workplace(tmp_path / "own") == tmp_path / "own"
    monkeypatch.setattr(module, "_MEMORY", tmp_path / "nowhere")
    assert workplace(tmp_path / "own") == tmp_path / "own"
    assert list(memory.iterdir()) == []


def test_pages_are_staged_into_a_fresh_folder(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "left-over.html").write_text("old")
    staged(tmp_path / "pages", {"2020/b/index.html": "ü", "2020/a/index.html": "a"})
    assert sorted(file.relative_to(tmp_path / "pages").as_posix() for file in (tmp_path / "pages").rglob("*.html")) == [
        "2020/a/index.html",
        "2020/b/index.html",
    ]
    assert (tmp_path / "pages" / "2020/b/index.html").read_bytes() == "ü".encode()
