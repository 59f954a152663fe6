"""A page that is made ahead is the page that the build makes, byte for byte."""

from typing import Any

import pytest

from generator.build import Options
from generator.page_first import Ahead, PageFirst

PNG = b"\x89PNG\r\n\x1a\n" + b"not much of a picture"
HEAD = ("title: Article 1", "date: 2022-01-01", "author: [Ada Byron]", "tags: [noise]")


@pytest.fixture
def shelf(small: Any) -> Any:
    small.article("a1", *HEAD, body="[The second](a2.md) says so.")
    small.write("content/pages/about.md", "---\ntitle: About\n---\n\nAbout this.\n")
    return small.build()


def ahead_of(shelf: Any) -> PageFirst:
    made = PageFirst(shelf.root, Options(search=False))
    made.load()
    return made


def readers_pages(shelf: Any) -> dict[str, bytes]:
    """Every page of the site that a reader may have open, with its bytes."""
    published = shelf.published()
    return {path: data for path, data in published.items() if path.endswith("index.html")}


def is_as_built(shelf: Any, changed: list[str], before: dict[str, bytes], ahead: Ahead) -> None:
    """All that was made ahead is what the build makes, and whatever the build makes anew of open pages was."""
    built = shelf.build().published()
    assert {path: built.get(path) for path in ahead.pages} == ahead.pages, changed
    stale = {path for path, data in before.items() if path in built and built[path] != data}
    assert stale <= ahead.pages.keys()


@pytest.mark.parametrize(
    "lines",
    [HEAD, ("title: Another title", *HEAD[1:]), (*HEAD, "subtitle: Below it"), ("title: Article 1", "date: 2022-06-01", "slug: article-1"),
     (*HEAD[:2], "author: [Somebody New, Ada Byron]", "tags: [brand-new]"), (*HEAD, "access: record", "abstract: In our words."),
     (*HEAD, 'sources: [{name: "Harbour Board", role: cited}]', "language: de"), (*HEAD, "summary: [One, Two]", "image_credits: Somebody")],
)  # fmt: skip
def test_after_a_change_of_the_article(shelf: Any, lines: tuple[str, ...]) -> None:
    first = ahead_of(shelf)
    shelf.article(
        "a1",
        *lines,
        *([] if any("slug" in line for line in lines) else ["slug: article-1"]),
        body="A new text.\n\n## With a heading",
    )
    before = readers_pages(shelf)
    ahead = first.show(["content/a1.md"], before)
    assert next(iter(ahead.pages)) == "2022/article-1/index.html", "the page of the changed file does not come first"
    assert ahead.problems == ()
    is_as_built(shelf, ["content/a1.md"], before, ahead)


def test_after_a_change_of_a_page_of_the_keeper(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.write("content/pages/about.md", "---\ntitle: About us\n---\n\nAbout *us*.\n")
    before = readers_pages(shelf)
    ahead = first.show(["content/pages/about.md"], before)
    assert next(iter(ahead.pages)) == "about/index.html"
    is_as_built(shelf, ["content/pages/about.md"], before, ahead)


def test_after_changes_of_templates_settings_and_styles(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.write(
        "templates/page.html", "{% extends 'base.html' %}{% block main %}{{ title }}! {{ body }}{% endblock %}\n"
    )
    shelf.write("templates/assets/own.css", "p { color: red }\n").settings(archive='name = "Renamed"')
    before = readers_pages(shelf)
    changed = ["templates/page.html", "templates/assets/own.css", "pressmark.toml"]
    ahead = first.show(changed, before)
    assert {*before, "assets/own.css"} <= ahead.pages.keys()
    is_as_built(shelf, changed, before, ahead)


def test_the_stylesheet_ends_with_the_colours_of_the_settings(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.settings(theme='accent = "#7c2d25"')
    ahead = first.show(["pressmark.toml"], ())
    assert list(ahead.pages) == ["assets/pressmark.css"]
    is_as_built(shelf, ["pressmark.toml"], {}, ahead)


@pytest.mark.parametrize("kind", ["new", "gone", "undated", "one author", "a picture"])
def test_after_changes_that_move_articles_in_listings(shelf: Any, kind: str) -> None:
    shelf.article("a4", "title: Ferry", "date: 1987-03", "author: [Imogen Starling, A. Byron]", "tags: [noise, quay]")
    shelf.article("a5", "title: Engine", "language: de", 'sources: [{name: "Harbour Board", role: cited}]').build()
    first, before = ahead_of(shelf), readers_pages(shelf)
    changed = ["content/a1.md"]
    if kind == "new":
        changed = ["content/a9.md"]
        shelf.article("a9", "title: New", "date: 1987-03-02", "author: [Nobody Yet, Ada Byron]", "tags: [noise]")
    elif kind == "gone":
        changed = ["content/a4.md"]
        (shelf.root / "content/a4.md").unlink()
    elif kind == "undated":
        shelf.article("a1", "title: Article 1", "author: [Ada Byron]", "slug: article-1")
    elif kind == "one author":
        changed = ["authors.toml"]
        shelf.write("authors.toml", '[[author]]\nname = "Ada Byron"\nalso = ["A. Byron"]\n')
    else:
        changed = ["content/a1.md", "content/pictures/quay.png"]
        shelf.write("content/pictures/quay.png", PNG)
        shelf.article("a1", *HEAD, body="![The quay](pictures/quay.png)")
    ahead = first.show(changed, before)
    is_as_built(shelf, changed, before, ahead)
    assert ("media/pictures/quay.png" in ahead.pages) == (kind == "a picture")


def test_the_page_of_the_changed_file_is_shown_before_all_others(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.article("a2", "title: Article two", "date: 2022-02-01", "slug: article-2")
    parts: list[list[str]] = []
    first.show(["content/a2.md"], ("", "2022/", "2022/article-2/"), lambda pages: parts.append(list(pages)))
    assert parts[0] == ["2022/article-2/index.html"]
    assert parts[-1] == ["2022/article-2/index.html", "2022/index.html", "index.html"]


def test_a_page_that_gets_another_address_is_made_there(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.article("a2", "title: Another title", "date: 2023-02-01")
    ahead = first.show(["content/a2.md"], ("2022/article-2/",))
    assert ahead.moved == {"2022/article-2/": "2023/another-title/"}
    built = shelf.build().published()
    assert ahead.pages["2023/another-title/index.html"] == built["2023/another-title/index.html"]


def test_a_text_that_cannot_be_read_keeps_its_place_until_it_is_mended(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.write("content/a1.md", "---\ntitle: [\n---\n")
    ahead = first.show(["content/a1.md"], ["2022/article-1/"])
    assert ahead.faulty == {"2022/article-1/index.html"}
    assert [problem.path for problem in ahead.problems] == ["content/a1.md"]
    shelf.article("a1", *HEAD)
    assert first.show(["content/a1.md"], ["2022/article-1/"]).faulty == frozenset()


def test_what_is_gone_is_not_made(shelf: Any) -> None:
    first = ahead_of(shelf)
    (shelf.root / "content/a1.md").unlink()
    assert first.show(["content/a1.md"], ["2022/article-1/"]).pages == {}
    assert "content/a1.md" not in first.articles
