"""A build that publishes its pages first, and then goes on with the search index: what stands there at either moment."""

import time
from pathlib import Path
from typing import Any

import pytest

from generator.build import Build, Options, build

OPTIONS = Options(jobs=1)


class EndedInBetween(Exception):
    """Stands for a process that is killed."""


def index_of(small: Any) -> dict[str, bytes]:
    return {path: data for path, data in small.published().items() if path.startswith("search/index/")}


@pytest.fixture
def built(small: Any) -> Any:
    return small.build(search=True, jobs=1)


def test_the_pages_are_there_before_the_index_and_in_the_end_both_are(built: Any, tmp_path: Path) -> None:
    before = index_of(built)
    built.article("a1", "title: Article 1", "date: 2022-01-01", body="The word is Zanzibarock.")
    seen: list[tuple[Build, str, dict[str, bytes]]] = []
    build(
        built.root,
        OPTIONS,
        pages_first=lambda done: seen.append((done, built.page("2022/article-1/index.html"), index_of(built))),
    )
    ((done, page, index),) = seen
    assert "Zanzibarock" in page
    assert index == before
    assert (done.rendered > 0, done.indexed) == (True, 0)
    assert index_of(built) != before
    build(built.root, Options(jobs=1, clean=True, out=tmp_path / "clean"))
    clean = {file.relative_to(tmp_path / "clean").as_posix(): file for file in (tmp_path / "clean").rglob("*")}
    assert built.published() == {path: file.read_bytes() for path, file in clean.items() if file.is_file()}


def test_one_that_is_ended_between_the_two_is_made_good_by_the_next(built: Any, tmp_path: Path) -> None:
    built.article("a1", "title: Article 1", "date: 2022-01-01", body="The word is Zanzibarock.")

    def end(_: Build) -> None:
        raise EndedInBetween

    with pytest.raises(EndedInBetween):
        build(built.root, OPTIONS, pages_first=end)
    build(built.root, OPTIONS)
    build(built.root, Options(jobs=1, clean=True, out=tmp_path / "clean"))
    clean = {file.relative_to(tmp_path / "clean").as_posix(): file for file in (tmp_path / "clean").rglob("*")}
    assert built.published() == {path: file.read_bytes() for path, file in clean.items() if file.is_file()}


@pytest.mark.parametrize("options", [OPTIONS, Options(jobs=1, search=False)])
def test_nothing_is_told_where_nothing_follows(built: Any, options: Options) -> None:
    time.sleep(0.15)  # what changed a moment ago is looked at again, whatever is to follow
    build(built.root, options)
    told: list[Build] = []
    build(built.root, options, pages_first=told.append)
    assert told == []
