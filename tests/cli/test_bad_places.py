"""Folders and programs that are not as they should be: one message with place and remedy, and no half-written site."""

import os
from pathlib import Path

import pytest

from generator.build import Options, build
from generator.problems import Refusal

DELETED = "something that is not ours"


@pytest.mark.parametrize("wish", ["/nonexistent", "no-such-program-anywhere"])
def test_a_missing_pagefind_is_named_and_the_site_is_built_without_search(wish: str, run, archive) -> None:
    archive.settings(archive='name = "A"', search=f'pagefind = "{wish}"').article("a")
    answer = run("build", "--root", archive.root)
    assert answer.status == 1
    assert answer.messages == (
        f'pressmark.toml: pagefind: there is no program "{wish}"; write the path of a pagefind program, or remove the setting to use the packaged one\n'
    )
    assert "Some words" in archive.page("undated/a/index.html")
    assert run("verify", "--root", archive.root).status == 0
    assert run("build", "--root", archive.root, "--no-search").status == 0


def test_a_pagefind_that_fails_leaves_the_last_index_in_place(run, archive) -> None:
    archive.article("a").build(search=True)
    index = {path: data for path, data in archive.published().items() if path.startswith("search/index/")}
    assert index
    program = archive.root / "broken"
    program.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    program.chmod(0o755)
    archive.settings(archive='name = "A"', search=f'pagefind = "{program}"').article("b")
    answer = run("build", "--root", archive.root)
    assert answer.status == 1
    assert "pagefind" in answer.messages
    assert len(answer.messages.splitlines()) == 1
    assert {path for path in archive.published() if path.startswith("search/index/")} == set(index)
    assert run("verify", "--root", archive.root).status == 0


def test_a_folder_that_holds_something_else_is_not_taken_over(run, archive, tmp_path: Path) -> None:
    archive.article("a")
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text(DELETED)
    answer = run("build", "--root", archive.root, "--out", out, "--no-search")
    assert answer.status == 2
    assert (
        answer.messages
        == f"{out}: holds files that Pressmark did not write; choose an empty folder with --out, or empty this one yourself\n"
    )
    assert [file.name for file in out.iterdir()] == ["thesis.txt"]
    assert (out / "thesis.txt").read_text() == DELETED


@pytest.mark.parametrize("inner", [".", "seeds", "content", "templates"])
def test_the_archive_itself_is_never_a_site(inner: str, run, copy_of_fixture) -> None:
    (copy_of_fixture.root / "templates").mkdir()
    before = {file: file.read_bytes() for file in copy_of_fixture.root.rglob("*") if file.is_file()}
    answer = run("build", "--root", copy_of_fixture.root, "--out", copy_of_fixture.root / inner, "--no-search")
    assert answer.status == 2
    assert all(file.read_bytes() == data for file, data in before.items())
    assert not (copy_of_fixture.root / inner / "index.html").exists()


@pytest.mark.parametrize("inner", [".", "seeds", "content/below", "templates"])
def test_a_program_that_builds_is_refused_the_archive_itself_as_well(inner: str, copy_of_fixture) -> None:
    root = copy_of_fixture.root
    with pytest.raises(Refusal, match="holds the archive itself"):
        build(root, Options(out=root / inner, search=False))
    assert not (root / inner / "index.html").exists()


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_a_file_in_the_way_of_the_site_is_named(out: str, run, archive, tmp_path: Path) -> None:
    archive.article("a")
    (tmp_path / "file").write_text(DELETED)
    answer = run("build", "--root", archive.root, "--out", tmp_path / out, "--no-search")
    assert answer.status == 2
    assert (
        answer.messages
        == f"{tmp_path / out}: has a file where a folder must be; move that file, or choose another folder with --out\n"
    )
    assert (tmp_path / "file").read_text() == DELETED


def test_a_file_in_the_way_of_the_state_is_named(run, archive) -> None:
    archive.article("a").write(".pressmark", DELETED)
    answer = run("build", "--root", archive.root, "--no-search", "--json")
    assert answer.status == answer.json["status"] == 2
    assert ".pressmark" in answer.json["problems"][0]["path"]
    assert (archive.root / ".pressmark").read_text() == DELETED


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(run, archive, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    answer = run("build", "--root", archive.root, "--out", out, "--no-search")
    assert (answer.status, answer.messages) == (
        2,
        f"{out}: may not be written; check its permissions, or choose another folder with --out\n",
    )


def test_an_archive_without_anything_is_a_site_that_says_so(run, archive) -> None:
    answer = run("build", "--root", archive.root)
    assert (answer.status, answer.messages) == (0, "")
    assert "There is no article here yet." in archive.page("index.html")
    assert run("check", "--root", archive.root).status == 0


def test_a_site_is_whole_whatever_was_wrong(run, archive) -> None:
    archive.article("good").article("twice", "slug: good").article("dated", "date: soon").write(
        "content/latin.md", b"\xe9"
    )
    archive.write("seeds/empty.txt", b"").write("templates/page.html", "{{ nonsense }}").write(
        "content/pages/about.md", "---\ntitle: A\n---\n"
    )
    answer = run("build", "--root", archive.root)
    assert answer.status == 1
    places = sorted(line.split(": ")[0] for line in answer.messages.splitlines())
    assert places == [
        "content/dated.md:3",
        "content/latin.md:1",
        "content/twice.md",
        "seeds/empty.txt",
        "templates/page.html:1",
    ]
    assert all("; " in line for line in answer.messages.splitlines())
    assert run("verify", "--root", archive.root).status == 0
    assert not [path for path in archive.published() if "unfinished" in path]
