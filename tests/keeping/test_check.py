"""`check` finds every problem: broken links and fragments, images, addresses that vanished, duplicates, lost captures."""

import pytest

from generator.checking import check
from generator.keeping.links import check_links


def complaints(archive) -> list[str]:
    return [str(problem) for problem in check(archive.root)]


def site_of(tmp_path, **pages: str) -> list[str]:
    """What is wrong with a site of these HTML files, mounted below /base/."""
    for name, text in pages.items():
        file = tmp_path / (name.replace("__", "/") + ".html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return [str(problem).split(";")[0] for problem in check_links(tmp_path, "/base/")]


def test_a_good_archive_has_no_problems(copy_of_fixture) -> None:
    assert complaints(copy_of_fixture.build()) == []


def test_an_archive_that_was_never_built_says_so(copy_of_fixture) -> None:
    (complaint,) = complaints(copy_of_fixture)
    assert complaint.endswith("site: there is no built site to check; run `pressmark build` first")


@pytest.mark.parametrize(
    "address",
    [
        "./",
        "../",
        "../index.html",
        "other.html",
        "other.html?x=1#there",
        "#here",
        "/base/",
        "/base/index.html",
        "",
        "https://e.example/",
        "mailto:a@e.example",
        "%6fther.html",
    ],
)
def test_a_good_link_is_left_alone(address: str, tmp_path) -> None:
    pages = {"index": "<p>", "a__index": f'<p id="here"><a href="{address}">x</a>', "a__other": '<p id="there">'}
    assert site_of(tmp_path, **pages) == []


@pytest.mark.parametrize(
    ("element", "wanted"),
    [
        ('<a href="nowhere.html">', '"nowhere.html" leads nowhere'),
        ('<a href="../nowhere/">', '"../nowhere/" leads nowhere'),
        ('<a href="../../../up.html">', '"../../../up.html" leads out of the site'),
        ('<a href="/elsewhere/">', '"/elsewhere/" leads out of the site'),
        ('<a href="other.html#gone">', '"other.html#gone": a/other.html has no place "gone"'),
        ('<a href="#gone">', '"#gone": a/index.html has no place "gone"'),
        ('<img src="gone.png">', '"gone.png" leads nowhere'),
        ('<img src="https://e.example/x.png">', '"https://e.example/x.png" is loaded from another host'),
        ('<script src="//e.example/x.js"></script>', '"//e.example/x.js" is loaded from another host'),
        ('<link rel="stylesheet" href="gone.css">', '"gone.css" leads nowhere'),
        ('<a href="http://[bad">', '"http://[bad" is not an address'),
        ('<p id="here">', 'the id "here" stands twice'),
    ],
)
def test_a_bad_link_is_named_with_its_line(element: str, wanted: str, tmp_path) -> None:
    pages = {"index": "<p>", "a__index": f'<p id="here">\n{element}', "a__other": "<p>"}
    assert site_of(tmp_path, **pages) == [f"a/index.html:2: {wanted}"]


def test_a_broken_link_of_an_article_is_found(archive) -> None:
    archive.article("a", body="[gone](/2019/gone/) and [no place](/undated/b/#gone)").article("b").build()
    found = complaints(archive)
    assert len(found) == 2
    assert "/2019/gone/" in found[0].replace("../", "/")
    assert 'has no place "gone"' in found[1]


def test_an_address_that_vanished_is_found_until_an_alias_answers_it(archive) -> None:
    archive.article("a", "slug: old").build()
    archive.article("a", "slug: new").build()
    (complaint,) = complaints(archive)
    assert complaint.startswith("/undated/old/: was published once and leads nowhere now; ")
    assert "aliases: [/undated/old/]" in complaint
    archive.article("a", "slug: new", "aliases: [/undated/old/]").build()
    assert complaints(archive) == []


def test_duplicates_are_found(archive) -> None:
    same = ("title: Same", "author: A B", "date: 2022")
    archive.article("a", *same, "slug: a").article("b", "title: SAME", "author: a b", "date: 2022", "slug: b")
    archive.article("c", "title: Same", "author: Another", "date: 2022", "slug: c").build()
    assert complaints(archive) == [
        "content/b.md: has the same title, authors and date as content/a.md; keep one, or tell them apart by title or date"
    ]


def test_two_articles_of_one_capture_are_found(archive) -> None:
    capture = ("capture:", "  file: seeds/a.txt", f"  sha256: {'a' * 64}")
    archive.article("a", "slug: a", *capture).article("b", "slug: b", *capture)
    found = [line for line in complaints(archive.write("seeds/.keep", "").build()) if "same bytes" in line]
    assert found == [
        "content/b.md: has a capture with the same bytes as content/a.md; keep one, or tell them apart by title or date"
    ]


def test_a_lost_capture_is_found(archive) -> None:
    archive.article("a", "capture: seeds/lost.txt").build()
    assert complaints(archive) == ["content/a.md: its capture seeds/lost.txt is not there; restore it from a copy"]


def test_every_kind_of_problem_is_told_at_once(archive) -> None:
    archive.settings(archive='nane = "x"').article("a", "date: soon").article("b", "slug: x").article(
        "c", "slug: x", body="[gone](/gone/)"
    ).build()
    found = complaints(archive)
    assert [line.split(": ")[0] for line in found[:3]] == ["pressmark.toml:2", "content/a.md:3", "content/c.md"]
