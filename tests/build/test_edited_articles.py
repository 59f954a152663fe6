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
    mark = "<div data-pagefind-body>"
    odd = '{% if fields.subtitle %}<b data-pagefind-meta="colour">red</b>{% endif %}'
    own_article(root, mark, mark + odd)
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
    own_article(root, " data-pagefind-body>", f"{{% if {condition} %}} data-pagefind-body{{% endif %}}>")
    built(root)
    file = sorted((root / "content").glob("*.md"))[4]
    text = file.read_text("utf-8")
    for change in (text.replace("title:", "subtitle: Odd\ntitle:", 1), text + "\nMore.\n", text):
        file.write_text(change, "utf-8")
        built(root)
        assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


def own_article(root: Path, old: str, new: str) -> None:
    """Gives the archive an article template in which something stands otherwise."""
    own = root / "templates" / "article.html"
    own.parent.mkdir(exist_ok=True)
    bundled = (Path(__file__).parents[2] / "templates" / "article.html").read_text("utf-8")
    assert old in bundled
    own.write_text(bundled.replace(old, new), "utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_another_language_leaves_nothing_of_the_one_before(jobs: int, small_archive: Small, tmp_path: Path) -> None:
    root = small_archive(12)
    settings = root / "pressmark.toml"
    for language in ("en", "de", "en"):
        settings.write_text(f'[archive]\nname = "An archive"\nlanguage = "{language}"\n', "utf-8")
        edited(root, 4)
        built(root, jobs=jobs)
        assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_edited_page_on_which_there_is_nothing_to_search(jobs: int, small_archive: Small, tmp_path: Path) -> None:
    """Pagefind, asked about it alone, has nothing to do; beside others it is no trouble."""
    root = small_archive(12)
    mark = " data-pagefind-body>"
    own_article(root, mark, f' {{% if fields.subtitle %}}data-pagefind-ignore="all"{{% endif %}}{mark}')
    built(root, jobs=jobs)
    file = sorted((root / "content").glob("*.md"))[4]
    text = file.read_text("utf-8")
    for change in (text.replace("title:", "subtitle: Odd\ntitle:", 1), text):
        file.write_text(change, "utf-8")
        assert built(root, jobs=jobs).problems == ()
        assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []


def test_another_pagefind_brings_its_own_scripts(small_archive: Small, tmp_path: Path) -> None:
    """What it wrote is what is published, recorded, and vouched for."""
    from generator.keeping.fixity import verify_site
    from generator.search.pagefind import find_pagefind

    root = small_archive(12)
    newer = tmp_path / "pagefind"
    newer.write_text(
        f"""#!/bin/sh
[ "$1" = --version ] && echo "pagefind 1.5.99" && exit
{find_pagefind().program} "$@" || exit
while [ "$1" != --output-path ]; do shift; done
echo "// newer" >> "$2/pagefind.js"
"""
    )
    newer.chmod(0o755)
    built(root)
    settings = (root / "pressmark.toml").read_text("utf-8")
    (root / "pressmark.toml").write_text(f'{settings}\n[search]\npagefind = "{newer}"\n', "utf-8")
    for number in (5, 6):
        assert built(root).problems == ()
        assert (root / "site/search/index/pagefind.js").read_text("utf-8").endswith("// newer\n")
        assert verify_site(root / "site")[1] == ()
        edited(root, number)


def test_what_stands_below_an_article_is_not_searched(small_archive: Small, tmp_path: Path) -> None:
    """Tags, sources, citations and where it comes from: one who mends a licence has nothing indexed anew."""
    root = small_archive(12)
    built(root)
    file = sorted((root / "content").glob("*.md"))[4]
    file.write_text(file.read_text("utf-8").replace("title:", "rights: CC BY 4.0\ntitle:", 1), "utf-8")
    mended = built(root)
    assert mended.rendered and not mended.indexed
    assert differences(tree_of(root / "site"), built_clean(root, tmp_path / "clean")) == []
