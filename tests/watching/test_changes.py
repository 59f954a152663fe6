"""Real operations on real files, seen by the real watchdog; each is one settled change, or none."""

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.watching.changes import Changes
from generator.watching.settling import LONGEST
from generator.watching.snapshot import Snapshot


class Ear:
    """Listens to an archive and keeps what has really changed, one set a settled change."""

    def __init__(self, root: Path, poll: bool) -> None:
        self.root, self.heard = root, list[set[str]]()
        self.events = 0
        self.snapshot = Snapshot(root, "site")
        self.snapshot.take()
        self.changes = Changes(root, poll=poll, output="site")
        self.changes.__enter__()
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        for paths in self.changes:
            self.events += 1
            found = self.snapshot.differences(paths)
            self.snapshot.remember(found)
            if found:
                self.heard.append(set(found))

    def hear(self, operation: Callable[[], object], pause: float = 1.2) -> list[set[str]]:
        """What is heard of an operation."""
        self.heard.clear()
        operation()
        time.sleep(pause)
        return list(self.heard)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("content/2022", "seeds", "site", ".pressmark"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pressmark.toml").write_text("")
    (tmp_path / "content/2022/a.md").write_text("one")
    return tmp_path


@pytest.fixture
def ear(root: Path) -> Iterator[Ear]:
    listening = Ear(root, poll=False)
    yield listening
    listening.changes.__exit__()
    listening.thread.join(5)


A = "content/2022/a.md"


def vim(file: Path, text: str) -> None:
    (file.parent / "4913").write_text("")
    (file.parent / "4913").unlink()
    (file.parent / f".{file.name}.swp").write_text("swap")
    file.rename(file.with_name(file.name + "~"))
    file.write_text(text)
    file.with_name(file.name + "~").unlink()
    (file.parent / f".{file.name}.swp").unlink()


def jetbrains(file: Path, text: str) -> None:
    fresh, old = file.with_name(file.name + "___jb_tmp___"), file.with_name(file.name + "___jb_old___")
    fresh.write_text(text)
    file.rename(old)
    fresh.rename(file)
    old.unlink()


def atomic(file: Path, text: str) -> None:
    fresh = file.with_name("save-AbC123")
    fresh.write_text(text)
    fresh.replace(file)


def slow(file: Path, text: str) -> None:
    with file.open("w") as stream:
        stream.write("half of it")
        stream.flush()
        time.sleep(0.4)
        stream.write(text)


@pytest.mark.parametrize("save", [Path.write_text, vim, jetbrains, atomic, slow])
def test_each_way_of_saving_is_one_change_of_one_file(
    ear: Ear, root: Path, save: Callable[[Path, str], object]
) -> None:
    assert ear.hear(lambda: save(root / A, "two")) == [{A}]
    assert (root / A).read_text().endswith("two")


def test_reading_and_saving_the_same_text_is_no_change(ear: Ear, root: Path) -> None:
    assert ear.hear(lambda: [(root / A).read_text() for _ in range(50)]) == []
    assert ear.events == 0
    assert ear.hear(lambda: (root / A).write_text("one")) == []


def test_our_own_output_is_not_even_heard(ear: Ear, root: Path) -> None:
    def build() -> None:
        for number in range(50):
            (root / "site" / f"{number}.html").write_text("page")
            (root / ".pressmark" / f"{number}").write_text("state")

    assert ear.hear(build) == []
    assert ear.events == 0


def test_a_checkout_of_two_hundred_files_is_one_change(root: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", root, *words],
            check=True,
            capture_output=True,
        )

    for text in ("first", "second"):
        for number in range(200):
            (root / f"content/2022/{number}.md").write_text(f"{text} {number}")
        git("init", "-q", "-b", "first") if text == "first" else git("checkout", "-q", "-b", "second")
        git("add", "content")
        git("commit", "-qm", text)
    ear = Ear(root, poll=False)
    heard = ear.hear(lambda: git("checkout", "-q", "first"))
    assert len(heard) == 1
    assert len(heard[0]) == 200
    ear.changes.__exit__()


def test_folders_moved_out_and_in(ear: Ear, root: Path, tmp_path: Path) -> None:
    (root / "elsewhere").mkdir()
    away = root / "elsewhere" / "2022"
    assert ear.hear(lambda: (root / "content/2022").rename(away), 1.6) == [{A}]
    assert ear.hear(lambda: away.rename(root / "content/2023")) == [{"content/2023/a.md"}]
    assert ear.hear(lambda: (root / "content/2023/a.md").write_text("in the moved folder")) == [{"content/2023/a.md"}]


def test_content_and_settings_may_go_and_come_back(ear: Ear, root: Path) -> None:
    assert ear.hear(lambda: shutil.rmtree(root / "content")) == [{A}]
    assert ear.hear((root / "pressmark.toml").unlink) == [{"pressmark.toml"}]
    (root / "content/2022").mkdir(parents=True)
    time.sleep(0.4)
    assert ear.hear(lambda: (root / A).write_text("back")) == [{A}]
    assert ear.hear(lambda: (root / A).write_text("and still heard")) == [{A}]
    (root / "templates").mkdir()
    time.sleep(0.4)
    assert ear.hear(lambda: (root / "templates/base.html").write_text("new")) == [{"templates/base.html"}]


@pytest.mark.parametrize("name", ["content", "seeds", "content/2022"])
def test_a_folder_that_is_removed_and_made_anew_at_once_is_heard(ear: Ear, root: Path, name: str) -> None:
    """As `git checkout` does it; a disk gives the new folder the number of the old one."""
    for wait in (0.0, 0.01):
        shutil.rmtree(root / name)
        time.sleep(wait)
        (root / name).mkdir()
        (root / name / "there.md").write_text("at once")
        assert ear.hear(lambda: None, 0.4)[-1] >= {f"{name}/there.md"}
        assert ear.hear((root / name / "there.md").unlink, 0.5) == [{f"{name}/there.md"}]
        assert ear.hear(lambda: (root / name / "later.md").write_text("later"), 0.3) == [{f"{name}/later.md"}]


def test_a_folder_that_was_not_heard_is_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fewer folders are heard than there are, all are watched anew, and what was missed is found."""
    from generator.watching import changes

    ear = Ear(root, poll=False)
    counts = iter([1])
    heard = changes.heard_folders
    monkeypatch.setattr(changes, "heard_folders", lambda: next(counts, None) or heard())
    (root / "content/2023").mkdir()
    time.sleep(0.4)
    assert ear.changes.notice == ""
    assert ear.hear(lambda: (root / "content/2023/b.md").write_text("two"), 0.4) == [{"content/2023/b.md"}]
    assert ear.hear(lambda: (root / A).write_text("two"), 0.4) == [{A}]
    ear.changes.__exit__()


def test_what_never_ends_is_taken_as_it_is(ear: Ear, root: Path) -> None:
    def write_for_long() -> None:
        end = time.monotonic() + LONGEST + 1.0
        with (root / A).open("w") as stream:
            while time.monotonic() < end:
                stream.write("more\n")
                stream.flush()
                time.sleep(0.02)

    assert ear.hear(write_for_long)[0] == {A}


def test_polling_finds_the_same(root: Path) -> None:
    ear = Ear(root, poll=True)
    time.sleep(0.2)
    assert ear.hear(lambda: vim(root / A, "two"), 2.6) == [{A}]
    (root / "content/new.md").write_text("new")
    assert ear.hear(lambda: None, 2.6) == [{"content/new.md"}]
    ear.changes.__exit__()
