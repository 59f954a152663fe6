"""The files of `content/`: each becomes an article, or gives one clear message and lets the rest go on."""

import os
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.reading import count_words, excerpt, read_article, read_keeper_page, read_text


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (
            b"",
            'content/bad.md:1: has no front matter; begin the file with a line ---, then title: "…", then another line ---',
        ),
        (
            b"Just words.\n",
            'content/bad.md:1: has no front matter; begin the file with a line ---, then title: "…", then another line ---',
        ),
        (b"---\ntitle: A\n---\n\nCaf\xe9\n", "content/bad.md:5: is not UTF-8 text; save it as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", "content/bad.md:1: is not UTF-8 text; save it as UTF-8"),
        (
            b"---\ntitle: A: B\n---\n",
            "content/bad.md:2:9: the front matter is not YAML: mapping values are not allowed in this context; "
            "put texts that contain a colon, a # or quotation marks between double quotes",
        ),
    ],
    ids=["empty", "no front matter", "Latin-1", "binary", "broken"],
)
def test_a_file_that_is_no_article_gives_one_message_and_the_rest_is_built(
    content: bytes, wanted: str, archive
) -> None:
    archive.article("good").write("content/bad.md", content).build()
    assert archive.problems == [wanted]
    assert archive.done.articles == 1
    assert "Some words" in archive.page("undated/good/index.html")


def test_hidden_files_and_droppings_of_editors_are_passed_over(archive) -> None:
    archive.article("good")
    for name in (".hidden.md", "#good.md", ".obsidian/note.md", "good.md~", "good.txt"):
        archive.write(f"content/{name}", b"nothing \xff of an article")
    assert archive.build().problems == []
    assert archive.done.articles == 1


def test_a_line_end_is_a_line_end_on_every_system(archive) -> None:
    text = "---\ntitle: A\n---\n\nOne.\n\nTwo.\n"
    for ending in ("\n", "\r\n", "\r"):
        archive.write("content/a.md", ("\ufeff" + text.replace("\n", ending)).encode())
        assert read_text(archive.root, "content/a.md")[0] == text


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("# Heading\n\nThe *first* paragraph of **prose**.\n\nMore.", "The first paragraph of prose."),
        ("![A caption]()\n\nProse with a [link](https://a.example/) and `code`.", "Prose with a link and code."),
        ("> Quoted words.\n> More of them.", "Quoted words. More of them."),
        ("- One\n- Two", "One Two"),
        ("Literal \\*stars\\* and snake_case_name.", "Literal *stars* and snake_case_name."),
        ("```\ncode\n```\n\n| a | b |\n\nProse.", "Prose."),
        ("", ""),
        ("word " * 100, "word " * 51 + "word …"),
        ("x" * 1000, "x" * 260 + " …"),
    ],
)
def test_an_excerpt_is_the_beginning_of_the_prose(body: str, wanted: str) -> None:
    assert excerpt(body) == wanted


@given(st.text())
def test_any_text_has_an_excerpt_of_one_line(body: str) -> None:
    made = excerpt(body)
    assert len(made) <= 265
    assert "\n" not in made


HOSTILE = (
    "[", "![", "[[", "`", "`a", "``a", "_", "*a ", "](", "](<", "](\n", "[a](", "[a]:", "\n[a]: <x", "<http://", "```\n", "~~~ `\n", "(\t", "\\", "- ", " ",
    "\n \n",
)  # fmt: skip


@pytest.mark.parametrize("sign", HOSTILE)
def test_a_hostile_text_is_read_at_once(sign: str) -> None:
    body = "a" + sign * (200_000 // len(sign)) + "b"
    began = time.perf_counter()
    article, _ = read_article("content/x.md", f"---\ntitle: A\n---\n{body}", "")
    assert article is not None
    assert time.perf_counter() - began < 2


def test_words_are_counted_in_every_script() -> None:
    assert count_words("one two  three\n") == 3
    assert count_words("夜のフェリーが港を出る") >= 5


def test_an_article_without_a_slug_is_named_after_its_title() -> None:
    article, _ = read_article("content/x.md", "---\ntitle: Élan & more\n---\n", "")
    assert article.fields.slug == "elan-more"


def test_a_file_whose_name_is_no_utf_8_is_a_problem_and_no_crash(archive) -> None:
    archive.article("good")
    try:
        Path(os.fsdecode(bytes(archive.root / "content") + b"/\xff\xfe.md")).write_text("---\ntitle: A\n---\nText.\n")
    except OSError:
        pytest.skip("this file system takes no such name")
    archive.build()
    assert [problem.partition(": ")[2] for problem in archive.problems] == [
        "has a name that is not UTF-8; rename the file"
    ]
    assert archive.done.articles == 1


@pytest.mark.parametrize(
    ("folder", "ending"), [("content", ".md"), ("content", ".png"), ("content", ".review.toml"), ("seeds", ".txt")]
)
def test_what_is_no_file_is_never_waited_for(folder: str, ending: str, archive) -> None:
    archive.write("seeds/pipe.txt", "A title\n\nA few words of a capture, and then some more.\n").build()
    odd = archive.root / folder / f"pipe{ending}"
    odd.unlink(missing_ok=True)
    os.mkfifo(odd)  # to read it is to wait until somebody writes
    (problem,) = archive.build().problems
    assert problem.startswith(
        f"{folder}/pipe{ending}: cannot be read: it is a pipe, a socket or a device, and no file; "
    )


@pytest.mark.parametrize("folder", ["content", "seeds"])
def test_a_link_that_leads_to_itself_stops_nothing(folder: str, archive) -> None:
    archive.article("good").write("seeds/good.txt", "A title\n\nA few words of a capture, and then some more.\n")
    link = archive.root / folder / "link.md"
    link.symlink_to(link)
    archive.build()
    assert archive.done.articles == 2
    assert len(archive.problems) == (folder == "content")


def test_a_page_of_the_keeper_stands_where_its_file_stands() -> None:
    page, problems = read_keeper_page("content/pages/help/How to Search.md", '---\ntitle: "Help"\n---\nText', "")
    assert not problems
    assert (page.path, page.title) == ("help/how-to-search/", "Help")


def test_a_page_of_the_keeper_needs_a_title() -> None:
    _, problems = read_keeper_page("content/pages/help.md", "---\nlanguage: en\n---\nText", "")
    assert [str(problem) for problem in problems] == [
        'content/pages/help.md:1: title: is missing; give the page a line title: "…"'
    ]


def test_only_real_images_are_published(archive) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    archive.article(
        "a", body="![ours](pictures/ours.png)\n\n![fake](pictures/fake.jpg)\n\n![vector](pictures/vector.svg)"
    )
    archive.write("content/pictures/ours.png", png).write("content/pictures/fake.jpg", b"<script>alert(1)</script>")
    archive.write("content/pictures/vector.svg", b"<svg onload='alert(1)'/>").build()
    assert archive.problems == [
        "content/pictures/fake.jpg: is not a JPG image; replace or remove it; it is not published"
    ]
    assert {path for path in archive.published() if path.startswith("media/")} == {"media/pictures/ours.png"}
    assert archive.page("undated/a/index.html").count("<img") == 1


@pytest.mark.parametrize("name", ["Größe #1 50%.png", "夜.png", "a b.PNG"])
def test_a_picture_with_any_name_is_shown(name: str, archive) -> None:
    archive.article("a", body=f"![A picture](pictures/{quote(name)})")
    archive.write(f"content/pictures/{name}", b"\x89PNG\r\n\x1a\n" + b"\0" * 20).build()
    assert not archive.problems
    from generator.keeping.links import check_links

    assert archive.page("undated/a/index.html").count("<img") == 1
    assert not list(check_links(archive.site, "/"))


def test_a_picture_with_a_line_break_in_its_name_is_refused(archive) -> None:
    """The manifest has one line for each file."""
    from generator.keeping.fixity import verify_site

    archive.article("ferry").write("content/one\ntwo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20).build()
    assert [problem.replace("\n", "⏎") for problem in archive.problems] == [
        "content/one⏎two.png: has a line break or another control character in its name; "
        "rename the file; it is not published"
    ]
    assert verify_site(archive.site)[1] == ()
