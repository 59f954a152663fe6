"""The search index after an edit: only edited pages are given to Pagefind, and the index is that of a clean build."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import Build, Options, build
from tests.build.conftest import built_clean, differences, tree_of

Small = Callable[[int], Path]


def edited(root: Path, *numbers: int) -> None:
    files = sorted((root / "content").glob("*.md"))
    for number in numbers:
        files[number].write_text(
            f"{files[number].read_text('utf-8')}\nOne more zanzibarock, Ünheard {number}.\n", "utf-8"
        )


def built(root: Path, **options: object) -> Build:
    return build(root, Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_edited_articles_are_indexed(jobs: int, small_archive: Small, tmp_path: Path) -> None:
    root = small_archive(24)
    assert built(root, jobs=jobs).indexed == 24
    for numbers in ((3,), (3, 9, 20), (0,)):
        edited(root, *numbers)
        assert built(root, jobs=jobs).indexed == len(numbers)
        assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


def test_where_many_are_edited_all_are_indexed(small_archive: Small, tmp_path: Path) -> None:
    root = small_archive(24)
    built(root)
    edited(root, *range(12))
    assert built(root).indexed == 24
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


@pytest.mark.usefixtures("few_in_a_shard")
def test_edits_in_several_shards(small_archive: Small, tmp_path: Path) -> None:
    root = small_archive(24)
    built(root)
    edited(root, *range(0, 24, 5))
    build(root, Options())
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_result_that_has_gone_from_the_site_comes_back(jobs: int, small_archive: Small, tmp_path: Path) -> None:
    """What Pagefind shows of a page that was not edited is not at hand then, so that all are indexed."""
    root = small_archive(12)
    built(root, jobs=jobs)
    edited(root, 4)
    for fragment in sorted((root / "site" / "search" / "index" / "fragment").iterdir())[:3]:
        fragment.unlink()
    assert built(root, jobs=jobs).indexed == 12
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("gone", ["", "pagefind.js"])
def test_an_edit_while_there_is_no_index_or_no_script_of_it(
    jobs: int, gone: str, small_archive: Small, tmp_path: Path
) -> None:
    """The record still knows the shard; what searches it is not made of the edited article alone."""
    root = small_archive(12)
    built(root, jobs=jobs)
    if gone:
        (root / "site" / "search" / "index" / gone).unlink()
    else:
        built(root, jobs=jobs, search=False)
    edited(root, 4)
    built(root, jobs=jobs)
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_metadata_field_of_one_article_is_gone_with_it(jobs: int, small_archive: Small, tmp_path: Path) -> None:
    """Fields are numbered by what all pages of a shard have: that is left to Pagefind."""
    root = small_archive(12)
    own = root / "templates" / "article.html"
    own.parent.mkdir()
    bundled = (Path(__file__).parents[2] / "templates" / "article.html").read_text("utf-8")
    mark = '<article class="article" data-pagefind-body>'
    assert mark in bundled
    odd = '{% if fields.subtitle %}<b data-pagefind-meta="colour">red</b>{% endif %}'
    own.write_text(bundled.replace(mark, mark + odd), "utf-8")
    built(root, jobs=jobs)
    file = sorted((root / "content").glob("*.md"))[4]
    text = file.read_text("utf-8")
    for change in (text.replace("title:", "subtitle: Odd\ntitle:", 1), text):
        file.write_text(change, "utf-8")
        built(root, jobs=jobs)
        assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


@pytest.mark.parametrize("condition", ["fields.subtitle", "not fields.subtitle"])
def test_marked_and_unmarked_pages_in_one_shard(condition: str, small_archive: Small, tmp_path: Path) -> None:
    """Pagefind leaves out the pages without a mark where others have one: none can be judged alone."""
    root = small_archive(12)
    own = root / "templates" / "article.html"
    own.parent.mkdir()
    bundled = (Path(__file__).parents[2] / "templates" / "article.html").read_text("utf-8")
    mark = " data-pagefind-body>"
    assert mark in bundled
    own.write_text(bundled.replace(mark, f"{{% if {condition} %}} data-pagefind-body{{% endif %}}>"), "utf-8")
    built(root)
    file = sorted((root / "content").glob("*.md"))[4]
    text = file.read_text("utf-8")
    for change in (text.replace("title:", "subtitle: Odd\ntitle:", 1), text + "\nMore.\n", text):
        file.write_text(change, "utf-8")
        built(root)
        assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []
