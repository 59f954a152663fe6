"""A change of content is told from a mere event."""

import os
import shutil
from pathlib import Path

import pytest

from generator.watching.snapshot import Snapshot


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in (
        "content/a.md",
        "content/2022/b.md",
        "seeds/a.txt",
        "templates/base.html",
        "pressmark.toml",
        "site/index.html",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    return tmp_path


@pytest.fixture
def snapshot(root: Path) -> Snapshot:
    taken = Snapshot(root)
    taken.take()
    return taken


def test_what_was_written_anew_with_the_same_text_is_no_change(root: Path, snapshot: Snapshot) -> None:
    (root / "content/a.md").write_text("content/a.md")
    os.utime(root / "content/a.md", (1, 1))
    assert not snapshot.differences(["content/a.md"])


def test_a_changed_file_differs_until_it_is_remembered(root: Path, snapshot: Snapshot) -> None:
    (root / "content/a.md").write_text("another")
    found = snapshot.differences(["content/a.md"])
    assert list(found) == ["content/a.md"]
    snapshot.remember(found)
    assert not snapshot.differences(["content/a.md"])


def test_a_folder_that_goes_takes_its_files_along(root: Path, snapshot: Snapshot) -> None:
    shutil.rmtree(root / "content")
    assert snapshot.differences(["content"]) == {"content/a.md": None, "content/2022/b.md": None}


def test_a_folder_that_comes_brings_its_files(root: Path, snapshot: Snapshot) -> None:
    (root / "content/new").mkdir()
    (root / "content/new/c.md").write_text("c")
    (root / "content/new/.hidden.md").write_text("h")
    assert list(snapshot.differences(["content/new"])) == ["content/new/c.md"]


def test_what_came_and_went_is_no_change(snapshot: Snapshot) -> None:
    assert not snapshot.differences(["content/sedX1", "content/never"])


def test_our_own_writing_is_expected(root: Path, snapshot: Snapshot) -> None:
    snapshot.expect("content/a.md", "converted")
    (root / "content/a.md").write_text("converted")
    assert not snapshot.differences(["content/a.md"])


def test_everything_finds_what_no_event_told_of(root: Path, snapshot: Snapshot) -> None:
    (root / "seeds/a.txt").unlink()
    (root / "templates/base.html").write_text("changed")
    (root / "site/index.html").write_text("our own")
    assert sorted(snapshot.everything()) == ["seeds/a.txt", "templates/base.html"]
