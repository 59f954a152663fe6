"""A page that is made ahead is the page that the build makes, byte for byte."""

from typing import Any

import pytest

from generator.build import Options
from generator.page_first import PageFirst

PAGES = ("2022/article-1/", "2022/article-2/", "about/")
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
    ahead = first.show(["content/a1.md"], PAGES)
    assert list(ahead.pages) == ["2022/article-1/index.html"]
    assert ahead.problems == ()
    assert ahead.pages["2022/article-1/index.html"] == (shelf.build().site / "2022/article-1/index.html").read_bytes()


def test_after_a_change_of_a_page_of_the_keeper(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.write("content/pages/about.md", "---\ntitle: About us\n---\n\nAbout *us*.\n")
    ahead = first.show(["content/pages/about.md"], PAGES)
    assert ahead.pages == {"about/index.html": (shelf.build().site / "about/index.html").read_bytes()}


def test_after_changes_of_templates_settings_and_styles(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.write(
        "templates/page.html", "{% extends 'base.html' %}{% block main %}{{ title }}! {{ body }}{% endblock %}\n"
    )
    shelf.write("templates/assets/own.css", "p { color: red }\n").settings(archive='name = "Renamed"')
    ahead = first.show(["templates/page.html", "templates/assets/own.css", "pressmark.toml"], PAGES)
    built = shelf.build().published()
    assert sorted(ahead.pages) == [
        "2022/article-1/index.html",
        "2022/article-2/index.html",
        "about/index.html",
        "assets/own.css",
    ]
    assert {path: built[path] for path in ahead.pages} == ahead.pages


def test_a_text_that_cannot_be_read_keeps_its_place_until_it_is_mended(shelf: Any) -> None:
    first = ahead_of(shelf)
    shelf.write("content/a1.md", "---\ntitle: [\n---\n")
    ahead = first.show(["content/a1.md"], PAGES)
    assert ahead.faulty == {"2022/article-1/index.html"}
    assert [problem.path for problem in ahead.problems] == ["content/a1.md"]
    shelf.article("a1", *HEAD)
    assert first.show(["content/a1.md"], PAGES).faulty == frozenset()


def test_what_is_gone_is_not_made(shelf: Any) -> None:
    first = ahead_of(shelf)
    (shelf.root / "content/a1.md").unlink()
    assert first.show(["content/a1.md"], PAGES).pages == {}
    assert "content/a1.md" not in first.articles
