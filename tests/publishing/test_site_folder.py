"""The published folder: whole files, unchanged ones left alone, and nothing that is not ours is touched."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Refusal
from generator.publishing.manifest import MANIFEST
from generator.publishing.site_folder import UNFINISHED, Planned, SiteFolder


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    made = SiteFolder(tmp_path / "site")
    made.claim()
    return made


def test_an_equal_file_keeps_its_time(folder: SiteFolder) -> None:
    first = folder.write("a/b.html", b"words")
    time.sleep(0.02)
    assert folder.write("a/b.html", b"words") == first
    assert folder.write("a/b.html", b"other").modified > first.modified


def test_a_file_is_as_published_until_somebody_touches_it(folder: SiteFolder) -> None:
    published = folder.write("a.html", b"words")
    assert folder.is_as_published("a.html", published)
    (folder.folder / "a.html").write_bytes(b"worse words")
    assert not folder.is_as_published("a.html", published)
    (folder.folder / "a.html").unlink()
    assert not folder.is_as_published("a.html", published)


def test_a_folder_becomes_a_file_and_a_file_a_folder(folder: SiteFolder) -> None:
    folder.write("a/b/c.html", b"deep")
    folder.write("a/b", b"a file now")
    assert (folder.folder / "a/b").read_bytes() == b"a file now"
    folder.write("a/b/c.html", b"deep again")
    assert (folder.folder / "a/b/c.html").read_bytes() == b"deep again"


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/../b", "a\\b", ""])
def test_no_path_leads_out_of_the_folder(folder: SiteFolder, path: str) -> None:
    with pytest.raises(Refusal):
        folder.write(path, b"")


def test_a_folder_with_other_things_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada")
    with pytest.raises(Refusal, match="did not write"):
        SiteFolder(tmp_path).claim()
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_pruning_leaves_what_is_planned_and_what_is_the_keepers(folder: SiteFolder) -> None:
    for path in ("kept/index.html", "gone/index.html", "gone/deep/x.html"):
        folder.write(path, b"x")
    (folder.folder / ".git").mkdir()
    (folder.folder / ".git/HEAD").write_text("ref")
    (folder.folder / f"index.html.9{UNFINISHED}").write_text("half")
    (folder.folder / "link").symlink_to(folder.folder.parent)
    pruned = folder.prune(Planned(["kept/index.html", MANIFEST]), ["", "kept"])
    assert pruned.gone == (f"index.html.9{UNFINISHED}", "link", "gone/deep/x.html", "gone/index.html") or set(pruned.gone) == {
        f"index.html.9{UNFINISHED}", "link", "gone/deep/x.html", "gone/index.html"
    }  # fmt: skip
    left = {str(file.relative_to(folder.folder)) for file in folder.folder.rglob("*")}
    assert left == {"kept", "kept/index.html", MANIFEST, ".git", ".git/HEAD"}


def test_only_the_folders_that_are_named_are_searched(folder: SiteFolder) -> None:
    folder.write("a/index.html", b"x")
    folder.write("b/index.html", b"x")
    for name in "ab":
        (folder.folder / name / "stranger.html").write_text("x")
    os.utime(folder.folder / "a", ns=(1, 1))
    planned = ["a/index.html", "b/index.html", MANIFEST]
    assert folder.prune(Planned(planned), ["b", "not/planned"]).gone == ("b/stranger.html",)
    assert (folder.folder / "a/stranger.html").exists()


def test_a_folder_that_nothing_is_planned_in_goes_with_the_one_above_it(folder: SiteFolder) -> None:
    folder.write("search/index.html", b"words")
    folder.write("search/index/entry.json", b"{}")
    pruned = folder.prune(Planned([MANIFEST, "search/index.html"]), ["", "search", "search/index"])
    assert pruned.gone == ("search/index/entry.json",)
    assert not (folder.folder / "search/index").exists()


NAMES = st.sets(st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map("/".join), max_size=6)


@given(NAMES, NAMES, NAMES)
def test_what_is_planned_after_an_exchange_is_what_is_planned_anew(
    files: set[str], gone: set[str], added: set[str]
) -> None:
    planned = Planned(files)
    planned.exchange(gone, added)
    anew = Planned(files - gone | added)
    assert (planned.files, planned.folders) == (anew.files, anew.folders)


def test_a_time_that_is_too_fresh_is_not_relied_on(folder: SiteFolder) -> None:
    folder.write("a/index.html", b"x")
    assert folder.prune(Planned(["a/index.html", MANIFEST]), ["", "a"]).folders == {}
    os.utime(folder.folder / "a", ns=(1, 1))
    assert folder.prune(Planned(["a/index.html", MANIFEST]), ["", "a"]).folders == {"a": 1}


def test_the_manifest_is_what_sha256sum_reads(folder: SiteFolder) -> None:
    published = {path: folder.write(path, path.encode()) for path in ("b.html", "a/x.html")}
    folder.write_manifest({path: item.sha256 for path, item in published.items()})
    lines = (folder.folder / MANIFEST).read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == ["a/x.html", "b.html"]
